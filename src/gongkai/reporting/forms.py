"""Forms of the back office; a ledger's form is made from its model."""

from __future__ import annotations

from django import forms
from django.forms import ModelForm, modelform_factory

from gongkai.agencies.models import Organ
from gongkai.reporting.ledgers import Ledger
from gongkai.reporting.models import AnnualReport

MAX_TEXT_CHARACTERS = 20_000
MAX_UPLOAD_BYTES = 20 * 1024 * 1024


class BoundedFileField(forms.FileField):
    """A file of at most 20 MB, refused with its size."""

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if file and getattr(file, "size", 0) > MAX_UPLOAD_BYTES:
            raise forms.ValidationError(
                f"文件 {file.size:,} 字节，超过 {MAX_UPLOAD_BYTES // 1024 // 1024} MB 上限，请压缩或拆分。"
            )
        return file


class StartReportForm(forms.Form):
    """Which organ and year to report on."""

    organ = forms.ModelChoiceField(Organ.objects.none(), label="机关", empty_label=None)
    year = forms.IntegerField(label="年度", min_value=2019, max_value=2100)
    scope = forms.ChoiceField(label="口径", choices=AnnualReport.Scope.choices)

    def __init__(self, *args, organs: list[Organ], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = Organ.objects.filter(pk__in=[organ.pk for organ in organs])


class TextForm(ModelForm):
    """The narrative parts of a report."""

    edit_mark = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = AnnualReport
        fields = ["preamble", "overview", "problems", "other_matters"]
        widgets = {
            "preamble": forms.Textarea(attrs={"rows": 3}),
            "overview": forms.Textarea(attrs={"rows": 14}),
            "problems": forms.Textarea(attrs={"rows": 8}),
            "other_matters": forms.Textarea(attrs={"rows": 8}),
        }

    def clean(self):
        """A text far beyond any report is a slip of the clipboard; what was typed stays in the form."""
        given = super().clean()
        for name, text in list(given.items()):  # add_error takes the faulty field out
            if isinstance(text, str) and len(text) > MAX_TEXT_CHARACTERS:
                self.add_error(name, f"共 {len(text)} 字，超过 {MAX_TEXT_CHARACTERS} 字，请删去多余内容。")
        return given


class ReasonForm(forms.Form):
    """A reason for an act that cannot be undone quietly."""

    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class ImportForm(forms.Form):
    """A file to import, with what proves it."""

    file = BoundedFileField(label="台账文件", help_text="CSV 或 XLSX，不超过 20 MB。请按模板填写表头。")
    evidence = BoundedFileField(
        label="证明材料", required=False, help_text="业务系统导出的原始报表、部门盖章的报数单等。"
    )


class CollectForm(forms.Form):
    """A unit's report file."""

    file = BoundedFileField(label="报告文件", help_text="docx、pdf（有文字层）、html、xlsx、txt 或 json。")


def record_form(ledger: Ledger) -> type[ModelForm]:
    """The form of one ledger record, its evidence included."""
    dates = {
        name: forms.DateInput(attrs={"type": "date"})
        for name in ledger.fields
        if ledger.field(name).get_internal_type() == "DateField"
    }
    return modelform_factory(ledger.model, fields=[*ledger.fields, "evidence"], widgets=dates)

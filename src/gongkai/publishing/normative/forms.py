"""Forms of the screens of normative documents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from gongkai.agencies.models import Department, Organ
from gongkai.core.documents.normative import STEPS, EffectKind, Mark, Outcome, Step
from gongkai.publishing.models import (
    Cleanup,
    ColumnPage,
    ColumnType,
    DraftConsultation,
    DraftOpinion,
    Interpretation,
    InterpretationPlan,
    ItemPage,
    NormativeDocument,
    NormativeOffice,
)
from gongkai.publishing.models.normative import EFFECT_LABELS, OUTCOME_LABELS
from gongkai.publishing.normative.services.cleaning import RESULTS
from gongkai.publishing.normative.services.drafting import FIELDS
from gongkai.publishing.normative.services.relating import KINDS
from gongkai.publishing.normative.services.stepping import next_numbers, usual_last_day


def _calendar() -> forms.DateInput:
    """A date as browsers want it, whatever the language writes."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _day(label: str, **given: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=_calendar(), **given)


def _long(label: str, rows: int = 3, **given: Any) -> forms.CharField:
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=20_000, **given
    )


def _columns() -> Any:
    return ColumnPage.objects.live().order_by("path")


def _column(label: str = "发布到栏目", kind: str = "") -> forms.ModelChoiceField:
    field = forms.ModelChoiceField(
        label=label, queryset=_columns(), help_text="生成草稿，经“信息审核”后才上线。"
    )
    field.kind = kind
    return field


def _propose_column(form: forms.Form) -> None:
    """The first column of the kind that fits."""
    field = form.fields["column"]
    field.queryset = _columns()
    fitting = field.queryset.filter(column_type=field.kind).first() if getattr(field, "kind", "") else None
    field.initial = fitting.pk if fitting else None


class DraftForm(forms.ModelForm):
    """A document that is being drafted."""

    class Meta:
        model = NormativeDocument
        fields = FIELDS
        widgets = {
            "text": forms.Textarea(attrs={"rows": 18}),
            "attachments": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, organ: Organ, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["department"].queryset = Department.objects.filter(organ=organ)

    def clean_text(self) -> str:
        return self.cleaned_data["text"].replace("\r\n", "\n").strip()

    def _post_clean(self) -> None:
        """The service writes the record; the form only reads what was typed."""

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if str(given.get("title", "")).rstrip("（试行）").endswith("条例"):
            self.add_error(
                "title", "规范性文件的名称不能用“条例”，可以用办法、规定、决定、细则、意见、通知等。"
            )
        return given


class StepForm(forms.Form):
    """The next step: its outcome, its day, its data."""

    def __init__(self, *args: Any, document: NormativeDocument, step: Step, **given: Any) -> None:
        super().__init__(*args, **given)
        self.step, rule = step, STEPS[step]
        outcomes = [Outcome.DONE]
        if rule.may_fail:
            outcomes.append(Outcome.FAILED)
        if rule.mark is not Mark.VERIFIED:
            outcomes.append(Outcome.SKIPPED)
        self.fields["outcome"] = forms.ChoiceField(
            label="结果", choices=[(one.value, self._label(one, rule.may_fail)) for one in outcomes]
        )
        if len(outcomes) == 1:
            self.fields["outcome"].widget = forms.HiddenInput()
            self.fields["outcome"].initial = Outcome.DONE.value
        self.fields["on"] = _day("日期", initial=timezone.localdate)
        for name, label in rule.gate:
            if name != "draft":
                self.fields[name] = _long(label, 2, required=False)
        if step is Step.REGISTRATION:
            self._number_fields(document)
        if step is Step.FILING:
            office = NormativeOffice.objects.filter(organ=document.organ).first()
            self.fields["filed_with"].initial = office.filed_with if office else ""
        self.fields["file"] = forms.FileField(label="材料", required=False, help_text="可不传。")
        if len(outcomes) > 1:
            self.fields["reason"] = _long("理由", 2, required=False, help_text="未通过或者略过时必须写明。")

    @staticmethod
    def _label(outcome: Outcome, may_fail: bool) -> str:
        if outcome is Outcome.DONE:
            return "通过" if may_fail else "已完成"
        return OUTCOME_LABELS[outcome]

    def _number_fields(self, document: NormativeDocument) -> None:
        today = timezone.localdate()
        unified, number = next_numbers(document, today.year)
        for name, initial in (("unified_number", unified), ("document_number", number)):
            label = self.fields[name].label
            self.fields[name] = forms.CharField(label=label, initial=initial, max_length=60, required=False)
        self.fields["effective_on"] = _day("施行日期", initial=today)
        usual = usual_last_day(document, today)
        self.fields["valid_to"] = _day(
            "有效期至", required=False, help_text=f"不填的按设置计算；今天施行的至 {usual:%Y-%m-%d}。"
        )
        self.fields["term_reason"] = forms.CharField(
            label="有效期超过通常期限的理由", max_length=300, required=False
        )

    @property
    def given(self) -> dict[str, Any]:
        """Arguments of the service."""
        cleaned = self.cleaned_data
        names = {name for name, _ in STEPS[self.step].gate}
        extra = {
            name: cleaned[name] for name in ("effective_on", "valid_to", "term_reason") if name in cleaned
        }
        return {
            "outcome": Outcome(cleaned["outcome"]),
            "on": cleaned["on"],
            "data": {name: cleaned[name] for name in names if name in cleaned},
            "reason": cleaned.get("reason", ""),
            "file": cleaned.get("file"),
            **extra,
        }


class TakeOverForm(forms.Form):
    """What was published before the system came."""

    title = forms.CharField(label="标题", max_length=200)
    document_number = forms.CharField(label="文号", max_length=60)
    unified_number = forms.CharField(label="统一编号", max_length=30, required=False)
    published_on = _day("公布日期")
    effective_on = _day("施行日期", required=False, help_text="不填的同公布日期。")
    valid_to = _day("有效期至", required=False, help_text="文件没有写明的不填。")
    topic = forms.CharField(label="主题分类", max_length=40, required=False)
    text = _long("正文", 8, required=False, help_text="一段一行；填了可以全文检索和下载。")
    page = forms.ModelChoiceField(
        label="公布的信息", queryset=ItemPage.objects.none(), required=False, help_text="门户上已有的，选上。"
    )

    def __init__(self, *args: Any, organ: Organ, **given: Any) -> None:
        super().__init__(*args, **given)
        free = ItemPage.objects.live().filter(organ=organ, normative_document=None)
        self.fields["page"].queryset = free.order_by("-published_at")


class RelateForm(forms.Form):
    """What the document does to another."""

    kind = forms.ChoiceField(label="作用", choices=[(kind.value, EFFECT_LABELS[kind]) for kind in KINDS])
    target = forms.ModelChoiceField(label="对哪件文件", queryset=NormativeDocument.objects.none())
    note = forms.CharField(
        label="说明", max_length=300, required=False, help_text="例如：修改第三条、第五条。"
    )

    def __init__(self, *args: Any, document: NormativeDocument, **given: Any) -> None:
        super().__init__(*args, **given)
        others = NormativeDocument.objects.published().filter(organ=document.organ).exclude(pk=document.pk)
        self.fields["target"].queryset = others

    def clean_kind(self) -> EffectKind:
        return EffectKind(self.cleaned_data["kind"])


class PlanForm(forms.ModelForm):
    """The plan of the interpretation."""

    class Meta:
        model = InterpretationPlan
        fields = ("outline", "forms", "channel", "interpreter", "planned_on")
        widgets = {
            "outline": forms.Textarea(attrs={"rows": 6}),
            "planned_on": _calendar(),
        }
        help_texts = {"forms": "例如：文字、图解、问答。至少有一种文字以外的形式。"}


class WaiveForm(forms.Form):
    reason = _long("不作解读的理由")


class LinkForm(forms.Form):
    """An item that interprets the document."""

    item = forms.ModelChoiceField(label="解读的信息", queryset=ItemPage.objects.none())
    form = forms.ChoiceField(label="形式", choices=Interpretation.Form.choices)

    def __init__(self, *args: Any, document: NormativeDocument, **given: Any) -> None:
        super().__init__(*args, **given)
        items = ItemPage.objects.filter(organ=document.organ).exclude(pk=document.page_id)
        self.fields["item"].queryset = items.order_by("-pk")


class ColumnForm(forms.Form):
    column = _column(kind=ColumnType.POLICY)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _propose_column(self)


class ConsultForm(forms.ModelForm):
    """The announcement of a consultation."""

    column = _column(kind=ColumnType.SURVEY)

    class Meta:
        model = DraftConsultation
        fields = ("explanation", "days", "short_reason", "contact")
        widgets = {"explanation": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _propose_column(self)
        self.fields["days"].initial = 30
        self.fields["short_reason"].help_text = (
            "影响权利义务的不少于 7 个工作日，与企业生产经营密切相关的、重大行政决策不少于 30 日；"
            "不写理由的，系统自动延到这个期限。"
        )


class OpinionForm(forms.ModelForm):
    class Meta:
        model = DraftOpinion
        fields = ("handling", "summary", "answer")
        widgets = {"summary": forms.Textarea(attrs={"rows": 2}), "answer": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["handling"].required = True


class CleanupForm(forms.ModelForm):
    """A clean-up; the results are fields of their own, one document each."""

    column = _column(kind=ColumnType.POLICY)

    class Meta:
        model = Cleanup
        fields = ("title", "kind", "basis", "meeting", "decided_on")
        widgets = {"decided_on": _calendar()}

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        _propose_column(self)
        self.fields["decided_on"].initial = timezone.localdate


class ResultForm(forms.Form):
    """What a clean-up found of one document."""

    kind = forms.ChoiceField(
        label="清理结果", required=False,
        choices=[("", "—"), *((kind.value, EFFECT_LABELS[kind]) for kind in RESULTS)],
    )  # fmt: skip
    lapses_on = _day("修改期限", required=False)
    note = forms.CharField(label="理由", max_length=300, required=False)


class OfficeForm(forms.ModelForm):
    class Meta:
        model = NormativeOffice
        fields = (
            *("is_qualified", "qualified_basis", "number_prefix", "document_mark", "filed_with"),
            *("filing_days", "filing_in_working_days", "general_years", "provisional_years", "notice_years"),
            *("is_confirmed", "confirmed_basis"),
        )

    def clean_number_prefix(self) -> str:
        prefix = self.cleaned_data["number_prefix"]
        if prefix and not (
            3 <= len(prefix) <= 8 and prefix.isascii() and prefix.isalpha() and prefix.isupper()
        ):
            raise forms.ValidationError("代号应为 3 至 8 个大写字母。")
        return prefix

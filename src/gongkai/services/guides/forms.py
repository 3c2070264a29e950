"""Forms of guides."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.agencies.models import Department, Organ
from gongkai.core.guides import MaterialFaulty, materials_of
from gongkai.services.guides.models import GuideVersion

MATERIALS_HELP = (
    "一行一种：名称｜份数｜形式｜说明。例如：营业执照｜1｜复印件｜加盖公章。份数、形式、说明可以不写。"
)


class BeginForm(forms.Form):
    """A new guide."""

    name = forms.CharField(label="事项名称", max_length=120, help_text="与权责清单上的名称一致。")
    department = forms.ModelChoiceField(label="承办部门", queryset=Department.objects.none(), required=False)

    def __init__(self, *args: Any, organ: Organ, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["department"].queryset = Department.objects.filter(organ=organ)


class GuideForm(forms.ModelForm):
    """The elements; a draft may lack some, the submission says which."""

    listed = forms.CharField(
        label="办理材料", required=False, widget=forms.Textarea(attrs={"rows": 6}), help_text=MATERIALS_HELP
    )

    online_url = forms.URLField(
        label="网上办理地址", required=False, max_length=500, assume_scheme="https", help_text="没有的不填。"
    )

    class Meta:
        model = GuideVersion
        fields = [
            *("name", "audience", "basis", "conditions", "place", "hours", "telephone", "process"),
            *("statutory_days", "promised_days", "fee", "result", "online_url", "complaint_telephone"),
        ]
        widgets = {name: forms.Textarea(attrs={"rows": 4}) for name in ("basis", "conditions", "process")}

    field_order = ["name", "audience", "basis", "conditions", "listed"]

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.initial["listed"] = "\n".join(one.line for one in self.instance.material_list)

    def clean_listed(self) -> str:
        try:
            found = materials_of(self.cleaned_data["listed"])
        except MaterialFaulty as fault:
            raise forms.ValidationError(str(fault)) from fault
        self.cleaned_data["materials"] = [
            {"name": one.name, "copies": one.copies, "form": one.form, "note": one.note} for one in found
        ]
        return self.cleaned_data["listed"]


class FileForm(forms.Form):
    """A form or a sample to download."""

    title = forms.CharField(label="名称", max_length=120, help_text="公众看到的名称，例如：企业奖补申请表。")
    is_sample = forms.BooleanField(label="这是填写样表", required=False)
    file = forms.FileField(label="文件", help_text="docx、xlsx、pdf 等，不超过 20 MB。")


class SubmitForm(forms.Form):
    """Submitting."""

    waived = forms.CharField(
        label="保留校对疑点的理由", max_length=300, required=False, help_text="没有严重疑点的不填。"
    )


class ReviewForm(forms.Form):
    """The reviewer's word."""

    note = forms.CharField(
        label="审核意见", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_clear = forms.BooleanField(label="内容不涉及国家秘密、商业秘密和个人隐私", required=False)


class ReasonForm(forms.Form):
    """An act that asks for a reason."""

    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

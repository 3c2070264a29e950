"""Back-office forms of messages."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.agencies.models import Department, Organ, RoleAssignment, User
from gongkai.services.access import ACTS
from gongkai.services.messages.models import MessageOffice


def _long(label: str, rows: int, **given: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **given)


class AssignForm(forms.Form):
    """To whom."""

    department = forms.ModelChoiceField(label="承办部门", queryset=Department.objects.none(), required=False)
    handler = forms.ModelChoiceField(label="经办人", queryset=User.objects.none())
    note = forms.CharField(label="交办意见", max_length=300, required=False)

    def __init__(self, *args: Any, organ: Organ, **given: Any) -> None:
        super().__init__(*args, **given)
        places = [organ.path[:end] for end in range(Organ.steplen, len(organ.path) + 1, Organ.steplen)]
        held = RoleAssignment.objects.filter(organ__path__in=places, role__in=ACTS["答复留言"])
        self.fields["department"].queryset = Department.objects.filter(organ=organ)
        self.fields["handler"].queryset = User.objects.filter(pk__in=held.values("user"), is_active=True)
        self.fields["handler"].label_from_instance = lambda person: person.get_full_name()


class ReasonForm(forms.Form):
    """An act that asks for a reason."""

    reason = _long("理由", 3, max_length=300)


class AnswerForm(forms.Form):
    """The answer."""

    answer = _long("答复", 10, max_length=8000, help_text="写明结论、依据、怎么办。不要写留言人的个人信息。")
    waived = forms.CharField(
        label="保留校对疑点的理由", max_length=300, required=False, help_text="没有严重疑点的不填。"
    )


class ReviewForm(forms.Form):
    """The reviewer's word."""

    agrees = forms.TypedChoiceField(
        label="意见", choices=[("1", "同意答复"), ("0", "退回修改")], coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )  # fmt: skip
    note = _long("说明", 3, max_length=500, required=False, help_text="退回的写明理由。")


class RedactForm(forms.Form):
    """What the public may read."""

    title = forms.CharField(label="公开的标题", max_length=120)
    text = _long(
        "公开的内容", 10, help_text="删去姓名、电话、住址、证件号、车牌等能认出人的内容，不改变原意。"
    )


class OfficeForm(forms.ModelForm):
    """The office's settings."""

    class Meta:
        model = MessageOffice
        fields = ["is_open", "reply_working_days", "is_confirmed", "notice"]
        widgets = {"notice": forms.Textarea(attrs={"rows": 4})}

    def clean_reply_working_days(self) -> int:
        days = int(self.cleaned_data["reply_working_days"])
        if not 1 <= days <= 60:
            raise forms.ValidationError("请填 1 到 60 之间的工作日数。")
        return days

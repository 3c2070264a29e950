"""Forms of outcomes of holding to account."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.agencies.models import Department, Organ
from gongkai.core.disclosure.liability import BASES
from gongkai.supervision.models import AccountabilityForm, Rectification
from gongkai.supervision.training_forms import day_field, words_field


class EnterForm(forms.Form):
    """One outcome."""

    decided_on = day_field("决定日期")
    matter = words_field("事由", help_text="什么事、违反了什么要求。不写姓名、身份证号等个人信息。")
    basis = forms.ChoiceField(
        label="依据", choices=[("", "请选择"), *((one.code, one.label) for one in BASES)]
    )
    form = forms.ModelChoiceField(
        label="追究方式",
        queryset=AccountabilityForm.objects.none(),
        empty_label="请选择",
        help_text="在“设置—责任追究方式”里维护。",
    )
    department = forms.ModelChoiceField(
        label="责任部门", queryset=Department.objects.none(), required=False, empty_label="没有"
    )
    role = forms.CharField(
        label="责任人的岗位或者职务", max_length=60, required=False, help_text="例如“信息员”。不写姓名。"
    )
    document_number = forms.CharField(label="决定文号", max_length=60, required=False)
    rectification = forms.ModelChoiceField(
        label="有关的整改", queryset=Rectification.objects.none(), required=False, empty_label="没有"
    )
    file = forms.FileField(label="决定文书", required=False, help_text="最大 20 MB，按内容检查，加密保存。")

    def __init__(self, *given: Any, organ: Organ, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["form"].queryset = AccountabilityForm.objects.filter(is_active=True)
        self.fields["department"].queryset = Department.objects.filter(organ=organ)
        self.fields["rectification"].queryset = Rectification.objects.filter(organ=organ)


class WithdrawForm(forms.Form):
    """Why it does not count."""

    reason = forms.CharField(label="撤销理由", max_length=300)

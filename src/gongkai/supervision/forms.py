"""Forms of supervision."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.agencies.models import Department, Organ
from gongkai.supervision.models import Ruling
from gongkai.supervision.models.rectifications import CAUSES


class RulingForm(forms.Form):
    """What a person says of a suspected finding."""

    says = forms.ChoiceField(label="核实结果", choices=Ruling.Says.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="依据",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明看了什么、为什么这样认定。",
    )


class DayForm(forms.Form):
    """Which past day to judge again."""

    on = forms.DateField(label="日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class IssueForm(forms.Form):
    """What a department is told to put right."""

    department = forms.ModelChoiceField(
        label="责任部门", queryset=Department.objects.none(), empty_label="请选择"
    )
    problem = forms.CharField(label="问题", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    url = forms.URLField(label="网址", max_length=2000, required=False, assume_scheme="https")
    demand = forms.CharField(label="整改要求", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    working_days = forms.IntegerField(
        label="整改期限（工作日）", required=False, min_value=1, max_value=30,
        help_text="不填按性质：否决项、安全问题 1 个工作日，其他 5 个工作日。",
    )  # fmt: skip

    def __init__(self, *given: Any, organ: Organ, with_url: bool, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["department"].queryset = Department.objects.filter(organ=organ, valid_to=None)
        if not with_url:
            del self.fields["url"]


class ReportForm(forms.Form):
    """What was done."""

    note = forms.CharField(label="整改情况", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    cause = forms.ChoiceField(label="原因", choices=[("", "请选择"), *CAUSES])


class RecheckForm(forms.Form):
    """What a person saw."""

    passed = forms.ChoiceField(
        label="复查结果",
        choices=[("1", "已整改到位，销号"), ("0", "没有整改到位，退回")],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="复查时看到的情况", max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

"""Forms of supervision."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.agencies.models import Department, Organ
from gongkai.supervision.models import FaultTicket, Ruling
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


class TicketForm(forms.Form):
    """A message that came by another way, entered by staff."""

    source = forms.ChoiceField(
        label="来源", choices=FaultTicket.Source.choices, initial=FaultTicket.Source.PLATFORM
    )
    received_on = forms.DateField(
        label="收到日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    kind = forms.ChoiceField(label="类别", choices=FaultTicket.Kind.choices)
    url = forms.CharField(label="出错的网址", max_length=2000, required=False)
    text = forms.CharField(label="问题", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    contact = forms.CharField(
        label="联系方式", max_length=100, required=False, help_text="加密保存，不公布。"
    )


class AnswerForm(forms.Form):
    """What the sender of a message sees."""

    answer = forms.CharField(
        label="答复",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="写明是否属实、怎样处理。留言人凭编号能看到。",
    )


class CardForm(forms.Form):
    """Whose card, of which period."""

    department = forms.ModelChoiceField(
        label="部门", queryset=Department.objects.none(), required=False, empty_label="整个机关"
    )
    title = forms.CharField(label="期间名称", max_length=40, help_text="例如“2026年第三季度”。")
    first_on = forms.DateField(
        label="开始", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_on = forms.DateField(label="结束", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *given: Any, organ: Organ, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["department"].queryset = Department.objects.filter(organ=organ, valid_to=None)


class LineForm(forms.Form):
    """A manual line."""

    total = forms.IntegerField(label="总数（件）", min_value=0, max_value=100_000)
    good = forms.IntegerField(label="其中符合（件）", min_value=0, max_value=100_000)
    evidence = forms.CharField(
        label="依据",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="看了哪些记录，哪几件不符合。",
    )


class AppealForm(forms.Form):
    """Why a line is wrong."""

    reason = forms.CharField(
        label="申诉理由和依据", max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class DecideForm(forms.Form):
    """What comes of an appeal."""

    upheld = forms.ChoiceField(
        label="复核结果", choices=[("1", "成立，调整得分"), ("0", "不成立")], widget=forms.RadioSelect
    )
    total = forms.IntegerField(label="调整后的总数（件）", required=False, min_value=0, max_value=100_000)
    good = forms.IntegerField(label="调整后符合的（件）", required=False, min_value=0, max_value=100_000)
    answer = forms.CharField(label="复核意见", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

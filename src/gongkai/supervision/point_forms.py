"""Forms of work points."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.agencies.models import Department, Organ
from gongkai.core.work_points import INTERVALS
from gongkai.supervision.training_forms import day_field, words_field


class PlanForm(forms.Form):
    """The paper that sets the points of a year."""

    year = forms.IntegerField(label="年份", min_value=2008, max_value=2100)
    title = forms.CharField(label="名称", max_length=120, help_text="例如“2026年政务公开工作要点”。")
    document_number = forms.CharField(label="文号", max_length=60, required=False, help_text="没有的不填。")
    issued_by = forms.CharField(label="制发机关", max_length=100)
    issued_on = day_field("印发日期", help_text="持续推进的任务从这一天起算第一次报送。")


class PointForm(forms.Form):
    """One point."""

    number = forms.CharField(label="序号", max_length=12)
    text = words_field("工作任务", rows=4, max_length=500)
    department = forms.ModelChoiceField(
        label="责任部门", queryset=Department.objects.none(), empty_label="请选择"
    )
    due_on = day_field("完成时限", required=False, help_text="有明确时限的填日期，持续推进的不填。")
    interval_months = forms.TypedChoiceField(
        label="持续推进的报送间隔",
        choices=[("", "不是持续推进"), *INTERVALS.items()],
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *given: Any, organ: Organ, with_number: bool = True, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["department"].queryset = Department.objects.filter(organ=organ, valid_to=None)
        if not with_number:
            del self.fields["number"]


class ImportForm(forms.Form):
    """A sheet of points."""

    file = forms.FileField(label="表格", help_text="CSV 或者 Excel；有一行有问题，就一行也不导入。")


class CheckInForm(forms.Form):
    """What was done, with evidence."""

    on = day_field("日期")
    percent = forms.IntegerField(label="完成（%）", min_value=0, max_value=100)
    note = words_field("进展", rows=5, help_text="做了什么，有什么成果；没有进展的写明原因和下一步。")
    link = forms.CharField(
        label="佐证网址", max_length=500, required=False, help_text="已发布信息或者本系统其他记录的网址。"
    )
    file = forms.FileField(
        label="佐证文件", required=False, help_text="最大 20 MB，按内容检查。完成（100%）必须有佐证。"
    )


class ConfirmForm(forms.Form):
    """Whether a point is done."""

    passed = forms.ChoiceField(
        label="确认结果", choices=[("1", "已完成"), ("0", "没有完成，退回继续办理")], widget=forms.RadioSelect
    )
    note = words_field("确认意见", rows=4, help_text="看了哪些佐证。")


class ReasonForm(forms.Form):
    """Why a point is taken out, or opened again."""

    reason = words_field("原因和依据", rows=4)

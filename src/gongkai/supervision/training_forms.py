"""Forms of trainings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from gongkai.agencies.models import Department, Organ
from gongkai.core.trainings import DEFAULT_PASS_MARK, QuestionKind
from gongkai.supervision.models import Question, Training

ROLL_HELP = (
    "一行一人：姓名｜部门｜出席、请假或者缺席｜原因。部门按机构里的名称写，只写姓名就是出席；"
    "可以从表格里复制粘贴。再次提交会更正和补充名单，不会删掉已登记的人。"
)


def day_field(label: str, **given: Any) -> forms.DateField:
    """A day, chosen in the browser's own calendar."""
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **given
    )


def words_field(label: str, rows: int = 4, max_length: int = 2000, **given: Any) -> forms.CharField:
    """Several lines of text."""
    return forms.CharField(
        label=label, max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}), **given
    )


class TrainingForm(forms.Form):
    """What is planned."""

    subject = forms.CharField(label="主题", max_length=100)
    kind = forms.ChoiceField(label="形式", choices=Training.Kind.choices)
    held_on = day_field("日期", help_text="已经办过的也可以登记。")
    place = forms.CharField(label="地点", max_length=100, help_text="线上的写平台名称。")
    hours = forms.DecimalField(label="学时", min_value=0, max_digits=4, decimal_places=1)
    departments = forms.ModelMultipleChoiceField(
        label="参加部门",
        queryset=Department.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    pass_mark = forms.IntegerField(
        label="测试合格分数",
        min_value=1,
        max_value=100,
        initial=DEFAULT_PASS_MARK,
        help_text="满分 100，各题分值相同。没有测试的不用管。",
    )

    def __init__(self, *given: Any, organ: Organ, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["departments"].queryset = Department.objects.filter(organ=organ, valid_to=None)


class HoldForm(forms.Form):
    """Who was there."""

    roll = words_field("签到名单", rows=12, max_length=50_000, help_text=ROLL_HELP)
    minutes = words_field("培训纪要", rows=6, max_length=20_000, required=False)


class CancelForm(forms.Form):
    """Why it is not held."""

    reason = forms.CharField(label="原因", max_length=200)


class FileForm(forms.Form):
    """A file to keep."""

    title = forms.CharField(label="名称", max_length=120, required=False, help_text="不填就用文件名。")
    file = forms.FileField(
        label="文件",
        help_text="最大 20 MB；按内容检查，带宏的、伪装成其他格式的不收。不要上传涉及国家秘密的文件。",
    )


class QuestionForm(forms.Form):
    """One question."""

    kind = forms.ChoiceField(label="题型", choices=[(one.value, one.label) for one in QuestionKind])
    text = words_field("题目", rows=3, max_length=500)
    options = words_field("选项", rows=5, required=False, help_text="一行一个，不用写 A、B、C；判断题不填。")
    answer = forms.CharField(
        label="答案",
        max_length=16,
        help_text="单选写一个字母，多选写几个字母（例如 ACD），判断写“对”或者“错”。",
    )
    explanation = words_field("解析", rows=3, max_length=500, required=False)

    def clean_options(self) -> list[str]:
        return [one.strip() for one in self.cleaned_data["options"].splitlines() if one.strip()]


class SitForm(forms.Form):
    """The test itself, a field for each question."""

    def __init__(self, *given: Any, questions: Iterable[Question], **more: Any) -> None:
        super().__init__(*given, **more)
        for number, one in enumerate(questions, start=1):
            label = f"{number}. {one.text}（{one.get_kind_display()}）"
            many = one.kind == QuestionKind.MULTIPLE
            self.fields[f"q{one.pk}"] = (
                forms.MultipleChoiceField(
                    label=label, choices=one.choices, widget=forms.CheckboxSelectMultiple
                )
                if many
                else forms.ChoiceField(label=label, choices=one.choices, widget=forms.RadioSelect)
            )

    @property
    def answers(self) -> dict[int, str]:
        """What was chosen, by question."""
        return {
            int(name[1:]): value if isinstance(value, str) else "".join(value)
            for name, value in self.cleaned_data.items()
        }

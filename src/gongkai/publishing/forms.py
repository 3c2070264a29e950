"""Forms of the review screens."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.core.publication import STAGES, Route, return_targets
from gongkai.publishing.models import Review


def _text(label: str, *, rows: int = 3, **given: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=2000, **given)


class SignForm(forms.Form):
    """Agree at the current stage."""

    checked = forms.BooleanField(label="已核对", required=False)
    opinion = _text("意见", rows=2, required=False, initial="同意。")

    def __init__(self, *args: Any, review: Review, **given: Any) -> None:
        super().__init__(*args, **given)
        current = review.standing.current
        if current is not None:
            self.fields["checked"].label = f"已核对：{STAGES[current].checked}"


class ReturnForm(forms.Form):
    """Send back, to the drafter or to a stage that was signed."""

    back_to = forms.ChoiceField(label="退回到", required=False)
    reason = _text("退回的理由", help_text="写明哪里要改、怎样改。")

    def __init__(self, *args: Any, review: Review, **given: Any) -> None:
        super().__init__(*args, **given)
        targets = return_targets(review.standing, Route(review.route))
        if review.state == Review.State.PENDING:
            targets = ()  # a release in haste that does not hold is taken down and written anew
        self.fields["back_to"].choices = [("", "拟稿人修改"), *((s.value, STAGES[s].label) for s in targets)]


class NoteForm(forms.Form):
    """A proofreader's remark."""

    opinion = _text("校对意见", help_text="例如：第二段“附件2”应为“附件1”。")


class SubmitForm(forms.Form):
    """Submit for review."""

    remark = _text("给审核人的说明", rows=2, required=False, help_text="可不填。")
    urgent_reason = _text(
        "紧急发布的理由", rows=2, required=False,
        help_text="只在突发事件、险情预警等不能等的时候填写：保密审查后即可发布，三审三校在发布后限时补办。",
    )  # fmt: skip


class WithdrawForm(forms.Form):
    """Take an item off the portal."""

    reason = _text("撤下的理由", help_text="记入审核记录；以后要再发布，须重新送审。")

"""Forms of the review screens."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.agencies.models import Department, Organ
from gongkai.core.publication import STAGES, return_targets
from gongkai.publishing.models import CatalogueEntry, ColumnPage, ItemPage, Review, SourceDetermination


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
        targets = return_targets(review.standing)
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


class WithdrawManyForm(forms.Form):
    """Take many items off the portal."""

    reason = _text("撤下的理由", help_text="每一条都记这个理由；以后要再发布，须重新送审。")


class _ColumnChoice(forms.ModelChoiceField):
    """Columns as the tree has them."""

    def label_from_instance(self, column: ColumnPage) -> str:
        return "　" * max(0, column.depth - 3) + column.title


class MoveManyForm(forms.Form):
    """Move many items to another column."""

    target = _ColumnChoice(
        label="移到栏目", queryset=ColumnPage.objects.live().order_by("path"), empty_label="请选择"
    )
    reason = _text("移动的理由", help_text="每一条都记这个理由，重新送审的写在送审说明里。")
    resubmit = forms.BooleanField(
        label="已发布和正在审核的，移好后一并送审", required=False, initial=True,
        help_text="不勾选的，移好后成为草稿，由拟稿人自己送审。您会记为送审人，不能再审核这些信息。",
    )  # fmt: skip

    def __init__(self, *args: Any, may_submit: bool, **given: Any) -> None:
        super().__init__(*args, **given)
        if not may_submit:
            del self.fields["resubmit"]


class EntryForm(forms.ModelForm):
    """One line of the catalogue."""

    class Meta:
        model = CatalogueEntry
        fields = (
            *("category", "name", "content", "basis", "working_days", "time_limit"),
            *("subject", "department", "audience", "channels", "column"),
        )
        widgets = {"content": forms.Textarea(attrs={"rows": 3}), "basis": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, organ: Organ, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["department"].queryset = Department.objects.filter(organ=organ)
        self.fields["column"].queryset = ColumnPage.objects.live().order_by("path")
        self.fields["subject"].initial = self.fields["subject"].initial or organ.name


class InForceForm(forms.Form):
    """From when an edition applies."""

    effective_from = forms.DateField(label="施行日期", widget=forms.DateInput(attrs={"type": "date"}))


class OrganChoice(forms.Form):
    """For which organ; one who works for a single one is not asked."""

    organ = forms.ModelChoiceField(label="机关", queryset=Organ.objects.none())

    def __init__(self, *args: Any, organs: list[Organ], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["organ"].queryset = Organ.objects.filter(pk__in=[organ.pk for organ in organs])
        self.fields["organ"].initial = organs[0]
        if len(organs) == 1:
            self.fields["organ"].widget = forms.HiddenInput()


class ImportForm(OrganChoice):
    """A sheet and the files that it names."""

    sheet = forms.FileField(label="表格", help_text="XLSX 或 CSV，按模板填写，最多 20000 行。")
    package = forms.FileField(
        label="附件包",
        required=False,
        help_text="表格里写到的正文文件、图片和附件，压缩成一个 ZIP。没有可不选。",
    )


class TakeOverForm(OrganChoice):
    """A Word file or a paste."""

    title = forms.CharField(
        label="标题", required=False, max_length=255, help_text="不填则取文中第一行，导入后还可以改。"
    )
    word = forms.FileField(
        label="Word 文件", required=False, help_text="docx。标题、加粗、列表、表格、图片会保留。"
    )
    pasted = forms.CharField(
        label="或者粘贴内容", required=False, max_length=2_000_000, strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "data-gk-paste": ""}),
        help_text="在 Word、WPS 或网页里复制，到这里粘贴，表格会保留。",
    )  # fmt: skip


class PaperForm(forms.ModelForm):
    """A paper and what is proposed for it."""

    organ = forms.ModelChoiceField(label="机关", queryset=Organ.objects.none())

    class Meta:
        model = SourceDetermination
        fields = (
            *("organ", "title", "department", "document_number", "is_policy", "is_joint", "lead_organ"),
            *("proposed", "ground", "reason"),
        )
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, organs: list[Organ], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["organ"].queryset = Organ.objects.filter(pk__in=[organ.pk for organ in organs])
        self.fields["organ"].initial = organs[0]
        if len(organs) == 1 or self.instance.pk:
            self.fields["organ"].widget = forms.HiddenInput()
        self.fields["department"].queryset = Department.objects.filter(organ__in=organs)


class OpinionForm(forms.Form):
    """An attribute and why."""

    publicity = forms.ChoiceField(label="公开属性", choices=ItemPage.Publicity.choices)
    opinion = _text("意见")


class DecideForm(forms.Form):
    """The signer's decision."""

    publicity = forms.ChoiceField(label="认定为", choices=ItemPage.Publicity.choices)
    formed_on = forms.DateField(label="成文日期", widget=forms.DateInput(attrs={"type": "date"}))
    number = forms.CharField(label="文号", max_length=60, required=False)
    reason = _text("说明", rows=2, required=False, help_text="与拟定属性不同的，须写明理由。")


class ReasonForm(forms.Form):
    """Why something is sent back."""

    reason = _text("退文的理由")


class DraftOfForm(forms.Form):
    """Where a paper is published."""

    column = forms.ModelChoiceField(label="发布到栏目", queryset=ColumnPage.objects.order_by("path"))

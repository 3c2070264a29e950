"""Forms of filings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from gongkai.agencies import selectors
from gongkai.agencies.forms import day_field
from gongkai.agencies.models import FilingRecord, FilingRule, GroupChange, Organ
from gongkai.agencies.services.filings import Receipt


class ReceiptForm(forms.Form):
    """What came back from the superior organ."""

    receipt_number = forms.CharField(label="回执编号", max_length=60, required=False)
    receipt_on = day_field("回执日期", required=False)
    receipt_file = forms.FileField(
        label="回执文件",
        required=False,
        help_text="PDF、OFD、JPG 或者 PNG，不超过 10 MB。按内容检查，加密保存。",
    )

    @property
    def receipt(self) -> Receipt | None:
        """What was given; None when nothing was."""
        data = self.cleaned_data
        upload = data["receipt_file"]
        if not (data["receipt_number"] or data["receipt_on"] or upload):
            return None
        content = upload.read() if upload else b""
        return Receipt(data["receipt_number"], data["receipt_on"], upload.name if upload else "", content)


class FilingForm(ReceiptForm):
    """What was filed with whom."""

    what = forms.ChoiceField(label="报备事项", choices=FilingRecord.What.choices)
    changes = forms.ModelMultipleChoiceField(
        GroupChange.objects.none(),
        label="这次报备的变动",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    filed_on = day_field("报备日期")
    to_body = forms.CharField(label="报备机关", max_length=100)
    document_number = forms.CharField(label="报备文号", max_length=60, required=False)
    note = forms.CharField(
        label="说明", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order = ["what", "changes", "filed_on", "to_body", "document_number", "note"]

    def __init__(self, *given: Any, organ: Organ, group: int | None, **more: Any) -> None:
        waiting = selectors.open_changes([organ]).order_by("group", "on", "pk")
        more.setdefault(
            "initial",
            {
                "what": FilingRecord.What.CHANGE,
                "filed_on": timezone.localdate(),
                "to_body": selectors.rule_of(organ).to_body,
                "changes": [one.pk for one in waiting if group is None or one.group_id == group],
            },
        )
        super().__init__(*given, **more)
        self.fields["changes"].queryset = waiting
        self.fields["changes"].label_from_instance = _told


def _told(change: GroupChange) -> str:
    text = change.text if len(change.text) <= 60 else f"{change.text[:60]}……"
    return f"{change.group.name} {change.on} {change.get_kind_display()}：{text}"


class RuleForm(forms.ModelForm):
    """By when changes are filed, and with whom."""

    class Meta:
        model = FilingRule
        fields = ["to_body", "days", "in_working_days", "basis", "is_confirmed"]

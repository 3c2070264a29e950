"""Public calculators of the reply period and the processing fee: the same rules the office works by."""

from __future__ import annotations

from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongkai.calendar_files import working_calendar
from gongkai.core.calendars import CalendarNotPublished, NoticeFaulty
from gongkai.core.disclosure.clock import (
    CONFIRMED_CHANNELS,
    MAX_EXTENSION_WORKING_DAYS,
    Channel,
    Due,
    Entry,
    Kind,
    explain,
    reply_due,
)
from gongkai.core.disclosure.fees import fee_of_items, fee_of_pages

CHANNELS = (
    (Channel.COUNTER.value, "当面提交"),
    (Channel.SIGNED_MAIL.value, "邮寄（需签收）"),
    (Channel.ORDINARY_MAIL.value, "平常信函"),
    (Channel.WEB.value, "网上提交"),
    (Channel.EMAIL.value, "电子邮件"),
    (Channel.FAX.value, "传真"),
)
MAX_COUNT = 100_000


class DeadlineForm(forms.Form):
    """When and how an application was handed in."""

    received_on = forms.DateField(
        label="提交（签收）日期",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="当面提交之日，或行政机关签收之日。",
    )
    channel = forms.ChoiceField(label="提交方式", choices=CHANNELS)
    confirmed_on = forms.DateField(
        label="与行政机关确认的日期",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="平常信函、网上、电子邮件、传真方式须填写（《条例》第三十一条）。",
    )
    extension = forms.IntegerField(
        label="延长的工作日数",
        required=False,
        min_value=0,
        max_value=MAX_EXTENSION_WORKING_DAYS,
        help_text="没有收到延期告知书的不填，最多 20 个工作日。",
    )

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        confirmed, received = given.get("confirmed_on"), given.get("received_on")
        if given.get("channel") in {channel.value for channel in CONFIRMED_CHANNELS} and received:
            if confirmed is None and "confirmed_on" not in self.errors:
                self.add_error("confirmed_on", "这种方式以双方确认之日为收到申请之日，请填写确认的日期。")
            elif confirmed is not None and confirmed < received:
                self.add_error("confirmed_on", "确认的日期早于提交的日期，请核对。")
        return given


class FeeForm(forms.Form):
    """How many items in the month, or how many pages."""

    items = forms.IntegerField(
        label="本自然月内第几件申请（共几件）", required=False, min_value=0, max_value=MAX_COUNT
    )
    pages = forms.IntegerField(label="一件申请提供的页数", required=False, min_value=0, max_value=MAX_COUNT)

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if not self.errors and given.get("items") is None and given.get("pages") is None:
            self.add_error("items", "请填写件数或页数。")
        return given


@require_GET
def calculators(request: HttpRequest) -> HttpResponse:
    """Both calculators on one page; answers come by address, so they can be kept and sent."""
    deadline = DeadlineForm(request.GET if "received_on" in request.GET else None, auto_id="qx_%s")
    fee = FeeForm(request.GET if "items" in request.GET or "pages" in request.GET else None, auto_id="fy_%s")
    context: dict[str, object] = {"title": "期限和费用计算", "deadline": deadline, "fee": fee}
    if deadline.is_bound and deadline.is_valid():
        context.update(_answer(deadline))
    if fee.is_bound and fee.is_valid():
        items, pages = fee.cleaned_data["items"], fee.cleaned_data["pages"]
        context["items_yuan"] = None if items is None else fee_of_items(items)
        context["pages_yuan"] = None if pages is None else fee_of_pages(pages)
        context["answered_fee"] = True
    status = 422 if deadline.errors or fee.errors else 200
    return render(request, "portal/calculators.html", context, status=status)


def _answer(form: DeadlineForm) -> dict[str, object]:
    given = form.cleaned_data
    received: date = given["received_on"]
    entries = [
        Entry(
            Kind.RECEIVED,
            received,
            channel=Channel(given["channel"]),
            confirmed_on=given["confirmed_on"] or None,
        )
    ]
    try:
        calendar = working_calendar()
        found: Due = reply_due(entries, calendar)
        if given["extension"] and found.due is not None:
            entries.append(Entry(Kind.EXTENDED, found.due, working_days=given["extension"]))
            found = reply_due(entries, calendar)
    except (CalendarNotPublished, NoticeFaulty):
        form.add_error("received_on", "这一时期的放假安排没有载入，不能推算。可以填写 2007 年以后的日期。")
        return {}
    return {"due": found, "counted": explain(found, calendar)}

"""The calendar of publications (发布日历): a month, a list, a sheet."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.agencies.dated import Dated, Span, dated_entries, dated_kinds
from gongkai.agencies.models import User
from gongkai.agencies.shell import XLSX_TYPE, download, page, xlsx
from gongkai.calendar_files import working_calendar
from gongkai.publishing import selectors
from gongkai.publishing.models import ColumnPage
from gongkai.publishing.normative import access as normative_access

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
YEARS = range(2000, 2101)
PER_CELL, OVERDUE_SHOWN, PER_PAGE = 5, 20, 100
LIST = "liebiao"
HEADINGS = ("日期", "类别", "事项", "由谁办", "我能办", "状态")


class _ColumnChoice(forms.ModelChoiceField):
    def label_from_instance(self, column: ColumnPage) -> str:
        return "　" * max(0, column.depth - 3) + column.title


class FilterForm(forms.Form):
    """What the calendar is narrowed to; an unknown value narrows nothing."""

    lei = forms.ChoiceField(label="类别", required=False)
    lanmu = _ColumnChoice(
        label="栏目", required=False, queryset=ColumnPage.objects.order_by("path"), empty_label="全部栏目"
    )
    wode = forms.BooleanField(label="只看我能办的", required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["lei"].choices = [("", "全部类别"), *dated_kinds()]


@dataclass(frozen=True, slots=True)
class Day:
    """One cell: the day, why nobody works (or works although it is a weekend), its entries."""

    on: date
    in_month: bool
    is_today: bool
    is_rest: bool
    note: str
    entries: tuple[Dated, ...]

    @property
    def shown(self) -> tuple[Dated, ...]:
        return self.entries[:PER_CELL]

    @property
    def more(self) -> int:
        return max(0, len(self.entries) - PER_CELL)

    @property
    def weekday(self) -> str:
        return WEEKDAYS[self.on.weekday()]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, read."""

    month: date
    kinds: tuple[str, ...]
    column: ColumnPage | None
    mine: bool
    query: dict[str, str]

    def narrowed(self, found: Iterable[Dated]) -> list[Dated]:
        kept = [entry for entry in found if entry.mine or not self.mine]
        if self.column is None:
            return kept
        return [entry for entry in kept if entry.place.startswith(self.column.path)]

    def link(self, **changed: str) -> str:
        return "?" + urlencode({**self.query, **changed})


@require_GET
def month(request: HttpRequest) -> HttpResponse:
    """A month, a day a cell; or the same entries as a list."""
    _see_some(request.user)
    today = timezone.localdate()
    form, asked = _asked(request, today)
    weeks = Calendar().monthdatescalendar(asked.month.year, asked.month.month)
    as_list = request.GET.get("xianshi") == LIST
    first, last = (
        (asked.month, _next(asked.month) - timedelta(1)) if as_list else (weeks[0][0], weeks[-1][-1])
    )
    found = asked.narrowed(dated_entries(request.user, Span(first, last, today), kinds=asked.kinds))
    overdue = [entry for entry in found if entry.is_overdue(today)]
    context = _grid(weeks, asked, found, today) if not as_list else _list(request, found)
    return page(
        request,
        "publishing/calendar_list.html" if as_list else "publishing/calendar.html",
        title="发布日历",
        asked=asked,
        form=form,
        today=today,
        overdue=overdue[:OVERDUE_SHOWN],
        overdue_count=len(overdue),
        earlier=asked.link(yue=f"{asked.month - timedelta(1):%Y-%m}"),
        later=asked.link(yue=f"{_next(asked.month):%Y-%m}"),
        as_month=asked.link(xianshi=""),
        as_list=asked.link(xianshi=LIST),
        sheet=reverse("publishing:calendar_sheet") + asked.link(),
        this_month=asked.link(yue=""),
        **context,
    )


@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    """The month's entries, and what is overdue, as XLSX."""
    _see_some(request.user)
    today = timezone.localdate()
    _, asked = _asked(request, today)
    span = Span(asked.month, _next(asked.month) - timedelta(1), today)
    found = asked.narrowed(dated_entries(request.user, span, kinds=asked.kinds))
    rows = [
        (
            f"{entry.on:%Y-%m-%d}" + (f" {timezone.localtime(entry.at):%H:%M}" if entry.at else ""), entry.label, entry.title,
            entry.who, "是" if entry.mine else "", _state(entry, today),
        )
        for entry in found
    ]  # fmt: skip
    content = xlsx(HEADINGS, rows, sheet="发布日历")
    return download(content, f"发布日历-{asked.month:%Y-%m}.xlsx", XLSX_TYPE)


def _state(entry: Dated, today: date) -> str:
    if entry.is_overdue(today):
        return "已超期"
    return "暂定" if entry.is_provisional else ""


def _see_some(user: User) -> None:
    if not (selectors.organs_for(user, "查看审核") or normative_access.organs_for(user, "查看规范性文件")):
        raise PermissionDenied("您没有查看发布日历的权限，请联系系统管理员授予角色。")


def _asked(request: HttpRequest, today: date) -> tuple[FilterForm, Asked]:
    form = FilterForm(request.GET)
    form.is_valid()  # what does not hold is left out
    given = form.cleaned_data
    column = given.get("lanmu")
    chosen = _month(request.GET.get("yue", ""), today)
    query = {
        "yue": f"{chosen:%Y-%m}",
        "lei": given.get("lei", ""),
        "lanmu": str(column.pk) if column else "",
        "wode": "on" if given.get("wode") else "",
        "xianshi": LIST if request.GET.get("xianshi") == LIST else "",
    }
    kinds = (given["lei"],) if given.get("lei") else ()
    return form, Asked(chosen, kinds, column, bool(given.get("wode")), query)


def _month(text: str, today: date) -> date:
    """The first day of the month named, or of this one."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return found if found.year in YEARS else today.replace(day=1)


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _grid(weeks: list[list[date]], asked: Asked, found: list[Dated], today: date) -> dict[str, Any]:
    by_day: dict[date, list[Dated]] = {}
    for entry in found:
        by_day.setdefault(entry.on, []).append(entry)
    return {
        "weekdays": WEEKDAYS,
        "weeks": [[_day(on, asked, by_day.get(on, []), today) for on in week] for week in weeks],
        "is_unpublished": not working_calendar().is_published(_next(asked.month) - timedelta(1)),
        "is_empty": not any(on.month == asked.month.month for on in by_day),
    }


def _day(on: date, asked: Asked, entries: list[Dated], today: date) -> Day:
    why = working_calendar().why(on)
    is_holiday, is_made_up = why.endswith("放假"), why == "调休上班"
    return Day(
        on, on.month == asked.month.month, on == today, is_holiday or why == "周末",
        why if is_holiday or is_made_up else "", tuple(entries),
    )  # fmt: skip


def _list(request: HttpRequest, found: list[Dated]) -> dict[str, Any]:
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("ye"))
    calendar = working_calendar()
    rows = [(entry, calendar.why(entry.on)) for entry in shown]
    return {"rows": [(entry, why if why != "工作日" else "") for entry, why in rows], "shown": shown}

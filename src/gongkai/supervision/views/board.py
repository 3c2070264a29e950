"""The leader's board (监督看板), the records behind each of its figures, the weekly brief as a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.agencies.models import Organ
from gongkai.agencies.shell import download, organs_or_refuse, page, refuse
from gongkai.supervision import access
from gongkai.supervision.board import picture, registry
from gongkai.supervision.board.brief import brief_pdf, week_of
from gongkai.supervision.board.charts import ranking_section, runs_section, trend_sections
from gongkai.supervision.board.picture import Month
from gongkai.supervision.errors import SupervisionError

LIST = ("监督看板", "/houtai/kanban/")
PAGE_SIZE = 100


def _organs(request: HttpRequest) -> tuple[list[Organ], list[Organ]]:
    """Those the person may look at, and those looked at: the one asked for, else all."""
    found = organs_or_refuse(access.organs_for(request.user, "查看看板"), "查看看板")
    wanted = request.GET.get("jigou", "")
    return found, [one for one in found if one.code == wanted] or found


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """What presses today, how the months went, which columns age, who stands where."""
    every, organs = _organs(request)
    day = timezone.localdate()
    asked = {"jigou": organs[0].code} if len(organs) == 1 else {}

    def month_address(key: str, month: Month) -> str:
        return _records_address(key, {**asked, "yue": str(month)})

    return page(
        request,
        "supervision/board.html",
        title=LIST[0],
        day=day,
        organs=every if len(every) > 1 else [],
        organ=organs[0] if len(organs) == 1 else None,
        scope=organs[0].name if len(organs) == 1 else f"{len(organs)} 个机关",
        risks=[(one, _records_address(one.risk.key, asked)) for one in picture.risks_of(organs, day)],
        sections=_sections(organs, day, month_address),
        heat=picture.heat_of(organs, day),
        rankings=[ranking_section(one, number) for number, one in enumerate(picture.rankings_of(organs))],
        weeks=_weeks(day),
        asked=urlencode(asked),
    )


def _sections(organs: Sequence[Organ], day: date, address: object) -> list[object]:
    runs = runs_section(picture.runs_of(organs))
    return [*trend_sections(picture.trends_of(organs, day), address), *([runs] if runs else [])]


def _records_address(key: str, asked: dict[str, str]) -> str:
    return reverse("supervision:board_records", args=[key]) + (f"?{urlencode(asked)}" if asked else "")


def _weeks(day: date) -> list[tuple[str, str]]:
    """The last weeks by their Mondays, with their words."""
    monday = week_of(day)[0]
    found = [week_of(monday - timedelta(weeks=back)) for back in range(8)]
    return [(str(first), f"{first:%Y-%m-%d} 至 {last:%Y-%m-%d}") for first, last in found]


@require_GET
def records(request: HttpRequest, key: str) -> HttpResponse:
    """The records behind one figure: of a risk those of today, else those of a month or a week."""
    every, organs = _organs(request)
    day = timezone.localdate()
    risk = next((one for one in registry.risks() if one.key == key), None)
    flow = next((one for one in registry.flows() if one.key == key), None)
    if risk is not None:
        found, name, note = list(risk.tell(organs, day)), risk.name, f"{day:%Y-%m-%d}：{risk.rule}。"
    elif flow is not None:
        first, last = _period(request, day)
        found, name, note = list(flow.tell(organs, first, last)), flow.name, f"{first} 至 {last}。"
    else:
        raise Http404("看板上没有这一项")
    return page(
        request,
        "supervision/board_records.html",
        title=name,
        crumbs=[LIST],
        sheet=Paginator(found, PAGE_SIZE).get_page(request.GET.get("ye")),
        count=len(found),
        note=note,
        is_risk=risk is not None,
        may_open=(risk or flow).may_open(request.user),
        several=len(every) > 1,
        kept=urlencode({name: value for name, value in request.GET.items() if name != "ye"}),
    )


def _period(request: HttpRequest, day: date) -> tuple[date, date]:
    """The month or the week asked for; this month where none is."""
    year, _, number = request.GET.get("yue", "").partition("-")
    if year.isdecimal() and number.isdecimal() and 1 <= int(number) <= 12 and 2000 <= int(year) <= day.year:
        month = Month(int(year), int(number))
        return month.first, month.last
    if week := request.GET.get("zhou"):
        return week_of(_week_asked(week, day))
    return Month(day.year, day.month).first, day


def _week_asked(given: str, day: date) -> date:
    try:
        asked = date.fromisoformat(given)
    except ValueError:
        return day
    return min(asked, day)


@require_GET
def brief(request: HttpRequest) -> HttpResponse:
    """The weekly brief of one organ."""
    _, organs = _organs(request)
    day = timezone.localdate()
    week = week_of(_week_asked(request.GET.get("zhou", ""), day))
    try:
        content = brief_pdf(organs, week=week, today=day)
    except SupervisionError as refusal:
        refuse(request, refusal)
        return redirect("supervision:board")
    return download(content, f"监督周报（{week[0]}至{week[1]}）.pdf", "application/pdf")

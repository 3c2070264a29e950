"""The weekly brief (监督周报) as PDF: the board's own figures, drawn by typst; the same day gives the same bytes.

The past of a risk is not kept: a brief drawn later tells the week's happenings and the risks of the day of drawing, and
says so.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from gongkai.agencies.models import Organ
from gongkai.reportfiles import fonts
from gongkai.supervision.board import picture, registry
from gongkai.supervision.board.picture import TROUBLES, Ranking, RiskToday
from gongkai.supervision.errors import BoardRefused

_TEMPLATE = Path(__file__).with_name("brief.typ")
_LOCK = Lock()  # the compiler holds state of its last run
LINES = 12  # of each list; how many more there are is said


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of a day's week.

    >>> week_of(date(2026, 11, 27))
    (datetime.date(2026, 11, 23), datetime.date(2026, 11, 29))
    """
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def brief_pdf(organs: Sequence[Organ], *, week: tuple[date, date], today: date) -> bytes:
    """Draw the brief of a week as it stands on a day.

    Raises:
        BoardRefused: a character is in none of the vendored fonts; nothing is substituted.
    """
    given = json.dumps(facts_of(organs, week=week, today=today), ensure_ascii=False)
    if characters := fonts.missing(given):
        raise BoardRefused(f"周报里有字库没有的字：{'、'.join(characters)}，请在原记录里改用其他写法。")
    with _LOCK:
        pdf = _compiler().compile(
            format="pdf", sys_inputs={"brief": given}, timestamp=datetime.combine(today, time(), UTC),
            pdf_standards="a-2a",
        )  # fmt: skip
    assert isinstance(pdf, bytes)  # one file is asked for, not one image a page
    return pdf


def facts_of(organs: Sequence[Organ], *, week: tuple[date, date], today: date) -> dict[str, Any]:
    """What the brief says, in the words of the paper."""
    first, last = week
    heat = picture.heat_of(organs, today)
    stale = [tile for _, tiles in heat.groups for tile in tiles if tile.state in TROUBLES]
    lines, rest = stale[:LINES], len(stale) - LINES
    return {
        "title": "监督周报",
        "organ": organs[0].name if len(organs) == 1 else f"{len(organs)}个机关",
        "week": f"{_day(first)}至{_day(last)}",
        "drawn": _day(today),
        "note": "" if first <= today <= last else f"本周已经过去，今日风险、栏目和排名为制表当日（{_day(today)}）的情况。",
        "risks": [_risk(one) for one in picture.risks_of(organs, today)],
        "flows": _flows(organs, week),
        "heat": [[label, str(count)] for _, label, count in heat.counts],
        "columns": [[tile.name, tile.label, tile.says] for tile in lines],
        "columns_rest": f"另有 {rest} 个栏目，见监督看板。" if rest > 0 else "",
        "rankings": [_ranking(one) for one in picture.rankings_of(organs)],
    }  # fmt: skip


def _risk(one: RiskToday) -> dict[str, Any]:
    rest = len(one.records) - LINES
    return {
        "name": one.risk.name,
        "rule": one.risk.rule,
        "count": str(len(one.records)),
        "late": str(one.late),
        "lines": [
            [record.text, record.who or record.organ, str(record.day or "—"), record.standing.label]
            for record in one.records[:LINES]
        ],
        "rest": f"另有 {rest} 件，见监督看板。" if rest > 0 else "",
    }


def _flows(organs: Sequence[Organ], week: tuple[date, date]) -> list[list[str]]:
    """Each flow with this week's and last week's count."""
    before = (week[0] - timedelta(weeks=1), week[1] - timedelta(weeks=1))
    found = []
    for flow in registry.flows():
        now, then = (sum(1 for _ in flow.tell(organs, *period)) for period in (week, before))
        change = "持平" if now == then else f"{'增加' if now > then else '减少'} {abs(now - then)}"
        found.append([flow.name, f"{now} {flow.unit}", f"{then} {flow.unit}", change])
    return found


def _ranking(one: Ranking) -> dict[str, Any]:
    rows = [
        [
            str(rank.place or "—"),
            str(rank.card.department or rank.card.organ),
            str(rank.card.total or "未计分"),
        ]
        for rank in one.rows
    ]
    return {"title": one.title, "rows": rows}


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@cache
def _compiler() -> Any:
    return typst.Compiler(
        _TEMPLATE, root=_TEMPLATE.parent, font_paths=[fonts.FOLDER], ignore_system_fonts=True
    )

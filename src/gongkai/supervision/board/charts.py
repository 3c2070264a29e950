"""The charts of the board with the tables beside them; every number of a table leads to its records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from gongkai.agencies.charts import Chart, Datum, bars, columns
from gongkai.supervision.board.picture import Month, Ranking, Trend
from gongkai.supervision.models import Run

# A chart shows the first as columns and the second as marks above them.
PAIRS = (("shoujian", "banjie"), ("fabu", ""), ("dafu", ""), ("xiafa", "xiaohao"), ("shoucuo", ""))
NAMES = {
    "shoujian": "依申请公开",
    "fabu": "主动公开",
    "dafu": "公众留言",
    "xiafa": "整改",
    "shoucuo": "网站找错",
}
Cell = tuple[str, str]  # words, address or nothing
Address = Callable[[str, Month], str]


@dataclass(frozen=True, slots=True)
class Section:
    """A chart and its table; the first cell of a row names it."""

    key: str
    name: str
    chart: Chart
    headings: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


def trend_sections(trends: Sequence[Trend], address: Address) -> list[Section]:
    """A chart for each pair of flows that somebody tells of."""
    by_key = {one.flow.key: one for one in trends}
    return [
        _trend_section(by_key[first], by_key.get(second), address)
        for first, second in PAIRS
        if first in by_key
    ]


def _trend_section(main: Trend, mark: Trend | None, address: Address) -> Section:
    shown = [main] if mark is None else [main, mark]
    title = "，".join(f"{one.flow.name} {one.total} {one.flow.unit}" for one in shown)
    counts = dict(mark.counts) if mark else {}
    data = [
        Datum(str(month.number), count, str(count or ""), counts.get(month) or None)
        for month, count in main.counts
    ]
    how = f"（柱为{main.flow.name}，横线为{mark.flow.name}）" if mark else ""
    rows = [
        ((str(month), ""), *((str(dict(one.counts)[month]), address(one.flow.key, month)) for one in shown))
        for month, _ in main.counts
    ]
    headings = ("月份", *(f"{one.flow.name}（{one.flow.unit}）" for one in shown))
    name = NAMES.get(main.flow.key, main.flow.name)
    return Section(f"zs-{main.flow.key}", name, columns(f"近 12 个月{title}{how}", data), headings, rows)


def runs_section(runs: Sequence[tuple[Run, int]]) -> Section | None:
    """Faults of the last inspections; None before there are two to compare."""
    if len(runs) < 2:
        return None
    before, last = runs[0][1], runs[-1][1]
    word = "没有变化" if before == last else "比最早一次减少" if last < before else "比最早一次增加"
    much = "" if before == last else f" {abs(last - before)} 处"
    data = [Datum(f"{run.on:%-m/%-d}", hits, str(hits or "")) for run, hits in runs]
    rows = [
        ((str(run.on), ""), (f"{hits}", reverse("supervision:run", args=[run.pk])), (f"{run.score}", ""))
        for run, hits in runs
    ]
    title = f"最近 {len(runs)} 次巡查，最后一次 {last} 处问题，{word}{much}"
    return Section("zs-xuncha", "网站巡查", columns(title, data), ("时间点", "问题（处）", "暂定得分"), rows)


def ranking_section(ranking: Ranking, number: int) -> Section:
    """Bars in the order of the places."""
    best = next((one for one in ranking.rows if one.place is not None), None)
    title = f"{_whose(best.card)}最高，{best.card.total} 分" if best else "没有计分的考核"
    data = [
        Datum(f"{_place(one.place)}　{_whose(one.card)}", float(one.card.total or 0), _points(one.card.total))
        for one in ranking.rows
    ]
    rows = [
        (
            (_place(one.place), ""),
            (_whose(one.card), reverse("supervision:scorecard", args=[one.card.pk])),
            (_points(one.card.total), ""),
            (f"{one.card.earned}/{one.card.counted}", ""),
        )
        for one in ranking.rows
    ]
    headings = ("名次", "部门或者单位", "折合百分制", "得分/计分权重")
    return Section(f"pm-{number}", ranking.title, bars(title, data), headings, rows)


def _whose(card: object) -> str:
    return str(card.department or card.organ)


def _place(place: int | None) -> str:
    return f"第 {place} 名" if place else "未计分"


def _points(total: Decimal | None) -> str:
    return "—" if total is None else f"{total} 分"

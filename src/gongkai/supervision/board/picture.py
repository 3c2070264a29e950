"""One day of the board: risks with their records, twelve months, the heat map, the ranking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.agencies.models import Organ
from gongkai.supervision.board import registry
from gongkai.supervision.board.registry import Flow, Record, Risk, Standing, Tile
from gongkai.supervision.models import Run, Scorecard

MONTHS = 12
RUNS = 12
TROUBLES = ("blank", "stale", "due_soon")  # the order in which the map tells of them


@dataclass(frozen=True, slots=True)
class RiskToday:
    """A risk with its records of the day."""

    risk: Risk
    records: list[Record]

    @property
    def late(self) -> int:
        return sum(one.standing is Standing.LATE for one in self.records)


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the trend, written ``2026-05``."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02d}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        after = date(self.year + self.number // 12, self.number % 12 + 1, 1)
        return after - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Trend:
    """How often something happened in each month, the oldest first."""

    flow: Flow
    counts: list[tuple[Month, int]]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.counts)


@dataclass(frozen=True, slots=True)
class Rank:
    """A card in its place; equal totals share one, a card without total has none."""

    place: int | None
    card: Scorecard


@dataclass(frozen=True, slots=True)
class Ranking:
    """The published cards of one period: of departments, or of whole organs."""

    title: str
    period: tuple[date, date]
    rows: list[Rank]


def risks_of(organs: Sequence[Organ], today: date) -> list[RiskToday]:
    return [RiskToday(risk, list(risk.tell(organs, today))) for risk in registry.risks()]


def months_to(today: date, *, count: int = MONTHS) -> list[Month]:
    """The last months, this one the last.

    >>> [str(one) for one in months_to(date(2026, 1, 5), count=3)]
    ['2025-11', '2025-12', '2026-01']
    """
    numbers = range(today.year * 12 + today.month - count, today.year * 12 + today.month)
    return [Month(number // 12, number % 12 + 1) for number in numbers]


def trends_of(organs: Sequence[Organ], today: date) -> list[Trend]:
    months = months_to(today)
    return [_trend(flow, organs, months) for flow in registry.flows()]


def _trend(flow: Flow, organs: Sequence[Organ], months: list[Month]) -> Trend:
    told = flow.tell(organs, months[0].first, months[-1].last)
    found = Counter((one.day.year, one.day.month) for one in told if one.day is not None)
    return Trend(flow, [(month, found[month.year, month.number]) for month in months])


def runs_of(organs: Sequence[Organ]) -> list[tuple[Run, int]]:
    """The last finished inspections with the number of faults, the oldest first."""
    rows = Run.objects.filter(organ__in=organs, state=Run.State.DONE).defer("packed").select_related("organ")
    return [(run, run.findings.filter(state="hit").count()) for run in rows[:RUNS]][::-1]


@dataclass(frozen=True, slots=True)
class Heat:
    """The columns by their clock's group, and how many stand how."""

    groups: list[tuple[str, list[Tile]]]
    counts: list[tuple[str, str, int]]

    @property
    def total(self) -> int:
        return sum(count for *_, count in self.counts)


def heat_of(organs: Sequence[Organ], today: date) -> Heat:
    """Tiles grouped by clock; what presses first, in each group and among the groups."""
    order = {state: number for number, state in enumerate(TROUBLES)}
    groups: dict[str, list[Tile]] = {}
    for tile in registry.tiles(organs, today):
        groups.setdefault(tile.group, []).append(tile)
    for found in groups.values():
        found.sort(key=lambda one: order.get(one.state, len(order)))
    every = [tile for found in groups.values() for tile in found]
    labels = {tile.state: tile.label for tile in every}
    counted = Counter(tile.state for tile in every)
    states = sorted(counted, key=lambda one: (order.get(one, len(order)), one))
    worst_first = sorted(groups.items(), key=lambda pair: order.get(pair[1][0].state, len(order)))
    return Heat(worst_first, [(state, labels[state], counted[state]) for state in states])


def rankings_of(organs: Sequence[Organ]) -> list[Ranking]:
    """The last period for which departments, and for which organs, have published cards."""
    cards = Scorecard.objects.filter(organ__in=organs, state=Scorecard.State.PUBLISHED)
    cards = cards.select_related("organ", "department")
    found = (
        _ranking(cards.exclude(department=None), "部门排名"),
        _ranking(cards.filter(department=None), "单位排名"),
    )
    return [one for one in found if one is not None]


def _ranking(cards: object, name: str) -> Ranking | None:
    newest = cards.order_by("-last_on", "first_on").first()
    if newest is None:
        return None
    period = (newest.first_on, newest.last_on)
    rows = sorted(
        cards.filter(first_on=period[0], last_on=period[1]),
        key=lambda one: (one.total is None, -(one.total or 0), str(one.department or one.organ)),
    )
    placed: list[Rank] = []
    for number, card in enumerate(rows, start=1):
        same = bool(placed) and placed[-1].card.total == card.total
        place = None if card.total is None else placed[-1].place if same else number
        placed.append(Rank(place, card))
    return Ranking(f"{newest.title}{name}", period, placed)

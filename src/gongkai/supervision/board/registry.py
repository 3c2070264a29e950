"""What the rooms tell the board: risks of a day, records of a period, columns with their freshness.

A record is one line that leads to the thing itself; it holds no personal data, because the board is printed. A figure of
the board is never anything but the number of such records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.agencies.models import Organ, User
from gongkai.calendar_files import working_calendar
from gongkai.core.calendars import CalendarError

SOON_WORKING_DAYS = 3  # ours: how long before its last day a thing is shown as near


class Standing(StrEnum):
    """How a thing stands on a day."""

    LATE = "late"
    SOON = "soon"
    OPEN = "open"
    DONE = "done"

    @property
    def label(self) -> str:
        return {"late": "已超期", "soon": "临近期限", "open": "待处理", "done": "已发生"}[self.value]


@dataclass(frozen=True, slots=True)
class Record:
    """One record behind a figure; ``day`` is its last day, or the day on which it happened."""

    text: str
    url: str
    organ: str
    day: date | None = None
    standing: Standing = Standing.DONE
    who: str = ""


def anybody(user: User) -> bool:
    """Whoever sees the board may open the record."""
    return True


@dataclass(frozen=True, slots=True)
class Risk:
    """What may go wrong: how it is told of a day, in words what is counted, and its place on the board."""

    key: str
    name: str
    rule: str
    tell: Callable[[Sequence[Organ], date], Iterable[Record]]
    may_open: Callable[[User], bool] = anybody
    order: int = 90


@dataclass(frozen=True, slots=True)
class Flow:
    """What happens over time: its records between two days, both counted."""

    key: str
    name: str
    unit: str
    tell: Callable[[Sequence[Organ], date, date], Iterable[Record]]
    may_open: Callable[[User], bool] = anybody


@dataclass(frozen=True, slots=True)
class Tile:
    """A column: ``state`` is a value of ``core.publication.Freshness``, ``says`` its clock in words."""

    name: str
    group: str
    state: str
    label: str
    says: str
    url: str
    items: int


Columns = Callable[[Sequence[Organ], date], Iterable[Tile]]
_risks: dict[str, Risk] = {}
_flows: dict[str, Flow] = {}
_columns: list[Columns] = []


def register_risk(risk: Risk) -> None:
    """Let a room tell of a risk."""
    _risks[risk.key] = risk


def register_flow(flow: Flow) -> None:
    """Let a room tell what happened in a period."""
    _flows[flow.key] = flow


def register_columns(teller: Columns) -> None:
    """Let a room tell how fresh the columns of the organs' sites are."""
    _columns[:] = [teller]


def risks() -> list[Risk]:
    return sorted(_risks.values(), key=lambda one: one.order)


def flows() -> list[Flow]:
    return list(_flows.values())


def tiles(organs: Sequence[Organ], today: date) -> list[Tile]:
    """Every column, in the order of the tree; none where no room tells of any."""
    return [tile for teller in _columns for tile in teller(organs, today)]


def soon_until(today: date) -> date:
    """The last day that counts as near; today where the calendar does not reach so far."""
    try:
        return working_calendar().reach(today, SOON_WORKING_DAYS).day
    except CalendarError:
        return today


def standing(due_on: date | None, today: date) -> Standing:
    """How an open thing stands against its last day."""
    if due_on is None:
        return Standing.OPEN
    if due_on < today:
        return Standing.LATE
    return Standing.SOON if due_on <= soon_until(today) else Standing.OPEN


def pressing(records: Iterable[Record]) -> list[Record]:
    """Those that are late or near, the most urgent first."""
    found = [one for one in records if one.standing in {Standing.LATE, Standing.SOON}]
    return sorted(found, key=lambda one: (one.day or date.max, one.text))

"""What is to happen or to be done on a day, for the office's calendar; each room registers sources of its own.

A source gives its entries of a span of days, and besides, whatever the span, what should have been done before today and
is not. It reads in few queries, however many entries it gives.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from gongkai.agencies.models import User


@dataclass(frozen=True, slots=True)
class Span:
    """The days asked for, both ends inclusive, and the day on which it is asked."""

    first: date
    last: date
    today: date

    @property
    def until(self) -> date:
        """The last day on which a duty may lie that is asked for."""
        return max(self.last, self.today)

    def holds(self, day: date, *, is_duty: bool = False) -> bool:
        """Whether a day is asked for; a duty's also when it has passed unfulfilled."""
        return self.first <= day <= self.last or (is_duty and day < self.today)


@dataclass(frozen=True, slots=True)
class Dated:
    """One entry.

    Attributes:
        at: the moment, where it is more than a day.
        who: department or person, in words.
        mine: this person can do it.
        is_duty: somebody has to do something by that day; else it happens by itself.
        place: path in the tree of the column that it belongs to; "" where it belongs to none.
        is_provisional: counted past the last holiday notice (暂定).
    """

    kind: str
    title: str
    url: str
    on: date
    who: str = ""
    mine: bool = False
    is_duty: bool = True
    at: datetime | None = None
    place: str = ""
    is_provisional: bool = False

    def is_overdue(self, today: date) -> bool:
        return self.is_duty and self.on < today

    @property
    def label(self) -> str:
        return _sources[self.kind].label


@dataclass(frozen=True, slots=True)
class DatedSource:
    """A kind of entries: its key in addresses, its name, and how they are read."""

    key: str
    label: str
    give: Callable[[User, Span], Iterable[Dated]]


_sources: dict[str, DatedSource] = {}


def register_dated(source: DatedSource) -> None:
    """Add a kind to the calendar; one of the same key takes the older's place."""
    _sources[source.key] = source


def dated_kinds() -> list[tuple[str, str]]:
    """Key and name of every kind, in the order of registration."""
    return [(source.key, source.label) for source in _sources.values()]


def dated_entries(user: User, span: Span, *, kinds: Collection[str] = ()) -> list[Dated]:
    """Entries of the kinds named, or of all, in the order of their days."""
    wanted = [source for source in _sources.values() if not kinds or source.key in kinds]
    found = [entry for source in wanted for entry in source.give(user, span)]
    return sorted(found, key=lambda entry: (entry.on, entry.kind, entry.title))

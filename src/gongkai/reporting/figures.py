"""The figure registry: every figure of the report is a named query with its records.

An app that records a statutory fact registers a source for the figures it can answer; the report asks the
registry and knows no ledger. A key is ``str(CellKey)`` for a cell of the form (``table3.r1.natural``) and
``fact.<name>`` for a number that only the text tells.

A figure may have several sources, whose values add up: a fact stands in one of them and never in two. An office
that moves from a typed ledger to an app in mid-year keeps both, and every identity that holds for each source,
the carry-over from year to year included, holds for the sum (ADR 0006). Where one fact can stand in both, the app
takes the figure over from a day on, and typed rows of that day and later do not count (ADR 0015).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import Model, QuerySet

from gongkai.agencies.models import Organ
from gongkai.audit.chain import sm3
from gongkai.core.annual_report import Value


@dataclass(frozen=True, slots=True)
class RecordColumn:
    """A column of the list behind a figure: heading, how to print it for one record, and where that leads."""

    label: str
    value: Callable[[Any], str]
    url: Callable[[Any], str] | None = None


class FigureSource(Protocol):
    """Answers a set of figures from its records."""

    name: str

    def keys(self) -> Iterable[str]:
        """The figures it answers."""

    def compile(self, organ: Organ, year: int) -> Mapping[str, Value]:
        """All its figures for a year, in few queries."""

    def records(self, key: str, organ: Organ, year: int) -> QuerySet[Any]:
        """The records that make one figure."""

    def columns(self) -> Sequence[RecordColumn]:
        """How its records are listed and exported."""


class FigureUnknown(LookupError):
    """No source answers a figure."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"No source is registered for the figure {key!r}.")


@dataclass(frozen=True, slots=True)
class SourceRecords:
    """What one source counted for a figure."""

    source: FigureSource
    found: QuerySet[Any]


class Records:
    """The records behind a figure, source by source; nothing is read before it is asked for."""

    def __init__(self, parts: Iterable[SourceRecords]) -> None:
        self.parts = tuple(parts)

    def __iter__(self) -> Iterator[Model]:
        for part in self.parts:
            yield from part.found

    def count(self) -> int:
        return sum(part.found.count() for part in self.parts)

    def exists(self) -> bool:
        return any(part.found.exists() for part in self.parts)


@dataclass(frozen=True, slots=True)
class FactName:
    """How a fact is called and counted on screen."""

    key: str
    label: str
    unit: str


TakenOver = Callable[[Organ], date | None]
_sources: dict[str, list[FigureSource]] = {}
_names: dict[str, FactName] = {}
_taken_over: dict[str, TakenOver] = {}


def name_fact(name: FactName) -> None:
    """Say how a fact is called."""
    _names[name.key] = name


def fact_names() -> tuple[FactName, ...]:
    """Every fact that has a name, in the order of naming."""
    return tuple(_names.values())


def fact_name(key: str) -> FactName:
    """How a fact is called; raises FigureUnknown."""
    try:
        return _names[key]
    except KeyError:
        raise FigureUnknown(key) from None


def take_over(key: str, since: TakenOver) -> None:
    """Let an app take a fact over from the typed ledger: ``since`` tells the day of an organ's first record."""
    _taken_over[key] = since


def taken_over_on(key: str, organ: Organ) -> date | None:
    """From which day the typed rows of a fact do not count any more; None while they all do."""
    since = _taken_over.get(key)
    return since(organ) if since else None


def register(source: FigureSource) -> None:
    """Let a source answer its figures, beside those that answer them already."""
    for key in source.keys():  # noqa: SIM118 - a method of the protocol, not a dict
        _sources.setdefault(key, []).append(source)


def sources_of(key: str) -> tuple[FigureSource, ...]:
    """The sources of a figure in the order of registration; raises FigureUnknown."""
    try:
        return tuple(_sources[key])
    except KeyError:
        raise FigureUnknown(key) from None


def compile_figures(organ: Organ, year: int) -> dict[str, Value]:
    """Every registered figure of an organ's year."""
    figures: dict[str, Value] = {}
    for source in dict.fromkeys(source for sources in _sources.values() for source in sources):
        for key, value in source.compile(organ, year).items():
            before = figures.get(key)
            figures[key] = value if before is None else before if value is None else before + value
    return figures


def records_of(key: str, organ: Organ, year: int) -> Records:
    """The records behind a figure."""
    return Records(SourceRecords(source, source.records(key, organ, year)) for source in sources_of(key))


def record_digest(records: Records) -> tuple[int, str]:
    """How many records, and the SM3 of their kinds and ids in ascending order, one line for each kind.

    Sources without records have no line, so that a source registered later leaves older digests as they are.
    """
    lines, count = [], 0
    for part in records.parts:
        ids = sorted(part.found.values_list("pk", flat=True))
        count += len(ids)
        if ids:
            lines.append(part.found.model._meta.label_lower + ":" + ",".join(map(str, ids)))
    return count, sm3("\n".join(sorted(lines)).encode())

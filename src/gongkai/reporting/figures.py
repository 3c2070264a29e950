"""The figure registry: every figure of the report is a named query with its records.

An app that records a statutory fact registers a source for the figures it can answer; the report asks the
registry and knows no ledger. A key is ``str(CellKey)`` for a cell of the form (``table3.r1.natural``) and
``fact.<name>`` for a number that only the text tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Model, QuerySet

from gongkai.agencies.models import Organ
from gongkai.audit.chain import sm3
from gongkai.core.annual_report import Value


@dataclass(frozen=True, slots=True)
class RecordColumn:
    """A column of the list behind a figure: heading and how to print it for one record."""

    label: str
    value: Callable[[Any], str]


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


_sources: dict[str, FigureSource] = {}


def register(source: FigureSource) -> None:
    """Let a source answer its figures; a later source takes over the keys it names."""
    for key in source.keys():  # noqa: SIM118 - a method of the protocol, not a dict
        _sources[key] = source


def source_of(key: str) -> FigureSource:
    """The source of a figure; raises FigureUnknown."""
    try:
        return _sources[key]
    except KeyError:
        raise FigureUnknown(key) from None


def compile_figures(organ: Organ, year: int) -> dict[str, Value]:
    """Every registered figure of an organ's year."""
    figures: dict[str, Value] = {}
    for source in dict.fromkeys(_sources.values()):
        answered = source.compile(organ, year)
        figures.update({key: value for key, value in answered.items() if _sources.get(key) is source})
    return figures


def records_of(key: str, organ: Organ, year: int) -> QuerySet[Model]:
    """The records behind a figure."""
    return source_of(key).records(key, organ, year)


def record_digest(records: QuerySet[Model]) -> tuple[int, str]:
    """How many records, and the SM3 of their kind and ids in ascending order."""
    ids = sorted(records.values_list("pk", flat=True))
    text = records.model._meta.label_lower + ":" + ",".join(map(str, ids))
    return len(ids), sm3(text.encode())

"""The style book of a day as the proofreader takes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.agencies.models import Organ
from gongkai.audit.chain import sm3
from gongkai.core.proofreading import Entry, Severity, Style
from gongkai.proofing.models import StyleEntry


@dataclass(frozen=True, slots=True)
class Book:
    """A compiled style book and what tells it from any other."""

    style: Style
    version: str


def book_of(organ: Organ | None, on: date) -> Book:
    """The book that holds at an organ on a day; empty without an organ."""
    rows = list(StyleEntry.objects.of(organ).in_force(on).order_by("pk")) if organ is not None else []
    entries = tuple(compiled(row) for row in rows if not row.is_white)
    white = frozenset(row.wrong for row in rows if row.is_white)
    numbers = ",".join(str(row.pk) for row in rows)
    return Book(Style(entries, white), f"{len(rows)}-{sm3(numbers.encode())[:12]}")


def compiled(row: StyleEntry) -> Entry:
    """One entry, without its samples: they were tried when it was kept."""
    return Entry(row.wrong, row.right, Severity(row.severity), row.reason, words_in(row.unless))


def tried(row: StyleEntry) -> Entry | Style:
    """The entry tried against its samples.

    Raises:
        EntryFaulty: it would find everything, or fails a sample; the message is Chinese.
    """
    if row.is_white:
        return Style(white=frozenset({row.wrong}))
    return Entry(
        row.wrong,
        row.right,
        Severity(row.severity),
        row.reason,
        words_in(row.unless),
        lines_in(row.must_find),
        lines_in(row.must_not_find),
    )


def words_in(text: str) -> tuple[str, ...]:
    """Words separated by 、 or by lines."""
    return tuple(word.strip() for line in text.split("\n") for word in line.split("、") if word.strip())


def lines_in(text: str) -> tuple[str, ...]:
    """One sample a line."""
    return tuple(line.strip() for line in text.split("\n") if line.strip())

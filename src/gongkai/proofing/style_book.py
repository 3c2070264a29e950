"""The style book of a day as the proofreader takes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from gongkai.agencies.models import Organ
from gongkai.audit.chain import sm3
from gongkai.core.proofreading import Entry, Knowledge, Law, Person, Severity, Style
from gongkai.proofing.models import StyleEntry


@dataclass(frozen=True, slots=True)
class Book:
    """A compiled style book and what tells it from any other."""

    style: Style
    version: str

    @property
    def for_reprints(self) -> Book:
        """Without the names of the office's surroundings: a reprint speaks for whoever wrote it."""
        known = replace(self.style.known, bodies=frozenset())
        return Book(replace(self.style, known=known), f"{self.version}-z")


def book_of(organ: Organ | None, on: date) -> Book:
    """The book that holds at an organ on a day, with the names the organ may speak for; empty without an organ."""
    rows = list(StyleEntry.objects.of(organ).in_force(on).order_by("pk")) if organ is not None else []
    bodies = bodies_of(organ) if organ is not None else frozenset()
    style = Style(
        tuple(compiled(row) for row in rows if row.is_wording),
        frozenset(row.wrong for row in rows if row.is_white),
        known=Knowledge(
            tuple(person_of(row) for row in rows if row.is_person),
            tuple(law_of(row) for row in rows if row.is_law),
            bodies,
        ),
    )
    seen = ",".join([*(str(row.pk) for row in rows), *sorted(bodies)])
    return Book(style, f"{len(rows)}-{sm3(seen.encode())[:12]}")


def bodies_of(organ: Organ) -> frozenset[str]:
    """Full and short names of an organ, of those above it and of those below it."""
    around = Organ.objects.filter(path__startswith=organ.path) | organ.get_ancestors()
    names = around.values_list("name", "short_name")
    return frozenset(name for pair in names for name in pair if len(name) > 1)


def person_of(row: StyleEntry) -> Person:
    """A row of the list of posts."""
    return Person(row.wrong, row.right, row.valid_from, row.valid_to, row.number or 0)


def law_of(row: StyleEntry) -> Law:
    """A row of the table of laws."""
    return Law(
        row.wrong.strip("《》"), row.right.strip("《》"), row.valid_from, row.valid_to, row.number or 0
    )


def compiled(row: StyleEntry) -> Entry:
    """One entry, without its samples: they were tried when it was kept."""
    return Entry(row.wrong, row.right, Severity(row.severity), row.reason, words_in(row.unless))


def tried(row: StyleEntry) -> Entry | Style | Person | Law:
    """The entry tried against its samples.

    Raises:
        EntryFaulty: it would find everything, or fails a sample; the message is Chinese.
    """
    if row.is_white:
        return Style(white=frozenset({row.wrong}))
    if row.is_person:
        return person_of(row)
    if row.is_law:
        return law_of(row)
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

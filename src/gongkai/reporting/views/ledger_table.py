"""A ledger on screen and in a file: narrowed by year and words, sorted by a column, exported as shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import or_
from urllib.parse import urlencode

from django.db.models import CharField, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from gongkai.agencies.models import Organ
from gongkai.reporting.ledgers import Ledger
from gongkai.reporting.models import LedgerRecord

WORDS_MAX_CHARACTERS = 60
SHORT_CHARACTERS = 8
FIRST_YEAR, LAST_YEAR = 1949, 2999
NUMBERS = {"DecimalField", "PositiveIntegerField"}
ONE_LINE = NUMBERS | {"DateField"}


def year_of(text: str) -> int | None:
    """A year from an address; None for anything that is no year of ours."""
    return int(text) if text.isdecimal() and FIRST_YEAR <= int(text) <= LAST_YEAR else None


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading: where a click on it leads, how the list is sorted by it now ("", 升序, 降序)."""

    label: str
    query: str
    sorted: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Cell:
    label: str
    text: str
    is_number: bool
    is_short: bool


class LedgerTable:
    """The records of one organ's ledger as an address asks for them.

    Args:
        given: ``nian`` a year, ``q`` words that must all occur, ``px`` a field to sort by ("-" for descending).
    """

    def __init__(self, ledger: Ledger, organ: Organ, given: QueryDict) -> None:
        self.ledger, self.organ = ledger, organ
        self.year = year_of(given.get("nian", ""))
        self.words = given.get("q", "").replace("\x00", "").strip()[:WORDS_MAX_CHARACTERS]
        sort = given.get("px", "")
        self.sort = sort if sort.removeprefix("-") in ledger.fields else f"-{ledger.date_field}"

    def years(self) -> list[int]:
        """Years with records, newest first."""
        days = self._all().dates(self.ledger.date_field, "year", order="DESC")
        return [day.year for day in days]

    def records(self) -> QuerySet[LedgerRecord]:
        """The records asked for, in the order asked for."""
        found = self._all()
        if self.year is not None:
            found = found.filter(**{f"{self.ledger.date_field}__year": self.year})
        for word in self.words.split():
            found = found.filter(self._holds(word))
        return found.order_by(self.sort, "-pk")

    def _all(self) -> QuerySet[LedgerRecord]:
        return self.ledger.model.objects.filter(organ=self.organ)

    def _holds(self, word: str) -> Q:
        """Any text of a record holds the word, or a choice whose Chinese name does."""
        tests = []
        for name in self.ledger.fields:
            field = self.ledger.field(name)
            if field.choices:
                tests.append(
                    Q(**{f"{name}__in": [value for value, label in field.flatchoices if word in label]})
                )
            elif isinstance(field, CharField):
                tests.append(Q(**{f"{name}__icontains": word}))
        return reduce(or_, tests)

    def query(self, **changed: object) -> str:
        """This list's address with some parameters changed; None drops one."""
        own = {"nian": self.year, "q": self.words, "px": self.sort} | changed
        if own["px"] == f"-{self.ledger.date_field}":
            own["px"] = None
        return urlencode({name: value for name, value in own.items() if value})

    def shown(self, records: list[LedgerRecord]) -> list[str]:
        """Fields worth a column: those a record must have, and those that some record here has."""
        return [
            name
            for name in self.ledger.fields
            if self.ledger.is_required(name) or any(_text(record, name) for record in records)
        ]

    def headings(self, names: list[str]) -> list[Heading]:
        return [self._heading(name) for name in names]

    def _heading(self, name: str) -> Heading:
        up, down = self.sort == name, self.sort == f"-{name}"
        query = self.query(px=f"-{name}" if up else name)
        state = "升序" if up else "降序" if down else ""
        return Heading(self.ledger.heading(name), query, state, self._kind(name) in NUMBERS)

    def _kind(self, name: str) -> str:
        return self.ledger.field(name).get_internal_type()

    def cells(self, record: LedgerRecord, names: list[str]) -> list[Cell]:
        return [
            Cell(
                self.ledger.heading(name),
                text,
                self._kind(name) in NUMBERS,
                self._stays_on_one_line(name, text),
            )
            for name, text in ((name, _text(record, name)) for name in names)
        ]

    def _stays_on_one_line(self, name: str, text: str) -> bool:
        return self._kind(name) in ONE_LINE or name.endswith("number") or len(text) <= SHORT_CHARACTERS

    def export_headings(self) -> list[str]:
        return [*map(self.ledger.heading, self.ledger.fields), "登记人", "登记时间", "撤销"]

    def export_rows(self) -> Iterator[list[str]]:
        """Every record asked for, the withdrawn ones marked with their reason."""
        for record in self.records().select_related("entered_by").iterator():
            entered = timezone.localtime(record.entered_at).strftime("%Y-%m-%d %H:%M")
            withdrawn = f"已撤销：{record.withdrawn_reason}" if record.withdrawn_at else ""
            cells = [_text(record, name) for name in self.ledger.fields]
            yield [*cells, str(record.entered_by), entered, withdrawn]


def _text(record: LedgerRecord, name: str) -> str:
    display = getattr(record, f"get_{name}_display", None)
    value = display() if display else getattr(record, name)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else ""
    if isinstance(value, Decimal):
        return f"{value:,.2f}" if value else ""
    return str(value)

"""One annual report as values: what was read from a file, compiled from records or summed over units.

A figure is ``int`` for counts and ``Decimal`` for amounts in 万元; ``None`` means the report does not say
(blank, dash or unread), which is never the same as zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from typing import Any

from gongkai.core.annual_report.form import (
    FORMS,
    SIX_UNDIVIDED,
    CellKey,
    Edition,
    Form,
    Kind,
    Row,
    TableId,
    result_leaves,
)

Value = int | Decimal | None


@dataclass(frozen=True, slots=True)
class InvalidCell:
    """A cell whose text is no figure the form allows: its place, what stands there and why it is refused.

    ``place`` is Chinese and says where in the file (第 12 行, 第 3 页, 单元格 C7).
    """

    cell: CellKey
    text: str
    reason: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One report in one edition.

    Attributes:
        values: figures by cell; a cell that is absent counts as None.
        six_divided: whether （六）其他处理 has its three sub-rows in this report.
        sections: text of 一, 五, 六 keyed by those numerals; paragraphs separated by one newline.
    """

    agency: str
    year: int | None
    edition: Edition
    values: Mapping[CellKey, Value]
    six_divided: bool = True
    sections: Mapping[str, str] = field(default_factory=dict)
    preamble: str = ""

    @property
    def form(self) -> Form:
        return FORMS[self.edition]

    def __getitem__(self, cell: CellKey) -> Value:
        return self.values.get(cell)

    def get(self, table: TableId, row: str, col: str) -> Value:
        """The figure at a place, or None."""
        return self.values.get(CellKey(table, row, col))

    @property
    def table3_rows(self) -> tuple[Row, ...]:
        """The numeric rows of table 三 as this report prints them."""
        return _table3_rows(self.edition, six_divided=self.six_divided)

    def cells(self) -> Iterator[CellKey]:
        """Every cell this report should fill, in printed order."""
        return iter(_cells(self.edition, six_divided=self.six_divided))

    def with_values(self, values: Mapping[CellKey, Value]) -> Report:
        """The same report with other figures."""
        return replace(self, values=values)


@cache
def _table3_rows(edition: Edition, *, six_divided: bool) -> tuple[Row, ...]:
    rows = FORMS[edition].table3_rows
    return (*rows[:2], *result_leaves(FORMS[edition], six_divided=six_divided), *rows[-2:])


@cache
def _cells(edition: Edition, *, six_divided: bool) -> tuple[CellKey, ...]:
    form = FORMS[edition]
    three = (
        CellKey(TableId.THREE, row.key, column.key)
        for row in _table3_rows(edition, six_divided=six_divided)
        for column in form.table3_columns
    )
    return (*form.cells(TableId.TWO), *three, *form.cells(TableId.FOUR))


def zero_report(agency: str, year: int, edition: Edition = Edition.E2021) -> Report:
    """A report whose every cell is 0, the start of most small offices' year."""
    empty = Report(agency, year, edition, {}, six_divided=edition is Edition.E2021)
    return empty.with_values(
        {cell: Decimal(0) if empty.form.kind(cell) is Kind.AMOUNT_WAN else 0 for cell in empty.cells()}
    )


def number_text(value: Value) -> str:
    """A figure as the form prints it: no thousands separator, 万元 trimmed, "" for None.

    >>> number_text(Decimal("96171.600000"))
    '96171.6'
    """
    if value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _json_number(value: Value) -> int | float | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def to_json_tables(report: Report) -> dict[str, Any]:
    """The exchange format's ``table2 table3 table4``: Chinese keys, numbers, null for what is not said.

    Shape: ``table2[row][column]`` (or ``table2[row]`` where a block has one column),
    ``table3[row][column]``, ``table4[row][column]``.
    """
    two: dict[str, Any] = {}
    for block in report.form.table2:
        for row in block.rows:
            figures = {
                column.json_key: _json_number(report.get(TableId.TWO, row.key, column.key))
                for column in block.columns
            }
            two[row.json_key] = figures if len(block.columns) > 1 else next(iter(figures.values()))
    three = {
        row.json_key: {
            column.json_key: _json_number(report.get(TableId.THREE, row.key, column.key))
            for column in report.form.table3_columns
        }
        for row in report.table3_rows
    }
    four = {
        row.json_key: {
            column.json_key: _json_number(report.get(TableId.FOUR, row.key, column.key))
            for column in report.form.table4_columns
        }
        for row in report.form.table4_rows
    }
    return {"table2": two, "table3": three, "table4": four}


def from_json_tables(tables: Mapping[str, Any], *, agency: str, year: int | None, edition: Edition) -> Report:
    """Read the exchange format back; numbers given as text or float are taken exactly (via their repr).

    Raises:
        ValueError: a figure is no number.
    """
    three = tables.get("table3") or {}
    divided = SIX_UNDIVIDED.json_key not in three
    report = Report(agency, year, edition, {}, six_divided=divided)
    values: dict[CellKey, Value] = {}
    for cell in report.cells():
        row = report.form.row(cell.table, cell.row)
        column = report.form.column(cell.table, cell.row, cell.col)
        table = tables.get(cell.table.value) or {}
        found = table.get(row.json_key)
        raw = found.get(column.json_key) if isinstance(found, Mapping) else found
        values[cell] = _value_of(raw, report.form.kind(cell))
    return report.with_values(values)


def _value_of(raw: object, kind: Kind) -> Value:
    if raw is None:
        return None
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        raise ValueError(f"not a number: {raw!r}")
    number = Decimal(str(raw))
    if kind is Kind.AMOUNT_WAN:
        return number
    if number != number.to_integral_value():
        raise ValueError(f"not a whole number: {raw!r}")
    return int(number)

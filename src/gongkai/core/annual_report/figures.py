"""Figures that a sentence may state: single cells of the form, and sums of cells, by name.

A name is an expression over row and column keys, so that a program can follow it to the cells:
``r1.total``, ``r1+r2.total`` (收到 may count the carried-over applications), ``r3_3.total`` (a group of rows
without a cell of its own), ``direct_suit+suit_after.upheld``, ``r1.legal`` (the five columns of
法人或其他组织), ``reconsideration.total-pending``. Rows and columns may each be joined by ``+`` and ``-``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from gongkai.core.annual_report.form import (
    APPLICANT_COLUMNS,
    GROUP_LABELS,
    LEGAL_PERSONS,
    LITIGATION_LABEL,
    SIX_UNDIVIDED,
    CellKey,
    Edition,
    Form,
    TableId,
)
from gongkai.core.annual_report.report import Report

LEGAL = "legal"
_LEGAL_COLUMNS = tuple(column.key for column in APPLICANT_COLUMNS if column.group == LEGAL_PERSONS)
_TABLE_FOUR_ROWS = ("reconsideration", "direct_suit", "suit_after")
_SIGNED_PART = re.compile(r"([+-]?)(\w+)")


@dataclass(frozen=True, slots=True)
class KnownSum:
    """A figure as far as the report says it: ``known`` is the sum; ``open_ended``: blanks may add to it."""

    known: int | Decimal
    open_ended: bool


def table_of(figure: str) -> TableId:
    """The table a figure's rows stand in."""
    row = _signed(figure.partition(".")[0])[0][1]
    if row in _TABLE_FOUR_ROWS:
        return TableId.FOUR
    return TableId.THREE if re.fullmatch(r"r\d(_\d)*", row) else TableId.TWO


def signed_cells(figure: str, report: Report) -> tuple[tuple[int, CellKey], ...]:
    """The cells of a figure in this report, each with +1 or -1."""
    return _terms(figure, report.edition, six_divided=report.six_divided)


def known_sum(figure: str, report: Report) -> KnownSum | None:
    """What the report says of a figure; None where its edition has no such cell, or nothing is filled."""
    total: int | Decimal = 0
    open_ended = filled = False
    if not _is_own(figure, report.edition, six_divided=report.six_divided):
        return None
    for sign, cell in signed_cells(figure, report):
        value = report.values.get(cell)
        if value is None:
            open_ended = True
        else:
            filled = True
            total += sign * value
    return KnownSum(total, open_ended) if filled else None


def describe_figure(figure: str, form: Form) -> str:
    """A figure in Chinese: the single cell as the form names it, a sum by its short row names."""
    rows, _, cols = figure.partition(".")
    table = table_of(figure)
    number = {TableId.TWO: "二", TableId.THREE: "三", TableId.FOUR: "四"}[table]
    row_text = _joined(rows, lambda key: _row_name(form, table, key))
    col_text = _joined(cols, lambda key: _column_name(form, table, _signed(rows)[0][1], key))
    return f"表{number}“{row_text}”{col_text}"


@cache
def _signed(text: str) -> tuple[tuple[int, str], ...]:
    return tuple((-1 if sign == "-" else 1, key) for sign, key in _SIGNED_PART.findall(text))


@cache
def _terms(figure: str, edition: Edition, *, six_divided: bool) -> tuple[tuple[int, CellKey], ...]:
    rows, _, cols = figure.partition(".")
    table = table_of(figure)
    return tuple(
        (row_sign * col_sign, CellKey(table, row_key, col_key))
        for row_sign, row in _signed(rows)
        for row_key in (_rows_of(row, edition, six_divided=six_divided) if table is TableId.THREE else (row,))
        for col_sign, col in _signed(cols)
        for col_key in (_LEGAL_COLUMNS if col == LEGAL else (col,))
    )


@cache
def _is_own(figure: str, edition: Edition, *, six_divided: bool) -> bool:
    """Whether an edition has every cell of a figure."""
    own = frozenset(Report("", None, edition, {}, six_divided=six_divided).cells())
    return all(cell in own for _, cell in _terms(figure, edition, six_divided=six_divided))


def _rows_of(row: str, edition: Edition, *, six_divided: bool) -> tuple[str, ...]:
    if row in GROUP_LABELS:
        rows = Report("", None, edition, {}, six_divided=six_divided).table3_rows
        return tuple(found.key for found in rows if row in {found.key, found.group})
    return (row,)


def _joined(text: str, name: Callable[[str], str]) -> str:
    return "".join(
        f"{'' if not at and sign > 0 else ' 加 ' if sign > 0 else ' 减 '}{name(key)}"
        for at, (sign, key) in enumerate(_signed(text))
    )


def _row_name(form: Form, table: TableId, key: str) -> str:
    if key in GROUP_LABELS and key != SIX_UNDIVIDED.key:
        return GROUP_LABELS[key]
    if key == SIX_UNDIVIDED.key:
        return SIX_UNDIVIDED.label
    row = form.row(table, key)
    prefix = LITIGATION_LABEL if row.group == "litigation" else ""
    return f"{prefix}{row.label}"


def _column_name(form: Form, table: TableId, row: str, key: str) -> str:
    if key == LEGAL:
        return LEGAL_PERSONS
    if row in GROUP_LABELS:
        row = "r1"
    return form.column(table, row, key).label

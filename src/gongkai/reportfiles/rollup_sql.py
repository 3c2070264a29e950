"""The SQL of the columnar roll-up, written from the form and its identities.

Blanks count as in ``core.annual_report.identities``: an identity with a blank is broken only where no filling of
the blanks could make it hold.
"""

# ruff: noqa: S608 - identifiers come from the form, paths are quoted, values are bound

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from gongkai.core.annual_report import FORMS, CellKey, Edition, Kind, TableId
from gongkai.core.annual_report.form import SIX_UNDIVIDED, undivided_six
from gongkai.core.annual_report.identities import Equation, equations


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is known of a file before it is read.

    Attributes:
        nullable: cells with blanks.
        negative: cells whose least value is, or may be, below 0.
        large: sums of one report's 32-bit counts could overflow 32 bits.
        has_undivided: some reports print （六）其他处理 as one row.
    """

    nullable: frozenset[CellKey]
    negative: frozenset[CellKey]
    large: bool
    has_undivided: bool

    def of_sums(self) -> FileFacts:
        """The same for the sums: they are 64-bit already, and single negatives have been reported."""
        return FileFacts(self.nullable, frozenset(), False, self.has_undivided)


@dataclass(frozen=True, slots=True)
class Condition:
    """A broken rule as a SQL condition on one row."""

    rule: str
    cell: CellKey
    identity: str
    sql: str


def cell_column(cell: CellKey) -> str:
    """The column that holds a cell: ``table3_r1_natural``."""
    return f"{cell.table.value}_{cell.row}_{cell.col}"


@cache
def cell_columns(edition: Edition) -> tuple[CellKey, ...]:
    """Every cell that has a column: those of the form, and the undivided row of （六） beside its sub-rows."""
    form = FORMS[edition]
    single = tuple(
        CellKey(TableId.THREE, SIX_UNDIVIDED.key, column.key)
        for column in form.table3_columns
        if CellKey(TableId.THREE, SIX_UNDIVIDED.key, column.key) not in form.all_cells
    )
    return (*form.all_cells, *single)


def create_table_sql(name: str, edition: Edition) -> str:
    """CREATE TABLE for the columnar form."""
    amounts = FORMS[edition]
    figures = ", ".join(
        f"{cell_column(cell)} {'DECIMAL(18, 6)' if amounts.kind(cell) is Kind.AMOUNT_WAN else 'INTEGER'}"
        for cell in cell_columns(edition)
    )
    return (
        f"CREATE TABLE {name} (unit VARCHAR, parent VARCHAR, year SMALLINT, six_divided BOOLEAN, {figures})"
    )


def conditions(edition: Edition, facts: FileFacts) -> tuple[Condition, ...]:
    """Every rule that can be broken in a file with these facts."""
    return (*_negatives(edition, facts), *_broken_equations(edition, facts))


def _negatives(edition: Edition, facts: FileFacts) -> Iterator[Condition]:
    for cell in cell_columns(edition):
        if cell in facts.negative and FORMS[edition].kind(cell) is not Kind.SIGNED:
            yield Condition("T3-5", cell, "不得为负数", f"{cell_column(cell)} < 0")


def _broken_equations(edition: Edition, facts: FileFacts) -> Iterator[Condition]:
    """Equations of both variants of （六）, each gated to the reports it is of."""
    divided = equations(edition, six_divided=True) if _has_sub_rows(edition) else ()
    undivided = equations(edition, six_divided=False)
    for equation in dict.fromkeys((*divided, *undivided)):
        gate = ""
        if equation not in undivided:
            gate = "six_divided AND " if facts.has_undivided else ""
        elif equation not in divided and divided:
            if not facts.has_undivided:
                continue
            gate = "NOT six_divided AND "
        yield Condition(equation.rule, equation.cell, equation.identity, gate + _broken(equation, facts))


def _has_sub_rows(edition: Edition) -> bool:
    return bool(_sub_rows(edition))


def _sub_rows(edition: Edition) -> tuple[str, ...]:
    return tuple(row.key for row in FORMS[edition].table3_rows if row.group == SIX_UNDIVIDED.key)


def _broken(equation: Equation, facts: FileFacts) -> str:
    printed, expected = _sum(equation.printed, facts), _sum(equation.expected, facts)
    blank_printed, blank_expected = (
        [cell_column(cell) for cell in side if cell in facts.nullable]
        for side in (equation.printed, equation.expected)
    )
    if not blank_printed and not blank_expected:
        return f"({printed}) <> ({expected})"
    terms = [*equation.printed, *equation.expected]
    filled = "" if any(cell not in facts.nullable for cell in terms) else f" AND {_any_filled(terms)}"
    return (
        f"(({printed}) <> ({expected}){filled}"
        f" AND NOT (({printed}) < ({expected}) AND {_any_blank(blank_printed)})"
        f" AND NOT (({printed}) > ({expected}) AND {_any_blank(blank_expected)}))"
    )


def _sum(cells: Sequence[CellKey], facts: FileFacts) -> str:
    return " + ".join(_term(cell, facts) for cell in cells)


def _term(cell: CellKey, facts: FileFacts) -> str:
    name = cell_column(cell)
    wide = f"{name}::BIGINT" if facts.large else name
    return f"coalesce({wide}, 0)" if cell in facts.nullable else wide


def _any_blank(columns: Sequence[str]) -> str:
    return "(" + " OR ".join(f"{column} IS NULL" for column in columns) + ")" if columns else "false"


def _any_filled(cells: Sequence[CellKey]) -> str:
    return "(" + " OR ".join(f"{cell_column(cell)} IS NOT NULL" for cell in cells) + ")"


def sums_sql(source: str, edition: Edition, facts: FileFacts, within: Sequence[Condition]) -> str:
    """One pass over a source: by parent the sum and blanks of every cell, and how often each rule is broken."""
    selected = [
        "coalesce(parent, '') AS parent",
        "count(*) AS reports",
        "max(year) AS year",
        "bool_and(six_divided) AS six_divided",
    ]
    for cell in cell_columns(edition):
        selected.append(f"{figure_sum(cell, edition, facts)} AS {cell_column(cell)}")
        if cell in facts.nullable:
            selected.append(
                f"({_variant_count(cell)} - count({cell_column(cell)})) AS blank_{cell_column(cell)}"
            )
    selected += [f"count_if({condition.sql}) AS violations_{at}" for at, condition in enumerate(within)]
    return f"SELECT {', '.join(selected)} FROM {source} GROUP BY ALL"


def figure_sum(cell: CellKey, edition: Edition, facts: FileFacts) -> str:
    """The sum of a cell over a group; （六） is one row as soon as one report of the group prints it so."""
    name = cell_column(cell)
    wide = "DECIMAL(38, 6)" if FORMS[edition].kind(cell) is Kind.AMOUNT_WAN else "BIGINT"
    if (
        cell.table is not TableId.THREE
        or not cell.row.startswith(SIX_UNDIVIDED.key)
        or not _has_sub_rows(edition)
    ):
        return f"sum({name})::{wide}"
    if not facts.has_undivided:
        return "NULL::BIGINT" if undivided_six(cell) else f"sum({name})::BIGINT"
    if not undivided_six(cell):
        return f"CASE WHEN bool_and(six_divided) THEN sum({name})::BIGINT END"
    parts = [
        cell_column(CellKey(cell.table, row, cell.col)) for row in (SIX_UNDIVIDED.key, *_sub_rows(edition))
    ]
    filled = " OR ".join(f"count({part}) > 0" for part in parts)
    total = " + ".join(f"coalesce(sum({part}), 0)" for part in parts)
    return f"CASE WHEN NOT bool_and(six_divided) AND ({filled}) THEN ({total})::BIGINT END"


def _variant_count(cell: CellKey) -> str:
    """How many reports should fill a cell: rows of （六） belong to one variant only."""
    if undivided_six(cell):
        return "count_if(NOT six_divided)"
    if cell.table is TableId.THREE and cell.row.startswith(SIX_UNDIVIDED.key):
        return "count_if(six_divided)"
    return "count(*)"

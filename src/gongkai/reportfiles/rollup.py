"""Roll-up of very many reports held as one columnar file (Parquet), computed inside DuckDB.

One row is one report: ``unit``, ``parent`` (code of the unit above), ``year``, ``six_divided`` and one column for each
cell of the form, named ``table3_r1_natural``; NULL is a blank. The queries are written from the form and its
identities in ``core.annual_report``, so that this computation and the one over single reports are the same
rules. The SQL moves to another engine as it stands, but for reading the file's statistics.

Limits: counts below 2**31 per report; amounts in 万元 as DECIMAL(18, 6).
"""

# ruff: noqa: S608 - identifiers come from the form, paths are quoted, values are bound

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongkai.core.annual_report import CellKey, Edition, Finding, Report, Value
from gongkai.core.annual_report.rollup import check_sum
from gongkai.core.annual_report.units import UnitTree
from gongkai.reportfiles.rollup_sql import (
    Condition,
    FileFacts,
    cell_column,
    cell_columns,
    conditions,
    create_table_sql,
    figure_sum,
    sums_sql,
)

TOTAL = ""


@dataclass(frozen=True, slots=True)
class Violation:
    """An identity broken within single reports: how many, and some of their units.

    Attributes:
        rule: T3-1 … T4-1, or T3-5 for a negative figure.
        cell: where it shows.
    """

    rule: str
    cell: CellKey
    identity: str
    count: int
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupSum:
    """The sum of the reports under one parent, or of all.

    Attributes:
        parent: code, ``TOTAL`` for the sum of all.
        reports: how many were summed.
        blanks: how many of them left a cell blank, by cell; cells that none did are left out.
        failing: identities that do not hold on the sum, by rule and cell.
    """

    parent: str
    reports: int
    year: int | None
    edition: Edition
    six_divided: bool
    values: Mapping[CellKey, Value]
    blanks: Mapping[CellKey, int]
    failing: tuple[tuple[str, CellKey], ...]

    def report(self, agency: str = "") -> Report:
        """The sum as a report."""
        return Report(agency, self.year, self.edition, self.values, six_divided=self.six_divided)

    def findings(self) -> tuple[Finding, ...]:
        """The failing identities in words; empty for a sum that balances."""
        return check_sum(self.report(), self.blanks) if self.failing else ()


@dataclass(frozen=True, slots=True)
class ColumnarRollUp:
    """Sums by parent in the order of their codes, the sum of all, and what is wrong within single reports."""

    parents: tuple[GroupSum, ...]
    total: GroupSum
    violations: tuple[Violation, ...]


def write_parquet(
    rows: Iterable[tuple[str, str, Report]], path: Path, *, edition: Edition = Edition.E2021
) -> int:
    """Write reports as (unit, parent, report) to the columnar form; returns how many.

    Raises:
        ValueError: a report of another edition.
    """
    import duckdb

    columns = cell_columns(edition)
    count = 0
    with tempfile.TemporaryDirectory(prefix="gongkai-rollup-") as folder:
        plain = Path(folder) / "rows.csv"
        with plain.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream)
            for unit, parent, report in rows:
                if report.edition is not edition:
                    raise ValueError(f"report of {unit} follows the {report.edition} form, not {edition}")
                figures = ["" if (value := report[cell]) is None else value for cell in columns]
                writer.writerow([unit, parent, report.year or "", report.six_divided, *figures])
                count += 1
        with duckdb.connect() as connection:
            connection.execute(create_table_sql("reports", edition))
            if count:
                connection.execute(
                    f"COPY reports FROM {_quoted(plain)} (FORMAT csv, HEADER false, NULLSTR '')"
                )
            connection.execute(f"COPY reports TO {_quoted(path)} (FORMAT parquet)")
    return count


def roll_up_parquet(
    path: Path,
    tree: UnitTree | None = None,
    *,
    edition: Edition = Edition.E2021,
    threads: int = 2,
    memory_limit_mb: int = 1536,
    examples: int = 5,
) -> ColumnarRollUp:
    """Sum every cell by parent and over all, with all identities checked on every report and every sum.

    Args:
        tree: counts only its counted units that are no containers, under the parents it names; without it
            every row counts under its own ``parent``.
        examples: units named for each broken identity.
    """
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(f"SET threads = {int(threads)}; SET memory_limit = '{int(memory_limit_mb)}MB'")
        connection.execute("SET preserve_insertion_order = false; SET enable_progress_bar = false")
        facts = _facts(connection, path, edition)
        within = conditions(edition, facts)
        source = _source(connection, path, tree)
        connection.execute(f"CREATE TEMP TABLE sums AS {sums_sql(source, edition, facts, within)}")
        violations = _violations(connection, source, within, examples)
        groups = _groups(connection, edition, facts)
    return ColumnarRollUp(tuple(group for group in groups if group.parent != TOTAL), groups[-1], violations)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _facts(connection: Any, path: Path, edition: Edition) -> FileFacts:
    """What the file's own statistics say, so that no query checks what cannot be: blanks, negatives, overflow."""
    rows = connection.execute(
        "SELECT path_in_schema, sum(stats_null_count), bool_and(stats_null_count IS NOT NULL),"
        " bool_and(stats_min_value IS NOT NULL OR stats_null_count = num_values), min(stats_min_value::DOUBLE),"
        f" max(stats_max_value::DOUBLE) FROM parquet_metadata({_quoted(path)})"
        " WHERE path_in_schema LIKE 'table%' GROUP BY ALL"
    ).fetchall()
    known = {row[0]: row[1:] for row in rows}
    (undivided,) = connection.execute(
        f"SELECT count(*) FROM read_parquet({_quoted(path)}) WHERE NOT six_divided"
    ).fetchone()
    nullable, negative, large = set(), set(), False
    for cell in cell_columns(edition):
        nulls, nulls_known, bounds_known, low, high = known.get(
            cell_column(cell), (1, False, False, None, None)
        )
        if nulls or not nulls_known:
            nullable.add(cell)
        if not bounds_known or (low or 0) < 0:
            negative.add(cell)
        large |= not bounds_known or max(abs(low or 0), abs(high or 0)) * 32 >= 2**31
    return FileFacts(frozenset(nullable), frozenset(negative), large, has_undivided=bool(undivided))


def _source(connection: Any, path: Path, tree: UnitTree | None) -> str:
    table = f"read_parquet({_quoted(path)})"
    if tree is None:
        return table
    codes, parents = _counted(tree)
    connection.execute(
        "CREATE TEMP TABLE units AS SELECT unnest(?::VARCHAR[]) AS code, unnest(?::VARCHAR[]) AS above",
        [codes, parents],
    )
    return f"(SELECT r.* REPLACE (u.above AS parent) FROM {table} r JOIN units u ON r.unit = u.code)"


def _counted(tree: UnitTree) -> tuple[list[str], list[str]]:
    """Codes of the units whose own report counts, and their parents' codes."""
    codes: list[str] = []
    parents: list[str] = []
    waiting = list(tree.children(""))
    while waiting:
        unit = waiting.pop()
        if not unit.counted:
            continue
        if tree.is_container(unit):
            waiting += tree.children(unit.code)
        else:
            codes.append(unit.code)
            parents.append(unit.parent)
    return codes, parents


def _violations(
    connection: Any, source: str, within: Sequence[Condition], examples: int
) -> tuple[Violation, ...]:
    if not within:
        return ()
    totals = ", ".join(f"coalesce(sum(violations_{at}), 0)::BIGINT" for at in range(len(within)))
    counts = connection.execute(f"SELECT {totals} FROM sums").fetchone()
    found = []
    for condition, count in zip(within, counts, strict=True):
        if count:
            rows = connection.execute(
                f"SELECT unit FROM {source} WHERE {condition.sql} ORDER BY unit LIMIT {int(examples)}"
            ).fetchall()
            units = tuple(row[0] for row in rows)
            found.append(Violation(condition.rule, condition.cell, condition.identity, count, units))
    return tuple(found)


def _groups(connection: Any, edition: Edition, facts: FileFacts) -> list[GroupSum]:
    """The sums by parent, the sum of all last, each with the identities that fail on it."""
    cells = cell_columns(edition)
    on_sums = conditions(edition, facts.of_sums())
    failing = ", ".join(f"coalesce({condition.sql}, false)" for condition in on_sums)
    blanks = [cell for cell in cells if cell in facts.nullable]
    figures = ", ".join(cell_column(cell) for cell in cells)
    counts = "".join(f", blank_{cell_column(cell)}" for cell in blanks)
    total = ", ".join(f"{figure_sum(cell, edition, facts)} AS {cell_column(cell)}" for cell in cells)
    blank_totals = "".join(
        f", sum(blank_{cell_column(cell)})::BIGINT AS blank_{cell_column(cell)}" for cell in blanks
    )
    head = "parent, reports, year, six_divided"
    rows = connection.execute(
        f"WITH every AS (SELECT {head}, 0 AS rank, {figures}{counts} FROM sums UNION ALL BY NAME"
        f" SELECT '{TOTAL}' AS parent, coalesce(sum(reports), 0)::BIGINT AS reports, max(year) AS year,"
        f" coalesce(bool_and(six_divided), true) AS six_divided, 1 AS rank, {total}{blank_totals} FROM sums)"
        f" SELECT {head}, {figures}{counts}, [{failing}] FROM every ORDER BY rank, parent"
    ).fetchall()
    filled = {
        divided: _places(cells, blanks, Report("", None, edition, {}, six_divided=divided))
        for divided in (True, False)
    }
    return [_group(row, edition, filled[row[3]], on_sums) for row in rows]


_Places = tuple[list[tuple[int, CellKey]], list[tuple[int, CellKey]]]


def _places(cells: Sequence[CellKey], blanks: Sequence[CellKey], like: Report) -> _Places:
    """Where in a row the figures and the counts of blanks stand, of those cells that a report of this variant has."""
    own = set(like.cells())
    figures = [(at, cell) for at, cell in enumerate(cells, start=4) if cell in own]
    counts = [(at, cell) for at, cell in enumerate(blanks, start=4 + len(cells)) if cell in own]
    return figures, counts


def _group(row: tuple[Any, ...], edition: Edition, places: _Places, on_sums: Sequence[Condition]) -> GroupSum:
    parent, reports, year, six_divided = row[:4]
    figures, counts = places
    failing = row[-1]
    return GroupSum(
        parent,
        reports,
        year,
        edition,
        six_divided,
        {cell: row[at] for at, cell in figures},
        {cell: row[at] for at, cell in counts if row[at]},
        tuple((on_sums[at].rule, on_sums[at].cell) for at, fails in enumerate(failing) if fails)
        if any(failing)
        else (),
    )

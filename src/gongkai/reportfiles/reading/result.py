"""What reading a file gives: the report, and everything that keeps it from being taken on trust."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.core.annual_report import InvalidCell, Report, TableId, to_json_tables


@dataclass(frozen=True, slots=True)
class StructureFinding:
    """A departure from the form's structure: a row that is missing, one too many, or one not assigned.

    Attributes:
        table: the table it concerns.
        row: key of the form's row (``r3_3_1``), "" where no row can be named.
        message: Chinese, with the place in the file where there is one.
    """

    table: TableId
    row: str
    message: str


@dataclass(frozen=True, slots=True)
class TableConfidence:
    """How far one table was read.

    Attributes:
        score: 0 to 1. The share of the form's rows that were identified beyond doubt, lowered where the
            figures read contradict the identities. 1 means every row stands where the form has it.
        present: False when the file holds no such table (or only a picture of it).
        unassigned: what stands in the table but could not be given a place, in Chinese.
    """

    score: float
    present: bool
    unassigned: tuple[str, ...] = ()


ABSENT = TableConfidence(0.0, present=False)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a report was read from: format (``txt html docx xlsx pdf json``) and file name."""

    format: str
    name: str


@dataclass(frozen=True, slots=True)
class ReadResult:
    """One file, read.

    Attributes:
        report: values; a figure that is blank, a dash, invalid or of uncertain place is None.
        warnings: Chinese sentences.
        invalid_cells: cells whose text is no figure the form allows.
        structure: departures from the form's rows and columns.
        confidence: one entry for each of the three tables.
    """

    report: Report
    warnings: tuple[str, ...]
    invalid_cells: tuple[InvalidCell, ...]
    structure: tuple[StructureFinding, ...]
    confidence: Mapping[TableId, TableConfidence]
    source: Source


def to_json(result: ReadResult) -> dict[str, Any]:
    """The exchange format of ``gongkai report read --json``; a table wholly absent is null.

    Keys: ``agency year table2 table3 table4 edition warnings invalid_cells structure sections confidence``.
    """
    report = result.report
    tables = to_json_tables(report)
    for table in TableId:
        if not result.confidence[table].present:
            tables[table.value] = None
    return {
        "agency": report.agency,
        "year": report.year,
        **tables,
        "edition": report.edition.value,
        "warnings": list(result.warnings),
        "invalid_cells": [_invalid_json(report, invalid) for invalid in result.invalid_cells],
        "structure": [_finding_json(report, finding) for finding in result.structure],
        "sections": dict(report.sections),
        "confidence": {
            table.value: {"score": round(entry.score, 4), "unassigned": list(entry.unassigned)}
            for table, entry in result.confidence.items()
        },
    }


def _invalid_json(report: Report, invalid: InvalidCell) -> dict[str, str]:
    cell = invalid.cell
    column = report.form.column(cell.table, cell.row, cell.col)
    return {
        "table": cell.table.value,
        "row": report.form.row(cell.table, cell.row).json_key,
        "col": column.json_key or column.label,
        "text": invalid.text,
        "reason": invalid.reason,
        "place": invalid.place,
    }


def _finding_json(report: Report, finding: StructureFinding) -> dict[str, str]:
    row = report.form.row(finding.table, finding.row).json_key if finding.row else ""
    return {"table": finding.table.value, "row": row, "message": finding.message}

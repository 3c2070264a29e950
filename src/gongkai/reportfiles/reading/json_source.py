"""Read our own exchange format back (``to_json``, or a table of figures kept in the same shape)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from gongkai.core.annual_report import (
    FORMS,
    CellKey,
    Edition,
    InvalidCell,
    Kind,
    NoFormForYear,
    Report,
    TableId,
    Value,
    form_for_year,
    result_leaves,
)
from gongkai.core.annual_report.form import SIX_UNDIVIDED
from gongkai.reportfiles.errors import Damaged, NotAReport, printable
from gongkai.reportfiles.reading.result import (
    ABSENT,
    ReadResult,
    Source,
    StructureFinding,
    TableConfidence,
)


def read_json(text: str, name: str) -> ReadResult:
    """Read one JSON object.

    Raises:
        Damaged: not JSON.
        NotAReport: JSON, but none of the three tables is an object.
    """
    try:
        data = json.loads(text, parse_float=Decimal, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise Damaged(name, "JSON 内容不完整或格式有误，请重新导出。") from error
    if not isinstance(data, dict) or not any(isinstance(data.get(table.value), dict) for table in TableId):
        raise NotAReport(name, "JSON 中没有 table2、table3、table4，不是年度报告数据。")
    return _from_object(data, name)


def _from_object(data: dict[str, Any], name: str) -> ReadResult:
    year = data.get("year")
    year = year if isinstance(year, int) and not isinstance(year, bool) else None
    three = data.get("table3")
    divided = not (isinstance(three, dict) and SIX_UNDIVIDED.json_key in three)
    edition = _edition(data, year)
    sections = data.get("sections")
    report = Report(
        agency=printable(str(data.get("agency") or "")),
        year=year,
        edition=edition,
        values={},
        six_divided=divided,
        sections={
            str(key): str(text).encode("utf-8", "replace").decode("utf-8")
            for key, text in (sections.items() if isinstance(sections, dict) else ())
        },
    )
    values: dict[CellKey, Value] = {}
    invalid: list[InvalidCell] = []
    missing: list[StructureFinding] = []
    for cell in report.cells():
        raw = _raw(data, report, cell)
        value, reason = _value(raw, report.form.kind(cell))
        values[cell] = value
        if reason:
            invalid.append(InvalidCell(cell, printable(str(raw)), reason, str(cell)))
    confidence = {}
    for table in TableId:
        rows = data.get(table.value)
        if not isinstance(rows, dict):
            confidence[table] = ABSENT
            continue
        wanted = _rows(report, table)
        absent = [key for key, json_key in wanted if json_key not in rows]
        missing += [
            StructureFinding(table, key, f"缺少“{report.form.row(table, key).label}”一行。") for key in absent
        ]
        confidence[table] = TableConfidence(1 - len(absent) / len(wanted), present=True)
    return ReadResult(
        report.with_values(values),
        (),
        tuple(invalid),
        tuple(missing),
        confidence,
        Source("json", printable(name)),
    )


def _rows(report: Report, table: TableId) -> list[tuple[str, str]]:
    form = report.form
    rows = {
        TableId.TWO: tuple(row for block in form.table2 for row in block.rows),
        TableId.THREE: (
            *form.table3_rows[:2],
            *result_leaves(form, six_divided=report.six_divided),
            *form.table3_rows[-2:],
        ),
        TableId.FOUR: form.table4_rows,
    }[table]
    return [(row.key, row.json_key) for row in rows]


def _edition(data: Mapping[str, Any], year: int | None) -> Edition:
    stated = data.get("edition")
    if stated in {edition.value for edition in Edition}:
        return Edition(stated)
    two = data.get("table2")
    if isinstance(two, dict):
        for edition in (Edition.E2021, Edition.E2019):
            if {row.json_key for block in FORMS[edition].table2 for row in block.rows} == set(two):
                return edition
    try:
        return form_for_year(year).edition if year is not None else Edition.E2021
    except NoFormForYear:
        return Edition.E2021


def _raw(data: Mapping[str, Any], report: Report, cell: CellKey) -> object:
    table = data.get(cell.table.value)
    if not isinstance(table, dict):
        return None
    row = table.get(report.form.row(cell.table, cell.row).json_key)
    if isinstance(row, dict):
        return row.get(report.form.column(cell.table, cell.row, cell.col).json_key)
    return row


def _value(raw: object, kind: Kind) -> tuple[Value, str]:
    if raw is None:
        return None, ""
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
        return None, "不是数字。"
    if raw < 0 and kind is not Kind.SIGNED:
        return None, "不得为负数。"
    if kind is Kind.AMOUNT_WAN:
        return Decimal(raw), ""
    if raw != int(raw):
        return None, "应为整数。"
    return int(raw), ""

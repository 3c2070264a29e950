"""Everything that can be said against one report as read from a file, and the same as JSON.

Violations are errors only: broken identities, figures the form does not allow. What asks for a look (blanks,
structure, figures in the prose) are warnings and mismatches.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gongkai.core.annual_report import (
    CellKey,
    Finding,
    InvalidCell,
    Kind,
    Report,
    Severity,
    TableId,
    Value,
    check,
    check_years,
    number_text,
)
from gongkai.core.annual_report.form import TABLE_TITLES
from gongkai.core.annual_report.prose import TextMismatch, check_processing_fee, text_mismatches
from gongkai.reportfiles.reading import ReadResult

_NUMBERS = {TableId.TWO: "表二", TableId.THREE: "表三", TableId.FOUR: "表四"}
_NAMED_BLANKS = 5  # more than these of one table are counted, not named one by one
_INVALID_IDENTITY = {Kind.COUNT: "应为非负整数", Kind.SIGNED: "应为整数", Kind.AMOUNT_WAN: "应为非负数"}


@dataclass(frozen=True, slots=True)
class Checked:
    """One report, checked.

    Attributes:
        errors: identities that do not hold and figures out of range.
        invalid: cells whose text is no figure; with ``errors`` the violations.
        warnings: Chinese sentences.
        mismatches: TX-1.
        cross_year: findings against the year before, errors and warnings.
    """

    result: ReadResult
    errors: tuple[Finding, ...]
    invalid: tuple[InvalidCell, ...]
    warnings: tuple[str, ...]
    mismatches: tuple[TextMismatch, ...]
    cross_year: tuple[Finding, ...]

    @property
    def violations(self) -> int:
        """How many errors there are, those against the year before included."""
        across = sum(finding.severity is Severity.ERROR for finding in self.cross_year)
        return len(self.errors) + len(self.invalid) + across


def check_result(result: ReadResult, previous: Report | None = None) -> Checked:
    """Check a report as read; with the year before, its carry-over too."""
    report = result.report
    findings = (*check(report), *check_processing_fee(report))
    cross_year: tuple[Finding, ...] = ()
    warnings = [*result.warnings, *_structure(result), *_warnings(result, findings)]
    if previous is not None:
        if previous.year is not None and report.year == previous.year + 1:
            cross_year = check_years(previous, report)
        else:
            warnings.append(
                f"上年报告为 {_year(previous)}，本报告为 {_year(report)}，年度不相接，没有核对结转。"
            )
    return Checked(
        result=result,
        errors=tuple(finding for finding in findings if finding.severity is Severity.ERROR),
        invalid=result.invalid_cells,
        warnings=tuple(dict.fromkeys(warnings)),
        mismatches=text_mismatches(report),
        cross_year=cross_year,
    )


def _year(report: Report) -> str:
    return f"{report.year} 年" if report.year else "年度不明"


def _structure(result: ReadResult) -> Iterator[str]:
    for finding in result.structure:
        yield finding.message
    for table, confidence in result.confidence.items():
        if not confidence.present:
            yield f"没有找到{_NUMBERS[table]}“{TABLE_TITLES[table]}”。"
        elif confidence.unassigned:
            yield f"{_NUMBERS[table]}有内容没有归入单元格：{'；'.join(confidence.unassigned)}。"


def _warnings(result: ReadResult, findings: Iterable[Finding]) -> Iterator[str]:
    """Warnings in words; blanks of a table that is absent, or whose text is invalid, were told already."""
    told = {invalid.cell for invalid in result.invalid_cells}
    blanks: dict[TableId, list[Finding]] = {table: [] for table in TableId}
    others = []
    for finding in findings:
        if finding.severity is not Severity.WARNING:
            continue
        if finding.rule != "T3-5":
            others.append(finding.message)
        elif finding.cell not in told and result.confidence[finding.cell.table].present:
            blanks[finding.cell.table].append(finding)
    for table, found in blanks.items():
        if len(found) <= _NAMED_BLANKS:
            yield from (finding.message for finding in found)
        else:
            first = result.report.form.describe(found[0].cell)
            yield f"{_NUMBERS[table]}有 {len(found)} 个单元格为空（{first}等），没有业务的请填 0。"
    yield from others


def place_json(report: Report, cell: CellKey) -> dict[str, str]:
    """``table row col`` with the keys of the exchange format."""
    column = report.form.column(cell.table, cell.row, cell.col)
    return {
        "table": cell.table.value,
        "row": report.form.row(cell.table, cell.row).json_key,
        "col": column.json_key or column.label,
    }


def number_json(value: Value) -> int | float | None:
    """A figure as a JSON number."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def finding_json(report: Report, finding: Finding) -> dict[str, Any]:
    """``table row col identity expected printed``, then ``rule severity message``."""
    return {
        **place_json(report, finding.cell),
        "identity": finding.identity,
        "expected": number_json(finding.expected),
        "printed": number_json(finding.printed),
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
    }


def invalid_message(report: Report, invalid: InvalidCell) -> str:
    """An invalid cell in words."""
    place = f"（{invalid.place}）" if invalid.place else ""
    return f"{report.form.describe(invalid.cell)}{place}：“{invalid.text}”，{invalid.reason.rstrip('。')}。"


def _invalid_json(report: Report, invalid: InvalidCell) -> dict[str, Any]:
    return {
        **place_json(report, invalid.cell),
        "identity": _INVALID_IDENTITY[report.form.kind(invalid.cell)],
        "expected": None,
        "printed": invalid.text,
        "rule": "T3-5",
        "severity": Severity.ERROR.value,
        "message": invalid_message(report, invalid),
    }


def _mismatch_json(mismatch: TextMismatch) -> dict[str, Any]:
    return {
        "section": mismatch.section,
        "fragment": mismatch.fragment,
        "figure": mismatch.figure,
        "printed": number_json(mismatch.printed),
        "table": number_json(mismatch.table[0]),
        "candidates": [number_json(value) for value in mismatch.table],
        "message": mismatch.message,
    }


def checked_json(checked: Checked, file: str) -> dict[str, Any]:
    """The JSON of ``gongkai report check``: ``file agency year violations warnings text_mismatches cross_year``."""
    report = checked.result.report
    return {
        "file": file,
        "agency": report.agency,
        "year": report.year,
        "violations": [
            *(finding_json(report, finding) for finding in checked.errors),
            *(_invalid_json(report, invalid) for invalid in checked.invalid),
        ],
        "warnings": list(checked.warnings),
        "text_mismatches": [_mismatch_json(mismatch) for mismatch in checked.mismatches],
        "cross_year": [finding_json(report, finding) for finding in checked.cross_year],
    }


def sides_text(finding: Finding) -> str:
    """Both sides of a finding: 应为 11，填报 0."""
    expected = f"应为 {number_text(finding.expected)}，" if finding.expected is not None else ""
    return f"{expected}填报 {number_text(finding.printed)}"

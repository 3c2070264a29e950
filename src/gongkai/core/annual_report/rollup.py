"""Summing units' reports into their superior's (汇总), under ``disclosure-law`` §2.9.

Each unit counts once. What does not count is listed with its reason, what should and did not come is named,
and nothing is chosen where two files disagree. A blank adds nothing, and is listed with its cell.
RU-1 compares the sum with what the superior has printed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from gongkai.core.annual_report.form import SIX_UNDIVIDED, CellKey, Edition, TableId
from gongkai.core.annual_report.identities import Finding, Severity, check_equations, equations
from gongkai.core.annual_report.report import Report, Value, number_text
from gongkai.core.annual_report.units import Unit, UnitTree

TOTAL_NAME = "合计"


class Standing(StrEnum):
    """What became of a unit in the sum; ``STANDING_LABELS`` has the words."""

    INCLUDED = "included"
    EXCLUDED = "excluded"
    MISSING = "missing"
    CONFLICT = "conflict"
    OTHER_FORM = "other_form"
    CONTAINER = "container"
    COVERED = "covered"


STANDING_LABELS = {
    Standing.INCLUDED: "计入",
    Standing.EXCLUDED: "不计入",
    Standing.MISSING: "缺报",
    Standing.CONFLICT: "重复且不一致",
    Standing.OTHER_FORM: "年度或格式不同",
    Standing.CONTAINER: "汇总单位",
    Standing.COVERED: "由上级代报",
}
LACKING = frozenset({Standing.MISSING, Standing.CONFLICT, Standing.OTHER_FORM})


class NothingToSum(ValueError):
    """No report counts; ``str()`` is Chinese and fit to show."""

    def __init__(self) -> None:
        super().__init__("没有可以汇总的报告，请核对文件夹和单位清单是否对应。")


@dataclass(frozen=True, slots=True)
class Submission:
    """One unit's report as handed in: name of its file without the suffix, full name to show, report."""

    stem: str
    source: str
    report: Report


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of the tree with what became of it; ``detail`` is Chinese."""

    unit: Unit
    standing: Standing
    detail: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class RollUp:
    """The sum and how it came about.

    Attributes:
        report: the sum, in the name of the unit at the top.
        lines: every unit of the tree, in its order.
        unknown: sources whose unit the tree does not have.
        repeated: sources left out because another with the same figures is in.
        blanks: units that left a cell blank which others filled in or not, by cell.
        findings: T3-1 … T4-1 rechecked on the sum, and RU-1 for every container's own report.
    """

    report: Report
    lines: tuple[UnitLine, ...]
    unknown: tuple[str, ...]
    repeated: tuple[str, ...]
    blanks: Mapping[CellKey, tuple[Unit, ...]]
    findings: tuple[Finding, ...]

    def units(self, standing: Standing) -> tuple[Unit, ...]:
        """The units with one standing."""
        return tuple(line.unit for line in self.lines if line.standing is standing)

    @property
    def complete(self) -> bool:
        """Every unit that should count does."""
        return not any(line.standing in LACKING for line in self.lines)


def roll_up(
    tree: UnitTree,
    submissions: Iterable[Submission],
    *,
    year: int | None = None,
    edition: Edition | None = None,
) -> RollUp:
    """Sum the reports over the tree.

    Args:
        year, edition: of the reports to sum; by default those that most reports have (the later where equal).

    Raises:
        NothingToSum: no report counts.
    """
    gathered = _Gathering(tree, submissions, year, edition)
    lines = tuple(gathered.lines())
    counted = [
        (line.unit, gathered.reports[line.unit.code]) for line in lines if line.standing is Standing.INCLUDED
    ]
    if not counted:
        raise NothingToSum
    root = tree.root()
    total, blanks = sum_reports(root.name if root else TOTAL_NAME, counted)
    result = RollUp(
        report=total,
        lines=lines,
        unknown=tuple(gathered.unknown),
        repeated=tuple(gathered.repeated),
        blanks=blanks,
        findings=check_sum(total, blanks),
    )
    containers = [line.unit for line in lines if line.standing is Standing.CONTAINER]
    printed = [(unit, gathered.reports[unit.code]) for unit in containers if unit.code in gathered.reports]
    found = [
        finding for unit, own in printed for finding in _check_container(tree, unit, own, result, counted)
    ]
    return replace(result, findings=(*result.findings, *found))


def _check_container(
    tree: UnitTree, unit: Unit, own: Report, result: RollUp, counted: Sequence[tuple[Unit, Report]]
) -> Iterator[Finding]:
    """RU-1 for one container's own report against the units under it."""
    below = tree.codes_below(unit.code)
    parts = [(part, report) for part, report in counted if part.code in below]
    if not parts or (own.year, own.edition) != (result.report.year, result.report.edition):
        return
    total, blanks = sum_reports(unit.name, parts)
    lines = tuple(line for line in result.lines if line.unit.code in below)
    for finding in check_rollup(own, replace(result, report=total, lines=lines, blanks=blanks)):
        yield replace(finding, message=f"{unit.name}：{finding.message}")


class _Gathering:
    """Reports by unit, with what could not be placed."""

    def __init__(
        self, tree: UnitTree, submissions: Iterable[Submission], year: int | None, edition: Edition | None
    ) -> None:
        self.tree = tree
        self.reports: dict[str, Report] = {}
        self.sources: dict[str, str] = {}
        self.unknown: list[str] = []
        self.repeated: list[str] = []
        self.conflicts: dict[str, list[str]] = {}
        for submission in submissions:
            self._place(submission)
        common_year, common_edition = _commonest(self.reports.values())
        self.year = common_year if year is None else year
        self.edition = edition or common_edition

    def _place(self, submission: Submission) -> None:
        unit = self.tree.find(submission.stem, submission.report.agency)
        if unit is None:
            self.unknown.append(submission.source)
        elif unit.code not in self.reports:
            self.reports[unit.code], self.sources[unit.code] = submission.report, submission.source
        elif _same_figures(self.reports[unit.code], submission.report):
            self.repeated.append(submission.source)
        else:
            self.conflicts.setdefault(unit.code, [self.sources[unit.code]]).append(submission.source)

    def lines(self) -> Iterator[UnitLine]:
        for top in self.tree.children(""):
            yield from self._lines(top)

    def _lines(self, unit: Unit) -> Iterator[UnitLine]:
        if not unit.counted:
            yield from self._left_out(unit, unit.reason or "未说明原因")
            return
        if not self.tree.is_container(unit):
            yield self._leaf(unit)
            for child in self.tree.children(unit.code):
                yield from self._left_out(child, child.reason or "未说明原因")
            return
        if unit.parent and unit.code in self.reports and not self._anything_below(unit):
            yield self._leaf(unit)
            for child in self.tree.children(unit.code):
                yield from self._represented(child, unit)
            return
        yield self._container(unit)
        for child in self.tree.children(unit.code):
            yield from self._lines(child)

    def _container(self, unit: Unit) -> UnitLine:
        own = self.reports.get(unit.code)
        if own is None:
            return UnitLine(unit, Standing.CONTAINER)
        same = (own.year, own.edition) == (self.year, self.edition)
        detail = "自身报告只用于核对，不计入合计" if same else "自身报告的年度或格式不同，没有核对"
        return UnitLine(unit, Standing.CONTAINER, detail, self.sources[unit.code])

    def _leaf(self, unit: Unit) -> UnitLine:
        source = self.sources.get(unit.code, "")
        if unit.code in self.conflicts:
            both = "、".join(self.conflicts[unit.code])
            return UnitLine(unit, Standing.CONFLICT, f"{both} 的数据不同，请只保留一份", source)
        report = self.reports.get(unit.code)
        if report is None:
            return UnitLine(unit, Standing.MISSING, "没有收到报告")
        if (report.year, report.edition) != (self.year, self.edition):
            shown = f"{report.year} 年" if report.year else "没有写明年度"
            return UnitLine(
                unit,
                Standing.OTHER_FORM,
                f"报告为{shown}、{report.edition.value} 年格式，汇总的是 {self.year} 年、{self.edition.value} 年格式",
                source,
            )
        return UnitLine(unit, Standing.INCLUDED, "", source)

    def _anything_below(self, unit: Unit) -> bool:
        return any(
            child.counted and (child.code in self.reports or self._anything_below(child))
            for child in self.tree.children(unit.code)
        )

    def _left_out(self, unit: Unit, reason: str) -> Iterator[UnitLine]:
        yield UnitLine(unit, Standing.EXCLUDED, reason, self.sources.get(unit.code, ""))
        for child in self.tree.children(unit.code):
            yield from self._left_out(child, child.reason or f"上级单位“{unit.name}”不计入：{reason}")

    def _represented(self, unit: Unit, by: Unit) -> Iterator[UnitLine]:
        if not unit.counted:
            yield from self._left_out(unit, unit.reason or "未说明原因")
            return
        yield UnitLine(unit, Standing.COVERED, f"数据已在“{by.name}”的报告中")
        for child in self.tree.children(unit.code):
            yield from self._represented(child, by)


def _commonest(reports: Iterable[Report]) -> tuple[int | None, Edition]:
    kinds = Counter((report.year, report.edition) for report in reports if report.year is not None)
    if not kinds:
        return None, Edition.E2021
    return max(kinds, key=lambda kind: (kinds[kind], kind[0] or 0, kind[1].value))


def _same_figures(one: Report, other: Report) -> bool:
    same_kind = (one.year, one.edition, one.six_divided) == (other.year, other.edition, other.six_divided)
    return same_kind and all(one[cell] == other[cell] for cell in one.cells())


def sum_reports(
    name: str, counted: Sequence[tuple[Unit, Report]]
) -> tuple[Report, Mapping[CellKey, tuple[Unit, ...]]]:
    """The sum of reports of one year and edition, and by cell the units that left it blank.

    A cell nobody filled stays None. Where some reports print （六）其他处理 undivided, so does the sum.
    """
    first = counted[0][1]
    divided = all(report.six_divided for _, report in counted)
    total = Report(name, first.year, first.edition, {}, six_divided=divided)
    aligned = [(unit, report if divided else undivided(report)) for unit, report in counted]
    values: dict[CellKey, Value] = {}
    blanks: dict[CellKey, tuple[Unit, ...]] = {}
    for cell in total.cells():
        filled = [value for _, report in aligned if (value := report[cell]) is not None]
        values[cell] = sum(filled, start=filled[0] * 0) if filled else None
        if len(filled) < len(aligned):
            blanks[cell] = tuple(unit for unit, report in aligned if report[cell] is None)
    return total.with_values(values), blanks


def check_sum(total: Report, blanks: Container[CellKey]) -> tuple[Finding, ...]:
    """The identities rechecked on a sum; one that the units' blanks could make hold is a warning."""
    sides = {
        (equation.rule, equation.cell): equation
        for equation in equations(total.edition, six_divided=total.six_divided)
    }
    found = []
    for finding in check_equations(total):
        equation = sides[finding.rule, finding.cell]
        printed, expected = finding.printed or 0, finding.expected or 0
        smaller = equation.printed if printed < expected else equation.expected
        if finding.severity is Severity.ERROR and any(cell in blanks for cell in smaller):
            message = f"{finding.message.removesuffix('。')}；有单位留有空格，请补全后再查。"
            finding = replace(finding, severity=Severity.WARNING, message=message)  # noqa: PLW2901 - the same finding, milder
        found.append(finding)
    return tuple(found)


def undivided(report: Report) -> Report:
    """The report with （六）其他处理 as one row; blank only where all three sub-rows are."""
    if not report.six_divided:
        return report
    values = {cell: report[cell] for cell in report.cells()}
    for column in report.form.table3_columns:
        parts = [
            values.pop(CellKey(TableId.THREE, row.key, column.key))
            for row in report.form.table3_rows
            if row.group == SIX_UNDIVIDED.key
        ]
        filled = [value for value in parts if value is not None]
        cell = CellKey(TableId.THREE, SIX_UNDIVIDED.key, column.key)
        values[cell] = sum(filled, start=0) if filled else None
    return replace(report, six_divided=False, values=values)


def check_rollup(parent_report: Report, rollup: RollUp) -> tuple[Finding, ...]:
    """RU-1: every cell the superior prints equals the sum of the units that count.

    A difference that units still missing, or blanks, could make up is a warning.

    Raises:
        ValueError: the superior's report is of another edition.
    """
    summed = rollup.report
    if parent_report.edition is not summed.edition:
        raise ValueError(f"editions differ: {parent_report.edition} and {summed.edition}")
    if parent_report.six_divided != summed.six_divided:
        parent_report, summed = undivided(parent_report), undivided(summed)
    return tuple(
        finding
        for cell in summed.cells()
        if (finding := _compare_cell(cell, parent_report, summed, rollup)) is not None
    )


def _compare_cell(cell: CellKey, parent: Report, summed: Report, rollup: RollUp) -> Finding | None:
    printed, expected = parent[cell], summed[cell]
    if printed is None or expected is None or printed == expected:
        return None
    may_grow = not rollup.complete or cell in rollup.blanks
    severity = Severity.WARNING if may_grow and printed > expected else Severity.ERROR
    why = "，有单位缺报或空格" if severity is Severity.WARNING else ""
    message = (
        f"{parent.form.describe(cell)}：填报 {number_text(printed)}，"
        f"所属单位合计 {number_text(expected)}{why}，请核对。"
    )
    return Finding("RU-1", cell, "汇总=各单位之和", expected, printed, severity, message, (cell,))

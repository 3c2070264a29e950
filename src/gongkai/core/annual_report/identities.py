"""Identities of the annual report (勾稽关系).

Source: ``disclosure-law`` §2.6: T3-1 is printed in the form itself; T3-2, T3-3, T4-1 are implied by its
totals; T3-4, T4-2, T4-3, T2-1 compare years. Severities are those of that table.

A blank is not a zero. An identity with a blank cell is a violation only when no non-negative filling of the
blanks could satisfy it; where one could, the finding is a warning that says what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from gongkai.core.annual_report.form import FORMS, CellKey, Edition, Form, Kind, TableId, result_leaves
from gongkai.core.annual_report.report import Report, Value, number_text


class Severity(StrEnum):
    """How grave a finding is: an error keeps a report from being frozen, a warning asks for a look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """An identity that does not hold, or cannot be shown to hold.

    Attributes:
        rule: T3-1 … T4-3, T2-1, RU-1.
        cell: where the printed figure stands (the total, or the later year's cell).
        identity: the identity in Chinese, short.
        expected: what the other side of the identity gives.
        printed: what the report prints on this side.
        terms: every cell that takes part.
    """

    rule: str
    cell: CellKey
    identity: str
    expected: Value
    printed: Value
    severity: Severity
    message: str
    terms: tuple[CellKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Equation:
    """An identity as data, for whatever computes it: this module, or SQL over a columnar file.

    Attributes:
        cell: where a failure is shown.
        printed: cells whose sum is the figure as printed.
        expected: cells whose sum it must equal.
    """

    rule: str
    cell: CellKey
    identity: str
    printed: tuple[CellKey, ...]
    expected: tuple[CellKey, ...]


@cache
def equations(edition: Edition, *, six_divided: bool) -> tuple[Equation, ...]:
    """T3-1 and T3-2 per column, T3-3 per row, T4-1 per block, in that order."""
    form = FORMS[edition]
    return (*_equations_three(form, six_divided=six_divided), *_equations_four(form))


def _equations_three(form: Form, *, six_divided: bool) -> Iterator[Equation]:
    leaves = result_leaves(form, six_divided=six_divided)

    def at(row: str, col: str) -> CellKey:
        return CellKey(TableId.THREE, row, col)

    for column in form.table3_columns:
        key = column.key
        result, carried_out = at("r3_7", key), at("r4", key)
        yield Equation(
            "T3-1", carried_out, "一+二=三（七）+四", (result, carried_out), (at("r1", key), at("r2", key))
        )
        yield Equation(
            "T3-2",
            result,
            "三（七）=三（一）至（六）各项之和",
            (result,),
            tuple(at(row.key, key) for row in leaves),
        )
    applicants = [column.key for column in form.table3_columns if column.key != "total"]
    for row in (*form.table3_rows[:2], *leaves, *form.table3_rows[-2:]):
        total = at(row.key, "total")
        yield Equation(
            "T3-3", total, "各类申请人之和=总计", (total,), tuple(at(row.key, key) for key in applicants)
        )


def _equations_four(form: Form) -> Iterator[Equation]:
    for row in form.table4_rows:
        total = CellKey(TableId.FOUR, row.key, "total")
        parts = tuple(
            CellKey(TableId.FOUR, row.key, key) for key in ("upheld", "corrected", "other", "pending")
        )
        yield Equation("T4-1", total, "维持+纠正+其他+尚未审结=总计", (total,), parts)


def _check_equation(report: Report, equation: Equation) -> Iterator[Finding]:
    get = report.values.get
    left, right = (
        sum(value for value in map(get, side) if value) for side in (equation.printed, equation.expected)
    )
    if left == right:
        return
    blanks_left, blanks_right = (
        sum(report[cell] is None for cell in side) for side in (equation.printed, equation.expected)
    )
    terms = (*equation.printed, *equation.expected)
    if blanks_left + blanks_right == len(terms):
        return
    # More figures can only raise a side: one that is already larger cannot be caught up by its own blanks.
    could_hold = (left < right and blanks_left) or (right < left and blanks_right)
    rule, cell, identity = equation.rule, equation.cell, equation.identity
    where = report.form.describe(cell)
    if could_hold:
        message = f"{where}：{identity}无法核对，有 {blanks_left + blanks_right} 个单元格为空，请补全后再查。"
        yield Finding(rule, cell, identity, right, left, Severity.WARNING, message, terms)
        return
    message = f"{where}：{identity}不成立，应为 {number_text(right)}，填报 {number_text(left)}。"
    yield Finding(rule, cell, identity, right, left, Severity.ERROR, message, terms)


def check_equations(report: Report) -> Iterator[Finding]:
    """Every equation of tables 三 and 四 that fails, or cannot be checked for blanks."""
    yield from check_table3(report)
    yield from check_table4(report)


def check_table3(report: Report) -> Iterator[Finding]:
    """T3-1, T3-2 per column, T3-3 per row."""
    return _check_table(report, TableId.THREE)


def check_table4(report: Report) -> Iterator[Finding]:
    """T4-1 per block."""
    return _check_table(report, TableId.FOUR)


def _check_table(report: Report, table: TableId) -> Iterator[Finding]:
    for equation in equations(report.edition, six_divided=report.six_divided):
        if equation.cell.table is table:
            yield from _check_equation(report, equation)


def check_cells(report: Report) -> Iterator[Finding]:
    """T3-5 and its like for all tables: counts whole and not negative, amounts not negative; blanks warn."""
    kind, get = report.form.kind, report.values.get
    for cell in report.cells():
        value = get(cell)
        if type(value) is int and value >= 0:
            continue  # nearly every cell of nearly every report
        if value is None:
            yield _cell_finding(report, cell, "无空格", Severity.WARNING, "为空，没有业务的请填 0。")
        elif value < 0 and kind(cell) is not Kind.SIGNED:
            yield _cell_finding(report, cell, "不得为负数", Severity.ERROR, f"为负数 {number_text(value)}。")
        elif not isinstance(value, int) and kind(cell) is not Kind.AMOUNT_WAN and value != int(value):
            words = f"应为整数，填报 {number_text(value)}。"
            yield _cell_finding(report, cell, "应为整数", Severity.ERROR, words)


def _cell_finding(report: Report, cell: CellKey, identity: str, severity: Severity, words: str) -> Finding:
    message = f"{report.form.describe(cell)}{words}"
    return Finding("T3-5", cell, identity, None, report[cell], severity, message, (cell,))


def check(report: Report) -> tuple[Finding, ...]:
    """Every finding within one report, in the form's order."""
    return (*check_cells(report), *check_equations(report))


def check_years(previous: Report, current: Report) -> tuple[Finding, ...]:
    """Compare with the year before: T3-4 carry-over, T4-2, T4-3 and T2-1.

    Raises:
        ValueError: the two are not of consecutive years.
    """
    if previous.year is None or current.year is None or current.year != previous.year + 1:
        raise ValueError(f"not consecutive report years: {previous.year} and {current.year}")
    return (
        *_carry_over(previous, current),
        *_pending_disputes(previous, current),
        *_suits_after_reconsideration(previous, current),
        *_validity_roll_forward(previous, current),
    )


def _carry_over(previous: Report, current: Report) -> Iterator[Finding]:
    for column in current.form.table3_columns:
        cell = CellKey(TableId.THREE, "r2", column.key)
        carried, opened = previous.get(TableId.THREE, "r4", column.key), current[cell]
        if carried is None or opened is None or carried == opened:
            continue
        message = (
            f"{current.form.describe(cell)}为 {number_text(opened)}，"
            f"与上年报告“四、结转下年度继续办理”的 {number_text(carried)} 不一致。"
        )
        yield Finding("T3-4", cell, "本年“二”=上年“四”", carried, opened, Severity.ERROR, message, (cell,))


def _pending_disputes(previous: Report, current: Report) -> Iterator[Finding]:
    for row in current.form.table4_rows:
        cell = CellKey(TableId.FOUR, row.key, "total")
        pending, total = previous.get(TableId.FOUR, row.key, "pending"), current[cell]
        if pending is None or total is None or total >= pending:
            continue
        message = (
            f"{current.form.describe(cell)}为 {number_text(total)}，"
            f"少于上年“尚未审结”的 {number_text(pending)} 件，请核对未结案件的去向。"
        )
        yield Finding(
            "T4-2", cell, "本年总计≥上年尚未审结", pending, total, Severity.WARNING, message, (cell,)
        )


def _suits_after_reconsideration(previous: Report, current: Report) -> Iterator[Finding]:
    cell = CellKey(TableId.FOUR, "suit_after", "total")
    suits = current[cell]
    decided: list[Value] = [
        report.get(TableId.FOUR, "reconsideration", col)
        for report in (previous, current)
        for col in ("upheld", "corrected", "other")
    ]
    if suits is None or any(value is None for value in decided):
        return
    known = sum((value or 0 for value in decided), start=0)
    if suits > known:
        message = (
            f"{current.form.describe(cell)}为 {number_text(suits)}，"
            f"多于本年和上年已审结的行政复议 {number_text(known)} 件；确有更早年度的复议案件的，请说明。"
        )
        yield Finding("T4-3", cell, "复议后起诉≤已结复议", known, suits, Severity.WARNING, message, (cell,))


def _validity_roll_forward(previous: Report, current: Report) -> Iterator[Finding]:
    if not (previous.edition is current.edition is Edition.E2021):
        return
    for row in ("rules", "normative"):
        cell = CellKey(TableId.TWO, row, "in_force")
        before = previous[cell]
        issued, repealed = (current.get(TableId.TWO, row, col) for col in ("issued", "repealed"))
        printed = current[cell]
        if before is None or issued is None or repealed is None or printed is None:
            continue
        expected = before + issued - repealed
        if printed != expected:
            message = (
                f"{current.form.describe(cell)}为 {number_text(printed)}，"
                f"按上年有效 {number_text(before)} + 制发 {number_text(issued)} "
                f"− 废止 {number_text(repealed)} 应为 {number_text(expected)}；"
                "有到期失效或重新发布的，请说明。"
            )
            yield Finding(
                "T2-1",
                cell,
                "上年有效+制发−废止=现行有效",
                expected,
                printed,
                Severity.WARNING,
                message,
                (cell,),
            )


def errors(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Only those findings that are errors."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)

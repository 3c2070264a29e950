"""What ``gongkai report`` shows on a terminal: the tables of the form with their failing cells, and findings in words.

A failing cell is marked by colour and by a sign: ✗ an error, ? a figure that could not be read, □ a blank. Text from
files is never taken for markup.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping

from rich.console import Console
from rich.table import Table
from rich.text import Text

from gongkai.core.annual_report import CellKey, Finding, Report, Severity, TableId, number_text
from gongkai.core.annual_report.compare import Comparison, Jump
from gongkai.core.annual_report.form import TABLE_TITLES, Column, Row
from gongkai.core.annual_report.rollup import LACKING, STANDING_LABELS, RollUp, Standing
from gongkai.reportfiles.checking import Checked, check_result, invalid_message
from gongkai.reportfiles.reading import ReadResult
from gongkai.reportfiles.summing import Collected

ERROR, UNREAD, BLANK = "✗", "?", "□"
_STYLES = {ERROR: "bold red", UNREAD: "bold magenta", BLANK: "yellow"}
_NUMBERS = {TableId.TWO: "二", TableId.THREE: "三", TableId.FOUR: "四"}
_LEGEND = f"{ERROR} 有错误　{UNREAD} 不是规定的数字　{BLANK} 空格"
_ROW_LABEL_WIDTH = 24
_COPIED_SHOWN = 5
_UNITS_SHOWN = 8


def _console() -> Console:
    # Off a terminal Rich assumes 80 columns and would cut file names; what is piped is not to be wrapped.
    width = None if sys.stdout.isatty() else 200
    return Console(markup=False, emoji=False, highlight=False, width=width)


def show_report(result: ReadResult) -> None:
    """The three tables of one report as read, with what is doubtful marked."""
    console = _console()
    checked = check_result(result)
    _heading(console, result.report, result.source.name)
    marks = _marks(checked)
    for table in TableId:
        if result.confidence[table].present:
            _print_table(console, result.report, table, marks)
    if marks:
        console.print(Text(_LEGEND, "dim"))
    _print_findings(console, checked)


def show_checked(checked: Checked, file: str, *, brief: bool) -> None:
    """The outcome of a check; ``brief`` leaves out the tables, as for one of many files."""
    console = _console()
    report = checked.result.report
    if brief:
        verdict = _verdict(checked)
        console.print(Text.assemble(verdict, "　", _named(report), "　", (file, "dim")))
    else:
        _heading(console, report, file)
        marks = _marks(checked)
        failing = {finding.cell.table for finding in (*checked.errors, *checked.cross_year)}
        failing |= {invalid.cell.table for invalid in checked.invalid}
        for table in TableId:
            if table in failing:
                _print_table(console, report, table, marks)
        if failing:
            console.print(Text(_LEGEND, "dim"))
    _print_findings(console, checked)
    if not brief:
        console.print(_verdict(checked))


def _verdict(checked: Checked) -> Text:
    if checked.violations:
        return Text(f"{ERROR} 有 {checked.violations} 处错误", _STYLES[ERROR])
    looks = len(checked.warnings) + len(checked.mismatches) + len(checked.cross_year)
    return Text(f"✓ 没有错误，{looks} 处提醒" if looks else "✓ 核对无误", "bold green")


def _named(report: Report) -> str:
    year = f"{report.year} 年" if report.year else "年度不明"
    return f"{report.agency or '单位不明'} {year}"


def _heading(console: Console, report: Report, file: str) -> None:
    console.print(Text(_named(report), "bold"))
    console.print(Text(f"{report.edition.value} 年格式（{report.form.instrument}）　{file}", "dim"))


def _marks(checked: Checked) -> dict[CellKey, tuple[str, str]]:
    """Sign and text by cell, the graver sign where a cell has several."""
    report = checked.result.report
    marks: dict[CellKey, tuple[str, str]] = {
        cell: (BLANK, "") for cell in report.cells() if report[cell] is None
    }
    for invalid in checked.invalid:
        marks[invalid.cell] = (UNREAD, invalid.text)
    for finding in (*checked.errors, *checked.cross_year):
        if finding.severity is Severity.ERROR:
            marks[finding.cell] = (ERROR, number_text(report[finding.cell]))
    return marks


def _cell(report: Report, cell: CellKey, marks: Mapping[CellKey, tuple[str, str]]) -> Text:
    sign, text = marks.get(cell, ("", number_text(report[cell])))
    return Text(f"{sign}{text}", _STYLES.get(sign, ""))


def _print_table(
    console: Console, report: Report, table: TableId, marks: Mapping[CellKey, tuple[str, str]]
) -> None:
    console.print(Text(f"{_NUMBERS[table]}、{TABLE_TITLES[table]}", "bold"))
    if table is TableId.TWO:
        for block in report.form.table2:
            console.print(_grid(report, table, block.rows, block.columns, marks, corner=block.title))
        return
    rows = report.table3_rows if table is TableId.THREE else report.form.table4_rows
    columns = report.form.table3_columns if table is TableId.THREE else report.form.table4_columns
    console.print(_grid(report, table, rows, columns, marks))


def _grid(
    report: Report,
    table: TableId,
    rows: Iterable[Row],
    columns: tuple[Column, ...],
    marks: Mapping[CellKey, tuple[str, str]],
    *,
    corner: str = "",
) -> Table:
    grid = Table(show_header=True, header_style="")
    grid.add_column(corner, overflow="fold", max_width=_ROW_LABEL_WIDTH * 2, min_width=_ROW_LABEL_WIDTH)
    for column in columns:
        grid.add_column(column.label, justify="right", overflow="fold")
    for row in rows:
        figures = [_cell(report, CellKey(table, row.key, column.key), marks) for column in columns]
        grid.add_row(Text(row.label), *figures)
    return grid


def _print_findings(console: Console, checked: Checked) -> None:
    report = checked.result.report
    for finding in checked.errors:
        _line(console, "错误", finding.message)
    for invalid in checked.invalid:
        _line(console, "错误", invalid_message(report, invalid))
    for finding in checked.cross_year:
        _finding(console, finding)
    for mismatch in checked.mismatches:
        _line(console, "提醒", mismatch.message)
    for warning in checked.warnings:
        _line(console, "提醒", warning)


def _finding(console: Console, finding: Finding) -> None:
    _line(console, "错误" if finding.severity is Severity.ERROR else "提醒", finding.message)


def _line(console: Console, kind: str, message: str) -> None:
    style = {"错误": _STYLES[ERROR], "提醒": _STYLES[BLANK]}[kind]
    sign = {"错误": ERROR, "提醒": "!"}[kind]
    console.print(Text.assemble(("  " + sign + " " + kind, style), "　", message))


def show_comparison(comparison: Comparison, before: Report, after: Report) -> None:
    """Two years of one body: carry-over, jumps, copied prose."""
    console = _console()
    console.print(Text(f"{_named(before)} → {_named(after)}", "bold"))
    if not comparison.same_body:
        _line(console, "提醒", "两份报告的单位名称不同，请确认是同一单位。")
    if not comparison.consecutive:
        _line(console, "提醒", "两份报告的年度不相接，没有核对结转。")
    for finding in comparison.findings:
        _finding(console, finding)
    if comparison.consecutive and not comparison.findings:
        console.print(Text("✓ 结转和上年数据衔接一致", "bold green"))
    if comparison.jumps:
        console.print(_jump_table(after, comparison.jumps))
    else:
        console.print("没有突变的数据。")
    if comparison.not_compared:
        _line(console, "提醒", f"有 {len(comparison.not_compared)} 个单元格只在一份报告中有数据，没有比较。")
    for section in comparison.prose:
        console.print(
            Text(
                f"第{section.section}部分：{section.sentences} 句中有 {len(section.identical)} 句与上年相同"
                f"（{float(section.share):.0%}）",
                "bold",
            )
        )
        for sentence in section.identical[:_COPIED_SHOWN]:
            console.print(Text(f"  · {sentence}"))
        if len(section.identical) > _COPIED_SHOWN:
            console.print(
                Text(f"  …… 另有 {len(section.identical) - _COPIED_SHOWN} 句，用 --json 查看全部。")
            )


def _jump_table(report: Report, jumps: tuple[Jump, ...]) -> Table:
    table = Table(title="变化较大的数据", title_justify="left")
    for title in ("数据", "上年", "本年", "增减", "幅度"):
        table.add_column(title, justify="left" if title == "数据" else "right", overflow="fold")
    for jump in jumps:
        ratio = "上年为 0" if jump.ratio is None else f"{float(jump.ratio):+.0%}"
        change = f"{'+' if jump.change > 0 else ''}{number_text(jump.change)}"
        table.add_row(
            Text(report.form.describe(jump.cell)),
            number_text(jump.before),
            number_text(jump.after),
            change,
            ratio,
        )
    return table


def show_rollup(found: RollUp, collected: Collected, out: str) -> None:
    """What was summed, what was not and why, and what is wrong with the sum."""
    console = _console()
    included = found.units(Standing.INCLUDED)
    console.print(Text(f"{_named(found.report)}：汇总 {len(included)} 个单位，已写入 {out}", "bold"))
    rest = [line for line in found.lines if line.standing not in {Standing.INCLUDED, Standing.CONTAINER}]
    if rest:
        table = Table(title="没有单独计入的单位", title_justify="left")
        for title in ("状态", "代码", "单位", "说明", "文件"):
            table.add_column(title, overflow="fold")
        for line in rest:
            style = _STYLES[ERROR] if line.standing in LACKING else ""
            sign = f"{ERROR} " if line.standing in LACKING else ""
            words = (line.unit.code, line.unit.name, line.detail, line.source)
            table.add_row(Text(sign + STANDING_LABELS[line.standing], style), *map(Text, words))
        console.print(table)
    for error in collected.unreadable.values():
        _line(console, "错误", error)
    for name in found.unknown:
        _line(console, "提醒", f"{name} 的单位不在单位清单中，没有计入。")
    for name in found.repeated:
        _line(console, "提醒", f"{name} 与已计入的报告数据相同，只计一次。")
    for name, count in collected.faulty.items():
        _line(console, "提醒", f"{name} 自身有 {count} 处错误，请先核对（gongkai report check）。")
    for finding in found.findings:
        _finding(console, finding)
    if found.blanks:
        units = dict.fromkeys(unit.name for blank in found.blanks.values() for unit in blank)
        named = "、".join(list(units)[:_UNITS_SHOWN]) + ("等" if len(units) > _UNITS_SHOWN else "")
        _line(console, "提醒", f"{len(found.blanks)} 个单元格有单位留空（{named}），按没有数据汇总。")
    if not any(finding.severity is Severity.ERROR for finding in found.findings):
        console.print(Text("✓ 汇总数据的勾稽关系成立", "bold green"))

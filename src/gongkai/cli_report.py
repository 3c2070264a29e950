"""``gongkai report``: read, check, convert, compare and sum annual report files.

Exit codes: 0 nothing wrong, 1 errors in what was read, 2 something could not be read or written. With ``--json`` the
standard output is one JSON document and nothing else; messages and progress go to the standard error.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from gongkai.core.annual_report import Report
    from gongkai.reportfiles.reading import ReadResult

app = typer.Typer(no_args_is_help=True, help="读取、核对、转换、比较和汇总年度报告文件。")

CLEAN, VIOLATIONS, UNREADABLE = 0, 1, 2

Files = Annotated[
    list[Path], typer.Argument(metavar="文件…", help="年度报告文件：txt、html、docx、xlsx、pdf、json。")
]
AsJson = Annotated[bool, typer.Option("--json", help="以 JSON 输出，便于程序使用。")]


@app.callback()
def prepare() -> None:
    """Output is UTF-8 whatever the locale says: a report that cannot be shown in ASCII must not stop the run."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


@app.command()
def read(files: Files, as_json: AsJson = False) -> None:
    """读取年度报告，列出三张表的数据。"""
    from gongkai.reportfiles.reading import to_json

    shown: list[Any] = []
    unreadable = 0
    for path, outcome in _each(files):
        if isinstance(outcome, str):
            unreadable += 1
            shown.append({"file": str(path), "error": outcome})
            _complain(outcome, quiet=as_json)
        elif as_json:
            shown.append({"file": str(path), **to_json(outcome)})
        else:
            from gongkai.cli_report_view import show_report

            show_report(outcome)
    if as_json:
        _print_json(shown[0] if len(files) == 1 else shown)
    raise typer.Exit(UNREADABLE if unreadable else CLEAN)


@app.command()
def check(
    files: Files,
    previous: Annotated[
        Path | None,
        typer.Option("--previous", metavar="文件", help="上一年度的报告，用于核对结转；只能配一份报告。"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """核对年度报告：勾稽关系、数值、文字与表格是否一致。"""
    from gongkai.reportfiles.checking import check_result, checked_json

    before = _previous(files, previous, as_json=as_json)
    shown: list[Any] = []
    codes = [CLEAN]
    for path, outcome in _each(files):
        if isinstance(outcome, str):
            codes.append(UNREADABLE)
            shown.append({"file": str(path), "error": outcome})
            _complain(outcome, quiet=as_json)
            continue
        checked = check_result(outcome, before)
        codes.append(VIOLATIONS if checked.violations else CLEAN)
        if as_json:
            shown.append(checked_json(checked, str(path)))
        else:
            from gongkai.cli_report_view import show_checked

            show_checked(checked, str(path), brief=len(files) > 1)
    if as_json:
        _print_json(shown[0] if len(files) == 1 else shown)
    elif len(files) > 1:
        unreadable, wrong = codes.count(UNREADABLE), codes.count(VIOLATIONS)
        typer.echo(f"共 {len(files)} 份：{wrong} 份有错误，{unreadable} 份无法读取。")
    raise typer.Exit(max(codes))


def _previous(files: Sequence[Path], previous: Path | None, *, as_json: bool) -> Report | None:
    if previous is None:
        return None
    if len(files) != 1:
        _refuse(
            "--previous 只能用于核对一份报告，请每次指定一份报告和它的上年报告。", previous, as_json=as_json
        )
    outcome = _read(previous)
    if isinstance(outcome, str):
        _refuse(f"上年报告无法读取：{outcome}", previous, as_json=as_json)
    return outcome.report


@app.command()
def convert(
    file: Annotated[Path, typer.Argument(metavar="文件", help="要转换的年度报告。")],
    out: Annotated[
        Path, typer.Argument(metavar="输出", help="输出文件，后缀决定格式：docx pdf html xlsx json txt。")
    ],
) -> None:
    """把年度报告转换为规定格式的 docx、pdf、html、xlsx、json 或 txt。"""
    from gongkai.reportfiles.checking import invalid_message
    from gongkai.reportfiles.writing.errors import FORMATS, UnknownFormat

    if out.suffix.lower().removeprefix(".") not in FORMATS:
        _refuse(str(UnknownFormat(out.suffix.removeprefix("."))), out)
    if out.exists() and file.exists() and out.samefile(file):
        _refuse("输出与输入是同一个文件，请换一个输出文件名。", out)
    outcome = _read(file)
    if isinstance(outcome, str):
        _refuse(outcome, file)
    _write(outcome.report, out)
    for invalid in outcome.invalid_cells:
        _complain(f"提醒：{invalid_message(outcome.report, invalid)}该单元格写成空格。")
    for finding in outcome.structure:
        _complain(f"提醒：{finding.message}")
    typer.echo(f"已写入：{out}")


@app.command()
def diff(
    first: Annotated[Path, typer.Argument(metavar="报告一", help="同一单位的一份报告。")],
    second: Annotated[Path, typer.Argument(metavar="报告二", help="另一年度的报告；先后由年度决定。")],
    least_change: Annotated[int, typer.Option(help="变化不少于此数的才列为突变。", min=1)] = 10,
    least_percent: Annotated[int, typer.Option(help="变化不少于上年此百分比的才列为突变。", min=0)] = 50,
    as_json: AsJson = False,
) -> None:
    """比较同一单位两个年度的报告：结转、突变、文字雷同。"""
    from fractions import Fraction

    from gongkai.core.annual_report.compare import compare
    from gongkai.reportfiles.comparing import comparison_json

    results = []
    for path in (first, second):
        outcome = _read(path)
        if isinstance(outcome, str):
            _refuse(outcome, path, as_json=as_json)
        results.append((str(path), outcome.report))
    if (results[0][1].year or 0) > (results[1][1].year or 0):
        results.reverse()
    (earlier, before), (later, after) = results
    comparison = compare(before, after, least_change=least_change, least_ratio=Fraction(least_percent, 100))
    if as_json:
        _print_json(comparison_json(comparison, (earlier, before), (later, after)))
    else:
        from gongkai.cli_report_view import show_comparison

        show_comparison(comparison, before, after)
    wrong = any(finding.severity.value == "error" for finding in comparison.findings)
    raise typer.Exit(VIOLATIONS if wrong else CLEAN)


@app.command()
def rollup(
    folder: Annotated[
        Path, typer.Argument(metavar="文件夹", help="各单位年度报告所在的文件夹（含下级文件夹）。")
    ],
    tree: Annotated[
        Path, typer.Option("--tree", metavar="CSV", help="单位清单：code,parent,name,counted,reason。")
    ],
    out: Annotated[
        Path,
        typer.Option(
            "-o",
            "--out",
            metavar="输出",
            help="汇总结果：docx pdf html xlsx json txt，或 csv（逐单位明细）。",
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """按单位清单汇总各单位的年度报告，每个单位只计一次。"""
    from gongkai.core.annual_report.rollup import NothingToSum, roll_up
    from gongkai.core.annual_report.units import UnitTreeError
    from gongkai.reportfiles.folder import report_files
    from gongkai.reportfiles.summing import Collected, rollup_json, write_listing
    from gongkai.reportfiles.units_csv import read_units
    from gongkai.reportfiles.writing.errors import FORMATS, UnknownFormat

    suffix = out.suffix.lower().removeprefix(".")
    if suffix not in {*FORMATS, "csv"}:
        _refuse(str(UnknownFormat(suffix)), out, as_json=as_json)
    if not folder.is_dir():
        _refuse(f"{folder}：文件夹不存在，请核对路径。", folder, as_json=as_json)
    try:
        units = read_units(tree)
    except UnitTreeError as error:
        _refuse(f"{tree}：{error}", tree, as_json=as_json)
    collected = Collected(folder)
    for path, outcome in _each(report_files(folder, leave_out=(tree, out))):
        collected.add(path, outcome)
    try:
        found = roll_up(units, collected.submissions)
    except NothingToSum as error:
        for message in collected.unreadable.values():
            _complain(message, quiet=as_json)
        _refuse(f"{folder}：{error}", folder, as_json=as_json)
    if suffix == "csv":
        _write_file(out, write_listing(found, units, collected))
    else:
        _write(found.report, out, as_json=as_json)
    if as_json:
        _print_json(rollup_json(found, collected, str(out)))
    else:
        from gongkai.cli_report_view import show_rollup

        show_rollup(found, collected, str(out))
    if collected.unreadable:
        raise typer.Exit(UNREADABLE)
    wrong = any(finding.severity.value == "error" for finding in found.findings)
    raise typer.Exit(VIOLATIONS if wrong or not found.complete else CLEAN)


def _each(files: Sequence[Path]) -> Iterator[tuple[Path, ReadResult | str]]:
    """Every file with what reading gave, or why it cannot be read; a bar on the terminal for many of them."""
    if len(files) < 5 or not sys.stderr.isatty():
        for path in files:
            yield path, _read(path)
        return
    from rich.console import Console
    from rich.progress import Progress

    # On one terminal the lines must pass above the bar; a redirected standard output must not pass there at all.
    above = sys.stdout.isatty()
    with Progress(
        console=Console(stderr=True), transient=True, redirect_stdout=above, redirect_stderr=above
    ) as progress:
        task = progress.add_task("正在读取", total=len(files))
        for path in files:
            yield path, _read(path)
            progress.advance(task)


def _read(path: Path) -> ReadResult | str:
    """What reading a file gave, or one Chinese line that says why it cannot be read."""
    from gongkai.reportfiles.errors import UnreadableReport, printable
    from gongkai.reportfiles.reading import read_report

    try:
        return read_report(path)
    except UnreadableReport as error:
        return f"{printable(str(path))}：{error.reason}"


def _write(report: Report, out: Path, *, as_json: bool = False) -> None:
    from gongkai.reportfiles.writing import WritingError, write_report

    try:
        write_report(report, out)
    except WritingError as error:
        _refuse(str(error), out, as_json=as_json)


def _write_file(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError:
        _refuse(f"无法写入“{out}”，请检查文件夹是否存在、是否有写入权限。", out)


def _print_json(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    typer.echo(text.encode("utf-8", "replace"))


def _complain(message: str, *, quiet: bool = False) -> None:
    if not quiet:
        typer.echo(message.encode("utf-8", "replace"), err=True)


def _refuse(message: str, path: Path, *, as_json: bool = False) -> NoReturn:
    """End with one Chinese line, exit 2."""
    if as_json:
        _print_json({"file": str(path), "error": message})
    _complain(message)
    raise typer.Exit(UNREADABLE)

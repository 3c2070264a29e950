"""``gongkai clock``, ``gongkai fee`` and ``gongkai calendar``: the rules on the command line."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, NoReturn
from zoneinfo import ZoneInfo

import typer

from gongkai.calendar_files import import_notice, imported_notices, working_calendar
from gongkai.cli_requests import recompute_where_installed
from gongkai.core.calendars import CalendarNotPublished, NoticeFaulty, published_notices
from gongkai.core.disclosure.clock import LedgerImpossible, explain, reply_due
from gongkai.core.disclosure.fees import CountNegative, fee_of_items, fee_of_pages
from gongkai.core.disclosure.ledger_json import LedgerUnreadable, due_to_json, entries_from_json

clock_app = typer.Typer(no_args_is_help=True)
fee_app = typer.Typer(no_args_is_help=True)
calendar_app = typer.Typer(no_args_is_help=True)
MAX_LEDGER_BYTES = 4 * 1024 * 1024


def _refuse(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(2)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        _refuse(f"“{text}”不是日期，请写成 2026-03-02 的样子。")


@clock_app.callback()
def clock() -> None:
    """依申请公开的答复期限。"""


@clock_app.command("due")
def due(
    ledger: Annotated[Path, typer.Option(help="期限台账（JSON 文件）。")],
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。")] = False,
    today: Annotated[str, typer.Option(help="按哪一天判断是否超期，默认今天。")] = "",
    days: Annotated[bool, typer.Option("--days", help="逐日列出推算过程。")] = False,
) -> None:
    """由收到、补正、征求意见、延长等记录推算答复期限。"""
    on = _day(today) if today else datetime.now(ZoneInfo("Asia/Shanghai")).date()
    try:
        if ledger.stat().st_size > MAX_LEDGER_BYTES:
            _refuse(f"{ledger}：文件过大，不是期限台账。")
        region, entries = entries_from_json(json.loads(ledger.read_text(encoding="utf-8-sig")))
        calendar = working_calendar(region)
        found = reply_due(entries, calendar, as_of=max(on, entries[-1].on))
    except OSError:
        _refuse(f"{ledger}：打不开，请核对路径。")
    except ValueError as error:
        known = LedgerImpossible | LedgerUnreadable | CalendarNotPublished | NoticeFaulty
        reason = str(error) if isinstance(error, known) else "不是有效的 JSON 文本。"
        if isinstance(error, CalendarNotPublished):
            reason = f"{error.year} 年不在已载入的放假安排之内。"
        _refuse(f"{ledger}：{reason}")
    if as_json:
        typer.echo(json.dumps(due_to_json(found, on), ensure_ascii=False, indent=1))
        return
    for step in found.steps:
        typer.echo(f"{step.on}  {step.text}{f'（{step.article}）' if step.article else ''}")
    for warning in found.warnings:
        typer.echo(f"提醒：{warning}")
    if days:
        for line in explain(found, calendar):
            typer.echo(
                f"  {line.day}  {'' if line.number is None else f'第 {line.number} 个工作日'}  {line.why}"
            )
    state = "暂定" if found.provisional else "应于"
    typer.echo(f"{state} {found.due} 前答复" if found.due else "期限现在没有在计算")


@fee_app.callback()
def fee() -> None:
    """信息处理费计算（国办函〔2020〕109号）。"""


@fee_app.command("items")
def fee_items(count: Annotated[int, typer.Argument(help="同一申请人一个自然月内的申请件数。")]) -> None:
    """按件计收的金额（元）。"""
    _print_fee(fee_of_items, count)


@fee_app.command("pages")
def fee_pages(count: Annotated[int, typer.Argument(help="一件申请提供的页数。")]) -> None:
    """按量计收的金额（元）。"""
    _print_fee(fee_of_pages, count)


def _print_fee(rule: object, count: int) -> None:
    assert callable(rule)
    if count > 10_000_000:
        _refuse("数量过大，请核对。")
    try:
        typer.echo(str(rule(count)))
    except CountNegative as error:
        _refuse(str(error))


@calendar_app.callback()
def calendar() -> None:
    """工作日历（放假安排）。"""


@calendar_app.command("workday")
def workday(
    start: Annotated[str, typer.Argument(metavar="DATE", help="起算日，不计入。")],
    number: Annotated[int, typer.Argument(metavar="N", help="第几个工作日。")],
    region: Annotated[str, typer.Option(help="地区。")] = "CN",
) -> None:
    """某日之后的第 N 个工作日。"""
    day = _day(start)
    if not 0 <= number <= 2000:
        _refuse(f"工作日数 {number} 不在 0 至 2000 之间。")
    try:
        typer.echo(working_calendar(region).nth_working_day_after(day, number).isoformat())
    except CalendarNotPublished as error:
        _refuse(f"{error.year} 年的放假安排没有载入，不能推算；公布后请用 gongkai calendar import 导入。")
    except NoticeFaulty as error:
        _refuse(str(error))


@calendar_app.command("list")
def list_years() -> None:
    """已载入的年份和依据。"""
    try:
        by_year = {notice.year: notice for notice in (*published_notices(), *imported_notices("CN"))}
    except NoticeFaulty as error:
        _refuse(str(error))
    for notice in by_year.values():
        days = sum(1 for run in notice.closed for _ in run.days())
        typer.echo(f"{notice.year}  放假 {days} 天，调休上班 {len(notice.working)} 天  {notice.title}")


@calendar_app.command("show")
def show(
    year: Annotated[int, typer.Argument(help="年份。")],
    region: Annotated[str, typer.Option(help="地区。")] = "CN",
) -> None:
    """一年的放假和调休。"""
    found = [notice for notice in published_notices() if notice.year == year]
    try:
        found += [notice for notice in imported_notices(region) if notice.year == year]
    except NoticeFaulty as error:
        _refuse(str(error))
    if not found:
        _refuse(f"没有 {year} 年的放假安排。")
    for notice in found[-1:] if region == "CN" else found:
        typer.echo(f"{notice.title}（{notice.region}）")
        for run in notice.closed:
            typer.echo(f"  {run.occasion}  {run.first} 至 {run.last}")
        typer.echo("  调休上班  " + ("、".join(map(str, sorted(notice.working))) or "无"))


@calendar_app.command("import")
def import_file(path: Annotated[Path, typer.Argument(help="放假安排文件（TOML）。")]) -> None:
    """导入新公布的放假安排。"""
    try:
        notice = import_notice(path)
    except NoticeFaulty as error:
        _refuse(str(error))
    typer.echo(f"已导入 {notice.year} 年（{notice.region}）：{notice.title}")
    recompute_where_installed()

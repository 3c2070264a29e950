"""``gongkai requests``: what the passing of days does to applications, and what a new notice changes."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

requests_app = typer.Typer(no_args_is_help=True)


@requests_app.command("daily")
def daily(
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="按哪一天办理，默认今天。")] = "",
) -> None:
    """每日办理：逾期不补正、逾期未缴费、征求意见逾期。后台任务（gongkai worker）每天自动运行。"""
    from gongkai.cli import setup

    setup()
    from django.utils import timezone

    from gongkai.inforequests.services.lapsing import lapse_all

    today = timezone.localdate()
    if on:
        try:
            day = date.fromisoformat(on)
        except ValueError:
            typer.echo(f"“{on}”不是日期，请写成 2026-03-02 这样。", err=True)
            raise typer.Exit(2) from None
        if day > today:
            typer.echo(f"{day} 还没有到，不能预先办理。", err=True)
            raise typer.Exit(2)
        today = day
    lapses = lapse_all(today)
    for lapse in lapses:
        typer.echo(f"{lapse.number}  {lapse.text}", err=lapse.failed)
    typer.echo(f"{today}：办理 {sum(not lapse.failed for lapse in lapses)} 件。")
    if any(lapse.failed for lapse in lapses):
        raise typer.Exit(1)


@requests_app.command("recompute")
def recompute() -> None:
    """按现有放假安排重新计算在办申请的期限，列出变动并告知经办人。"""
    from gongkai.cli import setup

    setup()
    report_moved()


def report_moved() -> None:
    """Recompute every open case; print and mail the differences."""
    from gongkai.inforequests.services.lapsing import recompute_open, tell_owners

    moved = recompute_open()
    for one in moved:
        kind = "暂定" if one.provisional else "确定"
        typer.echo(
            f"{one.number}  {one.before or '—'} → {one.after or '—'}（{kind}）  {one.handler or '未交办'}"
        )
    typer.echo(f"重新计算在办申请，{len(moved)} 件的期限有变动，已告知 {tell_owners(moved)} 位经办人。")


def recompute_where_installed() -> None:
    """After a new notice: recompute where there is a database of applications; the calculators need none."""
    from gongkai.cli import setup

    setup()
    from django.db import DatabaseError, connection

    try:
        known = "inforequests_inforequest" in connection.introspection.table_names()
    except DatabaseError:
        known = False
    if known:
        report_moved()

"""``gongkai bake``: the public pages as files."""

from __future__ import annotations

from typing import Annotated

import typer

bake_app = typer.Typer(invoke_without_command=True, help="生成门户的静态页，核对静态页。")
SHOWN = 200


@bake_app.callback(invoke_without_command=True)
def bake(
    context: typer.Context,
    whole: Annotated[bool, typer.Option("--all", help="重新生成全站，并删除多余的文件。")] = False,
    processes: Annotated[
        int | None, typer.Option(help="同时生成的进程数，不填用设置。", min=1, max=64)
    ] = None,
) -> None:
    """生成待更新的静态页；加 --all 生成全站。"""
    if context.invoked_subcommand is not None:
        return
    from gongkai.cli import setup

    setup()
    if whole:
        _bake_whole(processes)
    else:
        _bake_pending()


def _bake_whole(processes: int | None) -> None:
    import time

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from gongkai.portal.baking.whole import BakeBusy, bake_whole

    columns = (
        TextColumn("生成静态页"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("剩余"),
        TimeRemainingColumn(),
    )
    begun = time.monotonic()
    try:
        with Progress(*columns, console=Console(stderr=True)) as bar:
            task = bar.add_task("", total=None)
            outcome = bake_whole(
                processes=processes,
                told=lambda done, of: bar.update(task, completed=done, total=of),
            )
    except BakeBusy:
        typer.echo("另一个进程正在生成静态页，这次没有做任何改动。请等它完成后再试。", err=True)
        raise typer.Exit(1) from None
    seconds = time.monotonic() - begun
    typer.echo(
        f"全站 {len(outcome.files)} 页已生成，其中 {outcome.changed} 页有变化，用时 {seconds:.1f} 秒。"
    )
    _tell_faults(outcome.faults)


def _bake_pending() -> None:
    from gongkai.portal.baking.queue import carry_over

    carried = carry_over(again=True)
    if carried.is_busy:
        typer.echo("另一个进程正在生成静态页，待更新的页面由它接着生成。")
        return
    typer.echo(f"办完 {carried.changes} 项改动：写入 {carried.written} 页，删除 {carried.removed} 个文件。")
    _tell_faults(carried.faults)


def _tell_faults(faults: dict[str, str]) -> None:
    """The pages that could not be drawn, and exit 1."""
    if not faults:
        return
    _table("没有生成的页面（保留原来的文件）", ("地址", "原因"), list(faults.items()))
    typer.echo("请按原因改正模板或数据，然后重新运行 gongkai bake。", err=True)
    raise typer.Exit(1)


@bake_app.command("verify")
def verify_files() -> None:
    """逐字节核对静态页与审计日志签过的清单。"""
    from gongkai.cli import setup

    setup()
    from gongkai.portal.baking.verify import verify
    from gongkai.portal.baking.work import baked_folder

    folder = baked_folder()
    with folder.lock(wait=False) as is_ours:
        if not is_ours:
            typer.echo("正在生成静态页，不能核对。请等它完成后再试。", err=True)
            raise typer.Exit(1)
        verdict = verify(folder)
    if verdict.findings:
        rows = [(finding.what.value, finding.name) for finding in verdict.findings]
        _table(f"静态页核对：{len(rows)} 处不符", ("问题", "文件"), rows)
        typer.echo("请查明原因；确认无误后运行 gongkai bake --all 重新生成全站。", err=True)
        raise typer.Exit(1)
    if not verdict.files:
        typer.echo("还没有生成过静态页，请先运行 gongkai bake --all。")
        return
    typer.echo(f"静态页完好：共 {verdict.files} 页，与审计日志签过的清单逐字节一致。")


def _table(title: str, heads: tuple[str, str], rows: list[tuple[str, str]]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows[:SHOWN]:
        table.add_row(*map(escape, row))
    Console().print(table)
    if len(rows) > SHOWN:
        typer.echo(f"另有 {len(rows) - SHOWN} 行没有列出。")

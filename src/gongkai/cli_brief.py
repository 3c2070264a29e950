"""``gongkai brief``: the weekly brief of the leader's board as a file."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer


def brief(
    out: Annotated[Path, typer.Argument(help="写到哪个文件，例如 监督周报.pdf。")],
    organ: Annotated[str, typer.Option(help="机关代码；不填是全部机关。")] = "",
    week: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="这一天所在的一周；不填是本周。")
    ] = None,
) -> None:
    """生成监督周报（PDF），数字与监督看板相同。"""
    from gongkai.cli import setup

    setup()
    from django.utils import timezone

    from gongkai.agencies.models import Organ
    from gongkai.supervision.board.brief import brief_pdf, week_of
    from gongkai.supervision.errors import SupervisionError

    today = timezone.localdate()
    asked: date = week.date() if week else today
    if asked > today:
        _refuse(f"{asked} 还没有到，请改为今天以前的日期。")
    organs = list(Organ.objects.filter(**({"code": organ} if organ else {"valid_to": None})).order_by("path"))
    if not organs:
        _refuse(f"没有代码为 {organ} 的机关，请在“机构与人员”里核对。" if organ else "还没有机关。")
    try:
        content = brief_pdf(organs, week=week_of(asked), today=today)
    except SupervisionError as refusal:
        _refuse(str(refusal))
    try:
        out.write_bytes(content)
    except OSError as error:
        _refuse(f"不能写入 {out}：{error.strerror}。请换一个文件夹或者文件名。")
    first, last = week_of(asked)
    typer.echo(f"已写入 {out}：{first} 至 {last} 的监督周报。")


def _refuse(message: str) -> None:
    typer.echo(message, err=True)
    raise typer.Exit(2)

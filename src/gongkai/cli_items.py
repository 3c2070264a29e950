"""``gongkai columns`` and ``gongkai items``: lay out a new site, bring an old one over."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

columns_app = typer.Typer(no_args_is_help=True)
items_app = typer.Typer(no_args_is_help=True)


@columns_app.command("init")
def init() -> None:
    """建立默认栏目：发展指引的栏目和政府信息公开专区的固定部分；已有的栏目不动。"""
    from gongkai.cli import setup

    setup()
    from wagtail.models import Site

    from gongkai.publishing.services import lay_out

    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        typer.echo("还没有站点，请先在后台“设置—站点”里建立。", err=True)
        raise typer.Exit(2)
    made = lay_out(home=site.root_page)
    for column in made:
        typer.echo(f"已建立：{column.title}")
    typer.echo(f"新建 {len(made)} 个栏目。")


@items_app.command("import")
def import_sheet(
    sheet: Annotated[Path, typer.Argument(help="XLSX 或 CSV 表格，按后台“导入信息”的模板填写。")],
    organ: Annotated[str, typer.Option("--organ", help="机关代码。")],
    user: Annotated[str, typer.Option("--user", help="以谁的名义导入（登录名），须是公开办经办人或负责人。")],
    files: Annotated[Path | None, typer.Option("--files", help="附件所在的文件夹或 ZIP。")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不导入。")] = False,
) -> None:
    """从旧网站导入信息，成为草稿；逐行报告，有一行未导入时退出码为 1。"""
    from gongkai.cli import setup

    setup()
    from django.core.exceptions import PermissionDenied

    from gongkai.agencies.models import Organ, User
    from gongkai.publishing import services
    from gongkai.publishing.errors import ImportRefused
    from gongkai.publishing.importing import Files

    at = Organ.objects.filter(code=organ).first()
    actor = User.objects.filter(username=user, is_active=True).first()
    if at is None or actor is None or not sheet.is_file() or (files is not None and not files.exists()):
        missing = [
            f"没有机关代码“{organ}”" if at is None else "",
            f"没有登录名“{user}”" if actor is None else "",
            f"没有文件 {sheet}" if not sheet.is_file() else "",
            f"没有 {files}" if files is not None and not files.exists() else "",
        ]
        typer.echo("；".join(filter(None, missing)) + "。", err=True)
        raise typer.Exit(2)
    try:
        report = services.import_items(
            organ=at, actor=actor, content=sheet.read_bytes(), files=Files(files), dry_run=dry_run
        )
    except (ImportRefused, PermissionDenied) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    for line in report:
        for fault in line["faults"]:
            where = f"“{fault['column']}”" if fault["column"] else ""
            typer.echo(f"第 {line['row']} 行{where}：{fault['message']}", err=True)
        for note in line["notes"]:
            typer.echo(f"第 {line['row']} 行提示：{note}")
    fine = sum(line["state"] in {"已导入", "检查通过"} for line in report)
    typer.echo(f"{'检查通过' if dry_run else '已导入'} {fine} 行，有问题 {len(report) - fine} 行。")
    if fine < len(report):
        raise typer.Exit(1)

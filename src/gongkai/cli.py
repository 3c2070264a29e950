"""The ``gongkai`` command.

Heavy imports wait inside the commands: reading one report must not pay for the web framework.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from gongkai.cli_bake import bake_app
from gongkai.cli_brief import brief
from gongkai.cli_inspect import inspect_site
from gongkai.cli_items import columns_app, items_app
from gongkai.cli_proof import proof
from gongkai.cli_report import app as report_app
from gongkai.cli_requests import requests_app
from gongkai.cli_rules import calendar_app, clock_app, fee_app

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="公开：政府信息公开与智慧园区办公软件。",
)
app.add_typer(report_app, name="report", help="读取、核对、转换、比较和汇总年度报告文件。")
app.add_typer(clock_app, name="clock", help="依申请公开的答复期限。")
app.add_typer(fee_app, name="fee", help="信息处理费计算。")
app.add_typer(calendar_app, name="calendar", help="工作日历（放假安排）。")
app.add_typer(requests_app, name="requests", help="依申请公开的每日办理和期限重算。")
app.add_typer(columns_app, name="columns", help="门户栏目。")
app.add_typer(items_app, name="items", help="信息条目的导入。")
app.add_typer(bake_app, name="bake")
app.command("proof")(proof)
app.command("inspect")(inspect_site)
app.command("brief")(brief)
audit_app = typer.Typer(no_args_is_help=True, help="审计日志。")
app.add_typer(audit_app, name="audit")
search_app = typer.Typer(no_args_is_help=True, help="门户搜索的索引。")
app.add_typer(search_app, name="search")
keys_app = typer.Typer(no_args_is_help=True, help="个人信息加密密钥。")
app.add_typer(keys_app, name="keys")

DEFAULT_SETTINGS = "gongkai.settings.dev"


def setup(default: str = DEFAULT_SETTINGS) -> None:
    """Load Django with the chosen settings; a refusal to start is one Chinese message, exit 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", default)
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="端口；被占用时自动换下一个。", min=1024, max=65000)] = 8000,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="只准备数据，不启动网站。")] = False,
) -> None:
    """准备演示数据并在本机启动网站。"""
    setup()
    from gongkai.demo.run import run_demo

    run_demo(port=port, serve=not no_serve)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="监听地址。")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口。", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="进程数；SQLite 用 1 个即可。", min=1, max=64)] = 1,
) -> None:
    """启动网站（生产环境放在 nginx 之后）。"""
    setup()
    from gongkai.serving import port_is_free, serve_forever

    if not port_is_free(host, port):
        typer.echo(
            f"端口 {port} 已被占用，网站没有启动。请停止占用它的程序，或用 --port 指定另一个端口。", err=True
        )
        raise typer.Exit(2)
    serve_forever(host, port, workers=workers)


@app.command()
def worker(
    once: Annotated[bool, typer.Option("--once", help="办完当前到期的任务就退出。")] = False,
) -> None:
    """办理后台任务：到期提醒等。"""
    setup()
    from gongkai.reporting.tasks import run_worker

    run_worker(once=once)


@app.command()
def check() -> None:
    """检查设置、数据库结构和审计日志。"""
    setup()
    from django.core.management import call_command
    from django.core.management.base import CommandError, SystemCheckError

    deploy = os.environ["DJANGO_SETTINGS_MODULE"].endswith("production")
    try:
        call_command("check", deploy=deploy, fail_level="WARNING")
        call_command("migrate", check_unapplied=True, verbosity=0)
    except SystemCheckError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    except (CommandError, SystemExit):
        typer.echo("数据库结构不是最新，请先运行：gongkai manage migrate", err=True)
        raise typer.Exit(1) from None
    verify()


@audit_app.command("verify")
def verify() -> None:
    """逐条核对审计日志的摘要链。"""
    setup()
    from gongkai.audit.chain import verify as walk
    from gongkai.audit.models import Event

    verdict = walk(Event.objects.order_by("pk").iterator(chunk_size=5000))
    if verdict.broken_at is not None:
        typer.echo(
            f"审计日志被破坏：第 {verdict.broken_at} 号事件，{verdict.reason}。此前 {verdict.events} 条完好。",
            err=True,
        )
        raise typer.Exit(1)
    typer.echo(f"审计日志完好：共 {verdict.events} 条，末条摘要 {verdict.head}")


@audit_app.command("export")
def export() -> None:
    """逐行输出审计事件（JSON），供监督机关存查。"""
    setup()
    import json

    from gongkai.audit.models import Event

    for event in Event.objects.order_by("pk").values().iterator(chunk_size=5000):
        typer.echo(json.dumps(event, ensure_ascii=False, default=str))


@search_app.command("rebuild")
def rebuild_search() -> None:
    """重建门户搜索的索引；重建期间搜索照常使用旧索引。"""
    setup()
    from gongkai.portal.indexing import rebuild

    count = rebuild(lambda done: typer.echo(f"\r{done} 条", nl=False))
    typer.echo(f"\r已重建，共 {count} 条信息。")


@app.command()
def secret() -> None:
    """生成一个可用于 GONGKAI_SECRET_KEY 的随机密钥。"""
    import secrets

    typer.echo(secrets.token_urlsafe(48))


@keys_app.command("make")
def make_keys() -> None:
    """生成个人信息加密密钥文件（新装系统用一次，已有文件不会覆盖）。"""
    from gongkai.privacy.keys import make_key_file
    from gongkai.settings.environment import environment

    env = environment()
    path = Path(env.field_keys_file or env.data_dir.resolve() / "secrets" / "field-keys.json")
    if path.exists():
        typer.echo(
            f"{path} 已经存在，没有改动。需要更换密钥请用 gongkai manage rotate_field_keys。", err=True
        )
        raise typer.Exit(1)
    make_key_file(path, env.field_keys_algorithm)
    typer.echo(f"已生成 {path}。请立即复制一份另行保管：丢失后，已加密的申请人信息无法恢复。")


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def manage(context: typer.Context) -> None:
    """运行 Django 管理命令，例如 gongkai manage migrate。"""
    setup()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["gongkai manage", *context.args])


def main() -> None:
    """The console script: as ``app``, with usage errors in Chinese."""
    from gongkai.cli_usage import run

    sys.exit(run(app, sys.argv[1:], "gongkai"))


if __name__ == "__main__":
    main()

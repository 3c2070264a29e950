"""``gongkai demo``: prepare the demo office once, then serve it."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

import typer
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from gongkai.serving import port_is_free

HOST = "127.0.0.1"
PORTS_TO_TRY = 20


def run_demo(*, port: int, serve: bool) -> None:
    """Migrate, load the demo when the database holds none, say where it is and serve it."""
    if not os.environ["DJANGO_SETTINGS_MODULE"].endswith((".dev", ".test")):
        typer.echo("演示数据只能装入本机演示环境，当前是正式环境，没有做任何改动。", err=True)
        raise typer.Exit(2)
    Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    if not load_demo():
        typer.echo("演示数据已在，保留原有内容。")
    bake_demo()
    if not serve:
        return
    free = next((p for p in range(port, port + PORTS_TO_TRY) if port_is_free(HOST, p)), None)
    if free is None:
        typer.echo(
            f"{port} 到 {port + PORTS_TO_TRY - 1} 号端口都被占用，请用 --port 指定其他端口。", err=True
        )
        raise typer.Exit(2)
    if free != port:
        typer.echo(f"端口 {port} 已被其他程序占用，改用 {free}。")
    _announce(free)
    connection.close()
    # A fresh process: drawing the demo's PDFs started threads that a forked server worker would wait for forever.
    sys.stdout.flush()
    os.execv(  # noqa: S606 - our own interpreter, our own module
        sys.executable,
        [sys.executable, "-m", "gongkai.cli", "serve", "--host", HOST, "--port", str(free)],
    )


def bake_demo() -> None:
    """Write the public pages as files, where that is on and they are not there yet."""
    from gongkai.portal.baking.models import BakeRecord
    from gongkai.portal.baking.queue import carry_over
    from gongkai.portal.baking.whole import bake_whole

    if not settings.BAKE_AT_PUBLICATION:
        return
    if BakeRecord.objects.filter(is_first=True).exists():
        carry_over(again=True)
        return
    outcome = bake_whole(processes=1)
    typer.echo(f"已生成 {len(outcome.files)} 个静态页。")


def load_demo(*, now: datetime | None = None) -> bool:
    """Load the demo office whole or not at all; False when there are organs already.

    Args:
        now: the moment around which its open applications lie; the present one when left out.
    """
    from gongkai.agencies.models import Organ
    from gongkai.demo import (
        channels,
        normative,
        organisation,
        people,
        points,
        reports,
        requests,
        services,
        site,
        style_book,
        supervision,
        trainings,
    )

    if Organ.objects.exists():
        return False
    typer.echo("正在装入演示数据……")
    with transaction.atomic():
        organs = people.load_organs()
        users = people.load_people(organs)
        style_book.load_style_book(organs[people.PARK], users)
        columns = site.load_site(organs[people.PARK])
        site.load_items(organs[people.PARK], users, columns)
        normative.load_normative(organs[people.PARK], users, columns, now=now)
        channels.load_concerns(organs[people.PARK], users, columns, now=now)
        channels.load_gazette(organs[people.PARK], users, now=now)
        services.load_services(organs[people.PARK], users, now=now)
        reports.load_ledgers(organs, users)
        reports.load_reports(organs, users)
        supervision.load_supervision(organs[people.PARK], users)
        trainings.load_trainings(organs[people.PARK], users)
        points.load_points(organs[people.PARK], users)
        requests.load_offices(organs)
        requests.load_requests(organs, users, now=now)
        organisation.load_hand_overs(organs[people.PARK], users)
        organisation.load_groups(organs[people.PARK], users)
    return True


def _announce(port: int) -> None:
    from gongkai.demo.people import ADMINISTRATOR, LOGINS, demo_password

    base = f"http://{HOST}:{port}"
    typer.echo(f"\n  门户网站    {base}/")
    typer.echo(f"  2023年年报  {base}/zfxxgk/nianbao/2023/")
    typer.echo(f"  办公后台    {base}/houtai/\n")
    typer.echo(f"  演示账号（密码都是 {demo_password()}）：")
    for login in LOGINS:
        roles = "、".join(role.label for role in login.roles)
        typer.echo(f"    {login.username:<14}{login.name}（{roles}）")
    typer.echo(f"    {ADMINISTRATOR:<14}演示系统管理员\n")
    typer.echo("  按 Ctrl+C 停止；再次运行 make demo 会保留数据。\n")

"""``gongkai inspect``: inspect the office's own site by the national indicators.

Exit codes: 0 nothing alarming, 1 a veto item, a leak or tampering (found or suspected), 2 it could not be done. With
``--json`` the standard output is one JSON object and nothing else.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

if TYPE_CHECKING:
    from gongkai.core.inspection import Evidence, Inspection

CLEAN, ALARMING, NOT_DONE = 0, 1, 2
BEIJING = ZoneInfo("Asia/Shanghai")


def inspect_site(
    site: Annotated[
        str, typer.Option(help="要巡查的网站首页；不填则巡查“设置—网站巡查”里的本单位网站。")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出，便于程序使用。")] = False,
    records: Annotated[
        bool,
        typer.Option("--records", help="与 --site 同用：对照本单位的栏目、发布记录和签发清单，并留存证据。"),
    ] = False,
    replay: Annotated[str, typer.Option(help="按留存的证据重新判定过去某一天，例如 2026-11-20。")] = "",
    outside: Annotated[bool, typer.Option("--outside", help="也测试外部链接能否打开。")] = False,
    pages: Annotated[int, typer.Option(help="最多打开多少个页面。", min=1, max=100_000)] = 3000,
) -> None:
    """巡查网站：单项否决、更新、空白栏目、链接、标签、页脚、搜索、指南、留言、无障碍、篡改、校对。"""
    if replay:
        evidence, found = _replayed(replay)
    elif site and not records:
        evidence, found = _alone(site, outside=outside, pages=pages)
    else:
        evidence, found = _recorded(site, pages=pages)
    if as_json:
        typer.echo(json.dumps(_json(evidence, found), ensure_ascii=False, indent=1))
    else:
        from gongkai.cli_inspect_view import show

        show(evidence, found)
    raise typer.Exit(ALARMING if found.is_alarming else CLEAN)


def _fail(message: str) -> typer.Exit:
    typer.echo(message, err=True)
    return typer.Exit(NOT_DONE)


def _alone(site: str, *, outside: bool, pages: int) -> tuple[Evidence, Inspection]:
    """Inspect any address of the office without its records; nothing is stored."""
    from gongkai.core.inspection import inspect
    from gongkai.crawling import Limits, Settings, look

    if not site.startswith(("http://", "https://")):
        raise _fail(f"“{site}”不是网址，请写成 https://www.example.gov.cn/ 的样子。")
    found = look(
        Settings(site, limits=Limits(pages=pages), try_outside=outside),
        now=lambda: datetime.now(BEIJING),
        told=_told,
    )
    _ended()
    if not any(one.is_open for one in found.evidence.pages):
        why = next((one.fault or f"返回 {one.status}" for one in found.evidence.pages), "没有回应")
        raise _fail(f"{site} 打不开（{why}），没有巡查。请核对网址，或者稍后再试。")
    return found.evidence, inspect(found.evidence, on=datetime.now(BEIJING).date())


def _recorded(site: str, *, pages: int) -> tuple[Evidence, Inspection]:
    """Inspect the office's own site with its records, and keep the evidence."""
    from gongkai.cli import setup

    setup()
    from gongkai.crawling import Limits
    from gongkai.supervision.errors import SupervisionError
    from gongkai.supervision.models import InspectionSettings, Run
    from gongkai.supervision.services import begin, carry_out, recheck_reported

    chosen = InspectionSettings.objects.filter(organ__isnull=False).select_related("organ").first()
    if chosen is None:
        raise _fail("还没有设置网站巡查：请在后台“设置—网站巡查”填写机关和网址，或者用 --site 指定网址。")
    try:
        run = begin(organ=chosen.organ, address=site or chosen.address, cause=Run.Cause.COMMAND)
    except SupervisionError as refusal:
        raise _fail(str(refusal)) from None
    found = carry_out(run, limits=Limits(pages=pages), told=_told)
    _ended()
    evidence = run.evidence
    recheck_reported(run, evidence)
    return evidence, found


def _replayed(text: str) -> tuple[Evidence, Inspection]:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _fail(f"“{text}”不是日期，请写成 2026-11-20 的样子。") from None
    from gongkai.cli import setup

    setup()
    from gongkai.supervision.errors import SupervisionError
    from gongkai.supervision.models import Run
    from gongkai.supervision.services import replay

    last = Run.objects.filter(on=day, state=Run.State.DONE).select_related("organ").first()
    if last is None:
        raise _fail(f"没有 {day} 的巡查记录，请换一个日期。")
    try:
        run, found = replay(last.organ, day)
    except SupervisionError as refusal:
        raise _fail(str(refusal)) from None
    return run.evidence, found


def _told(count: int) -> None:
    """Progress, on the standard error so that it is in nobody's way."""
    if count % 10 == 0:
        typer.echo(f"\r已打开 {count} 个页面", err=True, nl=False)


def _ended() -> None:
    typer.echo("\r" + " " * 24 + "\r", err=True, nl=False)


def _json(evidence: Evidence, found: Inspection) -> dict[str, Any]:
    return {
        "site": evidence.start,
        "on": found.on.isoformat(),
        "began_at": evidence.began_at.isoformat(),
        "pages": len(evidence.pages),
        "cut_short": list(evidence.cut_short),
        "verdict": found.verdict.value,
        "verdict_label": found.verdict.label,
        "provisional_score": str(found.score),
        "unmeasured": list(found.unmeasured),
        "provisional_vetoes": list(found.provisional_vetoes),
        "indicators": [
            {
                "code": one.indicator.code,
                "group": one.indicator.group,
                "name": one.indicator.name,
                "kind": one.indicator.kind.value,
                "mark": one.indicator.mark,
                "points_mark": one.indicator.points_mark,
                "source": one.indicator.source,
                "state": one.state.value,
                "note": one.note,
                "lost": str(one.lost),
                "findings": [
                    {"url": each.url, "says": each.says, "certain": each.is_certain} for each in one.findings
                ],
            }
            for one in found.outcomes
        ],
    }

"""``gongkai proof``: proofread files on the command line.

Exit codes: 0 nothing of 一般 or above, 1 something, 2 a file could not be read. With ``--json`` the standard output is
one JSON list and nothing else; messages go to the standard error.
"""

from __future__ import annotations

import io
import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

if TYPE_CHECKING:
    from gongkai.prooffiles import Checked

CLEAN, FOUND, UNREADABLE = 0, 1, 2


def proof(
    files: Annotated[
        list[Path], typer.Argument(metavar="文件…", help="要校对的文稿：txt、md、html、docx、pdf、xlsx。")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出，便于程序使用。")] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="把有把握的改正写进副本（txt、md、docx），不改动原件。")
    ] = False,
    on: Annotated[
        str, typer.Option(help="文稿的日期，如 2024-01-10；机构和法规名称按这一天核对，默认取文中日期。")
    ] = "",
    errors_only: Annotated[bool, typer.Option("--errors-only", help="只列一般和严重，不列提示。")] = False,
) -> None:
    """校对文稿：错别字、标点、数字、结构、提法、机构和法规名称、个人信息、隐藏内容。"""
    _utf8()
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    shown: list[dict[str, Any]] = []
    codes = [CLEAN]
    for path in files:
        checked = _checked(path, today, _day(on))
        if checked is None:
            codes.append(UNREADABLE)
            continue
        issues = [each for each in checked.issues if not errors_only or each.severity.label != "提示"]
        codes.append(FOUND if any(each.severity.label != "提示" for each in issues) else CLEAN)
        if as_json:
            shown += [_json(path, each) for each in issues]
        else:
            from gongkai.cli_proof_view import show

            show(checked, issues)
        if fix:
            _write_copy(path, checked)
    if as_json:
        typer.echo(json.dumps(shown, ensure_ascii=False, indent=1))
    raise typer.Exit(max(codes))


def _utf8() -> None:
    """Output is UTF-8 whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        typer.echo(f"“{text}”不是日期，请写成 2024-01-10 的样子。", err=True)
        raise typer.Exit(UNREADABLE) from None


def _checked(path: Path, today: date, on: date | None) -> Checked | None:
    from gongkai.core.proofreading import TextTooLong
    from gongkai.prooffiles import Unreadable, proofread

    try:
        return proofread(path, today=today, on=on)
    except Unreadable as error:
        typer.echo(str(error), err=True)
    except TextTooLong as error:
        typer.echo(f"{path.name}：{error}", err=True)
    return None


def _json(path: Path, issue: Any) -> dict[str, Any]:
    return {
        "file": str(path),
        "start": issue.start,
        "end": issue.end,
        "text": issue.text,
        "suggestion": issue.suggestion,
        "rule": issue.rule,
        "severity": issue.severity.label,
        "message": issue.message,
        "where": issue.where,
        "mark": issue.mark,
    }


def _write_copy(path: Path, checked: Checked) -> None:
    from gongkai.prooffiles import CannotCorrect, corrected
    from gongkai.prooffiles.fixing import sure

    count = len(sure(checked.findings))
    if not count:
        typer.echo(f"{path.name}：没有可以直接改正的地方，没有写副本。", err=True)
        return
    copy = _free_name(path)
    try:
        data = corrected(path, checked.findings)
        with copy.open("xb") as file:
            file.write(data)
    except CannotCorrect as error:
        typer.echo(str(error), err=True)
    except OSError:
        typer.echo(f"{copy}：写不进去，请核对文件夹的权限。", err=True)
    else:
        typer.echo(f"已写出副本 {copy}（改正 {count} 处，原件没有改动）。", err=True)


def _free_name(path: Path) -> Path:
    """A name beside the original that is not taken: 报告.校对.docx, 报告.校对2.docx …"""
    for number in range(1, 1000):
        name = path.with_name(f"{path.stem}.校对{number if number > 1 else ''}{path.suffix}")
        if not name.exists():
            return name
    return path.with_name(
        f"{path.stem}.校对.{datetime.now(ZoneInfo('Asia/Shanghai')):%Y%m%d%H%M%S}{path.suffix}"
    )

"""How ``gongkai proof`` shows a file's findings to a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from gongkai.prooffiles import Checked, Issue

_COLOURS = {"严重": "bold red", "一般": "yellow", "提示": "dim"}
_LONGEST = 48


def show(checked: Checked, issues: Sequence[Issue]) -> None:
    """A table of findings and a line that sums them up."""
    console = Console(highlight=False, width=None)
    console.print(Text(str(checked.path), style="bold"))
    if issues:
        table = Table(show_lines=False, pad_edge=False)
        for title in ("程度", "位置", "原文", "建议", "说明（规则）"):
            table.add_column(title, overflow="fold")
        for issue in issues:
            table.add_row(
                Text(issue.severity.label, style=_COLOURS[issue.severity.label]),
                _where(issue, checked.extract.text),
                Text(_short(issue.text)),
                Text(_short(issue.suggestion)),
                Text(f"{issue.message}（{issue.rule}）"),
            )
        console.print(table)
    counts = Counter(issue.severity.label for issue in issues)
    total = "，".join(f"{label} {counts[label]} 处" for label in _COLOURS if counts[label])
    console.print(f"{total or '没有发现问题'}。机构和法规名称按 {checked.on} 核对。", soft_wrap=True)


def _where(issue: Issue, text: str) -> str:
    """The place in the file, and for lines of text the column too."""
    if issue.end == 0 or not issue.where.endswith("行"):
        return issue.where
    column = issue.start - text.rfind("\n", 0, issue.start)
    return f"{issue.where}第 {column} 字"


def _short(text: str) -> str:
    line = "⏎".join(text.split("\n"))
    return line if len(line) <= _LONGEST else line[:30] + "……" + line[-14:]

"""How ``gongkai inspect`` shows an inspection to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from gongkai.core.inspection import State

if TYPE_CHECKING:
    from gongkai.core.inspection import Evidence, Inspection, Outcome

SHOWN = 20
_COLOURS = {
    State.HIT: "bold red",
    State.SUSPECTED: "yellow",
    State.CLEAR: "green",
    State.UNKNOWN: "dim",
    State.NOT_APPLICABLE: "dim",
}
_MARKS = {"2p": "两处核实", "1p": "一处核实", "mem": "凭记忆，待核实", "ours": "本软件自定"}


def show(evidence: Evidence, found: Inspection) -> None:
    """The two figures, what was found, and what was not measured."""
    console = Console(highlight=False)
    console.print(Text(f"网站巡查　{evidence.start}　{found.on}", style="bold"), soft_wrap=True)
    console.print(f"打开 {len(evidence.pages)} 个页面，试了 {len(evidence.tries)} 个链接。", soft_wrap=True)
    for why in evidence.cut_short:
        console.print(Text(f"没有查完：{why}。", style="yellow"), soft_wrap=True)
    for outcome in found.outcomes:
        if outcome.findings:
            _findings(console, outcome)
    _table(console, found)
    console.print(Text(f"结论（按已核实的规则）：{found.verdict.label}", style="bold"), soft_wrap=True)
    console.print(
        f"暂定得分（分值未经核实，仅供参考）：{found.score.normalize():f} 分"
        f"；另有 {len(found.unmeasured)} 项未测、没有扣分：{'、'.join(found.unmeasured)}。",
        soft_wrap=True,
    )
    if found.provisional_vetoes:
        console.print(
            f"未经核实的否决项：{'、'.join(found.provisional_vetoes)}，不计入结论。", soft_wrap=True
        )


def _findings(console: Console, outcome: Outcome) -> None:
    one = outcome.indicator
    title = f"{one.code} {one.name}（{one.kind.label}，{outcome.state.label}，{len(outcome.findings)} 处）"
    console.print(Text(title, style=_COLOURS[outcome.state]), soft_wrap=True)
    for finding in outcome.findings[:SHOWN]:
        console.print(Text(f"  · {finding.says}"), soft_wrap=True)
        console.print(Text(f"    {finding.url}", style="dim"), soft_wrap=True)
    if len(outcome.findings) > SHOWN:
        console.print(f"  另有 {len(outcome.findings) - SHOWN} 处没有列出，加 --json 看全部。")
    console.print(Text(f"  怎么办：{one.fix}"), soft_wrap=True)


def _table(console: Console, found: Inspection) -> None:
    table = Table(pad_edge=False)
    for title in ("指标", "名称", "结果", "依据", "说明"):
        table.add_column(title, overflow="fold")
    for one in found.outcomes:
        table.add_row(
            one.indicator.code,
            one.indicator.name,
            Text(one.state.label, style=_COLOURS[one.state]),
            _MARKS[one.indicator.mark],
            Text(one.note + (f"扣 {one.lost.normalize():f} 分。" if one.lost else "")),
        )
    console.print(table)

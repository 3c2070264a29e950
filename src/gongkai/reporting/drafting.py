"""A first draft of the text from facts, and the check that the text still says what the records say.

The draft is plain prose; which number is which figure is recognised from the words around it, so the check
survives the clerk's editing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongkai.core.annual_report import TableId, Value, number_text
from gongkai.core.annual_report.form import GROUP_LABELS
from gongkai.reporting.compiling import Compiled
from gongkai.reporting.sources.applications import LEAVES
from gongkai.reporting.sources.facts import FEE_KEY

OVERVIEW_MAX_CHARACTERS = (
    1000  # a local drafting rule read in two notices (怀化, 2021 and 2022): a warning only
)


@dataclass(frozen=True, slots=True)
class Draft:
    """Text of the narrative parts, paragraphs separated by a newline."""

    preamble: str
    overview: str
    other_matters: str


def draft(compiled: Compiled) -> Draft:
    """Write what the figures can say; what only people know is left to the clerk."""
    year = compiled.report.year
    preamble = (
        f"根据《中华人民共和国政府信息公开条例》和《中华人民共和国政府信息公开工作年度报告格式》"
        f"（{compiled.report.form.instrument}）要求，编制本报告。"
        f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
    )
    overview = "\n".join(
        (
            f"（一）主动公开情况。{_proactive(compiled)}",
            f"（二）依申请公开情况。{_applications(compiled)}",
            f"（三）政府信息管理情况。{_management(compiled)}",
            "（四）政府信息公开平台建设情况。维护政府信息公开专栏，公开指南、制度、法定主动公开内容和年报集中可查、可下载。",
            f"（五）监督保障情况。{_supervision(compiled)}",
        )
    )
    return Draft(preamble, overview, "\n".join(_other(compiled)))


def _proactive(c: Compiled) -> str:
    if not c.facts:  # a roll-up sums the form's cells; its units' own facts are theirs to tell
        return "各单位通过政府网站、政务新媒体等渠道主动公开政府信息。"
    return (
        f"全年主动公开各类信息{_n(c, 'fact.proactive_items')}条，"
        f"发布公告公示类信息{_n(c, 'fact.announcements')}条。"
    )


def _applications(c: Compiled) -> str:
    new, carried = (c.report.get(TableId.THREE, row, "total") or 0 for row in ("r1", "r2"))
    if not new and not carried:
        return f"{c.report.year}年未收到政府信息公开申请。{_disputes(c)}"
    closed, left = (c.report.get(TableId.THREE, row, "total") for row in ("r3_7", "r4"))
    outcomes = "、".join(f"{label}{number_text(count)}件" for label, count in outcome_sums(c) if count)
    return (
        f"全年新收政府信息公开申请{number_text(new)}件，上年结转{number_text(carried)}件；"
        f"办结{number_text(closed)}件{f'，其中{outcomes}' if outcomes else ''}；结转下年度继续办理{number_text(left)}件。{_disputes(c)}"
    )


def outcome_sums(c: Compiled) -> list[tuple[str, Value]]:
    """The six results with their totals: （一） and （二） as printed, （三） to （六） summed over their rows."""
    report = c.report
    sums = [
        ("予以公开", report.get(TableId.THREE, "r3_1", "total")),
        ("部分公开", report.get(TableId.THREE, "r3_2", "total")),
    ]
    for group, label in GROUP_LABELS.items():
        rows = [row for row in LEAVES if row.startswith(f"{group}_")]
        total = sum((report.get(TableId.THREE, row, "total") or 0 for row in rows), start=0)
        sums.append((label[3:], total))
    return sums


def _disputes(c: Compiled) -> str:
    reviews = c.report.get(TableId.FOUR, "reconsideration", "total") or 0
    suits = sum(
        (c.report.get(TableId.FOUR, row, "total") or 0 for row in ("direct_suit", "suit_after")), start=0
    )
    if not reviews and not suits:
        return "未发生政府信息公开行政复议、行政诉讼。"
    return f"政府信息公开行政复议{number_text(reviews)}件，行政诉讼{number_text(suits)}件。"


def _management(c: Compiled) -> str:
    issued, repealed, in_force = (
        number_text(c.report.get(TableId.TWO, "normative", col)) for col in ("issued", "repealed", "in_force")
    )
    return f"制发行政规范性文件{issued}件，废止{repealed}件，现行有效{in_force}件。信息发布前逐级审核并进行保密审查。"


def _supervision(c: Compiled) -> str:
    if not c.facts:
        return "对各单位信息公开情况进行经常性检查，督促整改发现的问题。"
    people = _told(c, ("fact.training_people", "，参训", "人次"))
    checked = "，".join(
        part
        for part in (
            _told(c, ("fact.inspections", "开展网站巡查", "次")),
            _told(c, ("fact.rectifications_issued", "下发整改通知", "件")),
            _told(c, ("fact.rectifications_closed", "整改销号", "件")),
            _told(c, ("fact.fault_tickets", "收到网站找错留言", "条")),
        )
        if part
    )
    checked = f"；{checked}" if checked else "，对发布的信息进行经常性检查，督促整改发现的问题"
    others = [
        _told(c, ("fact.scorecards", "公布考核结果", "份")),
        _told(c, ("fact.work_points_done", "完成年度工作要点任务", "项")),
        _told(c, ("fact.accountabilities", "责任追究", "件")),
    ]
    sentences = [
        f"全年组织政府信息公开培训{_n(c, 'fact.trainings')}次{people}{checked}",
        *filter(None, others),
    ]
    return "".join(f"{sentence}。" for sentence in sentences)


def _told(c: Compiled, fact: tuple[str, str, str]) -> str:
    """A fact between its words; blank where nothing tells of it."""
    key, before, unit = fact
    return f"{before}{_n(c, key)}{unit}" if c.facts.get(key) else ""


def _other(c: Compiled) -> Iterator[str]:
    if not c.facts:
        return
    payments = c.facts.get("fact.policy_payments") or 0
    if payments:
        yield f"全年兑付各类优惠政策奖补资金{_n(c, 'fact.policy_payments')}万元。"
    if c.facts.get("fact.aided_enterprises"):
        yield (f"协调帮助{_n(c, 'fact.aided_enterprises')}家企业享受补助资金{_n(c, 'fact.aid')}万元。")
    if c.facts.get("fact.hires"):
        yield f"为企业招聘员工{_n(c, 'fact.hires')}人。"
    if c.facts.get("fact.opinions"):
        yield (f"收到{_n(c, 'fact.opinion_enterprises')}家企业提出的意见建议{_n(c, 'fact.opinions')}条。")
    fee = c.facts.get(FEE_KEY) or 0
    yield (
        f"信息处理费收取情况：本年度收取信息处理费{number_text(fee)}元。"
        if fee
        else f"信息处理费收取情况：{c.report.year}年未收取信息处理费。"
    )


def _n(c: Compiled, key: str) -> str:
    return number_text(c.facts.get(key)) or "0"


NUMBER = r"(?P<number>\d+(?:\.\d+)?)\s*(?P<about>余|多)?\s*"
FACT_PHRASES: dict[str, re.Pattern[str]] = {
    key: re.compile(pattern.replace("#", NUMBER))
    for key, pattern in {
        "fact.proactive_items": r"主动公开[^，。；\d]{0,8}信息\s*#条",
        "fact.announcements": r"公告公示[^。；\d]{0,40}信息\s*#条",
        "fact.policy_payments": r"兑付[^，。；\d]{0,16}资金\s*#万元",
        "fact.aided_enterprises": r"帮助\s*#家企业享受",
        "fact.aid": r"享受[^。；\d]{0,48}补助资金\s*#万元",
        "fact.hires": r"招聘员工\s*#(?:人|名)",
        "fact.opinion_enterprises": r"收到\s*#家企业[^。；\d]{0,48}意见",
        "fact.opinions": r"意见建议\s*#条",
        "fact.trainings": r"培训(?:学习)?\s*#次",
        "fact.training_people": r"参训\s*#人次",
        "fact.inspections": r"网站巡查\s*#次",
        "fact.rectifications_issued": r"下发整改通知\s*#件",
        "fact.rectifications_closed": r"整改销号\s*#件",
        "fact.fault_tickets": r"找错留言\s*#条",
        "fact.scorecards": r"考核结果\s*#份",
        "fact.work_points_done": r"工作要点任务\s*#项",
        "fact.accountabilities": r"责任追究\s*#件",
        FEE_KEY: r"收取信息处理费\s*#元",
    }.items()
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A number in the text that names a fact: half-open code-point span, what it says and what the records say."""

    start: int
    end: int
    key: str
    said: Decimal
    about: bool
    recorded: Value

    @property
    def agrees(self) -> bool:
        """Exact numbers must be equal; “余”“多” claims no less than said and less than the next round number."""
        if self.recorded is None:
            return False
        if not self.about:
            return self.said == self.recorded
        step = Decimal(10) ** (len(str(int(self.said))) - 1)
        return self.said <= self.recorded < self.said + step


def mentions(text: str, compiled: Compiled) -> list[Mention]:
    """Every recognised fact in a text, in order."""
    found = [
        Mention(
            match.start("number"),
            match.end("number"),
            key,
            Decimal(match["number"]),
            bool(match["about"]),
            compiled.facts.get(key),
        )
        for key, pattern in FACT_PHRASES.items()
        if key in compiled.facts
        for match in pattern.finditer(text)
    ]
    return sorted(found, key=lambda mention: mention.start)


def character_count(text: str) -> int:
    """Characters of a text as an office counts them: without white space."""
    return len(re.sub(r"\s", "", text))

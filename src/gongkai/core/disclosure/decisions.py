"""Outcomes of an application (办理结果): one choice fixes article, report row, letter and remedy.

Decision 2 of the architecture: the four cannot disagree, because they stand in one row here.

Source: 《政府信息公开条例》 (国务院令第711号); rows of the annual report form (国办公开办函〔2021〕30号). Which outcome
belongs to which row is our mapping (``disclosure-law`` §9.4); 复议前置 for refusals under Arts. 14–16 since
2024-01-01: 行政复议法 (2023) Art. 23(1)(四) and 法释〔2025〕8号 Art. 1(二).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

RECONSIDERATION_FIRST_FROM = date(2024, 1, 1)  # 行政复议法 (2023) in force


class Remedy(StrEnum):
    """Which remedy paragraph a reply carries."""

    CHOICE = "choice"  # reconsideration within 60 days, or suit within 6 months
    RECONSIDERATION_FIRST = (
        "reconsideration_first"  # 复议前置: reconsideration first, then suit within 15 days
    )
    PARTLY_FIRST = "partly_first"  # 复议前置 for the refused part when it rests on Arts. 14–16
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Decision:
    """One outcome.

    Attributes:
        code: stable key (``D-14-1``).
        article: as cited in the letter; "" where no article stands behind it.
        row: key of the result row in table 三.
        letter: number of the letter (``core.disclosure.letters``).
        discloses: whether anything is given out, so that a confidentiality review must precede it.
        needs_earlier_reply, needs_search_record, needs_competent_organ, needs_law: what the record must hold.
    """

    code: str
    ground: str
    article: str
    row: str
    remedy: Remedy
    letter: int
    discloses: bool = False
    needs_earlier_reply: bool = False
    needs_search_record: bool = False
    needs_competent_organ: bool = False
    needs_law: bool = False


_CHOICE, _FIRST = Remedy.CHOICE, Remedy.RECONSIDERATION_FIRST

DECISIONS: tuple[Decision, ...] = (
    Decision("D-36-1", "已主动公开", "第三十六条第（一）项", "r3_1", _CHOICE, 13),
    Decision("D-36-2", "予以公开", "第三十六条第（二）项", "r3_1", _CHOICE, 14, discloses=True),
    Decision("D-37", "部分公开", "第三十七条", "r3_2", Remedy.PARTLY_FIRST, 15, discloses=True),
    Decision("D-14-1", "属于国家秘密", "第十四条", "r3_3_1", _FIRST, 16),
    Decision("D-14-2", "法律、行政法规禁止公开", "第十四条", "r3_3_2", _FIRST, 16, needs_law=True),
    Decision("D-14-3", "危及国家安全、公共安全、经济安全、社会稳定", "第十四条", "r3_3_3", _FIRST, 16),
    Decision("D-15", "损害第三方合法权益", "第十五条、第三十二条", "r3_3_4", _FIRST, 16),
    Decision("D-16-1", "内部事务信息", "第十六条第一款", "r3_3_5", _FIRST, 16),
    Decision("D-16-2P", "过程性信息", "第十六条第二款", "r3_3_6", _FIRST, 16),
    Decision("D-16-2E", "行政执法案卷信息", "第十六条第二款", "r3_3_7", _FIRST, 16),
    Decision("D-36-7", "行政查询事项", "第三十六条第（七）项", "r3_3_8", _CHOICE, 17, needs_law=True),
    Decision("D-36-4", "信息不存在", "第三十六条第（四）项", "r3_4_1", _CHOICE, 18, needs_search_record=True),
    Decision(
        "D-36-5",
        "不属于本机关负责公开",
        "第三十六条第（五）项",
        "r3_4_1",
        _CHOICE,
        19,
        needs_competent_organ=True,
    ),
    Decision("D-38", "需要加工、分析", "第三十八条", "r3_4_2", _CHOICE, 20),
    Decision("D-30-UNCLEAR", "补正后仍不明确", "第三十条", "r3_4_3", _CHOICE, 21),
    Decision("D-39-1", "信访、投诉、举报", "第三十九条第一款", "r3_5_1", _CHOICE, 24),
    Decision("D-36-6", "重复申请", "第三十六条第（六）项", "r3_5_2", _CHOICE, 22, needs_earlier_reply=True),
    Decision("D-39-2", "公开出版物", "第三十九条第二款", "r3_5_3", _CHOICE, 25),
    Decision("D-35", "无正当理由大量反复申请", "第三十五条", "r3_5_4", _CHOICE, 23),
    Decision("D-CONFIRM", "要求确认或者重新出具已获取信息", "", "r3_5_5", _CHOICE, 30),
    Decision("X-30", "逾期不补正", "第三十条", "r3_6_1", _CHOICE, 26),
    Decision("X-FEE", "逾期未缴费", "国办函〔2020〕109号", "r3_6_2", _CHOICE, 26),
    Decision("X-WITHDRAW", "申请人撤回", "", "r3_6_3", Remedy.NONE, 27),
    Decision("X-ARCHIVE", "已移交国家档案馆", "国办公开办函〔2019〕14号", "r3_6_3", _CHOICE, 31),
    Decision("X-NOTGI", "不属于政府信息", "第二条", "r3_6_3", _CHOICE, 32),
)
BY_CODE = {decision.code: decision for decision in DECISIONS}

REFUSAL_ROWS = frozenset({"r3_3_1", "r3_3_2", "r3_3_3", "r3_3_4", "r3_3_5", "r3_3_6", "r3_3_7"})


def remedy_of(decision: Decision, replied_on: date, *, refuses_under_14_to_16: bool = False) -> Remedy:
    """The remedy that a reply of a day must name.

    Args:
        refuses_under_14_to_16: for 部分公开, whether the refused part rests on Arts. 14–16.
    """
    if decision.remedy is Remedy.NONE:
        return Remedy.NONE
    if replied_on < RECONSIDERATION_FIRST_FROM:
        return Remedy.CHOICE
    if decision.remedy is Remedy.PARTLY_FIRST:
        return Remedy.PARTLY_FIRST if refuses_under_14_to_16 else Remedy.CHOICE
    return decision.remedy

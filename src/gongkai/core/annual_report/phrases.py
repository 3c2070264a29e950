"""The phrases in which reports state figures of the form: what stands before or after a number.

Each phrase is anchored at the number and matched whole, so that an unknown word between a label and its
number means no match: a figure that is not understood is left alone. Candidates of a phrase are all the cells
that an office may mean by it; a sentence contradicts the tables only when none of them fits.

Labels of result rows come from the form itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from gongkai.core.annual_report.figures import LEGAL
from gongkai.core.annual_report.form import (
    APPLICANT_COLUMNS,
    FORMS,
    GROUP_LABELS,
    LEGAL_PERSONS,
    Edition,
)
from gongkai.core.annual_report.text_numbers import YEAR


class Topic(StrEnum):
    """What a passage is about: bare phrases (办结15件, 维持3件) are read by it."""

    NONE = ""
    REQUESTS = "requests"
    RECONSIDERATION = "reconsideration"
    SUITS = "suits"
    RULES = "rules"
    NORMATIVE = "normative"
    OTHER = "other"


JOIN = "\ue004"  # stands for 、 within a set phrase, which must not part clauses there
PERSONS = rf"(?:公民{JOIN}?法人(?:和|或|或者|及|以及|与)(?:其他|非法人)组织|社会公众|申请人|群众|公众)"
_OBJECT = (
    r"(?:依申请公开(?:的)?(?:政府)?(?:信息)?(?:公开)?(?:申请)?|(?:政府)?信息(?:依申请)?公开(?:的)?申请"
    r"|(?:政府)?信息依申请公开(?:申请)?|申请公开(?:的)?(?:政府)?信息)"
)
_GAP = rf"(?:到|了|并|各类|有效|办理|{PERSONS}|提交|提出|递交|的|有关|全部|共计|共|合计|总计|累计)*+"
_TAIL = (
    r"(?:的|类|案件|案|事项|办件|件|数量|总数|总量|总|数|情况|情形|结果|答复|决定|处理|办理|申请"
    r"|共计|合计|累计|总计|共|计|为|是|有|达到|达|均|:|大?约|将近|近|超过|超|逾)*+$"
)
RECEIVED = r"(?:收到|收悉|接收|接到|受理|收办|收件|接受|登记)"
_HANDLED = r"(?:办理|处理)"
_CLOSED = r"(?:办理?答复|办理完毕|办结|办复|答复|回复|结案)"
_CARRIED_WORD = r"(?:结转|转接|转入|转结|遗留|结余|顺延|延续|转)"
_LAST_YEAR = rf"(?:上一?年度?|去年|{YEAR})"
_NEXT_YEAR = rf"(?:下一?(?:个)?年度?|次年|明年|{YEAR})"

NEW_KEYS = ("r1.total",)
RECEIVED_KEYS = ("r1.total", "r1+r2.total", "r3_7.total")
HANDLED_KEYS = ("r1+r2.total", "r1.total", "r3_7.total")
# 答复 may leave out what was closed without a reply; 办结 may count this year's new applications only.
CLOSED_KEYS = ("r3_7.total", "r3_7-r2.total", "r3_7-r3_6.total", "r3_7-r3_5-r3_6.total", "r3_7-r3_6_1.total")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A label that ends at a number, or follows it.

    Attributes:
        source: ``pattern`` as text; it matches the text before the number and ends there.
        keys: candidate figures, the likeliest first.
        topics: read only in a passage on one of these; empty for any.
        whole: the phrase states a total, so a part (其中 …, 网上 …) must not be taken for it.
        units: units it goes with; "" for any count.
        other_year: it speaks of the year before (-1) or after (+1): 上年结转, 结转下年度.
        bare: without its object, so nothing but known words may stand before it.
    """

    source: str
    keys: tuple[str, ...]
    topics: tuple[Topic, ...] = ()
    whole: bool = True
    units: str = "件宗起份例条项个次"
    other_year: int = 0
    bare: bool = False

    @property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when it is first needed: most texts need few, and a command starts sooner."""
        return _compiled(self.source)


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source)


def _before(core: str) -> str:
    return rf"(?:{core}){_TAIL}"


def _bare(text: str) -> str:
    """A row label of the form without number, remark in brackets, 属于 and quotation marks."""
    return re.sub(r"^\d\.|^（.）|（.*）$|[“”]|^属于", "", text)


def _label(text: str) -> str:
    """A row label as a pattern."""
    return re.escape(_bare(text)).replace("、", f"[{JOIN}、]?")


_REQUESTS = (Topic.REQUESTS,)
_CASE = "件宗起份例"


def _result_phrases() -> Iterator[Phrase]:
    groups = {key: _label(label) for key, label in GROUP_LABELS.items()}
    for row in FORMS[Edition.E2021].table3_rows:
        if row.group == "r3" and row.key != "r3_7":
            core = _label(row.label)
            guard = "(?<!部分)(?<!主动)(?<!不)" if row.key == "r3_1" else ""
            both = ("r3_1+r3_2.total",) if row.key == "r3_1" else ()
            yield Phrase(_before(guard + core), (f"{row.key}.total", *both), _REQUESTS, False, _CASE)
        elif row.group and row.key not in {"r3_7", "r3_6_3"}:
            core = _label(row.label)
            yield Phrase(_before(core), (f"{row.key}.total",), _REQUESTS, False, _CASE)
    yield Phrase(_before("部分予以公开|予以部分公开"), ("r3_2.total",), _REQUESTS, False, _CASE)
    for key, core in groups.items():
        keys = (f"{key}.total", "r3_6_3.total") if key == "r3_6" else (f"{key}.total",)
        yield Phrase(_before(rf"{core}|{core[:4]}的?其他方式处理"), keys, _REQUESTS, False, _CASE)


def _applicant_phrases() -> Iterator[Phrase]:
    rows = ("r1", "r1+r2", "r3_7", "r2", "r4")
    leaves = tuple(row.key for row in FORMS[Edition.E2021].table3_rows if row.group)
    every = (*rows, "r3_3", "r3_4", "r3_5", "r3_6", *leaves)

    def phrase(core: str, *cols: str) -> Phrase:
        keys = tuple(f"{row}.{col}" for row in every for col in cols)
        return Phrase(_before(rf"(?:{core})(?:提出|提交|申请)*+"), keys, _REQUESTS, False, _CASE)

    for column in APPLICANT_COLUMNS:
        if column.key != "other_org":
            yield phrase(re.escape(column.label), column.key)
    yield phrase(rf"{re.escape(LEGAL_PERSONS)}|法人(?:和|及|以及|与)其他组织", LEGAL)


def _document_phrases() -> Iterator[Phrase]:
    for row, noun, topic in (
        ("normative", "(?:行政)?规范性文件", Topic.NORMATIVE),
        ("rules", "(?:政府)?规章", Topic.RULES),
    ):
        for col, verb, bare in (
            ("issued", "(?:新?制发|新?制定|制定出台|制定印发)", "新?制发"),
            ("repealed", "废止", "废止"),
            ("in_force", "现行有效", "现行有效"),
        ):
            keys = (f"{row}.{col}",)
            yield Phrase(_before(rf"{verb}了?的?{noun}|{noun}(?:本年)?{verb}"), keys, units="件部项个份")
            yield Phrase(_before(bare), keys, (topic,), units="件部项个份", bare=True)


def _decision_phrases() -> Iterator[Phrase]:
    for block in FORMS[Edition.E2021].table2[1:3]:
        for row in block.rows:
            # Not 办理: a case that was handled need not have ended in a decision.
            core = rf"(?:作出|实施)(?:各类|的)*+{row.label}|{row.label}(?:处理)?决定"
            keys = (f"{row.key}.{block.columns[0].key}",)
            # Not 项 and 个: those count kinds of licences, not decisions.
            yield Phrase(_before(core), keys, units="件宗起例")
    fee = FORMS[Edition.E2021].table2[3].rows[0]
    core = rf"(?:收取|征收|收缴)?(?:的)?{fee.label}(?:收入|收费|金额|总额|资金|收取|征收)*+"
    yield Phrase(_before(core), ("fees.amount",), units="元万元亿元")


def _dispute_phrases() -> Iterator[Phrase]:
    reconsideration = (
        "reconsideration.total",
        "reconsideration.total-pending",
        "reconsideration.upheld+corrected+other+pending",
        "reconsideration.upheld+corrected+other",
    )
    suits = tuple(
        f"{rows}.{cols}"
        for cols in ("total", "total-pending", "upheld+corrected+other+pending", "upheld+corrected+other")
        for rows in ("direct_suit+suit_after", "direct_suit", "suit_after")
    )
    every = "reconsideration+direct_suit+suit_after"
    both = (f"{every}.total", f"{every}.total-pending", *reconsideration, *suits)
    case = "(?:申请|诉讼|应诉)*+"
    yield Phrase(_before(rf"行政复议(?:{JOIN}|和|及|与)(?:被?提起)?行政诉讼"), both, units=_CASE)
    sue = "(?:起诉|提起(?:行政)?诉讼)"
    yield Phrase(_before(f"未经复议直接{sue}"), suits[1::3] + suits[::3], (), False, _CASE)
    yield Phrase(_before(f"(?:经)?复议后(?:再)?{sue}"), suits[2::3] + suits[::3], (), False, _CASE)
    yield Phrase(_before(f"行政复议{case}"), reconsideration, units=_CASE)
    yield Phrase(_before(f"行政诉讼{case}"), suits, units=_CASE)
    results = {
        "upheld": "(?:结果|被|予以|决定|判决|裁定)*+维持",
        "corrected": "(?:结果|被|予以|决定|判决|裁定)*+(?:纠正|纠错)",
        "other": "其他结果",
        "pending": "尚?未审结",
    }
    for col, core in results.items():
        own = (f"reconsideration.{col}",)
        sued = tuple(f"{rows}.{col}" for rows in ("direct_suit+suit_after", "direct_suit", "suit_after"))
        yield Phrase(_before(core), own, (Topic.RECONSIDERATION,), False, _CASE)
        yield Phrase(_before(core), sued, (Topic.SUITS,), False, _CASE)


def _request_phrases() -> Iterator[Phrase]:
    new, received = r"新(?:增|收到?|受理|接收)", RECEIVED
    yield Phrase(_before(rf"{new}{_GAP}(?:{_OBJECT}|申请)"), NEW_KEYS, _REQUESTS)
    yield Phrase(_before(new), NEW_KEYS, _REQUESTS, bare=True)
    yield Phrase(_before(rf"{received}{_GAP}{_OBJECT}"), RECEIVED_KEYS)
    yield Phrase(_before(rf"{received}{_GAP}申请"), RECEIVED_KEYS, _REQUESTS)
    yield Phrase(_before(rf"{_CLOSED}{_GAP}{_OBJECT}"), CLOSED_KEYS)
    yield Phrase(_before(rf"{_HANDLED}{_GAP}{_OBJECT}"), HANDLED_KEYS)
    yield Phrase(
        _before(
            rf"{_LAST_YEAR}{_CARRIED_WORD}(?:至|到)?(?:本年度?|今年|{YEAR})?(?:的)?{_OBJECT}?|结转{_LAST_YEAR}{_OBJECT}?"
        ),
        ("r2.total",),
        _REQUESTS,
        other_year=-1,
    )
    yield Phrase(
        _before(rf"{_CARRIED_WORD}(?:至|到|入)?{_NEXT_YEAR}(?:继续|办理|答复|处理)*+{_OBJECT}?"),
        ("r4.total",),
        _REQUESTS,
        other_year=1,
    )
    yield Phrase(_before(_CLOSED), CLOSED_KEYS, _REQUESTS, bare=True)


# The order is that of preference: a phrase with its object before a bare one, a sub-row before its group.
PHRASES: tuple[Phrase, ...] = (
    *_request_phrases(),
    *_dispute_phrases(),
    *_document_phrases(),
    *_decision_phrases(),
    *_applicant_phrases(),
    *_result_phrases(),
)

# Every phrase has one of these words, so that most numbers need not be tried with each: labels by their beginning.
_LABELS = {_bare(row.label)[:2] for row in FORMS[Edition.E2021].table3_rows} | {
    _bare(label)[:2] for label in GROUP_LABELS.values()
}
_LABELS |= {column.label[:2] for column in APPLICANT_COLUMNS} | {LEGAL_PERSONS[:2]}
LABEL_WORDS = re.compile(
    "申请|公开|新|办|答复|回复|结案|转|遗留|结余|顺延|延续|复议|诉|规范性文件|规章|制发|废止|现行有效"
    "|维持|纠|其他结果|审结|行政|" + "|".join(map(re.escape, sorted(_LABELS)))
)

# What a stretch of text must name before it can state a figure, unless its passage is already on such a topic:
# every phrase read under any topic has one of these words, and so has every word that sets one of those topics.
_DECISIONS = [row.label for block in FORMS[Edition.E2021].table2[1:] for row in block.rows]
NAMING = re.compile("|".join(("申请", "复议", "诉", "规范性文件", "规章", *map(re.escape, _DECISIONS))))
PHRASE_TOPICS = frozenset(topic for phrase in PHRASES for topic in phrase.topics)


@cache
def phrases_for(unit: str, topic: Topic) -> tuple[tuple[Phrase, re.Pattern[str]], ...]:
    """The phrases that go with a unit in a passage on a topic, in order of preference."""
    return tuple(
        (phrase, phrase.pattern)
        for phrase in PHRASES
        if unit in phrase.units and (not phrase.topics or topic in phrase.topics)
    )


# A number may stand before what it counts: 收到15件政府信息公开申请, 34件上年结转, 予以公开 after 12件.
# The loops are possessive: a text of repeated fragments must not make the matcher retry every division of it.
OBJECT_AFTER = re.compile(rf"^(?:的)?{_OBJECT}(?:案件|事项|办件|件)?$")
VERB_AT_END = re.compile(rf"(?P<verb>{RECEIVED}|{_CLOSED}|{_HANDLED})(?:到|了|共|共计|合计|累计|有效)*+$")
LABEL_AFTER = re.compile(r"^(?:申请)?(?:为|系|属于|属|是|作出|均|已|被)*+(?P<label>.+)$")
VERB_KEYS = (
    (re.compile(RECEIVED), RECEIVED_KEYS),
    (re.compile(_CLOSED), CLOSED_KEYS),
    (re.compile(_HANDLED), HANDLED_KEYS),
)

_NONE = r"(?:未曾?|没有|没|无)"
_CAUSE = (
    r"(?:有|发生|出现|产生|收到|涉及|引发|引起|存在|被|提起|接到|受理|任何|因|由|与|对|关于|本机关|我[局委办县区市镇]"
    r"|政府信息公开|信息公开|依申请公开|政府信息|工作|申请|答复|的|导致|类|相关|有关|而|其他)*+"
)
NO_REQUESTS = re.compile(
    rf"{_NONE}(?:有|{RECEIVED}|发生|产生|涉及|办理|过|任何|{PERSONS}|提出|提交|的|其他|有关)*+{_OBJECT}(?:的|案件|事项|情况|办件|件|数量)*+$"
)
NO_DISPUTES = re.compile(
    rf"{_NONE}{_CAUSE}(?P<what>行政复议(?:申请|案件)?(?:{JOIN}|和|及|与|或|或者|以及)(?:被?提起)?行政诉讼|行政复议|行政诉讼)"
    r"(?:的|案件|申请|事项|情况|情形|案|等)*+$"
)
DISPUTE_KEYS = {
    "both": ("reconsideration+direct_suit+suit_after.total",),
    "行政复议": ("reconsideration.total",),
    "行政诉讼": ("direct_suit+suit_after.total",),
}

# The words that set the topic of a passage; each alternative begins with the character that it is found by.
_TOPIC_WORDS = {
    "ignored": "信访举报投诉类申请|行政查询事项|申请公开出版物|公开出版物",
    Topic.SUITS: "行政诉讼|复议后(?:再)?起诉|直接起诉|应诉|诉讼",
    Topic.RECONSIDERATION: "行政复议|复议",
    Topic.REQUESTS: "依申请公开|信息(?:依申请)?公开(?:的)?申请|申请公开(?:政府)?信息",
    Topic.NORMATIVE: "规范性文件",
    Topic.RULES: "规章(?!制度)",
    Topic.OTHER: (
        "主动公开|信息管理|平台建设|监督保障|建议|提案|留言|来信|来电|来访|诉求|网民|信访|热线|咨询|投诉|工单|信箱|问政|意见"
        "|征集|解读|发布会|培训|新媒体|检查|网站|栏目|公报|处理费"
    ),
}
_TOPIC_STARTS = "".join({word[0] for words in _TOPIC_WORDS.values() for word in words.split("|")})
TOPICS = re.compile(
    rf"(?=[{_TOPIC_STARTS}])(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _TOPIC_WORDS.items())
    + ")"
)

"""A text as sentences and clauses around its numbers: what each number's clause is about, whose, and of when.

Built on ``text_numbers``; offsets in ``Clause.text`` map back through ``Clause.offsets``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gongkai.core.annual_report.phrases import JOIN, TOPICS, Topic
from gongkai.core.annual_report.screening import Screen, is_veiled, may_find, statements, stretches
from gongkai.core.annual_report.text_numbers import (
    NUMBER,
    PART_YEAR,
    YEAR,
    Marked,
    Number,
    Squeezed,
    mark_stretch,
    squeeze,
)

_BLANK = "\ue005"  # fills a remark in brackets that states no number
_SENTENCE = re.compile(r"[^。!?\n]*[。!?\n]?")
_CLAUSE = re.compile(r"[^,、;()。!?\n]*(?P<stop>[,、;()。!?\n]?)")
_REMARK = re.compile(rf"\([^(){NUMBER}]*\)")
# Lists in a set phrase: their 、 must not part a label from its number.
_SET_LISTS = re.compile(
    r"公民、(?=法人)|行政复议、(?=(?:被)?(?:提起)?行政诉讼)|规章、(?=(?:行政)?规范性文件)"
    r"|(?:不补正|缴纳费用)、(?=行政机关)"
)
# 网络、信函等渠道 names no part of the whole.
_ALL_CHANNELS = re.compile(
    r"(?:通过|以)?[^,;。()]{0,30}等(?:多种|各种|各类|多个|不同)?(?:渠道|方式|途径|形式|平台)"
)
_PART = re.compile(
    r"其中|另有|另外|除|各部门|各有关|各单位|部门|单位|本级|办公室|各[县区镇乡街市]|乡镇|镇街|街道|区县|县区|通过|渠道"
    r"|网上|网络|线上|线下|在线|平台|网站|现场|当面|窗口|信函|邮寄|邮件|传真|来信|电话|个人|书面"
    r"|逾期|超期|延期|未|不|没|无|撤回|撤销|转办|转送|移送|增加|增长|减少|下降|上升|同比|环比|较|相比|同期"
    r"|以来|年来|年间|上一?年|去年|前年|分别|近.年|历年|往年|累计.年|平均|[年月日周人]均|每[年月日周]|单[月日周]|最[多高]|公开发布|公示|归集|上传|推送|录入|公布|减免|免征|停征|取消|降低|减轻"
)
_ORGAN = re.compile(
    r"部门|单位|本级|局|委员会|委(?!托)|厅|镇|乡|街道|县|区(?![别分])|市(?!场)|政府(?!信息|规章)|办公室|中心|大队|支队|集团|公司"
)
_OWN = re.compile(
    r"(?:我|本|全)(?:省|市|县|区|旗|镇|乡|州|盟|局|委|办|厅|院|处|所|署|行|会|校|队|街道|单位|机关|部门|园区|管委会|开发区"
    r"|系统|街|中心|公司)?(?:(?:各级|各地|各)+(?:行政机关|机关|人民政府|政府|部门|单位)*)?"
)
_LEADING_ORGAN = re.compile(
    r"^[一-鿿]{1,14}?(?:局|委|厅|镇|乡|街道|县|区(?![别分])|办公室|开发区|园区|管委会)"
)
_YEARS = re.compile(rf"{YEAR}|全年|本年|今年|年内|本年度")
# 较2022年增加, 结转至2024年, 2022年结转: the year is not that of the figures around it.
_NOT_OF_NOW = re.compile(r"(?:较|比|同|与|和|转|转至|转到|转入|顺延至|顺延到)$")
# 施行以来 counts from long ago, 今年以来 and 2023年以来 do not.
_SINCE = re.compile(rf"(?<![年初{YEAR}])以来")
_CARRIED = re.compile(r"(?:未办结)?(?:结转|转|遗留)")


_DENIAL = re.compile("(?:[未没无]|不[收向]).{0,60}(?:公开|复议|诉讼|处理费)")
_NAY = re.compile("[未没无不]")
_UNSAID = re.compile(f"[{_BLANK}“”\"‘’']")
_MARKS = re.compile(f"[{NUMBER}{YEAR}]")
_DISPUTES = (Topic.RECONSIDERATION, Topic.SUITS)
_DISCLOSURE = re.compile("信息公开|依申请")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause with what has been said before it in its sentence and passage.

    Attributes:
        text: marked text, without remarks in brackets and quotation marks.
        offsets: original offset of every character of ``text``, and of the clause's end.
        numbers: (position in ``text``, number) in order.
        years: year by position in ``text``.
        label: the text before the bracket that closes directly before this clause, or "".
        topic: of the passage where the clause begins.
        foreign: the sentence speaks of a part of the year, or of another organ.
        year: the year last named in the sentence before this clause, or None.
        before: text of the clause before in a list with 、 when that one states no number, or "".
        of_disclosure: the passage is on requests for information, or its sentences on disputes have spoken of it.
    """

    text: str
    offsets: tuple[int, ...]
    numbers: tuple[tuple[int, Number], ...]
    years: dict[int, int]
    label: str
    topic: Topic
    foreign: bool
    year: int | None
    before: str
    of_disclosure: bool

    def topic_at(self, position: int) -> Topic:
        """What the passage is about once the clause has been read so far."""
        return topic_after(self.topic, self.text[:position])

    def year_at(self, position: int) -> int | None:
        """The year named last before a position."""
        return _year_after(self.year, self.text[:position], self.years)


def topic_after(topic: Topic, text: str) -> Topic:
    """The topic once a stretch of text has been read."""
    for match in TOPICS.finditer(text):
        if match.lastgroup and match.lastgroup != "ignored":
            topic = Topic(match.lastgroup)
    return topic


def is_part(prefix: str, agency: str, *, share_allowed: bool) -> bool:
    """Whether the words before a label make it speak of a part, or of another organ than the reporting one.

    Args:
        prefix: marked text from the start of the clause to the label.
        agency: the reporting organ, whose own name is no sign of another.
        share_allowed: 其中 is in order, as before the results.
    """
    rest = without_own_name(_ALL_CHANNELS.sub("", prefix), agency)
    if share_allowed:
        rest = re.sub("其中|另有|另外", "", rest)
    return bool(_PART.search(rest) or _ORGAN.search(rest))


def without_own_name(text: str, agency: str) -> str:
    """Drop what the organ calls itself: 我局, 全市各级行政机关, its name with or without the higher place."""
    for name in _own_names(agency):
        text = text.replace(name, "")
    return _OWN.sub("", text)


@lru_cache(maxsize=256)
def _own_names(agency: str) -> list[str]:
    """样例市示例县人民政府 → itself, 示例县人民政府, 示例县 (longest first)."""
    if not agency:
        return []
    names = {agency}
    for match in re.finditer(r"[省市州盟县区旗](?=.{2,})", agency):
        names.add(agency[match.end() :])
    names |= {re.sub("人民政府$|管委会$|管理委员会$", "", name) for name in names}
    return sorted((name for name in names if len(name) > 1), key=len, reverse=True)


def passages(text: str, agency: str = "", screen: Screen | None = None) -> Iterator[Clause]:
    """The clauses of a text that state a number or deny something, in order; ``agency`` as for ``is_part``.

    With a screen, only those of the stretches that may state what it looks for; they are the same as without.
    """
    squeezed = squeeze(text)
    reading = _Reading(squeezed, agency)
    if screen is None:
        yield from reading.stretch(0, len(squeezed.text))
        return
    parts = stretches(squeezed.text)
    read = 0
    for at, counts in statements(squeezed.text, parts):
        start, end = parts[at]
        if not screen.names(squeezed.text[start:end]):
            if not (counts and screen.topics):
                continue
            reading.skip(parts[read:at])
            read = at
            if reading.topic not in screen.topics:
                continue
        reading.skip(parts[read:at])
        read = at + 1
        yield from reading.stretch(start, end)


class _Reading:
    """The state that runs through a text: topic over the whole, the rest within one sentence."""

    def __init__(self, squeezed: Squeezed, agency: str) -> None:
        self.squeezed, self.agency = squeezed, agency
        self.topic = Topic.NONE
        self.of_disclosure = False
        self.marked = Marked("", (), {}, {})

    def stretch(self, start: int, end: int) -> Iterator[Clause]:
        """Read one stretch: nothing that belongs together may run over its ends."""
        self.marked = mark_stretch(self.squeezed, start, end)
        working = _REMARK.sub(lambda match: _BLANK * len(match[0]), self.marked.text)
        working = _SET_LISTS.sub(lambda match: match[0].replace("、", JOIN), working)
        for sentence in _SENTENCE.finditer(working):
            if sentence[0]:
                yield from self.sentence(sentence[0], sentence.start())

    def skip(self, parts: list[tuple[int, int]]) -> None:
        """Take on what stretches leave behind that need not be read."""
        topic = next((left for part in reversed(parts) if (left := self._left_by(*part))), self.topic)
        if topic not in _DISPUTES:
            self.topic = topic
            return
        for part in parts:  # whose disputes these are, only reading can tell
            self._run_through(*part)

    def _left_by(self, start: int, end: int) -> Topic:
        """The topic that one stretch sets by itself, or NONE."""
        text = self.squeezed.text[start:end]
        if not is_veiled(text):
            return topic_after(Topic.NONE, text)
        if not may_find(TOPICS, text):
            return Topic.NONE
        probe = _Reading(self.squeezed, self.agency)
        probe._run_through(start, end)
        return probe.topic

    def _run_through(self, start: int, end: int) -> None:
        for _ in self.stretch(start, end):
            pass

    def sentence(self, text: str, start: int) -> Iterator[Clause]:
        if self.topic not in _DISPUTES:
            self.of_disclosure = self.topic is Topic.REQUESTS
        if NUMBER not in text and not _DENIAL.search(text):
            # Most sentences state nothing; all that they leave behind is what they were about.
            self.topic = topic_after(self.topic, text)
            self.of_disclosure |= bool(_DISCLOSURE.search(text))
            return
        year: int | None = None
        foreign = since = False
        opened: list[str] = []
        label = before = ""
        veiled = _UNSAID.search(text) is not None
        until = "截至" in text
        for match in _CLAUSE.finditer(text):
            if not match[0]:
                continue
            stop = match["stop"]
            shown = match[0].removesuffix(stop)
            places: Sequence[int] = range(start + match.start(), start + match.start() + len(shown) + 1)
            if veiled and _UNSAID.search(shown):
                shown, places = _unveiled(shown, places)
            self.of_disclosure = self.of_disclosure or _DISCLOSURE.search(shown) is not None
            numbers, years = self._marked_in(shown, places)
            since = _since(shown, since=since)
            summed = until and "累计" in shown and "截至" in text[: match.end()]
            after = foreign if opened else self._foreign(shown, foreign=foreign)
            if numbers or _NAY.search(shown):
                yield Clause(
                    text=shown,
                    offsets=tuple([self.marked.offsets[place] for place in places]),
                    numbers=numbers,
                    years=years,
                    label=label,
                    topic=self.topic,
                    foreign=foreign or after or since or summed,
                    year=year,
                    before=before,
                    of_disclosure=self.of_disclosure,
                )
            if not opened:
                foreign = after
                year = _year_after(year, shown, years)
            self.topic = topic_after(self.topic, shown)
            label = ""
            if stop == "(":
                opened.append(shown[numbers[-1][0] + 1 :] if numbers else shown)
            elif stop == ")" and opened:
                label = opened.pop()
            before = shown if stop == "、" and not numbers else ""

    def _marked_in(
        self, shown: str, places: Sequence[int]
    ) -> tuple[tuple[tuple[int, Number], ...], dict[int, int]]:
        """The numbers and the years of a clause, by position in it."""
        if NUMBER not in shown and YEAR not in shown:
            return (), {}
        marks = [(mark.start(), mark[0]) for mark in _MARKS.finditer(shown)]
        numbers = tuple([(at, self.marked.numbers[places[at]]) for at, mark in marks if mark == NUMBER])
        return numbers, {at: self.marked.years[places[at]] for at, mark in marks if mark == YEAR}

    def _foreign(self, text: str, *, foreign: bool) -> bool:
        """Whether the sentence, once this clause is read, speaks of another organ or of part of the year."""
        if not foreign and PART_YEAR not in text and not _ORGAN.search(text):
            return False
        rest = without_own_name(text, self.agency)
        if PART_YEAR in text or _LEADING_ORGAN.match(rest.lstrip(YEAR)):
            return True
        lead, number, _ = rest.partition(NUMBER)
        if number and _ORGAN.search(lead):
            return True
        return foreign and rest == text


def _unveiled(text: str, places: Sequence[int]) -> tuple[str, Sequence[int]]:
    """A clause without remarks and quotation marks, and where each of its characters stands, and its end."""
    kept = [at for at, char in enumerate(text) if not _UNSAID.match(char)]
    return "".join(text[at] for at in kept), [*(places[at] for at in kept), places[-1]]


def _since(text: str, *, since: bool) -> bool:
    """Whether a clause speaks of more than the year: from 施行以来 until a year is named."""
    if "以来" in text and _SINCE.search(text):
        return True
    return since and not _YEARS.search(text)


def _year_after(year: int | None, text: str, years: dict[int, int]) -> int | None:
    if YEAR not in text and "年" not in text:
        return year
    for match in _YEARS.finditer(text):
        if match[0] != YEAR:
            year = None
        elif match.start() in years and not (
            _NOT_OF_NOW.search(text[: match.start()]) or _CARRIED.match(text, match.end())
        ):
            year = years[match.start()]
    return year

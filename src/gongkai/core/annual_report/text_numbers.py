"""Numbers in the prose of a report: where they stand, what they say, how exactly, and of what.

The text is first *squeezed*: compatibility forms folded (full-width digits, Kangxi radicals), spaces and line
wraps dropped, with the way back to the original offsets kept. Then every number becomes one mark, so that
the phrases around it can be matched without caring how it was written.

Offsets are code points of the original text, half-open.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from unicodedata import is_normalized, normalize

NUMBER = "\ue000"  # a number whose unit is known, one mark in ``Marked.text``
YEAR = "\ue001"  # a year: 2023年, 2023年度
OPAQUE = "\ue002"  # digits that state no count: percentages, dates, document numbers, quoted slogans
PART_YEAR = "\ue003"  # a month or quarter other than the whole year
_UNIT = r"件次|人次|件套|件|宗|起|份|例|条|项|个|次|笔|部|万元|亿元|元"
_PLACES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_HAN_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
_HAN_DIGITS |= {"六": 6, "七": 7, "八": 8, "九": 9}
# Look-alikes from CJK Radicals Supplement, which compatibility folding leaves alone.
_RADICALS = dict(zip("⻔⺠⻅⻓⻚⻬⻛⻋", "门民见长页齐风车", strict=True))
# The compatibility forms of everyday print, for ``_fold``; "…" folds to three characters and so stays.
_EVERYDAY = tuple(zip("，；：（）！？％　～", ",;:()!?% ~", strict=True))
_GAP = re.compile(r"[\s\u200b\ufeff]+")


class _Folding(dict[str, str]):
    """Compatibility forms that fold to one character; all others stay as they are."""

    def __missing__(self, raw: str) -> str:
        folded = _RADICALS.get(raw) or normalize("NFKC", raw)
        self[raw] = folded if len(folded) == 1 else raw
        return self[raw]


_FOLDING = _Folding()
_TOKEN = re.compile(
    rf"""
    (?=[\d零〇一二两三四五六七八九十百千上下年])  # most characters begin no token: this says so at once
    (?:
      (?P<whole_year>1月1日[起始]?[至到~—-]+(?:(?:19|20)\d\d年)?12月31日[止]?|(?<!\d)1[至到~—-]+12月份?)
    | (?P<year>(?<![\d.])(?:19|20)\d\d年度?)
    | (?P<year_end>12月(?:31日|底)?|年底|年末)
    | (?P<part_year>(?:\d{{1,2}}[—~至-])?\d{{1,2}}月(?:\d{{1,2}}日)?|[一二三四]季度|[上下]半年)
    | (?P<number>
        (?P<digits>\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)
        (?P<more>[余多])?(?P<place>[百千万亿](?!元))?(?P<more2>[余多])?
        (?:(?P<unit>{_UNIT})(?P<above>以上|左右)?)?(?P<percent>[%‰]|个?百分点)?
      )
    | (?P<han>(?<![第每任哪某几数逐零〇一二两三四五六七八九十百千])[零〇一二两三四五六七八九十百千]+
        (?P<han_more>[余多])?(?P<han_unit>件|宗|起)(?![次套事])(?!申请|诉求|事))
    )
    """,
    re.VERBOSE,
)
_BEFORE = re.compile(r"(?P<about>大?约|左右)$|(?P<under>将?近|不到|不足)$|(?P<over>超过?|逾|突破)$")
_SLOGAN = re.compile(r"[“\"][^“”\"]{0,40}[”\"]")


@dataclass(frozen=True, slots=True)
class Number:
    """One number: its span without the unit, its value, and the range of exact values it allows.

    Attributes:
        unit: 件, 元, 万元 … as written; amounts are given in 元.
        approximate: the text itself says so (余, 近, 约 …) or counts in 万.
    """

    start: int
    end: int
    value: Decimal
    low: Decimal
    high: Decimal
    unit: str
    approximate: bool


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A text folded and without spaces: ``places`` has the original offset of every character left."""

    original: str
    text: str
    places: Sequence[int]


@dataclass(frozen=True, slots=True)
class Marked:
    """A squeezed text, or a stretch of it, with marks for numbers.

    Attributes:
        offsets: for every character of ``text``, and one past its end, the original offset.
        numbers: by position in ``text``.
        years: by position in ``text``.
    """

    text: str
    offsets: Sequence[int]
    numbers: dict[int, Number]
    years: dict[int, int]


def mark_numbers(text: str) -> Marked:
    """Squeeze a text and put one mark in the place of each number."""
    squeezed = squeeze(text)
    return mark_stretch(squeezed, 0, len(squeezed.text))


def mark_stretch(squeezed: Squeezed, start: int, end: int) -> Marked:
    """The same for one stretch of a squeezed text; nothing that is marked as one may run over its ends."""
    text, places = squeezed.text, squeezed.places
    slogans = [match.span() for match in _SLOGAN.finditer(text, start, end)]
    out: list[str] = []
    offsets: list[int] = []
    numbers: dict[int, Number] = {}
    years: dict[int, int] = {}
    at = start
    for match in _TOKEN.finditer(text, start, end):
        begin = match.start()
        out.append(text[at:begin])
        offsets.extend(places[at:begin])
        at = match.end()
        mark, number = _mark_of(match, squeezed)
        if mark == NUMBER and _is_inside(slogans, begin):
            mark = OPAQUE
        if mark == YEAR:
            years[len(offsets)] = int(match["year"][:4])
        out.append(mark)
        if mark == NUMBER and number is not None:
            numbers[len(offsets)] = number
            unit = bisect_right(places, number.end - 1)
            out.append(text[unit:at])
            offsets.append(places[begin])
            offsets.extend(places[unit:at])
        else:
            offsets.append(places[begin])
    out.append(text[at:end])
    offsets.extend(places[at:end])
    offsets.append(places[end] if end < len(places) else len(squeezed.original))
    return Marked("".join(out), offsets, numbers, years)


def _is_inside(spans: list[tuple[int, int]], place: int) -> bool:
    """Whether a place lies in one of some spans, given in order."""
    at = bisect_right(spans, place, key=lambda span: span[0]) - 1
    return at >= 0 and place < spans[at][1]


def _fold(text: str) -> str:
    """Compatibility forms to the character they stand for, one for one.

    The everyday full-width marks are replaced first: what is left seldom holds another such form, and then the slow
    way over every character is spared.
    """
    for wide, narrow in _EVERYDAY:
        text = text.replace(wide, narrow)
    if is_normalized("NFKC", text.replace("…", "")) and not any(map(text.__contains__, _RADICALS)):
        return text
    for char in set(text):
        folded = _FOLDING[char]
        if folded != char:
            text = text.replace(char, folded)
    return text


def squeeze(text: str) -> Squeezed:
    """Fold and drop spaces; a newline stays only where a sentence has ended, digits never run together."""
    folded = _fold(text)
    kept: list[str] = []
    places: list[int] = []
    at = 0
    for gap in _GAP.finditer(folded):
        start, end = gap.span()
        kept.append(folded[at:start])
        places.extend(range(at, start))
        before, after = folded[start - 1 : start], folded[end : end + 1]
        sign = ""
        if "\n" in gap[0] and before and before in "。!?;:)":
            sign = "\n"
        elif before.isdigit() and after.isdigit():
            sign = " "
        if sign:
            kept.append(sign)
            places.append(start)
        at = end
    kept.append(folded[at:])
    places.extend(range(at, len(folded)))
    return Squeezed(text, "".join(kept), places)


def _mark_of(match: re.Match[str], stretch: Squeezed) -> tuple[str, Number | None]:
    squeezed, places = stretch.text, stretch.places
    if match["year"]:
        return YEAR, None
    if match["part_year"]:
        return PART_YEAR, None
    if match["han"]:
        return NUMBER, _han_number(match, places)
    if not match["number"] or match["percent"] or not match["unit"] or match["unit"] in {"人次", "件套"}:
        return OPAQUE, None
    if (
        re.search(r"\d[ .]?$|第$", squeezed[max(0, match.start() - 2) : match.start()])
        or squeezed[match.end() : match.end() + 1] == " "
    ):
        return OPAQUE, None  # digits apart may be one broken number or two: not for us to say
    comma = squeezed.find(",", *match.span("digits"))
    if comma >= 0 and stretch.original[places[comma]] != ",":
        return OPAQUE, None  # a full-width comma more often parts two numbers than groups one
    return NUMBER, _number(match, squeezed, places)


def _number(match: re.Match[str], squeezed: str, places: Sequence[int]) -> Number:
    digits = match["digits"].replace(",", "")
    scale = Decimal(_PLACES[match["place"] or ""])
    unit = match["unit"] or ""
    if unit in {"万元", "亿元"}:
        scale *= _PLACES[unit[0]]
    value = Decimal(digits) * scale
    decimals = len(digits.partition(".")[2])
    step = scale / 10**decimals
    unit_at, hedge = match.start("unit"), _hedge(match, squeezed)
    return Number(
        places[match.start()],
        places[unit_at - 1] + 1,
        value,
        *_range(value, step, hedge, rounded=scale > 1),
        unit,
        bool(hedge or match["place"]),
    )


def _hedge(match: re.Match[str], squeezed: str) -> str:
    before = _BEFORE.search(squeezed, max(0, match.start() - 3), match.start())
    if match["more"] or match["more2"] or match["above"] == "以上":
        return "over"
    if match["above"] == "左右":
        return "about"
    return (before.lastgroup or "") if before else ""


def _range(value: Decimal, step: Decimal, hedge: str, *, rounded: bool) -> tuple[Decimal, Decimal]:
    """The exact values that a printed number allows: 100余 is 100 to 199, 近100 is 80 to 100."""
    if not hedge:
        return (value - step, value + step) if rounded else (value, value)
    digits = f"{value / step:f}".rstrip("0").rstrip(".") if value else "0"
    last_place = step * 10 ** max(0, len(f"{value / step:.0f}") - len(digits))
    room = max(last_place, Decimal(10) if step == 1 else step)
    if hedge == "over":
        return value, value + room - (1 if step == 1 else 0)
    if hedge == "under":
        return value * Decimal("0.8"), value
    return value * Decimal("0.9") - step, value * Decimal("1.1") + step


def _han_number(match: re.Match[str], places: Sequence[int]) -> Number:
    digits = match["han"][: match.start("han_unit") - match.start()].rstrip("余多")
    value = Decimal(han_value(digits))
    hedge = "over" if match["han_more"] else ""
    low, high = _range(value, Decimal(1), hedge, rounded=False)
    end = places[match.start("han_unit") - 1] + 1
    return Number(places[match.start()], end, value, low, high, match["han_unit"], bool(hedge))


def han_value(text: str) -> int:
    """A number in Chinese numerals below 万: 三 is 3, 一百零二 is 102, 二〇 is 20.

    >>> han_value("一百二十三"), han_value("十二"), han_value("两千")
    (123, 12, 2000)
    """
    if not any(char in _PLACES for char in text):
        return int("".join(str(_HAN_DIGITS[char]) for char in text))
    total = digit = 0
    for char in text:
        if char in _PLACES:
            total += (digit or 1) * _PLACES[char]
            digit = 0
        else:
            digit = _HAN_DIGITS[char]
    return total + digit

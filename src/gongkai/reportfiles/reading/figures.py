"""What stands in a figure's place: a figure, nothing, a dash, or something that is no figure.

Nothing is repaired: a letter O is not taken for a zero, a broken number not for its halves put together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from gongkai.core.annual_report import Kind, Value


class Status(StrEnum):
    """What a cell holds."""

    FIGURE = "figure"
    BLANK = "blank"
    DASH = "dash"  # a mark that says neither how many nor none
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell's text, judged: its value, or why it has none (``reason`` is Chinese, for invalid cells)."""

    status: Status
    value: Value = None
    reason: str = ""


BLANK = Figure(Status.BLANK)
_DASH_CHARACTERS = "-‐‑‒–—―−－─━_＿~～/／\\＼"
_DASH = re.compile(rf"[{re.escape(_DASH_CHARACTERS)}\s]+")
DASH_WORDS = frozenset({"无", "N/A", "n/a", "NA", "不适用", "/无", "无此项"})
_UNITS = {
    Kind.COUNT: "件条项宗个份次",
    Kind.SIGNED: "件条项宗个份次",
    Kind.AMOUNT_WAN: "",
}
_UNIT_IN_WAN = {"亿元": Decimal(10_000), "万元": Decimal(1), "元": Decimal("0.0001"), "": Decimal(1)}
_AMOUNT_UNIT = re.compile(r"\s*(亿元|万元|元)?$")
# How a change against last year is written in words or arrows.
_CHANGE = re.compile(r"(增加?|新增|净增|减少?|净减|[↑↓])\s*(?=\d)|(?<=\d)\s*([↑↓])$")
_DOWN = frozenset("减↓")
_NUMBER = re.compile(r"([-−－–+＋]?)(\d{1,3}(?:[,，]\d{3})+|\d+)((?:[.．]\d+)?)")
_SPACED_GROUPS = re.compile(r"[1-9]\d{0,2}(?: \d{3})+(?:\.\d+)?")
_LOOKALIKE = str.maketrans({"O": "0", "o": "0", "〇": "0", "○": "0", "l": "1", "I": "1", "丨": "1"})
_CHINESE_NUMERALS = re.compile(r"[零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾]+")
MAX_DIGITS = 15
_MAX_FRACTION = 13  # the point and twelve digits: with a unit the amount is exact in decimal's 28 digits


@lru_cache(maxsize=16384)
def parse_figure(text: str, kind: Kind) -> Figure:
    """Judge the text of one cell.

    Args:
        text: cleaned text (``characters.clean``).
        kind: what the form allows there.
    """
    text = text.strip()
    if not text:
        return BLANK
    if _DASH.fullmatch(text) or text in DASH_WORDS:
        return Figure(Status.DASH)
    number, unit = _without_unit(text, kind)
    match = _NUMBER.fullmatch(number)
    if not match:
        return Figure(Status.INVALID, reason=_why_no_number(text))
    sign, whole, fraction = match.groups()
    whole = whole.replace(",", "").replace("，", "")
    if len(whole) > 1 and whole.startswith("0"):
        return Figure(Status.INVALID, reason="数字以 0 开头，可能是几个数连在一起，请核对原件。")
    if len(whole) > MAX_DIGITS or len(fraction) > _MAX_FRACTION:
        return Figure(Status.INVALID, reason="数字过长，请核对原件。")
    return _checked(sign, Decimal(whole + fraction.replace("．", ".")) * unit, kind)


def _checked(sign: str, number: Decimal, kind: Kind) -> Figure:
    if sign in {"-", "−", "－", "–"}:
        number = -number
    if kind is Kind.SIGNED:
        return _whole_number(number)
    if sign in {"+", "＋"}:
        return Figure(Status.INVALID, reason="数字前不应有加号。")
    if sign:
        return Figure(Status.INVALID, reason="不得为负数。")
    if kind is Kind.AMOUNT_WAN:
        return Figure(Status.FIGURE, number)
    return _whole_number(number)


def _whole_number(number: Decimal) -> Figure:
    if number != number.to_integral_value():
        return Figure(Status.INVALID, reason="应为整数。")
    return Figure(Status.FIGURE, int(number))


def _without_unit(text: str, kind: Kind) -> tuple[str, Decimal]:
    """The number before a unit, and what one of that unit is in the form's: 5件, 12.5万元, 251000元."""
    if kind is Kind.AMOUNT_WAN:
        match = _AMOUNT_UNIT.search(text)
        unit = match[1] or "" if match else ""
        return text[: len(text) - len(unit)].rstrip(), _UNIT_IN_WAN[unit]
    if kind is Kind.SIGNED:
        text = _with_sign(text)
    units = _UNITS[kind]
    return (text[:-1].rstrip() if len(text) > 1 and text[-1] in units else text), Decimal(1)


def _with_sign(text: str) -> str:
    """增加2 and 2↑ as +2, 减4 and ↓4 as -4."""
    match = _CHANGE.search(text)
    if match is None or (match.start() and match[2] is None):
        return text
    mark = match[1] or match[2]
    rest = text[: match.start()] + text[match.end() :]
    return ("-" if set(mark) & _DOWN else "+") + rest


def _why_no_number(text: str) -> str:
    if text.translate(_LOOKALIKE) != text and _NUMBER.fullmatch(text.translate(_LOOKALIKE)):
        return "含有形似数字的字母或符号（如字母 O），请核对后改为数字。"
    if _SPACED_GROUPS.fullmatch(text) or re.fullmatch(r"[\d.,]+\s+[\d.,\s]+", text):
        return "数字中间有空格或换行，分不清是一个数还是几个数，请核对原件。"
    if _CHINESE_NUMERALS.fullmatch(text):
        return "应填写阿拉伯数字。"
    return "不是数字。"


_HAS_CHINESE = re.compile(r"[\u3400-\u9fff]")
_WITH_CHINESE = re.compile(
    r"(?:增加?|新增|净增|减少?|净减)?[-+－＋−]?\d[\d,，.]*(?:件|条|项|宗|个|份|次|亿元|万元|元)?"
)
_NUMBERING = re.compile(r"[(（]?\d{1,2}[)）]?[.．、,，)）]")
_PUNCTUATION_ONLY = re.compile(r"[、。：；，,:;（）()《》“”\"'‘’【】\[\]!！·•…>=#^`]+")


@lru_cache(maxsize=16384)
def looks_like_figure(token: str) -> bool:
    """Whether a word of a text line may stand in a figure's place: a number, a dash, or a botched one."""
    if len(token) > 24 or _PUNCTUATION_ONLY.fullmatch(token):
        return False
    if _HAS_CHINESE.search(token):
        return _WITH_CHINESE.fullmatch(token) is not None
    return not _NUMBERING.fullmatch(token)

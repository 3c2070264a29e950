"""The official paper of a party or government organ: measures, and the levels of its text.

Source: GB/T 9704-2012, 5 (page), 7.2 (head), 7.3 (body), 7.4 (end block), 7.5 (page number); ``portal-rules`` §7. Lengths
in millimetres, type sizes in points. Limitations: one organ issues; the seal is put on paper.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

# Page (5.1, 5.2)
PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 210, 297
TOP_MARGIN_MM, LEFT_MARGIN_MM = 37, 28
TYPE_AREA_WIDTH_MM, TYPE_AREA_HEIGHT_MM = 156, 225
LINES_PER_PAGE, CHARACTERS_PER_LINE = 22, 28
SIZE_2_PT, SIZE_3_PT, SIZE_4_PT = 22, 16, 14
# Head (7.2)
MARK_BELOW_TYPE_AREA_TOP_MM = 35
NUMBER_LINES_BELOW_MARK = 2
RED_LINE_BELOW_NUMBER_MM = 4
TITLE_LINES_BELOW_RED_LINE = 2
# Body (7.3)
INDENT_CHARACTERS = 2
NAME_RIGHT_INDENT_CHARACTERS = 4  # a sealed paper: the date ends four characters from the right edge
# End (7.4, 7.5)
THICK_LINE_MM, THIN_LINE_MM = 0.35, 0.25
PAGE_NUMBER_BELOW_TYPE_AREA_MM = 7

PUBLIC_NOTE = "（此件公开发布）"


class Level(IntEnum):
    """Levels of the body, 7.3.3: 一、 in 黑体, （一） in 楷体, 1. and （1） in 仿宋."""

    TEXT = 0
    FIRST = 1
    SECOND = 2
    THIRD = 3
    FOURTH = 4


_NUMERALS = "[一二三四五六七八九十百]+"
_LEVELS = (
    (Level.FIRST, re.compile(rf"{_NUMERALS}、")),
    (Level.SECOND, re.compile(rf"（{_NUMERALS}）")),
    (Level.THIRD, re.compile(r"\d{1,2}[.．](?!\d)")),
    (Level.FOURTH, re.compile(r"（\d{1,2}）")),
)


def level_of(line: str) -> Level:
    """The level that a paragraph's number gives it.

    >>> level_of("（一）支持对象"), level_of("1.5亿元用于奖补。")
    (<Level.SECOND: 2>, <Level.TEXT: 0>)
    """
    return next((level for level, form in _LEVELS if form.match(line)), Level.TEXT)


def heading_and_rest(line: str) -> tuple[Level, str, str]:
    """The part of a paragraph that stands in the face of its level, and what follows in 仿宋.

    A heading ends with the first full stop; a paragraph without one is a heading as a whole.

    >>> heading_and_rest("（一）对象。在园区注册的企业。")
    (<Level.SECOND: 2>, '（一）对象。', '在园区注册的企业。')
    """
    level = level_of(line)
    if level not in (Level.FIRST, Level.SECOND):
        return level, "", line
    end = line.find("。")
    return (level, line, "") if end < 0 else (level, line[: end + 1], line[end + 1 :])


def numeral_date(day: date) -> str:
    """7.3.5.4: no leading zeros.

    >>> numeral_date(date(2012, 7, 1))
    '2012年7月1日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass(frozen=True, slots=True)
class PaperText:
    """What stands on the paper.

    Attributes:
        mark: 发文机关标志, usually the organ's name with 文件.
        unified_number: of a normative document, above the title; "" without one.
        paragraphs: one each, without indent.
        printed_by, printed_on: of the end block; None leaves the block out.
    """

    mark: str
    number: str
    title: str
    recipients: str
    paragraphs: tuple[str, ...]
    organ: str
    dated: date
    unified_number: str = ""
    attachments: tuple[str, ...] = ()
    note: str = PUBLIC_NOTE
    printed_by: str = ""
    printed_on: date | None = None

    @property
    def everything(self) -> str:
        """All its characters, for the check of glyphs."""
        parts = (self.mark, self.number, self.title, self.recipients, *self.paragraphs, self.organ, self.note)
        return "".join((*parts, self.unified_number, *self.attachments, self.printed_by))


def title_lines(title: str, characters: int = 20) -> tuple[str, ...]:
    """A long title in lines of falling length (倒梯形), broken after 关于, 的 or a comma-like place where one is near.

    >>> title_lines("关于印发园区奖补资金管理办法的通知")
    ('关于印发园区奖补资金管理办法的通知',)
    """
    if len(title) <= characters:
        return (title,)
    count = -(-len(title) // characters)
    lines, rest = [], title
    for left in range(count, 1, -1):
        target = min(characters, -(-len(rest) // left) + left - 1)
        at = _break_near(rest, target, characters)
        lines.append(rest[:at])
        rest = rest[at:]
    return (*lines, rest)


def _break_near(text: str, target: int, most: int) -> int:
    """A place to break at or near the target, never inside 《》 when that can be avoided."""
    for shift in (0, -1, 1, -2, 2, -3, 3):
        at = target + shift
        if 0 < at <= min(most, len(text) - 1) and (
            text[at - 1] in "于的《》和、（）" or text[at] in "《的（"
        ):
            return at - 1 if text[at - 1] == "《" else at
    return min(target, most, len(text) - 1)

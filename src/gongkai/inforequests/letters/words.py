"""What both forms of a letter share: dates in words, title lines, the check for characters that cannot be drawn."""

from __future__ import annotations

from datetime import date

from gongkai.core.disclosure.letters import LetterText
from gongkai.reportfiles import fonts
from gongkai.reportfiles.writing.errors import MissingGlyph

TITLE_CHARACTERS = 20  # a line of size 2 in 156 mm


def in_words(day: date) -> str:
    """As GB/T 9704-2012, 7.3.5.4 writes it: no leading zeros.

    >>> in_words(date(2026, 3, 2))
    '2026年3月2日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def title_lines(title: str) -> list[str]:
    """A long title in lines of about the same length."""
    count = -(-len(title) // TITLE_CHARACTERS)
    length = -(-len(title) // count)
    return [title[start : start + length] for start in range(0, len(title), length)]


def require_glyphs(text: LetterText) -> None:
    """Raise MissingGlyph for what no vendored font can draw: a name with a hole in it is no letter."""
    places = [("标题", text.title), ("收件人", text.recipient), ("机关名称", text.organ)]
    places += [(f"正文第 {n} 段", part) for n, part in enumerate(text.paragraphs, start=1)]
    places += [(f"“{label}”", value) for label, value in text.rows]
    places += [(f"附件 {n}", name) for n, name in enumerate(text.attachments, start=1)]
    for where, content in places:
        if characters := fonts.missing(content):
            raise MissingGlyph(characters, where)

"""A text made ready for the rules: folded characters, and lines of a fixed width joined to paragraphs again.

A text taken from a page layout ends its lines where the page ends, inside words. Such lines are joined, so that the
rules see sentences; places found are carried back to the text as it was given. In any other text a line is a
paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

_RADICALS = re.compile("[\u2e80-\u2fdf\ud800-\udfff]")
# Radicals that layouts print in place of the characters they look like; the Kangxi block folds by rule.
_SUPPLEMENT = dict(
    zip(
        "⺀⺁⺄⺆⺈⺊⺌⺍⺎⺗⺘⺙⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺭⺮⺯⺰⺱⺳⺶⺷⺸⺻⺼⺽⺾⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻮⻯⻰⻳",
        "乙厂乙冂刀卜小小尢心手攴月歹母民水水火爪爪丬牛犬王疋目示竹糸纟罒网羊羊羊聿肉臼艹艹虎衣覀西见角角讠贝足车辶辶辶邑钅長長长门阜雨青韦页风飞食食饣马骨鬼鱼鸟卤麦黄黾斉齐齿竜龙龟",
        strict=False,
    )
)
_SENTENCE_ENDS = "。！？；：…”）"
_STARTS_PARAGRAPH = re.compile(
    r"[ \u3000]*(?:[一二三四五六七八九十百]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?!\d)"
    r"|[（(]\d{1,2}[）)]|第[一二三四五六七八九十百]{1,4}[章节条]|附件)"
)
_PAGE_NUMBER = re.compile(r"\s*[-—–]?\s*\d{1,4}\s*[-—–]?\s*")
_LEAST_WIDTH = 18
_LONGEST_ROW = 2_000


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the joined text: half-open offsets, without its line break."""

    start: int
    end: int
    text: str
    row: int  # counting from 0, blank lines too
    is_row: bool  # a row of a table: cells, not sentences


@dataclass(slots=True)
class Paper:
    """The joined text with what every rule may need."""

    text: str
    lines: tuple[Line, ...]
    on: date
    title: str
    is_wrapped: bool  # lines end where a page ends: where paragraphs end is not known for sure
    is_markdown: bool = False
    _cuts: list[int] = field(default_factory=list)
    _shifts: list[int] = field(default_factory=list)
    characters: frozenset[str] = frozenset()  # every character of the text as given, once
    memory: dict[str, object] = field(default_factory=dict)  # what one rule worked out and another asks again

    def to_given(self, offset: int) -> int:
        """Where a place of the joined text stands in the text as it was given."""
        at = bisect_right(self._cuts, offset) - 1
        return offset if at < 0 else offset + self._shifts[at]


def fold(text: str) -> tuple[str, frozenset[str]]:
    """The same text, character for character, with radicals as characters and lone surrogates replaced.

    With it every character of the folded text, once: telling them takes a tenth of a whole check, so it is done once.
    """
    characters = frozenset(text)
    if not any(map(_RADICALS.match, characters)):
        return text, characters
    folded = _RADICALS.sub(_folded, text)
    return folded, frozenset(folded)


def _folded(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    if 0xD800 <= code < 0xE000:
        return "\ufffd"
    if code >= 0x2F00:
        return _KANGXI.get(code, character)
    return _SUPPLEMENT.get(character, character)


def _kangxi() -> dict[int, str]:
    import unicodedata

    return {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}


_KANGXI = _kangxi()


def prepare(text: str, *, on: date, title: str = "", markdown: bool = False) -> Paper:
    """Make a text ready."""
    given, characters = fold(text)
    cuts: list[int] = []
    shifts: list[int] = []
    is_layout, wrapped_at = (False, None) if markdown else _layout(given)
    if wrapped_at is None:
        joined = given
    else:
        joined, cuts, shifts = _join(given, wrapped_at)
    lines = tuple(_lines(joined))
    return Paper(joined, lines, on, title, is_layout, markdown, cuts, shifts, characters)


def _width(line: str) -> float:
    return sum(0.5 if character < "\u0370" else 1 for character in line.strip())


def _layout(text: str) -> tuple[bool, float | None]:
    """Do lines end where a page ends? And the width they are filled up to, in wide characters, when it is clear."""
    sample = [line for line in text[:200_000].split("\n") if len(line.strip()) >= _LEAST_WIDTH]
    if len(sample) < 6:
        return False, None
    open_ended = [line for line in sample if line.rstrip()[-1] not in _SENTENCE_ENDS and "\t" not in line]
    if len(open_ended) * 2 < len(sample):
        return False, None
    widths = Counter(round(_width(line)) for line in open_ended)
    width, _ = max(widths.items(), key=lambda item: sum(widths[item[0] + d] for d in (-2, -1, 0)))
    near = sum(widths[width + d] for d in (-2, -1, 0, 1))
    return True, (width if near * 2 >= len(open_ended) and width <= 60 else None)


def _join(text: str, width: float) -> tuple[str, list[int], list[int]]:
    """Join lines that are filled up; the cuts are offsets in the joined text, the shifts what was left out so far."""
    parts: list[str] = []
    cuts: list[int] = []
    shifts: list[int] = []
    length = left_out = 0
    lines = text.split("\n")
    for at, line in enumerate(lines):
        parts.append(line)
        length += len(line)
        if at + 1 == len(lines):
            break
        following = lines[at + 1]
        if _runs_on(line, following, width):
            left_out += 1
            indent = len(following) - len(following.lstrip(" \u3000"))
            left_out += indent
            lines[at + 1] = following[indent:]
            cuts.append(length)
            shifts.append(left_out)
        else:
            parts.append("\n")
            length += 1
    return "".join(parts), cuts, shifts


def _runs_on(line: str, following: str, width: float) -> bool:
    stripped = line.rstrip()
    if not stripped or not following.strip() or "\t" in line or _is_row(stripped) or _is_row(following):
        return False
    if _width(stripped) < width - 3.5 or _STARTS_PARAGRAPH.match(following):
        return False
    if _PAGE_NUMBER.fullmatch(following) or _PAGE_NUMBER.fullmatch(stripped):
        return False
    return not (stripped[-1] in "。！？" and following[:1] in " \u3000")


_NUMBER = re.compile(r"(?<![^\s])[\d.,%-]+(?![^\s])")


def _is_row(line: str) -> bool:
    if "\t" in line or "|" in line:
        return True
    return " " in line and len(line) < _LONGEST_ROW and len(_NUMBER.findall(line)) >= 3


def _lines(text: str) -> list[Line]:
    found = []
    start = 0
    for number, line in enumerate(text.split("\n")):
        end = start + len(line)
        if line and not line.isspace():
            found.append(Line(start, end, line, number, _is_row(line)))
        start = end + 1
    return found

"""What was left behind: words said twice, paragraphs said twice, odd characters (LE-04, LE-20, LE-25)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from gongkai.core.proofreading.findings import Hit, Severity
from gongkai.core.proofreading.paper import Paper
from gongkai.core.proofreading.tables import table

_CHINESE = re.compile("[一-龥]+")
_LONGEST = 8
_CHUNK = 50_000
_DE = re.compile("的的(?![确士])")
_BEFORE_DE = frozenset("目标鹄准中众打端")
_ODD = re.compile("[０-９Ａ-Ｚａ-ｚ\u200b-\u200f\ufeff\u00ad\u2060\uf900-\ufaff]+")
_LEAST_PARAGRAPH = 30
_NEAR = 2  # paragraphs: the same again at once is a slip; farther away forms and laws repeat themselves
_LONG = 100
_NUMERAL = frozenset("一二三四五六七八九十百千万零〇两几")


def find(paper: Paper) -> Iterator[Hit]:
    """Repeated and odd text."""
    yield from _doubled(paper)
    yield from _the_same_paragraph(paper)
    if any(_ODD.match(character) for character in paper.characters):
        odd = [match.span() for match in _ODD.finditer(paper.text)]
        says = f"全角字母、数字或不显示的字符，全文共 {len(odd)} 处"
        yield Hit("LE-25", *odd[0], "改为通用的字符", Severity.HINT, says, "ours")


def _doubled(paper: Paper) -> Iterator[Hit]:
    text = paper.text
    at = text.find("的的")
    while at >= 0:
        match = _DE.match(text, at)
        if match and text[at - 1 : at] not in _BEFORE_DE:
            yield Hit("LE-04", at, at + 2, "的", Severity.ERROR, "“的”字重复", "L1", "的")
        at = text.find("的的", at + 2)
    plain = _plain_doubles()
    for start, length in _repeats(text):
        word = text[start : start + length]
        sure = word in plain
        if not sure and (not _CHINESE.fullmatch(word) or set(word) & _NUMERAL or len(set(word)) == 1):
            continue
        sure = sure or length >= 4
        if sure or length == 3:
            yield Hit(
                "LE-04",
                start,
                start + 2 * length,
                word,
                Severity.ERROR if sure else Severity.HINT,
                f"“{word}”重复",
                "L1",
                word if sure else None,
            )


def _repeats(text: str) -> Iterator[tuple[int, int]]:
    """Start and length of every stretch that stands twice in a row, of 2 to 8 characters.

    The text is compared with itself moved by the length, as one large number: where both are equal the difference
    is a run of zeros. Two bytes a character where all are of the basic plane, four where some are not.
    """
    for low in range(0, len(text), _CHUNK):
        part = text[low : low + _CHUNK + 2 * _LONGEST]
        data = part.encode("utf-16-le", "replace")
        wide = 2
        if len(data) != 2 * len(part):
            data, wide = part.encode("utf-32-le", "replace"), 4
        number = int.from_bytes(data, "little")
        for length in range(2, _LONGEST + 1):
            size = len(data) - wide * length
            if size < wide * length:
                break
            moved = number >> 8 * wide * length ^ number
            differences = moved.to_bytes(len(data), "little")
            zeros = bytes(wide * length)
            at = differences.find(zeros, 0, size)
            while at >= 0:
                start = -(-at // wide)
                if differences[wide * start : wide * (start + length)] == zeros and start < _CHUNK:
                    yield low + start, length
                    at = differences.find(zeros, wide * (start + length), size)
                else:
                    at = differences.find(zeros, at + 1, size)


@cache
def _plain_doubles() -> frozenset[str]:
    """Words that are never doubled, whatever stands before or after."""
    return frozenset(row["word"] for row in table("never_doubled"))


def _the_same_paragraph(paper: Paper) -> Iterator[Hit]:
    seen: dict[int, int] = {}
    for number, line in enumerate(paper.lines, 1):
        if line.is_row or len(line.text) < _LEAST_PARAGRAPH:
            continue
        text = "".join(line.text.split())
        if len(text) < _LEAST_PARAGRAPH or "。" not in text:
            continue
        key = hash(text)
        if key in seen:
            sure = number - seen[key] <= _NEAR or len(text) >= _LONG
            yield Hit(
                "LE-20",
                line.start,
                line.end,
                "删去重复的一段",
                Severity.ERROR if sure else Severity.HINT,
                f"与第 {seen[key]} 段完全相同",
                "ours",
            )
        else:
            seen[key] = number

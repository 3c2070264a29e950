"""Sentences said almost twice in a row (LE-21), and traditional characters in a simplified text (LE-24).

Source: proofreading rules, section 8. Both are hints.
Limitations: two sentences are compared when they begin or end alike; which characters are traditional is told from two
national character sets: those of Big5's frequent level that GB 2312 lacks, so rare simplified variants count too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from gongkai.core.proofreading.findings import Hit, Severity
from gongkai.core.proofreading.paper import Paper

GRAM = 5
ALIKE = 0.8  # Jaccard index of the grams
_SHORTEST = 16
_SAME_END = 4
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_DIGITS = re.compile(r"[0-9０-９一二三四五六七八九十百千万第年月日％%.．]+")
_BIG5_FREQUENT = range(0xA440, 0xC67F)


def find(paper: Paper) -> Iterator[Hit]:
    """Everything of this family."""
    yield from _near_twice(paper)
    yield from _traditional(paper)


def _near_twice(paper: Paper) -> Iterator[Hit]:
    before = ""
    for match in _SENTENCE.finditer(paper.text):
        sentence = match[0]
        size = len(sentence)
        if size < _SHORTEST:
            before = ""
            continue
        if (
            before
            and 4 * size <= 5 * len(before) <= 7 * size
            and (
                sentence[:_SAME_END] == before[:_SAME_END]
                or sentence[-_SAME_END - 1 :] == before[-_SAME_END - 1 :]
            )
            and _is_alike(before, sentence)
        ):
            says = "与前一句几乎相同"
            yield Hit("LE-21", *match.span(), "删去或者合并", Severity.HINT, says, "ours")
        before = sentence


def _is_alike(one: str, other: str) -> bool:
    """Alike and not a form that differs in its figures only."""
    if one == other or "\t" in one or _DIGITS.sub("", one) == _DIGITS.sub("", other):
        return False
    a, b = _grams(one), _grams(other)
    return len(a & b) >= ALIKE * len(a | b)


def _grams(sentence: str) -> set[str]:
    return {sentence[at : at + GRAM] for at in range(len(sentence) - GRAM + 1)}


@cache
def traditional() -> frozenset[str]:
    """Characters of Big5's frequent level that GB 2312 has not."""
    found = set()
    for code in _BIG5_FREQUENT:
        try:
            character = code.to_bytes(2, "big").decode("big5")
        except UnicodeDecodeError:
            continue
        try:
            character.encode("gb2312")
        except UnicodeEncodeError:
            found.add(character)
    return frozenset(found)


def _traditional(paper: Paper) -> Iterator[Hit]:
    odd = paper.characters & traditional()
    if not odd:
        return
    places = [match.span() for match in re.finditer(f"[{''.join(sorted(odd))}]+", paper.text)]
    says = f"繁体字或异体字，全文共 {len(places)} 处；人名、引文等可以保留"
    yield Hit("LE-24", *places[0], "改为规范字", Severity.HINT, says, "ours")

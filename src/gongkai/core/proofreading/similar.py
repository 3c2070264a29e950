"""Sentences said almost twice in a row (LE-21), and traditional characters in a simplified text (LE-24).

Source: proofreading rules, section 8. Both are hints.
Limitations: two sentences are compared when they begin or end alike; which characters are traditional is told from two
national character sets: those of Big5's frequent level that GB 2312 lacks, so rare simplified variants count too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

from gongkai.core.proofreading.findings import Hit, Severity
from gongkai.core.proofreading.paper import Paper

GRAM = 5
ALIKE = 0.8  # Jaccard index of the grams
_SHORTEST = 16
_SAME_END = 4
_DIGITS = re.compile(r"[0-9０-９一二三四五六七八九十百千万第年月日％%.．]+")
_BIG5_FREQUENT = range(0xA440, 0xC67F)


def find(paper: Paper) -> Iterator[Hit]:
    """Everything of this family."""
    yield from _near_twice(paper)
    yield from _traditional(paper)


def _near_twice(paper: Paper) -> Iterator[Hit]:
    text = paper.text
    for mark in "！？；\n":
        text = text.replace(mark, "。")
    sentences = text.split("。")
    # Pairs of sentences that begin or end with the same characters; nothing dearer is asked of all.
    heads = [sentence[:_SAME_END] for sentence in sentences]
    tails = [sentence[-_SAME_END:] for sentence in sentences]
    alike = [
        at
        for at, (a, b, c, d) in enumerate(zip(heads, heads[1:], tails, tails[1:], strict=False), 1)
        if (a == b or c == d) and a and b and min(len(sentences[at - 1]), len(sentences[at])) >= _SHORTEST
    ]
    if not alike:
        return
    starts = [0, *accumulate(len(sentence) + 1 for sentence in sentences)]
    for at in alike:
        if _is_alike(sentences[at - 1], sentences[at]):
            end = min(starts[at + 1], len(text))
            yield Hit("LE-21", starts[at], end, "删去或者合并", Severity.HINT, "与前一句几乎相同", "ours")


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

"""Which stretches of a text must be read closely: most of a report states no figure of the form.

A stretch is one sentence, or several where a bracket or a quotation runs over a full stop: marks, remarks and
sentences never run over its ends, so each can be read without the others. What a stretch hands on to the next is its
topic alone, and whether disclosure has been spoken of.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from gongkai.core.annual_report.phrases import Topic

_STOP = re.compile(r"[。!?\n]")
_BRACKET = re.compile(r"\([^()。!?\n]*[。!?\n][^()]*\)")
_QUOTATION = re.compile(r"[“\"][^“”\"]{0,40}[”\"]")
_CURLY_QUOTATION = re.compile("“[^“”]{0,40}”")  # the same where there is no straight one, and faster
_REMARK = re.compile(r"\([^()]*\)")
_VEILS = re.compile("[(“”\"‘’']")  # what stands in or between these may be left out when a clause is read
_QUOTES = re.compile("[“”\"‘’']")
# A number with the unit of a figure, or a denial: a stretch with neither states nothing.
_COUNT = r"\d[余多百千万亿]{0,4}[件宗起份例条项个次笔部元]|[零〇一二两三四五六七八九十百千][余多]?[件宗起]"
_STATEMENT = re.compile(
    rf"(?=[\d零〇一二两三四五六七八九十百千未没无不])(?:(?P<count>{_COUNT})|[未没无]|不[收向])"
)


@dataclass(frozen=True, slots=True)
class Screen:
    """What one looks for in a text.

    Attributes:
        words: a stretch without any of these states nothing that is looked for …
        topics: … unless it stands in a passage on one of these, where few words are enough.
    """

    words: re.Pattern[str]
    topics: frozenset[Topic] = frozenset()

    def names(self, text: str) -> bool:
        """Whether one of the words stands in a text."""
        return may_find(self.words, text)


def may_find(words: re.Pattern[str], text: str) -> bool:
    """Whether one of some words stands in a text, be it parted by quotation marks or a remark in brackets."""
    if words.search(text):
        return True
    if not is_veiled(text):
        return False
    bare = _QUOTES.sub("", text)
    return bool(words.search(bare) or words.search(_REMARK.sub("", bare)))


def is_veiled(text: str) -> bool:
    """Whether a text has brackets or quotation marks, so that it cannot be judged as it stands."""
    return _VEILS.search(text) is not None


def stretches(text: str) -> list[tuple[int, int]]:
    """The stretches of a squeezed text, half-open, in order."""
    sentences = text.replace("!", "。").replace("?", "。").replace("\n", "。").split("。")
    ends = list(accumulate(len(sentence) + 1 for sentence in sentences))
    ends[-1] = len(text)
    bridged = [match.span() for match in _BRACKET.finditer(text)]
    bridged += [match.span() for match in _quotations(text) if _STOP.search(match[0])]
    inside = {
        end for start, stop in bridged for end in ends[bisect_right(ends, start) : bisect_left(ends, stop)]
    }
    return [
        (start, end) for start, end in pairwise([0, *(e for e in ends if e not in inside)]) if start < end
    ]


def _quotations(text: str) -> Iterator[re.Match[str]]:
    return (_QUOTATION if '"' in text else _CURLY_QUOTATION).finditer(text)


def statements(text: str, parts: list[tuple[int, int]]) -> Iterator[tuple[int, bool]]:
    """The parts that hold a number with a unit (True) or a denial only (False), each once, by its place in ``parts``."""
    found: dict[int, bool] = {}
    for match in _STATEMENT.finditer(text):
        part = bisect_right(parts, match.start(), key=lambda span: span[0]) - 1
        found[part] = found.get(part, False) or match["count"] is not None
    yield from found.items()

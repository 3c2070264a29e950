"""Parts of a text where wording is not judged: titles, addresses on the net, code, quoted originals (EN-03)."""

from __future__ import annotations

import re
from bisect import bisect_right

_TITLE = re.compile(r"《[^《》\n]{1,150}(?:《[^《》\n]{1,100}》[^《》\n]{0,60})?》")
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]{1,300}")
_EMAIL = re.compile(r"@[\w-]{1,60}(?:\.[\w-]{1,30}){1,4}")
_QUOTED = re.compile(r"(?:原文|[引称]|题为)(?:[：:为是])?“[^”\n]{1,200}”")
_FORMER = re.compile(
    "原|不再保留|同时废止|更名为|撤销|前身|改为|整合|组建|合并|废止|时任|施行前|施行以前|当时"
)


_SENTENCE = 250


class Masks:
    """Where wording is not judged."""

    def __init__(self, text: str) -> None:
        spans: list[tuple[int, int]] = []
        if "《" in text:
            spans += [match.span() for match in _TITLE.finditer(text)]
        if "://" in text or "www." in text:
            spans += [match.span() for match in _ADDRESS.finditer(text)]
        if "@" in text:
            spans += [(max(0, m.start() - 40), m.end()) for m in _EMAIL.finditer(text)]
        if "”" in text:
            spans += [match.span() for match in _QUOTED.finditer(text)]
        spans.sort()
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def cover(self, start: int, end: int) -> bool:
        """Does a masked part reach over the whole place?"""
        at = bisect_right(self._starts, start) - 1
        return any(self._ends[i] >= end for i in range(max(0, at - 2), at + 1)) if at >= 0 else False


def speaks_of_the_past(text: str, start: int, end: int, changed_year: int) -> bool:
    """Does the sentence around a name say that it is a former one (EN-04)?"""
    left = max(text.rfind(mark, max(0, start - _SENTENCE), start) for mark in "。；\n") + 1
    left = max(left, start - _SENTENCE)
    ends = (text.find(mark, end, end + _SENTENCE) for mark in "。；\n")
    right = min((at for at in ends if at >= 0), default=end + _SENTENCE)
    sentence = text[left:right]
    if _FORMER.search(sentence):
        return True
    years = [int(year) for year in re.findall(r"(?<!\d)((?:19|20)\d{2})(?=年|\D{0,3}〕)", sentence)]
    return any(year <= changed_year for year in years)

"""How text and queries are cut: the same way, so that what stands in a text is found in it.

Letters are folded (full width, traditional, capitals); brackets, blanks and quotation marks vanish, so that a document
number is found in any brackets; other punctuation parts the text, so that no pair spans two sentences.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import pairwise
from typing import Any

import opencc

BREAK = "¶"  # stands between two runs and belongs to no pair
_SILENT = frozenset("〔〕[]［］()（）【】〖〗{}《》〈〉“”‘’\"'「」『』·・-—–_/\\")
MAX_QUERY_CHARACTERS = 60


@cache
def _converter() -> Any:
    return opencc.OpenCC("t2s")


def folded(text: str) -> str:
    """Full width to half, traditional to simplified, capitals to small letters."""
    return str(_converter().convert(unicodedata.normalize("NFKC", text))).lower()


def runs(text: str) -> list[str]:
    """Unbroken runs of letters and digits.

    >>> runs("示园发〔2026〕1号，关于 道路")
    ['示园发20261号', '关于道路']
    """
    found: list[str] = []
    run: list[str] = []
    for char in folded(text):
        if char.isalnum():
            run.append(char)
        elif not (char.isspace() or char in _SILENT):
            if run:
                found.append("".join(run))
            run = []
    if run:
        found.append("".join(run))
    return found


def pairs(run: str) -> list[str]:
    """Overlapping pairs; a single character is its own."""
    return [a + b for a, b in pairwise(run)] if len(run) > 1 else [run]


def indexed(text: str) -> str:
    """What goes into the index: pairs parted by blanks, runs parted by a mark."""
    return f" {BREAK} ".join(" ".join(pairs(run)) for run in runs(text))


def characters(text: str) -> str:
    """The distinct characters, for queries of one."""
    return " ".join(sorted({char for run in runs(text) for char in run}))


def phrases(query: str) -> list[list[str]]:
    """A query as phrases, all of which a text must hold: words parted by blanks, runs parted by punctuation."""
    found = []
    for word in query[:MAX_QUERY_CHARACTERS].split():
        found += [pairs(run) for run in runs(word)]
    return found

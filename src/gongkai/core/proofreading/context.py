"""Wrong and missing characters that no list holds, told by what stands beside them (CX-01, CX-02).

A pair of characters that official prose never has is suspected; it is reported only when one look-alike or
sound-alike character, or one character put in between, gives sequences that official prose has often. Names, which
are full of rare pairs, have no such neighbour.

Measured: see ``docs/benchmarks.md``. Limitation: an error that gives common sequences (权利 for 权力) is not seen here;
the typing table holds those.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from gongkai.core.proofreading import scanning
from gongkai.core.proofreading.findings import Hit, Severity
from gongkai.core.proofreading.paper import Paper
from gongkai.core.proofreading.sequences import Sequences, sequences
from gongkai.core.proofreading.tables import table

_CHUNK = 65_536  # measured: smaller ones meet the same pairs again and again
_FIRST, _LAST = 0x4E00, 0x9FFF
_RARE = 8  # on the scale of the counts: never or once
_OFTEN = 35  # twenty times
_WELL_KNOWN = 62  # two hundred times: nothing stands thirty times as often beside it
_SEEN = 16  # three times
_THIRTY_TIMES = 39  # a difference of scales: thirty times as often
_SURE = 29.0  # mean scale of the new sequences from which a wrong character is an error rather than a hint
_SURE_MISSING = 40.0
_SURE_PHRASE = 33.0
_OFTEN_TOGETHER = 2  # a pair that comes more often in one text is a name or a term
_MARKS = frozenset("，。、；：“”《》（）？！")
_EMPTY_WORDS = frozenset(
    "的了是在和与及对为将把从，。、；：“”《》（）？！一二三四五六七八九十者业照以责次或年月日"
)
_NATIONS = frozenset(
    "中美俄日韩欧英法德意印巴澳加墨芬斐乌以伊阿埃叙土沙朝越老柬泰缅马新菲哈吉塔蒙匈塞波捷克罗希葡西荷比瑞挪丹冰爱奥"
    "非古委智秘哥厄玻刚摩突苏肯尼坦赞津莫安喀布贝多汤库密所瓦斯"
)
_ALWAYS_NATIONS = frozenset("德俄韩澳埃伊乌芬墨")  # hardly anything else, standing alone
# What is written either way in official prose, or is as good.
_EITHER_WAY = frozenset(
    {"其它", "搜集", "制订", "试行", "施用", "抬高", "会演", "实射", "省今", "至当", "径行"}
)


@dataclass(frozen=True, slots=True)
class _Edit:
    """Put ``text`` in place of the half-open stretch; ``score`` is the mean scale of the sequences it makes."""

    start: int
    end: int
    text: str
    score: float


def find(paper: Paper) -> Iterator[Hit]:
    """Wrong and missing characters by their neighbours."""
    known = sequences()
    text = paper.text
    suspects = list(_suspects(text, known))
    together = Counter(text[at : at + 2] for at in suspects)
    last = -1
    for at in suspects:
        if together[text[at : at + 2]] > _OFTEN_TOGETHER:
            continue
        edit = _best(text, at, known)
        if edit is not None and edit.start > last:
            last = edit.start
            yield _hit(text, edit)
    yield from _broken_phrases(paper, known)


def _broken_phrases(paper: Paper, known: Sequences) -> Iterator[Hit]:
    """Set phrases of four characters that lack one inside, where the whole one would fit."""
    text = paper.text
    phrases = _phrases()
    for which, start, _ in scanning.places(paper, "broken phrases"):
        missing, phrase = phrases[which]
        at = start + missing
        score = _score(text, at, at, phrase[missing], known)
        if score is not None and score >= _SURE_PHRASE:
            says = f"可能漏了“{phrase[missing]}”字"
            yield Hit("CX-02", start, start + 3, phrase, Severity.HINT, says, "ours", lexical=True)


def _hit(text: str, edit: _Edit) -> Hit:
    if edit.start == edit.end:
        severity = Severity.ERROR if edit.score >= _SURE_MISSING else Severity.HINT
        start, end = edit.start - 1, edit.end + 1
        right = text[start : edit.start] + edit.text + text[edit.end : end]
        return Hit("CX-02", start, end, right, severity, f"可能漏了“{edit.text}”字", "ours", lexical=True)
    severity = Severity.ERROR if edit.score >= _SURE else Severity.HINT
    says = f"“{text[edit.start : edit.end]}”可能是“{edit.text}”之误"
    return Hit("CX-01", edit.start, edit.end, edit.text, severity, says, "ours", lexical=True)


def _suspects(text: str, known: Sequences) -> Iterator[int]:
    """Where a pair stands that official prose does not have, in order."""
    for low in range(0, len(text), _CHUNK):
        part = text[low : low + _CHUNK + 1]
        unknown = _pairs(part).difference(known.usual).difference(known.pairs)
        places: list[int] = []
        for key in unknown:
            first, second = key & 0xFFFF, key >> 16
            if not (_FIRST <= first <= _LAST or _FIRST <= second <= _LAST):
                continue
            pair = chr(first) + chr(second)
            if not (_is_used(pair[0]) and _is_used(pair[1])):
                continue
            at = part.find(pair)
            while 0 <= at < _CHUNK:
                places.append(low + at)
                at = part.find(pair, at + 1)
        yield from sorted(places)


def _pairs(text: str) -> set[int]:
    """The distinct pairs of neighbours, first | second << 16; what is outside the basic plane gives no known pair."""
    data = text.encode("utf-16-le", "replace")
    found: set[int] = set()
    for start in (0, 2):
        whole = (len(data) - start) // 4 * 4
        found.update(memoryview(data)[start : start + whole].cast("I"))
    return found


def _best(text: str, at: int, known: Sequences) -> _Edit | None:
    """The likeliest correction of the pair at a place. Most places end here: names stand well with all else."""
    left = text[at - 1] if at else "\n"
    first, second = text[at], text[at + 1]
    right = text[at + 2] if at + 2 < len(text) else "\n"
    edits: list[_Edit] = []
    if ord(left) | ord(first) << 16 not in known.usual:
        edits += _substitutions(text, at, left, second, known)
    if ord(second) | ord(right) << 16 not in known.usual:
        edits += _substitutions(text, at + 1, first, right, known)
    if first >= "一":
        edits += _insertions(text, at, left, right, known)
    return max(edits, key=lambda edit: edit.score) if edits else None


def _substitutions(text: str, at: int, left: str, right: str, known: Sequences) -> Iterator[_Edit]:
    wrong = text[at]
    alike = alike_to().get(wrong)
    if not alike:
        return
    if wrong in _ALWAYS_NATIONS or (wrong in _NATIONS and (left in _NATIONS or right in _NATIONS)):
        return
    if left + wrong in _EITHER_WAY or wrong + right in _EITHER_WAY:
        return
    for character in _fitting(alike, left, wrong, right, known):
        score = _score(text, at, at + 1, character, known)
        if score is not None:
            yield _Edit(at, at + 1, character, score)


def _is_used(character: str) -> bool:
    return "一" <= character <= "鿿" or character in _MARKS


def _fitting(alike: frozenset[str], left: str, wrong: str, right: str, known: Sequences) -> frozenset[str]:
    """Those that go with both neighbours, and far better than what stands there when that is not unheard of."""
    found = alike
    if _is_used(left):
        before = known.pair(left, wrong)
        if before >= _WELL_KNOWN:
            return frozenset()
        found = found & known.after(left)
        if before > _RARE:
            found = frozenset(each for each in found if known.pair(left, each) >= before + _THIRTY_TIMES)
    if found and _is_used(right):
        after = known.pair(wrong, right)
        if after >= _WELL_KNOWN:
            return frozenset()
        found = found & known.before(right)
        if after > _RARE:
            found = frozenset(each for each in found if known.pair(each, right) >= after + _THIRTY_TIMES)
    return found


def _insertions(text: str, at: int, left: str, right: str, known: Sequences) -> Iterator[_Edit]:
    first, second = text[at], text[at + 1]
    if first in _EMPTY_WORDS and second in _EMPTY_WORDS:
        return
    following, preceding = _determined()
    for character in {following.get(left + first), preceding.get(second + right)}:
        if character is None or character in _EMPTY_WORDS:
            continue
        if min(known.pair(first, character), known.pair(character, second)) < _OFTEN:
            continue
        score = _score(text, at + 1, at + 1, character, known)
        if score is not None:
            yield _Edit(at + 1, at + 1, character, score)


def _score(text: str, start: int, end: int, new: str, known: Sequences) -> float | None:
    """The mean scale of the threes that a correction makes; None when more than one was not seen."""
    low = start
    while low > max(0, start - 2) and _is_used(text[low - 1]):
        low -= 1
    high = end
    while high < min(len(text), end + 2) and _is_used(text[high]):
        high += 1
    stretch = text[low:start] + new + text[end:high]
    if len(stretch) < 4:
        return None
    total = unseen = 0
    for first, second, third in zip(stretch, stretch[1:], stretch[2:], strict=False):
        count = known.three(first, second, third)
        if count < _SEEN:
            unseen += 1
            if unseen > 1 or len(stretch) < 5:
                return None
        total += count
    return total / (len(stretch) - 2)


@cache
def _determined() -> tuple[dict[str, str], dict[str, str]]:
    """To two characters the one that nearly always follows them, and the one that nearly always precedes them."""
    cells = {row["side"]: row["pairs"] for row in table("determined")}
    following, preceding = (
        {cells[side][at : at + 2]: cells[side][at + 2] for at in range(0, len(cells[side]), 3)}
        for side in "><"
    )
    return following, preceding


@cache
def _phrases() -> list[tuple[int, str]]:
    """Where each set phrase lacks its character, and the phrase."""
    return [
        (int(row["missing"]) - 1, row["phrases"][at : at + 4])
        for row in table("set_phrases")
        for at in range(0, len(row["phrases"]), 4)
    ]


@scanning.register("broken phrases")
def _broken() -> list[tuple[str, int]]:
    """The phrases without their character."""
    return [(phrase[:missing] + phrase[missing + 1 :], at) for at, (missing, phrase) in enumerate(_phrases())]


@cache
def alike_to() -> dict[str, frozenset[str]]:
    """To every character those that sound or look like it."""
    alike: dict[str, set[str]] = {}
    for group in [row["characters"] for name in ("sounds", "shapes") for row in table(name)]:
        for character in group:
            alike.setdefault(character, set()).update(group)
    return {character: frozenset(others - {character}) for character, others in alike.items()}

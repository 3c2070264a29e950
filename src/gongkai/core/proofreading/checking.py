"""The check as a whole: prepare, ask every family, drop what is masked or white-listed, settle overlaps."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from gongkai.core.proofreading import (
    cited_laws,
    context,
    dates,
    formal,
    headings,
    leaks,
    leftovers,
    names,
    other_units,
    pairs,
    patterns,
    people,
    references,
    sentences,
    similar,
)
from gongkai.core.proofreading.errors import NotOurs, TextTooLong
from gongkai.core.proofreading.findings import Finding, Hit, Origin, Severity
from gongkai.core.proofreading.masks import Masks
from gongkai.core.proofreading.paper import Paper, prepare
from gongkai.core.proofreading.style import Style

MAX_CHARACTERS = 12_000_000
MAX_FINDINGS_PER_RULE = 2_000
_CONTEXT = 20
_MARKUP_RULES = frozenset({"LE-30", "LE-30b", "LE-08", "LE-03", "PU-08"})
_LEAKS = ("PI-", "SE-")


def check(
    text: str,
    *,
    on: date,
    style: Style | None = None,
    origin: Origin = Origin.OFFICE,
    title: str = "",
    markdown: bool = False,
) -> tuple[Finding, ...]:
    """Proofread a text of the office's own.

    Args:
        text: as extracted; offsets of the findings count its code points.
        on: the day the text bears; names of bodies and laws are judged by it.
        style: the office's entries, white list and waivers.
        origin: whose words they are; those of the public are refused (EN contract of the rules).
        title: the title when it is not part of the text, for rules about titles.
        markdown: the text is Markdown, so its marks are not leftovers.

    Raises:
        NotOurs: the text came from the public.
        TextTooLong: more than ``MAX_CHARACTERS``.
    """
    if origin is Origin.PUBLIC:
        raise NotOurs
    if len(text) > MAX_CHARACTERS:
        raise TextTooLong(len(text), MAX_CHARACTERS)
    style = style or Style()
    paper = prepare(text, on=on, title=title, markdown=markdown)
    masks = Masks(paper.text)
    hits = [hit for hit in _capped(_all(paper, masks, style)) if not _is_masked(hit, masks)]
    hits = list(_without_white(paper, _weighed(paper, hits), style))
    return tuple(_findings(text, paper, _settled(hits), style))


def _is_masked(hit: Hit, masks: Masks) -> bool:
    return hit.lexical and masks.cover(hit.start, hit.end)


def _capped(hits: Iterable[Hit]) -> Iterator[Hit]:
    """No more than so many of one rule; the last one says that there are more."""
    counts: Counter[str] = Counter()
    for hit in hits:
        counts[hit.rule] += 1
        if counts[hit.rule] < MAX_FINDINGS_PER_RULE:
            yield hit
        elif counts[hit.rule] == MAX_FINDINGS_PER_RULE:
            yield replace(hit, message=f"{hit.message}；同类问题过多，此后的不再列出")


def _all(paper: Paper, masks: Masks, style: Style) -> Iterator[Hit]:
    for hit in patterns.find(paper):
        if not (paper.is_markdown and hit.rule in _MARKUP_RULES):
            yield hit
    yield from context.find(paper)
    yield from leaks.find(paper, style.numbers)
    yield from names.find_former(paper, masks)
    yield from names.find_formulations(paper)
    yield from headings.find(paper)
    yield from sentences.find(paper)
    yield from dates.find(paper)
    yield from dates.announced(paper)
    yield from leftovers.find(paper)
    yield from references.find(paper)
    yield from formal.find(paper)
    yield from people.find(paper, style.known.people)
    yield from cited_laws.find(paper, style.known)
    yield from other_units.find(paper, style.known.bodies)
    yield from similar.find(paper)
    yield from pairs.find(paper)
    yield from pairs.straight_quotes(paper)
    for entry in style.entries:
        for at in entry.places(paper.text):
            yield Hit(
                "ST-BOOK",
                at,
                at + len(entry.wrong),
                entry.right,
                entry.severity,
                entry.reason,
                "ours",
                entry.right,
                lexical=True,
            )


def _weighed(paper: Paper, hits: Iterable[Hit]) -> Iterator[Hit]:
    """Widths of marks weigh less where a text keeps to one width throughout, and in tables."""
    text = paper.text
    alone = {
        "PU-04": "（" not in text,
        "PU-14": "“" not in text,
        "PU-03a": not _has_full_marks(text),
        "PU-03b": not _has_full_marks(text),
    }
    rows = _Rows(paper)
    for hit in hits:
        if hit.rule == "SE-06" and not _in_title(paper, hit):
            continue
        if hit.severity is Severity.ERROR and hit.rule in alone and (alone[hit.rule] or rows.hold(hit.start)):
            yield replace(hit, severity=Severity.HINT)
        else:
            yield hit


def _has_full_marks(text: str) -> bool:
    return any(mark in text for mark in "，。、；：")


class _Rows:
    """Where tables are."""

    def __init__(self, paper: Paper) -> None:
        self._starts = [line.start for line in paper.lines if line.is_row]
        self._ends = [line.end for line in paper.lines if line.is_row]

    def hold(self, offset: int) -> bool:
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset <= self._ends[at]


def _in_title(paper: Paper, hit: Hit) -> bool:
    head = paper.lines[:3]
    return any(line.start <= hit.start < line.end and len(line.text) < 60 for line in head) and not any(
        word in paper.text[:3000] for word in ("征求意见", "意见反馈", "公开征求", "反馈意见")
    )


def _without_white(paper: Paper, hits: Iterable[Hit], style: Style) -> Iterator[Hit]:
    spans = sorted((at, at + len(word)) for word in style.white for at in _places(paper.text, word))
    starts = [start for start, _ in spans]
    for hit in hits:
        at = bisect_right(starts, hit.start) - 1
        covered = any(spans[i][1] >= hit.end for i in range(max(0, at - 3), at + 1)) if at >= 0 else False
        if not covered or hit.rule.startswith(_LEAKS):
            yield hit


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _settled(hits: list[Hit]) -> list[Hit]:
    """Of overlapping findings the heavier stays, then the longer."""
    kept: list[Hit] = []
    starts: list[int] = []
    for hit in sorted(hits, key=_precedence):
        at = bisect_left(starts, hit.end)
        before = kept[at - 1] if at else None
        if before is not None and before.end > hit.start and before.start < hit.end:
            continue
        starts.insert(at, hit.start)
        kept.insert(at, hit)
    return kept


def _precedence(hit: Hit) -> tuple[int, bool, int, bool, int, str]:
    """Heavier before lighter, what a table holds before what its neighbours tell, longer before shorter."""
    told = hit.rule.startswith("CX")
    return hit.severity.rank, told, hit.start - hit.end, not hit.rule.startswith("ST"), hit.start, hit.rule


def _findings(text: str, paper: Paper, hits: Iterable[Hit], style: Style) -> Iterator[Finding]:
    waived = {(waiver.rule, waiver.quote) for waiver in style.waivers}
    starts = [line.start for line in paper.lines]
    for hit in hits:
        start = paper.to_given(hit.start)
        end = max(start, paper.to_given(hit.end - 1) + 1) if hit.end > hit.start else start
        quote = text[start:end]
        if (hit.rule, quote) in waived:
            continue
        yield Finding(
            hit.rule,
            start,
            end,
            max(1, bisect_right(starts, hit.start)),
            quote,
            hit.suggestion,
            hit.severity,
            hit.message,
            hit.mark,
            hit.replacement,
            text[max(0, start - _CONTEXT) : end + _CONTEXT],
        )

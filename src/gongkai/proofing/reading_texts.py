"""The texts of a page through the proofreader, and its findings as rows with their places in the parts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date

from gongkai.core.proofreading import Finding, Style, check
from gongkai.proofing.identity import identity_of
from gongkai.proofing.models import ProofFinding
from gongkai.proofing.parts import Given, PageText, TextPart

SHOWN_AROUND = 20


def findings_of_texts(page: PageText, style: Style, on: date) -> Iterator[ProofFinding]:
    """The running parts read as one paper, every other part alone."""
    running = [part for part in page.texts if part.is_running and part.text.strip()]
    yield from _of_group(running, style, on)
    for part in page.texts:
        if not part.is_running and part.text.strip():
            yield from _of_group([part], style, on)


def _of_group(parts: Sequence[TextPart], style: Style, on: date) -> Iterator[ProofFinding]:
    if not parts:
        return
    starts, at = [], 0
    for part in parts:
        starts.append(at)
        at += len(part.text) + 1
    title = next((part.text for part in parts if part.is_title), "")
    for finding in check("\n".join(part.text for part in parts), on=on, style=style, title=title):
        which = bisect_right(starts, finding.start) - 1
        yield _row(parts[which], starts[which], finding)


def _row(part: TextPart, offset: int, finding: Finding) -> ProofFinding:
    start = finding.start - offset
    end = min(finding.end - offset, len(part.text))
    return row_of(finding, part.text, start, max(start, end), part.name, _place(part, start))


def row_of(finding: Finding, text: str, start: int, end: int, part: str, label: str) -> ProofFinding:
    """A finding as it is stored, not saved yet; ``start`` and ``end`` count in ``text``."""
    quote = text[start:end]
    before, after = text[max(0, start - SHOWN_AROUND) : start], text[end : end + SHOWN_AROUND]
    return ProofFinding(
        identity=identity_of(finding.rule, quote, before, after),
        rule=finding.rule,
        part=part,
        label=label[:200],
        start=start,
        end=end,
        quote=quote,
        before=before,
        after=after,
        suggestion=finding.suggestion,
        replacement=finding.replacement,
        severity=finding.severity.value,
        message=finding.message,
        mark=finding.mark,
    )


def _place(part: TextPart, start: int) -> str:
    """The part, and which of its paragraphs when it has several."""
    if "\n" not in part.text.strip():
        return part.label
    lines = part.text[:start].split("\n")
    number = sum(1 for line in lines[:-1] if line.strip()) + 1
    return f"{part.label}第 {number} {'行' if chr(9) in part.text else '段'}"


def findings_of_given(page: PageText) -> Iterator[ProofFinding]:
    """What the owner of the page found itself."""
    texts = {part.name: part.text for part in page.texts}
    for given in page.given:
        text = texts.get(given.part, "")
        at = text.find(given.quote) if given.quote else -1
        yield _given_row(given, text, at)


def _given_row(given: Given, text: str, at: int) -> ProofFinding:
    start, end = (at, at + len(given.quote)) if at >= 0 else (0, 0)
    before = text[max(0, start - SHOWN_AROUND) : start] if at >= 0 else ""
    after = text[end : end + SHOWN_AROUND] if at >= 0 else ""
    return ProofFinding(
        identity=identity_of(given.rule, given.quote, before, after),
        rule=given.rule,
        part=given.part,
        label=given.label[:200],
        start=start,
        end=end,
        quote=given.quote,
        before=before,
        after=after,
        suggestion=given.suggestion,
        severity=given.severity.value,
        message=given.message,
        mark="ours",
    )

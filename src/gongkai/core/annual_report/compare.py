"""Two years of one body side by side: what must agree, what has leapt, and what prose was copied.

A leap is no error; it is what a reader will ask about. Copied prose is what 30号 item (四) calls 照抄照搬: the share
of a section's sentences that stood in last year's report, year numbers and spacing apart.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from gongkai.core.annual_report.form import NARRATIVE_SECTIONS, CellKey
from gongkai.core.annual_report.identities import Finding, check_years
from gongkai.core.annual_report.report import Report, Value

LEAST_CHANGE = 10  # below this many a change of a count says little, however large its ratio
LEAST_RATIO = Fraction(1, 2)
_SHORTEST_SENTENCE = 8  # characters; 一是提高认识 and its like recur in every report
_HEADING = re.compile(r"[（(][一二三四五六七八九十]+[）)][^，,：:]{0,16}$")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年|—|-|–|~)|[二一][〇零九○]?[〇零○一二三四五六七八九]{2,3}(?=年)")


@dataclass(frozen=True, slots=True)
class Jump:
    """A figure that changed by more than the thresholds.

    Attributes:
        ratio: change over the earlier figure, None when that was 0.
    """

    cell: CellKey
    before: int | Decimal
    after: int | Decimal
    ratio: Fraction | None

    @property
    def change(self) -> int | Decimal:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class CopiedProse:
    """One section's sentences that stood in the earlier report too.

    Attributes:
        sentences: how many sentences the later text has (very short ones are not counted).
        identical: those found in the earlier text, as the later one prints them, in its order.
    """

    section: str
    sentences: int
    identical: tuple[str, ...]

    @property
    def share(self) -> Fraction:
        """Identical sentences over all of the section, 0 for an empty section."""
        return Fraction(len(self.identical), self.sentences) if self.sentences else Fraction(0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comparing two reports gave.

    Attributes:
        consecutive: the years follow each other, so that carry-over could be checked.
        same_body: both carry the same agency name.
        findings: T3-4, T4-2, T4-3, T2-1; empty unless ``consecutive``.
        not_compared: cells that only one of the two has filled, or only one edition holds.
    """

    consecutive: bool
    same_body: bool
    findings: tuple[Finding, ...]
    jumps: tuple[Jump, ...]
    not_compared: tuple[CellKey, ...]
    prose: tuple[CopiedProse, ...]


def compare(
    previous: Report,
    current: Report,
    *,
    least_change: Value = LEAST_CHANGE,
    least_ratio: Fraction = LEAST_RATIO,
) -> Comparison:
    """Compare a report with an earlier one of the same body.

    Args:
        least_change: a jump changes by at least this much (件, or 万元 for amounts) …
        least_ratio: … and by at least this share of the earlier figure; from 0 any such change counts.
    """
    consecutive = previous.year is not None and current.year == previous.year + 1
    shared = set(previous.cells())
    pairs = [(cell, previous[cell], current[cell]) for cell in current.cells() if cell in shared]
    return Comparison(
        consecutive=consecutive,
        same_body=_folded(previous.agency) == _folded(current.agency),
        findings=check_years(previous, current) if consecutive else (),
        jumps=tuple(
            Jump(cell, before, after, _ratio(before, after))
            for cell, before, after in pairs
            if before is not None
            and after is not None
            and _is_jump(before, after, least_change or 0, least_ratio)
        ),
        not_compared=_one_sided(previous, current),
        prose=copied_prose(previous, current),
    )


def _ratio(before: int | Decimal, after: int | Decimal) -> Fraction | None:
    return (Fraction(after) - Fraction(before)) / Fraction(before) if before else None


def _is_jump(
    before: int | Decimal, after: int | Decimal, least_change: int | Decimal, least_ratio: Fraction
) -> bool:
    change = abs(Fraction(after) - Fraction(before))
    if not change or change < Fraction(least_change):
        return False
    return not before or change >= least_ratio * abs(Fraction(before))


def _one_sided(previous: Report, current: Report) -> tuple[CellKey, ...]:
    ours, theirs = list(current.cells()), list(previous.cells())
    order = [*ours, *(cell for cell in theirs if cell not in set(ours))]
    return tuple(cell for cell in order if (previous[cell] is None) != (current[cell] is None))


def copied_prose(previous: Report, current: Report) -> tuple[CopiedProse, ...]:
    """For each of sections 一, 五, 六 that the later report has: the sentences it shares with the same section."""
    return tuple(
        _copied(section, previous.sections.get(section, ""), current.sections[section])
        for section in NARRATIVE_SECTIONS
        if current.sections.get(section, "").strip()
    )


def _copied(section: str, before: str, after: str) -> CopiedProse:
    earlier = {_folded(sentence) for sentence in sentences(before)}
    later = sentences(after)
    return CopiedProse(
        section, len(later), tuple(sentence for sentence in later if _folded(sentence) in earlier)
    )


def sentences(text: str) -> list[str]:
    """The sentences of a text on one line each, without those too short to say anything.

    A line end closes a sentence only after a closing mark: texts taken from PDF are wrapped at every line.
    """
    parts = re.findall(r"[^。！？!?；;]+[。！？!?；;]?", re.sub(r"\s+", "", text))
    return [part for part in parts if len(part) >= _SHORTEST_SENTENCE and not _HEADING.match(part)]


def _folded(text: str) -> str:
    """A text for comparison: compatibility forms folded, no spaces, years as one sign."""
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return _YEAR.sub("〇", folded)

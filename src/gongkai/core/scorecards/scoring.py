"""From measures to points: each line says how it came about; what was not measured counts for and against nobody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from gongkai.core.scorecards.lines import WHOLE, Line

_STEP = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Measure:
    """What the records say of a line.

    Attributes:
        good, total: how many of how many; nothing applies where ``total`` is 0.
        faults: the records that did not pass, in words.
        unknown: why it could not be measured; empty when it could.
    """

    good: int = 0
    total: int = 0
    faults: tuple[str, ...] = ()
    unknown: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.good <= self.total:
            raise ValueError(f"{self.good} of {self.total}")


@dataclass(frozen=True, slots=True)
class Scored:
    """A line with its points, None where it does not count, and the sentence that explains them."""

    line: Line
    measure: Measure
    points: Decimal | None
    says: str


@dataclass(frozen=True, slots=True)
class Card:
    """All lines; ``total`` is out of 100 over the weights that counted, None where none did."""

    lines: tuple[Scored, ...]
    earned: Decimal
    counted: Decimal
    total: Decimal | None


def score(line: Line, measure: Measure) -> Scored:
    """Points of one line: its weight times the share, rounded half up to a tenth.

    >>> from gongkai.core.scorecards import DEFAULT_LINES
    >>> score(DEFAULT_LINES[1], Measure(2, 3)).says
    '3 件中 2 件符合，15 × 2/3 = 10.0 分。'
    """
    if measure.unknown:
        return Scored(line, measure, None, f"没有计分：{measure.unknown}")
    if measure.total == 0:
        return Scored(line, measure, None, "本期没有适用的事项，不计分。")
    points = (line.weight * measure.good / measure.total).quantize(_STEP, ROUND_HALF_UP)
    weight = f"{line.weight.normalize():f}"
    says = f"{measure.total} 件中 {measure.good} 件符合，{weight} × {measure.good}/{measure.total} = {points} 分。"
    return Scored(line, measure, points, says)


def card_of(scored: Iterable[Scored]) -> Card:
    """Put lines together; lines without points take their weight out of the count."""
    lines = tuple(scored)
    counting = [one for one in lines if one.points is not None]
    earned = sum((one.points for one in counting if one.points is not None), Decimal(0))
    counted = sum((one.line.weight for one in counting), Decimal(0))
    total = (earned / counted * WHOLE).quantize(_STEP, ROUND_HALF_UP) if counted else None
    return Card(lines, earned, counted, total)

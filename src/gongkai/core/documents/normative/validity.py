"""Whether a normative document is in force on a day: a function over documents and what others did to them.

Source: ``portal-rules`` §4.3, §4.5: at the end of its term a document lapses by itself; repeal takes effect on the day of
the announcement; a document that a clean-up (清理) wants amended lapses on the day set there unless it was amended or
replaced by then. Repealing a document that repealed another does not revive the other [ours].
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


class Standing(StrEnum):
    """Where a document stands on a day."""

    NOT_PUBLISHED = "not_published"
    NOT_YET_IN_FORCE = "not_yet_in_force"
    IN_FORCE = "in_force"
    AMENDED = "amended"  # in force as amended
    REPEALED = "repealed"
    LAPSED = "lapsed"
    DECLARED_INVALID = "declared_invalid"

    @property
    def is_in_force(self) -> bool:
        return self in {Standing.IN_FORCE, Standing.AMENDED}

    @property
    def is_over(self) -> bool:
        return self in {Standing.REPEALED, Standing.LAPSED, Standing.DECLARED_INVALID}


STANDING_LABELS: Mapping[Standing, str] = {
    Standing.NOT_PUBLISHED: "未公布",
    Standing.NOT_YET_IN_FORCE: "尚未施行",
    Standing.IN_FORCE: "现行有效",
    Standing.AMENDED: "已修改",
    Standing.REPEALED: "已废止",
    Standing.LAPSED: "已失效",
    Standing.DECLARED_INVALID: "宣布失效",
}


class EffectKind(StrEnum):
    """What one document or a clean-up does to a document."""

    AMENDS = "amends"
    REPEALS = "repeals"
    REPLACES = "replaces"
    INVALIDATES = "invalidates"
    CONTINUES = "continues"
    TO_BE_AMENDED = "to_be_amended"


_ENDINGS: Mapping[EffectKind, Standing] = {
    EffectKind.REPEALS: Standing.REPEALED,
    EffectKind.REPLACES: Standing.REPEALED,
    EffectKind.INVALIDATES: Standing.DECLARED_INVALID,
}
_CURES = frozenset({EffectKind.AMENDS, EffectKind.REPLACES})


@dataclass(frozen=True, slots=True)
class Term:
    """When a document was published, takes effect, and the last day of its term; None: not set."""

    published_on: date | None
    effective_on: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """One effect on one document from a day on.

    Attributes:
        lapses_on: of TO_BE_AMENDED, the last day the document may stay as it is.
        source: what did it, for the reader; any key.
    """

    kind: EffectKind
    on: date
    lapses_on: date | None = None
    source: Hashable = None


@dataclass(frozen=True, slots=True)
class Ending:
    """The first day on which a document is no longer in force, how it ended, and through what."""

    on: date
    standing: Standing
    effect: Effect | None = None


def ending(term: Term, effects: Iterable[Effect]) -> Ending | None:
    """The end of a document's force, the earliest of all causes; None while none is known.

    >>> ending(Term(date(2021, 1, 1), None, date(2025, 12, 31)), []).on.isoformat()
    '2026-01-01'
    """
    if term.published_on is None:
        return None
    known = tuple(effects)
    causes = [Ending(one.on, _ENDINGS[one.kind], one) for one in known if one.kind in _ENDINGS]
    if term.valid_to is not None:
        causes.append(Ending(term.valid_to + timedelta(days=1), Standing.LAPSED))
    for one in known:
        if one.kind is EffectKind.TO_BE_AMENDED and one.lapses_on is not None:
            cured = any(other.kind in _CURES and one.on <= other.on <= one.lapses_on for other in known)
            if not cured:
                causes.append(Ending(one.lapses_on + timedelta(days=1), Standing.LAPSED, one))
    # On the same day an express act says more than the running out of a term.
    return min(causes, key=lambda cause: (cause.on, cause.effect is None), default=None)


def standing_on(term: Term, effects: Iterable[Effect], day: date) -> Standing:
    """Where a document stands on a day."""
    if term.published_on is None or day < term.published_on:
        return Standing.NOT_PUBLISHED
    known = tuple(effects)
    end = ending(term, known)
    if end is not None and end.on <= day:
        return end.standing
    if term.effective_on is not None and day < term.effective_on:
        return Standing.NOT_YET_IN_FORCE
    amended = any(one.kind is EffectKind.AMENDS and one.on <= day for one in known)
    return Standing.AMENDED if amended else Standing.IN_FORCE


def in_force_on(
    terms: Mapping[Key, Term], effects: Mapping[Key, Iterable[Effect]], day: date
) -> frozenset[Key]:
    """The documents in force on a day."""
    return frozenset(
        key for key, term in terms.items() if standing_on(term, effects.get(key, ()), day).is_in_force
    )

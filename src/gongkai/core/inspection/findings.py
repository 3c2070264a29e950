"""What an inspection says: indicators as dated data, findings, outcomes.

An indicator's ``mark`` says how well its rule was read (``2p`` two pages, ``1p`` one, ``mem`` from memory, ``ours``);
``points_mark`` says the same of its points. Only rules marked ``2p`` or ``1p`` can carry the verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

VERIFIED_MARKS = frozenset({"2p", "1p"})


class Kind(StrEnum):
    """What an indicator can do."""

    VETO = "veto"
    DEDUCTION = "deduction"
    SAFETY = "safety"
    QUALITY = "quality"

    @property
    def label(self) -> str:
        return _KINDS[self]


_KINDS = {Kind.VETO: "单项否决", Kind.DEDUCTION: "扣分", Kind.SAFETY: "安全", Kind.QUALITY: "质量"}


class State(StrEnum):
    """How an indicator came out; what was not measured is unknown, never clear."""

    HIT = "hit"
    SUSPECTED = "suspected"
    CLEAR = "clear"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        return _STATES[self]


_STATES = {
    State.HIT: "有问题",
    State.SUSPECTED: "待人工核实",
    State.CLEAR: "未发现问题",
    State.UNKNOWN: "未测",
    State.NOT_APPLICABLE: "不适用",
}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of the table of indicators.

    Attributes:
        threshold: from how many findings on it counts, inclusive.
        points: taken off for each finding, and ``cap`` at most; None where nothing is taken off.
        needs_person: a machine can only suspect it.
        fix: what to do, as the notice says it.
    """

    code: str
    group: str
    name: str
    kind: Kind
    mark: str
    source: str
    fix: str
    threshold: int = 1
    points: Decimal | None = None
    cap: Decimal | None = None
    points_mark: str = "mem"
    needs_person: bool = False
    since: date = date(2019, 1, 1)  # 国办秘函〔2019〕19号: its number tells the year, the day was not read

    @property
    def is_verified(self) -> bool:
        return self.mark in VERIFIED_MARKS


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at one place; ``key`` tells it from others of the same indicator at the same address."""

    code: str
    url: str
    says: str
    key: str = ""
    is_certain: bool = True

    @property
    def fingerprint(self) -> str:
        """The same fault on another day has the same one."""
        return f"{self.code}|{self.url}|{self.key}"


@dataclass(frozen=True, slots=True)
class Measured:
    """What a measure saw.

    Attributes:
        findings: of which an indicator's threshold counts the certain ones.
        unknown: why it could not be measured, or not wholly; empty when it could.
        applies: False where the site has nothing that the indicator is about.
        lost: points that a measure works out itself, instead of points by finding.
    """

    findings: tuple[Finding, ...] = ()
    unknown: str = ""
    applies: bool = True
    note: str = ""
    lost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One indicator on one day."""

    indicator: Indicator
    state: State
    findings: tuple[Finding, ...]
    note: str
    lost: Decimal


@dataclass(frozen=True, slots=True)
class Inspection:
    """All indicators on one day, and the two figures.

    Attributes:
        verdict: by rules that were read; see ``Verdict``.
        score: 100 less what rules from memory take off, not below 0: provisional, and an upper bound as long as
            ``unmeasured`` indicators stand out.
    """

    on: date
    outcomes: tuple[Outcome, ...]
    verdict: Verdict
    score: Decimal
    unmeasured: tuple[str, ...]
    provisional_vetoes: tuple[str, ...]

    def outcome(self, code: str) -> Outcome:
        return next(one for one in self.outcomes if one.indicator.code == code)

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for outcome in self.outcomes for finding in outcome.findings)

    @property
    def is_alarming(self) -> bool:
        """Whether somebody has to be told at once: a veto, or a leak or tampering that looks like one."""
        return any(
            one.indicator.kind in {Kind.VETO, Kind.SAFETY} and one.state in {State.HIT, State.SUSPECTED}
            for one in self.outcomes
        )


class Verdict(StrEnum):
    """The first figure: what the verified veto items say together."""

    UNQUALIFIED = "unqualified"
    TO_BE_CONFIRMED = "to_be_confirmed"
    NO_VETO_SO_FAR = "no_veto_so_far"
    NO_VETO = "no_veto"

    @property
    def label(self) -> str:
        return _VERDICTS[self]


_VERDICTS = {
    Verdict.UNQUALIFIED: "不合格（触发单项否决）",
    Verdict.TO_BE_CONFIRMED: "待人工核实（疑似触发单项否决）",
    Verdict.NO_VETO_SO_FAR: "已测各项未触发单项否决，另有否决项未测",
    Verdict.NO_VETO: "未触发单项否决",
}

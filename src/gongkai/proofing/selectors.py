"""Named reads: findings of a run with what was decided on them; the entries of a book."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.agencies.access import organs_of
from gongkai.agencies.models import Organ, User
from gongkai.core.proofreading import Severity
from gongkai.proofing import access
from gongkai.proofing.models import ProofDecision, ProofFinding, ProofRun

_A = ProofDecision.Act
MAX_NAMED = 5  # findings that a refusal names


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding and the decision that stands, if any."""

    finding: ProofFinding
    decision: ProofDecision | None

    @property
    def is_open(self) -> bool:
        """Nobody decided on it; one that weighs 严重 takes a waiver."""
        if self.decision is None or self.decision.act in {_A.REOPENED, _A.ACCEPTED}:
            return True
        return self.finding.is_serious and self.decision.act != _A.WAIVED


@dataclass(frozen=True, slots=True)
class Outcome:
    """A run as people see it: open findings first, the heavier before the lighter."""

    run: ProofRun
    judged: tuple[Judged, ...]

    @property
    def open(self) -> tuple[Judged, ...]:
        return tuple(each for each in self.judged if each.is_open)

    @property
    def closed(self) -> tuple[Judged, ...]:
        return tuple(each for each in self.judged if not each.is_open)

    @property
    def open_serious(self) -> tuple[Judged, ...]:
        return tuple(each for each in self.open if each.finding.is_serious)

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many are open, by severity in words; those without any left out."""
        found = [each.finding.severity for each in self.open]
        return tuple((level.label, found.count(level.value)) for level in Severity if level.value in found)

    @property
    def obstacle(self) -> str:
        """Why the page cannot go live, naming place and quote; empty when nothing is in the way."""
        serious = self.open_serious
        if not serious:
            return ""
        named = "；".join(_named(each.finding) for each in serious[:MAX_NAMED])
        more = "等" if len(serious) > MAX_NAMED else ""
        return f"校对还有 {len(serious)} 处严重问题没有处理：{named}{more}"


def _named(finding: ProofFinding) -> str:
    quote = f"“{masked(finding)[:30]}”" if finding.quote else ""
    return f"{finding.label}{quote}（{finding.message.rstrip('。')}）"


def masked(finding: ProofFinding) -> str:
    """The quote as it may stand in a message: the middle of a personal number is left out."""
    quote = finding.quote
    if not finding.rule.startswith("PI-") or len(quote) < 8:
        return quote
    return f"{quote[:4]}****{quote[-4:]}"


def outcome_of(run: ProofRun) -> Outcome:
    """The findings of a run with the decisions on its page that stand."""
    decisions = {
        decision.identity: decision
        for decision in ProofDecision.objects.filter(kind=run.kind, key=run.key)
        .select_related("person")
        .order_by("pk")
    }
    judged = [Judged(finding, decisions.get(finding.identity)) for finding in run.findings.all()]
    judged.sort(key=lambda each: (not each.is_open, Severity(each.finding.severity).rank, each.finding.pk))
    return Outcome(run, tuple(judged))


def organs_for(user: User, act: str) -> list[Organ]:
    """The organs at which the person may do an act, in tree order."""
    return [organ for organ in organs_of(user).order_by("path") if access.allowed(user, act, organ)]

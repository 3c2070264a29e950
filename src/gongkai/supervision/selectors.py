"""Named reads of inspections."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Q, QuerySet

from gongkai.agencies.models import User
from gongkai.core.inspection import BY_CODE, Indicator, Kind, State, Verdict
from gongkai.supervision import access
from gongkai.supervision.models import Finding, Run, rulings_of
from gongkai.supervision.services.inspecting import fingerprint

_ALARMING = [code for code, one in BY_CODE.items() if one.kind in {Kind.VETO, Kind.SAFETY}]
TREND_RUNS = 30


def runs_for(user: User) -> QuerySet[Run]:
    """Every inspection the person may see, without the evidence, the newest first."""
    return (
        Run.objects.filter(organ__in=access.organs_for(user, "查看巡查"))
        .defer("packed")
        .select_related("organ", "asked_by")
        .annotate(
            hits=Count("findings", filter=Q(findings__state=State.HIT.value)),
            suspected=Count("findings", filter=Q(findings__state=State.SUSPECTED.value)),
        )
        .order_by("-pk")
    )


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one indicator in one run."""

    indicator: Indicator
    findings: list[Finding]

    @property
    def is_suspected(self) -> bool:
        return all(one.state == State.SUSPECTED.value for one in self.findings)


def groups_of(run: Run) -> list[Group]:
    """Findings by indicator, in the order of the table of indicators."""
    order = {code: number for number, code in enumerate(BY_CODE)}
    rows = sorted(run.findings.all(), key=lambda one: (order.get(one.code, len(order)), one.pk))
    return [
        Group(BY_CODE[code], list(found))
        for code, found in groupby(rows, key=lambda one: one.code)
        if code in BY_CODE
    ]


@dataclass(frozen=True, slots=True)
class Alarm:
    """An inspection that somebody has to look at, and why."""

    run: Run
    summary: str


def alarming_runs(user: User) -> list[Alarm]:
    """The last finished inspection of each organ, where something alarming in it is not settled by a ruling."""
    found = []
    for organ in access.organs_for(user, "核实问题"):
        run = (
            Run.objects.filter(organ=organ, state=Run.State.DONE)
            .defer("packed")
            .select_related("organ")
            .first()
        )
        if run is None:
            continue
        confirmed, dismissed = rulings_of(organ)
        settled = {fingerprint(one) for one in confirmed | dismissed}
        rows = run.findings.filter(code__in=_ALARMING).values_list("state", "fingerprint")
        hits = sum(state == State.HIT.value for state, _ in rows)
        open_ones = sum(state == State.SUSPECTED.value and mark not in settled for state, mark in rows)
        if hits or open_ones:
            parts = [f"否决项或安全问题 {hits} 处"] if hits else []
            parts += [f"待核实 {open_ones} 处"] if open_ones else []
            found.append(Alarm(run, "，".join(parts)))
    return found


def trend(user: User) -> list[Run]:
    """The last finished runs, the oldest first."""
    return list(runs_for(user).filter(state=Run.State.DONE)[:TREND_RUNS])[::-1]


def verdict_label(run: Run) -> str:
    return Verdict(run.verdict).label if run.verdict else ""

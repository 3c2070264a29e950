"""Named reads of inspections."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Q, QuerySet, Sum

from gongkai.agencies.models import User
from gongkai.core.inspection import BY_CODE, Indicator, Kind, State, Verdict
from gongkai.core.inspection.rectifying import Standing
from gongkai.supervision import access
from gongkai.supervision.models import (
    Appeal,
    FaultTicket,
    Finding,
    Rectification,
    Run,
    Scorecard,
    rulings_of,
)
from gongkai.supervision.models.rectifications import CAUSES
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


def rectifications_for(user: User) -> QuerySet[Rectification]:
    """Every rectification the person may see, the newest first."""
    organs = access.organs_for(user, "查看巡查")
    return Rectification.objects.filter(organ__in=organs).select_related("organ", "department")


def rectifications_waiting(user: User) -> list[tuple[Rectification, bool]]:
    """Open ones, each with whether this person can take its next act."""
    report = {one.pk for one in access.organs_for(user, "反馈整改")}
    check = {one.pk for one in access.organs_for(user, "复查整改")}
    if not report | check:
        return []
    return [
        (one, one.organ_id in (check if one.standing == Standing.REPORTED else report))
        for one in rectifications_for(user).open().order_by("due_on", "pk")
    ]


def scorecards_for(user: User) -> QuerySet[Scorecard]:
    """Cards the person may see: drafts are for those who make and publish them."""
    organs = access.organs_for(user, "查看考核")
    makers = [
        one
        for one in organs
        if access.allowed(user, "编制考核", one) or access.allowed(user, "公布考核", one)
    ]
    shown = Q(state=Scorecard.State.PUBLISHED, organ__in=organs) | Q(organ__in=makers)
    return Scorecard.objects.filter(shown).select_related("organ", "department")


def open_appeals(user: User) -> QuerySet[Appeal]:
    """Appeals at organs where the person decides them."""
    organs = access.organs_for(user, "公布考核")
    return Appeal.objects.filter(state=Appeal.State.OPEN, entry__card__organ__in=organs).select_related(
        "entry__card__organ", "entry__card__department"
    )


def tickets_for(user: User) -> QuerySet[FaultTicket]:
    """Every message about the site that the person may see, the newest first."""
    organs = access.organs_for(user, "办理找错留言")
    return FaultTicket.objects.filter(organ__in=organs).select_related("organ", "rectification")


@dataclass(frozen=True, slots=True)
class Recurring:
    """How often one cause, or one indicator, led to a rectification; how often it was returned."""

    name: str
    count: int
    returns: int


def recurring(user: User, *, year: int) -> tuple[list[Recurring], list[Recurring], list[Recurring]]:
    """Rectifications of a year by cause, by indicator, by department, the commonest first."""
    rows = rectifications_for(user).filter(year=year).order_by()
    causes = dict(CAUSES) | {"": "尚未反馈原因"}
    return (
        _counted(rows, "cause", causes),
        _counted(
            rows, "code", {code: f"{code} {one.name}" for code, one in BY_CODE.items()} | {"": "其他来源"}
        ),
        _counted(rows, "department__name", {}),
    )


def _counted(rows: QuerySet[Rectification], field: str, names: dict[str, str]) -> list[Recurring]:
    counted = (
        rows.values_list(field).annotate(number=Count("pk"), back=Sum("returns")).order_by("-number", field)
    )
    return [Recurring(names.get(value, str(value)), number, back) for value, number, back in counted]


def verdict_label(run: Run) -> str:
    return Verdict(run.verdict).label if run.verdict else ""

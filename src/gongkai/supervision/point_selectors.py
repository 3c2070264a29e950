"""Named reads of work points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from gongkai.agencies.models import User
from gongkai.core.work_points import PointCounts, PointStanding, counts_of
from gongkai.supervision import access
from gongkai.supervision.models import WorkPlan, WorkPoint
from gongkai.supervision.services.pointing import CONFIRM, FILL

SEE = "查看要点"
AHEAD = timedelta(days=14)  # ours: how long before its day the desk tells of a point
ALARMING = {PointStanding.LATE, PointStanding.MISSED}


def plans_for(user: User) -> QuerySet[WorkPlan]:
    """Every plan of the organs where the person may see work points."""
    return WorkPlan.objects.filter(organ__in=access.organs_for(user, SEE)).select_related("organ")


def points_for(user: User) -> QuerySet[WorkPoint]:
    """Every point that the person may see."""
    return WorkPoint.objects.filter(plan__organ__in=access.organs_for(user, SEE)).told()


@dataclass(frozen=True, slots=True)
class PointRow:
    """A point as it stands on a day."""

    point: WorkPoint
    standing: PointStanding
    percent: int

    @property
    def is_alarming(self) -> bool:
        return self.standing in ALARMING

    @property
    def says(self) -> str:
        """How it stands in words; reported complete, it waits to be confirmed."""
        waits = self.point.state == WorkPoint.State.OPEN and self.percent == 100
        waits = waits and not self.point.returned_note
        return f"{self.standing.label}，待确认" if waits else self.standing.label


@dataclass(frozen=True, slots=True)
class PlanRows:
    """A plan with its points and their counts."""

    plan: WorkPlan
    rows: list[PointRow]
    counts: PointCounts


def rows_of(points: QuerySet[WorkPoint], today: date) -> list[PointRow]:
    """Points with how they stand; three questions, however many."""
    found = []
    for one in points.prefetch_related("check_ins"):
        last = list(one.check_ins.all())[-1:]
        found.append(PointRow(one, one.standing(today), last[0].percent if last else 0))
    return found


def year_of(user: User, year: int, today: date) -> list[PlanRows]:
    """The plans of a year, each with its points in their order."""
    found = []
    for plan in plans_for(user).filter(year=year).order_by("pk"):
        rows = rows_of(plan.points.told().order_by("pk"), today)
        found.append(PlanRows(plan, rows, counts_of(row.standing for row in rows)))
    return found


@dataclass(frozen=True, slots=True)
class PointTask:
    """What is to be done on a point, by when, and whether this person can."""

    text: str
    point: WorkPoint
    due_on: date | None
    mine: bool


def tasks_for(user: User, today: date) -> list[PointTask]:
    """Points near their day or past it, and those reported complete that wait to be confirmed."""
    fill = {one.pk for one in access.organs_for(user, FILL)}
    confirm = {one.pk for one in access.organs_for(user, CONFIRM)}
    if not fill | confirm:
        return []
    open_ones = points_for(user).filter(state=WorkPoint.State.OPEN).prefetch_related("check_ins")
    found = []
    for one in open_ones:
        last = list(one.check_ins.all())[-1:]
        organ = one.plan.organ_id
        if last and last[0].percent == 100 and not one.returned_note:
            found.append(PointTask("确认要点完成", one, None, organ in confirm and last[0].by_id != user.pk))
        elif one.facts.next_on <= today + AHEAD:
            words = "完成要点" if one.interval_months is None else "报送要点进展"
            found.append(PointTask(words, one, one.facts.next_on, organ in fill))
    return sorted(found, key=lambda task: (task.due_on or today, task.point.pk))

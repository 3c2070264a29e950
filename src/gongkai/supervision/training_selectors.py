"""Named reads of trainings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from gongkai.agencies.models import Organ, RoleAssignment, User
from gongkai.core.trainings import Presence, YearTotals
from gongkai.supervision import access
from gongkai.supervision.models import Attempt, Attendance, Question, Training

_HELD = Training.State.HELD


def trainings_for(user: User) -> QuerySet[Training]:
    """Every training of the organs where the person works, each with how many were there, sat and passed."""
    organs = access.organs_for(user, "查看培训")
    was_there = Q(roll__presence=Presence.ATTENDED.value)
    return (
        Training.objects.filter(organ__in=organs)
        .select_related("organ", "made_by")
        .annotate(
            people=Count("roll", filter=was_there, distinct=True),
            sat=Count("roll", filter=Q(roll__attempts__isnull=False), distinct=True),
            passed=Count("roll", filter=Q(roll__attempts__passed=True), distinct=True),
        )
        .order_by("-held_on", "-pk")
    )


def year_totals(trainings: QuerySet[Training]) -> YearTotals:
    """What those of them that were held come to."""
    held = trainings.filter(state=_HELD)
    roll = Attendance.objects.filter(training__in=held.values("pk"))
    hours = Training.objects.filter(pk__in=held.values("pk")).aggregate(n=Sum("hours"))["n"]
    return YearTotals(
        trainings=held.count(),
        person_times=roll.filter(presence=Presence.ATTENDED.value).count(),
        hours=float(hours or 0),
        sat=roll.filter(attempts__isnull=False).distinct().count(),
        passed=roll.filter(attempts__passed=True).distinct().count(),
    )


@dataclass(frozen=True, slots=True)
class Result:
    """How somebody on the roll did: tries, best score, and the try that passed (0 for none)."""

    place: Attendance
    tries: int
    best: int | None
    passed_at: int

    @property
    def says(self) -> str:
        if self.tries == 0:
            return "没有测试"
        return f"第 {self.passed_at} 次合格" if self.passed_at else "没有合格"


def results_of(training: Training) -> list[Result]:
    """The roll with everybody's tries."""
    rows = training.roll.select_related("department").annotate(
        tries=Count("attempts"),
        best=Max("attempts__score"),
        passed_at=Max("attempts__number", filter=Q(attempts__passed=True)),
    )
    return [Result(one, one.tries, one.best, one.passed_at or 0) for one in rows.order_by("pk")]


def trainings_to_hold(user: User, today: date) -> QuerySet[Training]:
    """Planned ones whose day has come, at organs where the person organises."""
    organs = access.organs_for(user, "组织培训")
    return Training.objects.filter(
        organ__in=organs, state=Training.State.PLANNED, held_on__lte=today
    ).order_by("held_on")


def tests_to_sit(user: User) -> QuerySet[Training]:
    """Held trainings with a test, on whose roll the person is without having passed."""
    mine = Attendance.objects.filter(person=user, training__state=_HELD)
    passed = Attempt.objects.filter(attendance=OuterRef("pk"), passed=True)
    asked = Question.objects.filter(training=OuterRef("training"), dropped_at=None)
    waiting = mine.filter(Exists(asked), ~Exists(passed))
    return Training.objects.filter(pk__in=waiting.values("training")).order_by("held_on")


def names_at(organ: Organ) -> list[str]:
    """Whoever holds a role at the organ today, by name."""
    rows = RoleAssignment.objects.valid_on(timezone.localdate()).filter(organ=organ, user__is_active=True)
    return list(dict.fromkeys(rows.order_by("user_id").values_list("user__name", flat=True)))

"""What supervision gives to the annual report: 监督保障 in 总体情况 (Art. 50).

Each figure is the number of its records. A kind of record that an organ has none of in a year tells nothing, so that
what an office writes of work it keeps elsewhere is not held against it. Trainings take over from the typed ledger on
the day of the first one held on record (ADR 0015). Outcomes of holding to account show their day and form alone: who
may read the report may not read them.

Source: 条例 Arts. 46-50; domain specification §2.2, what section 一 holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min, QuerySet
from django.urls import reverse

from gongkai.agencies.models import Organ
from gongkai.core.annual_report import Value
from gongkai.core.trainings import Presence
from gongkai.reporting.figures import FactName, RecordColumn, name_fact, register, take_over
from gongkai.supervision.models import (
    Accountability,
    Attendance,
    FaultTicket,
    Rectification,
    Run,
    Scorecard,
    Training,
    WorkPoint,
)

TRAININGS = "fact.trainings"
Columns = tuple[RecordColumn, ...]
Found = Callable[[Organ, int], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class CountSource:
    """One figure: the number of the records of an organ's year; ``always`` for one that is told at nought too."""

    name: str
    fact: FactName
    found: Found
    shown: Columns
    always: bool = False

    def keys(self) -> Iterable[str]:
        return (self.fact.key,)

    def compile(self, organ: Organ, year: int) -> dict[str, Value]:
        count = self.found(organ, year).count()
        return {self.fact.key: count} if count or self.always else {}

    def records(self, key: str, organ: Organ, year: int) -> QuerySet[Any]:
        return self.found(organ, year)

    def columns(self) -> Sequence[RecordColumn]:
        return self.shown


def held_trainings(organ: Organ, year: int) -> QuerySet[Training]:
    found = Training.objects.filter(organ=organ, state=Training.State.HELD, held_on__year=year)
    return found.order_by("held_on", "pk")


def first_training(organ: Organ) -> date | None:
    """The day of the first training on record as held: from it on, typed rows of trainings do not count."""
    held = Training.objects.filter(organ=organ, state=Training.State.HELD)
    return held.aggregate(n=Min("held_on"))["n"]


def _people(organ: Organ, year: int) -> QuerySet[Attendance]:
    found = Attendance.objects.filter(training__in=held_trainings(organ, year).values("pk"))
    there = found.filter(presence=Presence.ATTENDED.value)
    return there.select_related("training", "department").order_by("training__held_on", "pk")


def _inspections(organ: Organ, year: int) -> QuerySet[Run]:
    found = Run.objects.filter(organ=organ, state=Run.State.DONE, on__year=year)
    return found.defer("packed").order_by("on", "pk")


def _issued(organ: Organ, year: int) -> QuerySet[Rectification]:
    found = Rectification.objects.filter(organ=organ, issued_on__year=year)
    return found.select_related("department").order_by("issued_on", "pk")


def _closed(organ: Organ, year: int) -> QuerySet[Rectification]:
    found = Rectification.objects.filter(organ=organ, closed_on__year=year)
    return found.select_related("department").order_by("closed_on", "pk")


def _tickets(organ: Organ, year: int) -> QuerySet[FaultTicket]:
    return FaultTicket.objects.filter(organ=organ, received_on__year=year).order_by("received_on", "pk")


def _cards(organ: Organ, year: int) -> QuerySet[Scorecard]:
    found = Scorecard.objects.filter(organ=organ, state=Scorecard.State.PUBLISHED, published_on__year=year)
    return found.select_related("organ", "department").order_by("published_on", "pk")


def _points(organ: Organ, year: int) -> QuerySet[WorkPoint]:
    found = WorkPoint.objects.filter(plan__organ=organ, plan__year=year, state=WorkPoint.State.DONE)
    return found.select_related("plan", "department").order_by("closed_on", "pk")


def _accountabilities(organ: Organ, year: int) -> QuerySet[Accountability]:
    found = Accountability.objects.active().filter(organ=organ, decided_on__year=year)
    return found.select_related("form").order_by("decided_on", "pk")


def _column(label: str, value: Callable[[Any], Any], screen: str = "", pk: str = "pk") -> RecordColumn:
    """A column; with a screen it leads to the page of the record."""
    url = (lambda one: reverse(f"supervision:{screen}", args=[getattr(one, pk)])) if screen else None
    return RecordColumn(label, lambda one: str(value(one)), url)


_RECTIFICATION = (
    _column("编号", lambda one: one.number, "rectification"),
    _column("问题", lambda one: one.problem),
    _column("责任部门", lambda one: one.department),
    _column("下发日期", lambda one: one.issued_on),
    _column("销号日期", lambda one: one.closed_on or "没有销号"),
)
SOURCES = (
    CountSource(
        "培训", FactName(TRAININGS, "开展培训", "次"), held_trainings,
        (
            _column("日期", lambda one: one.held_on),
            _column("主题", lambda one: one.subject, "training"),
            _column("形式", lambda one: one.get_kind_display()),
            _column("学时", lambda one: one.hours),
        ),
        always=True,
    ),
    CountSource(
        "培训签到", FactName("fact.training_people", "参加培训", "人次"), _people,
        (
            _column("日期", lambda one: one.training.held_on),
            _column("主题", lambda one: one.training.subject, "training", "training_id"),
            _column("部门", lambda one: one.department or "没有写部门"),
        ),
    ),
    CountSource(
        "网站巡查", FactName("fact.inspections", "网站巡查", "次"), _inspections,
        (
            _column("时间点", lambda one: one.on, "run"),
            _column("发起", lambda one: one.get_cause_display()),
            _column("结论", lambda one: one.get_verdict_display()),
        ),
    ),
    CountSource("整改", FactName("fact.rectifications_issued", "下发整改通知", "件"), _issued, _RECTIFICATION),
    CountSource("整改", FactName("fact.rectifications_closed", "整改销号", "件"), _closed, _RECTIFICATION),
    CountSource(
        "找错留言", FactName("fact.fault_tickets", "收到找错留言", "条"), _tickets,
        (
            _column("编号", lambda one: one.number, "ticket"),
            _column("类别", lambda one: one.get_kind_display()),
            _column("收到日期", lambda one: one.received_on),
            _column("状态", lambda one: one.get_state_display()),
        ),
    ),
    CountSource(
        "考核", FactName("fact.scorecards", "公布考核结果", "份"), _cards,
        (
            _column("考核", lambda one: one, "scorecard"),
            _column("公布日期", lambda one: one.published_on),
        ),
    ),
    CountSource(
        "工作要点", FactName("fact.work_points_done", "完成工作要点任务", "项"), _points,
        (
            _column("要点", lambda one: one.plan.title),
            _column("序号", lambda one: one.number, "point"),
            _column("工作任务", lambda one: one.text),
            _column("责任部门", lambda one: one.department),
            _column("确认完成", lambda one: one.closed_on),
        ),
    ),
    CountSource(
        "责任追究", FactName("fact.accountabilities", "责任追究", "件"), _accountabilities,
        (
            _column("决定日期", lambda one: one.decided_on, "accountability"),
            _column("方式", lambda one: one.form),
        ),
    ),
)  # fmt: skip


def register_sources() -> None:
    """Let the report ask supervision for its figures."""
    for source in SOURCES:
        name_fact(source.fact)
        register(source)
    take_over(TRAININGS, first_training)

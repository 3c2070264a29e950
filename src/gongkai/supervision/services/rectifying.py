"""Issuing, reporting, re-checking and escalating rectifications. Nothing else closes one."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from gongkai.agencies.models import Department, Organ, User
from gongkai.audit.services import record_event
from gongkai.calendar_files import working_calendar
from gongkai.core.calendars import CalendarError
from gongkai.core.inspection import BY_CODE, Evidence, Kind
from gongkai.core.inspection.rectifying import (
    RETURNS_BEFORE_ESCALATION,
    Act,
    Fault,
    NotNow,
    Recheck,
    Standing,
    after,
    due,
    recheck,
)
from gongkai.supervision import access
from gongkai.supervision.errors import RectificationRefused
from gongkai.supervision.models import Finding, Rectification, RectificationStep, Run
from gongkai.supervision.models.rectifications import STANDING_LABELS
from gongkai.supervision.services.inspecting import identity_of


@transaction.atomic
def issue(
    *, by: User, organ: Organ, department: Department, problem: str, demand: str, finding: Finding | None = None,
    url: str = "", working_days: int | None = None,
) -> Rectification:  # fmt: skip
    """Tell a department to put something right (整改通知), by a day counted in working days.

    Raises:
        RectificationRefused: the department is not the organ's, the same fault has an open one, the limit is none.
    """
    access.require(by, "下发整改", organ)
    if department.organ_id != organ.pk:
        raise RectificationRefused("责任部门不属于这个机关，请重新选择。")
    identity = identity_of(finding) if finding is not None else ""
    if identity and Rectification.objects.open().filter(organ=organ, identity=identity).exists():
        raise RectificationRefused("这个问题已经下发过整改通知，还没有销号。")
    code = finding.code if finding is not None else ""
    today = timezone.localdate()
    try:
        limit = due(
            BY_CODE[code].kind if code else Kind.QUALITY, today, working_calendar(), working_days=working_days
        )
    except ValueError:
        raise RectificationRefused("整改期限为 1 至 30 个工作日，请重新填写。") from None
    except CalendarError as error:
        raise RectificationRefused(f"工作日历里没有这段时间，无法计算期限：{error}") from error
    made = Rectification.objects.create(
        organ=organ, year=today.year, serial=_next_serial(organ, today.year), department=department, finding=finding,
        code=code, url=finding.url if finding is not None else url, identity=identity, problem=problem.strip(),
        demand=demand.strip(), issued_on=today, due_on=limit.day, due_is_provisional=limit.provisional,
    )  # fmt: skip
    _note(made, Act.ISSUE, by=by, note=made.demand)
    return made


def _next_serial(organ: Organ, year: int) -> int:
    Organ.objects.select_for_update().get(pk=organ.pk)
    last = Rectification.objects.filter(organ=organ, year=year).aggregate(last=Max("serial"))["last"]
    return (last or 0) + 1


def _note(made: Rectification, act: Act, *, by: User | None, note: str = "", run: Run | None = None) -> None:
    RectificationStep.objects.create(
        rectification=made, act=act.value, by=by, run=run, at=timezone.now(), note=note
    )
    record_event(
        f"rectification.{act.value}",
        made,
        actor=by or "system",
        organ_code=made.organ.code,
        number=made.number,
        note=note,
    )


def _locked(rectification: Rectification, act: Act) -> tuple[Rectification, str]:
    """The row as it is now, and where the act leads."""
    found = (
        Rectification.objects.select_for_update()
        .select_related("organ", "department")
        .get(pk=rectification.pk)
    )
    try:
        return found, after(Standing(found.standing), act).value
    except NotNow:
        raise RectificationRefused(
            f"{found.number}现在的状态是“{STANDING_LABELS[Standing(found.standing)]}”，不能这样办理，请刷新后再看。"
        ) from None


@transaction.atomic
def report_fixed(*, rectification: Rectification, by: User, note: str, cause: str) -> Rectification:
    """Say that it is put right, what was done and why it came about.

    Raises:
        RectificationRefused: it is not open, or nothing is said.
    """
    found, standing = _locked(rectification, Act.REPORT)
    access.require(by, "反馈整改", found.organ)
    if not note.strip():
        raise RectificationRefused("请写明做了哪些整改。")
    found.standing, found.cause = standing, cause
    found.save(update_fields=["standing", "cause"])
    _note(found, Act.REPORT, by=by, note=note.strip())
    return found


def reported(rectification: Rectification) -> RectificationStep | None:
    """The last report."""
    return rectification.steps.filter(act=Act.REPORT.value).last()


@transaction.atomic
def recheck_by_person(*, rectification: Rectification, by: User, passed: bool, note: str) -> Rectification:
    """Re-check with one's own eyes; never by the one who reported.

    Raises:
        RectificationRefused: it is not reported, the person reported it, or nothing is said of what was looked at.
    """
    act = Act.PASS if passed else Act.FAIL
    found, standing = _locked(rectification, act)
    access.require(by, "复查整改", found.organ)
    last = reported(found)
    if last is not None and last.by_id == by.pk:
        raise RectificationRefused("反馈整改的人不能自己复查，请由其他人复查。")
    if not note.strip():
        raise RectificationRefused("请写明复查时看到的情况。")
    return _settle(found, standing, act, by=by, note=note.strip())


@transaction.atomic
def recheck_by_machine(rectification: Rectification, run: Run, evidence: Evidence) -> Recheck:
    """Re-check by an inspection that began after the report: the same indicator at the same address."""
    found = Rectification.objects.select_related("organ", "department").get(pk=rectification.pk)
    last = reported(found)
    if not found.identity or last is None or run.on is None or found.standing != Standing.REPORTED:
        return Recheck.CANNOT_TELL
    fault = Fault(found.code, found.url, found.identity)
    said = recheck(fault, evidence, on=run.on, reported_at=last.at)
    if said is Recheck.CANNOT_TELL:
        return said
    act = Act.PASS if said is Recheck.GONE else Act.FAIL
    found, standing = _locked(found, act)
    note = "巡查时这个问题已经没有了。" if act is Act.PASS else "巡查时这个问题还在。"
    _settle(found, standing, act, by=None, note=f"{run.on} {note}", run=run)
    return said


def _settle(
    found: Rectification, standing: str, act: Act, *, by: User | None, note: str, run: Run | None = None
) -> Rectification:
    found.standing = standing
    if act is Act.PASS:
        found.closed_on = timezone.localdate()
    else:
        found.returns += 1
    found.save(update_fields=["standing", "closed_on", "returns"])
    _note(found, act, by=by, note=note, run=run)
    if found.returns >= RETURNS_BEFORE_ESCALATION and found.escalated_on is None:
        _escalate(found, f"已退回 {found.returns} 次。")
    return found


def _escalate(found: Rectification, why: str) -> None:
    found.escalated_on = timezone.localdate()
    found.save(update_fields=["escalated_on"])
    _note(found, Act.ESCALATE, by=None, note=why)


def recheck_reported(run: Run, evidence: Evidence) -> int:
    """Let a finished inspection re-check all that is reported; how many it settled."""
    waiting = Rectification.objects.filter(organ=run.organ, standing=Standing.REPORTED).exclude(identity="")
    return sum(recheck_by_machine(one, run, evidence) is not Recheck.CANNOT_TELL for one in waiting)


@transaction.atomic
def escalate_overdue(today: date) -> int:
    """Tell the head of the office of what nobody reported in time; each once."""
    late = Rectification.objects.overdue(today).filter(escalated_on=None).select_related("organ")
    for one in late:
        _escalate(one, f"整改期限 {one.due_on} 已过，没有反馈。")
    return len(late)


def last_moment(rectification: Rectification) -> datetime:
    """When something last happened to it."""
    last = rectification.steps.last()
    assert last is not None  # issuing is a step
    return last.at

"""Plans of a year, their points, check-ins with evidence, confirming, returning and dropping points."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.models import Department, Organ, User
from gongkai.audit.services import record_event
from gongkai.core.work_points import INTERVALS
from gongkai.supervision import access
from gongkai.supervision.errors import PointRefused
from gongkai.supervision.models import CheckIn, CheckInFile, WorkPlan, WorkPoint
from gongkai.supervision.services.keeping import stored_fields

MAKE, FILL, CONFIRM = "编制要点", "填报要点", "确认要点"
_S = WorkPoint.State


@transaction.atomic
def make_plan(*, organ: Organ, by: User, **given: Any) -> WorkPlan:
    """Enter the points of a year as a paper issued them.

    Args:
        given: year, title, document_number, issued_by, issued_on.

    Raises:
        PointRefused: the year has one of this title, or it is issued in the future.
    """
    access.require(by, MAKE, organ)
    if given["issued_on"] > timezone.localdate():
        raise PointRefused("印发日期晚于今天，请核对。")
    try:
        with transaction.atomic():
            made = WorkPlan.objects.create(organ=organ, made_by=by, **given)
    except IntegrityError:
        raise PointRefused(f"{given['year']} 年已经登记过“{given['title']}”。") from None
    record_event("workplan.made", made, actor=by, organ_code=organ.code, year=made.year)
    return made


def limit_fault(due_on: date | None, interval_months: int | None, year: int) -> str:
    """What is wrong with a time limit, as a Chinese sentence; blank when nothing is."""
    if (due_on is None) == (interval_months is None):
        return "请写完成时限，或者选“持续推进”的报送间隔，二者选一。"
    if due_on is not None and not date(year, 1, 1) <= due_on <= date(year + 1, 12, 31):
        return f"完成时限应在 {year} 年内，跨年的最晚到 {year + 1} 年底。"
    return (
        ""
        if interval_months is None or interval_months in INTERVALS
        else "报送间隔只能是每月、每季度、每半年。"
    )


def _check_point(
    plan: WorkPlan, department: Department, due_on: date | None, interval_months: int | None
) -> None:
    if department.organ_id != plan.organ_id:
        raise PointRefused("责任部门不属于这个机关，请重新选择。")
    if fault := limit_fault(due_on, interval_months, plan.year):
        raise PointRefused(fault)


@transaction.atomic
def add_point(
    *, plan: WorkPlan, by: User, number: str, text: str, department: Department, due_on: date | None = None,
    interval_months: int | None = None,
) -> WorkPoint:  # fmt: skip
    """Add a point to a plan.

    Raises:
        PointRefused: no words, neither or both of day and interval, or the number is taken.
    """
    access.require(by, MAKE, plan.organ)
    if not text.strip() or not number.strip():
        raise PointRefused("请写序号和工作任务。")
    _check_point(plan, department, due_on, interval_months)
    try:
        with transaction.atomic():
            made = WorkPoint.objects.create(
                plan=plan, number=number.strip(), text=text.strip(), department=department, due_on=due_on,
                interval_months=interval_months,
            )  # fmt: skip
    except IntegrityError:
        raise PointRefused(f"序号“{number.strip()}”已经用过，请换一个。") from None
    record_event("workpoint.added", made, actor=by, organ_code=plan.organ.code)
    return made


def _locked(point: WorkPoint, by: User, act: str) -> WorkPoint:
    found = WorkPoint.objects.select_for_update(of=("self",)).select_related("plan__organ").get(pk=point.pk)
    access.require(by, act, found.plan.organ)
    if found.state != _S.OPEN:
        raise PointRefused(f"这项任务{found.get_state_display()}，不能再办。")
    return found


@transaction.atomic
def change_point(
    *, point: WorkPoint, by: User, text: str, department: Department, due_on: date | None,
    interval_months: int | None,
) -> WorkPoint:  # fmt: skip
    """Change an open point; what it said stands in the log.

    Raises:
        PointRefused: closed, no words, or neither or both of day and interval.
    """
    found = _locked(point, by, MAKE)
    if not text.strip():
        raise PointRefused("请写工作任务。")
    _check_point(found.plan, department, due_on, interval_months)
    before = f"{found.text}｜{found.department_id}｜{found.limit}"
    found.text, found.department = text.strip(), department
    found.due_on, found.interval_months = due_on, interval_months
    found.save(update_fields=["text", "department", "due_on", "interval_months"])
    record_event("workpoint.changed", found, actor=by, organ_code=found.plan.organ.code, before=before)
    return found


def _checked_link(link: str) -> str:
    """An address on this site or elsewhere; anything a browser would run is refused."""
    given = link.strip()
    is_ours = given.startswith("/") and not given.startswith(("//", "/\\"))
    if given and not is_ours and not given.startswith(("https://", "http://")):
        raise PointRefused("佐证网址请写完整的网址（以 https:// 开头），或者本站以 / 开头的地址。")
    return given


@transaction.atomic
def check_in(
    *, point: WorkPoint, by: User, on: date, percent: int, note: str, link: str = "", data: bytes = b"",
    name: str = "",
) -> CheckIn:  # fmt: skip
    """Say what was done by a day, with evidence: a file, or an address.

    Raises:
        PointRefused: closed, nothing said, in the future, before the last one, or complete without any evidence.
        UploadRefused: the file harms, or is not what its name says.
    """
    found = _locked(point, by, FILL)
    if not note.strip():
        raise PointRefused("请写进展：做了什么，有什么成果。")
    if on > timezone.localdate():
        raise PointRefused("日期晚于今天，请核对。")
    last = found.check_ins.last()
    if last is not None and on < last.on:
        raise PointRefused(f"上一次填报是 {last.on}，日期不能更早。")
    if not 0 <= percent <= 100:
        raise PointRefused("完成比例应为 0 至 100。")
    given = _checked_link(link)
    if percent == 100 and not given and not name and not has_evidence(found):
        raise PointRefused("完成要有佐证：上传文件，或者写已发布信息、其他记录的网址。")
    made = CheckIn.objects.create(point=found, on=on, percent=percent, note=note.strip(), link=given, by=by)
    if name:
        CheckInFile.objects.create(check_in=made, **stored_fields(data=data, name=name, title="", by=by))
    found.returned_note = ""
    found.save(update_fields=["returned_note"])
    record_event("workpoint.checked_in", made, actor=by, organ_code=found.plan.organ.code, percent=percent)
    return made


def has_evidence(point: WorkPoint) -> bool:
    """Whether any check-in of a point shows something."""
    rows = point.check_ins.all()
    return rows.exclude(link="").exists() or rows.filter(files__isnull=False).exists()


@transaction.atomic
def confirm_point(*, point: WorkPoint, by: User, passed: bool, note: str) -> WorkPoint:
    """Look at the evidence of a point reported complete: it is done, or goes back.

    Raises:
        PointRefused: not reported complete, no evidence, nothing said, or by whom it was reported.
    """
    found = _locked(point, by, CONFIRM)
    last = found.check_ins.last()
    if last is None or last.percent < 100 or found.returned_note:
        raise PointRefused("还没有填报完成（100%），不能确认。")
    if last.by_id == by.pk:
        raise PointRefused("您填报的完成情况不能自己确认，请由其他人确认。")
    if not has_evidence(found):
        raise PointRefused("没有佐证，不能确认完成。")
    if not note.strip():
        raise PointRefused("请写确认意见：看了哪些佐证。")
    if passed:
        found.state, found.closed_on, found.closed_by = _S.DONE, timezone.localdate(), by
        found.closing_note = note.strip()
    else:
        found.returned_note = note.strip()
    found.save(update_fields=["state", "closed_on", "closed_by", "closing_note", "returned_note"])
    act = "workpoint.done" if passed else "workpoint.returned"
    record_event(act, found, actor=by, organ_code=found.plan.organ.code)
    return found


@transaction.atomic
def reopen_point(*, point: WorkPoint, by: User, reason: str) -> WorkPoint:
    """Open a point again that was confirmed by mistake, or whose evidence did not last (回头看).

    Raises:
        PointRefused: not done, or no reason.
    """
    found = WorkPoint.objects.select_for_update(of=("self",)).select_related("plan__organ").get(pk=point.pk)
    access.require(by, CONFIRM, found.plan.organ)
    if found.state != _S.DONE:
        raise PointRefused("只有已确认完成的任务才能重新打开。")
    if not reason.strip():
        raise PointRefused("请写明重新打开的原因。")
    found.state, found.closed_on, found.closed_by, found.closing_note = _S.OPEN, None, None, ""
    found.returned_note = reason.strip()
    found.save(update_fields=["state", "closed_on", "closed_by", "closing_note", "returned_note"])
    record_event("workpoint.reopened", found, actor=by, organ_code=found.plan.organ.code)
    return found


@transaction.atomic
def drop_point(*, point: WorkPoint, by: User, reason: str) -> WorkPoint:
    """Take a point out of the plan, as a superior's paper or the office's head decided; it stays readable.

    Raises:
        PointRefused: closed, or no reason.
    """
    found = _locked(point, by, MAKE)
    if not reason.strip():
        raise PointRefused("请写明调整、取消的原因和依据。")
    found.state, found.closed_on, found.closed_by = _S.DROPPED, timezone.localdate(), by
    found.closing_note = reason.strip()
    found.save(update_fields=["state", "closed_on", "closed_by", "closing_note"])
    record_event("workpoint.dropped", found, actor=by, organ_code=found.plan.organ.code)
    return found

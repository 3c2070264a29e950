"""What the passing of days does by itself, and what a new holiday notice changes.

Run daily (``gongkai requests daily``) and after ``gongkai calendar import``. Each case is its own transaction:
one faulty case does not keep the others from their day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from gongkai.calendar_files import working_calendar
from gongkai.core.calendars import WorkingCalendar
from gongkai.core.disclosure.procedure import State
from gongkai.inforequests.models import Consultation, InfoRequest, OfficeProfile
from gongkai.inforequests.services.charging import lapse_fee
from gongkai.inforequests.services.consulting import lapse_consultation
from gongkai.inforequests.services.correcting import lapse_correction
from gongkai.inforequests.services.moving import locked, note_step, recompute
from gongkai.inforequests.services.periods import recount


@dataclass(frozen=True, slots=True)
class Lapse:
    """What happened to one case: its number and a Chinese sentence; ``failed`` when it could not be done."""

    number: str
    text: str
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """A due date that a new notice changed."""

    number: str
    handler: str
    address: str
    before: date | None
    after: date | None
    provisional: bool


def lapse_all(today: date) -> list[Lapse]:
    """End corrections, payments and consultations whose period is over."""
    return [*_corrections(today), *_fees(today), *_consultations(today)]


def _corrections(today: date) -> Iterator[Lapse]:
    due = InfoRequest.objects.filter(state=State.AWAIT_CORRECTION, task_due_on__lt=today)
    for pk, number in list(due.values_list("pk", "number")):
        yield _tried(number, "逾期不补正，不再处理", lapse_correction, request_id=pk, today=today)


def _fees(today: date) -> Iterator[Lapse]:
    due = InfoRequest.objects.filter(state=State.AWAIT_PAYMENT, task_due_on__lt=today)
    for pk, number in list(due.values_list("pk", "number")):
        yield _tried(number, "逾期未缴费，不再处理", lapse_fee, request_id=pk, today=today)


def _consultations(today: date) -> Iterator[Lapse]:
    due = Consultation.objects.filter(answered_on=None, answer_due_on__lt=today)
    for pk, number in list(due.values_list("pk", "request__number")):
        yield _tried(
            number,
            "征求意见逾期未答复，已按规定继续办理",
            lapse_consultation,
            consultation_id=pk,
            today=today,
        )


def _tried(number, text, act, **arguments) -> Lapse:
    try:
        act(**arguments)
    except Exception as error:  # the next case must have its day whatever is wrong with this one
        return Lapse(number, f"没有办成：{error}", failed=True)
    return Lapse(number, text)


def tell_owners(moved: Sequence[Moved]) -> int:
    """Mail each handler which due dates of his cases moved; gives the number of mails."""
    by_address: dict[str, list[Moved]] = {}
    for one in moved:
        if one.address:
            by_address.setdefault(one.address, []).append(one)
    for address, lines in by_address.items():
        body = "\n".join(f"· 申请 {m.number}：{m.before or '—'} → {m.after or '—'}" for m in lines)
        send_mail(
            f"放假安排更新，{len(lines)} 件申请的答复期限有变动",
            f"{lines[0].handler}，您好：\n\n{body}\n\n请登录后台查看。",
            None,
            [address],
        )
    return len(by_address)


def recompute_open(calendar: WorkingCalendar | None = None) -> list[Moved]:
    """Recompute every open case; the differences are kept as steps of the cases and given back."""
    regions = dict(OfficeProfile.objects.values_list("organ_id", "region"))
    calendars: dict[str, WorkingCalendar] = {}
    moved = []
    for pk, organ_id in InfoRequest.objects.open().values_list("pk", "organ_id"):
        region = regions.get(organ_id, "CN")
        if region not in calendars:
            calendars[region] = calendar or working_calendar(region)
        with transaction.atomic():
            request = locked(pk)
            before, was, step = request.due_on, request.due_is_provisional, request.task_due_on
            recompute(request, calendars[region])
            recount(request, calendars[region])
            if (before, was, step) == (request.due_on, request.due_is_provisional, request.task_due_on):
                continue
            moved_step = (
                f"；本步期限由 {step} 变为 {request.task_due_on}" if step != request.task_due_on else ""
            )
            change = f"答复期限由 {before or '—'} 变为 {request.due_on or '—'}"
            kind = "（暂定）" if request.due_is_provisional else "（确定）"
            note_step(
                request,
                "calendar_changed",
                user=None,
                on=timezone.localdate(),
                note=f"放假安排更新后重新计算：{change}{kind}{moved_step}",
            )
            moved.append(
                Moved(
                    request.number,
                    request.handler.get_full_name() if request.handler else "",
                    request.handler.email if request.handler else "",
                    before,
                    request.due_on,
                    request.due_is_provisional,
                )
            )
    return moved

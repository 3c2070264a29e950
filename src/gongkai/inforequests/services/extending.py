"""Extension of the reply time (第三十三条第二款) and the dialogue on abnormal volume (第三十五条)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.core.disclosure.clock import Entry, Kind
from gongkai.core.disclosure.procedure import Actor, Event
from gongkai.inforequests.errors import ActRefused
from gongkai.inforequests.models import Decision, InfoRequest
from gongkai.inforequests.services.lettering import issue
from gongkai.inforequests.services.moving import (
    due_of,
    keep,
    locked,
    move,
    note_step,
    permit,
    profile_of,
)
from gongkai.inforequests.services.periods import period

MAX_EXTENSION_WORKING_DAYS = 20  # Art. 33(2)


@transaction.atomic
def extend_reply(
    *, request_id: int, actor: User, working_days: int, reason: str, on: date, version: int | None = None
) -> InfoRequest:
    """Extend once, by at most 20 working days, approved by the unit's head before the time is over."""
    request = locked(request_id, version)
    if request.fixed_due_on is not None:
        raise ActRefused("重新办理的期限由复议决定或者判决确定，本机关不能延长。")
    if request.is_extended:
        raise ActRefused("已经延长过一次，不能再次延长（第三十三条第二款）。")
    if not 1 <= working_days <= MAX_EXTENSION_WORKING_DAYS:
        raise ActRefused(f"延长的期限为 1 至 {MAX_EXTENSION_WORKING_DAYS} 个工作日。")
    if not reason.strip():
        raise ActRefused("请写明延长答复期限的理由，理由会告知申请人。")
    if request.due_on is not None and on > request.due_on:
        raise ActRefused(f"答复期限 {request.due_on:%Y-%m-%d} 已过，不能再延长。")
    before = request.due_on
    move(
        request,
        Event.EXTEND,
        actor=Actor.HEAD,
        user=actor,
        on=on,
        entries=[Entry(Kind.EXTENDED, on, working_days=working_days)],
        note=f"延长 {working_days} 个工作日：{reason.strip()}",
        working_days=working_days,
    )
    due = due_of(request)
    facts = {
        "延期理由": reason.strip(),
        "延长工作日数": working_days,
        "原答复期限": before or "",
        "新答复期限": (due.due if due else None) or request.due_on or "",
    }
    issue(request, 6, facts, user=actor, dated=on)
    return request


@transaction.atomic
def ask_reason(
    *, request_id: int, actor: User, evidence: str, on: date, version: int | None = None
) -> InfoRequest:
    """Ask for the reason of an abnormal number or frequency; the facts of it are the evidence."""
    request = locked(request_id, version)
    if not evidence.strip():
        raise ActRefused("请写明申请数量、频次的事实，例如一定期间内的件数和内容。")
    until = period(request, on, profile_of(request).reason_working_days)
    request.task_due_on = until.last
    move(request, Event.ASK_REASON, actor=Actor.HANDLER, user=actor, on=on, note=evidence.strip())
    issue(request, 5, {"频次事实": evidence.strip(), "说明期限": until.said}, user=actor, dated=on)
    return request


@transaction.atomic
def give_reason(
    *, request_id: int, reason: str, on: date, actor: User | None = None, version: int | None = None
) -> InfoRequest:
    """Take in the applicant's explanation; the head then judges it."""
    request = locked(request_id, version)
    permit(actor, Actor.APPLICANT, request)
    if not reason.strip():
        raise ActRefused("请写下理由。")
    if request.state != "await_reason":
        raise ActRefused("本机关没有要求说明理由，或者已经处理完毕。")
    note = f"申请人说明理由：{reason.strip()}"
    if request.steps.filter(event="reason_given", note=note).exists():  # the page was sent twice
        return request
    note_step(request, "reason_given", user=actor, on=on, note=note, by=Actor.APPLICANT)
    return request


@transaction.atomic
def accept_reason(
    *, request_id: int, actor: User, until: date | None, on: date, version: int | None = None
) -> InfoRequest:
    """Accept the reason; with a day, when the reply cannot be ready in time (letter 7)."""
    request = locked(request_id, version)
    entries = []
    if until is not None:
        if request.due_on and until <= request.due_on:
            raise ActRefused(f"延迟答复的日期应当晚于现在的期限 {request.due_on:%Y-%m-%d}。")
        entries = [Entry(Kind.DELAYED, on, until=until)]
    request.task_due_on = None
    move(
        request,
        Event.ACCEPT_REASON,
        actor=Actor.HEAD,
        user=actor,
        on=on,
        entries=entries,
        note=f"延迟至 {until:%Y-%m-%d} 答复" if until else "在原期限内答复",
    )
    if until is not None:
        issue(request, 7, {"延迟答复日期": until}, user=actor, dated=on)
    return request


@transaction.atomic
def reject_reason(
    *, request_id: int, actor: User, why: str, on: date, version: int | None = None
) -> InfoRequest:
    """Reject the reason, or its absence: 不予处理 is drafted in the handler's name and still needs approval."""
    request = locked(request_id, version)
    if not why.strip():
        raise ActRefused("请写明为什么不认可申请人的理由。")
    asked = request.steps.filter(event=Event.ASK_REASON.value).latest("pk")
    request.task_due_on = None
    move(request, Event.REJECT_REASON, actor=Actor.HEAD, user=actor, on=on, note=why.strip())
    Decision.objects.create(
        request=request,
        code="D-35",
        facts={"频次事实": asked.note, "说明理由情况": why.strip()},
        drafted_by=asked.actor,
    )
    keep(request)
    return request

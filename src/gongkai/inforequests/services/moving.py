"""The one door through which an application changes its state.

Every act locks the row, checks that the person saw its newest version, asks the procedure, appends to the
ledger, recomputes the due date and leaves a step and an event of the log.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.agencies.models import User
from gongkai.audit.services import record_event
from gongkai.calendar_files import working_calendar
from gongkai.core.calendars import WorkingCalendar
from gongkai.core.disclosure import clock, procedure
from gongkai.core.disclosure.procedure import Actor, Event
from gongkai.inforequests import access
from gongkai.inforequests.errors import ActRefused, TakenByAnother
from gongkai.inforequests.models import InfoRequest, LedgerEntry, OfficeProfile, ProcedureStep

EVENT_LABELS = {
    Event.CONFIRM: "与申请人确认",
    Event.ASSIGN: "交承办人办理",
    Event.ANSWER_ON_THE_SPOT: "当场答复",
    Event.NOTIFY_CORRECTION: "告知补正",
    Event.CORRECT: "收到补正",
    Event.LAPSE_CORRECTION: "逾期不补正",
    Event.ASK_THIRD_PARTY: "征求第三方意见",
    Event.THIRD_PARTY_DONE: "第三方意见征求完毕",
    Event.ASK_ORGAN: "征求其他机关意见",
    Event.ORGAN_DONE: "其他机关意见征求完毕",
    Event.ASK_REASON: "要求说明理由",
    Event.ACCEPT_REASON: "认可理由",
    Event.REJECT_REASON: "不认可理由",
    Event.NOTIFY_FEE: "通知缴费",
    Event.PAY: "收到缴费",
    Event.LAPSE_FEE: "逾期未缴费",
    Event.EXTEND: "延长答复期限",
    Event.DRAFT_DECISION: "拟出办理决定",
    Event.APPROVE: "答复送达",
    Event.RETURN: "退回重办",
    Event.WITHDRAW: "申请人撤回",
    Event.ARCHIVE: "归档",
}


def profile_of(request: InfoRequest) -> OfficeProfile:
    """What the office says about itself; ActRefused with what to do when it was never filled in."""
    profile = OfficeProfile.objects.filter(organ_id=request.organ_id).first()
    if profile is None:
        raise ActRefused(
            f"{request.organ.name}还没有填写受理机构信息（文号代字、复议机关、法院等），"
            "请先在“依申请公开—受理机构”中填写。"
        )
    return profile


def calendar_of(request: InfoRequest) -> WorkingCalendar:
    """The working calendar that counts for an application."""
    profile = OfficeProfile.objects.filter(organ_id=request.organ_id).only("region").first()
    return working_calendar(profile.region if profile else "CN")


def locked(request_id: int, version: int | None = None) -> InfoRequest:
    """The newest row, locked until the transaction ends.

    Args:
        version: what the person's page showed; None where nobody looked at a page (public acts, the clock).

    Raises:
        TakenByAnother: the row is newer than the page.
    """
    request = InfoRequest.objects.select_for_update().get(pk=request_id)
    if version is not None and version != request.version:
        since = request.steps.order_by("-pk")[: max(1, request.version - version)]
        raise TakenByAnother([_told(step) for step in reversed(since)])
    return request


def _told(step: ProcedureStep) -> str:
    who = step.actor.get_full_name() if step.actor else "申请人或者系统"
    moment = timezone.localtime(step.at)
    what = EVENT_LABELS[Event(step.event)] if step.event in set(Event) else step.note or step.event
    return f"{who}于 {moment:%m月%d日 %H:%M} 办理“{what}”，现为“{step.get_target_display()}”"


def permit(user: User | None, actor: Actor, request: InfoRequest) -> None:
    """Check the right of a person to stand for an actor; ``None`` is the applicant or the clock themselves."""
    if user is not None:
        access.require(user, access.ACT_OF_ACTOR[actor], request.organ)
    elif actor in {Actor.HANDLER, Actor.HEAD}:
        raise ActRefused("这一步须由本机关工作人员办理。")


def today_or_earlier(on: date, what: str) -> None:
    """Refuse a day that has not come."""
    if on > timezone.localdate():
        raise ActRefused(f"{what}（{on:%Y-%m-%d}）在今天以后，请核对。")


def move(
    request: InfoRequest,
    event: Event,
    *,
    actor: Actor,
    user: User | None,
    on: date,
    note: str = "",
    entries: Sequence[clock.Entry] = (),
    **facts: Any,
) -> ProcedureStep:
    """Carry out an event on a locked application.

    Args:
        entries: what the event adds to the clock ledger.
        facts: JSON-ready facts for the event log; no personal data.

    Raises:
        TransitionForbidden: the state does not allow it, or not for this actor.
        LedgerImpossible: the entries contradict the ledger.
    """
    permit(user, actor, request)
    today_or_earlier(on, "日期")
    transition = procedure.next_state(request.procedure_state, event, actor)
    source, request.state = request.state, transition.target.value
    append(request, entries, user)
    step = ProcedureStep.objects.create(
        request=request,
        event=event.value,
        source=source,
        target=request.state,
        on=on,
        note=note,
        actor=user,
        actor_kind=actor.value,
    )
    keep(request)
    _log(request, f"inforequest.{event.value}", actor, user, on=on, **facts)
    return step


def note_step(
    request: InfoRequest,
    what: str,
    *,
    user: User | None,
    on: date,
    note: str = "",
    by: Actor = Actor.CLOCK,
    **facts: Any,
) -> ProcedureStep:
    """Record something that does not change the state.

    Args:
        what: dotted-name part in English for the log; ``note`` is what people read.
        by: who did it when nobody of the office did.
    """
    kind = by if user is None else Actor.HANDLER
    step = ProcedureStep.objects.create(
        request=request,
        event=what,
        source=request.state,
        target=request.state,
        on=on,
        note=note,
        actor=user,
        actor_kind=kind.value,
    )
    keep(request)
    _log(request, f"inforequest.{what}", kind, user, on=on, **facts)
    return step


def append(request: InfoRequest, entries: Sequence[clock.Entry], user: User | None) -> None:
    """Add to the ledger and recompute what follows from it."""
    for entry in entries:
        LedgerEntry.objects.create(
            request=request,
            kind=entry.kind.value,
            on=entry.on,
            channel=entry.channel.value if entry.channel else "",
            confirmed_on=entry.confirmed_on,
            letter_id=entry.id,
            working_days=entry.working_days,
            until=entry.until,
            recorded_by=user,
        )
    if entries:
        recompute(request, calendar_of(request))


def ledger_of(request: InfoRequest) -> list[clock.Entry]:
    """The ledger as it stands, voided rows left out, in the order in which things happened."""
    return [row.entry() for row in request.ledger.filter(voided_at=None)]


def due_of(request: InfoRequest, calendar: WorkingCalendar | None = None) -> clock.Due | None:
    """The derivation of the due date; None before the clock starts, and for a redo, whose day is fixed."""
    entries = ledger_of(request)
    if not entries or request.fixed_due_on is not None:
        return None
    return clock.reply_due(entries, calendar or calendar_of(request))


def recompute(request: InfoRequest, calendar: WorkingCalendar) -> None:
    """Derive receipt day, due date and flags from the ledger; the caller saves."""
    entries = ledger_of(request)
    if not entries:
        return
    first = next(entry for entry in entries if entry.kind is clock.Kind.RECEIVED)
    request.received_on = first.confirmed_on or first.on
    if request.fixed_due_on is not None:
        request.due_on, request.due_is_provisional = request.fixed_due_on, False
        return
    due = clock.reply_due(entries, calendar)
    request.due_on, request.due_is_provisional = due.due, due.provisional
    request.is_extended = any(entry.kind is clock.Kind.EXTENDED for entry in entries)
    request.is_delayed = any(entry.kind is clock.Kind.DELAYED for entry in entries)
    request.has_late_correction = bool(due.warnings)


def keep(request: InfoRequest) -> None:
    """Save with the next version number."""
    request.version += 1
    request.save()


def _log(request: InfoRequest, action: str, actor: Actor, user: User | None, **facts: Any) -> None:
    names = {Actor.APPLICANT: "applicant", Actor.CLOCK: "system"}
    record_event(
        action,
        request,
        actor=user if user is not None else names.get(actor, "system"),
        organ_code=request.organ.code,
        due_on=request.due_on,
        **facts,
    )

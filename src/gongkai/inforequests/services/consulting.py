"""Asking a third party, a co-making organ or another organ (征求意见), and what their silence means.

Source: 《政府信息公开条例》 Arts. 32 (third party: 15 working days from its receipt; silence leaves the decision to
the organ), 33(3) (the time is excluded), 34 (co-making organ: 15 working days; silence is consent).
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Department, User
from gongkai.core.disclosure.clock import CONSULTATION_WORKING_DAYS, Entry, Kind
from gongkai.core.disclosure.procedure import Actor, Event, State, next_state
from gongkai.inforequests import access
from gongkai.inforequests.errors import ActRefused
from gongkai.inforequests.models import Assignment, Consultation, InfoRequest
from gongkai.inforequests.services.lettering import issue
from gongkai.inforequests.services.moving import (
    append,
    locked,
    move,
    note_step,
    today_or_earlier,
)
from gongkai.inforequests.services.periods import period, require_certain

_ASK = {True: (Event.ASK_THIRD_PARTY, State.AWAIT_THIRD_PARTY), False: (Event.ASK_ORGAN, State.AWAIT_ORGAN)}
_DONE = {State.AWAIT_THIRD_PARTY: Event.THIRD_PARTY_DONE, State.AWAIT_ORGAN: Event.ORGAN_DONE}


def token_digest(token: str) -> str:
    """How a one-time link is kept: its digest only."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def consult(
    *,
    request_id: int,
    actor: User,
    kind: str,
    party: str,
    contact: str,
    passages: str,
    on: date,
    reached_on: date | None = None,
    version: int | None = None,
) -> tuple[Consultation, str]:
    """Send one written question; gives the record and the token of its one-time link.

    The applicant is told that the time is excluded (letter 9) when a third party is asked.
    """
    request = locked(request_id, version)
    if not party.strip() or not passages.strip():
        raise ActRefused("请写明征求谁的意见、涉及哪些信息。")
    today_or_earlier(on, "发出日期")
    token = secrets.token_urlsafe(24)
    asked = Consultation(
        request=request,
        kind=kind,
        party=party.strip(),
        contact=contact.strip(),
        passages=passages.strip(),
        sent_on=on,
        token_hash=token_digest(token),
        created_by=actor,
    )
    asked.save()
    entry = Entry(Kind.CONSULTATION_SENT, on, id=asked.letter_id)
    event, state = _ASK[kind == Consultation.Kind.THIRD_PARTY]
    label = asked.get_kind_display()
    if request.state == state:  # one more letter of the same kind: nothing changes but the ledger
        access.require(actor, "办理申请", request.organ)
        append(request, [entry], actor)
        note_step(request, "consulted", user=actor, on=on, note=f"再征求一家{label}的意见")
    else:
        move(
            request,
            event,
            actor=Actor.HANDLER,
            user=actor,
            on=on,
            entries=[entry],
            note=f"征求{label}意见",
            consultation=asked.pk,
        )
    facts = {"对方名称": asked.party, "涉及信息": asked.passages}
    if kind == Consultation.Kind.THIRD_PARTY:
        issue(request, 8, facts, user=actor, dated=on, to_applicant=False)
        issue(request, 9, {"征求日期": on}, user=actor, dated=on)
    else:
        silence = kind == Consultation.Kind.CO_MAKER
        issue(request, 11, {**facts, "逾期后果": silence}, user=actor, dated=on, to_applicant=False)
    if reached_on is not None:
        asked = record_reached(consultation_id=asked.pk, actor=actor, on=reached_on)
    return asked, token


@transaction.atomic
def record_reached(*, consultation_id: int, actor: User | None, on: date) -> Consultation:
    """Record the day on which the other side received the letter: its 15 working days count from there."""
    asked = Consultation.objects.select_for_update().select_related("request").get(pk=consultation_id)
    request = locked(asked.request_id)
    if actor is not None:
        access.require(actor, "办理申请", request.organ)
    today_or_earlier(on, "收到日期")
    if on < asked.sent_on:
        raise ActRefused(f"收到日期 {on:%Y-%m-%d} 早于发出日期 {asked.sent_on:%Y-%m-%d}，请核对。")
    asked.reached_on = on
    asked.answer_due_on = period(request, on, CONSULTATION_WORKING_DAYS).last
    asked.save(update_fields=["reached_on", "answer_due_on"])
    if asked.answered_on is None:
        request.task_due_on = asked.answer_due_on
        note_step(
            request, "consultation_reached", user=actor, on=on, note=f"对方于 {on:%Y-%m-%d} 收到征求意见函"
        )
    return asked


@transaction.atomic
def answer(
    *,
    consultation_id: int,
    answer: str,
    opinion: str,
    on: date,
    actor: User | None = None,
) -> Consultation:
    """Record an answer, from the one-time link (no actor) or typed by the office."""
    asked = Consultation.objects.select_for_update().get(pk=consultation_id)
    request = locked(asked.request_id)
    if actor is not None:
        access.require(actor, "办理申请", request.organ)
    if asked.answered_on is not None:
        raise ActRefused("这份征求意见函已经有了答复，不能重复答复。")
    if answer in {Consultation.Answer.OBJECTS, Consultation.Answer.PARTLY} and not opinion.strip():
        raise ActRefused("不同意公开或者只同意公开一部分的，请写明是哪些内容、有什么理由。")
    today_or_earlier(on, "答复日期")
    if on < asked.sent_on:
        raise ActRefused(f"答复日期 {on:%Y-%m-%d} 早于发出日期 {asked.sent_on:%Y-%m-%d}，请核对。")
    asked.answer, asked.opinion, asked.answered_on = answer, opinion.strip(), on
    if asked.reached_on is None:
        asked.reached_on = on
    if actor is None:
        asked.token_used_at = timezone.now()
    asked.save()
    _close(request, asked, on, actor, f"{asked.get_kind_display()}答复：{asked.get_answer_display()}")
    return asked


@transaction.atomic
def lapse_consultation(*, consultation_id: int, today: date | None = None) -> Consultation:
    """Close a question nobody answered in time: a co-maker consents, anybody else leaves it to the organ."""
    asked = Consultation.objects.select_for_update().get(pk=consultation_id)
    request, day = locked(asked.request_id), today or timezone.localdate()
    if asked.answered_on is None and asked.reached_on is not None:
        require_certain(request)
        asked.refresh_from_db()
    if asked.answered_on is not None or asked.answer_due_on is None or day <= asked.answer_due_on:
        raise ActRefused("答复期限还没有届满。")
    asked.answer, asked.answered_on = Consultation.Answer.SILENT, asked.answer_due_on
    asked.save(update_fields=["answer", "answered_on"])
    means = (
        "视为同意公开（第三十四条）"
        if asked.kind == Consultation.Kind.CO_MAKER
        else "由本机关决定是否公开（第三十二条）"
    )
    _close(request, asked, asked.answer_due_on, None, f"{asked.get_kind_display()}逾期未答复，{means}")
    return asked


def _close(request: InfoRequest, asked: Consultation, on: date, user: User | None, note: str) -> None:
    """End the exclusion of one letter; the last open one of a kind takes the case on."""
    entry = Entry(Kind.CONSULTATION_ANSWERED, on, id=asked.letter_id)
    waiting = request.consultations.filter(answered_on=None).exclude(pk=asked.pk)
    state = request.procedure_state
    third = Consultation.Kind.THIRD_PARTY
    same = waiting.filter(kind=third) if state is State.AWAIT_THIRD_PARTY else waiting.exclude(kind=third)
    request.task_due_on = min((c.answer_due_on for c in waiting if c.answer_due_on), default=None)
    append(request, [entry], user)
    what = "consultation_answered"
    if state in _DONE and not same.exists():
        # The arrival of an answer, or the end of its period, moves the case; the office only notes it.
        what = _DONE[state].value
        request.state = next_state(state, _DONE[state], Actor.HANDLER).target.value
        if waiting.exists():  # a letter of the other kind is still out
            other = State.AWAIT_ORGAN if state is State.AWAIT_THIRD_PARTY else State.AWAIT_THIRD_PARTY
            request.state = other.value
    note_step(request, what, user=user, on=on, note=note)


@transaction.atomic
def ask_department(
    *,
    request_id: int,
    actor: User,
    department: Department,
    task: str,
    due_on: date,
    version: int | None = None,
) -> Assignment:
    """Ask a department of the organ for its part, by its own day."""
    request = locked(request_id, version)
    access.require(actor, "办理申请", request.organ)
    if not request.is_open:
        raise ActRefused("申请已经办结，不能再交协办。")
    if department.organ_id != request.organ_id:
        raise ActRefused("只能交本机关的内设机构协办；涉及其他机关的，请用“征求其他机关意见”。")
    if due_on < timezone.localdate():
        raise ActRefused("协办期限早于今天，请核对。")
    if request.due_on and due_on > request.due_on:
        raise ActRefused(f"协办期限晚于答复期限 {request.due_on:%Y-%m-%d}，请提前。")
    asked = Assignment.objects.create(
        request=request, department=department, task=task, due_on=due_on, assigned_by=actor
    )
    note_step(
        request,
        "department_asked",
        user=actor,
        on=timezone.localdate(),
        note=f"交{department.name}协办，{due_on:%Y-%m-%d} 前反馈：{task}",
    )
    return asked


@transaction.atomic
def department_done(*, assignment_id: int, actor: User, result: str) -> Assignment:
    """A department gives its part."""
    asked = Assignment.objects.select_for_update().get(pk=assignment_id)
    request = locked(asked.request_id)
    access.require(actor, "填写协办意见", request.organ)
    if asked.done_on is not None:
        raise ActRefused("这项协办已经反馈过了。")
    if not result.strip():
        raise ActRefused("请填写协办意见。")
    asked.result, asked.done_on, asked.done_by = result.strip(), timezone.localdate(), actor
    asked.save()
    note_step(
        request, "department_done", user=actor, on=asked.done_on, note=f"{asked.department.name}反馈协办意见"
    )
    return asked

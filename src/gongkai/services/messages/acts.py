"""Acts on messages: take in, assign, refuse, answer, review, redact, show, hide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Department, Organ, User
from gongkai.audit.services import record_event
from gongkai.calendar_files import working_calendar
from gongkai.core.proofreading import Finding, Severity, check
from gongkai.core.public_messages import MessageClock, clock_of
from gongkai.privacy.query_codes import new_query_code
from gongkai.proofing.style_book import book_of
from gongkai.services import access
from gongkai.services.errors import MessageRefused
from gongkai.services.messages.models import MessageCounter, MessageOffice, MessageStep, PublicMessage
from gongkai.services.messages.redaction import remains_of
from gongkai.services.signals import shown_changed

_S = PublicMessage.State


@dataclass(frozen=True, slots=True)
class Given:
    """What a sender wrote; all but kind, title and text may be blank."""

    kind: str
    title: str
    text: str
    name: str = ""
    telephone: str = ""
    email: str = ""
    may_publish: bool = False


def office_of(organ: Organ) -> MessageOffice:
    """The organ's settings; unsaved defaults where it has none."""
    return MessageOffice.objects.filter(organ=organ).first() or MessageOffice(organ=organ)


def clock_for(message: PublicMessage) -> MessageClock:
    """The clock of a message by its office's setting."""
    days = office_of(message.organ).reply_working_days
    return clock_of(message.received_on, working_calendar(), working_days=days)


@transaction.atomic
def take_in(*, organ: Organ, given: Given, submission_key: str) -> PublicMessage:
    """Take a message in; the same form sent twice gives the same receipt.

    Raises:
        MessageRefused: the office takes no messages online.
    """
    earlier = PublicMessage.objects.filter(submission_key=submission_key).first()
    if earlier is not None:
        return earlier
    office = office_of(organ)
    if not office.is_open:
        raise MessageRefused("本机关现在不接收网上留言，请打电话或者当面反映。")
    now = timezone.now()
    day = timezone.localdate(now)
    clock = clock_of(day, working_calendar(), working_days=office.reply_working_days)
    made = PublicMessage.objects.create(
        organ=organ, number=_next_number(organ, day.year), query_code=new_query_code(), submission_key=submission_key, **asdict(given),
        received_at=now, received_on=day, due_on=clock.due.day, due_is_provisional=clock.due.provisional,
    )  # fmt: skip
    MessageStep.objects.create(message=made, what="收到留言")
    record_event(
        "message.received", made, actor="公众", organ_code=organ.code, kind=given.kind, due=made.due_on
    )
    _counts_changed()
    return made


def _next_number(organ: Organ, year: int) -> str:
    MessageCounter.objects.get_or_create(organ=organ, year=year)
    counter = MessageCounter.objects.select_for_update().get(organ=organ, year=year)
    counter.value += 1
    counter.save(update_fields=["value"])
    return f"LY{year}-{counter.value:05d}"


def _counts_changed() -> None:
    shown_changed.send(PublicMessage, kind="message", number=0)


def _locked(message: PublicMessage, *states: str) -> PublicMessage:
    found = PublicMessage.objects.select_for_update(of=("self",)).select_related("organ").get(pk=message.pk)
    if states and found.state not in states:
        raise MessageRefused(f"这条留言现在是“{found.get_state_display()}”，不能这样办，请刷新页面后再看。")
    return found


def _note(message: PublicMessage, what: str, actor: User, note: str = "", **facts: Any) -> None:
    MessageStep.objects.create(message=message, what=what, note=note[:500], person=actor)
    record_event(
        f"message.{facts.pop('event')}", message, actor=actor, organ_code=message.organ.code, **facts
    )


@transaction.atomic
def assign(
    *, message: PublicMessage, department: Department | None, handler: User, note: str, actor: User
) -> PublicMessage:
    """Give a message to a person, or to another one.

    Raises:
        MessageRefused: answered already, or the person may not answer at the organ.
    """
    message = _locked(message, _S.RECEIVED, _S.ASSIGNED, _S.RETURNED)
    access.require(actor, "分办留言", message.organ)
    if not access.allowed(handler, "答复留言", message.organ):
        raise MessageRefused(f"{handler.get_full_name()}没有答复留言的权限，请另选经办人。")
    if department is not None and department.organ_id != message.organ_id:
        raise MessageRefused("承办部门不属于本机关，请重新选择。")
    message.department, message.handler = department, handler
    if message.state == _S.RECEIVED:
        message.state = _S.ASSIGNED
    message.save()
    who = f"{department.name if department else ''}{handler.get_full_name()}"
    _note(message, f"分办给{who}"[:40], actor, note, event="assigned", handler=handler.get_username())
    return message


def give_messages(messages: Iterable[PublicMessage], handler: User, *, actor: User, reason: str) -> int:
    """Give locked messages to another handler, as part of an act that was allowed already."""
    moved = 0
    for message in messages:
        message.handler = handler
        message.save(update_fields=["handler"])
        who = f"移交给{handler.get_full_name()}"[:40]
        _note(message, who, actor, reason, event="handed_over", handler=handler.get_username())
        moved += 1
    return moved


@transaction.atomic
def refuse_invalid(*, message: PublicMessage, reason: str, actor: User) -> PublicMessage:
    """Close a message that is none (advertising, another body's matter, petition channel), with the reason its sender reads.

    Raises:
        MessageRefused: answered already, or no reason.
    """
    message = _locked(message, _S.RECEIVED, _S.ASSIGNED, _S.RETURNED)
    access.require(actor, "分办留言", message.organ)
    if not reason.strip():
        raise MessageRefused("请写明不予受理的理由，留言人查询时看到。")
    message.state, message.invalid_reason = _S.INVALID, reason.strip()
    message.save()
    _note(message, "不予受理", actor, reason.strip(), event="refused")
    _counts_changed()
    return message


def findings_of(answer: str, organ: Organ) -> tuple[Finding, ...]:
    """What the proofreader says of the office's own answer; the sender's words are never given to it."""
    today = timezone.localdate()
    found = check(answer, on=today, style=book_of(organ, today).style) if answer.strip() else ()
    return tuple(one for one in found if one.severity is not Severity.HINT)


@transaction.atomic
def answer(*, message: PublicMessage, answer: str, waived: str, actor: User) -> PublicMessage:
    """Write the answer and submit it for review.

    Raises:
        MessageRefused: not assigned, not the handler's, blank, or serious findings with no reason to keep them.
    """
    message = _locked(message, _S.ASSIGNED, _S.RETURNED)
    access.require(actor, "答复留言", message.organ)
    if message.handler_id != actor.pk:
        raise MessageRefused("这条留言分给了别人，请由经办人答复，或者重新分办。")
    if not answer.strip():
        raise MessageRefused("请写答复。")
    serious = [one for one in findings_of(answer, message.organ) if one.severity is Severity.SERIOUS]
    if serious and not waived.strip():
        quoted = "、".join(f"“{one.quote}”" for one in serious[:5])
        raise MessageRefused(f"校对发现严重疑点：{quoted}。请修改；确需保留的，写明理由。")
    message.answer, message.waived, message.answered_by = answer.strip(), waived.strip(), actor
    message.state = _S.SUBMITTED
    message.save()
    _note(message, "拟好答复，送审", actor, event="answer_submitted")
    return message


@transaction.atomic
def review(*, message: PublicMessage, agrees: bool, note: str, actor: User) -> PublicMessage:
    """Agree with an answer, which the sender can then read, or return it.

    Raises:
        MessageRefused: not under review, one's own answer, or returned without a reason.
    """
    message = _locked(message, _S.SUBMITTED)
    access.require(actor, "审核答复", message.organ)
    if message.answered_by_id == actor.pk:
        raise MessageRefused("拟答复的人不能审核自己的答复，请由另一人审核。")
    if not agrees and not note.strip():
        raise MessageRefused("请写明退回的理由。")
    message.reviewed_by = actor
    if agrees:
        message.state, message.answered_at = _S.ANSWERED, timezone.now()
        _note(message, "审核同意，已答复", actor, note.strip(), event="answered", late=_is_late(message))
    else:
        message.state = _S.RETURNED
        _note(message, "答复退回修改", actor, note.strip(), event="answer_returned")
    message.save()
    _counts_changed()
    return message


def _is_late(message: PublicMessage) -> bool:
    assert message.answered_at is not None
    return timezone.localdate(message.answered_at) > message.due_on


@transaction.atomic
def redact(*, message: PublicMessage, title: str, text: str, actor: User) -> PublicMessage:
    """Write what the public may read of a message: a person's work, checked for the sender's data and for numbers.

    Raises:
        MessageRefused: no consent, not answered, shown already, blank, or personal data left in it or in the answer.
    """
    message = _locked(message, _S.ANSWERED)
    access.require(actor, "公开留言", message.organ)
    if not message.may_publish:
        raise MessageRefused("留言人不同意公开，不能公开。")
    if message.is_public:
        raise MessageRefused("这条留言已公开，要改请先撤下。")
    if not title.strip() or not text.strip():
        raise MessageRefused("请写公开的标题和内容。")
    if remains := remains_of(message, title, text, message.answer):
        raise MessageRefused("标题、内容和答复里" + "".join(remains))
    message.shown_title, message.shown_text = title.strip(), text.strip()
    message.redacted_by, message.redacted_at = actor, timezone.now()
    message.save()
    _note(message, "隐去个人信息，待决定公开", actor, event="redacted")
    return message


@transaction.atomic
def show(*, message: PublicMessage, actor: User) -> PublicMessage:
    """Put a redacted message and its answer on the public pages; a second person's decision.

    Raises:
        MessageRefused: no consent, not redacted, one's own redaction, or personal data left.
    """
    message = _locked(message, _S.ANSWERED)
    access.require(actor, "公开留言", message.organ)
    if not message.may_publish:
        raise MessageRefused("留言人不同意公开，不能公开。")
    if message.redacted_by_id is None:
        raise MessageRefused("还没有隐去个人信息，不能公开。")
    if message.redacted_by_id == actor.pk:
        raise MessageRefused("隐去个人信息的人不能自己决定公开，请由另一人核对后公开。")
    if remains := remains_of(message, message.shown_title, message.shown_text, message.answer):
        raise MessageRefused("标题、内容和答复里" + "".join(remains))
    message.is_public, message.released_by = True, actor
    message.published_at = message.published_at or timezone.now()
    message.save()
    _note(message, "公开留言和答复", actor, event="shown")
    shown_changed.send(PublicMessage, kind="message", number=message.pk)
    return message


@transaction.atomic
def hide(*, message: PublicMessage, reason: str, actor: User) -> PublicMessage:
    """Take a message off the public pages; to show it again it is redacted anew.

    Raises:
        MessageRefused: not shown, or no reason.
    """
    message = _locked(message)
    access.require(actor, "公开留言", message.organ)
    if not message.is_public:
        raise MessageRefused("这条留言没有公开。")
    if not reason.strip():
        raise MessageRefused("请写明撤下的理由。")
    message.is_public, message.redacted_by, message.released_by = False, None, None
    message.save()
    _note(message, "撤下公开的留言", actor, reason.strip(), event="hidden")
    shown_changed.send(PublicMessage, kind="message", number=message.pk)
    return message


@transaction.atomic
def set_up(*, organ: Organ, actor: User, **given: Any) -> MessageOffice:
    """Keep the office's settings; open messages are counted anew."""
    access.require(actor, "维护互动设置", organ)
    office, _ = MessageOffice.objects.update_or_create(organ=organ, defaults=given)
    record_event("message.office_set_up", office, actor=actor, organ_code=organ.code, **given)
    recount(organ)
    shown_changed.send(MessageOffice, kind="message", number=0)
    return office


def recount(organ: Organ | None = None) -> int:
    """Count the last days of open messages anew (a holiday notice came, the setting changed); gives how many moved."""
    found = PublicMessage.objects.filter(state__in=PublicMessage.OPEN).select_related("organ")
    moved = 0
    for message in found.filter(organ=organ) if organ else found:
        due = clock_for(message).due
        if (due.day, due.provisional) != (message.due_on, message.due_is_provisional):
            PublicMessage.objects.filter(pk=message.pk).update(
                due_on=due.day, due_is_provisional=due.provisional
            )
            moved += 1
    return moved

"""An application comes in: by the public form, or typed by staff from counter, post, fax or e-mail.

Source: 《政府信息公开条例》 (国务院令第711号) Arts. 29 (what an application holds), 31 (day of receipt by channel).
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.models import Department, Organ, User
from gongkai.audit.services import record_event
from gongkai.core.disclosure.clock import CONFIRMED_CHANNELS, Channel, Entry, Kind
from gongkai.core.disclosure.procedure import Actor, Event, State
from gongkai.core.identifiers import (
    IdentifierFaulty,
    TravelDocument,
    parse_credit_code,
    parse_email,
    parse_postcode,
    parse_resident_id,
    parse_telephone,
    parse_travel_document,
)
from gongkai.inforequests import access
from gongkai.inforequests.errors import ActRefused, FilingFaulty
from gongkai.inforequests.models import Attachment, ContactAttempt, InfoRequest
from gongkai.inforequests.services.moving import append, locked, move, note_step, today_or_earlier
from gongkai.inforequests.services.numbering import new_query_code, next_number
from gongkai.privacy.keys import lookup_hash

SAME_MINUTE = timedelta(minutes=5)  # clocks of a form and of the server may differ a little


@dataclass(frozen=True, slots=True)
class Filing:
    """What an application says: the three contents of Art. 29 and nothing else.

    Attributes:
        applicant_kind: key of a column of table 三 (``natural``, ``commercial``, …).
        obtain, medium: values of ``InfoRequest.Obtain`` and ``InfoRequest.Medium``.
    """

    applicant_kind: str
    applicant_name: str
    identity_kind: str
    identity_number: str
    telephone: str
    subject: str
    content: str
    medium: str
    obtain: str
    contact_name: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """A file that came with it, screened by content already."""

    name: str
    content_type: str
    data: bytes
    kind: str = Attachment.Kind.IDENTITY


def _passport(text: str) -> str:
    return parse_travel_document(text, TravelDocument.PASSPORT)


def _permit(text: str) -> str:
    """A permit of a resident of Hong Kong, Macao or Taiwan, or the residence permit with a citizen's number."""
    for parse in (
        lambda: parse_travel_document(text, TravelDocument.HONG_KONG_MACAO),
        lambda: parse_travel_document(text, TravelDocument.TAIWAN),
        lambda: parse_resident_id(text),
    ):
        with suppress(IdentifierFaulty):
            return parse()
    raise IdentifierFaulty(
        "证件号码的写法不对：港澳居民通行证是 H 或 M 加 8 位数字，台湾居民通行证是 8 位数字，居住证是 18 位号码，请核对。"
    )


_TRAVEL = {InfoRequest.IdentityKind.PASSPORT: _passport, InfoRequest.IdentityKind.PERMIT: _permit}


def checked(filing: Filing) -> Filing:
    """The filing with its numbers normalised; raises FilingFaulty naming each field."""
    faults: dict[str, str] = {}
    required = {
        "applicant_name": "请填写申请人的姓名或者名称。",
        "identity_number": "请填写证件号码。",
        "subject": "请填写想要的政府信息的名称。",
        "content": "请描述想要的政府信息：名称、文号，或者便于查询的其他特征。",
    }
    for name, message in required.items():
        if not getattr(filing, name).strip():
            faults[name] = message
    number = filing.identity_number.strip()
    try:
        if number and filing.identity_kind == InfoRequest.IdentityKind.RESIDENT_ID:
            number = parse_resident_id(number)
        elif number and filing.identity_kind == InfoRequest.IdentityKind.CREDIT_CODE:
            number = parse_credit_code(number)
    except IdentifierFaulty as error:
        faults["identity_number"] = str(error)
    parsers = {"telephone": parse_telephone, "email": parse_email, "postcode": parse_postcode}
    if filing.identity_kind in _TRAVEL:
        parsers["identity_number"] = _TRAVEL[filing.identity_kind]
    values = {name: str(getattr(filing, name)).strip() for name in Filing.__dataclass_fields__}
    values["identity_number"] = number
    for name, parse in parsers.items():
        if values[name]:
            try:
                values[name] = str(parse(values[name]))
            except IdentifierFaulty as error:
                faults[name] = str(error)
    if not (filing.telephone.strip() or filing.email.strip() or filing.address.strip()):
        faults["telephone"] = "请至少填写一种联系方式：电话、电子邮箱或者通信地址。"
    if filing.obtain == InfoRequest.Obtain.POST and not filing.address.strip():
        faults["address"] = "选择邮寄的，请填写通信地址。"
    if filing.obtain == InfoRequest.Obtain.EMAIL and not filing.email.strip():
        faults["email"] = "选择电子邮件的，请填写电子邮箱。"
    if faults:
        raise FilingFaulty(faults)
    return Filing(**values)


def submit_public(
    *, organ: Organ, filing: Filing, submission_key: str, files: Iterable[Given] = ()
) -> InfoRequest:
    """Take in an application from the public form; acknowledged means stored.

    A key seen before gives back the application it made: a double click, or a page sent again after the
    network broke, makes one record.
    """
    made = InfoRequest.objects.filter(submission_key=submission_key).first()
    if made is not None:
        return made
    now, good = timezone.now(), checked(filing)
    try:
        with transaction.atomic():
            return _create(
                organ=organ,
                filing=good,
                channel=Channel.WEB,
                submitted_at=now,
                arrived_on=timezone.localdate(now),
                submission_key=submission_key,
                files=files,
                user=None,
            )
    except IntegrityError:  # the same page sent twice at the same moment: the other one was first
        made = InfoRequest.objects.filter(submission_key=submission_key).first()
        if made is None:
            raise
        return made


@transaction.atomic
def register(
    *,
    organ: Organ,
    filing: Filing,
    channel: Channel,
    submitted_at: datetime,
    arrived_on: date,
    confirmed_on: date | None,
    actor: User,
    submission_key: str,
    assisted: bool = False,
    files: Iterable[Given] = (),
) -> InfoRequest:
    """Enter an application that came to the office by another way, with its three moments.

    Args:
        submitted_at: handed over, posted or sent by the applicant.
        arrived_on: arrived at the organ (for signed mail, the day it was signed for).
        confirmed_on: for ordinary mail, fax and e-mail; None while not yet confirmed.
        assisted: filled in by the office for somebody who cannot write it (Art. 29(1)).
    """
    access.require(actor, "登记申请", organ)
    made = InfoRequest.objects.filter(submission_key=submission_key).first()
    if made is not None:
        return made
    if submitted_at > timezone.now() + SAME_MINUTE:
        raise FilingFaulty({"submitted_at": "提交时间在今天以后，请核对。"})
    _check_days(timezone.localdate(submitted_at), arrived_on, confirmed_on, channel)
    request = _create(
        organ=organ,
        filing=checked(filing),
        channel=channel,
        submitted_at=submitted_at,
        arrived_on=arrived_on,
        submission_key=submission_key,
        files=files,
        user=actor,
        assisted_by=actor if assisted else None,
    )
    if confirmed_on is not None and channel in CONFIRMED_CHANNELS:
        confirm(request_id=request.pk, actor=actor, on=confirmed_on)
        request.refresh_from_db()
    return request


def _check_days(submitted: date, arrived: date, confirmed: date | None, channel: Channel) -> None:
    faults, today = {}, timezone.localdate()
    for name, day, label in (
        ("submitted_at", submitted, "提交日期"),
        ("arrived_on", arrived, "到达日期"),
        ("confirmed_on", confirmed, "确认日期"),
    ):
        if day is not None and day > today:
            faults[name] = f"{label} {day:%Y-%m-%d} 在今天以后，请核对。"
    if arrived < submitted:
        faults["arrived_on"] = (
            f"到达日期 {arrived:%Y-%m-%d} 早于提交日期 {submitted:%Y-%m-%d}：收到不会早于提交，请核对。"
        )
    if confirmed is not None and confirmed < arrived:
        faults["confirmed_on"] = f"确认日期 {confirmed:%Y-%m-%d} 早于到达日期 {arrived:%Y-%m-%d}，请核对。"
    if channel is Channel.COUNTER and arrived != submitted:
        faults["arrived_on"] = "当面提交的，提交之日就是收到之日，两个日期应当相同。"
    if faults:
        raise FilingFaulty(faults)


def _create(
    *,
    organ: Organ,
    filing: Filing,
    channel: Channel,
    submitted_at: datetime,
    arrived_on: date,
    submission_key: str,
    files: Iterable[Given],
    user: User | None,
    assisted_by: User | None = None,
) -> InfoRequest:
    year = timezone.localdate(submitted_at).year if user is None else arrived_on.year
    waits = channel in CONFIRMED_CHANNELS
    values = {name: getattr(filing, name) for name in Filing.__dataclass_fields__}
    request = InfoRequest(
        organ=organ,
        number=f"{year}-{next_number(organ, '申请编号', year):04d}",
        query_code=new_query_code(),
        submission_key=submission_key,
        channel=channel.value,
        submitted_at=submitted_at,
        arrived_on=arrived_on,
        state=State.SUBMITTED if waits else State.RECEIVED,
        identity_hash=lookup_hash(filing.identity_number, "inforequests.identity"),
        registered_by=user,
        assisted_by=assisted_by,
        is_demo=organ.is_demo,
        **values,
    )
    request.save()
    for given in files:
        keep_attachment(request, given)
    if not waits:
        append(request, [Entry(Kind.RECEIVED, arrived_on, channel)], user)
    note_step(
        request,
        "submitted" if user is None else "registered",
        user=user,
        on=arrived_on,
        note="申请人网上提交" if user is None else f"登记（{request.get_channel_display()}）",
        by=Actor.APPLICANT,
        channel=channel.value,
    )
    return request


def keep_attachment(request: InfoRequest, given: Given) -> Attachment:
    """Store a file of the applicant, sealed."""
    attachment = Attachment(
        request=request,
        kind=given.kind,
        name=given.name[-150:],
        content_type=given.content_type,
        size_bytes=len(given.data),
    )
    attachment.file.save("attachment", ContentFile(given.data), save=False)
    attachment.save()
    return attachment


@transaction.atomic
def confirm(*, request_id: int, actor: User, on: date, version: int | None = None) -> InfoRequest:
    """Record that the applicant confirmed the application: the clock starts (Art. 31(三))."""
    request = locked(request_id, version)
    if on < request.arrived_on:
        raise ActRefused(f"确认日期 {on:%Y-%m-%d} 早于到达日期 {request.arrived_on:%Y-%m-%d}，请核对。")
    entry = Entry(Kind.RECEIVED, request.arrived_on, Channel(request.channel), confirmed_on=on)
    move(request, Event.CONFIRM, actor=Actor.HANDLER, user=actor, on=on, entries=[entry])
    return request


@transaction.atomic
def log_contact(
    *, request_id: int, actor: User, at: datetime, how: str, reached: bool, note: str = ""
) -> InfoRequest:
    """Record an attempt to reach the applicant; one that was reached confirms the application."""
    request = locked(request_id)
    access.require(actor, "办理申请", request.organ)
    today_or_earlier(timezone.localdate(at), "联系时间")
    ContactAttempt.objects.create(request=request, at=at, how=how, reached=reached, note=note, by=actor)
    note_step(
        request,
        "contacted",
        user=actor,
        on=timezone.localdate(at),
        note=f"联系申请人（{how}）：{'已联系上' if reached else '未联系上'}",
    )
    return request


@transaction.atomic
def assign(
    *,
    request_id: int,
    actor: User,
    handler: User,
    department: Department | None = None,
    version: int | None = None,
) -> InfoRequest:
    """Give an application to a handler; later, hand it over to another."""
    request = locked(request_id, version)
    access.require(handler, "办理申请", request.organ)
    request.handler, request.department = handler, department
    today, name = timezone.localdate(), handler.get_full_name()
    if request.state == State.RECEIVED:
        move(request, Event.ASSIGN, actor=Actor.HANDLER, user=actor, on=today, note=f"经办人：{name}")
    else:
        if not request.is_open:
            raise ActRefused("申请已经办结，不能再更换经办人。")
        access.require(actor, "办理申请", request.organ)
        note_step(request, "handed_over", user=actor, on=today, note=f"移交给{name}")
    return request


@transaction.atomic
def hand_over(*, organ: Organ, leaving: User, successor: User, actor: User, reason: str) -> int:
    """Move every open case of a person who leaves to another; gives the number moved."""
    access.require(actor, "审批申请", organ)
    access.require(successor, "办理申请", organ)
    if not reason.strip():
        raise ActRefused("请填写移交原因。")
    if leaving == successor:
        raise ActRefused("移交人和接办人是同一个人，请重新选择。")
    cases = InfoRequest.objects.select_for_update().open().filter(organ=organ, handler=leaving)
    moved = give_cases(cases, successor, actor=actor, reason=reason)
    record_event(
        "inforequest.all_handed_over", organ, actor=actor, organ_code=organ.code, moved=moved, reason=reason
    )
    return moved


def give_cases(cases: Iterable[InfoRequest], successor: User, *, actor: User, reason: str) -> int:
    """Give locked cases to another handler, each with its step, as part of an act that was allowed already."""
    moved = 0
    for request in cases:
        leaving, request.handler = request.handler, successor
        was = leaving.get_full_name() if leaving is not None else "未交办"
        note = f"由{was}移交给{successor.get_full_name()}：{reason}"
        note_step(request, "handed_over", user=actor, on=timezone.localdate(), note=note)
        moved += 1
    return moved


@transaction.atomic
def correct_kind(*, request_id: int, actor: User, kind: str, reason: str, version: int | None) -> InfoRequest:
    """Correct the applicant's kind; after a report counted it, the reason goes to its correction note."""
    request = locked(request_id, version)
    access.require(actor, "登记申请", request.organ)
    if not reason.strip():
        raise ActRefused("请填写更正申请人类别的理由；年度报告已经定稿的，还须更正年报。")
    before, request.applicant_kind = request.get_applicant_kind_display(), kind
    request.full_clean(exclude=[f.name for f in request._meta.fields if f.name != "applicant_kind"])
    note_step(
        request,
        "kind_corrected",
        user=actor,
        on=timezone.localdate(),
        note=f"申请人类别由“{before}”更正为“{request.get_applicant_kind_display()}”：{reason}",
    )
    return request

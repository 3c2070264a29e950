"""Reconsideration and litigation: linked to applications, counted in table 四, leading to a redo on reversal.

Source: report form, table 四; 法释〔2025〕8号; ``disclosure-law`` §10 nos. 33 (redo) and 34 (co-defendant).
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.models import Organ, User
from gongkai.audit.services import record_event
from gongkai.core.disclosure.clock import Channel
from gongkai.core.disclosure.procedure import State
from gongkai.inforequests import access
from gongkai.inforequests.errors import ActRefused, FilingFaulty
from gongkai.inforequests.models import Dispute, DisputeStage, InfoRequest
from gongkai.inforequests.selectors import similar_open
from gongkai.inforequests.services.moving import locked, note_step
from gongkai.inforequests.services.numbering import new_query_code, next_number

COPIED = (
    "applicant_kind",
    "applicant_name",
    "identity_kind",
    "identity_number",
    "identity_hash",
    "contact_name",
    "telephone",
    "email",
    "address",
    "postcode",
    "subject",
    "content",
    "medium",
    "obtain",
)


@transaction.atomic
def open_dispute(
    *,
    organ: Organ,
    actor: User,
    kind: str,
    case_number: str,
    body: str,
    filed_on: date,
    requests: Sequence[InfoRequest],
    after: Dispute | None = None,
    is_codefendant_here: bool = False,
) -> Dispute:
    """Register a case.

    Args:
        requests: the organ's applications that the case is about. None of them where the organ is sued only as
            the reconsideration organ: the application is another organ's, which counts the case.
    """
    access.require(actor, "登记复议诉讼", organ)
    faults = {}
    if not case_number.strip():
        faults["case_number"] = "请填写案号。"
    if not body.strip():
        faults["body"] = "请填写复议机关或者法院。"
    if filed_on > timezone.localdate():
        faults["filed_on"] = "收到日期在今天以后，请核对。"
    elif any(filed_on < request.arrived_on for request in requests):
        faults["filed_on"] = "收到案件的日期早于申请到达的日期，请核对。"
    if is_codefendant_here and kind != Dispute.Kind.SUIT_AFTER:
        faults["is_codefendant_here"] = "复议机关作共同被告的，只有复议后起诉的案件。"
    elif is_codefendant_here and requests:
        faults["requests"] = "本机关作为复议机关是共同被告的，申请由原行为机关登记，这里不填。"
    elif not is_codefendant_here and not requests:
        faults["requests"] = "请选择案件涉及的申请。"
    if any(request.organ_id != organ.pk for request in requests):
        faults["requests"] = "只能选择本机关的申请。"
    if kind == Dispute.Kind.SUIT_AFTER and after is None and not is_codefendant_here:
        faults["after"] = "复议后起诉的，请选择此前的行政复议案件。"
    if after is not None and (
        kind != Dispute.Kind.SUIT_AFTER
        or after.kind != Dispute.Kind.RECONSIDERATION
        or after.organ_id != organ.pk
    ):
        faults["after"] = "“此前的复议”只用于复议后起诉，并且应当是本机关的行政复议案件。"
    if faults:
        raise FilingFaulty(faults)
    dispute = Dispute(
        organ=organ,
        kind=kind,
        case_number=case_number.strip(),
        body=body.strip(),
        filed_on=filed_on,
        after=after,
        is_codefendant_here=is_codefendant_here,
        entered_by=actor,
        is_demo=organ.is_demo,
    )
    try:
        with transaction.atomic():
            dispute.save()
    except IntegrityError:
        raise FilingFaulty({"case_number": f"案号“{case_number}”已经登记过。"}) from None
    dispute.requests.set(requests)
    DisputeStage.objects.create(
        dispute=dispute, name="收到案件", on=filed_on, note=dispute.body, recorded_by=actor
    )
    for request in requests:
        note_step(
            locked(request.pk),
            "disputed",
            user=actor,
            on=filed_on,
            note=f"{dispute.get_kind_display()}：{dispute.case_number}（{dispute.body}）",
        )
    record_event("dispute.opened", dispute, actor=actor, organ_code=organ.code, kind=kind)
    return dispute


@transaction.atomic
def add_stage(
    *, dispute_id: int, actor: User, name: str, on: date, due_on: date | None = None, note: str = ""
) -> DisputeStage:
    """Record one step of a case."""
    dispute = Dispute.objects.select_for_update().get(pk=dispute_id)
    access.require(actor, "登记复议诉讼", dispute.organ)
    if on < dispute.filed_on or on > timezone.localdate():
        raise ActRefused("阶段日期应当在收到案件之后、今天以前。")
    if not name.strip():
        raise ActRefused("请填写阶段名称，例如：提交答复、开庭、收到决定书。")
    stage = DisputeStage.objects.create(
        dispute=dispute, name=name.strip(), on=on, due_on=due_on, note=note, recorded_by=actor
    )
    record_event("dispute.stage", dispute, actor=actor, organ_code=dispute.organ.code, name=stage.name)
    return stage


@transaction.atomic
def close_dispute(
    *,
    dispute_id: int,
    actor: User,
    result: str,
    on: date,
    redo_due_on: date | None = None,
    note: str = "",
) -> Dispute:
    """Record the result.

    A reversal with a new reply ordered opens a redo for every application answered already, and sets the day
    for one still open; open applications that resemble a reversed one are told to look at it.
    """
    dispute = Dispute.objects.select_for_update().get(pk=dispute_id)
    access.require(actor, "登记复议诉讼", dispute.organ)
    if dispute.closed_on is not None:
        raise ActRefused("这个案件已经登记过结果。")
    if on < dispute.filed_on or on > timezone.localdate():
        raise ActRefused("审结日期应当在收到案件之后、今天以前。")
    if result not in Dispute.Result.values:
        raise ActRefused("请选择结果。")
    if redo_due_on is not None and result != Dispute.Result.CORRECTED:
        raise ActRefused("只有结果纠正的案件才有重新答复的期限。")
    if redo_due_on is not None and redo_due_on < on:
        raise ActRefused("重新答复的期限早于审结日期，请核对。")
    dispute.result, dispute.closed_on, dispute.redo_due_on = result, on, redo_due_on
    dispute.save()
    DisputeStage.objects.create(
        dispute=dispute,
        name=f"审结：{dispute.get_result_display()}",
        on=on,
        due_on=redo_due_on,
        note=note,
        recorded_by=actor,
    )
    concerned = list(dispute.requests.select_related("organ").order_by("pk"))
    if redo_due_on is not None:
        for request in concerned:
            if request.is_open:
                _ordered(request, dispute, actor, redo_due_on)
            else:
                _redo(request, dispute, actor, redo_due_on)
    if result == Dispute.Result.CORRECTED:
        _warn_similar(concerned, dispute, actor)
    record_event("dispute.closed", dispute, actor=actor, organ_code=dispute.organ.code, result=result, on=on)
    return dispute


def _ordered(request: InfoRequest, dispute: Dispute, actor: User, due_on: date) -> None:
    """An application never answered stays the same application: the reply it is owed now has a day."""
    request = locked(request.pk)
    request.task_due_on = due_on
    note_step(
        request,
        "reply_ordered",
        user=actor,
        on=dispute.closed_on,
        note=f"{dispute}审结，责令 {due_on:%Y-%m-%d} 前答复",
    )


def _warn_similar(reversed_ones: Sequence[InfoRequest], dispute: Dispute, actor: User) -> None:
    """Leave a word on each open application that asks for the same, so that the fault is not made again."""
    passed_on: set[int] = {request.pk for request in reversed_ones}
    for request in reversed_ones:
        for other in similar_open(request):
            if {other.pk, other.redo_of_id} & passed_on:
                continue
            passed_on.add(other.pk)
            note_step(
                locked(other.pk),
                "similar_reversed",
                user=actor,
                on=dispute.closed_on,
                note=f"内容相近的申请 {request.number} 的答复被纠正（{dispute}），办理时请对照",
            )


def _redo(original: InfoRequest, dispute: Dispute, actor: User, due_on: date) -> InfoRequest:
    """A new round on the same application: its own letters and evidence, no new row in table 三."""
    number = f"{original.number}重{next_number(original.organ, f'重办 {original.number}', 0)}"
    redo = InfoRequest(
        organ=original.organ,
        number=number,
        query_code=new_query_code(),
        submission_key=secrets.token_hex(32),
        channel=Channel.COUNTER.value,
        submitted_at=original.submitted_at,
        arrived_on=dispute.closed_on,
        received_on=dispute.closed_on,
        state=State.PROCESSING,
        due_on=due_on,
        fixed_due_on=due_on,
        redo_of=original,
        handler=original.handler,
        department=original.department,
        registered_by=actor,
        is_demo=original.is_demo,
        **{name: getattr(original, name) for name in COPIED},
    )
    redo.save()
    note_step(
        redo,
        "redo_opened",
        user=actor,
        on=dispute.closed_on,
        note=f"{dispute}审结，责令 {due_on:%Y-%m-%d} 前重新答复",
    )
    note_step(
        locked(original.pk), "redo_opened", user=actor, on=dispute.closed_on, note=f"重新办理：{redo.number}"
    )
    return redo

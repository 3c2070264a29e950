"""Correction of an unclear application (补正), once.

Source: 《政府信息公开条例》 Art. 30: notice within 7 working days, once and for all; a reasonable period; the
time limit counts anew from receipt of the correction; no correction without good reason ends the case.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import User
from gongkai.core.disclosure.clock import Entry, Kind
from gongkai.core.disclosure.procedure import Actor, Event, State
from gongkai.inforequests.errors import ActRefused
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.services.intake import Given, keep_attachment
from gongkai.inforequests.services.lettering import issue
from gongkai.inforequests.services.moving import keep, locked, move, profile_of
from gongkai.inforequests.services.periods import period, require_certain


@transaction.atomic
def notify_correction(
    *, request_id: int, actor: User, unclear: str, guidance: str, on: date, version: int | None = None
) -> InfoRequest:
    """Tell the applicant, once, everything that is unclear, and how to say it better."""
    request = locked(request_id, version)
    if request.ledger.filter(kind=Kind.CORRECTION_NOTIFIED, voided_at=None).exists():
        raise ActRefused(
            "已经告知过一次补正，不能再次告知（第三十条：一次性告知）。"
            "补正后仍不明确的，请拟“补正后仍不明确”的决定。"
        )
    if not unclear.strip() or not guidance.strip():
        raise ActRefused("请写明哪里不明确，以及怎样补正。")
    days = profile_of(request).correction_working_days
    until = period(request, on, days)
    request.task_due_on = until.last
    move(
        request,
        Event.NOTIFY_CORRECTION,
        actor=Actor.HANDLER,
        user=actor,
        on=on,
        entries=[Entry(Kind.CORRECTION_NOTIFIED, on)],
        note=f"补正期限 {request.task_due_on:%Y-%m-%d}",
    )
    issue(
        request,
        4,
        {"不明确之处": unclear, "补正指引": guidance, "补正期限": until.said},
        user=actor,
        dated=on,
    )
    return request


@transaction.atomic
def correct(
    *,
    request_id: int,
    content: str,
    on: date,
    actor: User | None = None,
    late_reason: str = "",
    files: Iterable[Given] = (),
    version: int | None = None,
) -> InfoRequest:
    """Take in the correction; after its period only with a good reason, which is recorded.

    Args:
        content: the description that now stands beside the first one.
        actor: who typed it in; None when the applicant did it on the public page.
    """
    request = locked(request_id, version)
    if not content.strip():
        raise ActRefused("请写下补正后的信息描述。")
    if request.task_due_on and on > request.task_due_on and not late_reason.strip():
        raise ActRefused(
            f"补正期限是 {request.task_due_on:%Y-%m-%d}，现已超过；有正当理由的，请写明理由后再提交。"
        )
    request.task_due_on = None
    request.content = f"{request.content}\n\n【{on:%Y-%m-%d} 补正】{content.strip()}"
    for given in files:
        keep_attachment(request, given)
    note = f"补正逾期，理由：{late_reason.strip()}" if late_reason.strip() else ""
    move(
        request,
        Event.CORRECT,
        actor=Actor.APPLICANT,
        user=actor,
        on=on,
        entries=[Entry(Kind.CORRECTED, on)],
        note=note,
    )
    return request


@transaction.atomic
def lapse_correction(*, request_id: int, today: date | None = None) -> InfoRequest:
    """End a case whose correction never came (第三十条); the passing of the period does it."""
    request, day = locked(request_id), today or timezone.localdate()
    if request.state == State.AWAIT_CORRECTION:
        require_certain(request)
    if request.task_due_on is None or day <= request.task_due_on:
        raise ActRefused("补正期限还没有届满。")
    last = request.task_due_on
    told = request.ledger.filter(kind=Kind.CORRECTION_NOTIFIED, voided_at=None).latest("pk").on
    request.outcome, request.closed_on, request.task_due_on = "X-30", day, None
    move(request, Event.LAPSE_CORRECTION, actor=Actor.CLOCK, user=None, on=day)
    issue(request, 26, {"告知日期": told, "届满日期": last, "事由": "逾期不补正"}, dated=day, outcome="X-30")
    keep(request)
    return request

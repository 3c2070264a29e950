"""The fee (信息处理费): the rule proposes, a person decides, once per application.

Source: 《政府信息公开条例》 Art. 42; 《政府信息公开信息处理费管理办法》 (国办函〔2020〕109号).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import User
from gongkai.core.disclosure.clock import PAYMENT_WORKING_DAYS, Entry, Kind
from gongkai.core.disclosure.fees import fee_of_items, fee_of_pages, price_of_item
from gongkai.core.disclosure.procedure import Actor, Event, State
from gongkai.inforequests.errors import ActRefused
from gongkai.inforequests.models import FeeNotice, InfoRequest
from gongkai.inforequests.services.lettering import issue
from gongkai.inforequests.services.moving import keep, locked, move, profile_of
from gongkai.inforequests.services.periods import period, require_certain

BASIS = "《政府信息公开条例》第四十二条、《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What each standard would give: ``nth`` is this application's place in the applicant's calendar month."""

    nth: int
    by_items_yuan: int
    month: date


def propose(request: InfoRequest) -> Proposal:
    """The fee by items: the price of this application as the n-th of its applicant in its calendar month."""
    day = request.received_on or request.arrived_on
    first, last = day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    same = InfoRequest.objects.filter(
        organ_id=request.organ_id,
        identity_hash=request.identity_hash,
        redo_of=None,
        received_on__range=(first, last),
    )
    order = list(same.order_by("received_on", "pk").values_list("pk", flat=True))
    nth = order.index(request.pk) + 1 if request.pk in order else len(order) + 1
    return Proposal(nth, int(price_of_item(nth)), first)


@transaction.atomic
def notify_fee(
    *,
    request_id: int,
    actor: User,
    standard: str,
    count: int,
    reason: str,
    on: date,
    version: int | None = None,
) -> InfoRequest:
    """Issue the notice (letter 12). By items the amount is this application's own; by pages, its pages'."""
    request = locked(request_id, version)
    if FeeNotice.objects.filter(request=request).exists():
        raise ActRefused("这件申请已经发出过收费通知，一件申请只能按一种标准收一次费。")
    if standard == FeeNotice.Standard.ITEMS:
        proposal = propose(request)
        count, amount = proposal.nth, proposal.by_items_yuan
        how = (
            f"申请人{proposal.month:%Y年%m月}在本机关的第 {count} 件申请，本件 {amount} 元"
            f"（当月累计 {int(fee_of_items(count))} 元）"
        )
    else:
        amount = int(fee_of_pages(count))
        how = f"提供 {count} 页，超额累进计算 {amount} 元"
    if amount <= 0:
        raise ActRefused("按标准计算不需要缴费，不能发出收费通知。")
    if not reason.strip():
        raise ActRefused("请写明收费理由；收费不是必须的，由本机关决定。")
    until = period(request, on, PAYMENT_WORKING_DAYS)
    request.task_due_on = pay_by = until.last
    move(
        request,
        Event.NOTIFY_FEE,
        actor=Actor.HEAD,
        user=actor,
        on=on,
        entries=[Entry(Kind.FEE_NOTIFIED, on)],
        note=f"{how}，缴费期限 {pay_by:%Y-%m-%d}",
        amount_yuan=amount,
    )
    notice = FeeNotice.objects.create(
        request=request,
        standard=standard,
        count=count,
        amount_yuan=amount,
        reason=reason.strip(),
        notified_on=on,
        pay_by=pay_by,
        approved_by=actor,
    )
    facts = {
        "收费依据": BASIS,
        "计收标准": notice.get_standard_display(),
        "计算过程": how,
        "收费金额": amount,
        "缴费方式": profile_of(request).payment_guide,
        "缴费期限": until.said,
    }
    issue(request, 12, facts, user=actor, dated=on)
    return request


@transaction.atomic
def record_payment(
    *, request_id: int, actor: User, on: date, receipt: str, version: int | None = None
) -> InfoRequest:
    """Record a payment: the time limit counts anew."""
    request = locked(request_id, version)
    notice = FeeNotice.objects.select_for_update().get(request=request)
    if not receipt.strip():
        raise ActRefused("请填写票据号码。")
    if on > notice.pay_by:
        raise ActRefused(f"缴费期限是 {notice.pay_by:%Y-%m-%d}，缴费日期在此之后，请核对。")
    notice.paid_on, notice.receipt, request.task_due_on = on, receipt.strip(), None
    notice.save()
    move(
        request,
        Event.PAY,
        actor=Actor.APPLICANT,
        user=actor,
        on=on,
        entries=[Entry(Kind.PAID, on)],
        note=f"缴费 {notice.amount_yuan} 元",
        amount_yuan=notice.amount_yuan,
    )
    return request


@transaction.atomic
def lapse_fee(*, request_id: int, today: date | None = None) -> InfoRequest:
    """End a case whose fee was not paid in time."""
    request, day = locked(request_id), today or timezone.localdate()
    if request.state == State.AWAIT_PAYMENT:
        require_certain(request)
    notice = FeeNotice.objects.filter(request=request).first()
    if notice is None or day <= notice.pay_by:
        raise ActRefused("缴费期限还没有届满。")
    request.outcome, request.closed_on, request.task_due_on = "X-FEE", day, None
    move(request, Event.LAPSE_FEE, actor=Actor.CLOCK, user=None, on=day)
    facts = {"告知日期": notice.notified_on, "届满日期": notice.pay_by, "事由": "逾期未缴费"}
    issue(request, 26, facts, dated=day, outcome="X-FEE")
    keep(request)
    return request

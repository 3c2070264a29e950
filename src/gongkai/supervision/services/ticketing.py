"""Taking in, answering and closing 我为政府网站找错 tickets."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Department, Organ, User
from gongkai.audit.services import record_event
from gongkai.core.inspection.rectifying import Standing
from gongkai.supervision import access
from gongkai.supervision.errors import TicketRefused
from gongkai.supervision.models import FaultTicket, Rectification
from gongkai.supervision.services.rectifying import issue

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
MAX_CHARACTERS = 2000


@transaction.atomic
def take_ticket(  # noqa: PLR0913 - an act takes what its form has, all by name
    *, organ: Organ, kind: str, text: str, url: str = "", contact: str = "", submission_key: str = "",
    source: str = FaultTicket.Source.PORTAL, received_on: date | None = None, by: User | None = None,
) -> FaultTicket:  # fmt: skip
    """Take in a message; one sent twice with the same key is one.

    Raises:
        TicketRefused: nothing is said, too much is said, or it is dated in the future.
    """
    if by is not None:
        access.require(by, "办理找错留言", organ)
    if not text.strip():
        raise TicketRefused("请写明哪里有错。")
    if len(text) > MAX_CHARACTERS:
        raise TicketRefused(f"最多写 {MAX_CHARACTERS} 字，现有 {len(text)} 字，请删减。")
    today = timezone.localdate()
    if received_on is not None and received_on > today:
        raise TicketRefused("收到日期晚于今天，请核对。")
    key = submission_key or secrets.token_urlsafe(24)
    known = FaultTicket.objects.filter(submission_key=key).first()
    if known is not None:
        return known
    code = "".join(secrets.choice(_LETTERS) for _ in range(10))
    made = FaultTicket.objects.create(
        organ=organ, number=f"ZC{today:%Y%m%d}{code}", source=source, kind=kind, url=url.strip(), text=text.strip(),
        contact=contact.strip(), submission_key=key, received_on=received_on or today,
    )  # fmt: skip
    record_event(
        "ticket.received", made, actor=by or "public", organ_code=organ.code, source=source, kind=kind
    )
    return made


def _locked(ticket: FaultTicket, by: User, wanted: set[str]) -> FaultTicket:
    found = FaultTicket.objects.select_for_update().select_related("organ").get(pk=ticket.pk)
    access.require(by, "办理找错留言", found.organ)
    if found.state not in wanted:
        raise TicketRefused(f"这条留言现在是“{found.get_state_display()}”，不能这样办理。")
    return found


@transaction.atomic
def answer_ticket(*, ticket: FaultTicket, by: User, answer: str) -> FaultTicket:
    """Answer a message; the answer is what its sender sees.

    Raises:
        TicketRefused: nothing is said, or it is closed.
    """
    found = _locked(ticket, by, {FaultTicket.State.RECEIVED, FaultTicket.State.ANSWERED})
    if not answer.strip():
        raise TicketRefused("请写明答复：是否属实，怎样处理。")
    found.answer, found.answered_by, found.state = answer.strip(), by, FaultTicket.State.ANSWERED
    found.answered_on = found.answered_on or timezone.localdate()
    found.save(update_fields=["answer", "answered_by", "state", "answered_on"])
    record_event("ticket.answered", found, actor=by, organ_code=found.organ.code)
    return found


@transaction.atomic
def rectify_ticket(*, ticket: FaultTicket, by: User, department: Department, problem: str, demand: str,
                   working_days: int | None = None) -> Rectification:  # fmt: skip
    """Issue the rectification that a message calls for.

    Raises:
        TicketRefused: it has one, or is closed.
    """
    found = _locked(ticket, by, {FaultTicket.State.RECEIVED, FaultTicket.State.ANSWERED})
    if found.rectification_id is not None:
        raise TicketRefused("这条留言已经下发过整改。")
    made = issue(
        by=by, organ=found.organ, department=department, problem=problem, demand=demand, url=found.url,
        working_days=working_days,
    )  # fmt: skip
    found.rectification = made
    found.save(update_fields=["rectification"])
    return made


@transaction.atomic
def close_ticket(*, ticket: FaultTicket, by: User) -> FaultTicket:
    """Close an answered message, once its rectification has passed its re-check.

    Raises:
        TicketRefused: it is not answered, or the rectification is still open.
    """
    found = _locked(ticket, by, {FaultTicket.State.ANSWERED})
    rectification = found.rectification
    if rectification is not None and rectification.standing != Standing.CLOSED:
        raise TicketRefused(f"{rectification.number}还没有复查通过，不能办结。")
    found.state, found.closed_on = FaultTicket.State.CLOSED, timezone.localdate()
    found.save(update_fields=["state", "closed_on"])
    record_event("ticket.closed", found, actor=by, organ_code=found.organ.code)
    return found

"""What waits for a person among applications: the lines of the first screen."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse

from gongkai.agencies.models import Organ, User
from gongkai.agencies.waiting import Waiting
from gongkai.core.disclosure.procedure import OPEN_STATES, State
from gongkai.inforequests import access, selectors
from gongkai.inforequests.models import InfoRequest, ProcedureStep

TOLD_DAYS = 7
SHOWN_DAYS = 3  # later ones are in the queue; the first screen shows what presses


def waiting_for(user: User, today: date) -> list[Waiting]:
    """New arrivals, approvals, confidentiality reviews, and what falls due within three days."""
    organs = selectors.organs_for(user, "查看申请")
    if not organs:
        return []
    lines = []
    cases = (
        InfoRequest.objects.open()
        .filter(organ__in=organs)
        .select_related("organ", "handler")
        .prefetch_related("decisions")
    )
    lines += _moved(user, today)
    rights = {organ.pk: _rights(user, organ) for organ in organs}
    for case in cases:
        line = _line(case, user, rights[case.organ_id], today)
        if line is not None:
            lines.append(line)
    return lines


def _rights(user: User, organ: Organ) -> set[str]:
    return {act for act in ("登记申请", "办理申请", "审批申请") if access.allowed(user, act, organ)}


def _line(case: InfoRequest, user: User, rights: set[str], today: date) -> Waiting | None:
    url = reverse("inforequests:detail", args=[case.pk])
    name = f"{case.number} {case.subject}"
    if case.state == State.SUBMITTED:
        return Waiting(f"与申请人确认：{name}", url, case.arrived_on, mine="办理申请" in rights)
    if case.state == State.RECEIVED:
        return Waiting(f"交办申请：{name}", url, case.due_on, mine="办理申请" in rights)
    if case.state == State.REVIEWING:
        decisions = list(case.decisions.all())
        if any(decision.state == "approved" for decision in decisions):
            return Waiting(f"送达答复：{name}", url, case.due_on, mine="办理申请" in rights)
        own = any(d.state == "draft" and d.drafted_by_id == user.pk for d in decisions)
        return Waiting(f"审批答复：{name}", url, case.due_on, mine="审批申请" in rights and not own)
    day = selectors.next_day(case)
    if day is None or day > today + timedelta(days=SHOWN_DAYS) or "办理申请" not in rights:
        return None
    return Waiting(f"{case.get_state_display()}：{name}", url, day, mine=case.handler_id in {None, user.pk})


def _moved(user: User, today: date) -> list[Waiting]:
    """Due dates of one's own cases that a new holiday notice changed, for a week."""
    steps = ProcedureStep.objects.filter(
        event="calendar_changed",
        on__gt=today - timedelta(days=TOLD_DAYS),
        request__handler=user,
        request__state__in=OPEN_STATES,
    ).select_related("request")
    return [
        Waiting(
            f"期限有变动：{step.request.number}，{step.note}",
            reverse("inforequests:detail", args=[step.request_id]),
            step.request.due_on,
            mine=True,
        )
        for step in steps
    ]

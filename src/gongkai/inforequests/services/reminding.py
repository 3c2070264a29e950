"""Reminders that a head sends to all handlers at once (催办)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.core.mail import send_mail
from django.utils import timezone

from gongkai.agencies.models import User
from gongkai.audit.services import record_event
from gongkai.core.disclosure.procedure import Actor
from gongkai.inforequests import selectors
from gongkai.inforequests.errors import ActRefused
from gongkai.inforequests.models import InfoRequest, ProcedureStep


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many people were written to, about how many cases; and who has no address or no case has a handler."""

    people: int
    cases: int
    unreached: tuple[str, ...]


def remind_handlers(*, actor: User) -> Reminded:
    """Write to every handler of a case that is overdue or falls due within three days.

    Raises:
        ActRefused: nothing presses.
    """
    organs = selectors.organs_required(actor, "审批申请")
    today = timezone.localdate()
    found = selectors.queue(
        InfoRequest.objects.filter(organ__in=organs).select_related("organ", "handler"), today
    )
    by_handler: dict[User | None, list[InfoRequest]] = defaultdict(list)
    for case in (*found.overdue, *found.today, *found.soon):
        by_handler[case.handler].append(case)
    if not by_handler:
        raise ActRefused("没有超期或者三天内到期的申请，不需要催办。")
    people, cases, unreached = 0, 0, []
    for handler, own in by_handler.items():
        if handler is None or not handler.email:
            who = handler.get_full_name() if handler else "未交办"
            unreached.append(f"{who}（{len(own)} 件）")
            continue
        lines = "\n".join(f"· {case.number} {case.subject}：{_said(case, today)}" for case in own)
        send_mail(
            f"催办：{len(own)} 件政府信息公开申请",
            f"{handler.get_full_name()}，您好：\n\n{lines}\n\n请登录后台办理。",
            None,
            [handler.email],
        )
        people, cases = people + 1, cases + len(own)
        # Only noted: a reminder changes nothing on the case, so a page open elsewhere stays good.
        ProcedureStep.objects.bulk_create(
            ProcedureStep(
                request=case,
                event="reminded",
                source=case.state,
                target=case.state,
                on=today,
                note=f"催办：{_said(case, today)}",
                actor=actor,
                actor_kind=Actor.HEAD.value,
            )
            for case in own
        )
    record_event(
        "inforequest.reminded", organs[0], actor=actor, organ_code=organs[0].code, people=people, cases=cases
    )
    return Reminded(people, cases, tuple(unreached))


def _said(case: InfoRequest, today: date) -> str:
    day = selectors.next_day(case)
    if day is None:
        return "待与申请人确认"
    left = (day - today).days
    return f"{day:%Y-%m-%d} 到期，" + (
        f"已超 {-left} 天" if left < 0 else "今天" if left == 0 else f"还有 {left} 天"
    )

"""What supervision itself, and the outbox below it, tell the board."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Organ
from gongkai.core.inspection import BY_CODE, Kind, State
from gongkai.core.inspection.rectifying import Standing as Step
from gongkai.integrations.access import may_watch
from gongkai.integrations.models import OutboxMessage
from gongkai.supervision.board.registry import (
    Flow,
    Record,
    Risk,
    Standing,
    pressing,
    register_flow,
    register_risk,
    standing,
)
from gongkai.supervision.models import FaultTicket, Finding, Rectification, Run, WorkPoint, rulings_of
from gongkai.supervision.services.inspecting import fingerprint

RED_LINES = [code for code, one in BY_CODE.items() if one.kind in {Kind.VETO, Kind.SAFETY}]
_TO_REPORT = [Step.ISSUED.value, Step.RETURNED.value]


def rectifications_due(organs: Sequence[Organ], today: date) -> list[Record]:
    """Not reported, past their day or near it."""
    rows = Rectification.objects.filter(organ__in=organs, standing__in=_TO_REPORT)
    return pressing(
        _rectification(one, one.due_on, standing(one.due_on, today))
        for one in rows.select_related("organ", "department")
    )


def _rectification(one: Rectification, day: date | None, how: Standing = Standing.DONE) -> Record:
    address = reverse("supervision:rectification", args=[one.pk])
    return Record(f"{one.number} {one.problem[:60]}", address, one.organ.name, day, how, str(one.department))


def red_lines(organs: Sequence[Organ], today: date) -> list[Record]:
    """What the last finished inspection of each organ found or suspects against a veto or safety item."""
    found = []
    for organ in organs:
        run = Run.objects.filter(organ=organ, state=Run.State.DONE).defer("packed").first()
        if run is None:
            continue
        settled = {fingerprint(identity) for ruled in rulings_of(organ) for identity in ruled}
        found += [
            _finding(one, organ, run)
            for one in run.findings.filter(code__in=RED_LINES)
            if one.state == State.HIT.value or one.fingerprint not in settled
        ]
    return found


def _finding(one: Finding, organ: Organ, run: Run) -> Record:
    is_hit = one.state == State.HIT.value
    text = f"{one.code} {one.indicator.name}：{one.says[:60]}" + ("" if is_hit else "（待核实）")
    how = Standing.LATE if is_hit else Standing.OPEN
    return Record(text, reverse("supervision:run", args=[run.pk]), organ.name, run.on, how)


def tickets_due(organs: Sequence[Organ], today: date) -> list[Record]:
    """Messages about the site whose next act is late or near."""
    rows = FaultTicket.objects.filter(organ__in=organs).exclude(state=FaultTicket.State.CLOSED)
    return pressing(_ticket(one, one.due_on, today) for one in rows.select_related("organ"))


def _ticket(one: FaultTicket, due_on: date | None, today: date) -> Record:
    text = f"{one.number} {one.get_kind_display()}，{one.get_state_display()}"
    return Record(
        text, reverse("supervision:ticket", args=[one.pk]), one.organ.name, due_on, standing(due_on, today)
    )


def points_due(organs: Sequence[Organ], today: date) -> list[Record]:
    """Work points whose last day or next check-in is late or near."""
    rows = WorkPoint.objects.filter(plan__organ__in=organs, state=WorkPoint.State.OPEN).told()
    return pressing(_point(one, one.facts.next_on, today) for one in rows)


def _point(one: WorkPoint, due_on: date, today: date) -> Record:
    address = reverse("supervision:point", args=[one.pk])
    text, organ = f"{one.number} {one.text[:60]}", one.plan.organ.name
    return Record(text, address, organ, due_on, standing(due_on, today), one.department.name)


def stopped_messages(organs: Sequence[Organ], today: date) -> list[Record]:
    """Messages to outside systems that were given up after many attempts; those of no organ count for all."""
    names = {organ.code: organ.name for organ in organs} | {"": ""}
    rows = OutboxMessage.objects.filter(state=OutboxMessage.State.DEAD, organ_code__in=names)
    address = reverse("integrations:outbox") + "?zhuangtai=dead"
    return [
        Record(f"{one.what}：{one.fault[:60]}", address, names[one.organ_code],
               timezone.localdate(one.created_at), Standing.LATE)
        for one in rows.defer("payload").order_by("pk")
    ]  # fmt: skip


def issued(organs: Sequence[Organ], first: date, last: date) -> Iterator[Record]:
    rows = Rectification.objects.filter(organ__in=organs, issued_on__range=(first, last))
    for one in rows.select_related("organ", "department").order_by("issued_on", "pk"):
        yield _rectification(one, one.issued_on)


def closed(organs: Sequence[Organ], first: date, last: date) -> Iterator[Record]:
    rows = Rectification.objects.filter(organ__in=organs, closed_on__range=(first, last))
    for one in rows.select_related("organ", "department").order_by("closed_on", "pk"):
        yield _rectification(one, one.closed_on)


def closed_late(organs: Sequence[Organ], first: date, last: date) -> Iterator[Record]:
    """Closed after their day."""
    rows = Rectification.objects.filter(organ__in=organs, closed_on__range=(first, last))
    late = rows.filter(closed_on__gt=F("due_on")).select_related("organ", "department")
    for one in late.order_by("closed_on", "pk"):
        yield _rectification(one, one.closed_on)


def tickets_received(organs: Sequence[Organ], first: date, last: date) -> Iterator[Record]:
    rows = FaultTicket.objects.filter(organ__in=organs, received_on__range=(first, last))
    for one in rows.select_related("organ").order_by("received_on", "pk"):
        yield Record(
            f"{one.number} {one.get_kind_display()}，{one.get_state_display()}",
            reverse("supervision:ticket", args=[one.pk]), one.organ.name, one.received_on,
        )  # fmt: skip


def register_own() -> None:
    """Take supervision's lines onto the board."""
    register_risk(
        Risk(
            "hongxian",
            "红线问题",
            "最近一次巡查发现的单项否决、安全问题，待核实的也列出",
            red_lines,
            order=10,
        )
    )
    register_risk(
        Risk("zhenggai", "整改", "没有反馈，已超期或者 3 个工作日内到期", rectifications_due, order=50)
    )
    register_risk(Risk("zhaocuo", "找错留言", "没有办结，已超期或者 3 个工作日内到期", tickets_due, order=60))
    register_risk(
        Risk(
            "yaodian",
            "工作要点",
            "没有完成、没有报送，已超期或者 3 个工作日内到期",
            points_due,
            order=70,
        )
    )
    register_risk(
        Risk("waifa", "发不出去的消息", "多次失败已停的邮件、公众号文章", stopped_messages, may_watch, 80)
    )
    register_flow(Flow("xiafa", "下发整改", "件", issued))
    register_flow(Flow("xiaohao", "整改销号", "件", closed))
    register_flow(Flow("chiban", "整改超期销号", "件", closed_late))
    register_flow(Flow("shoucuo", "收到找错留言", "条", tickets_received))

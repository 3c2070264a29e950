"""Applications in hand, for hand-overs of posts. Texts carry the number alone: the list is printed and kept."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.agencies.errors import CannotMove
from gongkai.agencies.models import Organ, User
from gongkai.agencies.open_work import OpenWork, Transfer, WorkKind, register_work
from gongkai.inforequests import access
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.services.intake import give_cases


def register() -> None:
    """Called when the app is ready."""
    register_work(WorkKind("inforequests", "依申请公开", _listing, _move))


def _cases(person: User, organ: Organ) -> QuerySet[InfoRequest]:
    return InfoRequest.objects.open().filter(handler=person, organ__path__startswith=organ.path)


def _listing(person: User, organ: Organ) -> list[OpenWork]:
    return [
        OpenWork(
            f"{case.number}（{case.get_state_display()}）",
            reverse("inforequests:detail", args=[case.pk]),
            case.due_on,
        )
        for case in _cases(person, organ).by_urgency()
    ]


def _move(transfer: Transfer) -> int:
    cases = list(
        _cases(transfer.giver, transfer.organ)
        .select_related("organ", "handler")
        .select_for_update(of=("self",))
    )
    for organ in {case.organ for case in cases}:
        if not access.allowed(transfer.taker, "办理申请", organ):
            raise CannotMove(
                f"{transfer.taker}在{organ.name}没有办理申请的角色（公开办、公开办负责人），请先授予，或者在移交单里选上。"
            )
    return give_cases(cases, transfer.taker, actor=transfer.actor, reason=transfer.reason)

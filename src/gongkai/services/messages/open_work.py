"""Messages in hand, for hand-overs of posts. Texts carry the number alone: what a sender wrote is sealed."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.agencies.errors import CannotMove
from gongkai.agencies.models import Organ, User
from gongkai.agencies.open_work import OpenWork, Transfer, WorkKind, register_work
from gongkai.services import access
from gongkai.services.messages.acts import give_messages
from gongkai.services.models import PublicMessage


def register() -> None:
    """Called when the app is ready."""
    register_work(WorkKind("messages", "公众留言", _listing, _move))


def _messages(person: User, organ: Organ) -> QuerySet[PublicMessage]:
    return PublicMessage.objects.filter(
        handler=person, state__in=PublicMessage.OPEN, organ__path__startswith=organ.path
    ).order_by("pk")


def _listing(person: User, organ: Organ) -> list[OpenWork]:
    return [
        OpenWork(
            f"{message.number}（{message.get_state_display()}）",
            reverse("services:message", args=[message.pk]),
            message.due_on,
        )
        for message in _messages(person, organ)
    ]


def _move(transfer: Transfer) -> int:
    messages = list(
        _messages(transfer.giver, transfer.organ).select_related("organ").select_for_update(of=("self",))
    )
    for organ in {message.organ for message in messages}:
        if not access.allowed(transfer.taker, "答复留言", organ):
            raise CannotMove(
                f"{transfer.taker}在{organ.name}没有答复留言的角色（信息员、公开办等），请先授予，或者在移交单里选上。"
            )
    return give_messages(messages, transfer.taker, actor=transfer.actor, reason=transfer.reason)

"""Named reads of messages: the office's lists, the public's pages, the figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.agencies.models import Organ, User
from gongkai.privacy.query_codes import same_code
from gongkai.services import access
from gongkai.services.messages.models import PublicMessage

_S = PublicMessage.State
DESK_LINES = 30


def messages_for(user: User) -> QuerySet[PublicMessage]:
    """Every message the person may see."""
    organs = access.organs_for(user, "查看留言")
    return PublicMessage.objects.filter(organ__in=organs).select_related("organ", "department", "handler")


def narrowed(
    found: QuerySet[PublicMessage], *, state: str, kind: str, number: str, today: date
) -> QuerySet[PublicMessage]:
    """By state, kind and number; ``overdue`` and ``to_show`` are states of their own."""
    if state == "overdue":
        found = found.filter(state__in=PublicMessage.OPEN, due_on__lt=today)
    elif state == "to_show":
        found = found.filter(state=_S.ANSWERED, may_publish=True, is_public=False)
    elif state in _S.values:
        found = found.filter(state=state)
    if kind in PublicMessage.Kind.values:
        found = found.filter(kind=kind)
    if number:
        found = found.filter(number__icontains=number)
    return found


def messages_waiting(user: User) -> list[tuple[PublicMessage, str, bool]]:
    """Open messages with what comes next, and whether it is this person's; the most urgent first."""
    organs = access.organs_for(user, "查看留言")
    if not organs:
        return []
    assigns = {organ.pk for organ in access.organs_for(user, "分办留言")}
    reviews = {organ.pk for organ in access.organs_for(user, "审核答复")}
    found = PublicMessage.objects.filter(organ__in=organs, state__in=PublicMessage.OPEN)
    lines = []
    for message in found.defer("title", "text").order_by("due_on", "pk")[:DESK_LINES]:
        if message.state == _S.RECEIVED:
            lines.append((message, "分办留言", message.organ_id in assigns))
        elif message.state == _S.SUBMITTED:
            mine = message.organ_id in reviews and message.answered_by_id != user.pk
            lines.append((message, "审核留言的答复", mine))
        else:
            lines.append((message, "答复留言", message.handler_id == user.pk))
    return lines


def by_number_and_code(organ: Organ | int | None, number: str, code: str) -> PublicMessage | None:
    """The message of a receipt; None where number and code do not fit."""
    found = PublicMessage.objects.filter(organ=organ, number=number.strip().upper()).first()
    return found if found is not None and same_code(code, found.query_code) else None


def shown_messages(organ: Organ | int | None) -> QuerySet[PublicMessage]:
    """What the public reads, the newest answer first."""
    found = PublicMessage.objects.filter(organ=organ, is_public=True, state=_S.ANSWERED)
    return found.select_related("organ", "department").order_by("-answered_at", "-pk")


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many of one kind came and were answered."""

    label: str
    received: int
    answered: int


@dataclass(frozen=True, slots=True)
class MessageFigures:
    """What the statistics page says of one year, by the day of receipt.

    Attributes:
        in_time: answered on or before the last day.
        average_days: mean of calendar days from receipt to answer; None where nothing was answered.
    """

    year: int
    received: int = 0
    invalid: int = 0
    answered: int = 0
    in_time: int = 0
    shown: int = 0
    average_days: float | None = None
    kinds: tuple[KindCount, ...] = ()
    months: tuple[tuple[int, int, int], ...] = field(default=())

    @property
    def share_in_time(self) -> float | None:
        return 100 * self.in_time / self.answered if self.answered else None


def figures(organ: Organ | int | None, year: int) -> MessageFigures:
    """Count a year's messages from the records."""
    rows = list(
        PublicMessage.objects.filter(organ=organ, received_on__year=year).values_list(
            "kind", "state", "received_on", "answered_at", "due_on", "is_public"
        )
    )
    answered = [row for row in rows if row[1] == _S.ANSWERED]
    days = [(timezone.localdate(row[3]) - row[2]).days for row in answered]
    return MessageFigures(
        year=year,
        received=len(rows),
        invalid=sum(row[1] == _S.INVALID for row in rows),
        answered=len(answered),
        in_time=sum(timezone.localdate(row[3]) <= row[4] for row in answered),
        shown=sum(row[5] for row in rows),
        average_days=sum(days) / len(days) if days else None,
        kinds=tuple(
            KindCount(
                kind.label, sum(row[0] == kind for row in rows), sum(row[0] == kind for row in answered)
            )
            for kind in PublicMessage.Kind
        ),
        months=tuple(
            (
                month,
                sum(row[2].month == month for row in rows),
                sum(row[2].month == month for row in answered),
            )
            for month in range(1, 13)
            if any(row[2].month == month for row in rows)
        ),
    )


def years_of(organ: Organ | int | None) -> list[int]:
    """Years in which messages came, the newest first."""
    days = PublicMessage.objects.filter(organ=organ).dates("received_on", "year", order="DESC")
    return [day.year for day in days]


def matching_shown(found: QuerySet[PublicMessage], query: str) -> QuerySet[PublicMessage]:
    """Shown messages that hold every word as typed."""
    for word in query.split():
        found = found.filter(
            Q(shown_title__icontains=word) | Q(shown_text__icontains=word) | Q(answer__icontains=word)
        )
    return found

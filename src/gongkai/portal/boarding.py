"""What the portal, which sees every room, tells the leader's board: applications, messages, drafts, items, columns.

Records carry numbers, states and departments, never a subject or a name: the board is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Organ, User
from gongkai.core.publication import WINDOW_DAYS, Freshness, UpdateClass
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.selectors import next_day
from gongkai.portal.models import PortalSettings
from gongkai.publishing import selectors as publishing
from gongkai.publishing.clocks import FRESHNESS_LABELS, ColumnState, clock_of, column_states
from gongkai.publishing.models import ItemPage
from gongkai.services.models import PublicMessage
from gongkai.supervision.board.registry import (
    Flow,
    Record,
    Risk,
    Standing,
    Tile,
    pressing,
    register_columns,
    register_flow,
    register_risk,
    standing,
)


def may_edit(user: User) -> bool:
    """Whether the person may open a draft somewhere."""
    return bool(publishing.organs_for(user, "拟稿送审"))


def requests_due(organs: Sequence[Organ], today: date) -> list[Record]:
    """Open applications whose reply, or next step, is late or near (Art. 33)."""
    rows = InfoRequest.objects.open().filter(organ__in=organs).select_related("organ", "department")
    return pressing(_request(one, day := next_day(one), standing(day, today)) for one in rows)


def _request(one: InfoRequest, day: date | None, how: Standing = Standing.DONE) -> Record:
    return Record(
        f"{one.number} {one.get_state_display()}", reverse("inforequests:detail", args=[one.pk]), one.organ.name, day,
        how, str(one.department or ""),
    )  # fmt: skip


def messages_due(organs: Sequence[Organ], today: date) -> list[Record]:
    """Every unanswered message of the public; those late or near say so."""
    rows = PublicMessage.objects.filter(organ__in=organs, state__in=PublicMessage.OPEN)
    return [
        _message(one, one.due_on, standing(one.due_on, today))
        for one in _plain(rows).order_by("due_on", "pk")
    ]


def _plain(rows: QuerySet[PublicMessage]) -> QuerySet[PublicMessage]:
    return rows.defer("title", "text").select_related("organ", "department")


def _message(one: PublicMessage, day: date | None, how: Standing = Standing.DONE) -> Record:
    text = f"{one.number} {one.get_kind_display()}，{one.get_state_display()}"
    address = reverse("services:message", args=[one.pk])
    return Record(text, address, one.organ.name, day, how, str(one.department or ""))


def drafts_late(organs: Sequence[Organ], today: date) -> list[Record]:
    """Information to be disclosed that is not, its 20 working days (Art. 26) over or nearly so."""
    rows = ItemPage.objects.filter(organ__in=organs, live=False, index_number=None).exclude(formed_on=None)
    rows = rows.filter(publicity=ItemPage.Publicity.PROACTIVE)
    return pressing(_drafts(rows.select_related("catalogue_entry", "organ", "department"), today))


def _drafts(rows: Iterable[ItemPage], today: date) -> Iterator[Record]:
    for item in rows:
        clock = clock_of(item)
        if clock is not None:
            address = reverse("wagtailadmin_pages:edit", args=[item.pk])
            yield Record(item.title, address, item.organ.name, clock.due_on, standing(clock.due_on, today),
                         str(item.department or ""))  # fmt: skip


def requests_received(organs: Sequence[Organ], first: date, last: date) -> Iterator[Record]:
    rows = InfoRequest.objects.counted().filter(organ__in=organs, received_on__range=(first, last))
    for one in rows.select_related("organ", "department").order_by("received_on", "pk"):
        yield _request(one, one.received_on)


def requests_closed(organs: Sequence[Organ], first: date, last: date) -> Iterator[Record]:
    rows = InfoRequest.objects.counted().filter(organ__in=organs, closed_on__range=(first, last))
    for one in rows.select_related("organ", "department").order_by("closed_on", "pk"):
        yield _request(one, one.closed_on)


def items_published(organs: Sequence[Organ], first: date, last: date) -> Iterator[Record]:
    """Items as the annual report counts them: live, and not brought over from an old site."""
    rows = ItemPage.objects.live().filter(organ__in=organs, published_at__date__range=(first, last))
    rows = (
        rows.filter(legacy_published_on=None).exclude(index_number=None).select_related("organ", "department")
    )
    for item in rows.order_by("published_at", "pk"):
        yield Record(
            item.title, item.url or "", item.organ.name, timezone.localdate(item.published_at),
            who=str(item.department or ""),
        )  # fmt: skip


def messages_answered(organs: Sequence[Organ], first: date, last: date) -> Iterator[Record]:
    rows = PublicMessage.objects.filter(organ__in=organs, answered_at__date__range=(first, last))
    rows = rows.filter(state=PublicMessage.State.ANSWERED)
    for one in _plain(rows).order_by("answered_at", "pk"):
        yield _message(one, timezone.localdate(one.answered_at))


def column_tiles(organs: Sequence[Organ], today: date) -> Iterator[Tile]:
    """Columns of the organs' own sites with their clock."""
    for chosen in PortalSettings.objects.filter(organ__in=organs).select_related("site__root_page"):
        for state in column_states(today, below=chosen.site.root_page):
            yield _tile(state, today)


def _tile(state: ColumnState, today: date) -> Tile:
    column = state.column
    return Tile(
        column.title, column.get_update_class_display(), state.freshness.value, FRESHNESS_LABELS[state.freshness],
        _clock_in_words(state, today), reverse("wagtailadmin_explore", args=[column.pk]), state.items,
    )  # fmt: skip


def _clock_in_words(state: ColumnState, today: date) -> str:
    if state.newest is None:
        return "还没有信息"
    age = (today - state.newest).days
    window = WINDOW_DAYS[UpdateClass(state.column.update_class)]
    if window is None or state.freshness is Freshness.ARCHIVED:
        return f"{age} 天前更新"
    left = window - age
    return f"超过时限 {-left} 天" if left < 0 else f"{age} 天前更新，还剩 {left} 天"


def register_board() -> None:
    """Let the board ask."""
    register_risk(
        Risk(
            "shenqing",
            "依申请公开",
            "没有办结，答复或者下一步已超期、3 个工作日内到期",
            requests_due,
            order=20,
        )
    )
    register_risk(Risk("liuyan", "公众留言", "没有答复的咨询、投诉、建议", messages_due, order=40))
    rule = "形成 20 个工作日内没有公开，或者 3 个工作日内到期"
    register_risk(Risk("gongkai", "主动公开时限", rule, drafts_late, may_edit, 30))
    register_flow(Flow("shoujian", "收到申请", "件", requests_received))
    register_flow(Flow("banjie", "办结申请", "件", requests_closed))
    register_flow(Flow("fabu", "主动公开信息", "条", items_published))
    register_flow(Flow("dafu", "答复留言", "条", messages_answered))
    register_columns(column_tiles)

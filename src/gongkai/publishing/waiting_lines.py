"""What waits at the review's desks, for the back office's first screen, and the daily work; hooks, registered by ``wagtail_hooks``."""

from __future__ import annotations

from datetime import date

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks

from gongkai.agencies.models import User
from gongkai.agencies.waiting import Shortcut, Waiting
from gongkai.core.publication import PublicationClock
from gongkai.publishing import selectors
from gongkai.publishing.clocks import drafts_due
from gongkai.publishing.models import ItemPage, PublicConcern, Review, SourceDetermination
from gongkai.publishing.normative import access as normative_access
from gongkai.publishing.normative import selectors as normative_selectors
from gongkai.publishing.normative.services import tell_daily

MAX_DUE_LINES = 10


VERBS = {Review.State.PASSED: "发布信息", Review.State.RETURNED: "修改退回的信息"}


@hooks.register("register_shortcuts")
def shortcuts(user: User) -> list[Shortcut]:
    doors = []
    if selectors.organs_for(user, "查看审核"):
        doors.append(Shortcut("信息审核", "三审三校、保密审查、发布、撤下", reverse("publishing:desk")))
        hint = "哪天发布、到期、截止、该更新"
        doors.append(Shortcut("发布日历", hint, reverse("publishing:calendar")))
    if selectors.organs_for(user, "拟稿送审"):
        doors.append(Shortcut("写一条信息", "选栏目、拟稿、送审", reverse("wagtailadmin_explore_root")))
    if normative_access.organs_for(user, "查看规范性文件"):
        hint = "起草到公布、有效期、清理、解读"
        doors.append(Shortcut("规范性文件", hint, reverse("publishing:normative_list")))
    return doors


@hooks.register("register_waiting")
def waiting_concerns(user: User, today: date) -> list[Waiting]:
    """Concerns that are not answered yet."""
    organs = selectors.organs_for(user, "登记公众关切")
    if not organs:
        return []
    found = PublicConcern.objects.filter(organ__in=organs, closed_reason="").exclude(response__live=True)
    url = reverse("publishing:concerns")
    return [
        Waiting(f"回应关切：{one.title}", url, timezone.localdate(one.due_at), True)
        for one in found.select_related("response")[:MAX_DUE_LINES]
    ]


@hooks.register("register_waiting")
def waiting(user: User, today: date) -> list[Waiting]:
    """One line for each review in which somebody has something to do."""
    if not selectors.organs_for(user, "查看审核"):
        return []
    desk = selectors.desk_of(user)
    late = [_due_line(item, clock, today) for item, clock in _drafts_due(user, today)]
    mine = [*desk.to_sign, *desk.to_publish, *desk.to_correct]
    return [
        *late,
        *(_paper_line(paper) for paper in selectors.papers_waiting(user, today)),
        *(_line(review, True) for review in mine),
        *(_line(review, False) for review in desk.with_others),
    ]


def _paper_line(paper: SourceDetermination) -> Waiting:
    what = "评估不公开的信息" if paper.reassess_on else f"公开属性{paper.get_state_display()}"
    return Waiting(
        f"{what}：{paper.title}", reverse("publishing:paper", args=[paper.pk]), paper.reassess_on, True
    )


def _drafts_due(user: User, today: date) -> list[tuple[ItemPage, PublicationClock]]:
    organs = selectors.organs_for(user, "拟稿送审")
    return drafts_due(organs, today)[:MAX_DUE_LINES] if organs else []


def _due_line(item: ItemPage, clock: PublicationClock, today: date) -> Waiting:
    state = "已超过公开时限" if clock.due_on < today else "公开时限临近"
    return Waiting(
        f"{state}：{item.title}", reverse("wagtailadmin_pages:edit", args=[item.pk]), clock.due_on, True
    )


@hooks.register("register_waiting")
def waiting_documents(user: User, today: date) -> list[Waiting]:
    """The next step of each document, its interpretation, its filing, the end of its term."""
    if not normative_access.organs_for(user, "查看规范性文件"):
        return []
    return [
        Waiting(
            f"{due.what}：{due.document.title}",
            reverse("publishing:normative", args=[due.document.pk]),
            due.on,
            normative_access.allowed(user, due.act, due.document.organ),
        )
        for due in normative_selectors.dues_for(user, today)
    ]


def _line(review: Review, mine: bool) -> Waiting:
    what = VERBS.get(review.state) or selectors.waits_for(review).removeprefix("待")
    due = timezone.localdate(review.finish_by) if review.finish_by else None
    urgent = "（已紧急发布，限时补审）" if review.state == Review.State.PENDING else ""
    return Waiting(
        f"{what}：{review.title}{urgent}", reverse("publishing:review", args=[review.pk]), due, mine
    )


@hooks.register("register_daily")
def daily(today: date) -> None:
    """What was scheduled and is due; offices that want the minute call the command more often."""
    call_command("publish_scheduled", verbosity=0)
    tell_daily(today)

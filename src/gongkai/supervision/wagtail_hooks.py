"""Supervision in the back office: menu, doors, desk lines, the nightly inspection."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from gongkai.agencies.models import User
from gongkai.agencies.waiting import Shortcut, Waiting
from gongkai.supervision import access, point_selectors, selectors, training_selectors
from gongkai.supervision.models import Account, AccountabilityForm, ScoreLine
from gongkai.supervision.services import escalate_overdue, visit_when_due
from gongkai.supervision.tasks import queue_nightly

MAX_TICKET_LINES = 30
MAX_POINT_LINES = 30


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [path("", include("gongkai.supervision.urls"))]


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("supervision/admin.css"))


class SupervisionMenuItem(MenuItem):
    """Shown to those who may see inspections somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(access.organs_for(request.user, "查看巡查"))


class BoardMenuItem(MenuItem):
    """Shown to those who may see the leader's board somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(access.organs_for(request.user, "查看看板"))


@hooks.register("register_admin_menu_item")
def board_menu() -> MenuItem:
    return BoardMenuItem("监督看板", reverse("supervision:board"), icon_name="view", order=101)


@hooks.register("register_admin_menu_item")
def inspections_menu() -> MenuItem:
    return SupervisionMenuItem("网站巡查", reverse("supervision:runs"), icon_name="search", order=106)


@hooks.register("register_admin_menu_item")
def rectifications_menu() -> MenuItem:
    return SupervisionMenuItem("整改", reverse("supervision:rectifications"), icon_name="warning", order=107)


class ScorecardsMenuItem(MenuItem):
    """Shown to those who may see scorecards somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(access.organs_for(request.user, "查看考核"))


@hooks.register("register_admin_menu_item")
def scorecards_menu() -> MenuItem:
    return ScorecardsMenuItem("考核", reverse("supervision:scorecards"), icon_name="list-ol", order=109)


@hooks.register("register_waiting")
def waiting_appeals(user: User, today: date) -> list[Waiting]:
    """Appeals that wait for a decision."""
    return [
        Waiting(f"复核考核申诉：{one.entry.name}（{one.entry.card}）", reverse("supervision:decide_appeal", args=[one.pk]),
                None, one.by_id != user.pk)
        for one in selectors.open_appeals(user)
    ]  # fmt: skip


class TicketsMenuItem(MenuItem):
    """Shown to those who handle messages about the site."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(access.organs_for(request.user, "办理找错留言"))


@hooks.register("register_admin_menu_item")
def tickets_menu() -> MenuItem:
    return TicketsMenuItem("找错留言", reverse("supervision:tickets"), icon_name="comment", order=108)


class TrainingsMenuItem(MenuItem):
    """Shown to those who work at an organ."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(access.organs_for(request.user, "查看培训"))


@hooks.register("register_admin_menu_item")
def trainings_menu() -> MenuItem:
    return TrainingsMenuItem("培训", reverse("supervision:trainings"), icon_name="group", order=109)


@hooks.register("register_waiting")
def waiting_trainings(user: User, today: date) -> list[Waiting]:
    """Trainings whose roll is to be entered; tests that this person is to sit."""
    held = [
        Waiting(
            f"登记培训签到：{one.subject}", reverse("supervision:training", args=[one.pk]), one.held_on, True
        )
        for one in training_selectors.trainings_to_hold(user, today)
    ]
    sit = [
        Waiting(f"参加培训测试：{one.subject}", reverse("supervision:training", args=[one.pk]), None, True)
        for one in training_selectors.tests_to_sit(user)
    ]
    return held + sit


class PointsMenuItem(MenuItem):
    """Shown to those who may see work points somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(access.organs_for(request.user, "查看要点"))


@hooks.register("register_admin_menu_item")
def points_menu() -> MenuItem:
    return PointsMenuItem("工作要点", reverse("supervision:points"), icon_name="tasks", order=109)


@hooks.register("register_waiting")
def waiting_points(user: User, today: date) -> list[Waiting]:
    """Work points near their day or past it, and those that wait to be confirmed."""
    return [
        Waiting(
            f"{one.text}：{one.point.number} {one.point.text[:30]}（{one.point.department}）",
            reverse("supervision:point", args=[one.point.pk]),
            one.due_on,
            one.mine,
        )
        for one in point_selectors.tasks_for(user, today)[:MAX_POINT_LINES]
    ]


class AccountabilityMenuItem(MenuItem):
    """Shown to those who may see who was held to account."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(access.organs_for(request.user, "查看责任追究"))


@hooks.register("register_admin_menu_item")
def accountability_menu() -> MenuItem:
    return AccountabilityMenuItem(
        "责任追究", reverse("supervision:accountabilities"), icon_name="lock", order=109
    )


@hooks.register("register_shortcuts")
def shortcuts(user: User) -> list[Shortcut]:
    if not access.organs_for(user, "发起巡查"):
        return []
    return [
        Shortcut("监督看板", "今日风险、走势、栏目、排名、周报", reverse("supervision:board")),
        Shortcut("网站巡查", "否决项、更新、链接、标签、篡改、校对", reverse("supervision:runs")),
    ]


@hooks.register("register_waiting")
def waiting(user: User, today: date) -> list[Waiting]:
    """What the last inspection suspects and nobody has looked at; a veto item that stands."""
    return [
        Waiting(
            f"网站巡查（{last.run.on}）：{last.summary}",
            reverse("supervision:run", args=[last.run.pk]),
            None,
            access.allowed(user, "核实问题", last.run.organ),
        )
        for last in selectors.alarming_runs(user)
    ]


@hooks.register("register_waiting")
def waiting_rectifications(user: User, today: date) -> list[Waiting]:
    """Each open rectification: to be put right, or to be re-checked."""
    return [
        Waiting(
            f"{'复查' if one.standing == 'reported' else '整改'}：{one.problem[:40]}（{one.department}）"
            + ("，已上报" if one.escalated_on else ""),
            reverse("supervision:rectification", args=[one.pk]),
            one.due_on,
            mine,
        )
        for one, mine in selectors.rectifications_waiting(user)
    ]


@hooks.register("register_waiting")
def waiting_tickets(user: User, today: date) -> list[Waiting]:
    """Each message about the site that is not closed."""
    return [
        Waiting(
            f"{'答复' if one.state == one.State.RECEIVED else '办结'}找错留言：{one.get_kind_display()}（{one.number}）",
            reverse("supervision:ticket", args=[one.pk]),
            one.due_on,
            True,
        )
        for one in selectors.tickets_for(user)
        .exclude(state="closed")
        .order_by("received_on")[:MAX_TICKET_LINES]
    ]


@hooks.register("register_daily")
def nightly(today: date) -> None:
    escalate_overdue(today)
    queue_nightly()


@hooks.register("register_left_for_later")
def hourly() -> None:
    visit_when_due()


class AccountViewSet(SnippetViewSet):
    """Accounts elsewhere, and the day of their newest posts."""

    model = Account
    menu_label = "政务新媒体账号"
    icon = "mail"
    add_to_settings_menu = True
    list_display = ["name", "kind", "newest_on", "is_active"]


class ScoreLineViewSet(SnippetViewSet):
    """The office's own sheet: what is assessed and how much it weighs."""

    model = ScoreLine
    menu_label = "考核指标"
    icon = "list-ol"
    add_to_settings_menu = True
    list_display = ["name", "weight", "mode", "organ"]


class AccountabilityFormViewSet(SnippetViewSet):
    """The office's own list of forms in which somebody is held to account."""

    model = AccountabilityForm
    menu_label = "责任追究方式"
    icon = "list-ul"
    add_to_settings_menu = True
    list_display = ["name", "source", "is_active"]


register_snippet(AccountViewSet)
register_snippet(AccountabilityFormViewSet)
register_snippet(ScoreLineViewSet)

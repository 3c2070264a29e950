"""Menu and addresses of organs and people."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from gongkai.agencies import acts, selectors
from gongkai.agencies.account import use_our_account_form
from gongkai.agencies.models import User
from gongkai.agencies.waiting import Waiting

use_our_account_form()

# People and roles have a screen of their own; reviews of ours are no Wagtail workflows.
TOLD_DAYS = 7
HIDDEN_SETTINGS = {"users", "groups", "workflows", "workflow-tasks"}


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [path("", include("gongkai.agencies.urls"))]


@hooks.register("register_admin_menu_item")
def agencies_menu() -> MenuItem:
    return MenuItem("机构与人员", reverse("agencies:index"), icon_name="group", order=800)


@hooks.register("construct_main_menu")
def show_the_persons_name(request: Any, items: list[Any]) -> None:
    """The sidebar greets by ``first_name``, else by login name; our person has one name, and it is no field."""
    request.user.first_name = request.user.name


@hooks.register("construct_settings_menu")
def only_our_settings(request: Any, items: list[Any]) -> None:
    """Wagtail's user screens would give groups around the role record, its workflows reviews around the gate."""
    items[:] = [item for item in items if item.name not in HIDDEN_SETTINGS]


class ActMenuItem(MenuItem):
    """Shown to those who may do an act somewhere."""

    def __init__(self, label: str, url: str, *, act: str, **given: Any) -> None:
        super().__init__(label, url, **given)
        self.act = act

    def is_shown(self, request: Any) -> bool:
        return bool(acts.organs_for(request.user, self.act))


@hooks.register("register_admin_menu_item")
def posts_menu() -> MenuItem:
    return SubmenuMenuItem(
        "组织保障",
        Menu(
            items=[
                ActMenuItem(
                    "岗位移交", reverse("agencies:hand_overs"), act="查看岗位移交", icon_name="key", order=1
                ),
                ActMenuItem(
                    "领导小组", reverse("agencies:groups"), act="查看领导小组", icon_name="group", order=2
                ),
                ActMenuItem(
                    "报备", reverse("agencies:filings"), act="查看领导小组", icon_name="upload", order=3
                ),
            ]
        ),
        icon_name="key",
        order=790,
    )


@hooks.register("register_waiting")
def waiting_hand_overs(user: User, today: date) -> list[Waiting]:
    """Hand-overs in which this person is next."""
    return [
        Waiting(f"{what}：{one.post.name}（{one.giver}移交给{one.taker}）", reverse("agencies:hand_over", args=[one.pk]),
                one.on, True)
        for one, what in selectors.hand_overs_waiting(user)
    ]  # fmt: skip


@hooks.register("register_waiting")
def waiting_filings(user: User, today: date) -> list[Waiting]:
    """Groups with changes that are not filed yet, by the earliest day; from a week before it on."""
    return [
        Waiting(f"向上级报备：{one.group.name}，变动 {one.count} 项{one.mark}", f"{reverse('agencies:file_changes')}?zu={one.group.pk}",
                one.due_on, True)
        for one in selectors.filings_due(user) if one.due_on <= today + timedelta(days=TOLD_DAYS)
    ]  # fmt: skip

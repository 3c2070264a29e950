"""Guides and messages in the back office: menu, desk lines, doors, the daily count."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.agencies.models import User
from gongkai.agencies.waiting import Shortcut, Waiting
from gongkai.services import access
from gongkai.services.guides.selectors import versions_waiting
from gongkai.services.messages.acts import recount
from gongkai.services.messages.selectors import messages_waiting


class ActMenuItem(MenuItem):
    """An entry shown to those who may do an act somewhere."""

    def __init__(self, label: str, url: str, *, act: str, **given: Any) -> None:
        super().__init__(label, url, **given)
        self.act = act

    def is_shown(self, request: HttpRequest) -> bool:
        known = request.__dict__.setdefault("services_acts", {})
        if self.act not in known:
            known[self.act] = bool(access.organs_for(request.user, self.act))
        return bool(known[self.act])


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [path("", include("gongkai.services.urls"))]


@hooks.register("register_admin_menu_item")
def guides_menu() -> MenuItem:
    return ActMenuItem(
        "办事指南", reverse("services:guides"), act="查看办事指南", icon_name="info-circle", order=104
    )


@hooks.register("register_admin_menu_item")
def messages_menu() -> MenuItem:
    return ActMenuItem(
        "公众留言", reverse("services:messages"), act="查看留言", icon_name="comment", order=104
    )


@hooks.register("register_shortcuts")
def shortcuts(user: User) -> list[Shortcut]:
    doors: list[Shortcut] = []
    if access.organs_for(user, "查看留言"):
        doors.append(Shortcut("公众留言", "分办、答复、审核、公开", reverse("services:messages")))
    if access.organs_for(user, "编写办事指南"):
        doors.append(Shortcut("办事指南", "八项要素、表格、送审", reverse("services:guides")))
    return doors


@hooks.register("register_waiting")
def waiting(user: User, today: date) -> list[Waiting]:
    """Open messages and guides under way."""
    lines = [
        Waiting(f"{what}：{one.number}", reverse("services:message", args=[one.pk]), one.due_on, mine)
        for one, what, mine in messages_waiting(user)
    ]
    return lines + [
        Waiting(f"{what}：{one.name}", reverse("services:guide", args=[one.pk]), None, mine)
        for one, what, mine in versions_waiting(user)
    ]


@hooks.register("register_daily")
def daily(today: date) -> None:
    """Last days counted past the last holiday notice move once it is loaded."""
    recount()

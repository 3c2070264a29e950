"""The outbox in the back office and in the worker."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.agencies.models import User
from gongkai.agencies.waiting import Waiting
from gongkai.integrations.access import may_watch
from gongkai.integrations.models import OutboxMessage
from gongkai.integrations.outbox import deliver_due


class OutboxMenuItem(MenuItem):
    """Shown to those who look after what leaves the house."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_watch(request.user)


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [path("waifa/", include("gongkai.integrations.urls"))]


@hooks.register("register_settings_menu_item")
def outbox_menu() -> MenuItem:
    return OutboxMenuItem("待发消息", reverse("integrations:outbox"), icon_name="mail", order=900)


@hooks.register("register_waiting")
def waiting(user: User, today: date) -> list[Waiting]:
    """One line while messages stand still after many attempts."""
    dead = OutboxMessage.objects.filter(state=OutboxMessage.State.DEAD)
    if not may_watch(user) or not (count := dead.count()):
        return []
    return [
        Waiting(
            f"处理发不出去的消息：{count} 条", reverse("integrations:outbox") + "?zhuangtai=dead", None, True
        )
    ]


@hooks.register("register_left_for_later")
def deliver() -> None:
    """What is due in the outbox."""
    deliver_due()

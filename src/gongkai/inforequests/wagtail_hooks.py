"""Menu and addresses of applications in the back office."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.agencies.models import User
from gongkai.agencies.waiting import Shortcut, Waiting
from gongkai.inforequests import selectors
from gongkai.inforequests.services.lapsing import lapse_all
from gongkai.inforequests.waiting import waiting_for


class RequestsMenuItem(MenuItem):
    """Shown to those who may see applications somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(selectors.organs_for(request.user, "查看申请"))


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [path("", include("gongkai.inforequests.urls"))]


@hooks.register("register_admin_menu_item")
def requests_menu() -> MenuItem:
    return RequestsMenuItem("依申请公开", reverse("inforequests:queue"), icon_name="mail", order=105)


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("inforequests/admin.css"))


@hooks.register("register_shortcuts")
def shortcuts(user: User) -> list[Shortcut]:
    doors = []
    if selectors.organs_for(user, "查看申请"):
        doors.append(Shortcut("依申请公开", "收件、办理、答复、期限", reverse("inforequests:queue")))
    return doors


@hooks.register("register_waiting")
def waiting(user: User, today: date) -> list[Waiting]:
    return waiting_for(user, today)


@hooks.register("register_daily")
def daily(today: date) -> None:
    lapse_all(today)

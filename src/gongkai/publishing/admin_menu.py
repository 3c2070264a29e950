"""The entries of the back office's menu; hooks, registered by ``wagtail_hooks``."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from gongkai.publishing import selectors
from gongkai.publishing.normative import access as normative_access


def _may_somewhere(request: HttpRequest, act: str) -> bool:
    """Whether the person may do an act at some organ; several entries of one menu ask the same."""
    known = request.__dict__.setdefault("publishing_acts", {})
    if act not in known:
        known[act] = bool(selectors.organs_for(request.user, act))
    return bool(known[act])


class ReviewsMenuItem(MenuItem):
    """Shown to those who may see reviews somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        return _may_somewhere(request, "查看审核")


class ImportsMenuItem(MenuItem):
    """Shown to those who may import."""

    def is_shown(self, request: HttpRequest) -> bool:
        return _may_somewhere(request, "导入信息")


class Submenu(SubmenuMenuItem):
    """A group of entries, shown when one of them is."""

    def __init__(self, label: str, items: list[MenuItem], **given: Any) -> None:
        super().__init__(label, Menu(items=items), **given)


class CalendarMenuItem(MenuItem):
    """Shown to those who may see reviews or normative documents somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        return _may_somewhere(request, "查看审核") or bool(
            normative_access.organs_for(request.user, "查看规范性文件")
        )


@hooks.register("register_admin_menu_item")
def calendar_menu() -> MenuItem:
    return CalendarMenuItem("发布日历", reverse("publishing:calendar"), icon_name="calendar-alt", order=101)


@hooks.register("register_admin_menu_item")
def reviews_menu() -> MenuItem:
    return ReviewsMenuItem("信息审核", reverse("publishing:desk"), icon_name="tasks", order=102)


@hooks.register("register_admin_menu_item")
def concerns_menu() -> MenuItem:
    return ReviewsMenuItem("公众关切", reverse("publishing:concerns"), icon_name="warning", order=104)


@hooks.register("register_admin_menu_item")
def catalogue_menu() -> MenuItem:
    return Submenu(
        "主动公开目录",
        [
            ReviewsMenuItem("基本目录", reverse("publishing:editions"), icon_name="list-ul", order=1),
            ReviewsMenuItem("栏目更新", reverse("publishing:freshness"), icon_name="date", order=2),
            ReviewsMenuItem("公开属性认定", reverse("publishing:papers"), icon_name="doc-full", order=0),
            ImportsMenuItem("导入信息", reverse("publishing:imports"), icon_name="upload", order=3),
            ReviewsMenuItem("其他渠道", reverse("publishing:channels"), icon_name="mobile-alt", order=4),
        ],
        icon_name="folder-open-inverse",
        order=103,
    )


class NormativeMenuItem(MenuItem):
    """Shown to those who may see normative documents somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(normative_access.organs_for(request.user, "查看规范性文件"))


@hooks.register("register_admin_menu_item")
def normative_menu() -> MenuItem:
    return NormativeMenuItem(
        "规范性文件", reverse("publishing:normative_list"), icon_name="doc-full-inverse", order=103
    )

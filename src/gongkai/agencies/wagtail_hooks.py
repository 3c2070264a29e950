"""Menu and addresses of organs and people."""

from __future__ import annotations

from typing import Any

from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [path("", include("gongkai.agencies.urls"))]


@hooks.register("register_admin_menu_item")
def agencies_menu() -> MenuItem:
    return MenuItem("机构与人员", reverse("agencies:index"), icon_name="group", order=800)


@hooks.register("construct_settings_menu")
def no_second_user_screen(request: Any, items: list[Any]) -> None:
    """People and roles are kept on our screen; Wagtail's would give groups around the role record."""
    items[:] = [item for item in items if item.name not in {"users", "groups"}]

"""Menu and addresses of organs and people."""

from __future__ import annotations

from typing import Any

from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.agencies.account import use_our_account_form

use_our_account_form()

# People and roles have a screen of their own; reviews of ours are no Wagtail workflows.
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

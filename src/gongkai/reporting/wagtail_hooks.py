"""Menu, addresses and the first screen of the back office."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from gongkai.reporting.waiting import shortcuts_for, waiting_for


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [path("", include("gongkai.reporting.urls"))]


@hooks.register("register_admin_menu_item")
def reports_menu() -> MenuItem:
    return MenuItem("年度报告", reverse("reporting:reports"), icon_name="doc-full-inverse", order=110)


@hooks.register("register_admin_menu_item")
def ledgers_menu() -> MenuItem:
    return MenuItem("台账", reverse("reporting:ledgers"), icon_name="list-ul", order=120)


@hooks.register("register_admin_menu_item")
def rollups_menu() -> MenuItem:
    return MenuItem("下级年报汇总", reverse("reporting:rollups"), icon_name="clipboard-list", order=130)


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    return format_html(
        '<link rel="stylesheet" href="{}"><link rel="stylesheet" href="{}">',
        static("portal/tokens.css"),
        static("reporting/admin.css"),
    )


@hooks.register("insert_global_admin_js")
def admin_js() -> str:
    return format_html('<script type="module" src="{}"></script>', static("reporting/forms.js"))


# Wagtail's own panels that tell an editor something to do; the rest speak of Wagtail.
KEPT_PANELS = {"locked_pages", "recent_edits"}


class WaitingPanel(Component):
    """What must I do today: due and overdue first, then mine, then others'."""

    order = 10
    name = "waiting"
    template_name = "reporting/waiting_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user, today = parent_context["request"].user, timezone.localdate()
        lines = waiting_for(user, today)
        overdue = [line for line in lines if line.mine and line.is_overdue(today)]
        mine = [line for line in lines if line.mine and not line.is_overdue(today)]
        return {
            "today": today,
            "count": len(overdue) + len(mine),
            "overdue": overdue,
            "mine": mine,
            "shortcuts": shortcuts_for(user),
            "others": [line for line in lines if not line.mine],
        }


@hooks.register("construct_homepage_panels")
def home_panels(request: Any, panels: list[Any]) -> None:
    panels[:] = [WaitingPanel(), *(panel for panel in panels if panel.name in KEPT_PANELS)]


# Reports of Wagtail about workflows, locks and page types, which this office does not use.
HIDDEN_REPORTS = {"locked-pages", "workflows", "workflow-tasks", "page-types-usage"}


@hooks.register("construct_reports_menu")
def only_used_reports(request: Any, items: list[Any]) -> None:
    items[:] = [item for item in items if item.name not in HIDDEN_REPORTS]


@hooks.register("construct_main_menu")
def no_foreign_help(request: Any, items: list[Any]) -> None:
    """Wagtail's own help is English and about Wagtail; the office has the manual."""
    items[:] = [item for item in items if item.name != "help"]

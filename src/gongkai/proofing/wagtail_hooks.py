"""The style book in the back office's menu."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.proofing import selectors


class BookMenuItem(MenuItem):
    """Shown to those who may see the book somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(selectors.organs_for(request.user, "查看用语库"))


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [path("", include("gongkai.proofing.urls"))]


@hooks.register("register_admin_menu_item")
def book_menu() -> MenuItem:
    return BookMenuItem("校对用语库", reverse("proofing:book"), icon_name="openquote", order=104)


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("proofing/proofing.css"))

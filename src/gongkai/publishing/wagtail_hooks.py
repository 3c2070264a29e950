"""The gate in Wagtail's screens: our buttons instead of its own, and a plain word where its doors are closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from gongkai.agencies.models import User
from gongkai.publishing import (
    admin_menu,  # noqa: F401 - registers its hooks
    selectors,
    waiting_lines,  # noqa: F401 - registers its hooks
)
from gongkai.publishing.explorer import items_viewset
from gongkai.publishing.models import ColumnPage, ItemPage, OfficialMedium
from gongkai.publishing.shown_files import only_what_is_public
from gongkai.publishing.views.bulk import MoveItemsAction, WithdrawItemsAction

SUBMIT = "action-submit-review"
# Wagtail's own ways of publishing, taking off and reviewing; ours stand in their place.
HIDDEN_ACTIONS = {
    *("action-publish", "action-unpublish", "action-submit"),
    *("action-restart-workflow", "action-cancel-workflow"),
}
THROUGH_REVIEW = "信息要经过审核才能发布：请在编辑页点“送审”，审核通过后在“信息审核”里发布。"
THROUGH_WITHDRAWAL = "已发布的信息请在“信息审核”里撤下，并写明理由。"
RECORDED = "“{}”有审核记录，或者属于规范性文件，不能删除；已发布的可以撤下。"


class SubmitMenuItem(ActionMenuItem):
    """Save what is in the editor and go on to submitting it."""

    name = SUBMIT
    label = "保存并送审"
    icon_name = "check"
    order = 10

    def is_shown(self, context: dict[str, Any]) -> bool:
        return context["view"] in {"create", "edit"} and not context.get("locked_for_user")


@hooks.register("register_admin_viewset", order=1)
def lists() -> PageViewSet:
    """After Wagtail's own, whose place it takes."""
    return items_viewset


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [path("", include("gongkai.publishing.urls"))]


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("publishing/admin.css"))


@hooks.register("insert_global_admin_js")
def admin_js() -> str:
    return format_html('<script src="{}" defer></script>', static("publishing/paste.js"))


@hooks.register("insert_editor_js")
def proof_form() -> str:
    """The form of the proof's buttons, which stand inside the editor's own form and cannot hold another."""
    return mark_safe('<form id="gk-proof" method="post" hidden></form>')


@hooks.register("construct_page_action_menu")
def our_actions(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """An item is saved and submitted; nothing else can be done to it here."""
    shown = context.get("page")
    is_item = isinstance(shown, ItemPage) if shown is not None and shown.pk else _creates_item(request)
    if is_item:
        items[:] = [item for item in items if item.name not in HIDDEN_ACTIONS]
        submit = SubmitMenuItem()
        if submit.is_shown(context):
            items.append(submit)


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def from_word(page: Page, user: User, next_url: str | None = None, **_: Any) -> Iterator[Button]:
    """The way from Word into a column."""
    if isinstance(page.specific, ColumnPage) and selectors.organs_for(user, "拟稿送审"):
        yield Button(
            "从 Word 或网页新建信息",
            reverse("publishing:take_over", args=[page.pk]),
            icon_name="doc-full",
            priority=5,
        )


def _creates_item(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.kwargs.get("content_type_model_name") == "itempage"


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def go_on_to_submit(request: HttpRequest, page: Page) -> HttpResponse | None:
    if isinstance(page, ItemPage) and SUBMIT in request.POST:
        return redirect("publishing:submit", page.pk)
    return None


@hooks.register("before_publish_page")
def no_other_publication(request: HttpRequest, page: Page) -> HttpResponse | None:
    if not isinstance(page, ItemPage):
        return None
    messages.error(request, THROUGH_REVIEW)
    return redirect("wagtailadmin_pages:edit", page.pk) if page.pk else redirect("publishing:desk")


@hooks.register("before_unpublish_page")
def no_other_withdrawal(request: HttpRequest, page: Page) -> HttpResponse | None:
    if not isinstance(page.specific, ItemPage):
        if not _live_items_below(page):
            return None
        messages.error(request, f"“{page.title}”下面还有已发布的信息，请先逐条撤下。")
        return redirect("wagtailadmin_explore", page.pk)
    messages.error(request, THROUGH_WITHDRAWAL)
    return redirect("publishing:withdraw", page.pk)


@hooks.register("before_delete_page")
def no_deletion_of_records(request: HttpRequest, page: Page) -> HttpResponse | None:
    held = 0 if isinstance(page.specific, ItemPage) else ItemPage.objects.descendant_of(page).count()
    if held:
        messages.error(
            request,
            f"栏目“{page.title}”下面有 {held} 条信息，不能删除。请先把信息移到别的栏目或者撤下；停更的栏目可以填写“不再更新之日”。",
        )
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    recorded = _recorded(ItemPage.objects.descendant_of(page, inclusive=True)).first()
    if recorded is None:
        return None
    messages.error(request, RECORDED.format(recorded.title))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def _recorded(items: QuerySet[ItemPage]) -> QuerySet[ItemPage]:
    """Items that a record needs: reviewed, or made for a normative document, a consultation or a clean-up."""
    needed = Q()
    for name in (
        *("reviews", "normative_document", "interprets", "cleanup"),
        *("draft_consultation", "consultation_feedback"),
    ):
        needed |= Q(**{f"{name}__isnull": False})
    return items.filter(needed)


def _live_items_below(page: Page) -> bool:
    return ItemPage.objects.live().descendant_of(page, inclusive=True).exists()


@hooks.register("before_bulk_action")
def no_bulk_way_around(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action_class_instance: Any
) -> HttpResponse | None:
    """Many at once pass no gate: reviews are item by item (逐项审查)."""
    pages = [page for page in objects if isinstance(page, Page)]
    if not pages or action_type not in {"publish", "unpublish", "delete", "move"}:
        return None
    items = ItemPage.objects.none()
    for page in pages:
        items = items | ItemPage.objects.descendant_of(page, inclusive=True)
    below = bool(request.POST.get("include_descendants"))
    chosen = items if below or action_type == "delete" else items.filter(pk__in=[page.pk for page in pages])
    if action_type == "publish" and chosen.exists():
        messages.error(request, THROUGH_REVIEW)
    elif action_type == "unpublish" and chosen.filter(live=True).exists():
        messages.error(request, THROUGH_WITHDRAWAL)
    elif action_type == "delete" and (kept := _recorded(chosen).first()) is not None:
        messages.error(request, RECORDED.format(kept.title))
    elif action_type == "move" and chosen.filter(live=True).exists():
        messages.error(request, "已发布的信息不能直接移到别的栏目，请改用“批量移动”，写明理由。")
    else:
        return None
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)


@hooks.register("before_create_page")
def columns_are_the_administrators(
    request: HttpRequest, parent: Page, page_class: type[Page]
) -> HttpResponse | None:
    if page_class is ItemPage or request.user.is_superuser:
        return None
    messages.error(request, "栏目由系统管理员设立，请联系系统管理员。")
    return redirect("wagtailadmin_explore", parent.pk)


@hooks.register("before_edit_page")
@hooks.register("before_copy_page")
@hooks.register("before_move_page")
def columns_stay_as_they_are(request: HttpRequest, page: Page, *_: Any) -> HttpResponse | None:
    if isinstance(page.specific, ItemPage) or request.user.is_superuser:
        return None
    messages.error(request, "栏目和首页由系统管理员维护，请联系系统管理员。")
    return redirect("wagtailadmin_explore", page.pk)


class OfficialMediumViewSet(SnippetViewSet):
    """The list of media from which a reprint may take the short review; kept by the administrator."""

    model = OfficialMedium
    menu_label = "转载官方媒体名单"
    icon = "site"
    add_to_settings_menu = True
    list_display = ["name", "website", "is_active"]


register_snippet(OfficialMediumViewSet)
hooks.register("register_bulk_action", WithdrawItemsAction)
hooks.register("register_bulk_action", MoveItemsAction)


hooks.register("before_serve_document", only_what_is_public)

"""The gate in Wagtail's screens: our buttons instead of its own, and a plain word where its doors are closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.management import call_command
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from gongkai.agencies.models import User
from gongkai.agencies.waiting import Shortcut, Waiting
from gongkai.core.publication import PublicationClock
from gongkai.publishing import selectors
from gongkai.publishing.clocks import drafts_due
from gongkai.publishing.explorer import items_viewset
from gongkai.publishing.models import (
    ColumnPage,
    ItemPage,
    OfficialMedium,
    PublicConcern,
    Review,
    SourceDetermination,
)
from gongkai.publishing.normative import access as normative_access
from gongkai.publishing.normative import selectors as normative_selectors
from gongkai.publishing.normative.services import tell_daily

SUBMIT = "action-submit-review"
# Wagtail's own ways of publishing, taking off and reviewing; ours stand in their place.
HIDDEN_ACTIONS = {
    *("action-publish", "action-unpublish", "action-submit"),
    *("action-restart-workflow", "action-cancel-workflow"),
}
THROUGH_REVIEW = "信息要经过审核才能发布：请在编辑页点“送审”，审核通过后在“信息审核”里发布。"
THROUGH_WITHDRAWAL = "已发布的信息请在“信息审核”里撤下，并写明理由。"
MAX_DUE_LINES = 10
RECORDED = "“{}”有审核记录，或者属于规范性文件，不能删除；已发布的可以撤下。"


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


@hooks.register("register_admin_menu_item")
def reviews_menu() -> MenuItem:
    return ReviewsMenuItem("信息审核", reverse("publishing:desk"), icon_name="tasks", order=102)


@hooks.register("register_admin_menu_item")
def concerns_menu() -> MenuItem:
    return ReviewsMenuItem("公众关切", reverse("publishing:concerns"), icon_name="warning", order=104)


@hooks.register("register_waiting")
def waiting_concerns(user: User, today: date) -> list[Waiting]:
    """Concerns that are not answered yet."""
    organs = selectors.organs_for(user, "登记公众关切")
    if not organs:
        return []
    found = PublicConcern.objects.filter(organ__in=organs, closed_reason="").exclude(response__live=True)
    url = reverse("publishing:concerns")
    return [
        Waiting(f"回应关切：{one.title}", url, timezone.localdate(one.due_at), True)
        for one in found.select_related("response")[:MAX_DUE_LINES]
    ]


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
        messages.error(request, "已发布的信息不能移到别的栏目，请先撤下，移好后重新送审。")
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


@hooks.register("register_shortcuts")
def shortcuts(user: User) -> list[Shortcut]:
    doors = []
    if selectors.organs_for(user, "查看审核"):
        doors.append(Shortcut("信息审核", "三审三校、保密审查、发布、撤下", reverse("publishing:desk")))
    if selectors.organs_for(user, "拟稿送审"):
        doors.append(Shortcut("写一条信息", "选栏目、拟稿、送审", reverse("wagtailadmin_explore_root")))
    if normative_access.organs_for(user, "查看规范性文件"):
        hint = "起草到公布、有效期、清理、解读"
        doors.append(Shortcut("规范性文件", hint, reverse("publishing:normative_list")))
    return doors


VERBS = {Review.State.PASSED: "发布信息", Review.State.RETURNED: "修改退回的信息"}


@hooks.register("register_waiting")
def waiting(user: User, today: date) -> list[Waiting]:
    """One line for each review in which somebody has something to do."""
    if not selectors.organs_for(user, "查看审核"):
        return []
    desk = selectors.desk_of(user)
    late = [_due_line(item, clock, today) for item, clock in _drafts_due(user, today)]
    mine = [*desk.to_sign, *desk.to_publish, *desk.to_correct]
    return [
        *late,
        *(_paper_line(paper) for paper in selectors.papers_waiting(user, today)),
        *(_line(review, True) for review in mine),
        *(_line(review, False) for review in desk.with_others),
    ]


def _paper_line(paper: SourceDetermination) -> Waiting:
    what = "评估不公开的信息" if paper.reassess_on else f"公开属性{paper.get_state_display()}"
    return Waiting(
        f"{what}：{paper.title}", reverse("publishing:paper", args=[paper.pk]), paper.reassess_on, True
    )


def _drafts_due(user: User, today: date) -> list[tuple[ItemPage, PublicationClock]]:
    organs = selectors.organs_for(user, "拟稿送审")
    return drafts_due(organs, today)[:MAX_DUE_LINES] if organs else []


def _due_line(item: ItemPage, clock: PublicationClock, today: date) -> Waiting:
    state = "已超过公开时限" if clock.due_on < today else "公开时限临近"
    return Waiting(
        f"{state}：{item.title}", reverse("wagtailadmin_pages:edit", args=[item.pk]), clock.due_on, True
    )


@hooks.register("register_waiting")
def waiting_documents(user: User, today: date) -> list[Waiting]:
    """The next step of each document, its interpretation, its filing, the end of its term."""
    if not normative_access.organs_for(user, "查看规范性文件"):
        return []
    return [
        Waiting(
            f"{due.what}：{due.document.title}",
            reverse("publishing:normative", args=[due.document.pk]),
            due.on,
            normative_access.allowed(user, due.act, due.document.organ),
        )
        for due in normative_selectors.dues_for(user, today)
    ]


def _line(review: Review, mine: bool) -> Waiting:
    what = VERBS.get(review.state) or selectors.waits_for(review).removeprefix("待")
    due = timezone.localdate(review.finish_by) if review.finish_by else None
    urgent = "（已紧急发布，限时补审）" if review.state == Review.State.PENDING else ""
    return Waiting(
        f"{what}：{review.title}{urgent}", reverse("publishing:review", args=[review.pk]), due, mine
    )


@hooks.register("register_daily")
def daily(today: date) -> None:
    """What was scheduled and is due; offices that want the minute call the command more often."""
    call_command("publish_scheduled", verbosity=0)
    tell_daily(today)


class OfficialMediumViewSet(SnippetViewSet):
    """The list of media from which a reprint may take the short review; kept by the administrator."""

    model = OfficialMedium
    menu_label = "转载官方媒体名单"
    icon = "site"
    add_to_settings_menu = True
    list_display = ["name", "website", "is_active"]


register_snippet(OfficialMediumViewSet)

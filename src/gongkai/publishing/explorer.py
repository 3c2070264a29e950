"""The editor's lists of a site with a million items: Wagtail's explorer and search, asked so that an index can answer.

Wagtail's own lists read every row below a column (``path LIKE``), sort whole rows, and ask which pages a person may see even
of who may see all; its search finds only how a title begins, which for Chinese is next to nothing. Here:

- children and descendants are a range of ``path`` at known depths, over the index of ``gongkai.publishing.indexes``;
- the keys of one screen are taken first, the rows after;
- a search finds any part of a title as the editors see it (``draft_title``), and an item by its 索引号.
"""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth import get_user_model
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.forms import CheckboxSelectMultiple
from wagtail import hooks
from wagtail.admin.filters import MultipleUserFilter
from wagtail.admin.views.pages.listing import EditedByFilter, ExplorableIndexView, GenericPageFilterSet
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, PageLogEntry

from gongkai.agencies.models import User
from gongkai.publishing.models import ItemPage
from gongkai.publishing.paging import KeysFirst, first_found

_UPDATED, _TITLE = "latest_revision_created_at", "draft_title"


def below(parent: Page, *, deeper: bool = False) -> Q:
    """The pages under one: its children, or with ``deeper`` all descendants."""
    inside = Q(path__range=Page._get_children_path_interval(parent.path))
    if not deeper:
        return inside & Q(depth=parent.depth + 1)
    deepest = Page.objects.aggregate(deepest=Max("depth"))["deepest"]
    return inside & Q(depth__in=range(parent.depth + 1, deepest + 1))


def sees_all_below(policy: Any, user: User, parent: Page) -> bool:
    """Whether a right given at this page or above it opens everything under it."""
    return any(
        parent.path.startswith(page.path) for page in policy.instances_with_direct_explore_permission(user)
    )


def find(pages: QuerySet[Page], words: str) -> QuerySet[Page]:
    """Pages whose title holds every one of the words, and the item that bears them as its 索引号."""
    if not words.strip():
        return pages
    wanted = Q()
    for word in words.split():
        wanted &= Q(draft_title__icontains=word)
    numbered = ItemPage.objects.filter(index_number=words.strip()).values("pk")
    return pages.filter(wanted | Q(pk__in=numbered))


def in_order(pages: QuerySet[Page], ordering: str) -> QuerySet[Page] | None:
    """Sorted by what the index holds; None when the order asked for is another."""
    column, down = ordering.removeprefix("-"), ordering.startswith("-")
    if column == "title":
        return pages.order_by(f"-{_TITLE}" if down else _TITLE, "pk")
    if column == _UPDATED:
        by = F(_UPDATED).desc(nulls_last=True) if down else F(_UPDATED).asc(nulls_first=True)
        return pages.order_by(by, "-pk" if down else "pk")
    return None


def _owners(_: Any) -> QuerySet[User]:
    return get_user_model().objects.filter(Exists(Page.objects.order_by().filter(owner=OuterRef("pk"))))


def _editors(_: Any) -> QuerySet[User]:
    edits = PageLogEntry.objects.order_by().filter(action="wagtail.edit", user=OuterRef("pk"))
    return get_user_model().objects.filter(Exists(edits))


class ItemFilters(GenericPageFilterSet):
    """Wagtail's filters; the people to choose from are found by one look-up each, not by reading all pages."""

    owner = MultipleUserFilter(label="所有者", queryset=_owners, widget=CheckboxSelectMultiple)
    edited_by = EditedByFilter(label="编辑者", queryset=_editors, widget=CheckboxSelectMultiple)


class ItemsView(ExplorableIndexView):
    """The explorer (信息列表)."""

    paginator_class = KeysFirst

    def get_ordering(self) -> str | None:
        if self.is_searching and not self.is_explicitly_ordered:
            return f"-{_UPDATED}"
        return cast("str | None", super().get_ordering())

    def get_base_queryset(self) -> QuerySet[Page]:
        pages = self.model._default_manager.all()
        if not self.is_searching_whole_tree:
            pages = pages.filter(below(self.parent_page, deeper=self.is_searching or self.is_filtering))
        start = Page.get_first_root_node() if self.is_searching_whole_tree else self.parent_page
        if not sees_all_below(self.permission_policy, self.request.user, start):
            seen = self.permission_policy.explorable_instances(self.request.user)
            pages = pages.filter(pk__in=seen.values_list("pk", flat=True))
        return self.annotate_queryset(pages)

    def order_queryset(self, queryset: QuerySet[Page]) -> QuerySet[Page]:
        ordered = in_order(queryset, self.ordering or "")
        return super().order_queryset(queryset) if ordered is None else ordered

    def search_queryset(self, queryset: QuerySet[Page]) -> QuerySet[Page]:
        for hook in hooks.get_hooks("construct_explorer_page_queryset"):
            queryset = hook(self.parent_page, queryset, self.request)
        if not self.is_searching:
            return queryset
        keys = first_found(self.request, find(queryset, self.search_query))
        return self.order_queryset(self.annotate_queryset(Page.objects.filter(pk__in=keys)))


class ItemSearchView(SearchView):
    """The search of the side bar, over everything the person may see."""

    verbose_name = verbose_name_plural = "页面"
    paginator_class = KeysFirst

    def get_queryset(self) -> QuerySet[Page]:
        root = Page.get_first_root_node()
        pages = Page.objects.filter(below(root, deeper=True))
        if not sees_all_below(self.permission_policy, self.request.user, root):
            seen = self.permission_policy.explorable_instances(self.request.user)
            pages = pages.filter(pk__in=seen.values_list("pk", flat=True))
        found = find(pages, self.search_query or "")
        if self.selected_content_type:
            found = found.filter(content_type=self.selected_content_type)
        keys = first_found(self.request, self._sorted(found))
        self.all_pages = Page.objects.filter(pk__in=keys)
        return self._sorted(self.annotate_queryset(self.all_pages))

    def _sorted(self, pages: QuerySet[Page]) -> QuerySet[Page]:
        ordering = self.ordering or f"-{_UPDATED}"
        ordered = in_order(pages, ordering)
        return pages.order_by(ordering) if ordered is None else ordered


class ItemsViewSet(PageViewSet):
    """Wagtail's views of pages with our lists in them."""

    model = Page
    index_view_class = ItemsView
    search_view_class = ItemSearchView
    filterset_class = ItemFilters


items_viewset = ItemsViewSet()

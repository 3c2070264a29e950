"""What the parts of one public page, or the pages of one bake, read in common: read once and kept with the request."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page, Site

from gongkai.portal.listing import address, columns_above, years
from gongkai.publishing.models import ColumnPage


class Shared:
    """The columns of the site by tree path, each with its address; and the site's first page."""

    def __init__(self, site: Site | None) -> None:
        self.site = site
        self.fragments: dict[tuple[object, ...], str] = {}  # parts of pages by name, see the tag ``common``
        self.feed_entries: dict[int, Any] = {}  # what feeds say of items, by number
        self._years: dict[int, dict[int, int]] = {}

    @cached_property
    def root(self) -> str:
        """The address path of the first page in the tree, what all addresses begin with."""
        return str(self.site.root_page.url_path) if self.site is not None else "/"

    @cached_property
    def columns(self) -> dict[str, ColumnPage]:
        """Every column, shown or not, in the order of the tree."""
        found = {column.path: column for column in ColumnPage.objects.order_by("path")}
        for column in found.values():
            column.address = address(column.url_path, self.root)
        return found

    def years(self, column: int) -> dict[int, int]:
        """How many items a column has of each year."""
        if column not in self._years:
            self._years[column] = years(column)
        return self._years[column]

    def above(self, page: Page) -> list[ColumnPage]:
        """The columns above a page, the first level first."""
        return [self.columns[path] for path in columns_above(page.path) if path in self.columns]

    def parent(self, page: Page) -> ColumnPage | None:
        return self.columns.get(page.path[: -Page.steplen])

    def below(self, column: ColumnPage) -> list[ColumnPage]:
        """Live columns right below a column."""
        return [
            inner
            for path, inner in self.columns.items()
            if inner.live and path[: -Page.steplen] == column.path
        ]


def shared(request: HttpRequest) -> Shared:
    """What belongs to this request; a bake gives all of its requests the same."""
    found: Shared | None = getattr(request, "portal_shared", None)
    if found is None:
        found = Shared(Site.find_for_request(request))
        request.portal_shared = found  # type: ignore[attr-defined]
    return found

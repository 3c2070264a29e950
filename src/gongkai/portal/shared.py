"""What the parts of one public page, or the pages of one bake, read in common: read once and kept with the request.

Columns, the site's settings and the drawn parts that bear them are kept from request to request under a stamp, a row that
is written anew by whatever changes one of them; so a request asks for the stamp alone.
"""

from __future__ import annotations

import secrets
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction, Site

from gongkai.portal.listing import address, columns_above, newest, years
from gongkai.portal.models import Listing, PortalSettings, SharedStamp
from gongkai.publishing.models import ColumnPage

NEVER_BLANK_SLUGS = frozenset(
    {"zfxxgk", "ysqgk", "fuwu", "hudong"}
)  # their template gives them more than a list
MAX_FRAGMENTS = 300  # one holds the words of a search: there may be any number of those


class Kept:
    """What changes seldom: the columns by tree path, the settings, and parts of pages by name."""

    def __init__(self, site: Site | None) -> None:
        self.site = site
        self.fragments: dict[tuple[object, ...], str] = {}

    @cached_property
    def root(self) -> str:
        """The address path of the first page in the tree, what all addresses begin with."""
        if self.site is None:
            return "/"
        known = (one.root_path for one in Site.get_site_root_paths() if one.site_id == self.site.pk)
        return str(next(known, None) or self.site.root_page.url_path)

    @cached_property
    def origin(self) -> str:
        """Scheme and host of the site's own addresses."""
        return str(self.site.root_url) if self.site is not None else ""

    @cached_property
    def settings(self) -> PortalSettings:
        return PortalSettings.for_site(self.site)

    @cached_property
    def closed(self) -> tuple[str, ...]:
        """Tree paths of pages that ask for a password or a login, with everything below them."""
        return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))

    @cached_property
    def columns(self) -> dict[str, ColumnPage]:
        """Every column, shown or not, in the order of the tree."""
        found = {column.path: column for column in ColumnPage.objects.order_by("path")}
        for column in found.values():
            column.address = address(column.url_path, self.root)
        return found

    def fragment(self, key: tuple[object, ...]) -> str | None:
        """A part of a page drawn before."""
        return self.fragments.get(key)

    def keep_fragment(self, key: tuple[object, ...], drawn: str) -> None:
        if len(self.fragments) >= MAX_FRAGMENTS:
            self.fragments.clear()
        self.fragments[key] = drawn


class Shared:
    """The kept things, and what belongs to one request or one bake."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept
        self.site, self.root = kept.site, kept.root
        self.feed_entries: dict[int, Any] = {}  # what feeds say of items, by number
        self._years: dict[int, dict[int, int]] = {}
        self._newest: dict[tuple[int, int], list[int]] = {}

    @property
    def columns(self) -> dict[str, ColumnPage]:
        return self.kept.columns

    def years(self, column: int) -> dict[int, int]:
        """How many items a column has of each year."""
        if column not in self._years:
            self._years[column] = years(column)
        return self._years[column]

    def newest(self, column: int, count: int) -> list[int]:
        """Numbers of a column's newest items; both of its feeds ask."""
        if (column, count) not in self._newest:
            self._newest[column, count] = newest(column, count)
        return self._newest[column, count]

    def above(self, page: Page) -> list[ColumnPage]:
        """The columns above a page, the first level first."""
        return [self.columns[path] for path in columns_above(page.path) if path in self.columns]

    def parent(self, page: Page) -> ColumnPage | None:
        return self.columns.get(page.path[: -Page.steplen])

    @cached_property
    def filled(self) -> set[int]:
        """Columns in which, or below which, something is published; an empty one is not shown (有栏目无内容)."""
        listed = Listing.objects.filter(column=OuterRef("pk"))
        return set(ColumnPage.objects.filter(Exists(listed)).values_list("pk", flat=True))

    def is_blank(self, column: ColumnPage) -> bool:
        """Whether a column has nothing for its reader: no item in it or below it, no words, no forms or links of ours."""
        return (
            column.pk not in self.filled and not column.introduction and column.slug not in NEVER_BLANK_SLUGS
        )

    def below(self, column: ColumnPage) -> list[ColumnPage]:
        """Live columns with something in them, right below a column."""
        inner = [
            one for path, one in self.columns.items() if one.live and path[: -Page.steplen] == column.path
        ]
        return [one for one in inner if one.pk in self.filled] if inner else []


_kept: dict[str, tuple[str, Kept]] = {}
MAX_HOSTS = 50


def shared(request: HttpRequest) -> Shared:
    """What belongs to this request; a bake gives all of its requests the same."""
    found: Shared | None = getattr(request, "portal_shared", None)
    if found is None:
        found = Shared(_kept_for(request))
        request.portal_shared = found  # type: ignore[attr-defined]
    return found


def _kept_for(request: HttpRequest) -> Kept:
    """What is kept of the site asked for, while nothing of it has changed."""
    host = request.META.get("HTTP_HOST") or request.META.get("SERVER_NAME", "")
    stamp = _stamp()
    known = _kept.get(host)
    if known is not None and stamp and known[0] == stamp:
        request._wagtail_site = known[1].site  # type: ignore[attr-defined]
        return known[1]
    kept = Kept(Site.find_for_request(request))
    if stamp:
        if len(_kept) >= MAX_HOSTS:
            _kept.clear()
        _kept[host] = (stamp, kept)
    return kept


def _stamp() -> str:
    """The stamp as it is now; by plain SQL, for every page asks for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM portal_sharedstamp WHERE id = 1")
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def renew(**_: Any) -> None:
    """Put a new stamp, in the transaction of what changed; a number would come again after a transaction undone."""
    SharedStamp.objects.update_or_create(pk=1, defaults={"value": secrets.token_hex(16)})

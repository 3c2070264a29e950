"""RSS and Atom of every column, the map for search engines, and what robots may read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from django.contrib.syndication.views import Feed
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.html import strip_tags
from django.views.decorators.http import require_GET
from wagtail.models import PageViewRestriction

from gongkai.portal import listing
from gongkai.portal.listing import address
from gongkai.portal.models import PortalSettings
from gongkai.portal.shared import shared
from gongkai.publishing.models import ColumnPage, ItemPage
from gongkai.reporting import selectors

NEWEST = 30
SUMMARY_CHARACTERS = 200
SITEMAP_XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"
SITEMAP_SIZE = 1000
SITEMAP_INDEX = "/sitemap.xml"
SITEMAP_OF_COLUMNS = "/sitemap/lanmu.xml"
SITEMAP_OF_ITEMS = "/sitemap/xinxi-{}.xml"
FIXED_PAGES = ("portal:annual_reports", "portal:calculators", "portal:site_map")
_CONTROLS = dict.fromkeys(n for n in range(32) if n not in {9, 10, 13})


def clean(text: str) -> str:
    """Text that XML can hold."""
    return text.translate(_CONTROLS)


class _Steady:
    """A feed without items is as old as its column, not as the moment it is asked for."""

    items: list[Any]
    feed: dict[str, Any]

    def latest_post_date(self) -> datetime:
        if self.items or self.feed["column_changed_at"] is None:
            return super().latest_post_date()  # type: ignore[misc,no-any-return]
        return self.feed["column_changed_at"]  # type: ignore[no-any-return]


class SteadyRss(_Steady, Rss201rev2Feed):
    pass


class SteadyAtom(_Steady, Atom1Feed):
    pass


class ColumnFeed(Feed):
    """The newest items of a column and of those below it, as RSS 2.0."""

    feed_type: type[Any] = SteadyRss
    language = "zh-CN"

    def get_object(self, request: HttpRequest, pk: int) -> ColumnPage:
        self.site = PortalSettings.for_request(request)
        self.root = shared(request).root
        return get_object_or_404(ColumnPage.objects.live(), pk=pk)

    def title(self, column: ColumnPage) -> str:
        return clean(f"{column.title} - {self.site.site_name}")

    def link(self, column: ColumnPage) -> str:
        return address(column.url_path, self.root)

    def feed_extra_kwargs(self, column: ColumnPage) -> dict[str, Any]:
        return {"column_changed_at": column.last_published_at or column.latest_revision_created_at}

    def description(self, column: ColumnPage) -> str:
        return clean(column.description)

    def items(self, column: ColumnPage) -> Iterable[ItemPage]:
        found = ItemPage.objects.live().in_bulk(pks := listing.newest(column.pk, NEWEST))
        return [found[pk] for pk in pks if pk in found]

    def item_title(self, item: ItemPage) -> str:
        return clean(item.title)

    def item_description(self, item: ItemPage) -> str:
        text = item.summary or " ".join(strip_tags(item.body.replace("</", " </")).split())
        return clean(text[:SUMMARY_CHARACTERS])

    def item_link(self, item: ItemPage) -> str:
        return address(item.url_path, self.root)

    def item_guid(self, item: ItemPage) -> str:
        return f"gongkai:item:{item.pk}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: ItemPage) -> datetime:
        return item.published_at

    def item_updateddate(self, item: ItemPage) -> datetime:
        return item.last_published_at or item.published_at

    def item_author_name(self, item: ItemPage) -> str:
        return clean(item.source)


class ColumnAtom(ColumnFeed):
    """The same as Atom 1.0."""

    feed_type = SteadyAtom

    def subtitle(self, column: ColumnPage) -> str:
        return self.description(column)


@require_GET
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The maps there are. Items lie in maps of 1,000 by number, so that one more changes one small file."""
    size = SITEMAP_SIZE
    pieces = ItemPage.objects.live().annotate(piece=F("pk") / size).values_list("piece", flat=True).distinct()
    paths = [SITEMAP_OF_COLUMNS, *(SITEMAP_OF_ITEMS.format(piece) for piece in sorted(pieces))]
    root = _origin(request)
    return _map("sitemapindex", (f"<sitemap><loc>{escape(root + path)}</loc></sitemap>" for path in paths))


@require_GET
def sitemap_of_columns(request: HttpRequest) -> HttpResponse:
    """Home, columns, annual reports and the pages outside the tree."""
    common, root = shared(request), _origin(request)
    closed = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    rows: list[tuple[str, datetime | None]] = [("/", None)]
    rows += [
        (column.address, column.last_published_at)
        for column in common.columns.values()
        if column.live and column.url_path.startswith(common.root) and not column.path.startswith(closed or "-")
    ]
    rows += [(report.get_absolute_url(), report.published_at) for report in selectors.published_reports()]
    rows += [(reverse(name), None) for name in FIXED_PAGES]
    return _map("urlset", (_entry(root + path, moment) for path, moment in rows))


@require_GET
def sitemap_of_items(request: HttpRequest, piece: int) -> HttpResponse:
    """Items of one range of numbers."""
    common, root = shared(request), _origin(request)
    closed = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    found = (
        ItemPage.objects.live()
        .filter(pk__gte=piece * SITEMAP_SIZE, pk__lt=(piece + 1) * SITEMAP_SIZE, url_path__startswith=common.root)
        .order_by("pk")
        .values_list("path", "url_path", "last_published_at", "published_at")
    )
    entries = [
        _entry(root + address(url_path, common.root), changed or published)
        for path, url_path, changed, published in found
        if not path.startswith(closed or "-")
    ]
    if not entries:
        raise Http404
    return _map("urlset", entries)


def _origin(request: HttpRequest) -> str:
    site = shared(request).site
    return str(site.root_url) if site is not None else request.build_absolute_uri("/").rstrip("/")


def _entry(location: str, changed: datetime | None) -> str:
    when = f"<lastmod>{timezone.localtime(changed).isoformat(timespec='seconds')}</lastmod>" if changed else ""
    return f"<url><loc>{escape(location)}</loc>{when}</url>"


def _map(kind: str, entries: Iterable[str]) -> HttpResponse:
    text = "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', f'<{kind} xmlns="{SITEMAP_XMLNS}">', *entries])
    return HttpResponse(f"{text}\n</{kind}>\n", content_type="application/xml")


@require_GET
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read; the back office, searches and an applicant's own pages are nobody's business."""
    lines = [
        "User-agent: *",
        "Disallow: /houtai/",
        "Disallow: /sousuo/",
        "Disallow: /zfxxgk/ysqgk/shenqing/",
        "Disallow: /zfxxgk/ysqgk/chaxun/",
        "Disallow: /zfxxgk/ysqgk/zhengqiu/",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")

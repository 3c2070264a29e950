"""RSS and Atom of every column, the map for search engines, and what robots may read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.views.decorators.http import require_GET
from wagtail.contrib.sitemaps import Sitemap as PageSitemap

from gongkai.portal.models import PortalSettings
from gongkai.publishing.models import ColumnPage, ItemPage
from gongkai.reporting import selectors
from gongkai.reporting.models import AnnualReport

NEWEST = 30
SUMMARY_CHARACTERS = 200
_CONTROLS = dict.fromkeys(n for n in range(32) if n not in {9, 10, 13})


def clean(text: str) -> str:
    """Text that XML can hold."""
    return text.translate(_CONTROLS)


class ColumnFeed(Feed):
    """The newest items of a column and of those below it, as RSS 2.0."""

    feed_type: type[Any] = Rss201rev2Feed
    language = "zh-CN"

    def get_object(self, request: HttpRequest, pk: int) -> ColumnPage:
        self.site = PortalSettings.for_request(request)
        return get_object_or_404(ColumnPage.objects.live(), pk=pk)

    def title(self, column: ColumnPage) -> str:
        return clean(f"{column.title} - {self.site.site_name}")

    def link(self, column: ColumnPage) -> str:
        return str(column.url)

    def description(self, column: ColumnPage) -> str:
        return clean(column.description)

    def items(self, column: ColumnPage) -> Iterable[ItemPage]:
        return ItemPage.objects.live().descendant_of(column).order_by("-published_at")[:NEWEST]

    def item_title(self, item: ItemPage) -> str:
        return clean(item.title)

    def item_description(self, item: ItemPage) -> str:
        text = item.summary or item.plain_text
        return clean(text[:SUMMARY_CHARACTERS])

    def item_link(self, item: ItemPage) -> str:
        return str(item.url)

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

    feed_type = Atom1Feed

    def subtitle(self, column: ColumnPage) -> str:
        return self.description(column)


class ReportSitemap(Sitemap):
    """Published annual reports."""

    def items(self) -> list[AnnualReport]:
        return list(selectors.published_reports())

    def lastmod(self, report: AnnualReport) -> datetime | None:
        return report.published_at


class FixedSitemap(Sitemap):
    """Pages outside the page tree."""

    def items(self) -> list[str]:
        return ["portal:annual_reports", "portal:calculators", "portal:catalogue", "portal:site_map"]

    def location(self, name: str) -> str:
        return reverse(name)


SITEMAPS = {"pages": PageSitemap, "reports": ReportSitemap, "fixed": FixedSitemap}


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

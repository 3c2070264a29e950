"""RSS and Atom of every column, the map for search engines, and what robots may read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.html import strip_tags
from django.views.decorators.http import require_GET
from wagtail.models import PageViewRestriction

from gongkai.portal.listing import address
from gongkai.portal.models import PortalSettings
from gongkai.portal.shared import Shared, shared
from gongkai.publishing.models import ItemPage
from gongkai.reporting import selectors
from gongkai.services.guides.selectors import published_guides
from gongkai.services.messages.selectors import shown_messages

NEWEST = 30
OLDEST = datetime(2000, 1, 1, tzinfo=UTC)
SUMMARY_CHARACTERS = 200
LOOKED_AT = 600
SITEMAP_XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"
SITEMAP_SIZE = 500
SITEMAP_INDEX = "/sitemap.xml"
SITEMAP_OF_COLUMNS = "/sitemap/lanmu.xml"
SITEMAP_OF_ITEMS = "/sitemap/xinxi-{}.xml"
FIXED_PAGES = (
    *("portal:annual_reports", "portal:calculators", "portal:catalogue", "portal:site_map"),
    *("portal:guides", "portal:messages", "portal:message_figures", "portal:gazettes"),
    "portal:open_data",
)
_CONTROLS = dict.fromkeys(n for n in range(32) if n not in {9, 10, 13})


def clean(text: str) -> str:
    """Text that XML can hold."""
    return text.translate(_CONTROLS)


def beginning(body: str) -> str:
    """The first words of a text, of which no more is read than that takes."""
    part = body[:LOOKED_AT]
    part = part[: part.rfind("<")] if part.rfind("<") > part.rfind(">") else part
    text = _words(part)
    return text if len(text) >= SUMMARY_CHARACTERS or len(body) <= LOOKED_AT else _words(body)


def _words(html: str) -> str:
    return " ".join(strip_tags(html.replace("</", " </")).split())


class SteadyRss(Rss201rev2Feed):
    """A feed without items is as old as its column, not as the moment it is asked for."""

    def latest_post_date(self) -> datetime:
        return self.feed["changed_at"]  # type: ignore[no-any-return]


class SteadyAtom(Atom1Feed):
    """The same as Atom."""

    def latest_post_date(self) -> datetime:
        return self.feed["changed_at"]  # type: ignore[no-any-return]


KINDS = {"rss": SteadyRss, "atom": SteadyAtom}


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of an item."""

    pk: int
    title: str
    url: str
    summary: str
    source: str
    published_at: datetime
    changed_at: datetime


@require_GET
def column_feed(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The newest items of a column and of those below it, as RSS 2.0 or Atom 1.0."""
    common = shared(request)
    column = next((one for one in common.columns.values() if one.pk == pk and one.live), None)
    if column is None:
        raise Http404
    origin = request.build_absolute_uri("/").rstrip("/")
    entries = _entries(common, pk)
    made = column.last_published_at or column.latest_revision_created_at or OLDEST
    feed = KINDS[kind](
        title=clean(f"{column.title} - {PortalSettings.for_request(request).site_name}"),
        link=origin + column.address,
        description=clean(column.description),
        subtitle=clean(column.description),
        language="zh-CN",
        feed_url=origin + request.path,
        changed_at=max((entry.changed_at for entry in entries), default=made),
    )
    for entry in entries:
        feed.add_item(
            title=entry.title,
            link=origin + entry.url,
            description=entry.summary,
            unique_id=f"gongkai:item:{entry.pk}",
            unique_id_is_permalink=False,
            pubdate=timezone.localtime(entry.published_at),
            updateddate=timezone.localtime(entry.changed_at),
            author_name=entry.source,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _entries(common: Shared, column: int) -> list[Entry]:
    """The column's newest items; what another feed of the same bake has read already is not read again."""
    pks = common.newest(column, NEWEST)
    missing = [pk for pk in pks if pk not in common.feed_entries]
    found = ItemPage.objects.live().filter(pk__in=missing)
    for pk, title, url_path, summary, body, source, published, changed in found.values_list(
        "pk", "title", "url_path", "summary", "body", "source", "published_at", "last_published_at"
    ):
        common.feed_entries[pk] = Entry(
            pk,
            clean(title),
            address(url_path, common.root),
            clean((summary or beginning(body))[:SUMMARY_CHARACTERS]),
            clean(source),
            published,
            changed or published,
        )
    return [common.feed_entries[pk] for pk in pks if pk in common.feed_entries]


@require_GET
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The maps there are. Items lie in maps of 500 by number, so that one more changes one small file."""
    size = SITEMAP_SIZE
    pieces = ItemPage.objects.live().annotate(piece=F("pk") / size).values_list("piece", flat=True).distinct()
    paths = [SITEMAP_OF_COLUMNS, *(SITEMAP_OF_ITEMS.format(piece) for piece in sorted(pieces))]
    root = _origin(request)
    return _map("sitemapindex", (f"<sitemap><loc>{escape(root + path)}</loc></sitemap>" for path in paths))


@require_GET
def sitemap_of_columns(request: HttpRequest) -> HttpResponse:
    """Home, columns with something in them, annual reports and the pages outside the tree."""
    common, root = shared(request), _origin(request)
    closed = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    rows: list[tuple[str, datetime | None]] = [("/", None)]
    rows += [
        (column.address, column.last_published_at)
        for column in common.columns.values()
        if column.live
        and not common.is_blank(column)
        and column.url_path.startswith(common.root)
        and not column.path.startswith(closed or "-")
    ]
    rows += [(report.get_absolute_url(), report.published_at) for report in selectors.published_reports()]
    rows += [(reverse(name), None) for name in FIXED_PAGES]
    organ = PortalSettings.for_request(request).organ_id
    rows += [
        (reverse("portal:guide", args=[one.pk]), one.live and one.live.published_at)
        for one in published_guides(organ)
    ]
    rows += [(reverse("portal:message", args=[one.pk]), one.published_at) for one in shown_messages(organ)]
    return _map("urlset", (_entry(root + path, moment) for path, moment in rows))


@require_GET
def sitemap_of_items(request: HttpRequest, piece: int) -> HttpResponse:
    """Items of one range of numbers."""
    common, root = shared(request), _origin(request)
    closed = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    found = (
        ItemPage.objects.live()
        .filter(
            pk__gte=piece * SITEMAP_SIZE, pk__lt=(piece + 1) * SITEMAP_SIZE, url_path__startswith=common.root
        )
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
    when = (
        f"<lastmod>{timezone.localtime(changed).isoformat(timespec='seconds')}</lastmod>" if changed else ""
    )
    return f"<url><loc>{escape(location)}</loc>{when}</url>"


def _map(kind: str, entries: Iterable[str]) -> HttpResponse:
    text = "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>', f'<{kind} xmlns="{SITEMAP_XMLNS}">', *entries]
    )
    return HttpResponse(f"{text}\n</{kind}>\n", content_type="application/xml")


@require_GET
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read; the back office, searches and an applicant's own pages are nobody's business."""
    lines = [
        "User-agent: *",
        "Disallow: /houtai/",
        "Disallow: /sousuo/",
        "Disallow: /likai/",
        "Disallow: /dingyue/",
        "Disallow: /changzhe/",
        "Disallow: /zhaocuo/",
        "Disallow: /zfxxgk/ysqgk/shenqing/",
        "Disallow: /zfxxgk/ysqgk/chaxun/",
        "Disallow: /zfxxgk/ysqgk/zhengqiu/",
        "Disallow: /hudong/liuyan/xie/",
        "Disallow: /hudong/liuyan/huizhi/",
        "Disallow: /hudong/liuyan/chaxun/",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")

"""Which pages the site has: fixed ones, columns with their lists and feeds, items, maps for search engines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongkai.portal import feeds, listing
from gongkai.portal.baking.rendering import Renderer, Target
from gongkai.portal.baking.sections import all_pages
from gongkai.portal.column_lists import query_of
from gongkai.publishing.models import CatalogueEdition, ColumnPage, ItemPage
from gongkai.publishing.normative.selectors import for_showing
from gongkai.reporting import selectors

SITE_MAP = "/ditu/"
GAZETTES = "/zfxxgk/gongbao/"
FIXED = (
    SITE_MAP,
    "/zfxxgk/mulu/",
    "/zfxxgk/nianbao/",
    GAZETTES,
    "/zfxxgk/ysqgk/jisuan/",
    "/robots.txt",
    feeds.SITEMAP_INDEX,
    feeds.SITEMAP_OF_COLUMNS,
)
APPLYING_SLUG = "ysqgk"  # the column that also says how to apply


def fixed(renderer: Renderer) -> Iterator[Target]:
    """Home, annual reports, and what stands outside the tree."""
    yield home(renderer)
    for path in FIXED:
        yield Target(path)
    own = renderer.settings.organ
    for edition in CatalogueEdition.objects.filter(organ=own).exclude(state="draft"):
        yield Target(f"/zfxxgk/mulu/{edition.number}/")
    for report in selectors.published_reports():
        yield Target(f"/zfxxgk/nianbao/{report.organ.code}/{report.year}/")
        if own is not None and report.organ_id == own.pk:
            yield Target(f"/zfxxgk/nianbao/{report.year}/")
    yield from all_pages(renderer.settings)
    for column in renderer.shared.columns.values():
        if column.slug == APPLYING_SLUG:
            yield from front(renderer, column)


def home(renderer: Renderer) -> Target:
    first = renderer.root.specific
    return Target("/", page=first.pk, drawn=first)


def front(renderer: Renderer, column: ColumnPage) -> Iterator[Target]:
    """A column's own page; nothing for one that is not shown."""
    if column.live and renderer.is_public(column.path):
        yield Target(renderer.path_of(column.url_path), page=column.pk, drawn=column)


def column_feeds(renderer: Renderer, column: ColumnPage) -> Iterator[Target]:
    for _ in front(renderer, column):
        yield Target(f"/rss/{column.pk}.xml", page=column.pk)
        yield Target(f"/atom/{column.pk}.xml", page=column.pk)


def list_page(renderer: Renderer, column: ColumnPage, year: int, number: int, count: int) -> Iterator[Target]:
    """One page of a year's list of a column."""
    for one in front(renderer, column):
        yield Target(one.path, query_of(year, number, count), page=column.pk, drawn=column)


def list_pages(renderer: Renderer, column: ColumnPage) -> Iterator[Target]:
    """Every page of every year's list of a column."""
    for year, count in renderer.shared.years(column.pk).items():
        for number in range(1, listing.last_page(count) + 1):
            yield from list_page(renderer, column, year, number, count)


def whole_column(renderer: Renderer, column: ColumnPage) -> Iterator[Target]:
    """All files of a column itself, not of its items."""
    yield from front(renderer, column)
    yield from column_feeds(renderer, column)
    yield from list_pages(renderer, column)


def items(renderer: Renderer, pks: Iterable[int]) -> Iterator[Target]:
    """The pages of those items that are shown."""
    for item in for_showing(ItemPage.objects.live().filter(pk__in=list(pks))):
        if renderer.is_public(item.path):
            yield Target(renderer.path_of(item.url_path), page=item.pk, drawn=item)


def sitemaps(pieces: Iterable[int]) -> Iterator[Target]:
    for piece in pieces:
        yield Target(feeds.SITEMAP_OF_ITEMS.format(piece))


def item_numbers(below: str = "") -> list[int]:
    """Numbers of all live items, or of those in one branch of the tree."""
    live = ItemPage.objects.live()
    if below:
        live = live.filter(path__startswith=below)
    return list(live.order_by("pk").values_list("pk", flat=True))

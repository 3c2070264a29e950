"""Which items a column lists, kept beside the items so that a page of a list costs the same on any site.

A year's list is cut into pages of 20 from its oldest item, and the newest page takes what is left over (20 to 39 items):
what page 3 of 2024 holds stays there for good, and a new item changes the newest page alone.

What lies behind a password or a login is listed only in columns that lie behind it as well: a title says much already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from wagtail.models import Page, PageViewRestriction

from gongkai.portal.models import Listing
from gongkai.publishing.models import ColumnPage, ItemPage

PER_PAGE = 20
EVERYWHERE = 0  # the list of the whole site, beside those of the columns
BATCH = 2000
NEWEST_FIRST = ("-year", "-published_at", "-item")


@dataclass(frozen=True, slots=True)
class Line:
    """What a list shows of an item."""

    pk: int
    title: str
    url: str
    published_at: datetime
    path: str = ""

    @property
    def moment(self) -> str:
        """When it was published, in the form of HTML's ``datetime``."""
        return timezone.localtime(self.published_at).isoformat()

    @property
    def day(self) -> str:
        return timezone.localtime(self.published_at).strftime("%Y-%m-%d")


def year_of(moment: datetime) -> int:
    """The year of a publication as the office's calendar has it."""
    return timezone.localtime(moment).year


def columns_above(path: str) -> list[str]:
    """Tree paths of every page above a page."""
    step = Page.steplen
    return [path[:end] for end in range(step, len(path), step)]


def barriers() -> tuple[str, ...]:
    """Tree paths of the pages that ask for a password or a login, the deepest first."""
    return tuple(
        sorted(PageViewRestriction.objects.values_list("page__path", flat=True), key=len, reverse=True)
    )


def lists_of(path: str, columns: Mapping[str, int], closed: Sequence[str]) -> list[int]:
    """The lists an item belongs to: the site's and those of the columns above it, no further up than its barrier.

    >>> lists_of("000100020003", {"00010002": 7}, ()), lists_of("000100020003", {"00010002": 7}, ("000100020003",))
    ([0, 7], [])
    """
    barrier = next((one for one in closed if path.startswith(one)), "")
    above = [columns[one] for one in columns_above(path) if one in columns and one.startswith(barrier)]
    return above if barrier else [EVERYWHERE, *above]


def sync(item: ItemPage) -> None:
    """Bring one item's places into step with the item, inside the caller's transaction."""
    if item.live:
        columns = ColumnPage.objects.filter(path__in=columns_above(item.path)).values_list("path", "pk")
        wanted = {(pk, item.published_at) for pk in lists_of(item.path, dict(columns), barriers())}
    else:
        wanted = set()
    there = set(Listing.objects.filter(item=item.pk).values_list("column", "published_at"))
    if there == wanted:
        return
    Listing.objects.filter(item=item.pk).delete()
    Listing.objects.bulk_create(_row(pk, item.pk, moment) for pk, moment in wanted)


def drop(item_pk: int) -> None:
    """An item that is no more."""
    Listing.objects.filter(item=item_pk).delete()


def relist(below: str = "") -> int:
    """Build the lists anew from the items, of one branch of the tree or of the whole site; gives how many items."""
    items = ItemPage.objects.filter(path__startswith=below) if below else ItemPage.objects.all()
    old = Listing.objects.all() if not below else Listing.objects.filter(item__in=items.values("pk"))
    old._raw_delete(old.db)
    columns, closed = dict(ColumnPage.objects.values_list("path", "pk")), barriers()
    rows: list[Listing] = []
    count = 0
    live = items.filter(live=True).values_list("pk", "path", "published_at")
    for pk, path, moment in live.iterator(chunk_size=BATCH):
        count += 1
        rows += [_row(column, pk, moment) for column in lists_of(path, columns, closed)]
        if len(rows) >= BATCH:
            Listing.objects.bulk_create(rows)
            rows = []
    Listing.objects.bulk_create(rows)
    return count


def _row(column: int, item: int, moment: datetime) -> Listing:
    return Listing(column=column, item=item, year=year_of(moment), published_at=moment)


def newest(column: int, count: int, start: int = 0) -> list[int]:
    """Numbers of a column's newest items."""
    found = Listing.objects.filter(column=column).order_by(*NEWEST_FIRST)
    return list(found.values_list("item", flat=True)[start : start + count])


def newest_anywhere(count: int, *, outside: int | None) -> list[int]:
    """Numbers of the newest items of the site, leaving out those of one column."""
    rows = Listing.objects.filter(column=EVERYWHERE).order_by(*NEWEST_FIRST)
    if outside is not None:
        rows = rows.exclude(Exists(Listing.objects.filter(column=outside, item=OuterRef("item"))))
    return list(rows.values_list("item", flat=True)[:count])


def years(column: int) -> dict[int, int]:
    """How many items a column has of each year, newest year first."""
    found = Listing.objects.filter(column=column).order_by("-year").values_list("year")
    return dict(found.annotate(count=Count("pk")))


def last_page(count: int) -> int:
    """The number of the newest page of a year with so many items; 1 also for none."""
    return max(1, count // PER_PAGE)


def page_at(rank: int, count: int) -> int:
    """The page that holds the item before which ``rank`` older ones of its year stand."""
    return min(rank // PER_PAGE + 1, last_page(count))


def of_year(column: int, year: int, page: int, count: int) -> list[int]:
    """Numbers of the items of one page of a year's list, newest first."""
    start = (page - 1) * PER_PAGE
    end = count if page == last_page(count) else start + PER_PAGE
    found = Listing.objects.filter(column=column, year=year).order_by("published_at", "item")
    return list(found.values_list("item", flat=True)[start:end])[::-1]


def rank_of(column: int, moment: datetime, item: int) -> int:
    """How many items of its year and column are older than an item."""
    of = Listing.objects.filter(column=column, year=year_of(moment))
    same = of.filter(published_at=moment, item__lt=item).count()
    return of.filter(published_at__lt=moment).count() + same


def lines(pks: Sequence[int], root: str) -> list[Line]:
    """Live items by number, in the order given; ``root`` is the address path of the site's first page."""
    found = {
        pk: Line(pk, title, address(url_path, root), moment, path)
        for pk, title, url_path, moment, path in ItemPage.objects.live()
        .filter(pk__in=pks)
        .values_list("pk", "title", "url_path", "published_at", "path")
    }
    return [found[pk] for pk in pks if pk in found]


def address(url_path: str, root: str) -> str:
    """The address on the site of a page of the tree."""
    return iri_to_uri("/" + url_path.removeprefix(root))

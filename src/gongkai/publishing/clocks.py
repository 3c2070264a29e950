"""Time limits of publication and freshness of columns, read from the records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Value
from django.db.models.functions import Concat, Length, Substr
from django.utils import timezone

from gongkai.agencies.models import Organ
from gongkai.calendar_files import working_calendar
from gongkai.core.calendars import CalendarError
from gongkai.core.publication import (
    PUBLISH_WORKING_DAYS,
    WARN_WORKING_DAYS,
    Freshness,
    PublicationClock,
    UpdateClass,
    freshness,
    publication_due,
)
from gongkai.publishing.models import CatalogueEdition, ColumnPage, ItemPage

STEP = ColumnPage.steplen
FRESHNESS_LABELS = {
    Freshness.FRESH: "正常",
    Freshness.DUE_SOON: "快到更新时限",
    Freshness.STALE: "超过更新时限",
    Freshness.BLANK: "空白栏目（公众看不到）",
    Freshness.ARCHIVED: "不再更新",
    Freshness.NO_CLOCK: "没有时限",
}


def clock_of(item: ItemPage) -> PublicationClock | None:
    """By when an item is published in time; None without a day of forming, or for days before every calendar."""
    if item.formed_on is None:
        return None
    days = item.catalogue_entry.working_days if item.catalogue_entry_id else PUBLISH_WORKING_DAYS
    try:
        return publication_due(item.formed_on, working_calendar(), working_days=days)
    except CalendarError:
        return None


def published_late(item: ItemPage) -> bool:
    """Whether an item went live after its last day; a page moved from an old site counts by its day there."""
    clock = clock_of(item)
    on = item.legacy_published_on or timezone.localdate(item.published_at)
    return clock is not None and item.live and on > clock.due_on


def drafts_due(organs: list[Organ], today: date) -> list[tuple[ItemPage, PublicationClock]]:
    """Items never published whose last day is near or gone, the most urgent first."""
    found = []
    drafts = ItemPage.objects.filter(organ__in=organs, live=False, index_number=None).exclude(formed_on=None)
    for item in drafts.filter(publicity=ItemPage.Publicity.PROACTIVE).select_related("catalogue_entry"):
        clock = clock_of(item)
        if clock is not None and _is_near(clock.due_on, today):
            found.append((item, clock))
    return sorted(found, key=lambda pair: (pair[1].due_on, pair[0].pk))


def _is_near(due_on: date, today: date) -> bool:
    try:
        return due_on <= working_calendar().reach(today, WARN_WORKING_DAYS).day
    except CalendarError:
        return due_on <= today


@dataclass(frozen=True, slots=True)
class ColumnState:
    """A column as an inspector sees it; ``newest`` is of its own items, not of those below."""

    column: ColumnPage
    items: int
    newest: date | None
    freshness: Freshness

    @property
    def days_since(self) -> int | None:
        return (timezone.localdate() - self.newest).days if self.newest else None


def column_states(on: date, *, below: ColumnPage | None = None) -> list[ColumnState]:
    """Every live column, in the tree's order. A column that only holds other columns counts by what is below it."""
    own = _own_items()
    columns = ColumnPage.objects.live().select_related("owner_department").order_by("path")
    if below is not None:
        columns = columns.descendant_of(below, inclusive=True)
    return [_state(column, own, on) for column in columns]


def _own_items() -> dict[str, tuple[int, date]]:
    """Path of a column → how many live items it has, and the day of the newest."""
    rows = (
        ItemPage.objects.live()
        .order_by()
        .annotate(column=Substr("path", 1, Length("path") - STEP))
        .values_list("column")
        .annotate(number=Count("pk"), newest=Max("published_at"))
    )
    return {path: (number, timezone.localdate(newest)) for path, number, newest in rows}


def _state(column: ColumnPage, own: dict[str, tuple[int, date]], on: date) -> ColumnState:
    counted = [own[column.path]] if column.path in own else []
    if not counted and column.numchild:
        counted = [value for path, value in own.items() if path.startswith(column.path)]
    newest = max((day for _, day in counted), default=None)
    judged = freshness(newest, UpdateClass(column.update_class), on=on, archived_on=column.archived_on)
    return ColumnState(column, sum(count for count, _ in counted), newest, judged)


def columns_with_items() -> QuerySet[ColumnPage]:
    """Live columns in which, or below which, something is published: what the public sees (有栏目无内容 is a fault)."""
    # A range over the tree's path finds them by its index, where a comparison of beginnings would read every page.
    below = ItemPage.objects.live().filter(
        path__gt=OuterRef("path"), path__lt=Concat(OuterRef("path"), Value("Z" * 40))
    )
    return ColumnPage.objects.live().filter(Exists(below))


def timeliness(organ: Organ, year: int) -> dict[str, int]:
    """Items of a year that were published in time, late, and without a day of forming."""
    counts = {"in_time": 0, "late": 0, "unknown": 0}
    items = ItemPage.objects.filter(organ=organ, published_at__year=year).exclude(index_number=None)
    for item in items.select_related("catalogue_entry"):
        clock = clock_of(item)
        if clock is None:
            counts["unknown"] += 1
        else:
            counts["late" if published_late(item) else "in_time"] += 1
    return counts


def category_coverage(organ: Organ, year: int) -> dict[str, int]:
    """Category → how many live items of a year carry it."""
    rows = (
        ItemPage.objects.live()
        .filter(organ=organ, published_at__year=year)
        .exclude(category="")
        .values("category")
        .annotate(number=Count("pk"))
    )
    return {row["category"]: row["number"] for row in rows}


def items_by_entry(edition: CatalogueEdition) -> dict[int, int]:
    """Line of a catalogue → how many live items name it."""
    rows = ItemPage.objects.live().filter(catalogue_entry__edition=edition).values("catalogue_entry")
    return {row["catalogue_entry"]: row["number"] for row in rows.annotate(number=Count("pk"))}

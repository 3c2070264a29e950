"""Which files a change touches, and which it takes away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from gongkai.portal import feeds, listing
from gongkai.portal.baking import pages
from gongkai.portal.baking.models import BakeChange, BakedFile
from gongkai.portal.baking.rendering import Renderer, Target
from gongkai.portal.baking.sections import SECTIONS
from gongkai.publishing.models import ChannelRelease, ColumnPage, ItemPage


@dataclass(slots=True)
class Plan:
    """Files to write and names to remove, with the change that asks for each file."""

    renderer: Renderer
    targets: dict[str, Target] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    asked_by: dict[int, set[str]] = field(default_factory=dict)

    def add(self, change: BakeChange) -> None:
        """Add what one change touches."""
        wanted = self.asked_by.setdefault(change.pk, set())
        for target in self._touched(change):
            self.targets[target.address] = target
            wanted.add(target.address)

    def close(self) -> None:
        """A name that is written anew is not removed."""
        self.removed -= {target.name for target in self.targets.values() if target.name}

    def _touched(self, change: BakeChange) -> Iterable[Target]:
        if change.kind == BakeChange.Kind.ITEM:
            return self._item(change)
        if change.kind == BakeChange.Kind.COLUMN:
            return self._column(change)
        if change.kind == BakeChange.Kind.PART:
            return self._part(change)
        return self._fixed()

    def _fixed(self) -> list[Target]:
        found = list(pages.fixed(self.renderer))
        reports = BakedFile.objects.filter(name__startswith="zfxxgk/nianbao/", page=0)
        self._remove_all_but(found, set(reports.values_list("name", flat=True)))
        return found

    def _part(self, change: BakeChange) -> list[Target]:
        """What one record of another room touches; what it no longer shows is removed."""
        section, site = SECTIONS[change.path], self.renderer.settings
        was = BakedFile.objects.filter(name__startswith=section.prefix)
        self._remove_all_but(section.everything(site), set(was.values_list("name", flat=True)))
        return [*section.touched(site, change.subject), Target(feeds.SITEMAP_OF_COLUMNS)]

    def _item(self, change: BakeChange) -> list[Target]:
        was = set(BakedFile.objects.filter(page=change.subject).values_list("name", flat=True))
        own = list(pages.items(self.renderer, [change.subject]))
        self._remove_all_but(own, was)
        found = [*own, pages.home(self.renderer)]
        paths = {*listing.columns_above(change.path), *_current_path(change.subject)}
        for column in (self.renderer.shared.columns[p] for p in paths if p in self.renderer.shared.columns):
            found += pages.front(self.renderer, column)
            found += pages.column_feeds(self.renderer, column)
            if change.published_at is not None:
                found += self._lists(
                    column, change.published_at, change.subject, is_there=bool(own), was=bool(was)
                )
        if any(
            sum(self.renderer.shared.years(self.renderer.shared.columns[path].pk).values()) <= 1
            for path in paths
            if path in self.renderer.shared.columns
        ):
            # A column has just been filled, or emptied and hidden.
            found += [Target(pages.SITE_MAP), Target(feeds.SITEMAP_OF_COLUMNS)]
        if ChannelRelease.objects.filter(
            item=change.subject, channel=ChannelRelease.Channel.GAZETTE
        ).exists():
            found.append(Target(pages.GAZETTES))  # an issue whose item went is no longer shown
        piece = change.subject // feeds.SITEMAP_SIZE
        found += pages.sitemaps([piece])
        if _nearly_empty(piece):
            found.append(Target(feeds.SITEMAP_INDEX))
        return found

    def _lists(
        self, column: ColumnPage, moment: datetime, item: int, *, is_there: bool, was: bool
    ) -> list[Target]:
        """Pages of the column's year that an item changes: its own alone, or all newer ones where others move up."""
        years = self.renderer.shared.years(column.pk)
        year = listing.year_of(moment)
        count = years.get(year, 0)
        found: list[Target] = []
        if count == 0 or (
            count == 1 and is_there and not was
        ):  # a year came or went: the choice of years changed
            for other, size in years.items():
                found += pages.list_page(self.renderer, column, other, listing.last_page(size), size)
                found += pages.list_page(self.renderer, column, other, 1, size)
        if count:
            last = listing.last_page(count)
            at = listing.page_at(listing.rank_of(column.pk, moment, item), count)
            numbers = {last, *range(at, (at if is_there and was else last) + 1)}
            if count % listing.PER_PAGE in (
                0,
                listing.PER_PAGE - 1,
            ):  # a page has just been cut off, or given back
                numbers |= {last - 1, last - 2}
            for number in sorted(numbers):
                if number > 0:
                    found += pages.list_page(self.renderer, column, year, number, count)
        if not is_there:
            self._remove_past_the_end(column, years)
        return found

    def _remove_past_the_end(self, column: ColumnPage, years: dict[int, int]) -> None:
        """Numbered pages that a shorter list does not have any more."""
        there = BakedFile.objects.filter(page=column.pk, name__contains="/index@")
        wanted = {target.name for target in pages.list_pages(self.renderer, column)}
        self.removed |= set(there.values_list("name", flat=True)) - wanted

    def _column(self, change: BakeChange) -> list[Target]:
        """The column and all below it, the columns above it, and every page that lists columns."""
        branch = [c for path, c in self.renderer.shared.columns.items() if path.startswith(change.path)]
        was = {change.subject, *(column.pk for column in branch)}
        items = set(ItemPage.objects.filter(path__startswith=change.path).values_list("pk", flat=True))
        names = set(BakedFile.objects.filter(page__in=was).values_list("name", flat=True))
        found: list[Target] = []
        for column in branch:
            found += pages.whole_column(self.renderer, column)
        for chunk in _chunks(sorted(items)):
            names |= set(BakedFile.objects.filter(page__in=chunk).values_list("name", flat=True))
            found += pages.items(self.renderer, chunk)
        self._remove_all_but(found, names)
        for path in listing.columns_above(change.path):
            above = self.renderer.shared.columns.get(path)
            if above is not None:
                found += pages.whole_column(self.renderer, above)
        return found + self._fixed()

    def _remove_all_but(self, wanted: Iterable[Target], there: set[str]) -> None:
        self.removed |= there - {target.name for target in wanted}


def _current_path(item: int) -> list[str]:
    path = ItemPage.objects.filter(pk=item).values_list("path", flat=True).first()
    return listing.columns_above(path) if path else []


def _nearly_empty(piece: int) -> bool:
    """Whether a map of items may have come or gone with one item."""
    start = piece * feeds.SITEMAP_SIZE
    return ItemPage.objects.live().filter(pk__gte=start, pk__lt=start + feeds.SITEMAP_SIZE)[:2].count() < 2


def _chunks(pks: list[int], size: int = 500) -> Iterable[list[int]]:
    return (pks[start : start + size] for start in range(0, len(pks), size))

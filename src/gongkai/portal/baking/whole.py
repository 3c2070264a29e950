"""Baking the whole site, on several processors, while publication goes on.

Work is cut into rounds. Between two rounds nobody draws, and what was published meanwhile is carried over; so a page
withdrawn during a full bake is back for a second at the most, and gone for good with the next round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from gongkai.portal import feeds, leaving, listing
from gongkai.portal.baking import pages
from gongkai.portal.baking.folder import Folder
from gongkai.portal.baking.models import BakeChange, BakedFile, BakeRecord
from gongkai.portal.baking.names import PACKED, name_of
from gongkai.portal.baking.processes import each, workers
from gongkai.portal.baking.queue import MAX_ATTEMPTS, Carried, carry_over, drain
from gongkai.portal.baking.rendering import Renderer, Target
from gongkai.portal.baking.work import Bakery, Outcome, baked_folder, note_files, sign

UNIT = 200  # pages drawn by one process in one go
SMALL = 400  # pages that are drawn sooner than a second process has started
Told = Callable[[int, int], None]


class BakeBusy(Exception):
    """Another process bakes at this moment."""

    def __init__(self) -> None:
        super().__init__("Another process is baking; try again when it is done.")


@dataclass(frozen=True, slots=True)
class Unit:
    """Work for one process: items by number, or pages of columns and fixed ones by number in the whole list."""

    items: tuple[int, ...] = ()
    others: tuple[Target, ...] = ()

    def __len__(self) -> int:
        return len(self.items) + len(self.others)


def bake_whole(*, processes: int | None = None, told: Told = lambda done, of: None) -> Outcome:
    """Bake every page and remove every file that is none; gives what was written and what failed.

    Args:
        processes: how many draw at once; ``BAKE_PROCESSES`` when left out. One draws in this process.
        told: called with how many pages are done, and of how many.

    Raises:
        BakeBusy: another process holds the lock.
    """
    folder = baked_folder()
    with folder.lock(wait=False) as is_ours:
        if not is_ours:
            raise BakeBusy
        outcome = bake_whole_locked(folder, processes=processes or settings.BAKE_PROCESSES, told=told)
    carry_over()
    return outcome


def bake_whole_locked(folder: Folder, *, processes: int, told: Told = lambda done, of: None) -> Outcome:
    """The same for who holds the lock already."""
    noted = set(BakeChange.objects.values_list("pk", flat=True))
    before = set(BakedFile.objects.values_list("name", flat=True))
    with transaction.atomic():
        listing.relist()
        leaving.relink()
    units = list(_units(Renderer()))
    total, whole, meanwhile = sum(map(len, units)), Outcome(), Carried()
    records: list[BakeRecord] = []
    seen = max(noted, default=0)
    with workers(processes if total > SMALL else 1) as pool:
        for start in range(0, len(units), processes):
            work = [(unit, str(folder.root)) for unit in units[start : start + processes]]
            for outcome in each(pool, _draw, work):
                records.append(_noted(outcome, is_first=not records))
                whole.add(outcome)
            seen = drain(meanwhile, seen, wide=False, whole=False)
            told(min(total, sum(map(len, units[: start + processes]))), total)
    kept = {one.name for one in whole.files} | {_name_at(address) for address in whole.faults}
    _finish(folder, before - kept - meanwhile.names, records, noted, whole)
    return whole


def _units(renderer: Renderer) -> Iterator[Unit]:
    """Fixed pages and columns first: what readers meet first."""
    others = list(pages.fixed(renderer))
    for column in renderer.shared.columns.values():
        others += pages.whole_column(renderer, column)
    numbers = pages.item_numbers()
    others += pages.sitemaps(sorted({pk // feeds.SITEMAP_SIZE for pk in numbers}))
    others = list({target.address: target for target in others}.values())
    for start in range(0, len(others), UNIT):
        yield Unit(others=tuple(others[start : start + UNIT]))
    for start in range(0, len(numbers), UNIT):
        yield Unit(items=tuple(numbers[start : start + UNIT]))


def _draw(unit: Unit, root: str) -> Outcome:
    bakery = Bakery(Folder(Path(root)))
    targets = list(pages.items(bakery.renderer, unit.items)) if unit.items else []
    return bakery.bake([*targets, *unit.others])


@transaction.atomic
def _noted(outcome: Outcome, *, is_first: bool) -> BakeRecord:
    record = note_files(outcome.files, (), whole=True, is_first=is_first)
    assert record is not None  # a list of the whole site is made even where nothing is new
    return record


def _name_at(address: str) -> str | None:
    path, _, query = address.partition("?")
    return name_of(path, query)


def _finish(
    folder: Folder, gone: set[str], records: list[BakeRecord], noted: set[int], whole: Outcome
) -> None:
    """Remove what is no page, sign, and forget older lists and the changes that are done with this."""
    for name in gone:
        folder.remove(name)
    with transaction.atomic():
        note_files([], gone)
        sign(records[0], BakeRecord.objects.order_by("-pk")[0], whole=True)
        BakeRecord.objects.filter(pk__lt=records[0].pk).delete()
        BakeChange.objects.filter(pk__in=noted).delete()
        if whole.faults:
            reasons = "\n".join(f"{at}：{why}" for at, why in whole.faults.items())
            BakeChange.objects.create(kind=BakeChange.Kind.SITE, attempts=MAX_ATTEMPTS, fault=reasons[:2000])
    known = set(BakedFile.objects.values_list("name", flat=True))
    for name in list(folder.walk()):
        if name.removesuffix(PACKED) not in known:
            folder.remove_stray(name)

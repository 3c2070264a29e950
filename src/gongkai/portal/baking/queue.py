"""Noting what changed, and carrying it into the files.

A change is noted in the transaction that publishes, and carried over after it by the same process. What cannot be carried
then (another process bakes, the process dies, the change is wide) stays noted: the next change, the worker or ``gongkai
bake`` takes it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from wagtail.models import Page, PageViewRestriction

from gongkai.portal.baking.models import BakeChange, BakedFile
from gongkai.portal.baking.plan import Plan
from gongkai.portal.baking.work import Bakery, baked_folder, note_and_sign
from gongkai.portal.models import Listing
from gongkai.publishing.models import ItemPage
from gongkai.publishing.models.pages import HOUSEKEEPING_FIELDS

logger = logging.getLogger(__name__)
BATCH = 100
MAX_ATTEMPTS = 3  # after that only the daily work and the command try again
WIDE_ITEMS = 200  # a column with more is left to the worker
WIDE_FILES = 300  # so is a change to the whole of a larger site
Kind = BakeChange.Kind


@dataclass(slots=True)
class Carried:
    """What was carried over: changes done, files written or removed, faults by address, names of all files drawn."""

    changes: int = 0
    written: int = 0
    removed: int = 0
    faults: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    is_busy: bool = False


def is_bookkeeping(update_fields: Iterable[str] | None) -> bool:
    """Whether a save touched nothing that the public sees."""
    return update_fields is not None and not set(update_fields) - HOUSEKEEPING_FIELDS


def note_item(item: ItemPage) -> None:
    """Note that an item was published, changed or taken away; drafts that the public never saw are passed over."""
    if not settings.BAKE_AT_PUBLICATION:
        return
    seen = item.live or BakedFile.objects.filter(page=item.pk).exists()
    if not seen and not Listing.objects.filter(item=item.pk).exists():
        return
    _note(kind=Kind.ITEM, subject=item.pk, path=item.path, published_at=item.published_at)


def note_column(column: Page) -> None:
    """Note that a column was renamed, moved, shown or hidden: everything below it bears its name."""
    if settings.BAKE_AT_PUBLICATION:
        _note(kind=Kind.COLUMN, subject=column.pk, path=column.path)


def note_fixed() -> None:
    """Note that the home page, an annual report or the like changed."""
    if settings.BAKE_AT_PUBLICATION:
        _note(kind=Kind.FIXED)


def note_part(section: str, subject: int = 0) -> None:
    """Note that a guide or a message came, changed or went; 0 touches the section's own pages alone."""
    if settings.BAKE_AT_PUBLICATION:
        _note(kind=Kind.PART, subject=subject, path=section)


def note_site() -> None:
    """Note that something changed that stands on every page."""
    if settings.BAKE_AT_PUBLICATION:
        _note(kind=Kind.SITE)


def _note(**what: Any) -> None:
    BakeChange.objects.create(**what)
    transaction.on_commit(_carry_light, robust=True)


def _carry_light() -> None:
    carry_over(wide=False)


def carry_over(*, wide: bool = True, again: bool = False) -> Carried:
    """Write what noted changes touch.

    Args:
        wide: take also changes that touch many pages.
        again: take also those that failed several times.
    """
    carried, seen = Carried(), 0
    while True:
        if not _waiting(seen, again).exists():
            return carried
        with baked_folder().lock(wait=False) as is_ours:
            if not is_ours:  # who holds the lock looks again after giving it back
                remove_hidden()
                carried.is_busy = True
                return carried
            seen = drain(carried, seen, wide=wide, again=again)


def _waiting(seen: int, again: bool) -> QuerySet[BakeChange]:
    rows = BakeChange.objects.filter(pk__gt=seen).order_by("pk")
    return rows if again else rows.filter(attempts__lt=MAX_ATTEMPTS)


def drain(carried: Carried, seen: int, *, wide: bool, again: bool = False, whole: bool = True) -> int:
    """Carry over what is there now, the lock being held; gives the number up to which changes were looked at."""
    from gongkai.portal.baking.whole import bake_whole_locked

    while True:
        found = list(_waiting(seen, again)[:BATCH])
        if not found:
            return seen
        seen = found[-1].pk
        light = [row for row in found if wide or not _is_wide(row)]
        if not whole:  # a full bake is under way
            light = [row for row in light if row.kind != Kind.SITE]
        if any(row.kind == Kind.SITE for row in light):
            outcome = bake_whole_locked(baked_folder(), processes=settings.BAKE_PROCESSES if wide else 1)
            carried.changes += len(light)
            carried.written += outcome.changed
            carried.faults |= outcome.faults
            if outcome.faults:  # the note of what failed is for another time
                seen = max(seen, BakeChange.objects.order_by("-pk").values_list("pk", flat=True)[0])
        elif light:
            _carry(light, carried)


def _is_wide(change: BakeChange) -> bool:
    if change.kind == Kind.SITE:
        return BakedFile.objects.count() > WIDE_FILES
    if change.kind == Kind.COLUMN:
        return ItemPage.objects.filter(path__startswith=change.path).count() > WIDE_ITEMS
    return False


def _carry(changes: list[BakeChange], carried: Carried) -> None:
    """Bake what some changes touch; those that could not be carried whole stay noted with the reason."""
    bakery = Bakery()
    remove_hidden(bakery)
    plan = Plan(bakery.renderer)
    for change in _once(changes):
        plan.add(change)
    plan.close()
    for name in plan.removed:  # first what the public must not see any more
        bakery.folder.remove(name)
    outcome = bakery.bake(plan.targets.values())
    removed = plan.removed | set(outcome.absent)
    for name in outcome.absent:
        bakery.folder.remove(name)
    failed = {pk for pk, wanted in plan.asked_by.items() if wanted & outcome.faults.keys()}
    with transaction.atomic():
        note_and_sign(outcome.files, removed)
        BakeChange.objects.filter(
            pk__in=[change.pk for change in changes if change.pk not in failed]
        ).delete()
        for pk in failed:
            reasons = [f"{at}：{why}" for at, why in outcome.faults.items() if at in plan.asked_by[pk]]
            BakeChange.objects.filter(pk=pk).update(
                attempts=F("attempts") + 1, fault="\n".join(reasons)[:2000]
            )
    carried.changes += len(changes) - len(failed)
    carried.written += outcome.changed
    carried.removed += len(plan.removed)
    carried.faults |= outcome.faults
    carried.names |= {one.name for one in outcome.files}


def _once(changes: list[BakeChange]) -> list[BakeChange]:
    """The last change of each subject: files are drawn from what is there now, not from the change."""
    last = {(change.kind, change.subject, change.path): change for change in changes}
    return list(last.values())


def remove_hidden(bakery: Bakery | None = None) -> None:
    """Take away at once the pages of items that are withdrawn, or lie below a page that asks for a password.

    Needs no lock: a file that a running bake puts back is removed again when that bake comes to the noted change.
    """
    noted = set(BakeChange.objects.filter(kind=Kind.ITEM).values_list("subject", flat=True))
    shown = set(ItemPage.objects.live().filter(pk__in=noted).values_list("pk", flat=True))
    hidden = noted - shown
    for path in PageViewRestriction.objects.values_list("page__path", flat=True):
        hidden |= set(Page.objects.filter(path__startswith=path).values_list("pk", flat=True))
    folder = bakery.folder if bakery is not None else baked_folder()
    for name in BakedFile.objects.filter(page__in=hidden).values_list("name", flat=True):
        folder.remove(name)

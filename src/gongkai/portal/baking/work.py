"""Drawing pages into files, and the signed list of what was written and removed."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import transaction

from gongkai.audit.chain import sm3
from gongkai.audit.services import record_event
from gongkai.portal.baking.folder import Baked, Folder
from gongkai.portal.baking.models import BakedFile, BakeRecord
from gongkai.portal.baking.rendering import Renderer, Target

logger = logging.getLogger(__name__)
REMOVED = "-"


def baked_folder() -> Folder:
    return Folder(Path(settings.BAKE_FOLDER))


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it now lies there."""

    name: str
    digest: str
    packed_digest: str
    page: int

    @property
    def line(self) -> str:
        return f"{self.digest} {self.packed_digest} {self.name}"


@dataclass(slots=True)
class Outcome:
    """What became of a number of targets.

    Attributes:
        files: every file that now stands for one of them, also where its bytes were there already.
        changed: how many of them had other bytes before.
        absent: names of targets that are no pages (any more).
        faults: what went wrong, by address; the old file stays.
    """

    files: list[Written] = field(default_factory=list)
    changed: int = 0
    absent: list[str] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)

    def add(self, other: Outcome) -> None:
        self.files += other.files
        self.changed += other.changed
        self.absent += other.absent
        self.faults |= other.faults


@dataclass(slots=True)
class Bakery:
    """One renderer and one folder, for as long as the site's common parts do not change."""

    folder: Folder = field(default_factory=baked_folder)
    renderer: Renderer = field(default_factory=Renderer)

    def bake(self, targets: Iterable[Target]) -> Outcome:
        """Draw targets and write those whose bytes differ from what lies there; touches no record."""
        outcome, fresh = Outcome(), []
        for target in targets:
            baked = self._drawn(target, outcome)
            if baked is None:
                continue
            outcome.files.append(Written(baked.name, sm3(baked.content), sm3(baked.packed), target.page))
            if not self.folder.holds(baked):
                fresh.append(baked)
        self.folder.write(fresh)
        outcome.changed = len(fresh)
        return outcome

    def _drawn(self, target: Target, outcome: Outcome) -> Baked | None:
        try:
            baked = self.renderer.draw(target)
        except Exception as error:
            logger.exception("page not baked: %s", target.address)
            outcome.faults[target.address] = f"{type(error).__name__}: {error}"[:500]
            return None
        if baked is None and target.name is not None:
            outcome.absent.append(target.name)
        return baked


def note_files(
    files: Sequence[Written], removed: Iterable[str], *, whole: bool = False, is_first: bool = False
) -> BakeRecord | None:
    """Bring the table of files into step and list what is new, in a transaction of the caller.

    Args:
        whole: list all files, new or not: a full bake is where later lists begin from.

    Returns:
        The list; None where there is nothing to list.
    """
    there = {
        row.name: (row.digest, row.packed_digest, row.page)
        for row in BakedFile.objects.filter(name__in=[one.name for one in files])
    }
    news = [one for one in files if there.get(one.name) != (one.digest, one.packed_digest, one.page)]
    if whole:
        news = list(files)
    gone = list(BakedFile.objects.filter(name__in=list(removed)).values_list("name", flat=True))
    BakedFile.objects.filter(name__in=gone).delete()
    BakedFile.objects.bulk_create(
        [BakedFile(name=n.name, digest=n.digest, packed_digest=n.packed_digest, page=n.page) for n in news],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["digest", "packed_digest", "page"],
    )
    lines = [one.line for one in news] + [f"{REMOVED} {REMOVED} {name}" for name in gone]
    if not lines and not whole:
        return None
    return BakeRecord.objects.create(lines="\n".join(lines), is_first=is_first)


def sign(first: BakeRecord, last: BakeRecord, *, whole: bool) -> None:
    """Put the digest of the lists from one record to another into the audit log."""
    lists = BakeRecord.objects.filter(pk__gte=first.pk, pk__lte=last.pk).order_by("pk")
    lines = list(lists.values_list("lines", flat=True))
    record_event(
        "site.baked",
        last,
        actor="system",
        first=first.pk,
        last=last.pk,
        whole=whole,
        files=sum(text.count("\n") + 1 for text in lines if text),
        digest=digest_of_lists(lines),
    )


def digest_of_lists(lines: Iterable[str]) -> str:
    """SM3 over the SM3 of each list, one a line."""
    return sm3("\n".join(sm3(text.encode()) for text in lines).encode())


@transaction.atomic
def note_and_sign(files: Sequence[Written], removed: Iterable[str]) -> None:
    """List what an incremental bake did, signed."""
    record = note_files(files, removed)
    if record is not None:
        sign(record, record, whole=False)

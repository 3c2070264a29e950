"""Keeping the style book: new entries, new versions, the end of one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gongkai.agencies.models import Organ, User
from gongkai.audit.services import record_event
from gongkai.core.proofreading import EntryFaulty, Severity
from gongkai.proofing import access
from gongkai.proofing.errors import ProofRefused
from gongkai.proofing.models import StyleEntry
from gongkai.proofing.style_book import lines_in, tried

MAX_ENTRIES = 5_000  # of one organ; each is looked for in every text


@transaction.atomic
def add_entry(*, organ: Organ, actor: User, values: dict[str, Any]) -> StyleEntry:
    """Add an entry to an organ's book.

    Raises:
        ProofRefused: it would find everything, fails its samples, or is there already.
        AccessDenied: not for this person.
    """
    access.require(actor, "维护用语库", organ)
    entry = _made(organ, actor, values)
    if StyleEntry.objects.filter(organ=organ, no_longer_from=None).count() >= MAX_ENTRIES:
        raise ProofRefused(f"用语库已有 {MAX_ENTRIES} 条，请先停用不再需要的条目。")
    _refuse_second(entry)
    entry.save()
    _record("style.added", entry, actor)
    return entry


@transaction.atomic
def revise_entry(*, entry: StyleEntry, actor: User, values: dict[str, Any]) -> StyleEntry:
    """Put a new version in the place of an entry from a day on.

    Raises:
        ProofRefused: as for a new one; or the entry was replaced or ended already.
        AccessDenied: not for this person.
    """
    old = StyleEntry.objects.select_for_update(of=("self",)).select_related("organ").get(pk=entry.pk)
    access.require(actor, "维护用语库", old.organ)
    _refuse_ended(old)
    made = _made(old.organ, actor, {**values, "kind": old.kind})
    if made.in_force_from < old.in_force_from:
        raise ProofRefused(f"新版的启用日期不能早于现行版的启用日期（{old.in_force_from:%Y-%m-%d}）。")
    made.version, made.replaces = old.version + 1, old
    _refuse_second(made, but=old)
    old.no_longer_from, old.ended_by = made.in_force_from, actor
    old.save(update_fields=["no_longer_from", "ended_by"])
    made.save()
    _record("style.revised", made, actor, replaces=old.pk)
    return made


@transaction.atomic
def end_entry(*, entry: StyleEntry, actor: User, on: date | None = None) -> StyleEntry:
    """Take an entry out of the book from a day on; it stays on record.

    Raises:
        ProofRefused: it was ended or replaced already.
        AccessDenied: not for this person.
    """
    old = StyleEntry.objects.select_for_update(of=("self",)).select_related("organ").get(pk=entry.pk)
    access.require(actor, "维护用语库", old.organ)
    _refuse_ended(old)
    old.no_longer_from, old.ended_by = max(on or timezone.localdate(), old.in_force_from), actor
    old.save(update_fields=["no_longer_from", "ended_by"])
    _record("style.ended", old, actor, no_longer_from=old.no_longer_from)
    return old


def _made(organ: Organ, actor: User, values: dict[str, Any]) -> StyleEntry:
    """An entry with what was given, tried against its samples and not yet stored."""
    entry = StyleEntry(organ=organ, made_by=actor, made_at=timezone.now(), **values)
    entry.wrong, entry.right = entry.wrong.strip(), entry.right.strip()
    entry.in_force_from = entry.in_force_from or timezone.localdate()
    if entry.is_white:
        entry.right, entry.severity = "", Severity.HINT.value
    elif entry.is_person or entry.is_law:
        _refuse_unclear(entry)
        entry.severity = (Severity.SERIOUS if entry.is_person else Severity.HINT).value
    elif not lines_in(entry.must_find) or not lines_in(entry.must_not_find):
        raise ProofRefused("请各写至少一个例句：一句应当查出，一句不应查出。保存时用它们试验条目。")
    if not entry.reason.strip():
        raise ProofRefused("请写明理由或者依据，供校对的人判断。")
    try:
        tried(entry)
    except EntryFaulty as fault:
        raise ProofRefused(str(fault)) from fault
    return entry


def _refuse_unclear(entry: StyleEntry) -> None:
    """A person needs a post, a law a whole name; days stand in their order."""
    entry.wrong, entry.right = entry.wrong.strip("《》 "), entry.right.strip("《》 ")
    if entry.is_person and (len(entry.wrong) < 2 or not entry.right):
        raise ProofRefused("请写全姓名（至少两个字）和职务；职务按文稿里的写法，例如“管委会副主任”。")
    if entry.is_law and len(entry.wrong) < 3:
        raise ProofRefused("请写法律法规的全称，不加书名号。")
    if entry.valid_from and entry.valid_to and entry.valid_to <= entry.valid_from:
        began, ended = ("任职", "离任") if entry.is_person else ("施行", "失效")
        raise ProofRefused(
            f"{ended}日期（{entry.valid_to:%Y-%m-%d}）应当晚于{began}日期（{entry.valid_from:%Y-%m-%d}）。"
        )


def _refuse_second(entry: StyleEntry, but: StyleEntry | None = None) -> None:
    same = StyleEntry.objects.filter(organ=entry.organ, wrong=entry.wrong, kind=entry.kind).filter(
        Q(no_longer_from=None) | Q(no_longer_from__gt=entry.in_force_from)
    )
    if entry.is_person:  # one person may hold several posts
        same = same.filter(right=entry.right)
    if but is not None:
        same = same.exclude(pk=but.pk)
    if same.exists():
        raise ProofRefused(f"用语库里已有“{entry.wrong}”，请修改原条目。")


def _refuse_ended(entry: StyleEntry) -> None:
    if entry.no_longer_from is not None:
        raise ProofRefused(f"“{entry}”已停用或者已有新版，不能再改；请改现行的一版。")


def _record(action: str, entry: StyleEntry, actor: User, **data: Any) -> None:
    record_event(
        action, entry, actor=actor, organ_code=entry.organ.code, wrong=entry.wrong, right=entry.right,
        severity=entry.severity, version=entry.version, in_force_from=entry.in_force_from, **data,
    )  # fmt: skip

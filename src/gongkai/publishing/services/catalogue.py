"""Editions of the catalogue (主动公开基本目录): begin one, keep its lines, put it in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from gongkai.agencies.models import Organ, User
from gongkai.audit.services import record_event
from gongkai.core.disclosure.categories import ARTICLE_20
from gongkai.publishing import access
from gongkai.publishing.errors import CatalogueRefused
from gongkai.publishing.models import CatalogueEdition, CatalogueEntry, ColumnPage

_S = CatalogueEdition.State
_COPIED = (
    *("position", "category", "name", "content", "basis", "working_days", "time_limit", "subject"),
    *("department", "audience", "channels", "column"),
)


@transaction.atomic
def start_edition(*, organ: Organ, actor: User, note: str = "") -> CatalogueEdition:
    """Begin a new edition: a copy of the one in force, or one line for each category of Art. 20.

    Raises:
        CatalogueRefused: an edition is being drafted already.
        AccessDenied: not for this person.
    """
    access.require(actor, "编制目录", organ)
    if organ.catalogue_editions.filter(state=_S.DRAFT).exists():
        raise CatalogueRefused("已有一版目录在编制中，请在那一版上修改。")
    last = organ.catalogue_editions.aggregate(last=Max("number"))["last"] or 0
    made = CatalogueEdition.objects.create(organ=organ, number=last + 1, note=note)
    current = organ.catalogue_editions.filter(state=_S.IN_FORCE).first()
    entries = _copies(current) if current is not None else _from_the_law(organ)
    CatalogueEntry.objects.bulk_create(CatalogueEntry(edition=made, **given) for given in entries)
    record_event("catalogue.started", made, actor=actor, organ_code=organ.code, number=made.number)
    return made


def _copies(edition: CatalogueEdition) -> list[dict[str, Any]]:
    return [{name: getattr(entry, name) for name in _COPIED} for entry in edition.entries.all()]


def _from_the_law(organ: Organ) -> list[dict[str, Any]]:
    """One line a category, to be narrowed by the office; the columns that carry the category are filled in."""
    columns = {
        column.category: column for column in ColumnPage.objects.exclude(category="").order_by("-path")
    }
    return [
        {
            "position": number,
            "category": code,
            "name": label[:100],
            "content": label,
            "basis": f"《中华人民共和国政府信息公开条例》第二十条第（{_item(number)}）项",
            "subject": organ.name,
            "column": columns.get(code),
        }
        for number, (code, label) in enumerate(ARTICLE_20.items(), 1)
    ]


def _item(number: int) -> str:
    return "一二三四五六七八九十"[number - 1] if number <= 10 else f"十{'一二三四五'[number - 11]}"


@transaction.atomic
def save_entry(
    *, edition: CatalogueEdition, actor: User, values: Mapping[str, Any], entry: CatalogueEntry | None = None
) -> CatalogueEntry:
    """Add a line at the end of a draft edition, or change one.

    Raises:
        CatalogueRefused: the edition is in force or replaced.
    """
    _require_draft(edition, actor)
    if entry is None:
        last = edition.entries.aggregate(last=Max("position"))["last"] or 0
        entry = CatalogueEntry(edition=edition, position=last + 1)
    for name in _COPIED:
        if name in values:
            setattr(entry, name, values[name])
    entry.full_clean()
    entry.save()
    return entry


@transaction.atomic
def remove_entry(*, entry: CatalogueEntry, actor: User) -> None:
    """Take a line out of a draft edition; the others close up."""
    edition = entry.edition
    _require_draft(edition, actor)
    entry.delete()
    for position, kept in enumerate(edition.entries.order_by("position"), 1):
        if kept.position != position:
            CatalogueEntry.objects.filter(pk=kept.pk).update(position=position)


def _require_draft(edition: CatalogueEdition, actor: User) -> None:
    access.require(actor, "编制目录", edition.organ)
    if edition.state != _S.DRAFT:
        raise CatalogueRefused("这一版目录已经施行，不能再改。请“编制新版”，改好后代替它。")


@transaction.atomic
def put_in_force(*, edition: CatalogueEdition, actor: User, effective_from: date) -> CatalogueEdition:
    """Let an edition apply from a day on; the one before ends that day.

    Raises:
        CatalogueRefused: no lines, already in force, or a day before the edition that it replaces.
        AccessDenied: only the head of the disclosure office.
    """
    access.require(actor, "施行目录", edition.organ)
    edition = CatalogueEdition.objects.select_for_update().get(pk=edition.pk)
    if edition.state != _S.DRAFT:
        raise CatalogueRefused("这一版目录已经施行过。")
    if not edition.entries.exists():
        raise CatalogueRefused("目录还没有事项，请先添加。")
    if effective_from < timezone.localdate():
        raise CatalogueRefused("施行日期不能早于今天。")
    current = edition.organ.catalogue_editions.filter(state=_S.IN_FORCE).first()
    if current is not None:
        if current.effective_from and effective_from < current.effective_from:
            raise CatalogueRefused(f"施行日期不能早于现行版的施行日期 {current.effective_from}。")
        current.state, current.replaced_on = _S.REPLACED, effective_from
        current.save(update_fields=["state", "replaced_on"])
    edition.state, edition.effective_from = _S.IN_FORCE, effective_from
    edition.save(update_fields=["state", "effective_from"])
    record_event(
        "catalogue.in_force", edition, actor=actor, organ_code=edition.organ.code, number=edition.number,
        effective_from=effective_from.isoformat(), entries=edition.entries.count(),
    )  # fmt: skip
    return edition

"""What stands at Wagtail's other doors: moves, schedules, swapped files; and the log of going live and off."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.models import ReferenceIndex, Revision

from gongkai.audit.services import record_event
from gongkai.publishing.errors import NotReleased
from gongkai.publishing.models import ItemPage, ReleaseGrant, ShownFile
from gongkai.publishing.normative.services.releasing import note_live as note_normative
from gongkai.publishing.services.editors import sync_person
from gongkai.publishing.services.proofread import proofread_item

log = logging.getLogger(__name__)


def refuse_move_of_live(instance: Any, parent_page_before: Any, parent_page_after: Any, **_: Any) -> None:
    """The same words in another column are another publication; a draft may move."""
    if parent_page_before.pk != parent_page_after.pk and instance.live:
        raise NotReleased(
            instance.title, "已发布的信息不能直接移到别的栏目，请在栏目里勾选它，改用“批量移动”"
        )


def refuse_schedule(instance: Revision, raw: bool = False, **_: Any) -> None:
    """A version is put on the schedule only with its grant, so that a due one never fails and holds up the others."""
    if raw or instance.approved_go_live_at is None or instance.content_type.model_class() is not ItemPage:
        return
    granted = ReleaseGrant.objects.filter(revision=instance.pk, ended_at=None)
    if instance.pk is None or not granted.exists():
        raise NotReleased(instance.object_str)


def proofread_saved(instance: Revision, raw: bool = False, **_: Any) -> None:
    """Every saved version of an item is proofread, whatever saved it.

    A fault of the proofreader does not cost the writer the text: it is logged, and the gate will ask again.
    """
    if raw or instance.content_type.model_class() is not ItemPage:
        return
    try:
        with transaction.atomic():
            proofread_item(instance.as_object(), at_save=True)
    except Exception:
        log.exception("Version %s of item %s could not be proofread.", instance.pk, instance.object_id)


def refuse_swap(sender: type, instance: Any, raw: bool = False, **_: Any) -> None:
    """A file that a live item shows is not replaced under it."""
    if raw or instance.pk is None:
        return
    stored = sender.objects.filter(pk=instance.pk).only("file").first()
    if stored is None or (stored.file.name == instance.file.name and instance.file._committed):
        return
    shown = ItemPage.objects.live().filter(pk__in=_uses(sender, instance)).first()
    if shown is not None:
        raise NotReleased(
            shown.title, f"文件“{instance.title}”正在已发布的信息中使用，请另传新文件，换好后重新送审"
        )


def _uses(sender: type, instance: Any) -> set[int]:
    """Items that show a file or a picture; of files we keep the list ourselves, and at once."""
    if sender is get_document_model():
        return set(ShownFile.objects.filter(document=instance.pk).values_list("item", flat=True))
    uses = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(sender),
        to_object_id=str(instance.pk),
        content_type=ContentType.objects.get_for_model(ItemPage),
    )
    return {int(pk) for pk in uses.values_list("object_id", flat=True)}


def note_live(instance: ItemPage, revision: Any = None, **_: Any) -> None:
    """The moment of going live, also when the schedule did it."""
    if instance.live:
        record_event(
            "item.live",
            instance,
            actor="system",
            organ_code=instance.organ.code,
            index_number=instance.index_number,
            digest=instance.released_digest,
        )
        note_normative(instance)


def note_off(instance: ItemPage, **_: Any) -> None:
    record_event(
        "item.off", instance, actor="system", organ_code=instance.organ.code if instance.organ else ""
    )


def follow_roles(instance: Any, raw: bool = False, **_: Any) -> None:
    """Who drafts where follows from the roles."""
    if not raw:
        sync_person(instance.user)

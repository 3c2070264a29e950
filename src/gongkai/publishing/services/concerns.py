"""Noting a concern, linking the item that answers it, closing one that gets no public answer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Organ, User
from gongkai.audit.services import record_event
from gongkai.publishing import access
from gongkai.publishing.errors import ReviewRefused
from gongkai.publishing.models import ColumnPage, ColumnType, ItemPage, PublicConcern
from gongkai.publishing.signals import public_facts_changed


@transaction.atomic
def note_concern(
    *, organ: Organ, title: str, source: str, weight: str, heard_at: datetime, actor: User
) -> PublicConcern:
    """Note what the public is concerned about.

    Raises:
        ReviewRefused: heard in the future.
    """
    access.require(actor, "登记公众关切", organ)
    if heard_at > timezone.now():
        raise ReviewRefused("知道的时间晚于现在，请核对。")
    made = PublicConcern.objects.create(
        organ=organ, title=title, source=source, weight=weight, heard_at=heard_at, noted_by=actor
    )
    record_event("concern.noted", made, actor=actor, organ_code=organ.code, weight=weight)
    return made


@transaction.atomic
def link_response(*, concern: PublicConcern, item: ItemPage, actor: User) -> PublicConcern:
    """Say which item answers a concern; its page and its column show both.

    Raises:
        ReviewRefused: another organ's item, or one outside a column for responses.
    """
    concern = PublicConcern.objects.select_for_update(of=("self",)).select_related("organ").get(pk=concern.pk)
    access.require(actor, "登记公众关切", concern.organ)
    column = ColumnPage.objects.filter(path=item.path[: -ItemPage.steplen]).first()
    if column is None or column.column_type != ColumnType.RESPONSE:
        raise ReviewRefused("回应的信息要写在“回应关切”类的栏目里。")
    if item.organ_id != concern.organ_id:
        raise ReviewRefused("这条信息不是本机关的，请重新选择。")
    earlier, concern.response = concern.response, item
    concern.closed_reason = ""
    concern.save()
    record_event("concern.linked", concern, actor=actor, organ_code=concern.organ.code, item=item.pk)
    for page in {one.pk: one for one in (earlier, item) if one is not None and one.live}.values():
        public_facts_changed.send(ItemPage, item=page)
    return concern


@transaction.atomic
def close_concern(*, concern: PublicConcern, reason: str, actor: User) -> PublicConcern:
    """Close a concern that gets no public answer, with the reason.

    Raises:
        ReviewRefused: answered already, or no reason.
    """
    concern = PublicConcern.objects.select_for_update(of=("self",)).select_related("organ").get(pk=concern.pk)
    access.require(actor, "登记公众关切", concern.organ)
    if concern.response_id is not None:
        raise ReviewRefused("已经关联了回应的信息。")
    if not reason.strip():
        raise ReviewRefused("请写明不作公开回应的理由。")
    concern.closed_reason = reason.strip()
    concern.save()
    record_event("concern.closed", concern, actor=actor, organ_code=concern.organ.code, reason=reason.strip())
    return concern

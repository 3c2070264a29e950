"""Taking an item off the portal (撤下)."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from wagtail.actions.unpublish_page import UnpublishPageAction

from gongkai.agencies.models import User
from gongkai.audit.services import record_event
from gongkai.publishing import access
from gongkai.publishing.errors import ReviewRefused
from gongkai.publishing.models import ItemPage, Review

_S = Review.State


@transaction.atomic
def withdraw(*, item: ItemPage, actor: User, reason: str) -> ItemPage:
    """Take a live or scheduled item off, with a reason; to show it again it is reviewed anew.

    Raises:
        ReviewRefused: not live, or no reason.
    """
    item = ItemPage.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if not item.release_grants.filter(ended_at=None).exists() and not item.live:
        raise ReviewRefused("这条信息没有发布，也没有定时发布。")
    access.require(actor, "撤下信息", item.organ)
    if not reason.strip():
        raise ReviewRefused("请写明撤下的理由。")
    take_down(item, actor=actor, reason=reason.strip())
    return ItemPage.objects.get(pk=item.pk)


def take_down(item: ItemPage, *, actor: User, reason: str, left_as: str = _S.WITHDRAWN) -> None:
    """End every grant and every schedule, inside the caller's transaction."""
    now = timezone.now()
    item.release_grants.filter(ended_at=None).update(ended_at=now, ended_by=actor, ended_why=reason[:300])
    item.reviews.filter(state__in=[_S.RELEASED, _S.PENDING]).update(state=left_as)
    item.revisions.exclude(approved_go_live_at=None).update(approved_go_live_at=None)
    fresh = ItemPage.objects.get(pk=item.pk)
    UnpublishPageAction(fresh, user=actor).execute(
        skip_permission_checks=True
    )  # the role was asked for above
    record_event("item.withdrawn", fresh, actor=actor, organ_code=fresh.organ.code, reason=reason)

"""The one door to publication."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import User
from gongkai.audit.services import record_event
from gongkai.core.publication import STAGES, Route
from gongkai.publishing import access
from gongkai.publishing.canonical import digest_of, latest_version
from gongkai.publishing.errors import NotReleased, ReviewRefused
from gongkai.publishing.models import ItemPage, ReleaseGrant, Review
from gongkai.publishing.models.columns import demands_on
from gongkai.publishing.normative.gate import obstacle_to_release
from gongkai.publishing.services.proofread import WHAT_TO_DO, obstacle_by_proof

_S = Review.State


@transaction.atomic
def publish(*, item: ItemPage, actor: User) -> ReleaseGrant:
    """Publish the reviewed version of an item, or put it on the schedule that its reviewers saw.

    Raises:
        NotReleased: no passed review of exactly the latest content; the message says which sign-off is missing,
            or which serious findings of its proof nobody fixed or waived.
        ReviewRefused: an urgent release decided by one of its authors.
        AccessDenied: not for this person.
    """
    item = ItemPage.objects.select_for_update(of=("self",)).get(pk=item.pk)
    review = _passed_review(item)
    draft = review.revision.as_object()
    urgent = review.route == Route.URGENT
    access.require(actor, "决定紧急发布" if urgent else "发布信息", draft.organ)
    if urgent and actor.pk in {person.pk for person in review.authors.all()}:
        raise ReviewRefused("紧急发布须由没有参与拟稿的负责人决定，请交其他负责人。")
    unproofed, proof = obstacle_by_proof(draft)
    if unproofed:
        raise NotReleased(item.title, unproofed, WHAT_TO_DO)
    if not item.live:
        ItemPage.objects.filter(pk=item.pk).update(released_digest="")
    grant = ReleaseGrant.objects.create(
        page=item,
        revision=review.revision,
        digest=review.digest,
        review=review,
        granted_by=actor,
        granted_at=timezone.now(),
    )
    record_event(
        "item.released", item, actor=actor, organ_code=draft.organ.code, review=review.pk, digest=review.digest,
        route=review.route, reason=review.urgent_reason, proof=proof.pk,
    )  # fmt: skip
    review.revision.publish(user=actor, skip_permission_checks=True)
    review.state = _S.PENDING if urgent else _S.RELEASED
    review.finish_by = timezone.now() + timedelta(hours=settings.URGENT_REVIEW_HOURS) if urgent else None
    review.save(update_fields=["state", "finish_by"])
    return grant


def _passed_review(item: ItemPage) -> Review:
    """The review that allows to publish exactly what the item says now; everything is looked at again."""
    running = item.reviews.with_steps().filter(state__in=[_S.OPEN, _S.PASSED]).first()
    if running is None:
        raise NotReleased(item.title, "还没有送审" if not item.live else "没有送审的修改")
    if digest_of(latest_version(item)) != running.digest:
        raise NotReleased(item.title, "送审后内容又有修改")
    if digest_of(running.revision.as_object()) != running.digest:
        raise NotReleased(item.title, "送审的版本与审核记录不一致")
    at = running.standing
    if running.state != _S.PASSED or not at.may_be_released:
        waiting = STAGES[at.current].label if at.current else "审核"
        raise NotReleased(item.title, f"还在等待{waiting}")
    if (unready := obstacle_to_release(running.revision.as_object())) != "":
        raise NotReleased(item.title, unready)
    _require_column_content(item, running)
    authors = {person.pk for person in running.authors.all()}
    people = list(at.signed.values())
    if len(set(people)) != len(people) or authors & set(people):
        raise NotReleased(item.title, "拟稿人和各环节审核人有重复")
    return running


def _require_column_content(item: ItemPage, review: Review) -> None:
    """An item moved after its submission, or whose column has asked for more since, is submitted again."""
    demands = demands_on(item)
    for stage, columns in demands.extra.items():
        if stage not in review.added:
            raise NotReleased(item.title, f"栏目“{columns}”的信息须经{STAGES[stage].label}，请重新送审")
    if demands.reprints_in_full and review.route == Route.REPRINT:
        raise NotReleased(item.title, f"栏目“{demands.reprints_in_full}”的转载也走三审三校，请重新送审")

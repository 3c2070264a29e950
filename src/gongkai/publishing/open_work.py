"""Drafts and returned texts in hand, for hand-overs of posts.

Stages of a review belong to roles and papers to their offices; only what waits for one person's pen moves. Who wrote stays an
author: neither giver nor taker signs what they had a hand in.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Exists, Model, OuterRef, QuerySet
from django.urls import reverse
from wagtail.models import Revision

from gongkai.agencies.errors import CannotMove
from gongkai.agencies.models import Organ, User
from gongkai.agencies.open_work import OpenWork, Transfer, WorkKind, register_work
from gongkai.audit.services import record_event
from gongkai.publishing import access
from gongkai.publishing.models import ItemPage, Review, SourceDetermination


def register() -> None:
    """Called when the app is ready."""
    register_work(WorkKind("publishing-drafts", "没有送审的草稿", _drafts_listed, _move_drafts))
    register_work(WorkKind("publishing-returned", "退回修改的信息", _returned_listed, _move_returned))
    register_work(WorkKind("publishing-papers", "退文补充的公文", _papers_listed, _move_papers))


def _drafts(person: User, organ: Organ) -> QuerySet[ItemPage]:
    return ItemPage.objects.filter(
        owner=person, live=False, reviews=None, organ__path__startswith=organ.path
    ).order_by("pk")


def _returned(person: User, organ: Organ) -> QuerySet[Review]:
    """Those that nobody but this person would see as theirs: with two authors the other one goes on."""
    later = Review.objects.filter(page=OuterRef("page"), pk__gt=OuterRef("pk"))
    only_ones = Review.objects.annotate(hands=Count("authors")).filter(hands=1, authors=person)
    return (
        Review.objects.filter(
            pk__in=only_ones.values("pk"),
            state=Review.State.RETURNED,
            page__organ__path__startswith=organ.path,
        )
        .filter(~Exists(later))
        .select_related("page__organ")
        .order_by("pk")
    )


def _papers(person: User, organ: Organ) -> QuerySet[SourceDetermination]:
    return SourceDetermination.objects.filter(
        proposed_by=person, state=SourceDetermination.State.RETURNED, organ__path__startswith=organ.path
    ).order_by("pk")


def _drafts_listed(person: User, organ: Organ) -> list[OpenWork]:
    return [
        OpenWork(item.title, reverse("wagtailadmin_pages:edit", args=[item.pk]))
        for item in _drafts(person, organ)
    ]


def _returned_listed(person: User, organ: Organ) -> list[OpenWork]:
    return [
        OpenWork(review.title, reverse("publishing:review", args=[review.pk]))
        for review in _returned(person, organ)
    ]


def _papers_listed(person: User, organ: Organ) -> list[OpenWork]:
    return [
        OpenWork(paper.title, reverse("publishing:paper", args=[paper.pk]))
        for paper in _papers(person, organ)
    ]


def _require_drafter(taker: User, organs: Iterable[Organ]) -> None:
    for organ in organs:
        if not access.allowed(taker, "拟稿送审", organ):
            raise CannotMove(
                f"{taker}在{organ.name}没有拟稿的角色（信息员、公开办、公开办负责人），请先授予，或者在移交单里选上。"
            )


def _move_drafts(transfer: Transfer) -> int:
    items = list(
        _drafts(transfer.giver, transfer.organ).select_related("organ").select_for_update(of=("self",))
    )
    _require_drafter(transfer.taker, {item.organ for item in items})
    for item in items:
        if not Revision.objects.for_instance(item).exists():
            item.save_revision(user=transfer.giver, clean=False)  # the text is the giver's, and stays so
        item.owner = transfer.taker
        item.save(clean=False, update_fields=["owner"])
        _record("item.handed_over", item, transfer, item.organ)
    return len(items)


def _move_returned(transfer: Transfer) -> int:
    reviews = list(_returned(transfer.giver, transfer.organ).select_for_update(of=("self",)))
    _require_drafter(transfer.taker, {review.page.organ for review in reviews})
    for review in reviews:
        review.authors.add(transfer.taker)
        _record("item.handed_over", review.page, transfer, review.page.organ, review=review.pk)
    return len(reviews)


def _move_papers(transfer: Transfer) -> int:
    """Whoever proposes again is the proposer: the taker cannot review the proposal then, as the giver could not."""
    papers = list(
        _papers(transfer.giver, transfer.organ).select_related("organ").select_for_update(of=("self",))
    )
    _require_drafter(transfer.taker, {paper.organ for paper in papers})
    for paper in papers:
        paper.proposed_by = transfer.taker
        paper.save(update_fields=["proposed_by"])
        _record("determination.handed_over", paper, transfer, paper.organ)
    return len(papers)


def _record(action: str, subject: Model, transfer: Transfer, organ: Organ, **facts: int) -> None:
    record_event(
        action, subject, actor=transfer.actor, organ_code=organ.code, giver=transfer.giver.get_username(),
        taker=transfer.taker.get_username(), reason=transfer.reason, **facts,
    )  # fmt: skip

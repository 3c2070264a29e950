"""Signing a stage of a review, returning it, and a proofreader's remark."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import User
from gongkai.audit.services import record_event
from gongkai.core.publication import STAGES, Act, Obstacle, Stage, obstacle, return_targets
from gongkai.publishing import access
from gongkai.publishing.canonical import digest_of, latest_version
from gongkai.publishing.errors import ReviewRefused
from gongkai.publishing.models import Review, ReviewStep
from gongkai.publishing.services.proofread import WHAT_TO_DO, obstacle_by_proof
from gongkai.publishing.services.withdraw import take_down

_S = Review.State
WHY_NOT = {
    Obstacle.RETURNED: "这件已退回修改，请改好后重新送审。",
    Obstacle.COMPLETE: "这件的审核已全部完成。",
    Obstacle.OWN_TEXT: "您写过或者改过这条信息，不能审核自己的稿件，请由其他人审核。",
    Obstacle.SIGNED_ANOTHER_STAGE: "您已审核过这件的另一个环节，各环节须由不同的人审核。",
}


@transaction.atomic
def sign(*, review: Review, actor: User, opinion: str, checked: bool) -> Review:
    """Agree at the current stage, for exactly the content that was submitted.

    Args:
        checked: that the signer looked at what the stage is there for.

    Raises:
        ReviewRefused: wrong person, changed content, nothing to sign, not checked, or the final stage with
            serious findings of the proof open.
        AccessDenied: the person does not hold the role of the stage at the item's organ.
    """
    review, stage = _at_stage(review, actor)
    why = obstacle(review.standing, authors=_author_ids(review), person=actor.pk)
    if why is not None:
        raise ReviewRefused(WHY_NOT[why])
    if not checked:
        raise ReviewRefused(f"请先核对并勾选：{STAGES[stage].checked}。")
    if stage is Stage.FINAL:
        _require_proofread(review)
    _write(review, actor, Act.SIGN, stage, opinion)
    review = Review.objects.with_steps().get(pk=review.pk)
    at = review.standing
    if review.state == _S.OPEN and at.may_be_released:
        _move(review, _S.PASSED)
    elif review.state == _S.PENDING and at.is_complete:
        _move(review, _S.RELEASED)
    return review


@transaction.atomic
def return_(*, review: Review, actor: User, reason: str, back_to: Stage | None = None) -> Review:
    """Send back to the drafter, or to a stage that was signed already; an urgent release is taken down with it.

    Raises:
        ReviewRefused: without a reason, to a stage not signed yet, or by the wrong person.
    """
    review, stage = _at_stage(review, actor)
    why = obstacle(review.standing, authors=_author_ids(review), person=actor.pk)
    if why is not None:
        raise ReviewRefused(WHY_NOT[why])
    if not reason.strip():
        raise ReviewRefused("请写明退回的理由：哪里要改、怎样改。")
    if back_to is not None and back_to not in return_targets(review.standing):
        raise ReviewRefused("只能退回拟稿人，或者退回已经审过的环节。")
    _write(review, actor, Act.RETURN, stage, reason.strip(), back_to)
    if review.state == _S.PENDING:
        take_down(review.page, actor=actor, reason=f"补审退回：{reason.strip()}", left_as=_S.RETURNED)
    elif back_to is None:
        _move(review, _S.RETURNED)
    return Review.objects.with_steps().get(pk=review.pk)


@transaction.atomic
def note(*, review: Review, actor: User, opinion: str) -> ReviewStep:
    """A proofreader's remark (校对意见) for those who sign; it decides nothing."""
    review = _locked(review)
    access.require(actor, "填写校对意见", review.page.organ)
    stage = review.standing.current
    if review.state not in {_S.OPEN, _S.PENDING} or stage is None:
        raise ReviewRefused("这件不在审核中，不能再填写校对意见。")
    if not opinion.strip():
        raise ReviewRefused("请填写校对意见。")
    return _write(review, actor, Act.NOTE, stage, opinion.strip())


def _locked(review: Review) -> Review:
    Review.objects.select_for_update().get(pk=review.pk)
    return Review.objects.with_steps().get(pk=review.pk)


def _at_stage(review: Review, actor: User) -> tuple[Review, Stage]:
    """The review, locked, with its current stage; refused when it runs no more or its text was changed."""
    review = _locked(review)
    stage = review.standing.current
    if review.state not in {_S.OPEN, _S.PENDING} or stage is None:
        raise ReviewRefused(f"这件现在是“{review.get_state_display()}”，没有待审的环节。")
    access.require(actor, STAGES[stage].label, review.page.organ)
    if review.state == _S.OPEN and digest_of(latest_version(review.page)) != review.digest:
        raise ReviewRefused("送审后内容又有修改，原来的审核不再有效，请编辑重新送审。")
    return review, stage


def _require_proofread(review: Review) -> None:
    """终审、三校 ends the proofreading: nothing serious stays open."""
    open_, _ = obstacle_by_proof(review.revision.as_object())
    if open_:
        raise ReviewRefused(f"还不能签署终审：{open_}。{WHAT_TO_DO}。")


def _author_ids(review: Review) -> set[int]:
    return {person.pk for person in review.authors.all()}


def _write(
    review: Review, actor: User, act: Act, stage: Stage, opinion: str, back_to: Stage | None = None
) -> ReviewStep:
    step = ReviewStep.objects.create(
        review=review,
        act=act.value,
        stage=stage.value,
        back_to=back_to.value if back_to else "",
        person=actor,
        opinion=opinion,
        at=timezone.now(),
        digest=review.digest,
    )
    record_event(
        f"review.{'signed' if act is Act.SIGN else 'returned' if act is Act.RETURN else 'noted'}",
        review.page, actor=actor, organ_code=review.page.organ.code, review=review.pk, stage=stage.value,
        back_to=step.back_to, opinion=opinion, digest=review.digest,
    )  # fmt: skip
    return step


def _move(review: Review, state: str) -> None:
    review.state = state
    review.save(update_fields=["state"])

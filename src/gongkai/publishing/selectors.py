"""Named reads of reviews: what waits for a person, what they may see."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.agencies.access import organs_with
from gongkai.agencies.models import Organ, User
from gongkai.core.publication import STAGES, Route, obstacle
from gongkai.publishing import access
from gongkai.publishing.models import Review, SourceDetermination

_S = Review.State
PAPER_LINES = 20


def organs_for(user: User, act: str) -> list[Organ]:
    """The organs at which the person may do an act, in tree order."""
    return organs_with(user, access.ACTS[act])


def reviews_for(user: User) -> QuerySet[Review]:
    """Every review the person may see."""
    organs = organs_for(user, "查看审核")
    if organs and not Organ.objects.exclude(pk__in=[organ.pk for organ in organs]).exists():
        # Who sees every organ is not asked the organ of a million items.
        return Review.objects.all()
    return Review.objects.filter(page__organ__in=organs)


def may_sign_now(user: User, review: Review) -> bool:
    """Whether this person can sign the current stage: the role, not an author, no other stage signed."""
    at = review.standing
    if review.state not in {_S.OPEN, _S.PENDING} or at.current is None:
        return False
    authors = {person.pk for person in review.authors.all()}
    return access.may_sign(user, at.current, review.page.organ) and (
        obstacle(at, authors=authors, person=user.pk) is None
    )


def may_publish_now(user: User, review: Review) -> bool:
    """Whether this person can publish a passed review."""
    if review.state != _S.PASSED:
        return False
    if review.route == Route.URGENT and user.pk in {person.pk for person in review.authors.all()}:
        return False
    return access.allowed(
        user, "决定紧急发布" if review.route == Route.URGENT else "发布信息", review.page.organ
    )


@dataclass(frozen=True, slots=True)
class Desk:
    """Running reviews as one person sees them."""

    to_sign: list[Review] = field(default_factory=list)
    to_publish: list[Review] = field(default_factory=list)
    to_correct: list[Review] = field(default_factory=list)
    with_others: list[Review] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.to_sign or self.to_publish or self.to_correct or self.with_others)


def desk_of(user: User) -> Desk:
    """What waits for whom, the oldest first."""
    desk = Desk()
    later = Review.objects.filter(page=OuterRef("page"), pk__gt=OuterRef("pk"))
    running = reviews_for(user).filter(state__in=[_S.OPEN, _S.PASSED, _S.PENDING, _S.RETURNED])
    for review in running.exclude(Q(state=_S.RETURNED) & Exists(later)).with_steps().order_by("pk"):
        if review.state == _S.RETURNED:
            own = user.pk in {person.pk for person in review.authors.all()}
            (desk.to_correct if own else desk.with_others).append(review)
        elif may_sign_now(user, review):
            desk.to_sign.append(review)
        elif may_publish_now(user, review):
            desk.to_publish.append(review)
        else:
            desk.with_others.append(review)
    return desk


def waits_for(review: Review) -> str:
    """In words: what comes next."""
    if review.state == _S.PASSED:
        return "待发布"
    if review.state == _S.RETURNED:
        return "待修改"
    current = review.standing.current
    return f"待{STAGES[current].label}" if current else review.get_state_display()


def papers_waiting(user: User, today: date) -> list[SourceDetermination]:
    """Papers whose 公开属性 this person reviews, decides, corrects or looks at again."""
    states = SourceDetermination.State
    office, signer = organs_for(user, "审核公开属性"), organs_for(user, "认定公开属性")
    wanted = (
        Q(organ__in=office, state=states.OFFICE) & ~Q(proposed_by=user)
        | Q(organ__in=signer, state=states.SIGNER)
        | Q(proposed_by=user, state=states.RETURNED)
        | Q(organ__in=office, state=states.DETERMINED, reassess_on__lte=today)
    )
    return list(SourceDetermination.objects.filter(wanted).order_by("pk")[:PAPER_LINES])

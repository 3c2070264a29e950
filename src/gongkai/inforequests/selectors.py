"""Named reads of applications: my queue, look-up by the public, look-alikes, candidates for proactive release."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from gongkai.agencies.access import organs_of
from gongkai.agencies.models import Organ, User
from gongkai.core.disclosure.procedure import State
from gongkai.inforequests import access
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.services.numbering import same_code

NEAR = 0.45  # share of common two-character words from which two texts are shown side by side; a suggestion
SOON_DAYS = 3
ALREADY_PUBLIC = "D-36-1"


def organs_for(user: User, act: str) -> list[Organ]:
    """The organs at which the person may do an act, in tree order."""
    return [organ for organ in organs_of(user).order_by("path") if access.allowed(user, act, organ)]


def organs_required(user: User, act: str) -> list[Organ]:
    """The organs at which the person may do an act; raises PermissionDenied when there is none."""
    organs = organs_for(user, act)
    if not organs:
        names = "、".join(role.label for role in access.ACTS[act])
        raise PermissionDenied(f"您没有“{act}”的权限：须由{names}办理，请联系系统管理员。")
    return organs


def requests_for(user: User) -> QuerySet[InfoRequest]:
    """Every application the person may see."""
    organs = [organ.pk for organ in organs_for(user, "查看申请")]
    return InfoRequest.objects.filter(organ__in=organs).select_related("organ", "handler", "department")


@dataclass(frozen=True, slots=True)
class Queue:
    """Open applications by urgency."""

    overdue: list[InfoRequest]
    today: list[InfoRequest]
    soon: list[InfoRequest]
    later: list[InfoRequest]
    waiting: list[InfoRequest]

    @property
    def total(self) -> int:
        return sum(len(group) for group in (self.overdue, self.today, self.soon, self.later, self.waiting))


def next_day(request: InfoRequest) -> date | None:
    """The nearest day on which something must have happened: the reply or the current step."""
    days = [day for day in (request.due_on, request.task_due_on) if day is not None]
    return min(days, default=None)


def queue(requests: QuerySet[InfoRequest], today: date) -> Queue:
    """Open applications by their nearest day; those waiting for the applicant, who sets the pace, apart."""
    found = Queue([], [], [], [], [])
    stands_still = {State.AWAIT_CORRECTION, State.AWAIT_PAYMENT}
    for request in sorted(
        requests.open().by_urgency(), key=lambda r: (next_day(r) or date.max, r.submitted_at)
    ):
        day = next_day(request)
        if request.state == State.SUBMITTED:
            # Confirm letters on the day they arrive; the day after is late (disclosure-law §1.5).
            (found.today if request.arrived_on >= today else found.overdue).append(request)
        elif request.state in stands_still:
            found.waiting.append(request)
        elif day is None:
            found.later.append(request)
        elif day < today:
            found.overdue.append(request)
        elif day == today:
            found.today.append(request)
        elif day <= today + timedelta(days=SOON_DAYS):
            found.soon.append(request)
        else:
            found.later.append(request)
    return found


def by_number_and_code(number: str, code: str) -> InfoRequest | None:
    """What the public may look up: both must fit."""
    plain = number.strip().translate(str.maketrans("－—–０１２３４５６７８９", "---0123456789"))
    for request in InfoRequest.objects.filter(number=plain).select_related("organ"):
        if same_code(code, request.query_code):
            return request
    return None


@dataclass(frozen=True, slots=True)
class LookAlike:
    """One earlier application that resembles this one, and why: a suggestion, never a refusal."""

    request: InfoRequest
    evidence: str
    same_applicant: bool
    share: float


def words_of(text: str) -> frozenset[str]:
    """The two-character words of a text, punctuation left out."""
    runs, run = [], ""
    for char in text:
        if char.isalnum():
            run += char.lower()
        else:
            runs.append(run)
            run = ""
    runs.append(run)
    return frozenset(run[i : i + 2] for run in runs for i in range(len(run) - 1))


def likeness(one: str, other: str) -> float:
    """Share of common words, 0 to 1, of the shorter text's."""
    a, b = words_of(one), words_of(other)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def look_alikes(request: InfoRequest, *, limit: int = 5) -> list[LookAlike]:
    """Earlier applications at the same organ that ask for the same, the same applicant's first."""
    text = f"{request.subject} {request.content}"
    words = sorted(words_of(request.subject), key=len)[:40]
    earlier = (
        InfoRequest.objects.filter(organ_id=request.organ_id, redo_of=None)
        .exclude(pk=request.pk)
        .exclude(redos=request.pk)
    )
    near = Q(identity_hash=request.identity_hash) if request.identity_hash else Q(pk=None)
    for word in words:
        near |= Q(subject__contains=word)
    found = []
    for other in earlier.filter(near).order_by("-pk")[:300]:
        share = likeness(text, f"{other.subject} {other.content}")
        if share < NEAR:
            continue
        same = bool(request.identity_hash) and other.identity_hash == request.identity_hash
        who = "同一申请人" if same else "不同申请人"
        found.append(LookAlike(other, f"{who}，内容相同 {share:.0%}", same, share))
    return sorted(found, key=lambda like: (not like.same_applicant, -like.share))[:limit]


def similar_open(request: InfoRequest) -> list[InfoRequest]:
    """Open applications at the same organ that ask for the same; redo rounds of this one are not others."""
    text = f"{request.subject} {request.content}"
    others = (
        InfoRequest.objects.open()
        .filter(organ_id=request.organ_id)
        .exclude(pk=request.pk)
        .exclude(redo_of=request.pk)
    )
    return [other for other in others if likeness(text, f"{other.subject} {other.content}") >= NEAR]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Similar applications by several people: a sign that the information should be published (第四十四条)."""

    requests: Sequence[InfoRequest]

    @property
    def subject(self) -> str:
        return self.requests[0].subject


def clusters(organ: Organ, *, since: date, least: int = 3) -> list[Cluster]:
    """Groups of applications for the same information by different applicants, the largest first.

    A group of which one was told that the information is published already asks for nothing more.
    """
    rows = list(
        InfoRequest.objects.filter(organ=organ, redo_of=None, received_on__gte=since).order_by("pk")[:2000]
    )
    bags = [words_of(row.subject) for row in rows]
    taken: set[int] = set()
    found = []
    for i in range(len(rows)):
        if i in taken or not bags[i]:
            continue
        group = [i]
        for j in range(i + 1, len(rows)):
            if j in taken or not bags[j]:
                continue
            if len(bags[i] & bags[j]) / min(len(bags[i]), len(bags[j])) >= 0.6:
                group.append(j)
        people = {rows[k].identity_hash or rows[k].pk for k in group}
        if len(people) >= least:
            taken.update(group)
            if any(rows[k].outcome == ALREADY_PUBLIC for k in group):
                continue
            found.append(Cluster([rows[k] for k in group]))
    return sorted(found, key=lambda cluster: -len(cluster.requests))

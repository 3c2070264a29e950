"""Named reads of hand-overs and groups: which a person may see, what waits for whom."""

from __future__ import annotations

from datetime import date

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from gongkai.agencies import acts
from gongkai.agencies.models import GroupMember, HandOver, Organ, User, WorkingGroup
from gongkai.core.hand_over import Standing


def hand_overs_for(user: User) -> QuerySet[HandOver]:
    """Those of the organs a person may see, and those in which they give or take."""
    organs = acts.organs_for(user, "查看岗位移交")
    return (
        HandOver.objects.filter(Q(post__department__organ__in=organs) | Q(giver=user) | Q(taker=user))
        .select_related("post__department__organ", "giver", "taker")
        .annotate(
            is_done=Case(
                When(standing__in=[Standing.CONFIRMED.value, Standing.VOID.value], then=Value(True)),
                default=Value(False),
                output_field=BooleanField(),
            )
        )
    )


def hand_overs_waiting(user: User) -> list[tuple[HandOver, str]]:
    """Those in which this person is next, with what to do in words."""
    found = []
    witnessed = {organ.pk for organ in acts.organs_for(user, "监交")}
    for one in hand_overs_for(user).open().order_by("on", "pk"):
        if one.standing == Standing.DRAFT and one.giver_id == user.pk:
            found.append((one, "填写移交清单并签字"))
        elif one.standing == Standing.GIVEN and one.taker_id == user.pk:
            found.append((one, "核对移交清单并签字"))
        elif (
            one.standing == Standing.TAKEN
            and one.organ.pk in witnessed
            and user.pk not in {one.giver_id, one.taker_id}
        ):
            found.append((one, "监交确认"))
    return found


def groups_of(organs: list[Organ], day: date) -> list[tuple[WorkingGroup, list[GroupMember], str]]:
    """Groups of organs, those that are there first, each with its roster of the day and its heads in words."""
    found = WorkingGroup.objects.filter(organ__in=organs).select_related("organ")
    rows = []
    for group in sorted(found, key=lambda one: (one.valid_to is not None, one.organ.path, one.pk)):
        roster = group.roster_on(day)
        heads = "、".join(one.name for one in roster if one.position == GroupMember.Position.HEAD)
        rows.append((group, roster, heads))
    return rows

"""Named reads of hand-overs, groups and filings: which a person may see, what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from gongkai.agencies import acts
from gongkai.agencies.models import (
    FilingRecord,
    FilingRule,
    GroupChange,
    GroupMember,
    HandOver,
    Organ,
    User,
    WorkingGroup,
)
from gongkai.core.calendars import Reached
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


@dataclass(frozen=True, slots=True)
class FilingDue:
    """Changes of a group that are not filed: how many, by when the earliest; the mark of a day that may move."""

    group: WorkingGroup
    count: int
    due_on: date
    mark: str

    def is_overdue(self, today: date) -> bool:
        return self.due_on < today


def rule_of(organ: Organ) -> FilingRule:
    """The organ's rule; an unsaved one with the usual values where none was set."""
    return FilingRule.objects.filter(organ=organ).first() or FilingRule(organ=organ)


def open_changes(organs: Iterable[Organ]) -> QuerySet[GroupChange]:
    """Changes that are not filed."""
    return GroupChange.objects.filter(group__organ__in=organs, filing=None).select_related("group__organ")


def filings_due(user: User) -> list[FilingDue]:
    """Groups of the organs where the person files, with their changes that are due, the earliest first."""
    return filings_due_at(acts.organs_for(user, "登记报备"))


def filings_due_at(organs: Iterable[Organ]) -> list[FilingDue]:
    """Groups of organs with their changes that are due, the earliest first."""
    rules: dict[int, FilingRule] = {}
    by_group: dict[WorkingGroup, list[Reached]] = {}
    for change in open_changes(organs):
        organ = change.group.organ
        rule = rules.setdefault(organ.pk, rule_of(organ))
        if (reached := rule.due(change.on)) is not None:
            by_group.setdefault(change.group, []).append(reached)
    found = []
    for group, days in by_group.items():
        first = min(days, key=lambda one: one.day)
        rule = rules[group.organ_id]
        mark = ("（期限待核实）" if not rule.is_confirmed else "") + (
            "（放假安排公布后可能调整）" if first.provisional else ""
        )
        found.append(FilingDue(group, len(days), first.day, mark))
    return sorted(found, key=lambda one: (one.due_on, one.group.pk))


def filings_of(organs: Iterable[Organ]) -> QuerySet[FilingRecord]:
    """Filings of organs, the newest first."""
    return (
        FilingRecord.objects.filter(organ__in=organs)
        .select_related("organ", "by")
        .prefetch_related("changes__group")
    )

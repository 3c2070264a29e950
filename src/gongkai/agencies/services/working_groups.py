"""Setting up groups and changing who is in them: nothing is overwritten, each change says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from gongkai.agencies import acts
from gongkai.agencies.errors import GroupRefused
from gongkai.agencies.models import GroupChange, GroupMember, Organ, User, WorkingGroup
from gongkai.audit.services import record_event

_C = GroupChange.Kind
MAX_MEMBERS = 200


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits where in a group: a person, or a seat named by its office."""

    position: str
    name: str
    post_title: str
    telephone: str = ""
    user: User | None = None


@transaction.atomic
def establish_group(
    *, actor: User, organ: Organ, seats: Sequence[Seat] = (), **fields: object
) -> WorkingGroup:
    """Set up a group by its document, with those who are in it from the first day.

    Args:
        fields: ``name``, ``kind``, ``document_number``, ``document_on``, ``duties``, ``valid_from``.

    Raises:
        GroupRefused: a field is faulty, the name is taken, or a day is to come.
    """
    acts.require(actor, "维护领导小组", organ)
    group = WorkingGroup(organ=organ, **fields)
    _clean(group)
    _require_past(group.valid_from)
    group.save()
    made = _seat(group, seats, group.valid_from)
    names = f"；成员 {len(made)} 人：{'、'.join(str(one) for one in made)}" if made else ""
    text = f"依据{group.document_number}成立{names}"
    _note(group, _C.ESTABLISHED, group.valid_from, text, group.document_number, actor)
    return group


@transaction.atomic
def add_members(
    *, actor: User, group: WorkingGroup, on: date, reason: str, seats: Sequence[Seat]
) -> list[GroupMember]:
    """Add people from a day on.

    Raises:
        GroupRefused: the group has ended, nobody is named, or somebody sits there already.
    """
    found = _locked(group, actor)
    _require_day(found, on)
    if not seats:
        raise GroupRefused("请写明增加的成员。")
    made = _seat(found, seats, on)
    _note(found, _C.JOINED, on, "增加" + "、".join(str(one) for one in made), _reason(reason), actor)
    return made


@transaction.atomic
def change_member(
    *, actor: User, member: GroupMember, on: date, reason: str, successor: Seat | None
) -> GroupMember | None:
    """Let somebody leave, or be replaced by another; ``on`` is the first day of the new composition.

    Raises:
        GroupRefused: they left already, or the day is not after the one of joining.
    """
    found = _locked(member.group, actor)
    leaving = GroupMember.objects.select_for_update().get(pk=member.pk)
    if leaving.valid_to is not None:
        raise GroupRefused(f"{leaving.name}已于 {leaving.valid_to} 退出，不用再办。")
    _require_day(found, on)
    if on <= leaving.valid_from:
        raise GroupRefused(f"变动日期须在{leaving.name}加入（{leaving.valid_from}）之后。")
    leaving.valid_to = on - timedelta(days=1)
    leaving.save(update_fields=["valid_to"])
    if successor is None:
        _note(found, _C.LEFT, on, f"{leaving}退出", _reason(reason), actor)
        return None
    (made,) = _seat(found, [successor], on, number=leaving.number)
    _note(found, _C.REPLACED, on, f"{leaving}更换为{made}", _reason(reason), actor)
    return made


@transaction.atomic
def change_duties(*, actor: User, group: WorkingGroup, duties: str, on: date, reason: str) -> WorkingGroup:
    """Write the duties anew; what they were stays in the change."""
    found = _locked(group, actor)
    _require_day(found, on)
    if duties.strip() == found.duties:
        raise GroupRefused("职责没有改动。")
    before, found.duties = found.duties, duties.strip()
    _clean(found)
    found.save(update_fields=["duties"])
    text = f"职责由“{before}”调整为“{found.duties}”"
    _note(found, _C.AMENDED, on, text, _reason(reason), actor)
    return found


@transaction.atomic
def end_group(*, actor: User, group: WorkingGroup, on: date, reason: str) -> WorkingGroup:
    """End a group; ``on`` is its last day, and that of whoever is in it still."""
    found = _locked(group, actor)
    _require_day(found, on)
    late = found.members.filter(valid_from__gt=on)
    if late.exists():
        raise GroupRefused(f"{late.first().name}的加入日期晚于撤销日期，请核对。")
    found.members.filter(valid_to=None).update(valid_to=on)
    found.members.filter(valid_to__gt=on).update(valid_to=on)
    found.valid_to = on
    _clean(found)
    found.save(update_fields=["valid_to"])
    _note(found, _C.ENDED, on, f"{found.name}撤销", _reason(reason), actor)
    return found


def _locked(group: WorkingGroup, actor: User) -> WorkingGroup:
    found = WorkingGroup.objects.select_for_update(of=("self",)).select_related("organ").get(pk=group.pk)
    acts.require(actor, "维护领导小组", found.organ)
    if found.valid_to is not None:
        raise GroupRefused(f"{found.name}已于 {found.valid_to} 撤销，不能再变动。")
    return found


def _seat(
    group: WorkingGroup, seats: Sequence[Seat], on: date, *, number: int | None = None
) -> list[GroupMember]:
    taken = {(one.position, one.name) for one in group.members.filter(valid_to=None)}
    start = group.members.count()
    if len(taken) + len(seats) > MAX_MEMBERS:
        raise GroupRefused(f"一个小组最多 {MAX_MEMBERS} 人，请另建小组。")
    made = []
    for offset, seat in enumerate(seats):
        name = seat.name.strip() or (seat.user.name if seat.user is not None else "")
        if (seat.position, name) in taken:
            raise GroupRefused(f"{name}已在小组里，不用重复增加。")
        taken.add((seat.position, name))
        one = GroupMember(
            group=group, position=seat.position, name=name, post_title=seat.post_title.strip(), valid_from=on,
            telephone=seat.telephone.strip(), user=seat.user, number=start + offset if number is None else number,
        )  # fmt: skip
        _clean(one)
        one.save()
        made.append(one)
    return made


def _clean(row: WorkingGroup | GroupMember) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        texts = []
        for name, lines in error.message_dict.items():
            label = "" if name == "__all__" else f"{row._meta.get_field(name).verbose_name}："
            texts += [f"{label}{line}" for line in lines]
        raise GroupRefused("；".join(texts)) from error


def _require_past(day: date) -> None:
    if day > timezone.localdate():
        raise GroupRefused("日期不能晚于今天，请在生效以后登记。")


def _require_day(group: WorkingGroup, on: date) -> None:
    _require_past(on)
    if on < group.valid_from:
        raise GroupRefused(f"变动日期早于小组成立的日期（{group.valid_from}），请核对。")


def _reason(reason: str) -> str:
    if not reason.strip():
        raise GroupRefused("请填写变动的原因或者依据的文号。")
    return reason.strip()


def _note(group: WorkingGroup, kind: str, on: date, text: str, reason: str, actor: User) -> None:
    GroupChange.objects.create(
        group=group, kind=kind, on=on, text=text, reason=reason[:300], by=actor, at=timezone.now()
    )
    record_event(
        f"working_group.{kind}",
        group,
        actor=actor,
        organ_code=group.organ.code,
        on=on,
        text=text,
        reason=reason,
    )

"""Giving and ending roles."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from gongkai.agencies import access
from gongkai.agencies.models import Organ, RoleAssignment, User
from gongkai.agencies.roles import Role
from gongkai.audit.services import record_event


@transaction.atomic
def assign_role(*, user: User, organ: Organ, role: Role, actor: User) -> RoleAssignment:
    """Give a person a role at an organ (角色授权); giving it twice changes nothing."""
    access.require(actor, "角色授权", (Role.ADMINISTRATOR,), organ)
    assignment, created = RoleAssignment.objects.get_or_create(
        user=user, organ=organ, role=role, valid_to=None, defaults={"valid_from": timezone.localdate()}
    )
    if created:
        sync_groups(user)
        record_event("role.assigned", assignment, actor=actor, organ_code=organ.code, role=role.value)
    return assignment


@transaction.atomic
def end_role(*, assignment: RoleAssignment, actor: User, on: date | None = None) -> RoleAssignment:
    """End a role (收回角色); ``on`` is its last day, yesterday when left out, so that it ends at once."""
    access.require(actor, "收回角色", (Role.ADMINISTRATOR,), assignment.organ)
    assignment.valid_to = on or timezone.localdate() - timedelta(days=1)
    assignment.save(update_fields=["valid_to"])
    sync_groups(assignment.user)
    record_event("role.ended", assignment, actor=actor, organ_code=assignment.organ.code)
    return assignment


def sync_groups(user: User) -> None:
    """Let the person's Django groups mirror the roles held today, anywhere."""
    today = timezone.localdate()
    held = RoleAssignment.objects.valid_on(today).filter(user=user)
    wanted = {Role(value).label for value in held.values_list("role", flat=True)}
    names = {role.label for role in Role}
    user.groups.remove(*Group.objects.filter(name__in=names - wanted))
    user.groups.add(*Group.objects.filter(name__in=wanted))

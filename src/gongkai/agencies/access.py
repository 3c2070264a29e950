"""Who may do what where: the one question every service asks before it acts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.agencies.models import Organ, RoleAssignment, User
from gongkai.agencies.roles import Role


class AccessDenied(PermissionDenied):
    """The person holds none of the roles the act needs, at this organ or above it."""

    def __init__(self, user: User, act: str, roles: Iterable[Role], organ: Organ) -> None:
        self.user, self.act, self.organ = user, act, organ
        self.roles = tuple(roles)
        names = "、".join(role.label for role in self.roles)
        super().__init__(f"您没有“{act}”的权限：须由{organ.name}的{names}办理，请联系系统管理员。")


def held_roles(user: User, organ: Organ, on: date | None = None) -> frozenset[Role]:
    """The roles a person holds at an organ, those given at its superiors included. Inactive people hold none."""
    if not user.is_active:
        return frozenset()
    day = on or timezone.localdate()
    places = [organ.path[:end] for end in range(Organ.steplen, len(organ.path) + 1, Organ.steplen)]
    rows = RoleAssignment.objects.valid_on(day).filter(user=user, organ__path__in=places)
    roles = {Role(value) for value in rows.values_list("role", flat=True)}
    if user.is_superuser:
        roles.add(Role.ADMINISTRATOR)
    return frozenset(roles)


def require(user: User, act: str, roles: Iterable[Role], organ: Organ) -> None:
    """Raise AccessDenied unless the person holds one of the roles at the organ or above it."""
    wanted = tuple(roles)
    if not held_roles(user, organ) & set(wanted):
        raise AccessDenied(user, act, wanted, organ)


def organs_of(user: User, on: date | None = None) -> QuerySet[Organ]:
    """Every organ at which the person holds any role, the organs below included."""
    if user.is_superuser:
        return Organ.objects.all()
    day = on or timezone.localdate()
    paths = RoleAssignment.objects.valid_on(day).filter(user=user).values_list("organ__path", flat=True)
    found = Organ.objects.none()
    for path in set(paths):
        found = found | Organ.objects.filter(path__startswith=path)
    return found


def organs_with(user: User, roles: Iterable[Role], on: date | None = None) -> list[Organ]:
    """The organs at which the person holds one of the roles, given there or above, in tree order; two questions at the most."""
    wanted = set(roles)
    if not user.is_active:
        return []
    if user.is_superuser and Role.ADMINISTRATOR in wanted:
        return list(Organ.objects.order_by("path"))
    rows = RoleAssignment.objects.valid_on(on or timezone.localdate()).filter(user=user, role__in=wanted)
    below = Q(pk=None)
    for path in set(rows.values_list("organ__path", flat=True)):
        below |= Q(path__startswith=path)
    return list(Organ.objects.filter(below).order_by("path")) if below != Q(pk=None) else []

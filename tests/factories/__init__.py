"""Records for tests, one function each; every one has sensible values of its own."""

from __future__ import annotations

from itertools import count

from gongkai.agencies.models import Organ, RoleAssignment, User
from gongkai.agencies.roles import Role
from gongkai.agencies.services import sync_groups

_numbers = count(1)


def organ(*, superior: Organ | None = None, **fields) -> Organ:
    """An organ, at the root or below another."""
    number = next(_numbers)
    given = {"code": f"T{number:04d}", "name": f"示例机关{number}", **fields}
    if superior is None:
        return Organ.add_root(**given)
    return Organ.objects.get(pk=superior.pk).add_child(**given)


def user(**fields) -> User:
    """A person with an account."""
    number = next(_numbers)
    given = {"username": f"person{number}", "name": f"测试人员{number}", **fields}
    return User.objects.create_user(**given)


def holder(at: Organ, *roles: Role, **fields) -> User:
    """A person who holds roles at an organ."""
    person = user(**fields)
    for role in roles:
        RoleAssignment.objects.create(user=person, organ=at, role=role)
    sync_groups(person)
    return person

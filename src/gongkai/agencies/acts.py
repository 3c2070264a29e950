"""Which roles may do which act on hand-overs, groups and filings."""

from __future__ import annotations

from gongkai.agencies import access
from gongkai.agencies.models import Organ, User
from gongkai.agencies.roles import Role

_WRITERS = (Role.ADMINISTRATOR, Role.DISCLOSURE_OFFICE, Role.DISCLOSURE_HEAD)

ACTS: dict[str, tuple[Role, ...]] = {
    "查看岗位移交": (*_WRITERS, Role.SUPERVISOR),
    "办理岗位移交": _WRITERS,
    "监交": (Role.ADMINISTRATOR, Role.DISCLOSURE_HEAD),
    "查看领导小组": (*_WRITERS, Role.SUPERVISOR),
    "维护领导小组": _WRITERS,
    "登记报备": _WRITERS,
}


def require(user: User, act: str, organ: Organ) -> None:
    """Raise AccessDenied unless the person may do the act at the organ."""
    access.require(user, act, ACTS[act], organ)


def allowed(user: User, act: str, organ: Organ) -> bool:
    """Whether the person may do the act at the organ."""
    return bool(access.held_roles(user, organ) & set(ACTS[act]))


def organs_for(user: User, act: str) -> list[Organ]:
    """The organs at which the person may do an act, in tree order."""
    return access.organs_with(user, ACTS[act])

"""Which roles may do which act on a guide or a message."""

from __future__ import annotations

from gongkai.agencies import access as agencies_access
from gongkai.agencies.access import organs_with
from gongkai.agencies.models import Organ, User
from gongkai.agencies.roles import Role

_OFFICE = (Role.DISCLOSURE_OFFICE, Role.DISCLOSURE_HEAD)
_WRITERS = (Role.INFORMATION_OFFICER, *_OFFICE)
_REVIEWERS = (Role.FIRST_REVIEWER, Role.SECOND_REVIEWER, Role.FINAL_REVIEWER, Role.DISCLOSURE_HEAD)

ACTS: dict[str, tuple[Role, ...]] = {
    "查看办事指南": (*_WRITERS, *_REVIEWERS, Role.PROOFREADER, Role.SUPERVISOR, Role.ENTERPRISE_OFFICER),
    "编写办事指南": (*_WRITERS, Role.ENTERPRISE_OFFICER),
    "审核办事指南": _REVIEWERS,
    "撤下办事指南": (*_OFFICE, Role.FINAL_REVIEWER),
    "查看留言": (*_WRITERS, *_REVIEWERS, Role.SUPERVISOR, Role.ENTERPRISE_OFFICER),
    "分办留言": _OFFICE,
    "答复留言": (*_WRITERS, Role.ENTERPRISE_OFFICER),
    "审核答复": _REVIEWERS,
    "公开留言": (*_OFFICE, Role.FINAL_REVIEWER),
    "查看留言人信息": (*_WRITERS, Role.ENTERPRISE_OFFICER),
    "维护互动设置": (Role.DISCLOSURE_HEAD, Role.ADMINISTRATOR),
}


def require(user: User, act: str, organ: Organ) -> None:
    """Raise AccessDenied unless the person may do the act at the organ."""
    agencies_access.require(user, act, ACTS[act], organ)


def allowed(user: User, act: str, organ: Organ) -> bool:
    """Whether the person may do the act at the organ."""
    return bool(agencies_access.held_roles(user, organ) & set(ACTS[act]))


def organs_for(user: User, act: str) -> list[Organ]:
    """The organs at which the person may do an act, in tree order."""
    return organs_with(user, ACTS[act])

"""Which roles may do which act of supervision."""

from __future__ import annotations

from gongkai.agencies import access as agencies_access
from gongkai.agencies.access import organs_with
from gongkai.agencies.models import Organ, User
from gongkai.agencies.roles import Role

_OFFICE = (Role.DISCLOSURE_OFFICE, Role.DISCLOSURE_HEAD, Role.SUPERVISOR)
_STAFF = tuple(role for role in Role if role is not Role.ADMINISTRATOR)  # whoever can be trained
ACTS: dict[str, tuple[Role, ...]] = {
    "查看巡查": (*_OFFICE, Role.INFORMATION_OFFICER, Role.PROOFREADER, Role.FINAL_REVIEWER),
    "发起巡查": _OFFICE,
    "核实问题": (*_OFFICE, Role.PROOFREADER),
    "下发整改": _OFFICE,
    "反馈整改": (*_OFFICE, Role.INFORMATION_OFFICER),
    "复查整改": _OFFICE,
    "查看考核": (*_OFFICE, Role.INFORMATION_OFFICER),
    "编制考核": (Role.DISCLOSURE_OFFICE, Role.SUPERVISOR),
    "公布考核": (Role.DISCLOSURE_HEAD,),
    "申诉": (Role.INFORMATION_OFFICER,),
    "查看看板": _OFFICE,
    "办理找错留言": (Role.DISCLOSURE_OFFICE, Role.DISCLOSURE_HEAD),
    "查看培训": _STAFF,
    "组织培训": _OFFICE,
    "查看要点": (*_OFFICE, Role.INFORMATION_OFFICER),
    "编制要点": (Role.DISCLOSURE_OFFICE, Role.DISCLOSURE_HEAD),
    "填报要点": (Role.DISCLOSURE_OFFICE, Role.DISCLOSURE_HEAD, Role.INFORMATION_OFFICER),
    "确认要点": (Role.DISCLOSURE_HEAD, Role.SUPERVISOR),
    "查看责任追究": (Role.DISCLOSURE_HEAD, Role.SUPERVISOR),
    "登记责任追究": (Role.DISCLOSURE_HEAD, Role.SUPERVISOR),
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

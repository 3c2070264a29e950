"""Which roles may do which act on an application, and which events of the procedure an act covers."""

from __future__ import annotations

from gongkai.agencies import access as agencies_access
from gongkai.agencies.models import Organ, User
from gongkai.agencies.roles import Role
from gongkai.core.disclosure.procedure import Actor

_OFFICE = (Role.DISCLOSURE_OFFICE, Role.DISCLOSURE_HEAD)

ACTS: dict[str, tuple[Role, ...]] = {
    "查看申请": (
        *_OFFICE,
        Role.INFORMATION_OFFICER,
        Role.CONFIDENTIALITY_REVIEWER,
        Role.LEGAL_REVIEWER,
        Role.SUPERVISOR,
    ),
    "登记申请": _OFFICE,
    "办理申请": _OFFICE,
    "填写协办意见": (*_OFFICE, Role.INFORMATION_OFFICER),
    "审批申请": (Role.DISCLOSURE_HEAD,),
    "保密审查": (Role.CONFIDENTIALITY_REVIEWER,),
    "查看申请人信息": _OFFICE,
    "维护文书模板": _OFFICE,
    "登记复议诉讼": (*_OFFICE, Role.LEGAL_REVIEWER),
    "销毁申请人信息": (Role.DISCLOSURE_HEAD,),
}
# Who may cause the events of each actor. The applicant's own acts arrive on the public pages, or on paper
# and are then entered by the office; the passing of a period is nobody's act.
ACT_OF_ACTOR = {
    Actor.HANDLER: "办理申请",
    Actor.HEAD: "审批申请",
    Actor.APPLICANT: "登记申请",
}


def require(user: User, act: str, organ: Organ) -> None:
    """Raise AccessDenied unless the person may do the act at the organ."""
    agencies_access.require(user, act, ACTS[act], organ)


def allowed(user: User, act: str, organ: Organ) -> bool:
    """Whether the person may do the act at the organ."""
    return bool(agencies_access.held_roles(user, organ) & set(ACTS[act]))


def actors_of(user: User, organ: Organ) -> frozenset[Actor]:
    """The actors of the procedure that the person may stand for."""
    held = agencies_access.held_roles(user, organ)
    return frozenset(actor for actor, act in ACT_OF_ACTOR.items() if held & set(ACTS[act]))

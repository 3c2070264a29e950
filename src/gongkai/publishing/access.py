"""Which roles may do which act on an item and its review."""

from __future__ import annotations

from gongkai.agencies import access as agencies_access
from gongkai.agencies.models import Organ, User
from gongkai.agencies.roles import Role
from gongkai.core.publication import STAGES, Stage

_OFFICE = (Role.DISCLOSURE_OFFICE, Role.DISCLOSURE_HEAD)
STAGE_ROLES = {stage: Role(rule.role) for stage, rule in STAGES.items()}
EDITORS_GROUP = "编辑："  # name of the group of those who draft for an organ, before its code
EDITORS = (Role.INFORMATION_OFFICER, *_OFFICE)

ACTS: dict[str, tuple[Role, ...]] = {
    "查看审核": (*EDITORS, *STAGE_ROLES.values(), Role.PROOFREADER, Role.LEGAL_REVIEWER, Role.SUPERVISOR),
    "拟稿送审": EDITORS,
    "登记公众关切": EDITORS,
    "发布到其他渠道": (*_OFFICE, Role.FINAL_REVIEWER),
    "编制公报": _OFFICE,
    "填写校对意见": (Role.PROOFREADER, *STAGE_ROLES.values()),
    "发布信息": (*EDITORS, Role.FINAL_REVIEWER),
    "决定紧急发布": (Role.FINAL_REVIEWER, Role.DISCLOSURE_HEAD),
    "编制目录": _OFFICE,
    "施行目录": (Role.DISCLOSURE_HEAD,),
    "导入信息": _OFFICE,
    "审核公开属性": _OFFICE,
    "认定公开属性": (Role.FINAL_REVIEWER, Role.DISCLOSURE_HEAD),
    "撤下信息": (*_OFFICE, Role.FINAL_REVIEWER),
    "移动信息": (*EDITORS, Role.FINAL_REVIEWER),
    **{rule.label: (STAGE_ROLES[stage],) for stage, rule in STAGES.items()},
}


def require(user: User, act: str, organ: Organ) -> None:
    """Raise AccessDenied unless the person may do the act at the organ."""
    agencies_access.require(user, act, ACTS[act], organ)


def allowed(user: User, act: str, organ: Organ) -> bool:
    """Whether the person may do the act at the organ."""
    return bool(agencies_access.held_roles(user, organ) & set(ACTS[act]))


def may_sign(user: User, stage: Stage, organ: Organ) -> bool:
    """Whether the person holds the role of a stage at the organ."""
    return allowed(user, STAGES[stage].label, organ)

"""Which roles may do which act on a normative document."""

from __future__ import annotations

from gongkai.agencies import access as agencies_access
from gongkai.agencies.access import organs_with
from gongkai.agencies.models import Organ, User
from gongkai.agencies.roles import Role
from gongkai.core.documents.normative import Step

_OFFICE = (Role.DISCLOSURE_OFFICE, Role.DISCLOSURE_HEAD)
_DRAFTERS = (Role.INFORMATION_OFFICER, *_OFFICE)

ACTS: dict[str, tuple[Role, ...]] = {
    "查看规范性文件": (
        *_DRAFTERS, Role.LEGAL_REVIEWER, Role.SUPERVISOR, Role.FIRST_REVIEWER, Role.SECOND_REVIEWER,
        Role.FINAL_REVIEWER, Role.CONFIDENTIALITY_REVIEWER, Role.PROOFREADER,
    ),
    "起草规范性文件": _DRAFTERS,
    "合法性审核": (Role.LEGAL_REVIEWER,),
    "登记集体审议和签发": _OFFICE,
    "登记编号和备案": _OFFICE,
    "处理公众意见": _DRAFTERS,
    "登记政策解读": _DRAFTERS,
    "开展文件清理": _OFFICE,
    "维护规范性文件设置": (Role.DISCLOSURE_HEAD, Role.ADMINISTRATOR),
}  # fmt: skip
ACT_OF_STEP = {
    Step.DRAFTING: "起草规范性文件",
    Step.EVALUATION: "起草规范性文件",
    Step.CONSULTATION: "起草规范性文件",
    Step.FEEDBACK: "处理公众意见",
    Step.COMPETITION: "起草规范性文件",
    Step.LEGALITY: "合法性审核",
    Step.DELIBERATION: "登记集体审议和签发",
    Step.SIGNING: "登记集体审议和签发",
    Step.REGISTRATION: "登记编号和备案",
    Step.PUBLICATION: "登记编号和备案",
    Step.FILING: "登记编号和备案",
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

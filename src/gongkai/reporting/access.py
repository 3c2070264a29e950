"""Which roles may do which act on ledgers and reports."""

from __future__ import annotations

from gongkai.agencies import access as agencies_access
from gongkai.agencies.models import Organ, User
from gongkai.agencies.roles import Role

ACTS: dict[str, tuple[Role, ...]] = {
    "查看年度报告": (
        Role.INFORMATION_OFFICER,
        Role.DISCLOSURE_OFFICE,
        Role.DISCLOSURE_HEAD,
        Role.SUPERVISOR,
        Role.ADMINISTRATOR,
    ),
    "登记台账": (Role.INFORMATION_OFFICER, Role.DISCLOSURE_OFFICE, Role.DISCLOSURE_HEAD),
    "编写年度报告": (Role.DISCLOSURE_OFFICE, Role.DISCLOSURE_HEAD),
    "报送年度报告审核": (Role.DISCLOSURE_OFFICE, Role.DISCLOSURE_HEAD),
    "审核年度报告": (Role.DISCLOSURE_HEAD,),
    "发布年度报告": (Role.DISCLOSURE_OFFICE, Role.DISCLOSURE_HEAD),
    "更正年度报告": (Role.DISCLOSURE_OFFICE, Role.DISCLOSURE_HEAD),
    "收集下级年报": (Role.DISCLOSURE_OFFICE, Role.DISCLOSURE_HEAD),
}


def require(user: User, act: str, organ: Organ) -> None:
    """Raise AccessDenied unless the person may do the act at the organ."""
    agencies_access.require(user, act, ACTS[act], organ)


def allowed(user: User, act: str, organ: Organ) -> bool:
    """Whether the person may do the act at the organ."""
    return bool(agencies_access.held_roles(user, organ) & set(ACTS[act]))

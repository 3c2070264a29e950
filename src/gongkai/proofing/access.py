"""Which roles keep the style book and decide on findings."""

from __future__ import annotations

from gongkai.agencies import access as agencies_access
from gongkai.agencies.models import Organ, User
from gongkai.agencies.roles import Role

_REVIEWERS = (
    Role.PROOFREADER,
    Role.FIRST_REVIEWER,
    Role.SECOND_REVIEWER,
    Role.CONFIDENTIALITY_REVIEWER,
    Role.FINAL_REVIEWER,
)
_EDITORS = (Role.INFORMATION_OFFICER, Role.DISCLOSURE_OFFICE, Role.DISCLOSURE_HEAD)

ACTS: dict[str, tuple[Role, ...]] = {
    "查看用语库": (*_EDITORS, *_REVIEWERS, Role.LEGAL_REVIEWER, Role.SUPERVISOR),
    "维护用语库": (Role.PROOFREADER, Role.FINAL_REVIEWER, Role.DISCLOSURE_HEAD),
    "处理校对发现": (*_EDITORS, *_REVIEWERS),
    "豁免严重问题": (*_REVIEWERS, Role.DISCLOSURE_HEAD),
    # Secrets, personal data and what a file hides are not a matter of wording.
    "豁免泄密和个人信息问题": (Role.CONFIDENTIALITY_REVIEWER, Role.FINAL_REVIEWER, Role.DISCLOSURE_HEAD),
}
_LEAKS = ("PI-", "SE-", "ME-")


def require(user: User, act: str, organ: Organ) -> None:
    """Raise AccessDenied unless the person may do the act at the organ."""
    agencies_access.require(user, act, ACTS[act], organ)


def allowed(user: User, act: str, organ: Organ) -> bool:
    """Whether the person may do the act at the organ."""
    return bool(agencies_access.held_roles(user, organ) & set(ACTS[act]))


def act_of_waiver(rule: str) -> str:
    """The act that a waiver of a finding of this rule is."""
    return "豁免泄密和个人信息问题" if rule.startswith(_LEAKS) else "豁免严重问题"

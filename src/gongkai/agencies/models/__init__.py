"""Organs, posts and people; what happens to posts."""

from gongkai.agencies.models.filings import FilingRecord, FilingRule
from gongkai.agencies.models.hand_overs import HandOver, HandOverLine, HandOverStep
from gongkai.agencies.models.organs import (
    Appointment,
    Department,
    Organ,
    OrganManager,
    OrganQuerySet,
    Post,
    RoleAssignment,
    User,
    ValidityQuerySet,
)
from gongkai.agencies.models.working_groups import GroupChange, GroupMember, WorkingGroup

__all__ = [
    "Appointment",
    "Department",
    "FilingRecord",
    "FilingRule",
    "GroupChange",
    "GroupMember",
    "HandOver",
    "HandOverLine",
    "HandOverStep",
    "Organ",
    "OrganManager",
    "OrganQuerySet",
    "Post",
    "RoleAssignment",
    "User",
    "ValidityQuerySet",
    "WorkingGroup",
]

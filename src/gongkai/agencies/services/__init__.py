"""Acts on organs and people."""

from gongkai.agencies.services.assign_role import assign_role, end_role, sync_groups
from gongkai.agencies.services.organs import (
    OrganInUse,
    create_department,
    create_organ,
    create_person,
    end_organ,
    set_active,
)
from gongkai.agencies.services.posts import appoint, create_post

__all__ = [
    "OrganInUse",
    "appoint",
    "assign_role",
    "create_department",
    "create_organ",
    "create_person",
    "create_post",
    "end_organ",
    "end_role",
    "set_active",
    "sync_groups",
]

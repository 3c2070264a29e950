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

__all__ = [
    "OrganInUse",
    "assign_role",
    "create_department",
    "create_organ",
    "create_person",
    "end_organ",
    "end_role",
    "set_active",
    "sync_groups",
]

"""Acts on organs and people."""

from gongkai.agencies.services.assign_role import assign_role, end_role, sync_groups

__all__ = ["assign_role", "end_role", "sync_groups"]

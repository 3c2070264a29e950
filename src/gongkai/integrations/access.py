"""Who looks after what leaves the house."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from gongkai.agencies.models import RoleAssignment, User
from gongkai.agencies.roles import Role

WATCHERS = (Role.ADMINISTRATOR, Role.DISCLOSURE_HEAD)


def may_watch(user: User) -> bool:
    """Whether the person is an administrator or heads a disclosure office somewhere."""
    if not user.is_active:
        return False
    held = RoleAssignment.objects.valid_on(timezone.localdate()).filter(user=user, role__in=WATCHERS)
    return bool(user.is_superuser or held.exists())


def require_watch(user: User) -> None:
    """Refuse whoever may not watch the outbox."""
    if not may_watch(user):
        raise PermissionDenied("您没有查看待发消息的权限，须由公开办负责人或者系统管理员办理。")

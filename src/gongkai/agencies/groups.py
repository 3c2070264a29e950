"""One Django group per role, so that Wagtail's own permission screens know our roles."""

from __future__ import annotations

from typing import Any

from gongkai.agencies.roles import Role


def ensure_role_groups(app_config: Any, **_: Any) -> None:
    """After every migration: each role has its group, and each group may enter the back office."""
    from django.contrib.auth.models import Group, Permission

    if app_config.label != "wagtailadmin":  # the last app whose permission the groups need
        return
    enter = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin").first()
    for role in Role:
        group, _created = Group.objects.get_or_create(name=role.label)
        if enter is not None:
            group.permissions.add(enter)

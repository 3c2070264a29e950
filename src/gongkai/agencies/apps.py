"""Organs, people and roles."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AgenciesConfig(AppConfig):
    name = "gongkai.agencies"
    verbose_name = "机构与人员"

    def ready(self) -> None:
        from gongkai.agencies.groups import ensure_role_groups

        post_migrate.connect(ensure_role_groups, dispatch_uid="gongkai.agencies.role_groups")

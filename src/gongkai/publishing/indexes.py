"""Indexes of ours on Wagtail's tables, for the editors' lists (``gongkai.publishing.explorer``).

Made after every run of ``migrate``, as the triggers are: a later migration of Wagtail's that rebuilds the table drops them.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

# The columns by which the explorer filters, sorts and searches, so that none of the three reads the rows themselves.
INDEXES = {"gk_page_listing": "wagtailcore_page (depth, path, latest_revision_created_at, draft_title)"}


def install(using: str) -> None:
    """Make what is not there."""
    with connections[using].cursor() as cursor:
        for name, columns in INDEXES.items():
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {columns}")


def after_migrate(app_config: Any, using: str, **_: Any) -> None:
    """A partial run may lack the table."""
    if (
        app_config.label == "publishing"
        and "wagtailcore_page" in connections[using].introspection.table_names()
    ):
        install(using)

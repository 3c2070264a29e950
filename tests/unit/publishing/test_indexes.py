"""Indexes of ours on Wagtail's tables."""

import pytest
from django.core.management import call_command
from django.db import connection

from gongkai.publishing import indexes

pytestmark = pytest.mark.django_db


def made() -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, "wagtailcore_page"))


def test_they_stand_after_migrate_and_are_made_again_when_lost():
    assert set(indexes.INDEXES) <= made()
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX gk_page_listing")
    assert "gk_page_listing" not in made()
    call_command("migrate", "publishing", verbosity=0)
    assert set(indexes.INDEXES) <= made()


def test_a_list_is_answered_by_the_index_alone():
    if connection.vendor != "sqlite":
        pytest.skip("the plan's words are SQLite's")
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN QUERY PLAN SELECT id FROM wagtailcore_page WHERE depth = 5 AND path BETWEEN '0001' AND '0001ZZZZ'"
            " AND draft_title LIKE '%a%' ORDER BY latest_revision_created_at DESC LIMIT 50"
        )
        plan = " ".join(str(row[-1]) for row in cursor.fetchall())
    assert "COVERING INDEX gk_page_listing" in plan

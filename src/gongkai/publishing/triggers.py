"""The gate in the database itself: what no route around ``services.publish`` can pass, raw SQL included.

- A row of ``wagtailcore_page`` that is an item becomes live, takes another live revision or changes what the public sees
  only with an open grant for its live revision; going off line ends the grant.
- A live item's own columns change only together with ``released_digest``, which must be that of an open grant.
- 索引号, once issued, never changes. Grants need a passed review of the same content, are never deleted, and change in
  nothing but their end; steps of a review never change.

Installed after every run of ``migrate`` rather than in one migration: on SQLite a later migration that rebuilds a table
drops its triggers, and cannot even rename a table that a trigger elsewhere names.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connections
from django.db.models import Model

from gongkai.publishing.canonical import HOUSEKEEPING

ERRCODE = "integrity_constraint_violation"
_ITEM_TYPE = "(SELECT id FROM django_content_type WHERE app_label = 'publishing' AND model = 'itempage')"
_IS_ITEM = (
    f"(NEW.content_type_id = {_ITEM_TYPE}"  # noqa: S608 - our own table names, nothing from outside
    " OR EXISTS (SELECT 1 FROM publishing_itempage WHERE page_ptr_id = NEW.id))"
)
_NO_GRANT = (
    "NOT EXISTS (SELECT 1 FROM publishing_releasegrant g WHERE g.page_id = NEW.id"
    " AND g.revision_id = NEW.live_revision_id AND g.ended_at IS NULL)"
)
_PAGE_IS_LIVE = "EXISTS (SELECT 1 FROM wagtailcore_page p WHERE p.id = NEW.page_ptr_id AND p.live)"
_NO_GRANT_FOR_CONTENT = (
    "NOT EXISTS (SELECT 1 FROM publishing_releasegrant g WHERE g.page_id = NEW.page_ptr_id"
    " AND g.digest = NEW.released_digest AND g.ended_at IS NULL)"
)
_NO_PASSED_REVIEW = (
    "NOT EXISTS (SELECT 1 FROM publishing_review r WHERE r.id = NEW.review_id AND r.state = 'passed'"
    " AND r.page_id = NEW.page_id AND r.digest = NEW.digest AND r.revision_id = NEW.revision_id)"
)
_FIXED_OF_GRANT = ("id", "page_id", "revision_id", "digest", "review_id", "granted_by_id", "granted_at")

# name, table, when, of what, condition, message. The same text serves both databases but for "differs".
Rule = tuple[str, str, str, str, str]


def _differs(columns: Iterable[str], vendor: str) -> str:
    unlike = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    return "(" + " OR ".join(f'NEW."{name}" {unlike} OLD."{name}"' for name in columns) + ")"


def _content_columns(model: type[Model]) -> list[str]:
    return [f.column for f in model._meta.local_concrete_fields if f.name not in HOUSEKEEPING]


def rules(vendor: str) -> list[Rule]:
    """Every refusal: name, table, event, condition and message."""
    from wagtail.models import Page

    from gongkai.publishing.models import ItemPage

    seen = _differs(["live", "live_revision_id", "content_type_id", *_content_columns(Page)], vendor)
    same_revision = f"OLD.live AND NOT {_differs(['live_revision_id'], vendor)}"
    shown = _differs(_content_columns(Page), vendor)
    own = _differs(_content_columns(ItemPage), vendor)
    digest = _differs(["released_digest"], vendor)
    page, item, grant = "wagtailcore_page", "publishing_itempage", "publishing_releasegrant"
    no_release, append_only = "item is live without a release grant", "reviews are append-only"
    return [
        ("gk_page_insert", page, "INSERT", f"NEW.live AND NEW.content_type_id = {_ITEM_TYPE}", no_release),
        ("gk_page_update", page, "UPDATE", f"NEW.live AND {seen} AND {_IS_ITEM} AND {_NO_GRANT}", no_release),
        ("gk_page_shown", page, "UPDATE", f"NEW.live AND {same_revision} AND {shown} AND {_IS_ITEM}", no_release),
        ("gk_item_insert", item, "INSERT", f"{_PAGE_IS_LIVE}", no_release),
        (
            "gk_item_update", item, "UPDATE",
            f"({own} OR {digest}) AND {_PAGE_IS_LIVE} AND (NOT {digest} OR {_NO_GRANT_FOR_CONTENT})", no_release,
        ),
        (
            "gk_item_number", item, "UPDATE",
            f"OLD.index_number IS NOT NULL AND {_differs(['index_number'], vendor)}", "the index number is fixed",
        ),
        ("gk_grant_insert", grant, "INSERT", _NO_PASSED_REVIEW, "a grant needs a passed review"),
        (
            "gk_grant_update", grant, "UPDATE",
            f"OLD.ended_at IS NOT NULL OR {_differs(_FIXED_OF_GRANT, vendor)}", append_only,
        ),
        ("gk_grant_delete", grant, "DELETE", "", append_only),
        ("gk_step_update", "publishing_reviewstep", "UPDATE", "", append_only),
        ("gk_step_delete", "publishing_reviewstep", "DELETE", "", append_only),
    ]  # fmt: skip


_END_GRANT = (
    "UPDATE publishing_releasegrant SET ended_at = CURRENT_TIMESTAMP, ended_why = '下线'"
    " WHERE page_id = NEW.id AND revision_id = OLD.live_revision_id AND ended_at IS NULL"
)


def _sqlite() -> list[str]:
    made = [
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} {f'WHEN {condition}' if condition else ''}"
        f" BEGIN SELECT RAISE(ABORT, '{message}'); END"
        for name, table, event, condition, message in rules("sqlite")
    ]
    made.append(
        f"CREATE TRIGGER gk_page_ended AFTER UPDATE ON wagtailcore_page WHEN OLD.live AND NOT NEW.live"
        f" BEGIN {_END_GRANT}; END"
    )
    return made


def _postgresql() -> list[str]:
    made = []
    for name, table, event, condition, message in rules("postgresql"):
        row = "OLD" if event == "DELETE" else "NEW"
        made += [
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition or 'TRUE'} THEN"
            f" RAISE EXCEPTION '{message}' USING ERRCODE = '{ERRCODE}'; END IF; RETURN {row}; END $$",
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]
    return [
        *made,
        f"CREATE FUNCTION gk_page_ended() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {_END_GRANT};"
        " RETURN NULL; END $$",
        "CREATE TRIGGER gk_page_ended AFTER UPDATE ON wagtailcore_page FOR EACH ROW"
        " WHEN (OLD.live AND NOT NEW.live) EXECUTE FUNCTION gk_page_ended()",
    ]


def names() -> list[str]:
    """The triggers by name, for those who check that they stand."""
    return [*(rule[0] for rule in rules("sqlite")), "gk_page_ended"]


def drop(using: str) -> None:
    """Take the triggers away, while tables are rebuilt."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name in names():
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            else:
                cursor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")


def install(using: str) -> None:
    """Put every trigger in place anew."""
    drop(using)
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in {"sqlite": _sqlite, "postgresql": _postgresql}[connection.vendor]():
            cursor.execute(statement)


def before_migrate(app_config: Any, using: str, **_: Any) -> None:
    if app_config.label == "publishing":
        drop(using)


def after_migrate(app_config: Any, using: str, **_: Any) -> None:
    """All apps are migrated when the first of these signals is sent; a partial run may lack our tables."""
    if app_config.label != "publishing":
        return
    tables = set(connections[using].introspection.table_names())
    if {"publishing_releasegrant", "publishing_reviewstep", "wagtailcore_page"} <= tables:
        install(using)

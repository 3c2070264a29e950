"""Recording one event; the only writer of the log."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from gongkai.audit.chain import GENESIS, event_digest
from gongkai.audit.models import Event

_CHAIN_LOCK = 0x676F6E67  # advisory lock number of the chain on PostgreSQL: "gong"


def record_event(
    action: str,
    subject: models.Model | None = None,
    *,
    actor: Any,
    organ_code: str = "",
    **data: Any,
) -> Event:
    """Append an event within the caller's transaction, so that act and record stand or fall together.

    Args:
        action: dotted name, ``report.frozen``.
        subject: the record acted upon.
        actor: the user, or a text such as "system" for scheduled work.
        data: JSON-ready facts; dates and decimals are written as text.
    """
    with transaction.atomic():
        _lock_chain()
        last = Event.objects.order_by("-pk").values_list("digest", flat=True).first()
        named = hasattr(actor, "get_username")
        event = Event(
            at=timezone.now(),
            actor=actor.get_username() if named else str(actor),
            actor_name=actor.get_full_name() if named else "",
            action=action,
            subject_type=subject._meta.label_lower if subject is not None else "",
            subject_id=str(subject.pk) if subject is not None else "",
            subject_label=str(subject)[:300] if subject is not None else "",
            organ_code=organ_code,
            data=json.dumps(data, ensure_ascii=False, sort_keys=True, default=str),
            previous=last or GENESIS,
        )
        event.digest = event_digest(event)
        event.save(force_insert=True)
    return event


def _lock_chain() -> None:
    """One writer at a time. SQLite's IMMEDIATE transactions are alone already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])

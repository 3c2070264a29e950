"""The event log: chained, verifiable, unchangeable."""

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.audit.chain import GENESIS, sm3, verify
from gongkai.audit.models import Event
from gongkai.audit.services import record_event

pytestmark = pytest.mark.django_db


def events():
    return Event.objects.order_by("pk")


def test_sm3_gives_the_standards_example():
    """GB/T 32905-2016, A.1: the message "abc"."""
    assert sm3(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_each_event_carries_the_digest_of_the_one_before():
    first = record_event("test.first", actor="system")
    second = record_event("test.second", actor="system", amount=3)

    assert (first.previous, second.previous) == (GENESIS, first.digest)
    assert verify(events()).events == 2
    assert verify(events()).broken_at is None


def test_an_event_read_back_from_the_database_still_verifies():
    record_event("test.text", actor="system", note="公开“办”\n换行", day="2026-03-02")

    assert verify(Event.objects.order_by("pk").iterator()).broken_at is None


def test_a_changed_event_is_named():
    record_event("test.first", actor="system")
    changed = record_event("test.second", actor="system", amount=3)
    stored = list(events())
    stored[1].data = '{"amount": 4}'

    verdict = verify(stored)

    assert (verdict.broken_at, verdict.events) == (changed.pk, 1)


def test_a_missing_event_is_noticed_at_its_successor():
    record_event("test.first", actor="system")
    record_event("test.second", actor="system")
    last = record_event("test.third", actor="system")
    first, _second, third = events()

    assert verify([first, third]).broken_at == last.pk


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_event SET action = 'x'", "DELETE FROM audit_event", "TRUNCATE audit_event"]
)
def test_the_database_itself_refuses_to_change_events(statement):
    """Architecture: updates and deletes of events are refused by triggers."""
    if statement.startswith("TRUNCATE") and connection.vendor == "sqlite":
        statement = "DELETE FROM audit_event WHERE 1"
    record_event("test.first", actor="system")

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert Event.objects.count() == 1


def test_the_orm_cannot_change_or_delete_events_either():
    event = record_event("test.first", actor="system")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(action="x")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.delete()

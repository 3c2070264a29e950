"""The outbox: nothing lost when the other side is down, nothing twice under one key, what stands still is seen."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from tests import factories

from gongkai.agencies.roles import Role
from gongkai.audit.models import Event
from gongkai.integrations import outbox
from gongkai.integrations.channels import DeliveryFailed, register
from gongkai.integrations.mail import leave_mail
from gongkai.integrations.models import OutboxMessage

pytestmark = pytest.mark.django_db
_S = OutboxMessage.State


@pytest.fixture
def far():
    """An outside system of the test: what it took, and whether it is down."""

    class Far:
        def __init__(self):
            self.taken, self.down = [], None

        def __call__(self, payload, key):
            if self.down is not None:
                raise self.down
            self.taken.append((payload["n"], key))

    system = Far()
    register("far", system)
    return system


def left(number=1, key=None):
    return outbox.leave("far", {"n": number}, key=key or f"k{number}", what="测试")


def test_the_row_stands_or_falls_with_the_act(far):
    def failing_act():
        with transaction.atomic():
            left()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing_act()
    assert not OutboxMessage.objects.exists()

    left()

    assert outbox.deliver_due() == (1, 0)
    assert far.taken == [(1, "k1")]
    assert outbox.deliver_due() == (0, 0)


def test_one_key_is_one_message(far):
    assert left(1, "same").pk == left(2, "same").pk

    outbox.deliver_due()

    assert far.taken == [(1, "same")]


def test_nothing_is_lost_while_the_other_side_is_down_and_waits_grow(far):
    far.down = DeliveryFailed("连不上")
    left()
    now, waits = timezone.now(), []
    for _ in range(4):
        assert outbox.deliver_due(now=now) == (0, 1)
        message = OutboxMessage.objects.get()
        assert message.state == _S.WAITING
        assert message.fault == "连不上"
        waits.append(round((message.next_at - now).total_seconds() / 60))
        assert outbox.deliver_due(now=message.next_at - timedelta(seconds=5)) == (0, 0)
        now = message.next_at + timedelta(seconds=1)
    assert waits == [1, 2, 4, 8]

    far.down = None
    assert outbox.deliver_due(now=now) == (1, 0)

    assert far.taken == [(1, "k1")]
    assert OutboxMessage.objects.get().state == _S.SENT


def test_a_process_that_dies_in_the_middle_gives_its_message_back(far):
    """At least once: the lease ends and the same key is delivered again."""
    left()
    now = timezone.now()
    assert outbox._take(now) is not None  # and here the process dies
    assert outbox.deliver_due(now=now) == (0, 0)

    assert outbox.deliver_due(now=now + outbox.LEASE + timedelta(seconds=1)) == (1, 0)

    assert far.taken == [(1, "k1")]


def test_an_error_of_the_program_stops_neither_the_message_nor_the_others(far):
    def broken(payload, key):
        raise ZeroDivisionError

    register("broken", broken)
    outbox.leave("broken", {}, key="b", what="坏的")
    left()

    assert outbox.deliver_due() == (1, 1)

    assert OutboxMessage.objects.get(key="b").state == _S.WAITING


def test_after_many_attempts_it_stands_still_and_people_are_told(far, client):
    organ = factories.organ()
    head = factories.reviewer(organ, Role.DISCLOSURE_HEAD)
    far.down = DeliveryFailed("对方系统维护")
    message = left()
    for day in range(1, outbox.MAX_ATTEMPTS + 1):
        outbox.deliver_due(now=timezone.now() + timedelta(days=day))
    message.refresh_from_db()
    assert message.state == _S.DEAD
    assert Event.objects.filter(action="outbox.dead").count() == 1
    client.force_login(factories.editor(organ))
    assert client.get(reverse("integrations:outbox")).status_code in {302, 403}
    client.force_login(head)
    assert "处理发不出去的消息：1 条" in client.get("/houtai/").content.decode()
    assert "对方系统维护" in client.get(reverse("integrations:outbox")).content.decode()

    far.down = None
    client.post(reverse("integrations:again", args=[message.pk]))
    assert outbox.deliver_due() == (1, 0)

    assert far.taken == [(1, "k1")]


def test_giving_up_takes_a_reason_and_keeps_the_record(far, client):
    far.down = DeliveryFailed("不收", is_final=True)
    message = left()
    outbox.deliver_due()
    client.force_login(factories.reviewer(factories.organ(), Role.DISCLOSURE_HEAD))
    address = reverse("integrations:drop", args=[message.pk])
    assert client.post(address, {"reason": ""}).status_code == 422

    client.post(address, {"reason": "对方系统已停用"})

    assert OutboxMessage.objects.get().state == _S.DROPPED
    assert Event.objects.filter(action="outbox.dropped").exists()


def test_an_unknown_channel_is_said_at_once():
    outbox.leave("nowhere", {}, key="x", what="测试")

    assert outbox.deliver_due() == (0, 1)

    assert OutboxMessage.objects.get().state == _S.DEAD


def test_a_mail_leaves_once_with_a_steady_id_and_lies_sealed():
    leave_mail(to="a@example.cn", subject="题", body="文", key="m1", what="邮件")
    with connection.cursor() as cursor:
        cursor.execute("SELECT payload FROM integrations_outboxmessage")
        assert "example.cn" not in cursor.fetchone()[0]

    outbox.deliver_due()
    first = mail.outbox[0].message()["Message-ID"]
    OutboxMessage.objects.update(state=_S.WAITING, next_at=timezone.now())
    outbox.deliver_due()

    assert [one.to for one in mail.outbox] == [["a@example.cn"], ["a@example.cn"]]
    assert mail.outbox[1].message()["Message-ID"] == first


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (ConnectionRefusedError(), _S.WAITING),
        (smtplib.SMTPServerDisconnected(), _S.WAITING),
        (smtplib.SMTPRecipientsRefused({"a@example.cn": (451, b"later")}), _S.WAITING),
        (smtplib.SMTPRecipientsRefused({"a@example.cn": (550, b"no such user")}), _S.DEAD),
    ],
)
def test_what_the_mail_server_says_decides_whether_to_try_again(monkeypatch, error, state):
    def send(self, **_):
        raise error

    monkeypatch.setattr("django.core.mail.EmailMessage.send", send)
    leave_mail(to="a@example.cn", subject="题", body="文", key="m1", what="邮件")

    outbox.deliver_due()

    found = OutboxMessage.objects.get()
    assert found.state == state
    assert "a@example.cn" not in found.fault

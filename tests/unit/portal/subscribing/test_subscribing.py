"""Subscription by e-mail: double opt-in, the digest, leaving, and that nobody learns who is subscribed."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import factories

from gongkai.demo.days import at as at_moment
from gongkai.integrations.outbox import deliver_due
from gongkai.portal.subscribing import acts
from gongkai.portal.subscribing.models import Subscriber

pytestmark = pytest.mark.django_db
EMAIL = "Du.Zhe@example.cn"


@pytest.fixture
def column():
    cache.clear()
    organ = factories.organ()
    factories.portal_site(organ)
    made = factories.column(title="通知公告")
    released(made, "早先的信息")
    made.organ = organ
    return made


def released(column, title):
    draft = factories.draft_item(column=column, title=title)
    factories.release(draft)
    return draft


def ask(client, column, email=EMAIL):
    return client.post(reverse("portal:subscribe"), {"email": email, "columns": [column.pk]})


def links():
    deliver_due()
    return [re.search(r"https?://\S+/dingyue/\S+", one.body)[0] for one in mail.outbox]


def path_of(link):
    return re.sub(r"^https?://[^/]+", "", link)


def subscribed(client, column):
    ask(client, column)
    client.post(path_of(links()[0]))
    mail.outbox.clear()


def test_nothing_begins_before_the_address_confirms_by_a_button(column, client):
    assert ask(client, column).status_code == 200
    confirm = path_of(links()[0])
    assert mail.outbox[0].to == [EMAIL]
    assert "通知公告" in mail.outbox[0].body
    assert client.get(confirm).status_code == 200
    assert Subscriber.objects.get().confirmed_at is None

    assert "订阅成功" in client.post(confirm).content.decode()

    assert Subscriber.objects.get().confirmed_at is not None


def test_known_and_unknown_addresses_get_the_same_answer(column, client):
    subscribed(client, column)

    known, unknown = ask(client, column), ask(client, column, "nobody@example.cn")

    assert known.status_code == unknown.status_code == 200
    assert known.content == unknown.content
    assert EMAIL not in known.content.decode()


def test_the_address_lies_sealed_and_one_mailbox_is_asked_few_times_a_day(column, client):
    other = factories.column(title="另一栏目")
    released(other, "信息")
    for columns in ([column.pk], [other.pk], [column.pk, other.pk], [column.pk], [other.pk]):
        client.post(reverse("portal:subscribe"), {"email": EMAIL, "columns": columns})
    with connection.cursor() as cursor:
        cursor.execute("SELECT email, lookup FROM portal_subscriber")
        row = " ".join(cursor.fetchone())

    deliver_due()

    assert "example.cn" not in row.lower()
    assert len(mail.outbox) == 3


def test_a_digest_holds_what_went_live_since_and_is_sent_once_a_day(column, client):
    subscribed(client, column)
    other = factories.column(title="别的栏目")
    draft = factories.draft_item(column=column, title="还没发布的")
    tomorrow = timezone.now() + timedelta(days=1)
    with at_moment(tomorrow - timedelta(hours=2)):
        fresh = released(column, "新的通知")
        released(other, "别栏目的")
    today = timezone.localdate(tomorrow)

    assert acts.leave_digests(today, now=tomorrow) == 1
    assert acts.leave_digests(today, now=tomorrow) == 0
    deliver_due()

    (digest,) = mail.outbox
    assert "新的通知" in digest.body
    assert type(fresh).objects.get(pk=fresh.pk).slug in digest.body
    for absent in ("早先的信息", "别栏目的", draft.title):
        assert absent not in digest.body
    assert digest.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "List-Unsubscribe" in digest.message()
    assert acts.leave_digests(today + timedelta(days=1), now=tomorrow + timedelta(days=1)) == 0


def test_leaving_takes_one_click_without_a_session_and_forgets_the_address(column, client):
    subscribed(client, column)
    tomorrow = timezone.now() + timedelta(days=1)
    with at_moment(tomorrow - timedelta(hours=2)):
        released(column, "新的通知")
    acts.leave_digests(timezone.localdate(tomorrow), now=tomorrow)
    leave = path_of(links()[0])
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.get(leave).status_code == 200
    assert Subscriber.objects.get().email == EMAIL

    assert stranger.post(leave, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert stranger.post(leave).status_code == 200

    found = Subscriber.objects.get()
    assert (found.email, found.lookup, found.columns.count()) == ("", None, 0)
    with at_moment(tomorrow + timedelta(hours=2)):
        released(column, "更新的通知")
    later = tomorrow + timedelta(days=1)
    assert acts.leave_digests(timezone.localdate(later), now=later) == 0


@pytest.mark.parametrize("name", ["portal:subscribe_confirm", "portal:subscribe_leave"])
def test_an_altered_link_does_nothing(column, client, name):
    subscribed(client, column)

    for token in ("x", "WzEsWzFdXQ:1abc:def"):
        assert client.get(reverse(name, args=[token])).status_code == 410
        assert client.post(reverse(name, args=[token])).status_code == 410


def test_a_link_to_confirm_grows_old_and_the_address_is_forgotten(column, client, monkeypatch):
    ask(client, column)
    confirm = path_of(links()[0])
    later = (timezone.now() + timedelta(days=acts.CONFIRM_DAYS, hours=1)).timestamp()
    with monkeypatch.context() as patched:
        patched.setattr("django.core.signing.time.time", lambda: later)
        assert client.post(confirm).status_code == 410
    end = timezone.now() + timedelta(days=acts.FORGET_DAYS + 1)

    acts.leave_digests(timezone.localdate(end), now=end)

    assert Subscriber.objects.get().email == ""


def test_a_faulty_form_keeps_what_was_typed(column, client):
    answer = client.post(reverse("portal:subscribe"), {"email": "bu-dui"})

    assert answer.status_code == 422
    assert "bu-dui" in answer.content.decode()
    assert "请至少选一个栏目" in answer.content.decode()

"""Public calculators: the law's vectors by address, errors beside their fields."""

import pytest

pytestmark = pytest.mark.django_db
PATH = "/zfxxgk/ysqgk/jisuan/"


def ask(client, **given):
    return client.get(PATH, given)


def test_the_reply_period_is_counted_with_make_up_days(client):
    html = ask(client, received_on="2026-02-10", channel="counter").content.decode()

    assert "2026年3月16日" in html
    assert "调休上班" in html
    assert "春节放假" in html


def test_an_extension_is_added(client):
    html = ask(client, received_on="2026-03-02", channel="counter", extension="20").content.decode()

    assert "2026年4月28日" in html


def test_a_date_past_the_published_holidays_is_provisional(client):
    html = ask(client, received_on="2026-12-21", channel="counter").content.decode()

    assert "暂定" in html
    assert "放假安排未公布" in html


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"received_on": "2026-03-02", "channel": "web"}, "请填写确认的日期"),
        ({"received_on": "2026-03-02", "channel": "web", "confirmed_on": "2026-03-01"}, "早于提交的日期"),
        ({"received_on": "2026-03-02", "channel": "counter", "extension": "21"}, "20"),
        ({"received_on": "not a day", "channel": "counter"}, "日期"),
        ({"received_on": "1990-01-01", "channel": "counter"}, "2007"),
        ({"received_on": "2026-03-02", "channel": "pigeon"}, "pigeon"),
        ({"items": "-1"}, "0"),
        ({"items": "", "pages": ""}, "请填写件数或页数"),
        ({"items": "999999999"}, "100000"),
    ],
)
def test_what_cannot_be_answered_is_said_beside_its_field(client, given, said):
    response = ask(client, **given)

    assert said in response.content.decode()
    assert 'class="field-error"' in response.content.decode()


@pytest.mark.parametrize(
    ("given", "yuan"), [({"items": "45"}, "5500"), ({"pages": "350"}, "8700"), ({"items": "0"}, "0")]
)
def test_fees_are_those_of_the_rules(client, given, yuan):
    assert f"<strong>{yuan}</strong>" in ask(client, **given).content.decode()

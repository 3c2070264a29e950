"""Who is counted as one, and for how long."""

from unittest import mock

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from gongkai.inforequests import limits


@pytest.fixture(autouse=True)
def two_an_hour(settings):
    cache.clear()
    settings.PUBLIC_LIMITS = {"act": (2, 3600)}


def at(second: int):
    return mock.patch.object(limits.time, "time", return_value=3600 * 1000 + second)


def test_the_third_act_of_an_hour_waits_for_the_next_hour():
    with at(600):
        answers = [limits.take("act", "a") for _ in range(3)]
    with at(3600):
        after = limits.take("act", "a")

    assert answers == [0, 0, 3000]
    assert after == 0


def test_one_does_not_count_for_another():
    with at(0):
        for _ in range(3):
            limits.take("act", "a")

        assert limits.take("act", "b") == 0
        assert limits.take("act", "a", "b") == 0


def test_asking_counts_nothing():
    with at(0):
        for _ in range(5):
            limits.is_spent("act", "a")
        before = limits.is_spent("act", "a")
        limits.take("act", "a")
        limits.take("act", "a")

        assert (before, limits.is_spent("act", "a")) == (0, 3600)


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "198.51.100.1", "203.0.113.9"),
        (1, "127.0.0.1", "198.51.100.1", "198.51.100.1"),
        (1, "127.0.0.1", "10.9.9.9, 198.51.100.1", "198.51.100.1"),
        (2, "127.0.0.1", "10.9.9.9, 198.51.100.1, 192.0.2.8", "198.51.100.1"),
        (1, "127.0.0.1", "", "127.0.0.1"),
        (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::"),
        (0, "::ffff:203.0.113.9", "", "203.0.113.9"),
        (0, "", "", ""),
    ],
    ids=[
        "no proxy",
        "one",
        "invented before it",
        "two",
        "silent proxy",
        "a /64 is one",
        "IPv4 in IPv6",
        "none",
    ],
)
def test_only_our_own_proxies_are_believed(settings, proxies, peer, forwarded, expected):
    settings.CLIENT_ADDRESS_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)

    assert limits.client_address(request) == expected

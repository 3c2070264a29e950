"""Stories run side by side, each act on its own day."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from gongkai.demo.days import at, live

UNTIL = datetime(2026, 3, 10, 9, tzinfo=UTC)


def told(name, days, log):
    for day in days:
        yield day
        log.append((name, timezone.localdate(), timezone.now()))


def test_acts_come_in_the_order_of_their_days_and_see_that_day_as_today():
    log = []

    live(
        [told("甲", [date(2026, 3, 2), date(2026, 3, 6)], log), told("乙", [date(2026, 3, 3)], log)],
        until=UNTIL,
    )

    assert [entry[:2] for entry in log] == [
        ("甲", date(2026, 3, 2)),
        ("乙", date(2026, 3, 3)),
        ("甲", date(2026, 3, 6)),
    ]
    assert timezone.now().year != 2026 or timezone.now() > UNTIL


def test_acts_of_one_day_follow_each_other_and_none_lies_after_the_end():
    log = []
    day = timezone.localdate(UNTIL)

    live([told(str(n), [day], log) for n in range(200)], until=UNTIL)

    moments = [entry[2] for entry in log]
    assert moments == sorted(moments)
    assert moments[-1] == UNTIL


def test_what_would_come_after_the_end_stays_undone():
    log = []

    live([told("甲", [date(2026, 3, 2), date(2026, 3, 11)], log)], until=UNTIL)

    assert [entry[1] for entry in log] == [date(2026, 3, 2)]


def test_a_story_that_goes_back_is_a_mistake():
    with pytest.raises(ValueError, match="goes back"):
        live([told("甲", [date(2026, 3, 2), date(2026, 3, 1)], [])], until=UNTIL)


def test_the_clock_is_right_again_after_an_act_that_failed():
    with pytest.raises(ZeroDivisionError), at(UNTIL):
        1 / 0  # noqa: B018

    assert timezone.now() != UNTIL

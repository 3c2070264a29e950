"""Time limits of publication and of columns."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.calendars.calendar import national_calendar
from gongkai.core.publication import WINDOW_DAYS, Freshness, UpdateClass, freshness, publication_due

CALENDAR = national_calendar()


def test_publication_is_due_on_the_twentieth_working_day():
    """条例 Art. 26: formed on Friday 2026-03-06, counted from Monday the 9th; Qingming closes 6 April."""
    clock = publication_due(date(2026, 3, 6), CALENDAR)

    assert (clock.due_on, clock.is_provisional) == (date(2026, 4, 3), False)


def test_another_law_sets_another_limit():
    assert publication_due(date(2026, 3, 6), CALENDAR, working_days=5).due_on == date(2026, 3, 13)


def test_a_limit_past_the_last_notice_is_provisional():
    assert publication_due(date(2026, 12, 20), CALENDAR).is_provisional


def test_a_limit_of_no_days_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        publication_due(date(2026, 3, 6), CALENDAR, working_days=0)


@given(st.dates(date(2008, 1, 1), date(2026, 10, 1)))
def test_exactly_twenty_working_days_lie_between(formed):
    """Arts. 26: the day of forming is not counted, the last one is."""
    due = publication_due(formed, CALENDAR).due_on

    assert CALENDAR.between(formed, due) == 20
    assert CALENDAR.is_working_day(due)


@pytest.mark.parametrize(
    ("kind", "age", "seen"),
    [
        (UpdateClass.NEWS, 10, Freshness.FRESH),
        (UpdateClass.NEWS, 11, Freshness.DUE_SOON),
        (UpdateClass.NEWS, 14, Freshness.DUE_SOON),
        (UpdateClass.NEWS, 15, Freshness.STALE),
        (UpdateClass.NOTICE_OR_POLICY, 180, Freshness.DUE_SOON),
        (UpdateClass.NOTICE_OR_POLICY, 181, Freshness.STALE),
        (UpdateClass.OTHER, 3000, Freshness.NO_CLOCK),
    ],
)
def test_a_column_is_stale_when_its_window_has_passed(kind, age, seen):
    """国办秘函〔2019〕19号 V-W-09, bounds inclusive."""
    on = date(2026, 6, 30)

    assert freshness(on - timedelta(days=age), kind, on=on) is seen


def test_a_column_without_items_is_blank_and_an_ended_one_has_no_clock():
    """V-W-11; P-COL-04."""
    on = date(2026, 6, 30)

    assert freshness(None, UpdateClass.OTHER, on=on) is Freshness.BLANK
    assert freshness(date(2020, 1, 1), UpdateClass.NEWS, on=on, archived_on=on) is Freshness.ARCHIVED
    assert (
        freshness(date(2020, 1, 1), UpdateClass.NEWS, on=on, archived_on=date(2026, 7, 1)) is Freshness.STALE
    )
    assert set(WINDOW_DAYS) == set(UpdateClass)

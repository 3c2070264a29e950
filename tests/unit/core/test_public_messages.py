"""Clocks of messages."""

from datetime import date

import pytest

from gongkai.core.calendars.calendar import national_calendar
from gongkai.core.public_messages import clock_of, months_after


def test_the_answer_is_due_five_working_days_after_the_day_of_receipt():
    """D-15 with the setting of 5: received on Friday 2026-09-18, counted from Monday."""
    clock = clock_of(date(2026, 9, 18), national_calendar(), working_days=5)

    assert clock.due.day == national_calendar().nth_working_day_after(date(2026, 9, 18), 5)
    assert not clock.is_overdue(clock.due.day)
    assert clock.is_overdue(date(2026, 9, 30))


def test_the_veto_begins_after_three_months():
    """V-W-13: over 3 months."""
    clock = clock_of(date(2026, 1, 31), national_calendar(), working_days=5)

    assert clock.veto_after == date(2026, 4, 30)
    assert not clock.is_veto(date(2026, 4, 30))
    assert clock.is_veto(date(2026, 5, 1))


def test_months_run_over_the_year_and_end_with_the_month():
    assert months_after(date(2026, 12, 31), 3) == date(2027, 3, 31)
    assert months_after(date(2027, 11, 30), 3) == date(2028, 2, 29)


def test_a_clock_of_no_days_is_refused():
    with pytest.raises(ValueError, match="positive"):
        clock_of(date(2026, 9, 18), national_calendar(), working_days=0)

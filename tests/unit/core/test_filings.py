"""By when a roster is filed: counted from the next day, the office's own number of days."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.calendar_files import working_calendar
from gongkai.core.filings import filing_due


@pytest.mark.parametrize(
    ("days", "in_working_days", "due"),
    [
        (10, True, date(2026, 4, 16)),  # 清明节 4 to 6 April lies between
        (10, False, date(2026, 4, 11)),
        (1, True, date(2026, 4, 2)),
    ],
)
def test_the_days_are_counted_from_the_day_after_the_change(days, in_working_days, due):
    reached = filing_due(date(2026, 4, 1), working_calendar(), days=days, in_working_days=in_working_days)

    assert reached is not None
    assert (reached.day, reached.provisional) == (due, False)


def test_no_days_mean_no_filing_and_too_many_are_refused():
    given = {"changed_on": date(2026, 4, 1), "calendar": working_calendar(), "in_working_days": True}

    assert filing_due(**given, days=0) is None
    for days in (-1, 181):
        with pytest.raises(ValueError, match="0 to 180"):
            filing_due(**given, days=days)


def test_a_day_before_every_calendar_gives_none():
    assert filing_due(date(1990, 1, 1), working_calendar(), days=5, in_working_days=True) is None

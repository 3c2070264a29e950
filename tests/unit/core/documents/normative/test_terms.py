"""Terms, reminders and clocks."""

from datetime import date

import pytest

from gongkai.core.calendars.calendar import national_calendar
from gongkai.core.documents.normative import (
    Impact,
    TermKind,
    TermRules,
    earliest_close,
    filing_due,
    interpretation_due,
    last_day,
    reminder_due,
    term_kind,
)

CALENDAR = national_calendar()


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("园区奖补资金管理办法", TermKind.GENERAL),
        ("园区奖补资金管理办法（试行）", TermKind.PROVISIONAL),
        ("园区停车暂行规定", TermKind.PROVISIONAL),
        ("关于禁止焚烧秸秆的通告", TermKind.NOTICE),
    ],
)
def test_the_name_decides_the_term(title, kind):
    assert term_kind(title) is kind


def test_default_terms_are_five_two_and_one_years():
    assert [TermRules().years(kind) for kind in TermKind] == [5, 2, 1]


@pytest.mark.parametrize(
    ("first", "years", "last"),
    [
        (date(2024, 3, 1), 5, date(2029, 2, 28)),
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 1, 1), 2, date(2025, 12, 31)),
    ],
)
def test_a_term_ends_on_the_day_before_its_anniversary(first, years, last):
    assert last_day(first, years) == last


@pytest.mark.parametrize(
    ("today", "what"),
    [
        (date(2026, 6, 29), None),
        (date(2026, 6, 30), "评估实施效果"),
        (date(2026, 10, 31), "报法制机构审核"),
        (date(2026, 11, 30), "决定继续、修改或者废止"),
        (date(2026, 12, 31), "决定继续、修改或者废止"),
        (date(2027, 1, 1), None),
    ],
)
def test_reminders_come_six_two_and_one_months_before_the_end(today, what):
    """portal-rules §4.3: T-6 evaluate, T-2 report, T-1 decide."""
    due = reminder_due(date(2026, 12, 31), today)

    assert (due and due.what) == what


def test_an_interpretation_is_due_on_the_third_working_day():
    """Friday 2026-01-09, so Wednesday after."""
    assert interpretation_due(date(2026, 1, 9), CALENDAR).day == date(2026, 1, 14)


def test_filing_is_counted_as_the_office_has_it():
    assert filing_due(date(2026, 1, 9), 30, CALENDAR).day == date(2026, 2, 8)
    assert filing_due(date(2026, 1, 9), 3, CALENDAR, in_working_days=True).day == date(2026, 1, 14)


@pytest.mark.parametrize(
    ("impact", "day"),
    [
        (Impact.RIGHTS, date(2026, 1, 20)),
        (Impact.MARKET, date(2026, 2, 8)),
        (Impact.MAJOR_DECISION, date(2026, 2, 8)),
    ],
)
def test_a_consultation_lasts_seven_working_days_or_thirty_days(impact, day):
    assert earliest_close(date(2026, 1, 9), impact, CALENDAR) == day

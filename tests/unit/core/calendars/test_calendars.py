"""Working days: against two independent libraries day by day, and the vectors of the law file."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.calendars import (
    CalendarNotPublished,
    NoticeFaulty,
    WorkingCalendar,
    parse_notice,
    published_notices,
)

FIRST, LAST = 2007, 2026


@pytest.fixture(scope="module")
def calendar() -> WorkingCalendar:
    return WorkingCalendar(published_notices())


def every_day(year):
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


@pytest.mark.parametrize("year", range(FIRST, LAST + 1))
def test_every_day_agrees_with_both_oracles(calendar, year):
    """Two libraries kept by different people; where they disagreed the notice would be looked up. They do not."""
    other = holidays.country_holidays("CN", years=year)

    for day in every_day(year):
        ours = calendar.is_working_day(day)
        assert ours == chinese_calendar.is_workday(day), day
        assert ours == other.is_working_day(day), day


# disclosure-law §4.2, 2026: receipt, +7, +15, +20, +40 working days.
VECTORS = [
    ("2026-02-10", "2026-02-26", "2026-03-09", "2026-03-16", "2026-04-14"),
    ("2026-02-13", "2026-03-02", "2026-03-12", "2026-03-19", "2026-04-17"),
    ("2026-02-14", "2026-03-03", "2026-03-13", "2026-03-20", "2026-04-20"),
    ("2026-03-02", "2026-03-11", "2026-03-23", "2026-03-30", "2026-04-28"),
    ("2026-04-30", "2026-05-13", "2026-05-25", "2026-06-01", "2026-06-30"),
    ("2026-09-18", "2026-09-29", "2026-10-15", "2026-10-22", "2026-11-19"),
    ("2026-09-30", "2026-10-15", "2026-10-27", "2026-11-03", "2026-12-01"),
    ("2026-10-01", "2026-10-15", "2026-10-27", "2026-11-03", "2026-12-01"),
]


@pytest.mark.parametrize("vector", VECTORS)
def test_the_vectors_of_the_law_file(calendar, vector):
    start, *expected = map(date.fromisoformat, vector)

    assert [calendar.nth_working_day_after(start, n) for n in (7, 15, 20, 40)] == expected


@given(st.dates(date(2007, 1, 1), date(2026, 6, 30)), st.integers(1, 60))
def test_the_nth_working_day_is_found_as_by_walking(start, number):
    calendar = WorkingCalendar(published_notices())
    day, left = start, number
    while left:
        day += timedelta(days=1)
        left -= calendar.is_working_day(day)

    assert calendar.nth_working_day_after(start, number) == day


def test_past_the_last_notice_it_raises_or_says_provisional(calendar):
    with pytest.raises(CalendarNotPublished, match="2027"):
        calendar.nth_working_day_after(date(2026, 12, 21), 20)

    reached = calendar.reach(date(2026, 12, 21), 20)
    assert reached.provisional
    assert reached.day == date(2027, 1, 18)


def test_the_last_day_of_the_last_notice_is_not_provisional(calendar):
    reached = calendar.reach(date(2026, 12, 30), 1)

    assert (reached.day, reached.provisional) == (date(2026, 12, 31), False)


@pytest.mark.parametrize("day", [date(2006, 12, 31), date(2027, 1, 1)])
def test_a_day_without_notice_is_neither_working_nor_free(calendar, day):
    with pytest.raises(CalendarNotPublished):
        calendar.is_working_day(day)


def test_a_region_adds_its_holidays():
    local = parse_notice(
        'year = 2026\nregion = "CN-NX"\nnotice = "地方放假"\nclosed = [["2026-03-20", "2026-03-20", "地方节日"]]'
    )
    calendar = WorkingCalendar(published_notices(), [local])

    assert not calendar.is_working_day(date(2026, 3, 20))
    assert calendar.why(date(2026, 3, 20)) == "地方节日放假"
    assert calendar.nth_working_day_after(date(2026, 3, 2), 20) == date(2026, 3, 31)


NOTICE = 'year = 2027\nregion = "CN"\nnotice = "通知"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("not toml [", "TOML"),
        ('year = 2027\nregion = "CN"\nnotice = "x"', "缺少字段 closed"),
        (NOTICE + 'closed = [["2027-01-03", "2027-01-01", "元旦"]]', "首尾颠倒"),
        (NOTICE + 'closed = [["2026-12-31", "2027-01-01", "元旦"]]', "不在 2027 年内"),
        (NOTICE + 'closed = [["2027-01-02", "2027-01-02", "元旦"]]\nworking = ["2027-01-02"]', "同时列为"),
        (NOTICE + 'closed = []\nworking = ["2027-01-04"]', "本来就是工作日"),
        (NOTICE + 'closed = []\nworking = ["2028-01-01"]', "不在 2027 年内"),
        (NOTICE + 'closed = [["2027-13-01", "2027-01-01", "元旦"]]', "写法不对"),
        (NOTICE + 'closed = "元旦"', "写法不对"),
    ],
)
def test_a_faulty_notice_is_refused_with_what_is_wrong(text, said):
    with pytest.raises(NoticeFaulty, match=said):
        parse_notice(text)

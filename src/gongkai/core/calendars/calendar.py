"""Counting working days: constant time by an index built once per calendar."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.core.calendars.notices import Notice, published_notices

ASSUMED_YEARS = 2  # how far a provisional answer may reach beyond the last notice


class CalendarError(ValueError):
    """Root of the calendar's errors: ``CalendarNotPublished``."""


class CalendarNotPublished(CalendarError):
    """The count ran into a year whose holiday notice is not loaded."""

    def __init__(self, year: int, first: int, last: int) -> None:
        self.year = year
        super().__init__(
            f"No working calendar for {year}: notices are loaded for {first} to {last}. "
            "Run `gongkai calendar import FILE` once the notice (放假安排) is published."
        )


@dataclass(frozen=True, slots=True)
class Reached:
    """A day that a count reached; provisional when it passed the last published year."""

    day: date
    provisional: bool


class WorkingCalendar:
    """The working days of consecutive years, national notices with any regional ones laid over them.

    Lookups take constant time: for each day the number of working days up to it is stored.
    """

    def __init__(self, notices: Iterable[Notice], regional: Iterable[Notice] = ()) -> None:
        by_year = {notice.year: notice for notice in notices}
        if not by_year:
            raise CalendarError("a calendar needs at least one notice")
        self.first_year, self.last_year = min(by_year), max(by_year)
        for year in range(self.first_year, self.last_year + 1):
            if year not in by_year:
                raise CalendarNotPublished(year, self.first_year, self.last_year)
        self._national = by_year
        self._regional: dict[int, list[Notice]] = {}
        for notice in regional:
            self._regional.setdefault(notice.year, []).append(notice)
        self._start = date(self.first_year, 1, 1).toordinal()
        self._published_end = date(self.last_year, 12, 31).toordinal()
        self._index()

    def _index(self) -> None:
        """For every day from the first to the last assumed one: how many working days up to and including it."""
        end = date(self.last_year + ASSUMED_YEARS, 12, 31).toordinal()
        working, upto = [], []
        for ordinal in range(self._start, end + 1):
            day = date.fromordinal(ordinal)
            is_working = self._by_notice(day) if ordinal <= self._published_end else day.weekday() < 5
            if is_working:
                working.append(day)
            upto.append(len(working))
        self._working: Sequence[date] = working
        self._upto: Sequence[int] = upto

    def _by_notice(self, day: date) -> bool:
        national = self._national[day.year]
        if day in national.working:
            return True
        if national.occasion(day) is not None:
            return False
        if any(local.occasion(day) is not None for local in self._regional.get(day.year, ())):
            return False
        return day.weekday() < 5

    def count_upto(self, day: date) -> int:
        """How many working days lie in the calendar up to and including a day, published or assumed.

        Raises:
            CalendarNotPublished: the day lies outside the calendar and its assumed years.
        """
        offset = day.toordinal() - self._start
        if not 0 <= offset < len(self._upto):
            raise CalendarNotPublished(day.year, self.first_year, self.last_year)
        return self._upto[offset]

    def working_day(self, number: int) -> date:
        """The working day whose ``count_upto`` is ``number``; raises CalendarNotPublished past the end."""
        if not 1 <= number <= len(self._working):
            raise CalendarNotPublished(self.last_year + ASSUMED_YEARS + 1, self.first_year, self.last_year)
        return self._working[number - 1]

    def is_published(self, day: date) -> bool:
        """Whether a day's notice is loaded."""
        return self._start <= day.toordinal() <= self._published_end

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on a day; raises CalendarNotPublished without its notice."""
        if not self.is_published(day):
            raise CalendarNotPublished(day.year, self.first_year, self.last_year)
        offset = day.toordinal() - self._start
        return self._upto[offset] > (self._upto[offset - 1] if offset else 0)

    def reach(self, start: date, working_days: int) -> Reached:
        """The n-th working day after a day; past the last notice it counts weekdays and says so."""
        if working_days < 0:
            raise CalendarError(f"cannot count {working_days} working days")
        if working_days == 0:
            return Reached(start, not self.is_published(start))
        day = self.working_day(self.count_upto(start) + working_days)
        return Reached(day, day.toordinal() > self._published_end)

    def nth_working_day_after(self, start: date, working_days: int) -> date:
        """The n-th working day after a day; the day itself is not counted (民法典 Art. 201).

        Raises:
            CalendarNotPublished: the count reaches a year with no notice.
        """
        reached = self.reach(start, working_days)
        if reached.provisional:
            raise CalendarNotPublished(reached.day.year, self.first_year, self.last_year)
        return reached.day

    def why(self, day: date) -> str:
        """Why a day counts or not, in Chinese, for derivations."""
        if not self.is_published(day):
            return "工作日（放假安排未公布，暂按周一至周五计）" if day.weekday() < 5 else "周末"
        notice = self._national[day.year]
        if day in notice.working:
            return "调休上班"
        for source in (notice, *self._regional.get(day.year, ())):
            if occasion := source.occasion(day):
                return f"{occasion}放假"
        return "工作日" if day.weekday() < 5 else "周末"

    def between(self, after: date, upto: date) -> int:
        """How many working days lie after one day, up to and including another."""
        return max(0, self.count_upto(upto) - self.count_upto(after))

    def days(self, first: date, last: date) -> Iterable[date]:
        """Every day from first to last, both inclusive."""
        return (first + timedelta(days=n) for n in range((last - first).days + 1))

    def working_days_of(self, year: int) -> tuple[date, ...]:
        """A year's working days in order; raises CalendarNotPublished."""
        if year not in self._national:
            raise CalendarNotPublished(year, self.first_year, self.last_year)
        low = bisect_right(self._working, date(year - 1, 12, 31))
        high = bisect_right(self._working, date(year, 12, 31))
        return tuple(self._working[low:high])


def national_calendar() -> WorkingCalendar:
    """The calendar of the notices that ship with the package."""
    return WorkingCalendar(published_notices())

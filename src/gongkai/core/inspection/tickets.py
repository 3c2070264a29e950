"""Clocks of a 我为政府网站找错 ticket.

Source: ``portal-rules`` §2.4: a message closed after more than one month is a fault of the yearly assessment (A-04, read on
one page); the answer within 3 working days is from memory and is shown as such.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from gongkai.core.calendars import CalendarError, WorkingCalendar

ANSWER_WORKING_DAYS = 3  # [mem]
CLOSE_MONTHS = 1  # A-04, [1p]


@dataclass(frozen=True, slots=True)
class TicketClocks:
    """By when a ticket is answered and closed; ``answer_by`` is None where no calendar covers the days."""

    answer_by: date | None
    close_by: date


def ticket_clocks(received_on: date, calendar: WorkingCalendar) -> TicketClocks:
    """Both days, inclusive; counting begins the day after receipt."""
    try:
        answer_by: date | None = calendar.reach(received_on, ANSWER_WORKING_DAYS).day
    except CalendarError:
        answer_by = None
    return TicketClocks(answer_by, month_after(received_on))


def month_after(day: date) -> date:
    """The same day of the next month; its last day where it has no such day.

    >>> month_after(date(2027, 1, 31))
    datetime.date(2027, 2, 28)
    """
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))

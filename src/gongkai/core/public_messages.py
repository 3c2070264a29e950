"""Clocks of messages from the public (留言): when an answer is late, and when the inspection would veto it.

Sources: 国办秘函〔2019〕19号 as read in 通报 — an online reply within 5 working days (D-15, number from memory, so it is a
setting), a valid message of the past year unanswered for more than 3 months is a veto (V-W-13, read on two pages).
Limitations: what counts as a valid message is a person's judgement; days are counted from the day after receipt (ours).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from gongkai.core.calendars import Reached, WorkingCalendar

VETO_MONTHS = 3


@dataclass(frozen=True, slots=True)
class MessageClock:
    """When a message is to be answered.

    Attributes:
        due: last day in time by the office's setting; provisional past the last holiday notice.
        veto_after: the last day on which it is not yet a veto.
    """

    due: Reached
    veto_after: date

    def is_overdue(self, today: date) -> bool:
        return today > self.due.day

    def is_veto(self, today: date) -> bool:
        return today > self.veto_after


def clock_of(received_on: date, calendar: WorkingCalendar, *, working_days: int) -> MessageClock:
    """The clock of a message received on a day.

    Raises:
        ValueError: ``working_days`` is not positive.
        CalendarError: the day lies before every calendar.
    """
    if working_days < 1:
        raise ValueError(f"working_days must be positive, got {working_days}")
    return MessageClock(calendar.reach(received_on, working_days), months_after(received_on, VETO_MONTHS))


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or that month's last day.

    >>> months_after(date(2026, 11, 30), 3).isoformat()
    '2027-02-28'
    """
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

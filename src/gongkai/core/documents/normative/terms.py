"""Terms and clocks of normative documents: how long they hold, when to be reminded, by when to consult, interpret, file.

Source: ``portal-rules`` §4.2, §4.3, §5. The terms differ from province to province and each is known from one source:
they are defaults that the office confirms or changes, shown with that mark. Filing within 30 days stands on two sources
(other places have 15 days or 3 working days). The interpretation of a document follows at the latest on the third working
day after its publication (one source; ``同步发布`` on two).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gongkai.core.calendars import Reached, WorkingCalendar
from gongkai.core.documents.normative.steps import Impact

INTERPRETATION_WORKING_DAYS = 3  # I-04
CONSULTATION_WORKING_DAYS = 7  # effect on rights or vital interests
CONSULTATION_DAYS = 30  # market players' operations; major administrative decisions


class TermKind(StrEnum):
    """What decides the term."""

    GENERAL = "general"
    PROVISIONAL = "provisional"  # 暂行、试行
    NOTICE = "notice"  # 通告


@dataclass(frozen=True, slots=True)
class TermRules:
    """Years a document holds, and months before the end at which the office is reminded of what."""

    general_years: int = 5
    provisional_years: int = 2
    notice_years: int = 1

    def years(self, kind: TermKind) -> int:
        return {
            TermKind.GENERAL: self.general_years,
            TermKind.PROVISIONAL: self.provisional_years,
            TermKind.NOTICE: self.notice_years,
        }[kind]


# Months before the end, what to do: the timetable of one district.
REMINDERS = ((6, "评估实施效果"), (2, "报法制机构审核"), (1, "决定继续、修改或者废止"))


def term_kind(title: str) -> TermKind:
    """What the name of a document makes of its term.

    >>> term_kind("园区管理办法（试行）").value
    'provisional'
    """
    if "暂行" in title or "试行" in title:
        return TermKind.PROVISIONAL
    return TermKind.NOTICE if title.rstrip("）)").endswith("通告") else TermKind.GENERAL


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the month's last day.

    >>> months_before(date(2026, 8, 31), 6).isoformat()
    '2026-02-28'
    """
    number = day.year * 12 + day.month - 1 - months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day(effective_on: date, years: int) -> date:
    """The last day of a term of whole years.

    >>> last_day(date(2024, 3, 1), 5).isoformat()
    '2029-02-28'
    """
    following = months_before(effective_on, -12 * years)
    if following.day != effective_on.day:  # 29 February
        return following
    return following - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder: from which day, of what, before which end."""

    on: date
    what: str
    ends_on: date


def reminder_due(valid_to: date | None, today: date) -> Reminder | None:
    """The latest reminder whose day has come and whose term has not run out."""
    if valid_to is None or today > valid_to:
        return None
    reached = [
        Reminder(months_before(valid_to, months), what, valid_to)
        for months, what in REMINDERS
        if months_before(valid_to, months) <= today
    ]
    return reached[-1] if reached else None


def interpretation_due(published_on: date, calendar: WorkingCalendar) -> Reached:
    """The last day for the interpretation; provisional past the last holiday notice."""
    return calendar.reach(published_on, INTERPRETATION_WORKING_DAYS)


def filing_due(
    published_on: date, days: int, calendar: WorkingCalendar, *, in_working_days: bool = False
) -> Reached:
    """The last day for the filing by the office's setting."""
    if in_working_days:
        return calendar.reach(published_on, days)
    day = published_on + timedelta(days=days)
    return Reached(day, False)


def earliest_close(opens_on: date, impact: Impact, calendar: WorkingCalendar) -> date:
    """The first day on which a consultation may close without a reason for its shortness.

    The day of opening is not counted (民法典 Art. 201).
    """
    if impact is Impact.RIGHTS:
        return calendar.reach(opens_on, CONSULTATION_WORKING_DAYS).day
    if impact is Impact.NONE:
        return opens_on
    return opens_on + timedelta(days=CONSULTATION_DAYS)

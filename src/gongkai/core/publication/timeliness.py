"""By when information is published (主动公开期限).

Source: 《政府信息公开条例》 Art. 26: within 20 working days of being formed or changed, unless other law sets another limit.
The first day counted is the next one, as for replies (民法典 Art. 201).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.core.calendars import WorkingCalendar

PUBLISH_WORKING_DAYS = 20  # Art. 26
WARN_WORKING_DAYS = 5  # ours: when the desk begins to remind


@dataclass(frozen=True, slots=True)
class PublicationClock:
    """The last day in time, and whether it rests on a holiday notice that is not out yet (暂定)."""

    due_on: date
    is_provisional: bool


def publication_due(
    formed_on: date, calendar: WorkingCalendar, *, working_days: int = PUBLISH_WORKING_DAYS
) -> PublicationClock:
    """Return the last day on which information formed on a day is published in time.

    Args:
        working_days: at least 1; another number where another law sets one (the catalogue says which).
    """
    if working_days < 1:
        raise ValueError(f"a limit is at least one working day, not {working_days}")
    reached = calendar.reach(formed_on, working_days)
    return PublicationClock(reached.day, reached.provisional)

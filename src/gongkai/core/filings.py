"""Filing (报备) of a roster with the superior organ: by when.

No article that we could read sets a limit; each province or superior organ says its own. The number of days is therefore the
office's setting, shown with a mark until somebody has compared it with the local rule.
"""

from __future__ import annotations

from datetime import date, timedelta

from gongkai.core.calendars import CalendarError, Reached, WorkingCalendar

DEFAULT_DAYS = 10  # ours
MAX_DAYS = 180


def filing_due(
    changed_on: date, calendar: WorkingCalendar, *, days: int, in_working_days: bool
) -> Reached | None:
    """The last day for the filing of a change, counted from the day after it.

    Args:
        days: 1 to 180; 0 where no filing is asked for.

    Returns:
        None when no filing is asked for, or when the working calendar does not cover the days.

    Raises:
        ValueError: days below 0 or above 180.
    """
    if not 0 <= days <= MAX_DAYS:
        raise ValueError(f"a limit is 0 to {MAX_DAYS} days, not {days}")
    if days == 0:
        return None
    if not in_working_days:
        return Reached(changed_on + timedelta(days=days), provisional=False)
    try:
        return calendar.reach(changed_on, days)
    except CalendarError:
        return None

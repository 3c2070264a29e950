"""Working days by region and year, from dated notices (放假安排).

A working day is a weekday that no notice closes, or a weekend day that a notice makes up (调休上班). The
条例 does not define it; the State Council's yearly notice does (``disclosure-law`` §4.2). Past the last year
whose notice is loaded the calendar raises, or answers provisionally where asked to.
"""

from gongkai.core.calendars.calendar import (
    CalendarError,
    CalendarNotPublished,
    Reached,
    WorkingCalendar,
)
from gongkai.core.calendars.notices import Closure, Notice, NoticeFaulty, parse_notice, published_notices

__all__ = [
    "CalendarError",
    "CalendarNotPublished",
    "Closure",
    "Notice",
    "NoticeFaulty",
    "Reached",
    "WorkingCalendar",
    "parse_notice",
    "published_notices",
]

"""How often a column has to show something new (栏目更新时限).

Source: 国办秘函〔2019〕19号 as read in ``portal-rules`` §2.2: news columns 2 weeks, notice and policy columns of the first
level 6 months before the time point (V-W-09, [2p]); blank columns (V-W-11). For other columns no number was read: they
have no clock here.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class UpdateClass(StrEnum):
    """By which clock a column is judged."""

    NEWS = "news"
    NOTICE_OR_POLICY = "notice_or_policy"
    OTHER = "other"


WINDOW_DAYS: dict[UpdateClass, int | None] = {
    UpdateClass.NEWS: 14,
    UpdateClass.NOTICE_OR_POLICY: 180,
    UpdateClass.OTHER: None,
}


class Freshness(StrEnum):
    """What a column looks like to an inspector on a day."""

    FRESH = "fresh"
    DUE_SOON = "due_soon"  # a quarter of the window is left
    STALE = "stale"
    BLANK = "blank"
    ARCHIVED = "archived"
    NO_CLOCK = "no_clock"


def freshness(
    newest: date | None, update_class: UpdateClass, *, on: date, archived_on: date | None = None
) -> Freshness:
    """Judge a column by its newest own item; the bounds are inclusive.

    >>> freshness(date(2026, 3, 1), UpdateClass.NEWS, on=date(2026, 3, 15)).value
    'due_soon'
    >>> freshness(date(2026, 3, 1), UpdateClass.NEWS, on=date(2026, 3, 16)).value
    'stale'
    """
    if newest is None:
        return Freshness.BLANK
    if archived_on is not None and archived_on <= on:
        return Freshness.ARCHIVED
    window = WINDOW_DAYS[update_class]
    if window is None:
        return Freshness.NO_CLOCK
    age = (on - newest).days
    if age > window:
        return Freshness.STALE
    return Freshness.DUE_SOON if age > window * 3 // 4 else Freshness.FRESH

"""What the portal asks of the back office: its part of the daily work, and of what was left for later."""

from __future__ import annotations

from datetime import date

from wagtail import hooks

from gongkai.portal import indexing
from gongkai.portal.baking import queue
from gongkai.portal.subscribing.acts import leave_digests


@hooks.register("register_daily")
def daily(today: date) -> None:
    """Bring the index into step, and try anew what could not be baked; the day itself stands on some fixed pages."""
    indexing.note_standings()
    indexing.carry_over()
    leave_digests(today)
    queue.note_fixed()
    queue.carry_over(again=True)


@hooks.register("register_left_for_later")
def left_for_later() -> None:
    """Wide changes, and what a process that died left noted."""
    queue.carry_over()

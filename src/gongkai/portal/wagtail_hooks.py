"""What the portal asks of the back office: its part of the daily work."""

from __future__ import annotations

from datetime import date

from wagtail import hooks

from gongkai.portal.indexing import carry_over


@hooks.register("register_daily")
def daily(today: date) -> None:
    carry_over()

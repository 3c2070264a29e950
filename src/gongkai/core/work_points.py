"""Yearly work points (政务公开工作要点): when a point is due, when its next check-in, how it stands.

Pure: dates in, dates out.

Source: lists of departments in use, columns 工作任务、序号、具体要求、责任科室、时限要求 with 年底前 and 持续推进 (domain specification
§7, one page read); points that go on need check-ins instead of one day. How often is ours, a setting of each point.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.core.public_messages import months_after

ONGOING = ("持续推进", "长期坚持", "持续")
INTERVALS = {1: "每月", 3: "每季度", 6: "每半年"}
DEFAULT_INTERVAL = 3
_MONTH = re.compile(r"^(\d{1,2})月(?:底|末)?(?:前)?$")
_QUARTER = re.compile(r"^第?([一二三四1-4])季度(?:末|底)?(?:前)?$")
_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4}


class DueUnknown(ValueError):
    """Words that name no time limit; the message is Chinese."""


def last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def due_of(words: str, year: int) -> date | None:
    """The last day that a list's words name; None for a point that goes on (持续推进).

    >>> due_of("年底前", 2026).isoformat(), due_of("第二季度", 2026).isoformat(), due_of("9月底前", 2026).isoformat()
    ('2026-12-31', '2026-06-30', '2026-09-30')

    Raises:
        DueUnknown: it names none.
    """
    text = re.sub(r"\s", "", words)
    if text in ONGOING:
        return None
    if text in {"年底", "年底前", "年末", "年内", "全年"}:
        return date(year, 12, 31)
    if match := _QUARTER.match(text):
        return last_day(year, int(_NUMBERS.get(match[1], match[1])) * 3)
    if (match := _MONTH.match(text)) and 1 <= int(match[1]) <= 12:
        return last_day(year, int(match[1]))
    raise DueUnknown(
        "不认识这个时限，请写日期（2026-06-30）、“6月底前”、“第二季度”、“年底前”或者“持续推进”。"
    )


def next_check_in(began_on: date, last_on: date | None, interval_months: int) -> date:
    """The day by which the next check-in of a point that goes on is due, counted from the last one."""
    return months_after(last_on or began_on, interval_months)


class PointStanding(StrEnum):
    """How a point stands on a day."""

    DONE = "done"
    LATE = "late"
    MISSED = "missed"
    UNDER_WAY = "under_way"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        return {
            "done": "已完成", "late": "已超期", "missed": "没有按期报送", "under_way": "推进中", "dropped": "已调整取消",
        }[self.value]  # fmt: skip


@dataclass(frozen=True, slots=True)
class PointFacts:
    """What the standing of a point follows from; ``interval_months`` is None for a point with a last day."""

    year: int
    began_on: date
    due_on: date | None
    interval_months: int | None
    last_check_in_on: date | None
    is_done: bool = False
    is_dropped: bool = False

    @property
    def ends_on(self) -> date:
        """Its last day; a point that goes on ends with the year."""
        return self.due_on or date(self.year, 12, 31)

    @property
    def next_on(self) -> date:
        """The day of its next act."""
        if self.interval_months is None:
            return self.ends_on
        return min(next_check_in(self.began_on, self.last_check_in_on, self.interval_months), self.ends_on)

    def standing(self, today: date) -> PointStanding:
        """How it stands; past its last day it is late, past a check-in it has missed one."""
        if self.is_dropped:
            return PointStanding.DROPPED
        if self.is_done:
            return PointStanding.DONE
        if self.ends_on < today:
            return PointStanding.LATE
        return PointStanding.MISSED if self.next_on < today else PointStanding.UNDER_WAY


@dataclass(frozen=True, slots=True)
class PointCounts:
    """How many stand how; ``late`` holds those that missed a check-in as well."""

    done: int
    under_way: int
    late: int

    @property
    def total(self) -> int:
        return self.done + self.under_way + self.late


def counts_of(standings: Iterable[PointStanding]) -> PointCounts:
    """Count standings; dropped ones do not count."""
    found = list(standings)
    return PointCounts(
        done=found.count(PointStanding.DONE),
        under_way=found.count(PointStanding.UNDER_WAY),
        late=found.count(PointStanding.LATE) + found.count(PointStanding.MISSED),
    )

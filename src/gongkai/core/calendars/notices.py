"""Holiday notices as data files: one TOML file per region and year.

Shape: ``year``, ``region`` (``CN``, or a region such as ``CN-NX`` whose notice adds local holidays),
``notice`` (title), ``confidence``, ``closed`` (list of [first, last, occasion], both inclusive) and
``working`` (make-up working days).

Sources: 2026 as read on two pages; 2007 to 2025 as two independent calendar libraries hold them alike.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any

NATIONAL = "CN"


class NoticeFaulty(ValueError):
    """A notice file contradicts itself or the calendar; the message is Chinese and names the entry."""


@dataclass(frozen=True, slots=True)
class Closure:
    """A run of closed days, first and last inclusive, and its occasion."""

    first: date
    last: date
    occasion: str

    def days(self) -> Iterator[date]:
        day = self.first
        while day <= self.last:
            yield day
            day += timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Notice:
    """One year's notice for one region."""

    year: int
    region: str
    title: str
    confidence: str
    closed: tuple[Closure, ...]
    working: frozenset[date]

    def occasion(self, day: date) -> str | None:
        """Why a day is closed, None when this notice does not close it."""
        return next((run.occasion for run in self.closed if run.first <= day <= run.last), None)


def parse_notice(text: str) -> Notice:
    """Read a notice file.

    Raises:
        NoticeFaulty: not TOML, a field is missing or of the wrong kind, a day lies outside the year, a run
            ends before it begins, a make-up day is closed or no weekend day.
    """
    try:
        raw = tomllib.loads(text)
        year, region = int(raw["year"]), str(raw["region"])
        closed = tuple(
            Closure(_day(first), _day(last), str(occasion)) for first, last, occasion in raw["closed"]
        )
        working = frozenset(_day(day) for day in raw.get("working", ()))
        notice = Notice(
            year, region, str(raw["notice"]), str(raw.get("confidence", "unverified")), closed, working
        )
    except tomllib.TOMLDecodeError as error:
        raise NoticeFaulty(f"不是有效的 TOML 文件：{error}") from error
    except KeyError as error:
        raise NoticeFaulty(f"缺少字段 {error.args[0]}，须有 year、region、notice、closed。") from error
    except (TypeError, ValueError) as error:
        raise NoticeFaulty(f"字段的写法不对：{error}") from error
    _check(notice)
    return notice


def _day(raw: Any) -> date:
    return raw if isinstance(raw, date) else date.fromisoformat(str(raw))


def _check(notice: Notice) -> None:
    closed: set[date] = set()
    for run in notice.closed:
        if run.last < run.first:
            raise NoticeFaulty(f"{run.occasion}的放假区间 {run.first} 至 {run.last} 首尾颠倒。")
        if run.first.year != notice.year or run.last.year != notice.year:
            raise NoticeFaulty(f"{run.occasion}的放假区间不在 {notice.year} 年内，跨年的请分写两个文件。")
        closed.update(run.days())
    for day in sorted(notice.working):
        if day.year != notice.year:
            raise NoticeFaulty(f"调休上班日 {day} 不在 {notice.year} 年内。")
        if day in closed:
            raise NoticeFaulty(f"{day} 同时列为放假和上班。")
        if day.weekday() < 5:
            raise NoticeFaulty(f"调休上班日 {day} 本来就是工作日，请核对日期。")


@cache
def published_notices(region: str = NATIONAL) -> tuple[Notice, ...]:
    """The notices that ship with the package, by year."""
    folder = resources.files("gongkai.core.calendars") / "data" / region
    files = sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(parse_notice(item.read_text(encoding="utf-8")) for item in files)

"""The list of a column as one page of it shows it, with the way to newer and older ones."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.portal import listing
from gongkai.portal.listing import Line

Years = dict[int, int]


@dataclass(frozen=True, slots=True)
class ColumnList:
    """One page of a list.

    Attributes:
        years: every year of the column, newest first; empty on the numbered pages of a year, which never change.
        year: the year shown; None on the column's own page, which shows the newest of all years.
        page: the number of the page within the year, 1 the oldest; 0 for the column's own page.
        count: how many items the column (or the year) has; 0 on numbered pages.
        newer, older: queries of the neighbouring pages; empty where there is none.
    """

    items: list[Line]
    years: list[int]
    year: int | None = None
    page: int = 0
    count: int = 0
    newer: str = ""
    older: str = ""


def column_list_of(column: int, root: str, years: Years, *, year: str = "", page: str = "") -> ColumnList:
    """The page that the two parameters ask for; what cannot be read falls back to the nearest page there is."""
    wanted = int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else 0
    if wanted not in years:
        return _front(column, root, years)
    last = listing.last_page(years[wanted])
    asked = int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else last
    number = min(max(asked, 1), last)
    return _page(column, root, years, wanted, number)


def _front(column: int, root: str, years: Years) -> ColumnList:
    total = sum(years.values())
    pks = listing.newest(column, listing.PER_PAGE + 1)
    older = ""
    if len(pks) > listing.PER_PAGE:
        older = _query_at(years, listing.PER_PAGE)
    items = listing.lines(pks[: listing.PER_PAGE], root)
    return ColumnList(items, list(years), count=total, older=older)


def _query_at(years: Years, position: int) -> str:
    """The query of the page that holds the item before which ``position`` newer ones of the column stand."""
    for year, count in years.items():
        if position < count:
            return query_of(year, listing.page_at(count - 1 - position, count), count)
        position -= count
    return ""


def _page(column: int, root: str, years: Years, year: int, number: int) -> ColumnList:
    count = years[year]
    is_last = number == listing.last_page(count)
    items = listing.lines(listing.of_year(column, year, number, count), root)
    newer = "" if is_last else query_of(year, number + 1, count)
    older = query_of(year, number - 1, count) if number > 1 else _year_before(years, year)
    return ColumnList(
        items,
        years=list(years) if is_last else [],
        year=year,
        page=number,
        count=count if is_last else 0,
        newer=newer,
        older=older,
    )


def _year_before(years: Years, year: int) -> str:
    before = max((one for one in years if one < year), default=None)
    return query_of(before, listing.last_page(years[before]), years[before]) if before is not None else ""


def query_of(year: int, number: int, count: int) -> str:
    """The query of a page of a year; the newest page of a year bears no number, for it still grows."""
    return f"nian={year}" if number == listing.last_page(count) else f"nian={year}&ye={number}"

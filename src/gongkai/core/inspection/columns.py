"""Update clocks of columns and home page, blank columns, obligatory columns (V-W-08 to 11, D-01 to 07)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

from gongkai.core.inspection.facts import Column, Evidence, Page, PageKind, Place
from gongkai.core.inspection.findings import Finding, Measured
from gongkai.core.publication.freshness import WINDOW_DAYS, UpdateClass

HOME_DAYS = 14  # V-W-08
BLANK_CHARACTERS = 120  # ours: a middle of fewer characters with no list and no links holds nothing
NO_HOME = "首页没有打开。"


def columns_of(evidence: Evidence) -> tuple[tuple[Column, Page], ...]:
    """Every column with its page as fetched: by the office's records, else by what pages say of themselves."""
    pages = {page.url: page for page in evidence.pages}
    if evidence.register.columns is not None:
        return tuple((one, pages[one.url]) for one in evidence.register.columns if one.url in pages)
    return tuple(
        (_from_labels(page), page)
        for page in evidence.pages
        if page.kind is PageKind.COLUMN and page.is_open and not urlsplit(page.url).query
    )


def _from_labels(page: Page) -> Column:
    types, name = page.label("ColumnType") or "", page.label("ColumnName") or page.heading or page.title
    depth = len([part for part in urlsplit(page.url).path.split("/") if part and "." not in part])
    kind = UpdateClass.OTHER
    if "工作动态" in types and "通知" not in name:
        kind = UpdateClass.NEWS
    elif ("政策文件" in types and depth <= 1) or "通知公告" in name:
        kind = UpdateClass.NOTICE_OR_POLICY
    return Column(page.url, name, kind, is_first_level=depth <= 1)


def newest(page: Page, evidence: Evidence) -> date | None:
    """The newest day among a column's own items; of all listed ones where none has an address below the column's."""
    own = [entry.day for entry in page.entries if entry.url.startswith(page.url)]
    days = own or [entry.day for entry in page.entries]
    seen = [day for day in days if day <= evidence.began_at.date()]
    return max(seen, default=None)


def is_blank(page: Page) -> bool:
    """Whether a column's page holds nothing: no list, no way on from its middle, hardly a word."""
    if page.entries or page.has_form or not page.is_open:
        return False
    onward = [link for link in page.links if _leads_on(link.url, page) and link.place is Place.MAIN]
    return not any(not link.is_resource for link in onward) and (
        page.says_empty or page.main_characters < BLANK_CHARACTERS
    )


def _leads_on(url: str, page: Page) -> bool:
    there, here = urlsplit(url), urlsplit(page.url)
    return there.netloc == here.netloc and there.path != here.path and not there.path.endswith(".xml")


def home_not_updated(evidence: Evidence, on: date) -> Measured:
    """V-W-08: nothing new on the home page in the two weeks before."""
    home = next((page for page in evidence.pages if page.kind is PageKind.HOME), None)
    if home is None or not home.is_open:
        return Measured(unknown=NO_HOME)
    day = newest(home, evidence)
    if day is None:
        return Measured(unknown="首页上没有带日期的信息，无法判断；请人工查看各二级页面。")
    if (on - day).days > HOME_DAYS:
        return Measured(
            (Finding("V-W-08", home.url, f"首页最新一条是 {day}，已有 {(on - day).days} 天没有更新。"),)
        )
    return Measured(note=f"首页最新一条是 {day}。")


def _stale(evidence: Evidence, on: date, code: str, *, first_level_only: bool) -> Iterator[Finding]:
    for column, page in columns_of(evidence):
        window = WINDOW_DAYS[column.update_class]
        if window is None or not page.is_open or (column.archived_on and column.archived_on <= on):
            continue
        if (
            column.update_class is UpdateClass.NOTICE_OR_POLICY
            and first_level_only
            and not column.is_first_level
        ):
            continue
        day = newest(page, evidence)
        if day is not None and (on - day).days > window:
            says = (
                f"栏目“{column.name}”最新一条是 {day}，应在 {window} 天内有更新，已有 {(on - day).days} 天。"
            )
            yield Finding(code, page.url, says)


def columns_not_updated(evidence: Evidence, on: date) -> Measured:
    """V-W-09: news columns two weeks, notice and policy columns of the first level six months."""
    if not columns_of(evidence):
        return Measured(unknown="没有认出栏目页。")
    return Measured(tuple(_stale(evidence, on, "V-W-09", first_level_only=True)))


def columns_long_silent(evidence: Evidence, on: date) -> Measured:
    """V-W-10. No number was read for columns without a clock; where they could tip the count, it is unknown."""
    columns = columns_of(evidence)
    found = tuple(_stale(evidence, on, "V-W-10", first_level_only=False))
    open_ended = sum(WINDOW_DAYS[column.update_class] is None for column, _ in columns)
    threshold = 10
    if not columns:
        return Measured(unknown="没有认出栏目页。")
    if len(found) < threshold <= len(found) + open_ended:
        return Measured(found, unknown=f"有 {open_ended} 个栏目没有定更新要求，无法判断该不该更新。")
    return Measured(found)


def _blank(evidence: Evidence, on: date, code: str) -> Iterator[Finding]:
    for column, page in columns_of(evidence):
        if is_blank(page) and not (column.archived_on and column.archived_on <= on):
            yield Finding(code, page.url, f"栏目“{column.name}”没有内容。")


def blank_columns(evidence: Evidence, on: date) -> Measured:
    """V-W-11: columns with nothing in them."""
    if not columns_of(evidence):
        return Measured(unknown="没有认出栏目页。")
    return Measured(tuple(_blank(evidence, on, "V-W-11")))


def other_columns(evidence: Evidence, on: date) -> Measured:
    """D-07: each blank column −2, each stale one −1."""
    if not columns_of(evidence):
        return Measured(unknown="没有认出栏目页。")
    blank = tuple(_blank(evidence, on, "D-07"))
    stale = tuple(_stale(evidence, on, "D-07", first_level_only=False))
    return Measured((*blank, *stale), lost=Decimal(2 * len(blank) + len(stale)))


def _of_type(evidence: Evidence, *types: str) -> list[Page]:
    return [
        page for page in evidence.pages
        if page.is_open and page.kind in {PageKind.COLUMN, PageKind.CONTENT}
        and any(kind in (page.label("ColumnType") or "") for kind in types)
    ]  # fmt: skip


def _unseen(evidence: Evidence) -> str:
    """Why the absence of a page says nothing."""
    if not any(page.is_open for page in evidence.pages):
        return "没有打开任何页面。"
    return "网站没有查完，没有见到的不等于没有。" if evidence.cut_short else ""


def has_columns(evidence: Evidence, code: str, what: str, *types: str) -> Measured:
    """D-01 to D-03: whether there is a column of a type at all."""
    if _of_type(evidence, *types):
        return Measured(note="有这类栏目；内容是否准确由人工核对。")
    if unseen := _unseen(evidence):
        return Measured(unknown=unseen)
    return Measured((Finding(code, evidence.start, f"没有找到“{what}”栏目（按网页标签 ColumnType 认定）。"),))


def updated_within(evidence: Evidence, on: date, code: str, what: str, days: int, *types: str) -> Measured:
    """D-04 to D-06: whether columns of a type show something of the last so many days."""
    pages = [page for page in _of_type(evidence, *types) if page.kind is PageKind.COLUMN]
    if not pages and (unseen := _unseen(evidence)):
        return Measured(unknown=unseen)
    if not pages:
        return Measured((Finding(code, evidence.start, f"没有找到“{what}”栏目（按网页标签 ColumnType 认定）。"),),
                        lost=Decimal(5) if code in {"D-04", "D-05"} else None)  # fmt: skip
    found = [day for day in (newest(page, evidence) for page in pages) if day is not None]
    if not found:
        return Measured(unknown=f"“{what}”栏目里没有带日期的列表。")
    if (on - max(found)).days > days:
        return Measured(
            (Finding(code, pages[0].url, f"“{what}”最新一条是 {max(found)}，超过 {days} 天没有更新。"),)
        )
    return Measured(note=f"最新一条是 {max(found)}。")

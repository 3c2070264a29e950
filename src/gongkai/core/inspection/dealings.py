"""Interaction and services: channels, unanswered messages, elements of guides (V-W-12 to 16, D-09, D-14, V-M-02)."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from gongkai.core.inspection.facts import Evidence, Message, Page, PageKind
from gongkai.core.inspection.findings import Finding, Measured

ANSWER_MONTHS = 3  # V-W-13
SHOWN_DAYS = 62  # D-14: no message shown for more than two months
POST_DAYS = 14  # V-M-02
# The eight kinds of elements, V-W-15; the words by which guides name them.
ELEMENTS: dict[str, tuple[str, ...]] = {
    "事项名称": ("事项名称", "办理事项", "服务事项", "项目名称"),
    "设定依据": ("设定依据", "办理依据", "法律依据", "政策依据", "依据"),
    "申请条件": ("申请条件", "受理条件", "办理条件", "申报条件", "条件"),
    "办理材料": ("办理材料", "申请材料", "申报材料", "所需材料", "提交材料", "材料"),
    "办理地点": ("办理地点", "受理地点", "办公地址", "地点", "地址"),
    "办理时间": ("办理时间", "办公时间", "受理时间", "工作时间", "办理时限", "时间"),
    "联系电话": ("联系电话", "咨询电话", "联系方式", "电话"),
    "办理流程": ("办理流程", "办理程序", "办事流程", "流程", "程序"),
}
LACKING = 4  # from how many kinds on an item counts
_TALK = ("咨询投诉", "征集调查")
_TALK_WORDS = re.compile("咨询|建议|留言|信箱|建言|互动")


def elements_in(text: str) -> tuple[str, ...]:
    """Which of the eight kinds of elements a guide's text names."""
    return tuple(kind for kind, words in ELEMENTS.items() if any(word in text for word in words))


def no_channel(evidence: Evidence) -> Measured:
    """V-W-12: no place to ask or suggest. A form found is a way in; whether it works, a person tries."""
    if not any(page.is_open for page in evidence.pages):
        return Measured(unknown="没有打开任何页面。")
    talk = [page for page in evidence.pages if page.is_open and _is_talk(page)]
    if not talk:
        return Measured((Finding("V-W-12", evidence.start, "没有找到在线咨询、建言的栏目或入口。"),))
    if any(page.has_form for page in talk):
        return Measured(note="有可以提交的留言表单；是否有人办理见留言答复。")
    return Measured(unknown=f"有互动栏目（{talk[0].url}），没有找到可以提交的表单，请人工试用。")


def _is_talk(page: Page) -> bool:
    named = page.label("ColumnType") or ""
    return any(kind in named for kind in _TALK) or (
        page.kind in {PageKind.COLUMN, PageKind.OTHER}
        and bool(_TALK_WORDS.search(page.heading or page.title))
    )


def messages_of(evidence: Evidence) -> tuple[Message, ...] | None:
    """Messages by the office's records and as pages show them; None where neither is there."""
    shown = tuple(message for page in evidence.pages for message in page.messages)
    known = evidence.register.messages
    return None if known is None and not shown else (*(known or ()), *shown)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError(day)


def unanswered(evidence: Evidence, on: date) -> Measured:
    """V-W-13: within the year before, a message older than three months without an answer."""
    messages = messages_of(evidence)
    if messages is None:
        return Measured(unknown="没有留言的记录，页面上也没有认出留言。")
    oldest, limit = months_before(on, 12), months_before(on, ANSWER_MONTHS)
    found = tuple(
        Finding("V-W-13", one.where, f"{one.received_on} 收到的留言（{one.number or '无编号'}）超过三个月没有答复。",
                key=one.number or one.received_on.isoformat())
        for one in messages
        if one.answered_on is None and oldest <= one.received_on < limit
    )  # fmt: skip
    return Measured(found, note=f"核对了 {len(messages)} 条留言。")


def messages_shown(evidence: Evidence, on: date) -> Measured:
    """D-14: the newest message shown is not older than two months."""
    shown = [message for page in evidence.pages for message in page.messages]
    if not shown:
        return Measured(unknown="页面上没有认出公开的留言。")
    last = max(shown, key=lambda one: one.received_on)
    if (on - last.received_on).days > SHOWN_DAYS:
        return Measured(
            (
                Finding(
                    "D-14",
                    last.where,
                    f"最近公开的留言是 {last.received_on} 的，超过两个月没有公开新的留言。",
                ),
            )
        )
    return Measured(note=f"最近公开的留言是 {last.received_on} 的。")


def guides(evidence: Evidence) -> list[Page]:
    """Pages of items of service: content pages of a column of that type."""
    return [
        page for page in evidence.pages
        if page.is_open and page.kind is PageKind.CONTENT and "办事服务" in (page.label("ColumnType") or "")
    ]  # fmt: skip


def no_services(evidence: Evidence) -> Measured:
    """V-W-14: no services at all."""
    if not any(page.is_open for page in evidence.pages):
        return Measured(unknown="没有打开任何页面。")
    if guides(evidence):
        return Measured(note=f"有 {len(guides(evidence))} 个办事指南页面。")
    if evidence.cut_short:
        return Measured(unknown="还没有找到办事指南，但网站没有查完。")
    return Measured(
        (Finding("V-W-14", evidence.start, "没有找到办事服务栏目下的事项（按网页标签 ColumnType 认定）。"),)
    )


def _missing(page: Page) -> list[str]:
    return [kind for kind in ELEMENTS if kind not in page.guide_elements]


def poor_guides(evidence: Evidence) -> Measured:
    """V-W-15: items that lack four kinds of elements or more."""
    pages = guides(evidence)
    if not pages:
        return Measured(unknown="没有办事指南可查。")
    return Measured(tuple(
        Finding("V-W-15", page.url, f"办事指南“{page.heading}”缺少：{'、'.join(_missing(page))}。")
        for page in pages if len(_missing(page)) >= LACKING
    ))  # fmt: skip


def few_and_poor(evidence: Evidence) -> Measured:
    """V-W-16: fewer than five items, and every one lacks four kinds or more."""
    pages = guides(evidence)
    if not pages:
        return Measured(unknown="没有办事指南可查。")
    if len(pages) < 5 and all(len(_missing(page)) >= LACKING for page in pages):
        return Measured(
            (Finding("V-W-16", pages[0].url, f"只有 {len(pages)} 个事项，每个都缺 4 类以上要素。"),)
        )
    return Measured()


def incomplete_guides(evidence: Evidence) -> Measured:
    """D-09: each missing kind −1 (points from memory)."""
    pages = guides(evidence)
    if not pages:
        return Measured(unknown="没有办事指南可查。")
    poor = [(page, _missing(page)) for page in pages if _missing(page)]
    return Measured(
        tuple(
            Finding("D-09", page.url, f"办事指南“{page.heading}”缺少：{'、'.join(lacks)}。")
            for page, lacks in poor
        ),
        lost=Decimal(sum(len(lacks) for _, lacks in poor)),
    )


def silent_accounts(evidence: Evidence, on: date) -> Measured:
    """V-M-02: an account without a post in the two weeks before."""
    channels = evidence.register.channels
    if channels is None:
        return Measured(unknown="没有登记政务新媒体账号。")
    if not channels:
        return Measured(applies=False, note="没有政务新媒体账号。")
    found = tuple(
        Finding("V-M-02", evidence.start, f"账号“{one.name}”最近一次发布是 {one.newest_on}，超过 {POST_DAYS} 天。", key=one.name)
        for one in channels if one.newest_on is not None and (on - one.newest_on).days > POST_DAYS
    )  # fmt: skip
    silent = [one.name for one in channels if one.newest_on is None]
    return Measured(found, unknown=f"没有发布记录的账号：{'、'.join(silent)}。" if silent else "")

"""What pages and servers must have: dates, integrity, access for all, encryption, headers, search, being there.

Codes: V-W-05, V-W-07, S-TAMPER, V-W-04, Q-ACCESS, Q-HTTPS, Q-HEADERS, D-20. Source: ``portal-rules`` §2.2, §6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

from gongkai.core.inspection.facts import Evidence, Page, PageKind
from gongkai.core.inspection.findings import Finding, Measured

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
NO_PAGE = "没有打开任何页面。"


def _open_pages(evidence: Evidence) -> list[Page]:
    return [page for page in evidence.pages if page.is_open and page.is_html]


def published_on(page: Page) -> date | None:
    """The day that a page says it was published: its label, else what it prints."""
    found = _DAY.match(page.label("PubDate") or "")
    if found is not None:
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            return page.shown_on
    return page.shown_on


def forged_dates(evidence: Evidence, on: date) -> Measured:
    """V-W-05: a day that has not come, that is not the day of release, or that is later than the page was first seen."""
    pages = [page for page in _open_pages(evidence) if page.kind is PageKind.CONTENT]
    if not pages:
        return Measured(unknown="没有打开任何信息页面。")
    found = []
    for page in pages:
        day = published_on(page)
        why = "" if day is None else _why_forged(page.url, day, evidence, on)
        if why:
            found.append(Finding("V-W-05", page.url, f"发布日期 {day} 不实：{why}。"))
    note = (
        "" if evidence.register.released is not None else "没有发布记录可以核对，只核对了未来日期和以往检查。"
    )
    return Measured(tuple(found), note=note)


def _why_forged(url: str, day: date, evidence: Evidence, on: date) -> str:
    released = (evidence.register.released or {}).get(url)
    seen = (evidence.register.first_seen or {}).get(url)
    if day > on:
        return "晚于检查当天"
    if released is not None and day != released:
        return f"系统记录的发布日期是 {released}"
    if seen is not None and day > seen:
        return f"{seen} 的检查已经见过这个页面"
    return ""


def not_reachable(evidence: Evidence) -> Measured:
    """V-W-07: within a week, at least 20 visits a day, five in a hundred or more fail."""
    visits = sorted(evidence.register.visits, key=lambda one: one.at)
    recent = [one for one in visits if one.at > evidence.ended_at - timedelta(days=7)]
    failed = sum(not one.is_open for one in recent)
    days: dict[date, int] = {}
    for one in recent:
        days[one.at.date()] = days.get(one.at.date(), 0) + 1
    enough = len(recent) >= 7 * 20 and sum(count >= 20 for count in days.values()) >= 6
    counted = f"近 7 天试了 {len(recent)} 次，失败 {failed} 次"
    if not enough:
        return Measured(unknown=f"{counted}；每天满 20 次、满一周才能判断。")
    if failed * 20 >= len(recent):
        return Measured((Finding("V-W-07", evidence.start, f"{counted}，达到 5%。"),))
    return Measured(note=f"{counted}。")


def tampered(evidence: Evidence, code: str) -> Measured:
    """S-TAMPER and the suspicion V-W-04: bytes served or stored that the signed list does not know."""
    register = evidence.register
    if register.signed is None and register.differences is None:
        return Measured(unknown="没有签发清单可以核对。")
    found = list(_served_otherwise(evidence, code))
    shown = {urlsplit(one.url).path.strip("/") for one in found}
    for one in register.differences or ():
        if one.name.removesuffix(".gz").removesuffix("index.html").strip("/") not in shown:
            found.append(
                Finding(code, f"file:{one.name}", f"磁盘上的文件 {one.name}：{one.what}。", key=one.name)
            )
    return Measured(tuple(found))


def _served_otherwise(evidence: Evidence, code: str) -> Iterator[Finding]:
    for page in evidence.pages:
        parts = urlsplit(page.url)
        address = parts.path + (f"?{parts.query}" if parts.query else "")
        signed = (evidence.register.signed or {}).get(address)
        if signed is not None and page.is_open and not page.redirects and signed != page.digest:
            yield Finding(
                code, page.url, f"打开的内容（SM3 {page.digest[:12]}…）与签发的（{signed[:12]}…）不一致。"
            )


def access_faults(evidence: Evidence) -> Measured:
    """Q-ACCESS: language, alternatives of pictures, names of fields."""
    pages = _open_pages(evidence)
    if not pages:
        return Measured(unknown=NO_PAGE)
    found = []
    for page in pages:
        faults = []
        if not page.lang.lower().startswith("zh"):
            faults.append("html 没有标明语言（lang）")
        if page.pictures_without_alt:
            faults.append(f"{page.pictures_without_alt} 张图片没有替代文字（alt）")
        if page.fields_without_label:
            faults.append(f"{page.fields_without_label} 个输入框没有标签")
        if not page.title:
            faults.append("页面没有标题（title）")
        if faults:
            found.append(Finding("Q-ACCESS", page.url, "；".join(faults) + "。"))
    return Measured(tuple(found), note="只查机器能查的基本项，其余由人工按 GB/T 37668 核对。")


def not_encrypted(evidence: Evidence) -> Measured:
    """Q-HTTPS: pages in plain, plain parts of encrypted pages. A test address of this machine tells nothing."""
    host = urlsplit(evidence.start).hostname or ""
    pages = _open_pages(evidence)
    if not pages:
        return Measured(unknown=NO_PAGE)
    plain = [page.url for page in pages if page.url.startswith("http://")]
    if plain and host in LOCAL:
        return Measured(unknown="检查的是本机地址，加密访问要在正式域名上查。")
    found = [Finding("Q-HTTPS", plain[0], f"{len(plain)} 个页面用明文 HTTP 访问。")] if plain else []
    for page in pages:
        mixed = [link.url for link in page.links if link.is_resource and link.url.startswith("http://")]
        if mixed and page.url.startswith("https://"):
            found.append(Finding("Q-HTTPS", page.url, f"加密页面里有明文资源：{mixed[0]}", key="mixed"))
    return Measured(tuple(found))


def poor_headers(evidence: Evidence) -> Measured:
    """Q-HEADERS: one finding for each header that pages lack, at the first of them."""
    pages = _open_pages(evidence)
    if not pages:
        return Measured(unknown=NO_PAGE)
    lacking: dict[str, list[str]] = {}
    for page in pages:
        for fault in _header_faults(page):
            lacking.setdefault(fault, []).append(page.url)
    return Measured(tuple(
        Finding("Q-HEADERS", urls[0], f"{fault}（{len(urls)} 个页面）。", key=fault) for fault, urls in lacking.items()
    ))  # fmt: skip


def _header_faults(page: Page) -> Iterator[str]:
    given = dict(page.headers)
    policy = given.get("content-security-policy", "")
    if not policy:
        yield "没有 Content-Security-Policy"
    elif "frame-ancestors" not in policy and "x-frame-options" not in given:
        yield "没有禁止被其他网站嵌入（frame-ancestors）"
    if given.get("x-content-type-options", "").lower() != "nosniff":
        yield "没有 X-Content-Type-Options: nosniff"
    if not given.get("referrer-policy"):
        yield "没有 Referrer-Policy"
    if page.url.startswith("https://") and "strict-transport-security" not in given:
        yield "没有 Strict-Transport-Security"
    if re.search(r"/\d", given.get("server", "")) or "x-powered-by" in given:
        yield "响应头露出了软件版本"


def search_misses(evidence: Evidence) -> Measured:
    """D-20: each published title that the first page of results does not hold."""
    probes = evidence.searches
    if probes is None:
        return Measured(unknown="没有做搜索测试。")
    home = next((page for page in evidence.pages if page.kind is PageKind.HOME), None)
    if not probes:
        return Measured(unknown="没有已发布的标题可以搜。" if home else NO_PAGE)
    found = tuple(
        Finding("D-20", probe.asked, f"搜索“{probe.title}”，第一页结果里没有这条信息。", key=probe.url)
        for probe in probes if not probe.found
    )  # fmt: skip
    return Measured(found, note=f"搜了 {len(probes)} 个标题。")

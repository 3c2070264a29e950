"""Links that fail, that are hidden, that lead where they should not (D-19, S-HIDDEN, S-FOREIGN).

A link counts as failed only when its last three tries failed and these lie over 24 hours (``portal-rules`` §2.5, ours);
before that it is suspected. Source of the rules: §1.5 P-CON-06.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from urllib.parse import unquote, urlsplit

from gongkai.core.inspection.facts import Evidence, Link, PageKind, Try
from gongkai.core.inspection.findings import Finding, Measured

TRIES = 3
SPREAD = timedelta(hours=24)
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|\[?[0-9a-fA-F]*:[0-9a-fA-F:.]+\]?")
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
REGISTRIES = frozenset(
    {"bszs.conac.cn", "dcs.conac.cn", "beian.miit.gov.cn", "beian.mps.gov.cn", "pucha.kaipuyun.cn"}
)


def has_failed(tries: Sequence[Try]) -> bool:
    """Whether the last three tries failed and lie far enough apart."""
    last = sorted(tries, key=lambda one: one.at)
    run: list[Try] = []
    for one in reversed(last):
        if not one.failed:
            break
        run.append(one)
    return len(run) >= TRIES and run[0].at - run[-1].at >= SPREAD


def broken_links(evidence: Evidence) -> Measured:
    """D-19: each broken address once, at the first page that names it."""
    if not evidence.tries:
        return Measured(unknown="没有试过任何链接。")
    named = _first_named(evidence)
    found = []
    for url, tries in sorted(evidence.tries.items()):
        last = max(tries, key=lambda one: one.at)
        if url not in named or not last.failed:
            continue
        page, text, count = named[url]
        certain = has_failed(tries)
        failed = sum(one.failed for one in tries)
        how = f"返回 {last.status}" if last.status else last.fault or "没有回应"
        says = f"链接“{text or unquote(url)}”打不开（{how}，失败 {failed} 次，{count} 个页面有它）：{unquote(url)}"
        if not certain:
            says += "。失败不满 3 次或者前后不到 24 小时，待复查"
        found.append(Finding("D-19", page, says, key=url, is_certain=certain))
    lost = Decimal("0.1") * sum(one.is_certain for one in found)
    note = "" if evidence.outside_tried else "外部链接没有测试。"
    return Measured(tuple(found), note=f"试了 {len(evidence.tries)} 个链接。{note}", lost=lost)


def _first_named(evidence: Evidence) -> dict[str, tuple[str, str, int]]:
    named: dict[str, tuple[str, str, int]] = {}
    for page in evidence.pages:
        for url, text in {link.url: link.text for link in page.links}.items():
            first, words, count = named.get(url, (page.url, text, 0))
            named[url] = (first, words, count + 1)
    return named


def outside(evidence: Evidence) -> Iterator[tuple[str, Link]]:
    """Links that lead to other hosts, each with the page it stands on."""
    own = {urlsplit(evidence.start).hostname, *evidence.register.hosts}
    for page in evidence.pages:
        for link in page.links:
            parts = urlsplit(link.url)
            if parts.scheme in {"http", "https"} and parts.hostname and parts.hostname not in own:
                yield page.url, link


def hidden_links(evidence: Evidence) -> Measured:
    """S-HIDDEN: an outside link that no reader can see; a government's own host is no concern."""
    if not _seen(evidence):
        return Measured(unknown="没有打开任何页面。")
    found = {
        link.url: Finding("S-HIDDEN", page, f"页面里藏着看不见的外部链接：{link.url}（文字“{link.text[:30]}”）。", key=link.url)
        for page, link in outside(evidence)
        if link.is_hidden and not _is_trusted(link.url, evidence)
    }  # fmt: skip
    return Measured(tuple(found.values()))


def foreign_links(evidence: Evidence) -> Measured:
    """S-FOREIGN: an address of digits is a fault; a host outside .gov.cn that nobody approved is to be looked at."""
    if not _seen(evidence):
        return Measured(unknown="没有打开任何页面。")
    found: dict[str, Finding] = {}
    for page, link in outside(evidence):
        host = urlsplit(link.url).hostname or ""
        if host in found or link.is_hidden:
            continue
        if _ADDRESS.fullmatch(host) and host not in _LOCAL:
            found[host] = Finding("S-FOREIGN", page, f"链接直接指向 IP 地址：{link.url}", key=host)
        elif not _ADDRESS.fullmatch(host) and not _is_trusted(link.url, evidence):
            says = f"外部网站 {host} 不在核准名单里，请核对：{link.url}"
            found[host] = Finding("S-FOREIGN", page, says, key=host, is_certain=False)
    return Measured(tuple(found.values()))


def _seen(evidence: Evidence) -> bool:
    return any(page.is_open and page.kind is not PageKind.FILE for page in evidence.pages)


def _is_trusted(url: str, evidence: Evidence) -> bool:
    host = urlsplit(url).hostname or ""
    known = REGISTRIES | set(evidence.register.trusted_hosts)
    return (
        host.endswith(".gov.cn")
        or host == "gov.cn"
        or any(host == one or host.endswith(f".{one}") for one in known)
    )

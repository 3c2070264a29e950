"""One inspection's look at the site: crawl, links, search, proofreading, put together as evidence."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from urllib.parse import quote, urlsplit

from gongkai.core.inspection import Evidence, Page, PageKind, Register, SearchProbe, Try, Wording
from gongkai.core.proofreading import Style
from gongkai.crawling.addresses import absolute, host_of, path_of
from gongkai.crawling.crawl import Crawler
from gongkai.crawling.decoding import decoded
from gongkai.crawling.extracting import Extracted
from gongkai.crawling.fetching import Fetched, fetch
from gongkai.crawling.limits import Limits
from gongkai.crawling.proofing import file_wordings, page_wordings

MAX_KEPT_BYTES = 300_000  # of one page's copy, before packing
TRIES_KEPT = 12


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Settings:
    """What to look at and how.

    Attributes:
        hosts: further hosts of our own, with their port where it is not the usual one.
        earlier: tries of links in earlier inspections, by address.
        try_outside: whether links to other hosts are tried (HEAD, then GET).
        seed: of the choice of titles to search for; the day in practice.
    """

    start: str
    register: Register = field(default_factory=Register)
    hosts: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    earlier: Mapping[str, tuple[Try, ...]] = field(default_factory=dict)
    try_outside: bool = False
    proofread: bool = True
    style: Style = field(default_factory=Style)
    seed: int = 0


@dataclass(slots=True)
class Look:
    """The evidence; and each HTML page's body, packed by zlib, by address."""

    evidence: Evidence
    bodies: dict[str, bytes]


@dataclass(slots=True)
class _Reader:
    """Takes each page as it comes, so that no body need be kept whole."""

    settings: Settings
    now: datetime
    wordings: list[Wording] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)
    bodies: dict[str, bytes] = field(default_factory=dict)

    def take(self, extracted: Extracted, found: Fetched) -> None:
        page, today = extracted.page, self.now.date()
        if page.kind is not PageKind.FILE:
            self.bodies[page.url] = zlib.compress(found.body[:MAX_KEPT_BYTES], 6)
        if not self.settings.proofread or not page.is_open:
            return
        if page.kind is PageKind.FILE:
            said, why = file_wordings(page, found, self.settings.style, today)
            self.wordings += said
            self.unread += [(page.url, why)] if why else []
        else:
            self.wordings += page_wordings(page, extracted.main_html, self.settings.style, today)


def look(
    settings: Settings,
    *,
    now: Callable[[], datetime] = _now,
    told: Callable[[int], None] = lambda count: None,
) -> Look:
    """Look at the whole site.

    Args:
        now: the moment, for evidence.
        told: hears how many pages there are so far.

    Raises:
        ValueError: the start is no web address.
    """
    start = absolute(settings.start, settings.start)
    if start is None:
        raise ValueError(settings.start)
    began = now()
    reader = _Reader(settings, began)
    crawler = _crawler(settings, start, reader, now, told)
    crawler.run()
    pages = tuple(crawler.pages.values())
    tries = _tries(crawler, settings, pages)
    searches = _searches(crawler, settings, pages)
    return Look(
        Evidence(
            start, began, now(), pages, tries, settings.try_outside, searches,
            tuple(reader.wordings) if settings.proofread else None,
            tuple(reader.unread), tuple(crawler.cut_short), settings.register,
        ),
        reader.bodies,
    )  # fmt: skip


def _crawler(
    settings: Settings, start: str, reader: _Reader, now: Callable[[], datetime], told: Callable[[int], None]
) -> Crawler:
    columns = frozenset(one.url for one in settings.register.columns or ())
    crawler = Crawler(start, frozenset({host_of(start), *settings.hosts}), settings.limits, now, columns)

    def seen(extracted: Extracted, found: Fetched) -> None:
        reader.take(extracted, found)
        told(len(crawler.pages))

    crawler.seen = seen
    return crawler


def _tries(crawler: Crawler, settings: Settings, pages: tuple[Page, ...]) -> dict[str, tuple[Try, ...]]:
    """Every link that is named: opened by the crawl, or tried now; earlier tries go before."""
    tries = dict(crawler.tries)
    named = dict.fromkeys(link.url for page in pages for link in page.links)
    left = settings.limits.links
    for url in named:
        if url in tries or left <= 0 or crawler.is_over:
            continue
        ours = crawler.may_ask(url)
        if (ours and not crawler.may_crawl(url)) or (not ours and not settings.try_outside):
            continue
        left -= 1
        tries[url] = _try(crawler, url, settings.limits, ours=ours)
    return {url: (*settings.earlier.get(url, ()), one)[-TRIES_KEPT:] for url, one in tries.items()}


def _try(crawler: Crawler, url: str, limits: Limits, *, ours: bool) -> Try:
    found = _once(crawler, url, limits, "HEAD", ours=ours)
    if found.status in {0, 403, 404, 405, 501}:  # servers that do not know HEAD
        found = _once(crawler, url, limits, "GET", ours=ours)
    return Try(crawler.now(), found.status, found.fault)


def _once(crawler: Crawler, url: str, limits: Limits, method: str, *, ours: bool) -> Fetched:
    if ours:
        return crawler.ask(url, method=method, max_bytes=1024)
    time.sleep(limits.pause)
    host = host_of(url)
    return fetch(
        url,
        may_ask=lambda target: host_of(target) == host,
        max_bytes=1024,
        seconds=limits.page_seconds,
        method=method,
    )


def _searches(
    crawler: Crawler, settings: Settings, pages: tuple[Page, ...]
) -> tuple[SearchProbe, ...] | None:
    """Some published titles put into the site's own search."""
    if crawler.search is None or crawler.is_over:
        return None
    action, name = crawler.search
    if not crawler.may_ask(action):
        return None
    items = sorted(
        (page.url, page.heading) for page in pages if page.kind is PageKind.CONTENT and page.heading
    )
    chosen = Random(settings.seed).sample(items, min(settings.limits.searches, len(items)))  # noqa: S311 - a sample, no secret
    return tuple(_probe(crawler, action, name, url, title) for url, title in chosen)


def _probe(crawler: Crawler, action: str, name: str, url: str, title: str) -> SearchProbe:
    asked = f"{action}{'&' if '?' in action else '?'}{name}={quote(title[:60])}"
    found = crawler.ask(asked)
    text = decoded(found.body, found.header("content-type")) if found.status == 200 else ""
    path = urlsplit(url).path
    return SearchProbe(title, url, asked, path in text or path_of(url) in text)

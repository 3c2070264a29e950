"""From the first page outward: pages in order of their distance, each once, until all is seen or a limit is reached."""

from __future__ import annotations

import re
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from gongkai.core.inspection import Page, PageKind, Try
from gongkai.crawling.addresses import absolute, goes_round, host_of, without_query
from gongkai.crawling.decoding import decoded
from gongkai.crawling.extracting import Extracted, extract, is_html
from gongkai.crawling.fetching import AGENT, Fetched, fetch
from gongkai.crawling.limits import Limits

_LOCATION = re.compile(r"<loc>\s*([^<\s]+)\s*</loc>")
MAX_SITEMAPS = 60
Seen = Callable[[Extracted, Fetched], None]


@dataclass(slots=True)
class Crawler:
    """One crawl; ``now`` gives the moment, for evidence."""

    start: str
    hosts: frozenset[str]
    limits: Limits
    now: Callable[[], datetime]
    columns: frozenset[str] = frozenset()
    seen: Seen = lambda extracted, fetched: None
    pages: dict[str, Page] = field(default_factory=dict)
    tries: dict[str, Try] = field(default_factory=dict)
    search: tuple[str, str] | None = None
    cut_short: list[str] = field(default_factory=list)
    _robots: RobotFileParser = field(default_factory=RobotFileParser)
    _until: float = 0.0
    _asked_at: float = 0.0
    _files: int = 0

    def run(self) -> None:
        """Crawl. What was found lies in the attributes."""
        self._until = time.monotonic() + self.limits.seconds
        queue: deque[tuple[str, int]] = deque([(self.start, 0)])
        known, variants = {self.start}, Counter[str]()
        self._read_robots()
        queue.extend((url, 1) for url in self._admitted(self._sitemap(), known, variants))
        while queue:
            if why := self._spent():
                self._say(f"{why}，还有 {len(queue)} 个地址没有打开")
                return
            url, depth = queue.popleft()
            onward = self._open(url)
            if depth < self.limits.depth:
                queue.extend((one, depth + 1) for one in self._admitted(onward, known, variants))
            elif any(one not in known for one in onward):
                self._say(f"点击 {self.limits.depth} 次以上才能到的页面没有打开")

    def _say(self, why: str) -> None:
        if why not in self.cut_short:
            self.cut_short.append(why)

    def _spent(self) -> str:
        if time.monotonic() > self._until:
            return f"用时超过 {self.limits.seconds:g} 秒"
        return f"页面超过 {self.limits.pages} 个" if len(self.pages) >= self.limits.pages else ""

    @property
    def is_over(self) -> bool:
        return time.monotonic() > self._until

    def may_ask(self, url: str) -> bool:
        return host_of(url) in self.hosts

    def may_crawl(self, url: str) -> bool:
        """Ours, and not closed by robots.txt."""
        return self.may_ask(url) and self._robots.can_fetch(AGENT, url)

    def _admitted(self, urls: Iterable[str], known: set[str], variants: Counter[str]) -> Iterator[str]:
        """Addresses to open: ours, new, no loop, not one more of endless variants."""
        for url in urls:
            if url in known or not self.may_crawl(url):
                continue
            if goes_round(url, self.limits.segments):
                self._say("有地址层层重复，没有继续打开")
                continue
            path = without_query(url)
            if url != path:
                if variants[path] >= self.limits.variants:
                    self._say(f"同一页面的参数超过 {self.limits.variants} 种，其余没有打开")
                    continue
                variants[path] += 1
            known.add(url)
            yield url

    def ask(self, url: str, *, method: str = "GET", max_bytes: int | None = None) -> Fetched:
        """One request, not sooner than the pause after the last."""
        wait = self._asked_at + self.limits.pause - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        self._asked_at = time.monotonic()
        return fetch(
            url, may_ask=self.may_ask, max_bytes=self.limits.page_bytes if max_bytes is None else max_bytes,
            seconds=self.limits.page_seconds, redirects=self.limits.redirects, method=method,
        )  # fmt: skip

    def _read_robots(self) -> None:
        parts = urlsplit(self.start)
        found = self.ask(f"{parts.scheme}://{parts.netloc}/robots.txt", max_bytes=500_000)
        text = decoded(found.body, found.header("content-type")) if found.status == 200 else ""
        self._robots.parse(text.splitlines())

    def _sitemap(self) -> list[str]:
        """Addresses that the site map names, nested maps included; all on our own hosts."""
        parts = urlsplit(self.start)
        maps = deque([f"{parts.scheme}://{parts.netloc}/sitemap.xml"])
        found: list[str] = []
        done: set[str] = set()
        while maps and len(done) < MAX_SITEMAPS and len(found) < self.limits.pages and not self._spent():
            url = maps.popleft()
            if url in done:
                continue
            done.add(url)
            answer = self.ask(url)
            if answer.status != 200 or is_html(answer):
                continue
            for given in _LOCATION.findall(decoded(answer.body, answer.header("content-type"))):
                named = absolute(self.start, given.replace("&amp;", "&"))
                if named is not None:
                    (maps if urlsplit(named).path.endswith(".xml") else found).append(self._here(named))
        return found

    def _here(self, url: str) -> str:
        """A site map names the public address; where a test address is inspected, the same path there."""
        if self.may_ask(url):
            return url
        named, start = urlsplit(url), urlsplit(self.start)
        return (
            url
            if named.hostname not in self._aliases
            else named._replace(scheme=start.scheme, netloc=start.netloc).geturl()
        )

    @property
    def _aliases(self) -> frozenset[str | None]:
        return frozenset(urlsplit(f"//{host}").hostname for host in self.hosts)

    def _open(self, url: str) -> list[str]:
        """Fetch and read one page; the addresses its readers can click."""
        found = self.ask(url, max_bytes=self._allowed(url))
        at = self.now()
        self.tries[url] = Try(at, found.status, found.fault)
        if found.url in self.pages:
            return []
        if found.status and not is_html(found):
            self._keep_file(url, found, at)
            return []
        is_home = url == self.start
        extracted = extract(found, at, is_home=is_home, columns=self.columns)
        if not found.is_whole and found.status:
            said = f"页面超过 {self.limits.page_bytes // 2**20} MB，只读了前面的部分"
            extracted = replace(extracted, page=replace(extracted.page, fault=said))
        if is_home:
            self.search = extracted.search
        self.pages[found.url] = extracted.page
        self.seen(extracted, found)
        return [link.url for link in extracted.page.links if not link.is_resource]

    def _allowed(self, url: str) -> int:
        """Files may be longer than pages, as long as there are not too many of them."""
        name = urlsplit(url).path.rsplit("/", 1)[-1].lower()
        is_file = "." in name and not name.endswith((".html", ".htm", ".shtml", ".jsp", ".aspx", ".php"))
        return (
            self.limits.file_bytes if is_file and self._files < self.limits.files else self.limits.page_bytes
        )

    def _keep_file(self, url: str, found: Fetched, at: datetime) -> None:
        from gongkai.crawling.digests import sm3

        page = Page(
            found.url, found.status, at, PageKind.FILE, sm3(found.body), len(found.body), round(found.seconds, 3),
            found.fault if found.is_whole else "文件过大，没有读完", found.redirects,
            headers=tuple((name, value[:200]) for name, value in found.headers if name == "content-type"),
        )  # fmt: skip
        self.pages[found.url] = page
        self._files += 1
        if self._files == self.limits.files:
            self._say(f"附件超过 {self.limits.files} 个，其余只看能否打开")
        self.seen(Extracted(page), found)

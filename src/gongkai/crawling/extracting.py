"""A page's facts out of its HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from gongkai.core.inspection import Message, Page, PageKind
from gongkai.core.inspection.dealings import elements_in
from gongkai.crawling.addresses import absolute
from gongkai.crawling.decoding import decoded
from gongkai.crawling.digests import sm3
from gongkai.crawling.fetching import Fetched
from gongkai.crawling.walking import DAY, Walked, day_in, walk, words_of

_EMPTY = re.compile("暂无(?:信息|内容|数据|相关)|(?:栏目|页面|正在|网站)建设中?")
_SHOWN = re.compile(r"(?:发布时间|发布日期|发文日期|发稿时间)\s*[:：]?\s*(" + DAY.pattern + ")")
_ASKED = re.compile(r"(?:留言|来信|提问|咨询|提交|写信)(?:时间|日期)\s*[:：]?\s*(" + DAY.pattern + ")")
_ANSWERED = re.compile(r"(?:回复|答复|回信|办理)(?:时间|日期)\s*[:：]?\s*(" + DAY.pattern + ")")
_NUMBER = re.compile(r"(?:编号|信件号|查询码)\s*[:：]?\s*([A-Za-z0-9-]{2,30})")
_QUIET_FIELDS = frozenset({"hidden", "submit", "button", "image", "reset"})
_SEARCH_NAMES = frozenset({"q", "wd", "key", "keyword", "keywords", "searchword", "query", "kw", "word"})
MAX_MESSAGES = 500
MAX_FOOTER = 2000


@dataclass(frozen=True, slots=True)
class Extracted:
    """The facts, the words and the source of the middle, and the site's search form (address, field) where one is."""

    page: Page
    main_html: bytes = b""
    search: tuple[str, str] | None = None


def is_html(found: Fetched) -> bool:
    kind = found.header("content-type").lower()
    if "attachment" in found.header("content-disposition").lower():
        return False
    if kind:
        return "html" in kind
    return found.body[:512].lstrip().lower().startswith((b"<!doctype html", b"<html"))


def extract(
    found: Fetched, at: datetime, *, is_home: bool = False, columns: frozenset[str] = frozenset()
) -> Extracted:
    """Read one answer; what is no readable page gives its status alone.

    Args:
        columns: addresses that the office keeps as columns.
    """
    bare = Page(
        found.url, found.status, at, PageKind.HOME if is_home else PageKind.OTHER, sm3(found.body), len(found.body),
        round(found.seconds, 3), found.fault, found.redirects, _kept(found.headers),
    )  # fmt: skip
    root = _root(found)
    if root is None:
        return Extracted(bare)
    walked = walk(root, _base(root, found.url))
    main = " ".join(" ".join(walked.main).split())
    page = _page(bare, root, walked, main)
    kind = PageKind.HOME if is_home else _kind(page, columns)
    page = replace(page, kind=kind, guide_elements=elements_in(main) if kind is PageKind.CONTENT else ())
    middle = walked.main_element if walked.main_element is not None else root
    return Extracted(
        page,
        etree.tostring(middle, encoding="utf-8", method="html", with_tail=False),
        _search(root, found.url),
    )


def _kept(headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Headers that an indicator or a later reader needs; cookies are nobody's business."""
    wanted = {
        *("content-type", "content-security-policy", "x-content-type-options", "referrer-policy", "server"),
        *("strict-transport-security", "x-frame-options", "x-powered-by", "last-modified", "location"),
    }
    return tuple((name, value[:500]) for name, value in headers if name in wanted)


def _root(found: Fetched) -> Any:
    text = decoded(found.body, found.header("content-type")).replace("\x00", "")
    text = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text)
    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        return lxml_html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _base(root: Any, url: str) -> str:
    given = root.find(".//base[@href]")
    return (absolute(url, given.get("href")) if given is not None else None) or url


def _page(bare: Page, root: Any, walked: Walked, main: str) -> Page:
    title, heading = root.find(".//title"), root.find(".//h1")
    shown = _SHOWN.search(main)
    return replace(
        bare,
        title=words_of(title)[:200] if title is not None else "",
        heading=words_of(heading)[:200] if heading is not None else "",
        lang=root.get("lang", ""),
        labels=tuple(
            (one.get("name", ""), one.get("content", "")[:500])
            for one in root.iterfind(".//meta[@name]")
            if one.get("name", "")[:1].isupper()
        ),
        links=tuple(walked.links.values()),
        entries=tuple(walked.entries),
        shown_on=day_in(shown[1]) if shown else None,
        footer=" ".join(" ".join(walked.footer).split())[-MAX_FOOTER:],
        main_characters=len(re.sub(r"\s", "", main)),
        says_empty=bool(_EMPTY.search(main)),
        has_form=any(
            one.get("method", "").lower() == "post" and one.find(".//textarea") is not None
            for one in root.iterfind(".//form")
        ),
        pictures_without_alt=sum(one.get("alt") is None for one in root.iterfind(".//img")),
        fields_without_label=_unlabelled(root),
        messages=tuple(_messages(main, bare.url)),
    )


def _kind(page: Page, columns: frozenset[str]) -> PageKind:
    if page.url in columns:
        return PageKind.COLUMN
    if page.label("ArticleTitle") is not None:
        return PageKind.CONTENT
    if page.label("ColumnName") is not None:
        return PageKind.COLUMN
    if page.shown_on is not None and page.heading:
        return PageKind.CONTENT
    return PageKind.COLUMN if len(page.entries) >= 2 else PageKind.OTHER


def _unlabelled(root: Any) -> int:
    named = {one.get("for") for one in root.iterfind(".//label[@for]")}
    count = 0
    for tag in ("input", "select", "textarea"):
        for one in root.iterfind(f".//{tag}"):
            if tag == "input" and one.get("type", "text").lower() in _QUIET_FIELDS:
                continue
            told = one.get("aria-label") or one.get("aria-labelledby") or one.get("title")
            count += not (told or one.get("id") in named or any(True for _ in one.iterancestors("label")))
    return count


def _messages(main: str, url: str) -> list[Message]:
    """Visitors' messages by their dates: each runs from its own to the next one's. Their words are not kept."""
    asked = list(_ASKED.finditer(main))[:MAX_MESSAGES]
    found = []
    for at, match in enumerate(asked):
        end = asked[at + 1].start() if at + 1 < len(asked) else len(main)
        begin = asked[at - 1].end() if at else 0
        day = day_in(match[1])
        number = _NUMBER.search(main, match.end(), end) or next(
            iter(_NUMBER.finditer(main, begin, match.start())), None
        )
        reply = _ANSWERED.search(main, match.end(), end)
        if day is not None:
            found.append(Message(url, number[1] if number else "", day, day_in(reply[1]) if reply else None))
    return found


def _search(root: Any, url: str) -> tuple[str, str] | None:
    for form in root.iterfind(".//form"):
        for one in form.iterfind(".//input[@name]"):
            name = one.get("name")
            if one.get("type") == "search" or name.lower() in _SEARCH_NAMES:
                action = absolute(url, form.get("action") or url)
                return (action, name) if action and form.get("method", "get").lower() == "get" else None
    return None

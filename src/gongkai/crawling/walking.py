"""One walk over a page's elements: links with their place, words of the middle and of the footer, dated lines.

Place and invisibility are inherited; they are told from element names and, for sites that use none, from class and id.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lxml import etree

from gongkai.core.inspection import Entry, Link, Place
from gongkai.crawling.addresses import absolute

_SILENT = frozenset({"script", "style", "template", "noscript", "head", "svg"})
_FRAME = re.compile(
    r"(?:^|[\s_-])(?:header|masthead|nav|navbar|menu|crumbs?|breadcrumb|sidebar)(?:$|[\s_-])", re.IGNORECASE
)
_FOOTER = re.compile(r"(?:^|[\s_-])(?:site-)?foot(?:er)?(?:$|[\s_-])", re.IGNORECASE)
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)|font-size\s*:\s*0(?:px)?\s*(?:;|$)"
    r"|(?:left|top|text-indent|margin-left)\s*:\s*-\d{3,}|(?:width|height)\s*:\s*0(?:px)?\s*(?:;|$)",
    re.IGNORECASE,
)
DAY = re.compile(r"((?:19|20)\d{2})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})")
_RESOURCES = {"img": "src", "script": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src"}
_LINES = frozenset({"li", "tr", "dd"})
MAX_LINKS = 3000
MAX_ENTRIES = 500
_SPACE = re.compile(r"\s+")


def day_in(text: str) -> date | None:
    """The first day written in a text."""
    found = DAY.search(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def words_of(element: Any) -> str:
    """An element's words on one line."""
    return _SPACE.sub(" ", "".join(element.itertext())).strip()


@dataclass(slots=True)
class Walked:
    """What the walk gathered."""

    base: str
    links: dict[tuple[str, Place, bool, bool], Link] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    main: list[str] = field(default_factory=list)
    footer: list[str] = field(default_factory=list)
    main_element: Any = None


def walk(root: Any, base: str) -> Walked:
    """Every element once, without recursion: pages nest deeply."""
    walked = Walked(base)
    stack: list[tuple[Place, bool, bool]] = [(Place.MAIN, False, False)]  # place, hidden, silent
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            stack.append(_state(element, stack[-1]))
            _enter(element, walked, *stack[-1])
        else:
            stack.pop()
            _say(element.tail, walked, *stack[-1])
    return walked


def _state(element: Any, above: tuple[Place, bool, bool]) -> tuple[Place, bool, bool]:
    place, hidden, silent = above
    tag, named = element.tag, f"{element.get('class', '')} {element.get('id', '')}"
    if tag == "main":
        place = Place.MAIN
    elif tag == "footer" or _FOOTER.search(named):
        place = Place.FOOTER
    elif (
        place is Place.MAIN and tag != "body" and (tag in {"header", "nav", "aside"} or _FRAME.search(named))
    ):
        inner = tag == "header" and any(
            str(one.tag) in {"main", "article", "section"} for one in element.iterancestors()
        )
        place = place if inner else Place.FRAME
    hidden = hidden or element.get("hidden") is not None or bool(_UNSEEN.search(element.get("style", "")))
    return place, hidden, silent or tag in _SILENT


def _enter(element: Any, walked: Walked, place: Place, hidden: bool, silent: bool) -> None:
    tag = element.tag
    if tag == "main" and walked.main_element is None:
        walked.main_element = element
    if tag in {"a", "area"} and element.get("href"):
        _link(element, "href", walked, place, hidden=hidden)
    elif tag in _RESOURCES and element.get(_RESOURCES[tag]):
        _link(element, _RESOURCES[tag], walked, place, hidden=hidden, resource=True)
    elif tag == "link" and {"stylesheet", "icon"} & set(element.get("rel", "").lower().split()):
        _link(element, "href", walked, place, hidden=False, resource=True)
    if tag in _LINES and place is Place.MAIN and not hidden:
        _entry(element, walked)
    if not silent:
        _say(element.text, walked, place, hidden, silent)


def _link(
    element: Any, attribute: str, walked: Walked, place: Place, *, hidden: bool, resource: bool = False
) -> None:
    url = absolute(walked.base, element.get(attribute, ""))
    if url is None or len(walked.links) >= MAX_LINKS:
        return
    text = "" if resource else words_of(element)
    if not text and not resource:
        pictures = element.iterfind(".//img")
        text = " ".join(filter(None, (one.get("alt") or one.get("title") for one in pictures)))
    text = (text or element.get("title") or element.get("alt") or "")[:80]
    walked.links.setdefault((url, place, hidden, resource), Link(url, text, place, hidden, resource))


def _entry(element: Any, walked: Walked) -> None:
    """A line of a list: one link with words, and a day."""
    if (
        len(walked.entries) >= MAX_ENTRIES
        or element.find(".//li") is not None
        or element.find(".//tr") is not None
    ):
        return
    link = next((one for one in element.iterfind(".//a[@href]") if words_of(one)), None)
    if link is None:
        return
    moment = element.find(".//time[@datetime]")
    day = day_in(moment.get("datetime")) if moment is not None else None
    day = day or day_in(words_of(element).replace(words_of(link), " "))
    url = absolute(walked.base, link.get("href"))
    if day is not None and url is not None:
        walked.entries.append(Entry(words_of(link)[:120], url, day))


def _say(text: str | None, walked: Walked, place: Place, hidden: bool, silent: bool) -> None:
    if not text or silent or hidden:
        return
    words = _SPACE.sub(" ", text)
    if place is Place.MAIN:
        walked.main.append(words)
    elif place is Place.FOOTER:
        walked.footer.append(words)

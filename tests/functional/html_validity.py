"""Faults of a page's HTML: what a parser has to mend, and references that lead nowhere.

Limitation: html5lib follows the parsing rules of the HTML standard; of its content models only the few named here are
checked, and axe knows the rest of what matters to a reader.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import pytest

REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "list", "headers")
OBSOLETE = {"center", "font", "marquee", "big", "strike", "tt", "frame", "frameset", "nobr", "acronym"}
INTERACTIVE = {"a", "button", "select", "textarea", "label"}
ONLY = {
    "ul": {"li", "script", "template"},
    "ol": {"li", "script", "template"},
    "dl": {"dt", "dd", "div", "script", "template"},
    "select": {"option", "optgroup", "hr"},
    "tr": {"td", "th", "script", "template"},
}
PHRASING_ONLY = {"p", "span", "strong", "em", "h1", "h2", "h3", "h4", "button", "label", "summary", "time"}
BLOCKS = {
    "div",
    "p",
    "ul",
    "ol",
    "dl",
    "table",
    "section",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "header",
    "footer",
    "nav",
}


def faults(source: str) -> list[str]:
    """What is wrong with a page, in words of the parser's; empty when nothing is."""
    html5lib = pytest.importorskip("html5lib")  # in requirements/test.txt
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(source)
    found = [f"{place[0]}:{place[1]} {code} {about}" for place, code, about in parser.errors]
    return found + list(chain(_identifiers(root), _references(root), _nesting(root)))


def _identifiers(root: Element) -> Iterator[str]:
    counts = Counter(one.get("id") for one in root.iter() if one.get("id") is not None)
    for name, count in counts.items():
        if count > 1:
            yield f"id {name!r} stands {count} times"
        if not name or any(letter.isspace() for letter in name):
            yield f"id {name!r} is empty or holds white space"


def _references(root: Element) -> Iterator[str]:
    known = {one.get("id"): one for one in root.iter() if one.get("id")}
    for one in root.iter():
        for name in REFERENCES:
            for target in (one.get(name) or "").split():
                if target not in known:
                    yield f"<{one.tag} {name}> names {target!r}, which is not there"
        href = one.get("href") or ""
        if href.startswith("#") and len(href) > 1 and unquote(href[1:]) not in known:
            yield f"link to {href!r}, which is not there"
        target = one.get("for")
        if one.tag == "label" and target is not None:
            labelled = known.get(target)
            if labelled is None or labelled.tag not in {
                "input",
                "select",
                "textarea",
                "button",
                "output",
                "meter",
            }:
                yield f"label for {target!r}, which is no field"
            elif labelled.get("type") == "hidden":
                yield f"label for the hidden field {target!r}"


def _nesting(root: Element) -> Iterator[str]:
    for one in root.iter():
        if not isinstance(one.tag, str):  # a comment
            continue
        if one.tag in OBSOLETE:
            yield f"<{one.tag}> is obsolete"
        inner = [child.tag for child in one if isinstance(child.tag, str)]
        if one.tag in ONLY:
            yield from (f"<{tag}> right inside <{one.tag}>" for tag in inner if tag not in ONLY[one.tag])
        if one.tag in PHRASING_ONLY:
            yield from (
                f"<{below.tag}> inside <{one.tag}>" for below in one.iter() if below.tag in BLOCKS - {one.tag}
            )
        if one.tag in INTERACTIVE - {"label"}:
            yield from (
                f"<{below.tag}> inside <{one.tag}>"
                for below in one.iter()
                if below is not one and (below.tag in INTERACTIVE or below.tag == "input")
            )
        if one.tag == "img" and one.get("alt") is None:
            yield "picture without alt"
        if one.tag == "button" and one.get("type") is None:
            yield "button without a type"

"""The text of a document as paragraphs, and as the HTML of an item; the one can be found again in the other."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.html import escape
from lxml import html

_BLOCKS = ("p", "h1", "h2", "h3", "h4", "li", "td", "th", "blockquote")
_FIRST_LEVEL = re.compile(r"[一二三四五六七八九十百]+、\S{1,30}$")
_SECOND_LEVEL = re.compile(r"（[一二三四五六七八九十百]+）\S{1,30}$")


def paragraphs(text: str) -> list[str]:
    """One line, one paragraph; blank lines left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def as_html(lines: Iterable[str]) -> str:
    """Paragraphs for an item's body; a heading that stands alone on its line becomes one."""
    return "".join(_element(line) for line in lines)


def _element(line: str) -> str:
    ends_open = not line.endswith(("。", "；", "："))
    if _FIRST_LEVEL.match(line) and ends_open:
        return f"<h2>{escape(line)}</h2>"
    if _SECOND_LEVEL.match(line) and ends_open:
        return f"<h3>{escape(line)}</h3>"
    return f"<p>{escape(line)}</p>"


def html_paragraphs(body: str) -> list[str]:
    """The text of an item's body, block by block; a block within a block counts once."""
    if not body.strip():
        return []
    found = []
    for element in html.fragment_fromstring(body, create_parent="div").iter(*_BLOCKS):
        if next(element.iterchildren(*_BLOCKS), None) is None:
            text = "".join(element.itertext()).replace("\xa0", " ").strip()
            if text:
                found.append(text)
    return found


def first_missing(text: str, body: str) -> str | None:
    """The first paragraph of a document that its item does not hold in its place; None when all are there.

    Blanks do not count; paragraphs that the item has beside them do not disturb.
    """
    shown = iter(_plain(line) for line in html_paragraphs(body))
    for line in paragraphs(text):
        if not any(_plain(line) == other for other in shown):
            return line
    return None


def _plain(line: str) -> str:
    return "".join(line.split())

"""The words of a piece of rich text, with where each character stands in its HTML, so that one can be replaced."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape

_TOKEN = re.compile(
    r"<!--.*?-->|<[^>]*>|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});|[^<&]+|[<&]", re.DOTALL
)
_BREAKS = re.compile(r"</?(?:p|h[1-6]|li|ul|ol|br|hr|blockquote|div)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """Text of paragraphs separated by line breaks; ``spans`` are half-open offsets in the HTML, one per character."""

    text: str
    spans: tuple[tuple[int, int], ...]


def words_with_places(html: str) -> Words:
    """Read a piece of rich text as its reader sees it."""
    characters: list[str] = []
    spans: list[tuple[int, int]] = []

    def add(character: str, start: int, end: int) -> None:
        characters.append(character)
        spans.append((start, end))

    for match in _TOKEN.finditer(html):
        token, start = match[0], match.start()
        if token.startswith("<") and len(token) > 1:
            if _BREAKS.match(token) and characters and characters[-1] != "\n":
                add("\n", start, start)
        elif token.startswith("&") and len(token) > 1:
            for character in unescape(token):
                add(character, start, match.end())
        else:
            for at, character in enumerate(token, start):
                add(" " if character in "\r\n\t" else character, at, at + 1)
    return Words("".join(characters), tuple(spans))


def replaced_in_html(html: str, start: int, end: int, replacement: str) -> str:
    """The HTML with the characters ``start`` to ``end`` of its text replaced; tags between them stay."""
    spans = words_with_places(html).spans[start:end]
    given = escape(replacement, quote=False)
    if not spans:
        return html
    parts, at = [], 0
    for number, (low, high) in enumerate(spans):
        parts.append(html[at:low])
        if number == 0:
            parts.append(given)
        at = max(at, high)
    parts.append(html[at:])
    return "".join(parts)

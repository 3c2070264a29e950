"""An item's body as the pieces that a gazette prints. Pure: markup in, pieces out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import html

Piece = tuple[str, Any]
_HEADINGS = {"h2", "h3", "h4"}
_PARTS = {"p", "li", "blockquote", *_HEADINGS}


def pieces_of(body: str) -> list[Piece]:
    """``("h", text)``, ``("p", text)`` and ``("t", rows of cells)`` in the order of the text.

    >>> pieces_of("<h2>条件</h2><p>在园区<b>登记</b>。</p>")
    [('h', '条件'), ('p', '在园区登记。')]
    """
    if not body.strip():
        return []
    root = html.fragment_fromstring(body, create_parent="div")
    return list(_pieces(root))


def _pieces(element: Any) -> Iterator[Piece]:
    for child in element:
        name = child.tag if isinstance(child.tag, str) else ""
        if name == "table":
            rows = [[_text(cell) for cell in row.xpath("./td|./th")] for row in child.iter("tr")]
            width = max((len(row) for row in rows), default=0)
            if width:
                yield ("t", [row + [""] * (width - len(row)) for row in rows if row])
        elif name in _PARTS and not child.xpath(".//table|.//p|.//li"):
            if text := _text(child):
                yield ("h" if name in _HEADINGS else "p", f"· {text}" if name == "li" else text)
        else:
            yield from _pieces(child)


def _text(element: Any) -> str:
    return " ".join(str(element.text_content()).split())

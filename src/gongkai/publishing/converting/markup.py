"""HTML of any origin → the few elements that an item knows.

Only what is listed gets through; scripts, styles, comments, frames and attributes other than a link's address stay
outside. Tables become table blocks in their place, so text after one becomes a text block.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any
from urllib.parse import urlsplit

from lxml import etree, html

from gongkai.publishing.blocks import MAX_TABLE_CELLS, MAX_TABLE_ROWS, stored

MAX_CHARACTERS = 2_000_000
MAX_DEPTH = 80
_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
_PARAGRAPHS = {
    "p",
    "div",
    "section",
    "article",
    "blockquote",
    "pre",
    "address",
    "center",
    "dd",
    "dt",
    "figcaption",
}
_DROPPED = {
    *(
        "script",
        "style",
        "head",
        "title",
        "meta",
        "link",
        "iframe",
        "object",
        "embed",
        "form",
        "input",
        "button",
    ),
    *("select", "textarea", "svg", "math", "noscript", "template", "audio", "video", "canvas"),
}
_SCHEMES = {"http", "https", "mailto", ""}
_SPACES = re.compile(r"[ \t\r\n\f]+")

FindPicture = Callable[[str], int | None]


@dataclass(slots=True)
class Converted:
    """``body`` is HTML, ``blocks`` are stored block values; ``notes`` say in Chinese what was left out."""

    body: str = ""
    blocks: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def from_text(text: str) -> Converted:
    """Plain text: a paragraph a line."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return Converted("".join(f"<p>{escape(line, quote=False)}</p>" for line in lines if line))


def from_html(source: str, find_picture: FindPicture = lambda src: None) -> Converted:
    """Keep what an item can show.

    Args:
        find_picture: address of a picture in the page → number of the picture in the media library, None: not there.
    """
    if not source.strip():
        return Converted()
    walker = _Walker(find_picture)
    try:
        tree = html.fromstring(
            f"<div>{source[:MAX_CHARACTERS]}</div>", parser=html.HTMLParser(huge_tree=True)
        )
    except (etree.ParserError, ValueError):
        return from_text(_stripped(source))
    walker.block(tree, 0)
    walker.end_paragraph()
    made = walker.finish()
    if not made.body and not made.blocks and not made.notes:
        made = from_text(_stripped(source))  # nested deeper than the parser follows
    if len(source) > MAX_CHARACTERS:
        made.notes.append(f"内容超过 {MAX_CHARACTERS // 10_000} 万字，后面的部分没有导入，请拆成几条。")
    return made


def _stripped(source: str) -> str:
    return unescape(re.sub(r"(?is)<(script|style)\b.*?</\1>|<[^>]*>", " ", source[:MAX_CHARACTERS]))


class _Walker:
    """Collects pieces in reading order: runs of HTML, tables, pictures."""

    def __init__(self, find_picture: FindPicture) -> None:
        self.find_picture = find_picture
        self.pieces: list[tuple[str, Any]] = []
        self.text: list[str] = []  # finished block elements since the last table or picture
        self.line: list[str] = []  # the open paragraph
        self.notes: list[str] = []

    def block(self, element: Any, depth: int) -> None:
        """Walk an element whose children may be blocks."""
        if depth > MAX_DEPTH:
            self.line.append(_plain("".join(element.itertext())))
            return
        self.line.append(_plain(element.text or ""))
        for child in element:
            if isinstance(child.tag, str):
                self._child(child, child.tag.lower(), depth + 1)
            self.line.append(_plain(child.tail or ""))

    def _child(self, child: Any, tag: str, depth: int) -> None:
        if tag in _DROPPED or ":" in tag or _is_hidden(child):
            return
        if tag == "br":
            self.line.append("<br/>")
        elif tag == "table":
            self._table(child)
        elif tag == "img":
            self._picture(child)
        elif tag in _HEADINGS:
            self.end_paragraph()
            self.block(child, depth)
            self.end_paragraph(_HEADINGS[tag])
        elif tag in {"ul", "ol"}:
            self._list(child, tag)
        elif tag in _PARAGRAPHS:
            self.end_paragraph()
            self.block(child, depth)
            self.end_paragraph()
        elif tag in {"b", "strong"} and _words(child):
            self._wrapped(child, depth, "<b>", "</b>")
        elif tag == "a" and _words(child) and (address := _address(child)):
            self._wrapped(child, depth, f'<a href="{escape(address)}">', "</a>")
        else:
            self.block(child, depth)

    def _wrapped(self, element: Any, depth: int, start: str, end: str) -> None:
        if any(
            isinstance(inner.tag, str)
            and inner.tag.lower() in {*_PARAGRAPHS, *_HEADINGS, "table", "ul", "ol"}
            for inner in element.iter()
        ):
            self.block(
                element, depth
            )  # Word wraps whole paragraphs; a mark around blocks would not be well formed
            return
        self.line.append(start)
        self.block(element, depth)
        self.line.append(end)

    def _list(self, element: Any, tag: str) -> None:
        self.end_paragraph()
        lines = []
        for item in element:
            if isinstance(item.tag, str) and (words := _plain(" ".join(item.text_content().split()))).strip():
                lines.append(f"<li>{words}</li>")
        if lines:
            self.text.append(f"<{tag}>{''.join(lines)}</{tag}>")

    def _table(self, element: Any) -> None:
        self.end_paragraph()
        value = table_value(element)
        if value is None:
            for row in element.iter("tr"):  # a table of one cell only frames a text
                for cell in row:
                    if isinstance(cell.tag, str):
                        self.block(cell, 1)
                        self.end_paragraph()
            return
        rows, columns = len(value["data"]), len(value["data"][0])
        if rows > MAX_TABLE_ROWS or rows * columns > MAX_TABLE_CELLS:
            self.notes.append(
                f"有一张 {rows} 行 {columns} 列的表格太大，没有放进正文，请存成 XLSX 作为附件。"
            )
            return
        self._cut()
        self.pieces.append(("table", value))

    def _picture(self, element: Any) -> None:
        source = (element.get("src") or "").strip()
        found = self.find_picture(source) if source else None
        if found is None:
            self.notes.append(f"图片“{source[:60] or '（无地址）'}”没有找到，请另行上传。")
            return
        self.end_paragraph()
        self._cut()
        alt = " ".join((element.get("alt") or "").split())[:200]
        self.pieces.append(("figure", {"image": found, "alt_text": alt, "caption": ""}))

    def end_paragraph(self, tag: str = "p") -> None:
        """Close the open line as an element."""
        words = _SPACES.sub(" ", "".join(self.line)).strip()
        self.line.clear()
        if re.sub(r"<[^>]*>|&nbsp;|\xa0|\s", "", words):
            self.text.append(f"<{tag}>{_balanced(words)}</{tag}>")

    def _cut(self) -> None:
        if self.text:
            self.pieces.append(("text", "".join(self.text)))
            self.text = []

    def finish(self) -> Converted:
        self._cut()
        pieces = self.pieces
        body = pieces.pop(0)[1] if pieces and pieces[0][0] == "text" else ""
        return Converted(body, [stored(kind, value) for kind, value in pieces], self.notes)


def table_value(element: Any) -> dict[str, Any] | None:
    """A table element as a table block holds it, merged cells with it; None for a table of a single cell or none."""
    grid: dict[tuple[int, int], str] = {}
    merges = []
    rows = [row for row in element.iter("tr") if _owner(row) is element]
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            if not isinstance(cell.tag, str) or cell.tag.lower() not in {"td", "th"}:
                continue
            while (at, column) in grid:
                column += 1
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            down = min(down, len(rows) - at)
            for i in range(down):
                for j in range(across):
                    grid[at + i, column + j] = ""
            grid[at, column] = " ".join(cell.text_content().split())
            if down > 1 or across > 1:
                merges.append({"row": at, "col": column, "rowspan": down, "colspan": across})
            column += across
    width = max((column for _, column in grid), default=-1) + 1
    if len(rows) * width < 2:
        return None
    data = [[grid.get((row, column), "") for column in range(width)] for row in range(len(rows))]
    value: dict[str, Any] = {
        "data": data, "table_header_choice": "row", "first_row_is_table_header": True, "first_col_is_header": False,
    }  # fmt: skip
    if merges:
        value["mergeCells"] = merges
        value["cell"] = _covered(merges)
    return value


def _covered(merges: list[dict[str, int]]) -> list[dict[str, Any]]:
    """Cells that lie under a merged one, as the table editor marks them."""
    return [
        {"row": merge["row"] + i, "col": merge["col"] + j, "hidden": True}
        for merge in merges
        for i in range(merge["rowspan"])
        for j in range(merge["colspan"])
        if i or j
    ]


def _owner(row: Any) -> Any:
    parent = row.getparent()
    while parent is not None and parent.tag != "table":
        parent = parent.getparent()
    return parent


def _span(cell: Any, name: str) -> int:
    given = (cell.get(name) or "1").strip()
    return min(max(int(given), 1), 100) if given.isdecimal() else 1


def _plain(text: str) -> str:
    return escape(text, quote=False)


def _words(element: Any) -> str:
    return str(element.text_content()).strip()


def _address(link: Any) -> str:
    address = (link.get("href") or "").strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if not address or address.startswith("#") or parts.scheme.lower() not in _SCHEMES:
        return ""
    return address


def _is_hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or "mso-hide:all" in style


def _balanced(words: str) -> str:
    """Close marks that a paragraph's end cut open, and drop ends without a beginning."""
    found: list[str] = []
    opened: list[str] = []
    for piece in re.split(r"(</?(?:b|a)\b[^>]*>)", words):
        name = re.match(r"<(/?)(b|a)\b", piece)
        if name is None:
            found.append(piece)
        elif not name[1]:
            opened.append(name[2])
            found.append(piece)
        elif name[2] in opened:
            while (last := opened.pop()) != name[2]:
                found.append(f"</{last}>")
            found.append(piece)
    found += [f"</{last}>" for last in reversed(opened)]
    return "".join(found)

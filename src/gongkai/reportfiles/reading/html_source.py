"""Web pages: bytes to blocks, merged cells laid out, tables within tables taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml import etree, html

from gongkai.reportfiles.errors import Damaged, EmptyFile, NotAReport
from gongkai.reportfiles.reading.blocks import Block, Cell, Document, Line, lay_out
from gongkai.reportfiles.reading.characters import clean
from gongkai.reportfiles.reading.limits import MAX_GRID_COLUMNS, MAX_GRID_ROWS
from gongkai.reportfiles.reading.text_source import decode

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{2,20})", re.I)
_GB = frozenset({"gb2312", "gbk", "gb_2312-80", "gb18030", "x-gbk", "cp936"})
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "head", "svg", "select", "textarea", "iframe"}
)
_BREAKING = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th",
        "thead", "tr", "ul",
    }
)  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_PUBLISHER_META = frozenset({"contentsource", "publisher", "organ", "source"})


def read_html(data: bytes, name: str) -> Document:
    """A page as blocks.

    Raises:
        Damaged: nested too deeply for the parser, or not decodable.
        NotAReport: no text.
        TooLarge: over the cap for texts.
    """
    text = _XML_DECLARATION.sub("", decode(data, name, _declared(data)))
    root = _parse(text, name)
    walker = _Walker()
    walker.walk(root)
    if not walker.blocks:
        raise NotAReport(name, "网页中没有文字。")
    return Document(
        "html",
        walker.blocks,
        titles=[clean(title) for title in _titles(root)],
        publisher=_publisher(root),
    )


def _declared(data: bytes) -> str:
    match = _CHARSET.search(data[:4096])
    charset = match[1].decode("ascii").lower() if match else ""
    return "gb18030" if charset in _GB else charset


def _parse(text: str, name: str) -> html.HtmlElement:
    parser = html.HTMLParser(
        huge_tree=False, no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        root = html.document_fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    except etree.ParserError as error:
        raise EmptyFile(name) from error
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Damaged(name, "网页内容无法解析，请重新保存网页。") from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise Damaged(name, "网页标签嵌套过深，无法解析，请另存为普通网页或 docx。")
    return root


def _titles(root: html.HtmlElement) -> list[str]:
    found = [
        _attribute(meta, "content")
        for meta in root.iter("meta")
        if _attribute(meta, "name").lower() == "articletitle"
    ]
    found += [_SPACE.sub(" ", title.text_content()) for title in root.iter("title")]
    return [title for title in found if title.strip()]


def _publisher(root: html.HtmlElement) -> str:
    for meta in root.iter("meta"):
        if _attribute(meta, "name").lower() in _PUBLISHER_META:
            content = clean(_attribute(meta, "content")).strip()
            if 3 <= len(content) <= 40 and not re.search(r"[A-Za-z0-9]", content):
                return content
    return ""


def _attribute(element: html.HtmlElement, key: str) -> str:
    value = element.get(key)
    return value if isinstance(value, str) else ""


class _Walker:
    """Walks the tree in document order; the parser has already bounded its depth."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._words: list[str] = []

    def walk(self, element: html.HtmlElement) -> None:
        """Add an element and all within it."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _SKIPPED or not tag or _is_hidden(element):
            return
        if tag == "table" and not _is_layout(element):
            self._flush()
            self._add_table(element)
            return
        breaking = tag in _BREAKING or tag == "br"
        if breaking:
            self._flush()
        if element.text:
            self._words.append(element.text)
        for child in element:
            self.walk(child)
            if child.tail:
                self._words.append(child.tail)
        if breaking:
            self._flush()

    def _flush(self) -> None:
        text = _SPACE.sub(" ", "".join(self._words)).strip(" ")
        self._words.clear()
        if text:
            text = clean(text)
            if text.strip():
                self.blocks.append(Line(text, len(self.blocks) + 1))

    def _add_table(self, table: html.HtmlElement) -> None:
        caption = table.find("caption")
        if caption is not None:
            self.walk(caption)
        rows = [[_cell(cell) for cell in row if cell.tag in {"td", "th"}] for row in _own_rows(table)]
        rows = rows[:MAX_GRID_ROWS]
        if rows:
            self.blocks.append(lay_out(rows, spans_known=not _lost_its_spans(rows)))


def _lost_its_spans(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether rows differ in length and no cell says that it is merged: the columns are not where they seem."""
    merged = any(cell.colspan > 1 or cell.rowspan > 1 for row in rows for cell in row)
    return not merged and len({len(row) for row in rows}) > 1


def _is_hidden(element: html.HtmlElement) -> bool:
    style = element.get("style")
    return "hidden" in element.attrib or bool(style and _HIDDEN.search(style))


def _is_layout(table: html.HtmlElement) -> bool:
    """A table that holds tables or long paragraphs only arranges the page."""
    if table.find(".//table") is not None:
        return True
    return any(len(cell.findall(".//p")) > 12 for cell in table.iter("td"))


def _own_rows(table: html.HtmlElement) -> Iterable[html.HtmlElement]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in {"tbody", "thead", "tfoot"}:
            yield from (row for row in child if row.tag == "tr")


def _cell(cell: html.HtmlElement) -> Cell:
    parts: list[str] = []
    _collect(cell, parts)
    lines = [_SPACE.sub(" ", line).strip() for line in "".join(parts).split("\v")]
    text = "\n".join(line for line in (clean(line).strip() for line in lines) if line)
    return Cell(text, _span(cell, "rowspan", MAX_GRID_ROWS), _span(cell, "colspan", MAX_GRID_COLUMNS))


def _collect(element: html.HtmlElement, parts: list[str]) -> None:
    if element.text:
        parts.append(element.text)
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag and tag not in _SKIPPED and not _is_hidden(child):
            if tag in _BREAKING or tag == "br":
                parts.append("\v")
            _collect(child, parts)
            if tag in _BREAKING:
                parts.append("\v")
        if child.tail:
            parts.append(child.tail)


def _span(cell: html.HtmlElement, key: str, cap: int) -> int:
    match = re.match(r"\s*(\d{1,6})", _attribute(cell, key))
    value = int(match[1]) if match else 1
    if key == "rowspan" and match and value == 0:
        return cap  # HTML: to the end of the group
    return max(1, min(value, cap))

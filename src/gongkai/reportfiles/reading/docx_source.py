"""Word documents (docx): body paragraphs and tables with merged cells, in reading order."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from gongkai.reportfiles.errors import Damaged
from gongkai.reportfiles.reading.blocks import Block, Cell, Document, Line, lay_out
from gongkai.reportfiles.reading.characters import clean
from gongkai.reportfiles.reading.limits import MAX_GRID_COLUMNS, MAX_GRID_ROWS, MAX_LINES
from gongkai.reportfiles.reading.zipped import Package

BODY = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT_W = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read_docx(package: Package) -> Document:
    """The body as blocks; headers, footers, notes and deleted text are left out.

    Raises:
        Damaged, TooLarge, Encrypted: see ``Package``.
    """
    root = package.xml(BODY)
    ns = _STRICT_W if root.tag.startswith(_STRICT_W) else _W
    body = root.find(f"{ns}body")
    if body is None:
        raise Damaged(package.name, "文档没有正文，请用 Word 重新保存。")
    reader = _Reader(ns)
    blocks = list(reader.blocks(body))
    return Document("docx", blocks[:MAX_LINES], titles=_titles(package))


def _titles(package: Package) -> list[str]:
    if "docProps/core.xml" not in package:
        return []
    title = package.xml("docProps/core.xml").findtext(f".//{_DC_TITLE}")
    return [clean(title)] if title and title.strip() else []


class _Reader:
    def __init__(self, ns: str) -> None:
        self._ns = ns
        self._skipped = {f"{ns}{tag}" for tag in ("del", "moveFrom", "pPr", "rPr", "instrText", "sectPr")} | {
            _FALLBACK
        }
        self._line = 0

    def blocks(self, parent: etree._Element) -> Iterator[Block]:
        """Paragraphs and tables under a body, a cell or a content control."""
        ns = self._ns
        for child in parent:
            if child.tag == f"{ns}p":
                yield from self._paragraph(child)
            elif child.tag == f"{ns}tbl":
                yield from self._table(child)
            elif child.tag in {f"{ns}sdt", f"{ns}sdtContent", f"{ns}customXml", f"{ns}ins", f"{ns}smartTag"}:
                yield from self.blocks(child)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Line]:
        for text in self._text(paragraph).split("\n"):
            self._line += 1
            if text.strip():
                yield Line(clean(text), self._line)
        for box in paragraph.iter(f"{self._ns}txbxContent"):
            if not any(above.tag == _FALLBACK for above in box.iterancestors()):
                for block in self.blocks(box):
                    if isinstance(block, Line):
                        yield block

    def _text(self, element: etree._Element) -> str:
        parts: list[str] = []
        self._collect(element, parts)
        return "".join(parts)

    def _collect(self, element: etree._Element, parts: list[str]) -> None:
        ns = self._ns
        for child in element:
            tag = child.tag
            if tag in self._skipped or tag == f"{ns}txbxContent" or not isinstance(tag, str):
                continue
            if tag == f"{ns}t":
                parts.append(child.text or "")
            elif tag == f"{ns}tab":
                parts.append("\t")
            elif tag in {f"{ns}br", f"{ns}cr"}:
                parts.append("\n")
            elif tag == f"{ns}noBreakHyphen":
                parts.append("-")
            else:
                self._collect(child, parts)

    def _table(self, table: etree._Element) -> Iterator[Block]:
        if table.find(f".//{self._ns}tc//{self._ns}tbl") is not None:
            for cell in table.iter(f"{self._ns}tc"):
                if not any(above.tag == f"{self._ns}tc" for above in self._ancestors_within(cell, table)):
                    yield from self.blocks(cell)
            return
        rows = self._rows(table)
        if rows:
            yield lay_out(rows)

    @staticmethod
    def _ancestors_within(element: etree._Element, top: etree._Element) -> Iterator[etree._Element]:
        for above in element.iterancestors():
            if above is top:
                return
            yield above

    def _rows(self, table: etree._Element) -> list[list[Cell]]:
        rows: list[list[Cell]] = []
        merges: dict[int, Cell] = {}
        for row in table.iter(f"{self._ns}tr"):
            if len(rows) >= MAX_GRID_ROWS:
                break
            cells, merges = self._row(row, merges)
            rows.append(cells)
        return rows

    def _row(self, row: etree._Element, merges: dict[int, Cell]) -> tuple[list[Cell], dict[int, Cell]]:
        """One row, and the cells by first column that the next row may continue."""
        ns = self._ns
        found: list[Cell] = []
        going: dict[int, Cell] = {}
        col = self._number(row, "trPr", "gridBefore", 0)
        if col:
            found.append(Cell("", colspan=col))
        for cell in self._cells(row):
            span = self._number(cell, "tcPr", "gridSpan", 1)
            merge = cell.find(f"{ns}tcPr/{ns}vMerge")
            across = cell.find(f"{ns}tcPr/{ns}hMerge")
            if across is not None and across.get(f"{ns}val") != "restart" and found:
                found[-1].colspan += span
                col += span
                continue
            above = merges.get(col)
            continues = merge is not None and merge.get(f"{ns}val") in {None, "continue"}
            if continues and above is not None:
                above.rowspan += 1
                going[col] = above
            else:
                text = "\n".join(filter(None, (self._text(p).strip() for p in cell.iter(f"{ns}p"))))
                placed = Cell(clean(text), colspan=span)
                found.append(placed)
                if merge is not None:
                    going[col] = placed
            col += span
            if col > MAX_GRID_COLUMNS:
                break
        return found, going

    def _cells(self, row: etree._Element) -> Iterator[etree._Element]:
        for child in row:
            if child.tag == f"{self._ns}tc":
                yield child
            elif child.tag in {f"{self._ns}sdt", f"{self._ns}sdtContent", f"{self._ns}customXml"}:
                yield from self._cells(child)

    def _number(self, element: etree._Element, properties: str, key: str, default: int) -> int:
        ns = self._ns
        found = element.find(f"{ns}{properties}/{ns}{key}")
        value = found.get(f"{ns}val") if found is not None else None
        return min(int(value), MAX_GRID_COLUMNS) if isinstance(value, str) and value.isdigit() else default

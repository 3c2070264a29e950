"""Excel workbooks (xlsx): every visible sheet as a grid with its merged cells, or as lines where it is prose.

The sheet's XML is streamed and capped; openpyxl would not give merged cells without holding the whole sheet.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from gongkai.reportfiles.errors import Damaged, TooLarge
from gongkai.reportfiles.reading.blocks import Block, Document, Grid, Line, Placed
from gongkai.reportfiles.reading.characters import clean
from gongkai.reportfiles.reading.limits import MAX_GRID_COLUMNS, MAX_SHEET_ROWS
from gongkai.reportfiles.reading.zipped import Package

WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STRINGS = "xl/sharedStrings.xml"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_MAX_SHEETS = 40
_MAX_MERGES = 20_000


def read_xlsx(package: Package) -> Document:
    """All visible sheets as blocks.

    Raises:
        TooLarge: a sheet holds more than MAX_SHEET_ROWS rows that are not empty.
        Damaged, Encrypted: see ``Package``.
    """
    strings = _shared_strings(package)
    blocks: list[Block] = []
    for title, part in _sheets(package):
        blocks += _sheet_blocks(package, part, title, strings)
    return Document("xlsx", blocks)


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _sheets(package: Package) -> Iterator[tuple[str, str]]:
    targets = {
        relation.get("Id"): relation.get("Target") or ""
        for relation in package.xml(_RELATIONS)
        if _local(relation) == "Relationship"
    }
    count = 0
    for sheet in package.xml(WORKBOOK).iter():
        if _local(sheet) != "sheet" or sheet.get("state", "visible") != "visible":
            continue
        identity = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), None)
        target = targets.get(identity, "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if target and part in package:
            count += 1
            if count > _MAX_SHEETS:
                return
            yield str(sheet.get("name") or ""), part


def _shared_strings(package: Package) -> list[str]:
    if _STRINGS not in package:
        return []
    return [_string(item) for item in package.xml(_STRINGS) if _local(item) == "si"]


def _string(item: etree._Element) -> str:
    """The text of an item without its reading aids (phonetic runs)."""
    return "".join(
        text.text or ""
        for text in item.iter()
        if _local(text) == "t" and not any(_local(above) == "rPh" for above in text.iterancestors())
    )


@dataclass(slots=True)
class _Sheet:
    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)


def _sheet_blocks(package: Package, part: str, title: str, strings: list[str]) -> Iterator[Block]:
    sheet = _parse_sheet(package, part, title, strings)
    rows = sorted(sheet.cells)
    if not rows:
        return
    grid = _lay_out(sheet, rows, title)
    own = [sum(1 for _, cell in grid.own(row) if cell.text) for row in range(len(rows))]
    if max(own) == 1:
        for at in range(len(rows)):
            for _, cell in grid.own(at):
                yield from (Line(text, rows[at] + 1) for text in cell.text.split("\n") if text.strip())
        return
    yield grid


def _parse_sheet(package: Package, part: str, title: str, strings: list[str]) -> _Sheet:
    data = package.read(part)
    if b"<!DOCTYPE" in data[:1024]:
        raise Damaged(package.name, "文件含有不允许的 XML 声明，已停止读取。")
    sheet = _Sheet()
    events = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
    )
    try:
        for _, element in events:
            name = _local(element)
            if name == "row":
                _keep_row(element, sheet, strings)
                element.clear()
                parent = element.getparent()
                while parent is not None and element.getprevious() is not None:
                    del parent[0]
                if len(sheet.cells) > MAX_SHEET_ROWS:
                    raise TooLarge(package.name, f"工作表“{title}”超过 {MAX_SHEET_ROWS} 行，不是年度报告。")
            elif name == "mergeCell" and len(sheet.merges) < _MAX_MERGES:
                _keep_merge(element.get("ref") or "", sheet)
    except etree.XMLSyntaxError as error:
        raise Damaged(package.name, "文件不完整或已损坏，请重新取得原件。") from error
    return sheet


def _keep_row(row: etree._Element, sheet: _Sheet, strings: list[str]) -> None:
    next_col, number = 0, None
    found: dict[int, str] = {}
    if (row.get("r") or "").isdigit():
        number = int(row.get("r") or 1) - 1
    for cell in row:
        if _local(cell) != "c":
            continue
        place = _position(cell.get("r") or "")
        col = place[1] if place else next_col
        next_col = col + 1
        if place:
            number = place[0]
        if col < MAX_GRID_COLUMNS:
            text = clean(_cell_text(cell, strings)).strip()
            if text:
                found[col] = text
    if found:
        sheet.cells[number if number is not None else max(sheet.cells, default=-1) + 1] = found


def _cell_text(cell: etree._Element, strings: list[str]) -> str:
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        return _string(cell)
    value = next((child.text for child in cell if _local(child) == "v"), None)
    if value is None:
        return ""
    if kind == "s":
        return strings[int(value)] if value.isdigit() and int(value) < len(strings) else ""
    return _number_text(value) if kind == "n" else value


def _number_text(value: str) -> str:
    """A number as the shortest text of its float: 96171.600000000006 is stored for 96171.6."""
    try:
        number = float(value)
    except ValueError:
        return value
    if abs(number) < 1e15 and number == int(number):
        return str(int(number))
    text = repr(number)
    return f"{number:f}" if "e" in text else text


def _position(reference: str) -> tuple[int, int] | None:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    col = 0
    for letter in match[1]:
        col = col * 26 + ord(letter) - 64
    return int(match[2]) - 1, col - 1


def _keep_merge(reference: str, sheet: _Sheet) -> None:
    first, _, last = reference.partition(":")
    start, end = _position(first), _position(last)
    if start and end:
        sheet.merges.append((start[0], start[1], end[0], min(end[1], MAX_GRID_COLUMNS - 1)))


def _lay_out(sheet: _Sheet, rows: list[int], title: str) -> Grid:
    """The rows that hold something, every position covered: an absent cell is a blank one."""
    width = 1 + max(max(cells) for cells in sheet.cells.values())
    at = {row: i for i, row in enumerate(rows)}
    laid: list[list[Placed | None]] = [
        [Placed(sheet.cells[row].get(col, ""), i, col) for col in range(width)] for i, row in enumerate(rows)
    ]
    for top, left, bottom, right in sheet.merges:
        inside = [at[row] for row in rows if top <= row <= bottom]
        if not inside or left >= width:
            continue
        origin = Placed(sheet.cells.get(top, {}).get(left, ""), inside[0], left)
        for row in inside:
            for col in range(left, min(right + 1, width)):
                laid[row][col] = origin

    def where(row: int, col: int) -> str:
        return f"工作表“{title}”单元格 {_letters(col)}{rows[row] + 1}"

    return Grid(laid, spans_known=True, where=where)


def _letters(col: int) -> str:
    name = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        name = chr(65 + rest) + name
    return name

"""Plain text, Markdown and CSV among it: bytes to lines, runs of delimited lines to grids."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Sequence

from gongkai.reportfiles.errors import Damaged, TooLarge
from gongkai.reportfiles.reading.blocks import Block, Cell, Document, Grid, Line, lay_out
from gongkai.reportfiles.reading.characters import clean
from gongkai.reportfiles.reading.grid_rows import is_figure_text
from gongkai.reportfiles.reading.limits import MAX_LINE_CHARACTERS, MAX_LINES, MAX_TEXT_BYTES
from gongkai.reportfiles.reading.piped_text import PlacedText, is_piped, is_rule, piped_rows

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MAX_BAD_CHARACTERS = 0.005  # of the whole: a torn end or a stray byte; more is another encoding or no text


def decode(data: bytes, name: str, declared: str = "") -> str:
    """Text of bytes in UTF-8, UTF-16, UTF-32 (with mark), GB18030 or the declared encoding.

    Raises:
        TooLarge: over MAX_TEXT_BYTES.
        Damaged: no encoding gives text.
    """
    if len(data) > MAX_TEXT_BYTES:
        size, cap = len(data) // 2**20, MAX_TEXT_BYTES // 2**20
        raise TooLarge(name, f"文字内容有 {size} MB，超过 {cap} MB，不是年度报告。")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _tolerant(data[len(mark) :], encoding, name)
    for encoding in dict.fromkeys(("utf-8", declared or "gb18030", "gb18030")):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    for encoding in ("utf-8", "gb18030"):
        text = data.decode(encoding, "replace")
        if text.count("�") <= len(text) * MAX_BAD_CHARACTERS:
            return text
    raise Damaged(name, "文字编码无法识别（不是 UTF-8 或 GB18030），文件可能已损坏。")


def _tolerant(data: bytes, encoding: str, name: str) -> str:
    text = data.decode(encoding, "replace")
    if text.count("�") > 1 + len(text) * MAX_BAD_CHARACTERS:
        raise Damaged(name, "文字内容已损坏，请重新取得原件。")
    return text


def read_text(text: str, name: str) -> Document:
    """Text as blocks. A form feed begins a page; tabbed or piped lines in a row become a grid."""
    lines = _with_cells_joined(_lines(clean(text), name))
    return Document("txt", list(_blocks(lines)), visual_lines=True)


_MIN_LONE_TABS = 20


def _with_cells_joined(lines: list[Line]) -> list[Line]:
    """Join cells that a browser copied with a lone tab on the line between them; an empty line is a blank."""
    if sum(line.text == "\t" for line in lines) < _MIN_LONE_TABS:
        return lines
    joined: list[Line] = []
    at = 0
    while at < len(lines):
        line, at = lines[at], at + 1
        while at + 1 < len(lines) and lines[at].text == "\t":
            line = Line(f"{line.text}\t{lines[at + 1].text}", line.number)
            at += 2
        joined.append(line)
    return joined


_BARE_NUMBER = re.compile(r"\s*\d{1,3}\s*")


def _lines(text: str, name: str) -> list[Line]:
    raw = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(raw) > MAX_LINES:
        raise TooLarge(name, f"文字有 {len(raw)} 行，超过 {MAX_LINES} 行，不是年度报告。")
    found: list[Line] = []
    for number, line in enumerate(raw, start=1):
        if len(line) > MAX_LINE_CHARACTERS:
            raise TooLarge(name, f"第 {number} 行有 {len(line)} 个字，不是年度报告。")
        if line.startswith("\f") and found and _BARE_NUMBER.fullmatch(found[-1].text):
            # pdftotext begins each page with a form feed; a bare number before it is the last page's own.
            found[-1].text = ""
        if not line.startswith("# source:"):
            found.append(Line(line.replace("\f", ""), number))
    return found


_MIN_COMMAS = 3
_MAX_CELL = 60
_TWO_FIGURES = re.compile(r"\d\s+\d|[\u4e00-\u9fff]\s+\d")


def _delimiter(line: str) -> str:
    """The cell delimiter of a line, "" if it is prose."""
    if is_piped(line):
        return "|"
    if "\t" in line.strip():
        return "\t"
    return "," if line.count(",") >= _MIN_COMMAS and _is_csv(line) else ""


def _is_csv(line: str) -> bool:
    """Short cells, none of which holds two figures: those commas part thousands (1,001 1,002)."""
    cells = line.split(",")
    return all(len(cell) <= _MAX_CELL and not _TWO_FIGURES.search(cell) for cell in cells)


def _blocks(lines: Sequence[Line]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        delimiter = _delimiter(lines[at].text) if lines[at].text else ""
        if not delimiter:
            yield lines[at]
            at += 1
            continue
        end = _end_of_run(lines, at, delimiter)
        yield from _grid_or_lines(lines[at:end], delimiter)
        at = end


_MAX_BLANK_LINES = 3
_MIN_ROWS = 2  # of labels beside blank cells


def _end_of_run(lines: Sequence[Line], start: int, delimiter: str) -> int:
    """One past the last line of a run; blank lines may stand between piped ones."""
    end = at = start
    while at < len(lines) and at - end <= _MAX_BLANK_LINES:
        text = lines[at].text
        if _continues(text, delimiter):
            end = at + 1
        elif delimiter != "|" or text.strip():
            break
        at += 1
    return end


def _continues(text: str, delimiter: str) -> bool:
    if delimiter == "|" and text.strip() and is_rule(text):
        return True
    return _delimiter(text) == delimiter or (delimiter == "\t" and "\t" in text)


def _grid_or_lines(lines: Sequence[Line], delimiter: str) -> Iterator[Block]:
    rows = piped_rows(lines) if delimiter == "|" else [_cells(line, delimiter) for line in lines]
    several = any(sum(bool(cell.text) for cell in row) > 1 for row in rows)
    if not several and (delimiter != "|" or sum(len(row) > 1 for row in rows) < _MIN_ROWS):
        for line in lines:
            yield Line(line.text.strip(" \t|"), line.number)
        return
    yield _text_grid(rows)


def _cells(line: Line, delimiter: str) -> list[PlacedText]:
    split = next(csv.reader([line.text]), []) if delimiter == "," else line.text.split(delimiter)
    return [PlacedText(cell.strip(), line.number) for cell in split]


def _text_grid(rows: Sequence[Sequence[PlacedText]]) -> Grid:
    one_line = [row[0].line if row[0].line == row[-1].line else 0 for row in rows]

    def where(row: int, col: int) -> str:
        if one_line[row]:
            return f"第 {one_line[row]} 行第 {col + 1} 格"
        return f"第 {rows[row][min(col, len(rows[row]) - 1)].line} 行"

    laid = [_with_repeats_merged([cell.text for cell in row]) for row in rows]
    return lay_out(laid, spans_known=False, where=where)


def _with_repeats_merged(row: Sequence[str]) -> list[Cell]:
    """Words that stand in neighbouring cells alike are one merged cell, written into each of its places."""
    cells: list[Cell] = []
    for text in row:
        if cells and text and text == cells[-1].text and not is_figure_text(text):
            cells[-1].colspan += 1
        else:
            cells.append(Cell(text))
    return cells

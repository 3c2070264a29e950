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
    lines = _lines(clean(text), name)
    return Document("txt", list(_blocks(lines)), visual_lines=True)


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


_RULE = re.compile(r"[\s|+:\-=─━┼├┤┌┐└┘┬┴╋]+")
_BARS = re.compile(r"[│┃｜┆┊]")


_MIN_COMMAS = 3
_MAX_CELL = 60
_TWO_FIGURES = re.compile(r"\d\s+\d|[\u4e00-\u9fff]\s+\d")


def _delimiter(line: str) -> str:
    """The cell delimiter of a line, "" if it is prose."""
    if line.count("|") >= 2 or _BARS.search(line):
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
        end = at
        while end < len(lines) and _continues(lines[end].text, delimiter):
            end += 1
        yield from _grid_or_lines(lines[at:end], delimiter)
        at = end


def _continues(text: str, delimiter: str) -> bool:
    return _delimiter(text) == delimiter or _is_rule(text) or (delimiter == "\t" and "\t" in text)


def _is_rule(text: str) -> bool:
    return bool(text) and not text.isspace() and _RULE.fullmatch(text) is not None


def _grid_or_lines(lines: Sequence[Line], delimiter: str) -> Iterator[Block]:
    rows: list[list[str]] = []
    numbers: list[int] = []
    for line in lines:
        text = _BARS.sub("|", line.text) if delimiter == "|" else line.text
        if delimiter == "|" and _is_rule(text):
            continue
        rows.append(_cells(text, delimiter))
        numbers.append(line.number)
    if not any(len(row) > 1 and sum(map(bool, row)) > 1 for row in rows):
        for line in lines:
            yield Line(line.text.strip(" \t"), line.number)
        return
    yield _text_grid(rows, numbers)


def _cells(text: str, delimiter: str) -> list[str]:
    split = next(csv.reader([text]), []) if delimiter == "," else text.split(delimiter)
    cells = [cell.strip() for cell in split]
    if delimiter == "|":
        if cells and not cells[0]:
            cells = cells[1:]
        if cells and not cells[-1]:
            cells = cells[:-1]
        cells = [cell.replace("**", "").replace("<br>", "").replace("\\.", ".") for cell in cells]
    return cells


def _text_grid(rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> Grid:
    def where(row: int, col: int) -> str:
        return f"第 {numbers[row]} 行第 {col + 1} 格"

    return lay_out([_with_repeats_merged(row) for row in rows], spans_known=False, where=where)


def _with_repeats_merged(row: Sequence[str]) -> list[Cell]:
    """Words that stand in neighbouring cells alike are one merged cell, written into each of its places."""
    cells: list[Cell] = []
    for text in row:
        if cells and text and text == cells[-1].text and not is_figure_text(text):
            cells[-1].colspan += 1
        else:
            cells.append(Cell(text))
    return cells

"""Rows as a file: CSV for spreadsheets and programs, XLSX for people, JSON for programs.

CSV is UTF-8 with a byte order mark, lines end with CR LF (RFC 4180). In CSV and XLSX an apostrophe stands before text that a
spreadsheet would run as a formula; JSON holds the text as it is. Moments bear their time zone, days are ``2026-03-02``.
"""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from django.utils import timezone

from gongkai.portal.opendata.rows import Cell, Row
from gongkai.portal.opendata.tables import Table
from gongkai.reportfiles.spreadsheet_safety import neutralised

BATCH = 200  # rows sent in one piece
SHEET_ROWS = 1_000_000  # a sheet of a workbook ends at 1,048,576 rows (ECMA-376)
CELL_CHARACTERS = 32_767  # and a cell at so many characters
CUT = "……（后文略，全文见网址或者 CSV、JSON）"


class _Line:
    """What ``csv.writer`` writes to: gives the line back."""

    def write(self, text: str) -> str:
        return text


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return timezone.localtime(cell).isoformat(timespec="seconds")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _safe(cell: Cell) -> str:
    """Figures and days as they are, text so that no spreadsheet runs it."""
    return neutralised(cell) if isinstance(cell, str) else _text(cell)


def csv_pieces(table: Table, rows: Iterator[Row]) -> Iterator[bytes]:
    """The whole table as CSV, piece by piece."""
    writer = csv.writer(_Line())
    piece = "\ufeff" + str(writer.writerow([field.label for field in table.fields]))
    for number, row in enumerate(rows, start=1):
        piece += str(writer.writerow([_safe(cell) for cell in row]))
        if number % BATCH == 0:
            yield piece.encode()
            piece = ""
    yield piece.encode()


def _value(cell: Cell) -> str | int | float | None:
    if isinstance(cell, Decimal):
        return float(cell)
    return cell if cell is None or isinstance(cell, int | str) else _text(cell)


def json_pieces(table: Table, rows: Iterator[Row], about: dict[str, Any]) -> Iterator[bytes]:
    """The whole table as one JSON object: what it is, then ``data`` as a list of objects."""
    names = [field.name for field in table.fields]
    head = json.dumps(about, ensure_ascii=False)
    yield f'{head[:-1]}, "data": [\n'.encode()
    piece, between = "", ""
    for number, row in enumerate(rows, start=1):
        one = dict(zip(names, map(_value, row), strict=True))
        piece += between + json.dumps(one, ensure_ascii=False)
        between = ",\n"
        if number % BATCH == 0:
            yield piece.encode()
            piece = ""
    yield f"{piece}\n]}}\n".encode()


def xlsx_pieces(table: Table, rows: Iterator[Row], about: list[tuple[str, str]]) -> Iterator[bytes]:
    """The workbook, piece by piece; its temporary file goes with the last one."""
    with workbook(table, rows, about) as stream:
        while piece := stream.read(64 * 1024):
            yield piece


def workbook(table: Table, rows: Iterator[Row], about: list[tuple[str, str]]) -> IO[bytes]:
    """The table as a workbook in a temporary file: data, fields, what it is. Kept on disk while it is written.

    A table longer than a sheet goes on in the next one.
    """
    import xlsxwriter

    stream = tempfile.TemporaryFile()  # noqa: SIM115 - whoever reads it closes it
    book = xlsxwriter.Workbook(
        stream, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet, line = None, 0
    for number, row in enumerate(rows):
        if number % SHEET_ROWS == 0:
            sheet, line = _data_sheet(book, table, number // SHEET_ROWS + 1, bold), 0
        line += 1
        _write_row(sheet, line, row)
    if sheet is None:
        _data_sheet(book, table, 1, bold)
    _words(
        book, "字段说明", ["字段", "名称", "说明"], [(f.label, f.name, f.about) for f in table.fields], bold
    )
    _words(book, "关于本表", ["项目", "内容"], about, bold)
    book.close()
    stream.seek(0)
    return stream


def _data_sheet(book: Any, table: Table, number: int, bold: Any) -> Any:
    sheet = book.add_worksheet("数据" if number == 1 else f"数据{number}")
    sheet.freeze_panes(1, 0)
    for col, field in enumerate(table.fields):
        sheet.set_column(col, col, max(12, len(field.label) * 2 + 2))
        sheet.write_string(0, col, field.label, bold)
    return sheet


def _write_row(sheet: Any, line: int, row: Row) -> None:
    for col, cell in enumerate(row):
        if isinstance(cell, int | Decimal):
            sheet.write_number(line, col, cell)
        elif text := _safe(cell):
            sheet.write_string(line, col, _fitting(text))


def _fitting(text: str) -> str:
    return text if len(text) <= CELL_CHARACTERS else text[: CELL_CHARACTERS - len(CUT)] + CUT


def _words(book: Any, name: str, headings: list[str], lines: list[tuple[str, ...]], bold: Any) -> None:
    sheet = book.add_worksheet(name)
    for col, heading in enumerate(headings):
        sheet.set_column(col, col, 24 if col < len(headings) - 1 else 80)
        sheet.write_string(0, col, heading, bold)
    for number, line in enumerate(lines, start=1):
        for col, text in enumerate(line):
            sheet.write_string(number, col, neutralised(text))

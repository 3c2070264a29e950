"""XLSX: one sheet for each table as on the form, one with the text; figures are numbers, never text.

Text cells go through ``spreadsheet_safety``: what a person wrote can never run as a formula.
"""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import xlsxwriter

from gongkai.core.annual_report import Report, TableId
from gongkai.core.annual_report.form import TABLE_TITLES
from gongkai.reportfiles.spreadsheet_safety import neutralised
from gongkai.reportfiles.writing.context import DocumentContext, made_at
from gongkai.reportfiles.writing.layout import PrintedCell, Role, printed_cells
from gongkai.reportfiles.writing.parts import one_line, preamble, sections, title

_SHEETS = {TableId.TWO: "表二", TableId.THREE: "表三", TableId.FOUR: "表四"}
_TEXT_SHEET = "文字部分"
# Widths in digits of the sheet's face, a Chinese character taking two: 社会公益｜组织 breaks after four.
_COLUMN_WIDTHS = {
    TableId.TWO: (24.0,) * 4,
    TableId.THREE: (5.0, 14.0, 42.0, *(9.7,) * 7),
    TableId.FOUR: (9.7,) * 15,
}
_LINE_POINTS, _ROW_POINTS = 14.5, 6.0
_LANDSCAPE = frozenset({TableId.FOUR})
_TEXT_WIDTH = 90
_EXACT_DIGITS = 15
_LONGEST_TEXT = 32_000  # a cell holds 32,767 characters; XlsxWriter drops a longer text without a word


def render_xlsx(report: Report, context: DocumentContext) -> bytes:
    """The report as a workbook: 表二, 表三, 表四, 文字部分; the same report gives the same bytes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties(
        {
            "title": title(report, context),
            "author": one_line(report.agency),
            "created": made_at(report, context).replace(tzinfo=None),
        }
    )
    looks = _Looks(book)
    for table in TableId:
        _table_sheet(book, looks, report, table, title(report, context))
    _text_sheet(book, looks, report, context)
    book.close()
    return stream.getvalue()


class _Looks:
    """Cell formats of the workbook, one object each, as XlsxWriter shares them."""

    def __init__(self, book: Any) -> None:
        base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True}
        framed = {**base, "border": 1}
        self.title = book.add_format({**base, "font_name": "黑体", "font_size": 14, "align": "center"})
        self.by_role = {
            Role.NOTE: book.add_format({**framed, "align": "left"}),
            Role.HEAD: book.add_format({**framed, "align": "center"}),
            Role.BAND: book.add_format({**framed, "align": "center", "bold": True}),
            Role.ROW: book.add_format({**framed, "align": "left"}),
            Role.GROUP: book.add_format({**framed, "align": "center"}),
            Role.FIGURE: book.add_format({**framed, "align": "right", "text_wrap": False}),
        }
        self.tall = book.add_format({**framed, "align": "center", "rotation": 270})
        self.heading = book.add_format({**base, "font_name": "黑体", "font_size": 12})
        self.text = book.add_format({**base, "valign": "top"})

    def of(self, cell: PrintedCell) -> Any:
        tall = cell.role is Role.GROUP and cell.at.col == 0
        return self.tall if tall else self.by_role[cell.role]


def _table_sheet(book: Any, looks: _Looks, report: Report, table: TableId, name: str) -> None:
    laid, _, cells = printed_cells(report, table)
    sheet = book.add_worksheet(_SHEETS[table])
    for column, width in enumerate(_COLUMN_WIDTHS[table]):
        sheet.set_column(column, column, width)
    for row, height in _row_heights(table, cells).items():
        sheet.set_row(row + 2, height)
    sheet.merge_range(0, 0, 0, laid.columns - 1, neutralised(name), looks.title)
    sheet.set_row(0, 30)
    heading = f"{_SHEETS[table][1]}、{TABLE_TITLES[table]}"
    sheet.merge_range(1, 0, 1, laid.columns - 1, heading, looks.heading)
    sheet.set_row(1, 22)
    for cell in cells:
        _write_cell(sheet, looks, report, cell)
    _set_print(sheet, landscape=table in _LANDSCAPE)
    if laid.head_rows:
        sheet.freeze_panes(2 + laid.head_rows, 3 if table is TableId.THREE else 0)
        sheet.repeat_rows(2, 1 + laid.head_rows)


def _row_heights(table: TableId, cells: tuple[PrintedCell, ...]) -> dict[int, float]:
    """Heights in points: spreadsheets do not grow a row for a merged cell by themselves."""
    widths = _COLUMN_WIDTHS[table]
    lines: dict[int, int] = {}
    for cell in cells:
        at = cell.at
        if at.rowspan == 1:
            room = sum(widths[at.col : at.col + at.colspan]) - 1
            needed = -(-2 * len(cell.text) // int(room))
            lines[at.row] = max(lines.get(at.row, 1), needed)
    return {row: count * _LINE_POINTS + _ROW_POINTS for row, count in lines.items()}


def _write_cell(sheet: Any, looks: _Looks, report: Report, cell: PrintedCell) -> None:
    at = cell.at
    top, left = at.row + 2, at.col
    look = looks.of(cell)
    if at.rowspan > 1 or at.colspan > 1:
        # The merge is written empty; its content follows, so that figures keep their number type.
        sheet.merge_range(top, left, top + at.rowspan - 1, left + at.colspan - 1, "", look)
    if at.cell is None:
        sheet.write_string(top, left, neutralised(at.text), look)
        return
    value = report[at.cell]
    if value is None:
        sheet.write_blank(top, left, None, look)
    elif sum(char.isdigit() for char in cell.text) <= _EXACT_DIGITS:
        sheet.write_number(top, left, float(value) if isinstance(value, Decimal) else value, look)
    else:
        # A sheet's number keeps 15 digits; a longer figure would silently change.
        sheet.write_string(top, left, cell.text, look)


def _text_sheet(book: Any, looks: _Looks, report: Report, context: DocumentContext) -> None:
    sheet = book.add_worksheet(_TEXT_SHEET)
    sheet.set_column(0, 0, _TEXT_WIDTH)
    lines = [(title(report, context), looks.title), *((text, looks.text) for text in preamble(report))]
    for section in sections(report):
        lines.append((section.title, looks.heading))
        if section.table is not None:
            lines.append((f"（见工作表“{_SHEETS[section.table]}”）", looks.text))
        lines += [(part.heading + part.text, looks.text) for part in section.paragraphs]
    pieces = [
        (text[at : at + _LONGEST_TEXT], look)
        for text, look in lines
        for at in range(0, len(text), _LONGEST_TEXT)
    ]
    for row, (text, look) in enumerate(pieces):
        sheet.write_string(row, 0, neutralised(text), look)
    _set_print(sheet, landscape=False)


def _set_print(sheet: Any, *, landscape: bool) -> None:
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_margins(left=0.8, right=0.8, top=1.0, bottom=1.0)
    sheet.set_footer("&C— &P —")

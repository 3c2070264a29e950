"""The statutory tables as WordprocessingML, merged as on the form, to the measures of ``layout``.

Rows are never cut (``cantSplit``), head rows repeat (``tblHeader``), and all rows but the last stay with the
next, so that Word moves a table that fits on one page there as a whole, heading included.
"""

from __future__ import annotations

from html import escape

from gongkai.core.annual_report import Grid, Report, TableId
from gongkai.core.annual_report.form import TABLE_TITLES
from gongkai.reportfiles.writing.layout import Measures, PrintedCell, Role, printed_cells
from gongkai.reportfiles.writing.word_template import FANGSONG, HEITI, SONGTI

_TWIPS_PER_MM = 1440 / 25.4
_LEFT = (Role.ROW, Role.NOTE)


def table_xml(report: Report, table: TableId) -> str:
    """One table as a ``w:tbl`` element."""
    laid, sizes, cells = printed_cells(report, table)
    widths = [_twips(width) for width in sizes.widths_mm]
    margin = _twips(sizes.leading_inset_mm)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_borders()}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:top w:w="{margin}" w:type="dxa"/>'
        f'<w:bottom w:w="{margin}" w:type="dxa"/></w:tblCellMar>'
        f'<w:tblCaption w:val="{TABLE_TITLES[table]}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{_rows(laid, sizes, cells)}</w:tbl>"
    )


def _rows(laid: Grid, sizes: Measures, cells: tuple[PrintedCell, ...]) -> str:
    starting = {(cell.at.row, cell.at.col): cell for cell in cells}
    # Places below the first row of a tall cell: Word wants an empty cell there that continues the merge.
    continuing = {
        (cell.at.row + down, cell.at.col): cell for cell in cells for down in range(1, cell.at.rowspan)
    }
    rows = []
    for number in range(laid.rows):
        last = number == laid.rows - 1
        head = "<w:tblHeader/>" if number < laid.head_rows else ""
        written = []
        for place in range(laid.columns):
            if cell := starting.get((number, place)):
                written.append(_cell(cell, sizes, keep_next=not last))
            elif cell := continuing.get((number, place)):
                written.append(_continuation(cell, sizes, keep_next=not last))
        rows.append(f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(written)}</w:tr>")
    return "".join(rows)


def _cell(cell: PrintedCell, sizes: Measures, *, keep_next: bool) -> str:
    merge = '<w:vMerge w:val="restart"/>' if cell.at.rowspan > 1 else ""
    inset = _twips(cell.inset_mm)
    # The tall label of 表三 is set vertically, upright characters from top to bottom.
    tall = cell.role is Role.GROUP and cell.at.col == 0
    direction = '<w:textDirection w:val="tbRlV"/>' if tall else ""
    margins = (
        ""
        if tall
        else f'<w:tcMar><w:left w:w="{inset}" w:type="dxa"/><w:right w:w="{inset}" w:type="dxa"/></w:tcMar>'
    )
    properties = f'{_width(cell, sizes)}{merge}{margins}{direction}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{_paragraph(cell, keep_next=keep_next)}</w:tc>"


def _continuation(cell: PrintedCell, sizes: Measures, *, keep_next: bool) -> str:
    properties = _paragraph_properties(sizes.points, "center", keep_next=keep_next)
    return f"<w:tc><w:tcPr>{_width(cell, sizes)}<w:vMerge/></w:tcPr><w:p>{properties}</w:p></w:tc>"


_SPACING = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'


def _width(cell: PrintedCell, sizes: Measures) -> str:
    width = sum(_twips(part) for part in sizes.widths_mm[cell.at.col : cell.at.col + cell.at.colspan])
    span = f'<w:gridSpan w:val="{cell.at.colspan}"/>' if cell.at.colspan > 1 else ""
    return f'<w:tcW w:w="{width}" w:type="dxa"/>{span}'


def _paragraph(cell: PrintedCell, *, keep_next: bool) -> str:
    side = "right" if cell.role is Role.FIGURE else "left" if cell.role in _LEFT else "center"
    face = FANGSONG if cell.role is Role.FIGURE else HEITI if cell.role is Role.BAND else SONGTI
    fonts = f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}" w:cs="{face}"/>'
    looks = f'{fonts}<w:snapToGrid w:val="0"/>{_size(cell.points)}'
    text = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line, quote=False)}</w:t>' for line in cell.lines
    )
    run = f"<w:r><w:rPr>{looks}</w:rPr>{text}</w:r>" if cell.text else ""
    return f"<w:p>{_paragraph_properties(cell.points, side, keep_next=keep_next)}{run}</w:p>"


def _paragraph_properties(points: float, side: str, *, keep_next: bool) -> str:
    """The paragraph mark gets the size too: left at size 3 it would make every row as high as body text."""
    keep = "<w:keepNext/>" if keep_next else ""
    layout = f'<w:snapToGrid w:val="0"/>{_SPACING}<w:jc w:val="{side}"/>'
    return f"<w:pPr>{keep}{layout}<w:rPr>{_size(points)}</w:rPr></w:pPr>"


def _size(points: float) -> str:
    half_points = round(points * 2)
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _borders() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides)


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS_PER_MM)

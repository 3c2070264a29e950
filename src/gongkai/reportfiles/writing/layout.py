"""Measures of the printed tables: column widths, sizes and roles of cells, for pdf, docx and xlsx alike.

The type area of GB/T 9704 is 156 mm wide; 表三 with its ten columns and 28 rows is made to stand on one page.
Widths in millimetres, sizes in points.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gongkai.core.annual_report import Grid, GridCell, Report, TableId, grid, number_text

TEXT_WIDTH_MM = 156.0
_MM_PER_POINT = 25.4 / 72
# Advance of a digit in the face used for figures, in em; all ten are equal, so figures line up.
_DIGIT_EM = 0.5
_LEAST_INSET_MM = 0.8
_SMALLEST_POINTS = 5.0


class Role(StrEnum):
    """What a cell is, which decides its face and alignment."""

    NOTE = "note"  # the 勾稽关系 note in the corner of 表三
    HEAD = "head"  # label above figures
    BAND = "band"  # title of a block of 表二, across the table
    ROW = "row"  # label left of figures
    GROUP = "group"  # label left of row labels
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Measures:
    """How one table is drawn; ``leading_inset_mm`` is the white above and below a cell's text."""

    widths_mm: tuple[float, ...]
    points: float
    head_inset_mm: float
    inset_mm: float
    leading_inset_mm: float


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A grid cell with its text and looks.

    Attributes:
        text: label or figure; "" for a figure that the report does not say.
        lines: the text cut where a narrow column must break it; one piece elsewhere.
        points: size at which a figure fits the cell.
        inset_mm: white at the left and right edge; a column of figures is right-aligned with its widest
            figure in the middle, so units stand under units and figures under their heading.
    """

    at: GridCell
    role: Role
    text: str
    lines: tuple[str, ...]
    points: float
    inset_mm: float


_TABLE3_WIDTHS = (8.5, 15.5, 44.5, *(12.5,) * 7)
_TABLE4_WIDTHS = (TEXT_WIDTH_MM / 15,) * 15


def measures(table: Grid) -> Measures:
    """The measures for one of the three tables in either edition."""
    if table.table is TableId.TWO:
        return Measures((TEXT_WIDTH_MM / table.columns,) * table.columns, 12, 1.5, 1.5, 2.0)
    if table.table is TableId.THREE:
        return Measures(_TABLE3_WIDTHS, 9, 1.7, 1.0, 0.9)
    return Measures(_TABLE4_WIDTHS, 9, 1.4, 0.8, 1.1)


def printed_cells(report: Report, table: TableId) -> tuple[Grid, Measures, tuple[PrintedCell, ...]]:
    """A table of a report ready to draw."""
    laid = grid(report, table)
    sizes = measures(laid)
    figures = _Figures(report, laid, sizes)
    return laid, sizes, tuple(_printed(laid, sizes, cell, figures) for cell in laid.cells)


def cell_width_mm(sizes: Measures, cell: GridCell) -> float:
    """Width of a cell over the columns it spans."""
    return sum(sizes.widths_mm[cell.col : cell.col + cell.colspan])


def role_of(laid: Grid, cell: GridCell) -> Role:
    """What a grid cell is."""
    if cell.cell is not None:
        return Role.FIGURE
    if not cell.scope:
        return Role.NOTE
    if cell.scope in ("col", "colgroup"):
        return Role.HEAD
    if cell.scope == "row":
        return Role.ROW
    return Role.BAND if cell.colspan == laid.columns else Role.GROUP


class _Figures:
    """Sizes and insets of figures, which depend on the widest one of their column."""

    def __init__(self, report: Report, laid: Grid, sizes: Measures) -> None:
        self.sizes = sizes
        self.texts = {cell: number_text(report[cell.cell]) for cell in laid.cells if cell.cell is not None}
        self.widest: dict[tuple[int, int], float] = {}
        for cell, text in self.texts.items():
            column = (cell.col, cell.colspan)
            width = _text_width_mm(text, self.points(cell))
            self.widest[column] = max(width, self.widest.get(column, 0))

    def points(self, cell: GridCell) -> float:
        """The size, in half points down from the usual one, at which the figure does not leave its cell."""
        room = cell_width_mm(self.sizes, cell) - 2 * _LEAST_INSET_MM
        points = self.sizes.points
        while points > _SMALLEST_POINTS and _text_width_mm(self.texts[cell], points) > room:
            points -= 0.5
        return points

    def inset_mm(self, cell: GridCell) -> float:
        width = cell_width_mm(self.sizes, cell)
        return max(_LEAST_INSET_MM, (width - self.widest[cell.col, cell.colspan]) / 2)


def _text_width_mm(figure: str, points: float) -> float:
    return len(figure) * _DIGIT_EM * points * _MM_PER_POINT


def _printed(laid: Grid, sizes: Measures, cell: GridCell, figures: _Figures) -> PrintedCell:
    role = role_of(laid, cell)
    if role is Role.FIGURE:
        text = figures.texts[cell]
        return PrintedCell(cell, role, text, (text,), figures.points(cell), figures.inset_mm(cell))
    inset = _label_inset_mm(sizes, cell, role)
    return PrintedCell(cell, role, cell.text, _broken(cell.text, role), sizes.points, inset)


def _label_inset_mm(sizes: Measures, cell: GridCell, role: Role) -> float:
    """Narrow heads wrap two characters a line (商业／企业), the tall group label of 表三 one."""
    narrow = role is Role.HEAD or (role is Role.GROUP and cell.col == 0)
    if not narrow:
        return sizes.inset_mm
    length = len(cell.text) * sizes.points * _MM_PER_POINT
    fits = length + 2 * _LEAST_INSET_MM <= cell_width_mm(sizes, cell)
    return _LEAST_INSET_MM if fits else sizes.head_inset_mm


def _broken(text: str, role: Role) -> tuple[str, ...]:
    """（三）不予公开 breaks after its number, not wherever the narrow column happens to end."""
    number, bracket, name = text.partition("）")
    if role is Role.GROUP and bracket and name:
        return number + bracket, name
    return (text,)

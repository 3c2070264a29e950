"""What every file format is turned into: lines of text and grids of cells, in reading order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from gongkai.reportfiles.reading.limits import MAX_GRID_COLUMNS, MAX_GRID_ROWS


@dataclass(slots=True)
class Line:
    """One line or paragraph: cleaned text, its number in the file from 1, its page from 1 (0: unpaged)."""

    text: str
    number: int
    page: int = 0

    @property
    def place(self) -> str:
        """Where it stands, in Chinese."""
        return f"第 {self.page} 页" if self.page else f"第 {self.number} 行"


@dataclass(slots=True)
class Cell:
    """One cell of a grid before spans are laid out: cleaned text and how far it reaches."""

    text: str
    rowspan: int = 1
    colspan: int = 1


@dataclass(slots=True, eq=False)
class Placed:
    """A cell in its place: ``row``, ``col`` of its upper left corner, from 0."""

    text: str
    row: int
    col: int


@dataclass(slots=True)
class Grid:
    """A table laid out: ``rows[r][c]`` is the cell that covers that position, or None.

    Attributes:
        spans_known: False for tables taken from text, where merged cells leave no trace and the columns of
            different rows may not lie under each other.
        where: the place of a position in Chinese.
    """

    rows: list[list[Placed | None]]
    spans_known: bool
    where: Callable[[int, int], str]
    page: int = 0
    _own: dict[int, list[tuple[int, Placed]]] = field(default_factory=dict)

    def own(self, row: int) -> list[tuple[int, Placed]]:
        """The cells that begin in a row, with their first column."""
        found = self._own.get(row)
        if found is None:
            found = self._own[row] = [
                (col, cell)
                for col, cell in enumerate(self.rows[row])
                if cell is not None and cell.row == row and cell.col == col
            ]
        return found


Block = Line | Grid


@dataclass(slots=True)
class Document:
    """A file as blocks.

    Attributes:
        format: ``txt html docx xlsx pdf``.
        blocks: in reading order.
        visual_lines: whether lines are lines of a page (to be joined into paragraphs) or paragraphs.
        titles: texts that name the document outside its body (html title, file properties, file name).
        publisher: the publishing organ named in a page's metadata, "" if none.
        warnings: Chinese.
    """

    format: str
    blocks: list[Block]
    visual_lines: bool = False
    titles: list[str] = field(default_factory=list)
    publisher: str = ""
    warnings: list[str] = field(default_factory=list)


def lay_out(
    rows: Sequence[Sequence[Cell]],
    *,
    spans_known: bool = True,
    where: Callable[[int, int], str] | None = None,
    page: int = 0,
) -> Grid:
    """Place cells under HTML's rules: a cell takes the first free position of its row.

    Spans are cut at the caps of ``limits`` and at the last row.
    """
    height = min(len(rows), MAX_GRID_ROWS)
    laid: list[list[Placed | None]] = [[] for _ in range(height)]
    for at, row in enumerate(rows[:height]):
        if not laid[at] and len(row) <= MAX_GRID_COLUMNS and not any(_spans(cell) for cell in row):
            laid[at] = [Placed(cell.text, at, col) for col, cell in enumerate(row)]
            continue
        col = 0
        for cell in row:
            line = laid[at]
            while col < len(line) and line[col] is not None:
                col += 1
            if col >= MAX_GRID_COLUMNS:
                break
            _place(laid, cell, at, col)
            col += max(1, cell.colspan)
    return Grid(laid, spans_known, where or _row_and_column, page)


def _spans(cell: Cell) -> bool:
    return cell.colspan > 1 or cell.rowspan > 1


def _place(laid: list[list[Placed | None]], cell: Cell, row: int, col: int) -> None:
    placed = Placed(cell.text, row, col)
    right = min(col + max(1, cell.colspan), MAX_GRID_COLUMNS)
    for line in laid[row : min(row + max(1, cell.rowspan), len(laid))]:
        if len(line) < right:
            line.extend([None] * (right - len(line)))
        for at in range(col, right):
            if line[at] is None:
                line[at] = placed


def _row_and_column(row: int, col: int) -> str:
    return f"表格第 {row + 1} 行第 {col + 1} 列"

"""Rows of tables taken from text, where merged cells left no trace but every cell has its place in the order.

A row is labels, then one cell for each column of the form, blank or not, then empty cells up to the table's
width. With blanks among the figures that order is trusted only where the whole table keeps to it:

- *filled up*: the rows are of one length, and so a row of that length lost no cell,
- *as they are*: rows end with their last figure, and so a row of just enough cells lost none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gongkai.reportfiles.reading.blocks import Grid, Placed
from gongkai.reportfiles.reading.elements import Element
from gongkai.reportfiles.reading.grid_rows import is_figure_text

_MOST = 0.8  # of the rows that must be alike before what they have in common is the table's way
_NEARLY_ALL = 0.9


class Fields(NamedTuple):
    """What follows the labels of a row.

    Attributes:
        cells: with their columns, blank ones too.
        length: how many cells the whole row has.
        last_label: column of the last label, -1 for none.
    """

    row: int
    cells: tuple[tuple[int, Placed], ...]
    length: int
    last_label: int

    def holds_only(self, wanted: int) -> bool:
        """Whether there is room for ``wanted`` figures and nothing stands behind them."""
        return len(self.cells) >= wanted and not any(cell.text for _, cell in self.cells[wanted:])


def fields_of(grid: Grid, row: int) -> Fields | None:
    """The cells after a row's last words; None where figures stand before words."""
    own = grid.own(row)
    start = 0
    for at, (_, cell) in enumerate(own):
        if cell.text and not is_figure_text(cell.text):
            start = at + 1
    if any(is_figure_text(cell.text) for _, cell in own[:start]):
        return None
    last = own[start - 1][0] if start else -1
    return Fields(row, tuple(own[start:]), len(grid.rows[row]), last)


class Order(NamedTuple):
    """How a table's rows keep their cells: the length of all (0: not of one length), or no cells to spare."""

    length: int
    exact: bool

    def keeps(self, fields: Fields, wanted: int, *, last: bool = False) -> bool:
        """Whether the first ``wanted`` cells are the row's figures, each in its column.

        ``last``: whether it is the table's last row, which often lost the empty cells at its end.
        """
        if not fields.holds_only(wanted):
            return False
        figures = [cell.text for _, cell in fields.cells[:wanted]]
        spare = len(fields.cells) - wanted
        if fields.length == self.length or (spare == 0 and (self.exact or last or figures[-1])):
            return True
        # A blank cell too many may hide a figure too many before it; several are the rest of a wider table.
        unknown = not self.length and (not self.exact or spare > 1)
        return not any(figures) or (unknown and all(figures))


NO_ORDER = Order(0, exact=False)


def order_of(rows: Sequence[tuple[Fields, int]], needed: int) -> Order:
    """What most rows have in common; ``rows`` come with the number of figures wanted in each."""
    if len(rows) < needed:
        return NO_ORDER
    most = _MOST * len(rows)
    length, count = Counter(fields.length for fields, _ in rows).most_common(1)[0]
    if count < most:
        length = 0
    exact = sum(len(fields.cells) == wanted for fields, wanted in rows) >= most
    filled_up = any(fields.length == length and len(fields.cells) > wanted for fields, wanted in rows)
    return Order(length, exact and not filled_up)


def follow_labels(rows: Sequence[Fields], wanted: int, *, head_agrees: bool) -> bool:
    """Whether figures follow the labels at once, rather than stand in columns left of which labels are padded.

    Text that keeps the place of every column pads short labels: ``一、…||||3``. There the cell after a label is
    not the first column's. Nearly all rows must fit the first reading, and the second must not fit, unless the
    head settles it.

    Args:
        head_agrees: whether the head shows that the places of columns were not kept.
    """
    told = [fields for fields in rows if any(cell.text for _, cell in fields.cells)]
    fitting = sum(fields.holds_only(wanted) for fields in told)
    if fitting < _NEARLY_ALL * len(told):
        return False
    if head_agrees or not told:
        return True
    last_label = max(fields.last_label for fields in rows)
    among_labels = sum(_first(fields) <= last_label for fields in told)
    return among_labels > 1


def _first(fields: Fields) -> int:
    return next(col for col, cell in fields.cells if cell.text)


def ordered_element(
    grid: Grid, fields: Fields, label: str, keys: Iterable[str], order: Order, *, last: bool = False
) -> Element:
    """The row with its blanks in their places; as a run of the wrong length where the order denies them."""
    columns = tuple(keys)
    if order.keeps(fields, len(columns), last=last):
        cells = fields.cells[: len(columns)]
    else:
        columns, cells = (), _denied(fields, len(columns))
    return Element(
        label,
        tuple(cell.text for _, cell in cells) or None,
        tuple(grid.where(fields.row, col) for col, _ in cells) or (grid.where(fields.row, 0),),
        columns,
    )


def _denied(fields: Fields, wanted: int) -> tuple[tuple[int, Placed], ...]:
    """All figures of a row and the blanks before and among them, but never as many as wanted."""
    filled = [at for at, (_, cell) in enumerate(fields.cells) if cell.text]
    end = filled[-1] + 1 if filled else 0
    return fields.cells[: end if end != wanted else wanted + 1]

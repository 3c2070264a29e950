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

    def keeps(self, fields: Fields, wanted: int) -> bool:
        """Whether the first ``wanted`` cells are the row's figures, each in its column."""
        if not fields.holds_only(wanted):
            return False
        figures = [cell.text for _, cell in fields.cells[:wanted]]
        if all(figures) or not any(figures):
            return True
        return fields.length == self.length or (self.exact and len(fields.cells) == wanted)


NO_ORDER = Order(0, exact=False)


def order_of(rows: Sequence[tuple[Fields, int]], needed: int) -> Order:
    """What most rows have in common; ``rows`` come with the number of figures wanted in each."""
    if len(rows) < needed:
        return NO_ORDER
    length, count = Counter(fields.length for fields, _ in rows).most_common(1)[0]
    exact = sum(len(fields.cells) == wanted for fields, wanted in rows)
    most = _MOST * len(rows)
    return Order(length if count >= most else 0, exact >= most)


def follow_labels(rows: Sequence[Fields], wanted: int, *, head_begins: bool) -> bool:
    """Whether figures follow the labels at once, rather than stand in columns left of which labels are padded.

    Text that keeps the place of every column pads short labels: ``一、…||||3``. There the cell after a label is
    not the first column's. Nearly all rows must fit the first reading, and the second must not fit, unless the
    head settles it.

    Args:
        head_begins: whether the head names the first column at the beginning of a line.
    """
    told = [fields for fields in rows if any(cell.text for _, cell in fields.cells)]
    fitting = sum(fields.holds_only(wanted) for fields in told)
    if fitting < _NEARLY_ALL * len(told):
        return False
    if head_begins or not told:
        return True
    last_label = max(fields.last_label for fields in rows)
    among_labels = sum(_first(fields) <= last_label for fields in told)
    return among_labels > 1


def _first(fields: Fields) -> int:
    return next(col for col, cell in fields.cells if cell.text)


def ordered_element(
    grid: Grid, fields: Fields, label: str, keys: Iterable[str], order: Order
) -> Element | None:
    """The row with its blanks in their places; None where the order does not vouch for them."""
    columns = tuple(keys)
    if not order.keeps(fields, len(columns)):
        return None
    cells = fields.cells[: len(columns)]
    return Element(
        label,
        tuple(cell.text for _, cell in cells),
        tuple(grid.where(fields.row, col) for col, _ in cells),
        columns,
    )

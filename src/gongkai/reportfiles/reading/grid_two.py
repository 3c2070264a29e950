"""Table 二 as a grid of cells."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.core.annual_report import Edition, TableId
from gongkai.core.annual_report.form import FORMS, Block
from gongkai.reportfiles.reading.blocks import Grid
from gongkai.reportfiles.reading.characters import canonical
from gongkai.reportfiles.reading.elements import Element
from gongkai.reportfiles.reading.gathering import TableReading, read_aligned
from gongkai.reportfiles.reading.grid_ranges import Part
from gongkai.reportfiles.reading.grid_rows import (
    counted_element,
    is_figure_text,
    label_of,
    mapped_element,
    row_texts,
)
from gongkai.reportfiles.reading.labels import RowSet, table_two_rows
from gongkai.reportfiles.reading.text_rows import NO_ORDER, Order, fields_of, order_of, ordered_element

_MIN_ALIKE = 2  # rows of text that must be alike


def texts(parts: Sequence[Part]) -> list[str]:
    """All words of the table, for telling the edition."""
    return [text for part in parts for text in row_texts(part.grid, [*part.head, *part.body])]


def read_two(parts: Sequence[Part], edition: Edition) -> TableReading:
    """Read table 二 from its parts."""
    rows = table_two_rows(edition)
    blocks = {row.key: block for block in FORMS[edition].table2 for row in block.rows}
    elements: list[Element] = []
    for part in parts:
        named = _named_rows(part, rows)
        order = _text_order(part, named, blocks)
        heads: dict[str, set[int]] = {}
        width = 0
        for row in [*part.head, *part.body]:
            label = label_of(part.grid, row)
            key = named.get(row)
            if key:
                # In text, a row of another length than its head may have lost a cell anywhere.
                trusted = heads if part.grid.spans_known or len(part.grid.rows[row]) == width else {}
                elements.append(_row_element(part.grid, row, label, blocks[key], trusted, order))
                continue
            found = _head(part.grid, row, edition)
            if found:
                heads, width = found, len(part.grid.rows[row])
            elements.append(counted_element(part.grid, row, label))
    if not elements:
        return TableReading(TableId.TWO)
    columns = {
        row.key: tuple(c.key for c in block.columns) for block in blocks.values() for row in block.rows
    }
    return read_aligned(TableId.TWO, edition, rows, elements, {"": (), **columns})


def _named_rows(part: Part, rows: RowSet) -> dict[int, str]:
    """The form's row keys by the rows of the grid that name them in full."""
    found = {}
    for row in [*part.head, *part.body]:
        at = rows.evidence(label_of(part.grid, row)).only_full()
        if at is not None and rows.rows[at].key:
            found[row] = rows.rows[at].key
    return found


def _text_order(part: Part, named: dict[int, str], blocks: dict[str, Block]) -> Order:
    if part.grid.spans_known:
        return NO_ORDER
    given = [
        (fields, len(blocks[key].columns))
        for row, key in named.items()
        if (fields := fields_of(part.grid, row)) is not None
    ]
    return order_of(given, _MIN_ALIKE)


def _head(grid: Grid, row: int, edition: Edition) -> dict[str, set[int]]:
    """Columns by their label, where a row heads a block."""
    names = {canonical(column.label) for block in FORMS[edition].table2 for column in block.columns}
    found: dict[str, set[int]] = {}
    for col, cell in grid.own(row):
        name = canonical(cell.text)
        if name in names:
            found[name] = {c for c in range(col, len(grid.rows[row])) if grid.rows[row][c] is cell}
    return found


def _row_element(
    grid: Grid, row: int, label: str, block: Block, heads: dict[str, set[int]], order: Order
) -> Element:
    columns = {column.key: heads.get(canonical(column.label), set()) for column in block.columns}
    keys = [column.key for column in block.columns]
    if all(columns.values()):
        keys.sort(key=lambda key: min(columns[key]))
    exact = _exact_element(grid, row, label, keys)
    if exact is not None:
        return exact
    if all(columns.values()):
        reach = _widened(columns, grid, row)
        mapped = mapped_element(grid, row, reach, label)
        if mapped is not None and (grid.spans_known or any(mapped.figures or ())):
            return mapped
    fields = None if grid.spans_known else fields_of(grid, row)
    if fields is None or not fields.cells:
        return counted_element(grid, row, label)
    return ordered_element(grid, fields, label, keys, order)


def _widened(columns: dict[str, set[int]], grid: Grid, row: int) -> dict[str, set[int]]:
    """A block's last column reaches to the right edge, since its figure's cell may be wider than its head."""
    if not grid.spans_known:
        return columns
    last = max(columns, key=lambda key: max(columns[key]))
    edge = set(range(min(columns[last]), len(grid.rows[row])))
    return {**columns, last: edge}


def _exact_element(grid: Grid, row: int, label: str, keys: list[str]) -> Element | None:
    """The cells after the label, blank ones too, where there are just as many as the block has columns.

    A head may have other spans than the figures below it, so the order says more than the columns.
    """
    if not grid.spans_known:
        return None
    own = grid.own(row)
    words = [at for at, (_, cell) in enumerate(own) if cell.text and not is_figure_text(cell.text)]
    cells = own[words[-1] + 1 :] if words else own
    if len(cells) != len(keys) or any(is_figure_text(cell.text) for _, cell in own[: -len(keys)]):
        return None
    return Element(
        label,
        tuple(cell.text for _, cell in cells),
        tuple(grid.where(row, col) for col, _ in cells),
        tuple(keys),
    )

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
    figure_cells,
    is_figure_text,
    label_of,
    mapped_element,
    row_texts,
)
from gongkai.reportfiles.reading.labels import table_two_rows


def texts(parts: Sequence[Part]) -> list[str]:
    """All words of the table, for telling the edition."""
    return [text for part in parts for text in row_texts(part.grid, [*part.head, *part.body])]


def read_two(parts: Sequence[Part], edition: Edition) -> TableReading:
    """Read table 二 from its parts."""
    rows = table_two_rows(edition)
    blocks = {row.key: block for block in FORMS[edition].table2 for row in block.rows}
    elements: list[Element] = []
    for part in parts:
        heads: dict[str, set[int]] = {}
        width = 0
        for row in [*part.head, *part.body]:
            label = label_of(part.grid, row)
            at = rows.evidence(label).only_full()
            key = rows.rows[at].key if at is not None else ""
            if key:
                # In text, a row of another length than its head may have lost a cell anywhere.
                trusted = heads if part.grid.spans_known or len(part.grid.rows[row]) == width else {}
                elements.append(_row_element(part.grid, row, label, blocks[key], trusted))
                continue
            found = _head(part.grid, row, edition)
            if found:
                heads, width = found, len(part.grid.rows[row])
            elements.append(counted_element(part.grid, row, label))
    if not elements:
        return TableReading(TableId.TWO)
    order = {row.key: tuple(c.key for c in block.columns) for block in blocks.values() for row in block.rows}
    return read_aligned(TableId.TWO, edition, rows, elements, {"": (), **order})


def _head(grid: Grid, row: int, edition: Edition) -> dict[str, set[int]]:
    """Columns by their label, where a row heads a block."""
    names = {canonical(column.label) for block in FORMS[edition].table2 for column in block.columns}
    found: dict[str, set[int]] = {}
    for col, cell in grid.own(row):
        name = canonical(cell.text)
        if name in names:
            found[name] = {c for c in range(col, len(grid.rows[row])) if grid.rows[row][c] is cell}
    return found


def _row_element(grid: Grid, row: int, label: str, block: Block, heads: dict[str, set[int]]) -> Element:
    columns = {column.key: heads.get(canonical(column.label), set()) for column in block.columns}
    if all(columns.values()):
        reach = _widened(columns, grid, row)
        mapped = mapped_element(grid, row, reach, label)
        if mapped is not None and (grid.spans_known or any(mapped.figures or ())):
            return mapped
    return _exact_element(grid, row, label, [column.key for column in block.columns])


def _widened(columns: dict[str, set[int]], grid: Grid, row: int) -> dict[str, set[int]]:
    """A block's last column reaches to the right edge, since its figure's cell may be wider than its head."""
    if not grid.spans_known:
        return columns
    last = max(columns, key=lambda key: max(columns[key]))
    edge = set(range(min(columns[last]), len(grid.rows[row])))
    return {**columns, last: edge}


def _exact_element(grid: Grid, row: int, label: str, keys: list[str]) -> Element:
    """The cells after the label, blank ones too, where there are just as many as the block has columns."""
    cells = [(col, cell) for col, cell in grid.own(row) if not cell.text or is_figure_text(cell.text)]
    if grid.spans_known and len(cells) == len(keys) != len(figure_cells(grid, row)):
        return Element(
            label,
            tuple(cell.text for _, cell in cells),
            tuple(grid.where(row, col) for col, _ in cells),
            tuple(keys),
        )
    return counted_element(grid, row, label)

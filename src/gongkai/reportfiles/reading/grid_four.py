"""Table 四 as a grid of cells: one row of fifteen figures under two or three head rows, or a variant of it."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.core.annual_report import CellKey, Edition, TableId
from gongkai.core.annual_report.form import FORMS
from gongkai.reportfiles.reading.blocks import Grid
from gongkai.reportfiles.reading.characters import canonical
from gongkai.reportfiles.reading.columns import RESULTS, result_key
from gongkai.reportfiles.reading.elements import Element
from gongkai.reportfiles.reading.gathering import TableReading, read_aligned
from gongkai.reportfiles.reading.grid_ranges import Part
from gongkai.reportfiles.reading.grid_rows import (
    counted_element,
    figure_cells,
    head_columns,
    label_of,
    mapped_element,
    row_texts,
)
from gongkai.reportfiles.reading.labels import table_four_rows
from gongkai.reportfiles.reading.line_tables import order_of_fifteen, take_fifteen
from gongkai.reportfiles.reading.text_rows import Order, fields_of, ordered_element

_BLOCKS = {canonical(row.label): row.key for row in FORMS[Edition.E2021].table4_rows}
_ALL = FORMS[Edition.E2021].cells(TableId.FOUR)


def read_four(parts: Sequence[Part], edition: Edition) -> TableReading:
    """Read table 四 from its parts; not present where no row of figures is found."""
    for part in parts:
        for read in (_by_head, _by_rows, _by_count):
            reading = read(part, edition)
            if reading is not None and reading.present:
                return reading
    return TableReading(TableId.FOUR)


def _by_head(part: Part, edition: Edition) -> TableReading | None:
    """Columns by the names above them; a table in two or three bands has a head for each band."""
    reading = TableReading(TableId.FOUR, rows_wanted=len(_BLOCKS))
    head: list[int] = []
    for row in part.body:
        if not figure_cells(part.grid, row):
            if not _is_blank(part.grid, row):
                head.append(row)
                continue
            if not head:
                continue
        columns = _columns(part.grid, head)
        head = []
        if columns and not _read_band(reading, part.grid, row, columns, edition):
            return None
    if reading.rows_read != len(_BLOCKS):
        return None
    reading.present = True
    return reading


def _is_blank(grid: Grid, row: int) -> bool:
    return all(not cell.text for _, cell in grid.own(row))


def _columns(grid: Grid, head: Sequence[int]) -> dict[CellKey, set[int]]:
    """Cells of the form by column: the result named lowest in it, under the block named above."""
    if not grid.spans_known:
        return _columns_of_text(grid, head)
    width = max((len(grid.rows[row]) for row in head), default=0)
    found: dict[CellKey, set[int]] = {}
    for col in range(width):
        path = [cell for row in head if col < len(grid.rows[row]) and (cell := grid.rows[row][col])]
        results = [key for cell in path if (key := result_key(cell.text))]
        names = [name for cell in path if (name := _BLOCKS.get(canonical(cell.text)))]
        if results and names:
            found.setdefault(CellKey(TableId.FOUR, names[-1], results[-1]), set()).add(col)
    return found


def _columns_of_text(grid: Grid, head: Sequence[int]) -> dict[CellKey, set[int]]:
    """The same where merged cells left no trace: fifteen result names in the form's order, rows of one length."""
    names: dict[int, str] = {}
    for row in head:
        for col, cell in grid.own(row):
            key = result_key(cell.text)
            if key is not None:
                names[col] = key
    places = sorted(names)
    in_order = [names[col] for col in places] == [cell.col for cell in _ALL]
    regular = len({len(line) for line in grid.rows}) == 1
    if not in_order or not regular or order_of_fifteen(row_texts(grid, head)) is None:
        return {}
    return {cell: {col} for cell, col in zip(_ALL, places, strict=True)}


def _read_band(
    reading: TableReading, grid: Grid, row: int, columns: dict[CellKey, set[int]], edition: Edition
) -> bool:
    """Read the blocks that a band's head names in full; False where the figures do not lie under it."""
    by_name = {str(cell): reach for cell, reach in columns.items()}
    element = mapped_element(grid, row, by_name, "")
    if element is None:
        return False
    figures = dict(zip(element.columns, element.figures or (), strict=True))
    places = dict(zip(element.columns, element.places, strict=True))
    for key in _BLOCKS.values():
        cells = [CellKey(TableId.FOUR, key, result) for result in RESULTS]
        if not all(str(cell) in figures for cell in cells):
            continue
        reading.take_row(
            FORMS[edition],
            key,
            RESULTS,
            [figures[str(cell)] for cell in cells],
            Element("", None, tuple(places[str(cell)] for cell in cells)),
        )
    return True


def _by_rows(part: Part, edition: Edition) -> TableReading | None:
    """The blocks below each other, the results side by side."""
    rows = table_four_rows()
    heads = [row for row in part.body if len(head_columns(part.grid, [row], result_key)[0]) == len(RESULTS)]
    if len(heads) != 1:
        return None
    columns, _ = head_columns(part.grid, heads, result_key)
    elements = []
    for row in part.body:
        if row <= heads[0]:
            continue
        label = label_of(part.grid, row)
        mapped = mapped_element(part.grid, row, columns, label) if part.grid.spans_known else None
        blank = mapped is not None and not any(mapped.figures or ()) and not rows.evidence(label).rows
        elements.append(counted_element(part.grid, row, label) if mapped is None or blank else mapped)
    named = [e for e in elements if e.figures and rows.evidence(e.label).only_full() is not None]
    if len(named) < 2:
        return None
    return read_aligned(TableId.FOUR, edition, rows, elements, {"": RESULTS})


def _by_count(part: Part, edition: Edition) -> TableReading | None:
    """Fifteen figures in one row, in the order of the form unless the head visibly has another."""
    for row in part.body:
        element = _whole_row(part, row) or counted_element(part.grid, row, "")
        if not element.figures:
            continue
        reading = TableReading(TableId.FOUR, present=True, rows_wanted=len(_BLOCKS))
        count = len(element.figures)
        order = order_of_fifteen(row_texts(part.grid, [at for at in part.body if at < row]))
        if count == len(_ALL) and order is not None:
            take_fifteen(reading, edition, order, element)
            return reading
        message = (
            f"表四应有 {len(_ALL)} 个数，{element.places[0]}一行有 {count} 个，不能确定各属哪一列，未采用。"
            if count != len(_ALL)
            else f"表四的表头与格式不同，不能确定各列含义，未采用（{element.places[0]}）。"
        )
        reading.find("", message)
        reading.unassigned.append(f"{element.places[0]}：{' '.join(element.figures or ())}")
        return reading
    return None


def _whole_row(part: Part, row: int) -> Element | None:
    """A row of text with fifteen cells, blank ones too, below a head that names fifteen results.

    Where the rows of the head are filled up to a greater width, so must be this one.
    """
    if part.grid.spans_known:
        return None
    fields = fields_of(part.grid, row)
    above = [at for at in part.body if at < row]
    width = max([len(_ALL), *(len(part.grid.rows[at]) for at in above)])
    if fields is None or len(fields.cells) != width or fields.last_label >= 0:
        return None
    named = [cell.text for at in above for _, cell in part.grid.own(at) if cell.text]
    if sum(result_key(name) is not None for name in named) != len(_ALL):
        return None
    element = ordered_element(part.grid, fields, "", [str(cell) for cell in _ALL], Order(width, exact=False))
    return element if element.columns else None

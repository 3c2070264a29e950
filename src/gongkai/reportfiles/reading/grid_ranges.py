"""Which rows of a grid belong to which table; what belongs to none goes back among the lines."""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.core.annual_report import Edition, TableId
from gongkai.reportfiles.reading.blocks import Document, Grid, Line
from gongkai.reportfiles.reading.columns import result_key
from gongkai.reportfiles.reading.grid_rows import is_figure_text, label_of
from gongkai.reportfiles.reading.headings import section_of
from gongkai.reportfiles.reading.labels import RowSet, table_three_rows, table_two_rows


@dataclass(slots=True)
class Part:
    """The rows of one table within one grid: ``head`` are those before the first row of figures."""

    grid: Grid
    head: list[int]
    body: list[int]


@dataclass(slots=True)
class Parts:
    """Every table's parts, in the order of the document."""

    by_table: dict[TableId, list[Part]] = field(default_factory=lambda: {table: [] for table in TableId})


def split_document(document: Document) -> tuple[Parts, list[Line]]:
    """Find the tables among the grids; all other text as lines, in order."""
    parts = Parts()
    lines: list[Line] = []
    for block in document.blocks:
        if isinstance(block, Line):
            lines.append(block)
            continue
        used = _find_parts(block, parts)
        for row in range(len(block.rows)):
            if row not in used:
                lines += _lines_of(block, row)
    return parts, lines


def _lines_of(grid: Grid, row: int) -> list[Line]:
    """The texts of a row that belongs to no table, a line each; a row of nothing but figures is one line.

    A blank among figures leaves nothing in a line, and figures on lines of their own would close the gap.
    """
    texts = [text for _, cell in grid.own(row) for text in cell.text.split("\n") if text.strip()]
    if len(texts) > 1 and all(is_figure_text(text) for text in texts):
        texts = [" ".join(texts)]
    return [Line(text, row + 1, grid.page) for text in texts]


def _find_parts(grid: Grid, parts: Parts) -> set[int]:
    labels = [label_of(grid, row) for row in range(len(grid.rows))]
    two = _rows_of(grid, labels, (table_two_rows(Edition.E2021), table_two_rows(Edition.E2019)))
    three = _rows_of(grid, labels, (table_three_rows(divided=True), table_three_rows(divided=False)))
    four = _head_of_four(grid, after=three[-1] if three else two[-1] if two else -1)
    heads = [row for row, label in enumerate(labels) if label and section_of(label)]
    used: set[int] = set()
    ranges = []
    if two:
        ranges.append((TableId.TWO, two))
    if three:
        ranges.append((TableId.THREE, three))
    start = 0
    for table, rows in ranges:
        end = _end(table, rows, three, four, len(grid.rows))
        begin = max([start, *(head + 1 for head in heads if head < rows[0])])
        end = min([end, *(head for head in heads if head > rows[0])])
        span = [row for row in range(begin, end) if row not in heads]
        parts.by_table[table].append(
            Part(grid, [row for row in span if row < rows[0]], [row for row in span if row >= rows[0]])
        )
        used |= set(span)
        start = end
    if four is not None:
        begin = max([four, *(head + 1 for head in heads if head < four)])
        end = min([len(grid.rows), *(head for head in heads if head > four)])
        parts.by_table[TableId.FOUR].append(Part(grid, [], list(range(begin, end))))
        used |= set(range(begin, end))
    return used


def _end(table: TableId, rows: list[int], three: list[int], four: int | None, height: int) -> int:
    """One past the last row that may belong to a table: the next table's first, or the grid's end."""
    if table is TableId.TWO and three and three[0] > rows[-1]:
        return rows[-1] + 1
    return four if four is not None and four > rows[-1] else height


def _rows_of(grid: Grid, labels: list[str], sets: tuple[RowSet, ...]) -> list[int]:
    """Rows whose label is one of the table's in full, where there is room for figures beside it."""
    found = []
    for row, label in enumerate(labels):
        if not label or len(label) > 120 or len(grid.own(row)) < 2:
            continue
        for rows in sets:
            at = rows.evidence(label).only_full()
            if at is not None and rows.rows[at].figures:
                found.append(row)
                break
    return found


def _head_of_four(grid: Grid, after: int) -> int | None:
    """The first row of table 四's head: four result names in one row, and what stands above them."""
    for row in range(after + 1, len(grid.rows)):
        names = {result_key(cell.text) for _, cell in grid.own(row)} - {None}
        if len(names) >= 4:
            above = row
            while above - 1 > after and any(
                "行政复议" in c.text or "诉讼" in c.text or "起诉" in c.text for _, c in grid.own(above - 1)
            ):
                above -= 1
            return above
    return None

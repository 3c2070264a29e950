"""The tables as printed: a grid of merged cells, for every writer and for the web form.

As laid out in published Word files of the 2021 form: table 二 14 × 4, table 三 28 × 10, table 四 4 × 15.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.core.annual_report.form import (
    BLOCK_THREE_LABEL,
    GROUP_LABELS,
    LEGAL_PERSONS,
    LITIGATION_LABEL,
    STATISTICS_NOTE,
    Block,
    CellKey,
    TableId,
)
from gongkai.core.annual_report.report import Report


@dataclass(frozen=True, slots=True)
class GridCell:
    """One printed cell.

    Attributes:
        row, col: position of its upper left corner, from 0.
        text: the label, "" for a figure.
        cell: the figure it holds, None for a label.
        scope: th scope (``col``, ``row``, ``colgroup``, ``rowgroup``) for a label, "" for a figure.
    """

    row: int
    col: int
    text: str = ""
    cell: CellKey | None = None
    rowspan: int = 1
    colspan: int = 1
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as printed: size, cells in reading order, and how many rows are its head."""

    table: TableId
    rows: int
    columns: int
    head_rows: int
    cells: tuple[GridCell, ...]


def grid(report: Report, table: TableId) -> Grid:
    """The printed grid of one table of this report (its edition, and its variant of （六）)."""
    build = {TableId.TWO: _table2, TableId.THREE: _table3, TableId.FOUR: _table4}[table]
    return build(report)


def _table2(report: Report) -> Grid:
    width = 1 + max(len(block.columns) for block in report.form.table2)
    cells: list[GridCell] = []
    at = 0
    for block in report.form.table2:
        cells.append(GridCell(at, 0, block.title, colspan=width, scope="rowgroup"))
        cells.append(GridCell(at + 1, 0, "信息内容", scope="col"))
        spans = _column_spans(block, width - 1)
        cells += [
            GridCell(at + 1, start, column.label, colspan=span, scope="col")
            for column, (start, span) in zip(block.columns, spans, strict=True)
        ]
        for offset, row in enumerate(block.rows, start=2):
            cells.append(GridCell(at + offset, 0, row.label, scope="row"))
            cells += [
                GridCell(at + offset, start, cell=CellKey(TableId.TWO, row.key, column.key), colspan=span)
                for column, (start, span) in zip(block.columns, spans, strict=True)
            ]
        at += 2 + len(block.rows)
    return Grid(TableId.TWO, at, width, 0, tuple(cells))


def _column_spans(block: Block, width: int) -> list[tuple[int, int]]:
    """Start and span of each column of a block: the last one takes what is left over."""
    count = len(block.columns)
    return [(1 + i, 1 if i < count - 1 else width - count + 1) for i in range(count)]


def _table3(report: Report) -> Grid:
    form = report.form
    cells = [
        GridCell(0, 0, f"（{STATISTICS_NOTE}）", rowspan=3, colspan=3),
        GridCell(0, 3, "申请人情况", colspan=7, scope="colgroup"),
        GridCell(1, 3, form.table3_columns[0].label, rowspan=2, scope="col"),
        GridCell(1, 4, LEGAL_PERSONS, colspan=5, scope="colgroup"),
        GridCell(1, 9, form.table3_columns[-1].label, rowspan=2, scope="col"),
    ]
    cells += [
        GridCell(2, 4 + i, column.label, scope="col")
        for i, column in enumerate(column for column in form.table3_columns if column.group)
    ]
    rows = report.table3_rows
    block_rows = [row for row in rows if row.group]
    group_sizes = {key: sum(row.group == key for row in rows) for key in GROUP_LABELS}
    opened: set[str] = set()
    for at, row in enumerate(rows, start=3):
        if row.group and "r3" not in opened:
            opened.add("r3")
            cells.append(GridCell(at, 0, BLOCK_THREE_LABEL, rowspan=len(block_rows), scope="rowgroup"))
        if row.group in GROUP_LABELS and row.group not in opened:
            opened.add(row.group)
            label = GROUP_LABELS[row.group]
            cells.append(GridCell(at, 1, label, rowspan=group_sizes[row.group], scope="rowgroup"))
        cells.append(_row_label(at, row.label, row.group))
        cells += [
            GridCell(at, 3 + i, cell=CellKey(TableId.THREE, row.key, column.key))
            for i, column in enumerate(form.table3_columns)
        ]
    return Grid(TableId.THREE, 3 + len(rows), 10, 3, tuple(cells))


def _row_label(at: int, label: str, group: str) -> GridCell:
    if not group:
        return GridCell(at, 0, label, colspan=3, scope="row")
    if group == "r3":
        return GridCell(at, 1, label, colspan=2, scope="row")
    return GridCell(at, 2, label, scope="row")


def _table4(report: Report) -> Grid:
    form = report.form
    width = len(form.table4_columns)
    first, *suits = form.table4_rows
    cells = [
        GridCell(0, 0, first.label, colspan=width, scope="colgroup"),
        GridCell(0, width, LITIGATION_LABEL, colspan=width * len(suits), scope="colgroup"),
    ]
    cells += [
        GridCell(1, i, column.label, rowspan=2, scope="col") for i, column in enumerate(form.table4_columns)
    ]
    for number, row in enumerate(suits, start=1):
        cells.append(GridCell(1, width * number, row.label, colspan=width, scope="colgroup"))
    cells += [
        GridCell(2, width * number + i, column.label, scope="col")
        for number in range(1, len(form.table4_rows))
        for i, column in enumerate(form.table4_columns)
    ]
    cells += [
        GridCell(3, width * number + i, cell=CellKey(TableId.FOUR, row.key, column.key))
        for number, row in enumerate(form.table4_rows)
        for i, column in enumerate(form.table4_columns)
    ]
    return Grid(TableId.FOUR, 4, width * len(form.table4_rows), 3, tuple(cells))


def occupied(grid_: Grid) -> Iterator[tuple[int, int]]:
    """Every position its cells cover; a sound grid covers each exactly once."""
    for cell in grid_.cells:
        for row in range(cell.row, cell.row + cell.rowspan):
            for col in range(cell.col, cell.col + cell.colspan):
                yield row, col

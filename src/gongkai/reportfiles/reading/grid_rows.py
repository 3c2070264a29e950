"""One row of a grid: its label, its figures, and what a head row above says of its columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from gongkai.reportfiles.reading.blocks import Grid, Placed
from gongkai.reportfiles.reading.elements import Element
from gongkai.reportfiles.reading.figures import DASH_WORDS, looks_like_figure

_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=16384)
def is_figure_text(text: str) -> bool:
    """Whether a cell's text stands in a figure's place: a number, a dash, or a botched one."""
    words = text.split()
    if not words:
        return False
    return len(words) <= 4 and all(word in DASH_WORDS or looks_like_figure(word) for word in words)


def figure_cells(grid: Grid, row: int) -> list[tuple[int, Placed]]:
    """The cells of a row that hold figures, with their first columns."""
    return [(col, cell) for col, cell in grid.own(row) if is_figure_text(cell.text)]


def label_of(grid: Grid, row: int) -> str:
    """The words of a row: every cell that begins in it and holds no figure, parted by spaces, each once."""
    texts = (
        _SPACE.sub("", cell.text) if len(cell.text) < 80 else cell.text
        for _, cell in grid.own(row)
        if cell.text and not is_figure_text(cell.text)
    )
    return " ".join(dict.fromkeys(texts))


def head_columns(
    grid: Grid, rows: Iterable[int], key_of: Callable[[str], str | None]
) -> tuple[dict[str, set[int]], int]:
    """Columns by key as head cells name them, and how many keys are named in two separate places."""
    found: dict[str, set[int]] = {}
    doubled: set[str] = set()
    for row in rows:
        for col, cell in grid.own(row):
            key = key_of(cell.text) if cell.text else None
            if key is None:
                continue
            reach = {c for c in range(col, len(grid.rows[row])) if grid.rows[row][c] is cell}
            if key in found and not found[key] & reach:
                doubled.add(key)
            found.setdefault(key, reach)
    return found, len(doubled)


def mapped_element(grid: Grid, row: int, columns: dict[str, set[int]], label: str) -> Element | None:
    """The row read by its columns; None where its cells do not lie under the head.

    Every column must be covered by a cell of this row alone, and no figure may stand outside the columns.
    """
    cells: dict[str, tuple[int, Placed]] = {}
    copies: list[Placed] = []
    line = grid.rows[row]
    for key, reach in columns.items():
        inside = {id(line[c]): (c, line[c]) for c in sorted(reach, reverse=True) if c < len(line)}
        placed = [(c, cell) for c, cell in inside.values() if cell is not None]
        filled = [(c, cell) for c, cell in placed if cell.text]
        alike = not grid.spans_known and len({cell.text for _, cell in filled}) == 1
        if not placed or (len(filled) > 1 and not alike):
            return None
        # In text a merged cell may stand in each of its places; the head above shows that they are one.
        copies += [cell for _, cell in filled]
        at, cell = (filled or placed)[0]
        if cell.row != row or any(cell is other for _, other in cells.values()):
            return None
        cells[key] = (at, cell)
    if any(cell not in copies for _, cell in figure_cells(grid, row)):
        return None
    ordered = sorted(cells.items(), key=lambda item: item[1][0])
    return Element(
        label,
        tuple(cell.text for _, (_, cell) in ordered),
        tuple(grid.where(row, at) for _, (at, _) in ordered),
        tuple(key for key, _ in ordered),
    )


def counted_element(grid: Grid, row: int, label: str) -> Element:
    """The row with the figures that stand in it, whatever their columns.

    In text, a blank between two figures is a cell too, since there no merged cell can lie between them.
    """
    cells = figure_cells(grid, row)
    if not cells:
        return Element(label, None, (grid.where(row, 0),))
    if not grid.spans_known:
        first, last = cells[0][0], cells[-1][0]
        blank = [(col, cell) for col, cell in grid.own(row) if first < col < last and not cell.text]
        cells = sorted((*cells, *blank), key=lambda item: item[0])
    return Element(
        label, tuple(cell.text for _, cell in cells), tuple(grid.where(row, col) for col, _ in cells)
    )


def row_texts(grid: Grid, rows: Sequence[int]) -> list[str]:
    """The words of rows, one text per row."""
    return [" ".join(_SPACE.sub("", cell.text) for _, cell in grid.own(row) if cell.text) for row in rows]

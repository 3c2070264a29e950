"""A page's characters put into the cells of its ruled tables and, for the rest, into lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.reportfiles.reading.blocks import Block, Grid, Line, Placed
from gongkai.reportfiles.reading.characters import clean
from gongkai.reportfiles.reading.pdf_page import Character, Page, Ruling

_SNAP = 2.0  # rulings nearer than this are one
_TOUCH = 3.0  # rulings that come this near to each other meet
_WORD_GAP = 0.35  # of the character's height: a wider gap is a space
_MIN_CELLS = 2  # a frame around text is no table


def page_blocks(page: Page, number: int) -> list[Block]:
    """Lines and grids from top to bottom."""
    tables = _tables(page)
    inside: list[list[Character]] = [[] for _ in tables]
    outside: list[Character] = []
    for character in page.characters:
        x = (character.left + character.right) / 2
        y = (character.top + character.bottom) / 2
        at = next((i for i, table in enumerate(tables) if table.covers(x, y)), None)
        (outside if at is None else inside[at]).append(character)
    placed: list[tuple[float, Block]] = [
        (table.ys[0], table.grid(characters, number))
        for table, characters in zip(tables, inside, strict=True)
        if characters
    ]
    lines = text_lines(outside)
    margin = min((line.left for line in lines), default=0.0)
    for order, line in enumerate(lines, start=1):
        # An indented line opens a paragraph; two spaces say so to ``prose``.
        indent = "  " if 1.2 <= (line.left - margin) / line.size <= 3.0 else ""
        placed.append((line.top, Line(indent + clean(line.text), order, number)))
    placed.sort(key=lambda item: item[0])
    return [block for _, block in placed]


@dataclass(slots=True)
class TextLine:
    """A line of text with its upper left corner and its characters' size."""

    text: str
    left: float
    top: float
    size: float


def text_lines(characters: Iterable[Character]) -> list[TextLine]:
    """Characters as lines; a character belongs to a line whose middle lies within it."""
    lines: list[list[Character]] = []
    middles: list[float] = []
    for character in sorted(characters, key=lambda c: c.top + c.bottom):
        middle = (character.top + character.bottom) / 2
        height = max(character.bottom - character.top, 4.0)
        if lines and middle - middles[-1] <= max(height, _height(lines[-1])) * 0.4:
            lines[-1].append(character)
            middles[-1] += (middle - middles[-1]) / len(lines[-1])
        else:
            lines.append([character])
            middles.append(middle)
    found = [
        TextLine(_text(line), min(c.left for c in line), min(c.top for c in line), max(_height(line), 6.0))
        for line in lines
    ]
    return [line for line in found if line.text]


def _height(line: Sequence[Character]) -> float:
    return max(c.bottom - c.top for c in line[:8])


def _text(line: list[Character]) -> str:
    line.sort(key=lambda c: c.left)
    parts: list[str] = []
    last: Character | None = None
    for character in line:
        if character.text == " ":
            if parts and parts[-1] != " ":
                parts.append(" ")
            continue
        if last is not None and parts[-1] != " ":
            size = max(character.bottom - character.top, last.bottom - last.top, 6.0)
            if character.left - last.right > size * _WORD_GAP:
                parts.append(" ")
            elif character.text == last.text and abs(character.left - last.left) < size * 0.12:
                continue  # bold by printing twice
        parts.append(character.text)
        last = character
    return "".join(parts).strip()


@dataclass(slots=True)
class _Table:
    """A ruled table: the places of its rulings and, for each, the stretches that are drawn."""

    xs: list[float]
    ys: list[float]
    across: list[list[Ruling]]
    down: list[list[Ruling]]

    def covers(self, x: float, y: float) -> bool:
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def grid(self, characters: Sequence[Character], page: int) -> Grid:
        """Atomic cells joined where no ruling parts them, with their text."""
        height, width = len(self.ys) - 1, len(self.xs) - 1
        roots = self._joined(height, width)
        texts: dict[int, list[Character]] = {}
        for character in characters:
            row = self._index(self.ys, (character.top + character.bottom) / 2)
            col = self._index(self.xs, (character.left + character.right) / 2)
            texts.setdefault(roots[row * width + col], []).append(character)
        cells: dict[int, Placed] = {}
        rows: list[list[Placed | None]] = []
        for row in range(height):
            line: list[Placed | None] = []
            for col in range(width):
                root = roots[row * width + col]
                if root not in cells:
                    text = "\n".join(line.text for line in text_lines(texts.get(root, ())))
                    cells[root] = Placed(clean(text), row, col)
                line.append(cells[root])
            rows.append(line)

        def where(row: int, col: int) -> str:
            return f"第 {page} 页表格第 {row + 1} 行第 {col + 1} 列"

        return Grid(rows, spans_known=True, where=where, page=page)

    @staticmethod
    def _index(edges: list[float], place: float) -> int:
        return min(max(bisect_right(edges, place) - 1, 0), len(edges) - 2)

    def _joined(self, height: int, width: int) -> list[int]:
        roots = list(range(height * width))

        def root(at: int) -> int:
            while roots[at] != at:
                roots[at] = roots[roots[at]]
                at = roots[at]
            return at

        for row in range(height):
            y = (self.ys[row] + self.ys[row + 1]) / 2
            for col in range(width):
                x = (self.xs[col] + self.xs[col + 1]) / 2
                here = row * width + col
                if col + 1 < width and not _drawn(self.down[col + 1], y):
                    roots[root(here + 1)] = root(here)
                if row + 1 < height and not _drawn(self.across[row + 1], x):
                    roots[root(here + width)] = root(here)
        return [root(at) for at in range(height * width)]


def _drawn(stretches: Sequence[Ruling], place: float) -> bool:
    return any(ruling.start <= place <= ruling.end for ruling in stretches)


def _tables(page: Page) -> list[_Table]:
    """Groups of rulings that meet each other."""
    across, down = _merged(page.across), _merged(page.down)
    group = list(range(len(across) + len(down)))

    def root(at: int) -> int:
        while group[at] != at:
            group[at] = group[group[at]]
            at = group[at]
        return at

    for i, horizontal in enumerate(across):
        for j, vertical in enumerate(down, start=len(across)):
            if (
                horizontal.start - _TOUCH <= vertical.at <= horizontal.end + _TOUCH
                and vertical.start - _TOUCH <= horizontal.at <= vertical.end + _TOUCH
            ):
                group[root(j)] = root(i)
    members: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for i, ruling in enumerate(across):
        members.setdefault(root(i), ([], []))[0].append(ruling)
    for j, ruling in enumerate(down, start=len(across)):
        members.setdefault(root(j), ([], []))[1].append(ruling)
    found = []
    for horizontals, verticals in members.values():
        ys, rows = _levels(horizontals)
        xs, cols = _levels(verticals)
        if len(xs) > 1 and len(ys) > 1 and (len(xs) - 1) * (len(ys) - 1) >= _MIN_CELLS:
            found.append(_Table(xs, ys, rows, cols))
    return found


def _merged(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Rulings on one level whose ends meet, as one."""
    merged: list[Ruling] = []
    for _, stretches in zip(*_levels(list(rulings)), strict=True):
        stretches.sort(key=lambda ruling: ruling.start)
        for ruling in stretches:
            if merged and merged[-1].at == ruling.at and ruling.start <= merged[-1].end + _TOUCH:
                merged[-1].end = max(merged[-1].end, ruling.end)
            else:
                merged.append(ruling)
    return merged


def _levels(rulings: list[Ruling]) -> tuple[list[float], list[list[Ruling]]]:
    """The levels at which rulings lie, and those of each level moved onto it."""
    levels: list[list[Ruling]] = []
    for ruling in sorted(rulings, key=lambda r: r.at):
        if levels and ruling.at - levels[-1][-1].at <= _SNAP:
            levels[-1].append(ruling)
        else:
            levels.append([ruling])
    places = []
    snapped = []
    for level in levels:
        at = sum(ruling.at for ruling in level) / len(level)
        places.append(at)
        snapped.append([Ruling(at, ruling.start, ruling.end) for ruling in level])
    return places, snapped

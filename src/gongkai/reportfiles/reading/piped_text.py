"""Text whose cells are parted by bars: a row to a line, or a cell to a line.

Web pages turned into text end every cell with a bar (``规章 | 0 | 0 | 0 |``) and fill a row up to the table's
width with empty cells at its end (``行政许可 | 3 | ||``). Some put each cell on a line of its own; there a
line of one bar is a blank cell, and a row begins where words follow figures or blanks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from gongkai.reportfiles.reading.blocks import Line
from gongkai.reportfiles.reading.columns import result_key
from gongkai.reportfiles.reading.grid_rows import is_figure_text

BARS = re.compile(r"[│┃｜┆┊┇┋¦∣￨]")
_RULE_MARKS = r"[\s|+:\-=─━┼├┤┌┐└┘┬┴╋]*"
_RULE = re.compile(
    rf"{_RULE_MARKS}(?:---|==|:-|-:|\+-|-\s*\+|[─━┼├┤┌┐└┘┬┴╋]){_RULE_MARKS}|\|?(?:\s*--\s*\|){{2,}}\s*"
)
_RULE_CELL = re.compile(r":?-+:?")
_MAX_LABELS = 3  # 三、本年度办理结果, （三）不予公开, 1.属于国家秘密


class PlacedText(NamedTuple):
    """A cell's text and the line that it stands on."""

    text: str
    line: int


Row = list[PlacedText]


def is_rule(text: str) -> bool:
    """Whether a line only draws a border. A line of bars and spaces is a row of blank cells."""
    return _RULE.fullmatch(text) is not None


def is_piped(text: str) -> bool:
    """Whether a line holds cells parted or ended by bars."""
    if BARS.search(text) or text.count("|") >= 2:
        return True
    return "|" in text and text.rstrip().endswith("|")


def piped_rows(lines: Sequence[Line]) -> list[Row]:
    """The rows of a run of piped lines."""
    texts = [(BARS.sub("|", line.text).strip(), line.number) for line in lines if line.text.strip()]
    kept = [(text, number) for text, number in texts if not is_rule(text)]
    leading = all(text.startswith("|") for text, _ in kept if text.strip("| "))
    rows = [[PlacedText(cell, number) for cell in _cells(text, leading=leading)] for text, number in kept]
    single = sum(len(row) == 1 for row in rows)
    if single > 1 and single * 2 >= len(rows):
        return _rows_of_cells(rows)
    if len(rows) > 1 and all(_RULE_CELL.fullmatch(cell.text) for cell in rows[1]):
        del rows[1]  # |-|-|: the line below the head of a Markdown table
    return [row for row in rows if row]


def _cells(text: str, *, leading: bool) -> list[str]:
    """The cells of a line: a bar ends each, and begins the line only where it begins all of them."""
    cells = text.split("|")
    if leading and not cells[0].strip():
        cells = cells[1:]
    if len(cells) > 1 and not cells[-1].strip():
        cells = cells[:-1]
    return [_without_marks(cell) for cell in cells]


def _without_marks(cell: str) -> str:
    """A cell's text without Markdown's bold, breaks and escapes."""
    return cell.replace("**", "").replace("<br>", "").replace("&nbsp;", " ").replace("\\.", ".").strip()


def _rows_of_cells(lines: Sequence[Row]) -> list[Row]:
    """Cut cells that stand one to a line into rows.

    Words after a figure or a blank begin a row; a line of several cells ends one, since it is the empty rest of
    the table's width.
    """
    rows: list[Row] = []
    labels: Row = []
    fields: Row = []
    for line in lines:
        for cell in line:
            is_label = bool(cell.text) and not is_figure_text(cell.text)
            if is_label and fields:
                rows += _row(labels, fields)
                labels, fields = [], []
            (labels if is_label else fields).append(cell)
        if len(line) > 1:
            rows += _row(labels, fields)
            labels, fields = [], []
    return [*rows, *_row(labels, fields)]


def _row(labels: Row, fields: Row) -> list[Row]:
    """One row; where more words come before the figures than a row has labels, the first are a table's head.

    Each cell of the head is then a row, so that nobody takes them to stand side by side, but for the results
    of table 四, which do.
    """
    if len(labels) <= _MAX_LABELS:
        return [[*labels, *fields]] if labels or fields else []
    head: list[Row] = []
    own = labels[-1:] if result_key(labels[-1].text) is None else []
    results: Row = []
    for cell in labels[: len(labels) - len(own)]:
        if result_key(cell.text):
            if not results:
                head.append(results)
            results.append(cell)
        else:
            head.append([cell])
            results = []
    return [*head, [*own, *fields]] if own or fields else head

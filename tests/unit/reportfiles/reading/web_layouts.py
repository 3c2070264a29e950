"""Renders a report as text taken from web pages, in the layouts seen in published reports.

All of them come from turning an HTML table into text: cells end with a bar, merged cells leave empty ones at
the end of their row or none at all, and some converters put each cell on a line of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.unit.reportfiles.reading.layouts import figure, plain_lines, report_lines

from gongkai.core.annual_report import Report, TableId
from gongkai.core.annual_report.grid import GridCell, grid

Lines = list[str]


def _rows(report: Report, table: TableId) -> tuple[int, list[list[GridCell]]]:
    """Width of the table and the cells that begin in each row."""
    printed = grid(report, table)
    rows: list[list[GridCell]] = [[] for _ in range(printed.rows)]
    for cell in printed.cells:
        rows[cell.row].append(cell)
    return printed.columns, [sorted(row, key=lambda cell: cell.col) for row in rows]


def _text(report: Report, cell: GridCell) -> str:
    return figure(report, cell.cell) if cell.cell else cell.text


def _texts(report: Report, table: TableId) -> tuple[int, list[list[str]]]:
    width, rows = _rows(report, table)
    return width, [[_text(report, cell) for cell in row] for row in rows]


def _whole(report: Report, render: Callable[[Report, TableId], Lines]) -> Lines:
    return report_lines(report, *(render(report, table) for table in TableId))


def _ended(cells: Sequence[str], padding: int) -> str:
    """Each cell ended by a bar; empty ones at the end of the row run together."""
    return "".join(f"{cell} | " if cell else "| " for cell in cells).rstrip() + (
        " " + "|" * padding if padding else ""
    )


def filled_up(report: Report) -> Lines:
    """A: rows ended by bare bars up to the table's width."""

    def render(report: Report, table: TableId) -> Lines:
        width, rows = _texts(report, table)
        return [_ended(row, width - len(row)) for row in rows]

    return _whole(report, render)


def filled_up_but_the_last(report: Report) -> Lines:
    """A, where the last row of a table lost the bars behind its figure."""

    def render(report: Report, table: TableId) -> Lines:
        width, rows = _texts(report, table)
        return [_ended(row, width - len(row) if row is not rows[-1] else 0) for row in rows]

    return _whole(report, render)


def led_by_bars(report: Report) -> Lines:
    """G: a bar before each row too, and a space after the last."""

    def render(report: Report, table: TableId) -> Lines:
        width, rows = _texts(report, table)
        return [f"| {_ended(row, width - len(row))} " for row in rows]

    return _whole(report, render)


def led_without_padding(report: Report) -> Lines:
    """G, rows as long as they are."""

    def render(report: Report, table: TableId) -> Lines:
        return [f"| {_ended(row, 0)} " for row in _texts(report, table)[1]]

    return _whole(report, render)


def merged_down_kept(report: Report) -> Lines:
    """I: a cell merged over several rows leaves an empty one at the beginning of each."""

    def render(report: Report, table: TableId) -> Lines:
        width, rows = _rows(report, table)
        lines = []
        for at, row in enumerate(rows):
            above = [
                cell
                for line in rows[:at]
                for cell in line
                if cell.row + cell.rowspan > at and (not row or cell.col < row[0].col)
            ]
            cells = [*("" for _ in above), *(_text(report, cell) for cell in row)]
            lines.append(_ended(cells, max(0, width - len(cells))))
        return lines

    return _whole(report, render)


def places_kept(report: Report) -> Lines:
    """I: every merged cell leaves an empty one in each place that it covers."""

    def render(report: Report, table: TableId) -> Lines:
        width, rows = _rows(report, table)
        lines = []
        for row in rows:
            cells = [""] * width
            for cell in row:
                cells[cell.col] = _text(report, cell)
            lines.append(f"| {' | '.join(cells)} |")
        return lines

    return _whole(report, render)


def _cell_lines(row: Sequence[str]) -> Lines:
    return [f"{text} |" if text else "|" for text in row]


def cell_to_a_line(report: Report) -> Lines:
    """B: a cell to a line, a blank one a line with a bar."""

    def render(report: Report, table: TableId) -> Lines:
        return [line for row in _texts(report, table)[1] for line in _cell_lines(row)]

    return _whole(report, render)


def cell_to_a_line_padded(report: Report) -> Lines:
    """J: the same, with the rest of a row's width as one line of bars."""

    def render(report: Report, table: TableId) -> Lines:
        width, rows = _texts(report, table)
        lines: Lines = []
        for row in rows:
            padding = width - len(row)
            lines += [*_cell_lines(row), *(["|" * padding] if padding else [])]
        return lines

    return _whole(report, render)


def cell_to_a_line_wider(report: Report) -> Lines:
    """J: the same in a table one column wider than the form's, so that a lone bar ends every row."""

    def render(report: Report, table: TableId) -> Lines:
        width, rows = _texts(report, table)
        return [line for row in rows for line in (*_cell_lines(row), "|" * (width + 1 - len(row)))]

    return _whole(report, render)


def cells_and_rows_mixed(report: Report) -> Lines:
    """C: as J, the padding on the line of the row's last cell."""

    def render(report: Report, table: TableId) -> Lines:
        width, rows = _texts(report, table)
        lines: Lines = []
        for row in rows:
            padding = "|" * (width - len(row))
            cells = _cell_lines(row)
            lines += [*cells[:-1], f"{cells[-1]} {padding}".rstrip()]
        return lines

    return _whole(report, render)


def blank_lines_between(report: Report) -> Lines:
    """A with an empty line after every line."""
    return [line for text in filled_up(report) for line in (text, "")]


def copied_by_a_browser(report: Report) -> Lines:
    """Cells with paragraphs, copied from a browser: a tab on a line of its own between them."""

    def render(report: Report, table: TableId) -> Lines:
        return [line for row in _texts(report, table)[1] for line in "\n\t\n".join(row).split("\n")]

    return _whole(report, render)


def page_without_spans(report: Report) -> str:
    """A page whose editor dropped rowspan and colspan."""

    def render(report: Report, table: TableId) -> Lines:
        rows = ("".join(f"<td>{text}</td>" for text in row) for row in _texts(report, table)[1])
        return [f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"]

    lines = (line if line.startswith("<") else f"<p>{line}</p>" for line in _whole(report, render))
    return f"<html><body>{''.join(lines)}</body></html>"


def totals_below(report: Report) -> Lines:
    """Text of a PDF with the totals of table 三 on the next line."""
    lines: Lines = []
    for line in plain_lines(report):
        label, _, total = line.rpartition(" ")
        lines += [label, total] if len(line.split()) == 8 and total.isdigit() else [line]
    return lines


WEB_LAYOUTS: dict[str, Callable[[Report], Lines]] = {
    function.__name__: function
    for function in (
        filled_up,
        filled_up_but_the_last,
        led_by_bars,
        led_without_padding,
        merged_down_kept,
        places_kept,
        cell_to_a_line,
        cell_to_a_line_padded,
        cell_to_a_line_wider,
        cells_and_rows_mixed,
        blank_lines_between,
    )
}

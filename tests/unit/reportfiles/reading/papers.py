"""PDF papers of a report in several table styles, drawn by typst for the reader's tests."""

from __future__ import annotations

from dataclasses import dataclass

import typst
from tests.unit.reportfiles.reading.layouts import _cell_text, report_lines

from gongkai.core.annual_report import Report, TableId
from gongkai.core.annual_report.grid import grid
from gongkai.reportfiles import fonts


@dataclass(frozen=True)
class Style:
    """How a paper's tables are drawn.

    Attributes:
        stroke: typst stroke of the cells; ``none`` leaves no rulings.
        columns: widths of the ten columns of table 三.
        align: vertical alignment of cells.
        flipped: landscape.
        rotated: whether the pages carry a rotation mark instead of being landscape.
    """

    stroke: str = "0.5pt"
    columns: str = "(8mm, 14mm, 1fr, 13mm, 13mm, 13mm, 13mm, 13mm, 13mm, 13mm)"
    align: str = "horizon"
    flipped: bool = False
    size: str = "10pt"
    filler: int = 0


STYLES = {
    "ruled": Style(),
    "ruled_top": Style(align="top"),
    "thin": Style(stroke="0.1pt"),
    "narrow": Style(columns="(8mm, 10mm, 28mm, 12mm, 12mm, 12mm, 12mm, 12mm, 12mm, 12mm)"),
    "landscape": Style(flipped=True),
    "small": Style(size="7pt"),
    "late_on_page": Style(filler=18),
    "late_2": Style(filler=25),
    "across_only": Style(stroke="(x: none, y: 0.5pt)"),
    "unruled": Style(stroke="none"),
    "unruled_narrow": Style(
        stroke="none", columns="(8mm, 10mm, 28mm, 12mm, 12mm, 12mm, 12mm, 12mm, 12mm, 12mm)"
    ),
    "unruled_top": Style(stroke="none", align="top"),
}


def paper(report: Report, style: Style) -> bytes:
    """The report as PDF bytes."""
    tables = [f"@@{table.value}" for table in TableId]
    lines = report_lines(report, *([mark] for mark in tables))
    filler = ["为充实正文而写的一段话，不含数字。"] * style.filler
    body = [
        _table(report, TableId(line[2:]), style) if line.startswith("@@") else f"#par[{_escaped(line)}]"
        for line in (*lines[:4], *filler, *lines[4:])
    ]
    source = "\n".join(
        [
            f'#set page(paper: "a4", margin: 25mm, flipped: {str(style.flipped).lower()}, numbering: "— 1 —")',
            f'#set text(font: "Noto Serif CJK SC", lang: "zh", size: {style.size})',
            *body,
        ]
    )
    pdf = typst.compile(source.encode(), font_paths=[fonts.FOLDER], ignore_system_fonts=True)
    assert isinstance(pdf, bytes)
    return pdf


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in "#$*_`<>@[]\\/~" else c for c in text)


def _table(report: Report, table: TableId, style: Style) -> str:
    printed = grid(report, table)
    columns = style.columns if table is TableId.THREE else f"(1fr,) * {printed.columns}"
    cells = []
    for cell in printed.cells:
        text = _escaped(_cell_text(report, cell)).replace("1.", "1\\.")
        cells.append(
            f"table.cell(x: {cell.col}, y: {cell.row}, colspan: {cell.colspan}, rowspan: {cell.rowspan})[{text}]"
        )
    return (
        f"#table(columns: {columns}, stroke: {style.stroke}, align: center + {style.align}, inset: 3pt,\n"
        + ",\n".join(cells)
        + ")"
    )

"""TXT: UTF-8 with LF, one table row a line, cells separated by one tab as they stand on the form.

A merged cell stands once, where it begins; the places it covers are empty, so every row of a table has the
same number of tabs. A figure that the report does not say is an empty place.
"""

from __future__ import annotations

from gongkai.core.annual_report import Report, TableId
from gongkai.reportfiles.writing.context import DocumentContext
from gongkai.reportfiles.writing.layout import printed_cells
from gongkai.reportfiles.writing.parts import preamble, sections, title


def render_txt(report: Report, context: DocumentContext) -> bytes:
    """The report as plain text: title, preamble, sections, blank lines between them."""
    blocks = [title(report, context), *preamble(report)]
    for section in sections(report):
        blocks.append(section.title)
        if section.table is None:
            blocks += [part.heading + part.text for part in section.paragraphs]
        else:
            blocks.append(_table(report, section.table))
    return ("\n\n".join(blocks) + "\n").encode("utf-8", "replace")


def _table(report: Report, table: TableId) -> str:
    laid, _, cells = printed_cells(report, table)
    places = [[""] * laid.columns for _ in range(laid.rows)]
    for cell in cells:
        places[cell.at.row][cell.at.col] = cell.text
    return "\n".join("\t".join(row) for row in places)

"""PDF of an official paper, drawn by typst with the vendored fonts only (tagged PDF/A-2)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from gongkai.core.documents import official_paper as measures
from gongkai.core.documents.official_paper import PaperText, heading_and_rest, numeral_date, title_lines
from gongkai.reportfiles import fonts
from gongkai.reportfiles.writing.errors import MissingGlyph

_TEMPLATE = Path(__file__).with_name("paper.typ")
_LOCK = Lock()  # the compiler holds state of its last run


def paper_pdf(paper: PaperText) -> bytes:
    """A paper as PDF; the same paper gives the same bytes.

    Raises:
        MissingGlyph: a character is in none of the vendored fonts; nothing is substituted.
    """
    require_glyphs(paper)
    moment = datetime(paper.dated.year, paper.dated.month, paper.dated.day, tzinfo=UTC)
    with _LOCK:
        pdf = _compiler().compile(
            format="pdf",
            sys_inputs={"paper": json.dumps(_data(paper), ensure_ascii=False)},
            timestamp=moment,
            pdf_standards="a-2a",
        )
    assert isinstance(pdf, bytes)  # one file is asked for, not one image a page
    return pdf


def require_glyphs(paper: PaperText) -> None:
    """Raise MissingGlyph for what no vendored font can draw."""
    if characters := fonts.missing(paper.everything):
        raise MissingGlyph(characters, f"“{paper.title}”")


def _data(paper: PaperText) -> dict[str, Any]:
    return {
        "mark": paper.mark,
        "number": paper.number,
        "unified-number": paper.unified_number,
        "title": paper.title,
        "title-lines": title_lines(paper.title),
        "recipients": paper.recipients,
        "paragraphs": [
            [int(level), head, rest] for level, head, rest in map(heading_and_rest, paper.paragraphs)
        ],
        "attachments": paper.attachments,
        "organ": paper.organ,
        "date-text": numeral_date(paper.dated),
        "date": {"year": paper.dated.year, "month": paper.dated.month, "day": paper.dated.day},
        "note": paper.note,
        "printed-by": paper.printed_by,
        "printed-on": f"{numeral_date(paper.printed_on)}印发" if paper.printed_on else "",
        "measures": {
            "top": measures.TOP_MARGIN_MM,
            "left": measures.LEFT_MARGIN_MM,
            "width": measures.TYPE_AREA_WIDTH_MM,
            "height": measures.TYPE_AREA_HEIGHT_MM,
            "page-width": measures.PAGE_WIDTH_MM,
            "page-height": measures.PAGE_HEIGHT_MM,
            "lines": measures.LINES_PER_PAGE,
            "characters": measures.CHARACTERS_PER_LINE,
            "mark": measures.MARK_BELOW_TYPE_AREA_TOP_MM,
            "number-lines": measures.NUMBER_LINES_BELOW_MARK,
            "red-line": measures.RED_LINE_BELOW_NUMBER_MM,
            "title-lines-below": measures.TITLE_LINES_BELOW_RED_LINE,
            "thick": measures.THICK_LINE_MM,
            "thin": measures.THIN_LINE_MM,
            "number-below": measures.PAGE_NUMBER_BELOW_TYPE_AREA_MM,
        },
    }


@cache
def _compiler() -> Any:
    return typst.Compiler(
        _TEMPLATE, root=_TEMPLATE.parent, font_paths=[fonts.FOLDER], ignore_system_fonts=True
    )

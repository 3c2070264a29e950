"""PDF: the report as an official paper, drawn by typst with the vendored fonts only.

Measures: GB/T 9704-2012 (see ``report.typ``). The file is tagged PDF/A-2, its fonts embedded as subsets.
One compiler is kept per process: its fonts and template stay parsed, and only the data changes.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from gongkai.core.annual_report import Report, TableId
from gongkai.reportfiles import fonts
from gongkai.reportfiles.writing.context import DocumentContext, made_at
from gongkai.reportfiles.writing.errors import MissingGlyph
from gongkai.reportfiles.writing.layout import printed_cells
from gongkai.reportfiles.writing.parts import Section, balanced_title, one_line, preamble, sections, title

_TEMPLATE = Path(__file__).with_name("report.typ")
_LOCK = Lock()  # the compiler holds state of its last run


def render_pdf(report: Report, context: DocumentContext) -> bytes:
    """The report as PDF.

    Raises:
        MissingGlyph: a character is in none of the vendored fonts; nothing is substituted.
    """
    _require_glyphs(report, context)
    data = json.dumps(_paper(report, context), ensure_ascii=False)
    with _LOCK:
        pdf = _compiler().compile(
            format="pdf",
            sys_inputs={"report": data},
            timestamp=made_at(report, context),
            pdf_standards="a-2a",
        )
    assert isinstance(pdf, bytes)  # one file is asked for, not one image a page
    return pdf


@cache
def _compiler() -> Any:
    return typst.Compiler(
        _TEMPLATE, root=_TEMPLATE.parent, font_paths=[fonts.FOLDER], ignore_system_fonts=True
    )


def _paper(report: Report, context: DocumentContext) -> dict[str, Any]:
    moment = made_at(report, context)
    return {
        "title": title(report, context),
        "title-lines": balanced_title(report, context),
        "agency": one_line(report.agency),
        "date": {"year": moment.year, "month": moment.month, "day": moment.day},
        "preamble": preamble(report),
        "sections": [_section(report, section) for section in sections(report)],
    }


def _section(report: Report, section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "table": None if section.table is None else _table(report, section.table),
        "paragraphs": [{"heading": part.heading, "text": part.text} for part in section.paragraphs],
    }


def _table(report: Report, table: TableId) -> dict[str, Any]:
    laid, sizes, cells = printed_cells(report, table)
    return {
        "widths": sizes.widths_mm,
        "inset-y": sizes.leading_inset_mm,
        "head-rows": laid.head_rows,
        "cells": [
            {
                "x": cell.at.col,
                "y": cell.at.row,
                "rowspan": cell.at.rowspan,
                "colspan": cell.at.colspan,
                "role": cell.role.value,
                "lines": cell.lines,
                "points": cell.points,
                "inset": cell.inset_mm,
            }
            for cell in cells
        ],
    }


def _require_glyphs(report: Report, context: DocumentContext) -> None:
    """Labels are known to be drawable (a test reads them all); only what an office wrote is looked at."""
    _require("标题", title(report, context))
    for number, text in enumerate(preamble(report), start=1):
        _require(f"前言第 {number} 段", text)
    for section in sections(report):
        for number, part in enumerate(section.paragraphs, start=1):
            _require(f"“{section.title}”第 {number} 段", part.heading + part.text)


def _require(where: str, text: str) -> None:
    characters = fonts.missing(text)
    if characters:
        raise MissingGlyph(characters, where)

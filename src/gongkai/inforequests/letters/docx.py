"""DOCX of a letter, to be edited further by nobody but printed and sealed by everybody.

Page, styles and page numbers are those of the official papers (``reportfiles.writing.word_template``).
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from gongkai.core.disclosure.letters import LetterText
from gongkai.inforequests.letters.words import in_words, require_glyphs, title_lines
from gongkai.reportfiles.writing.word_template import SIZE_3, SIZE_4, SONGTI, XIAOBIAOSONG, empty_document

_RED = RGBColor(0xC8, 0x16, 0x1D)
_MASTHEAD_POINTS, _MASTHEAD_WIDTH_POINTS = 34, 442
_LABEL_MM, _VALUE_MM = 42, 114


def letter_docx(text: LetterText) -> bytes:
    """A letter as a Word file.

    Raises:
        MissingGlyph: as for the PDF, so that both exist or none.
    """
    require_glyphs(text)
    document = empty_document()
    if text.has_seal:
        _masthead(document, text)
    document.add_paragraph(style="Title").add_run("\n".join(title_lines(text.title)))
    if text.recipient:
        document.add_paragraph(f"{text.recipient}：")
    for paragraph in text.paragraphs:
        _indented(document, paragraph)
    if text.rows:
        _table(document, text)
    for number, name in enumerate(text.attachments, start=1):
        label = "附件：" if number == 1 else "　　　"
        _indented(document, f"{label}{f'{number}.' if len(text.attachments) > 1 else ''}{name}")
    _signature(document, text)
    _properties(document, text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _masthead(document: Any, text: LetterText) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    points = max(16, min(_MASTHEAD_POINTS, _MASTHEAD_WIDTH_POINTS // max(1, len(text.organ))))
    paragraph.paragraph_format.line_spacing = Pt(points + 14)
    run = _face(paragraph.add_run(text.organ), XIAOBIAOSONG, points)
    run.font.color.rgb = _RED
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "thickThinSmallGap"), ("sz", "24"), ("space", "6"), ("color", "C8161D")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)
    number = document.add_paragraph(text.document_number)
    number.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _indented(document: Any, content: str) -> Any:
    paragraph = document.add_paragraph(content)
    paragraph.paragraph_format.first_line_indent = Pt(2 * SIZE_3)
    return paragraph


def _table(document: Any, text: LetterText) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for label, value in text.rows:
        cells = table.add_row().cells
        for cell, content, width in ((cells[0], label, _LABEL_MM), (cells[1], value, _VALUE_MM)):
            cell.width = Mm(width)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.line_spacing = 1.4
            _face(paragraph.add_run(content), SONGTI, SIZE_4)
    document.add_paragraph()


def _signature(document: Any, text: LetterText) -> None:
    """Organ over date, room above for the seal; kept with the last paragraph."""
    if text.has_seal:
        for paragraph in document.paragraphs[-1:]:
            paragraph.paragraph_format.keep_with_next = True
        for _ in range(2):
            document.add_paragraph().paragraph_format.keep_with_next = True
    for content in (text.organ, in_words(text.dated)):
        paragraph = document.add_paragraph(content)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(4 * SIZE_3 if text.has_seal else 2 * SIZE_3)
        paragraph.paragraph_format.keep_with_next = content == text.organ


def _face(run: Any, face: str, points: int) -> Any:
    run.font.size = Pt(points)
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), face)
    return run


def _properties(document: Any, text: LetterText) -> None:
    """Title, organ and the letter's date; nothing says who ran the program or when."""
    moment = datetime(text.dated.year, text.dated.month, text.dated.day)  # noqa: DTZ001  (the format has no zone)
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = text.title, text.organ, text.organ
    properties.created = properties.modified = moment
    properties.comments, properties.language = "", "zh-CN"

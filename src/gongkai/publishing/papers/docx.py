"""DOCX of an official paper; page, styles and page numbers come from ``reportfiles.writing.word_template``."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from gongkai.core.documents import official_paper as measures
from gongkai.core.documents.official_paper import (
    Level,
    PaperText,
    heading_and_rest,
    numeral_date,
    title_lines,
)
from gongkai.publishing.papers.pdf import require_glyphs
from gongkai.reportfiles.writing.word_template import (
    FANGSONG,
    HEITI,
    KAITI,
    SIZE_3,
    SIZE_4,
    TEXT_WIDTH_TWIPS,
    XIAOBIAOSONG,
    empty_document,
)

_RED = RGBColor(0xC8, 0x16, 0x1D)
_MARK_POINTS, _WIDTH_POINTS = 46, 442
_FACES = {Level.FIRST: HEITI, Level.SECOND: KAITI}


def paper_docx(paper: PaperText) -> bytes:
    """A paper as a Word file.

    Raises:
        MissingGlyph: as for the PDF, so that both exist or none.
    """
    require_glyphs(paper)
    document = empty_document()
    _head(document, paper)
    document.add_paragraph(style="Title").add_run("\n".join(title_lines(paper.title)))
    if paper.recipients:
        document.add_paragraph(f"{paper.recipients}：")
    for line in paper.paragraphs:
        _paragraph(document, line)
    _attachments(document, paper)
    _signature(document, paper)
    if paper.printed_by:
        _end_block(document, paper)
    _properties(document, paper)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _head(document: Any, paper: PaperText) -> None:
    """Mark, number, red line, unified number, each at its distance."""
    space = document.add_paragraph().paragraph_format
    space.line_spacing_rule, space.line_spacing = (
        WD_LINE_SPACING.EXACTLY,
        Mm(measures.MARK_BELOW_TYPE_AREA_TOP_MM),
    )
    mark = document.add_paragraph()
    mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
    points = max(16, min(_MARK_POINTS, _WIDTH_POINTS // max(1, len(paper.mark))))
    mark.paragraph_format.line_spacing = Pt(points + 6)
    run = _face(mark.add_run(paper.mark), XIAOBIAOSONG, points)
    run.font.color.rgb = _RED
    for _ in range(measures.NUMBER_LINES_BELOW_MARK):
        document.add_paragraph()
    number = document.add_paragraph(paper.number)
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _border(
        number, "bottom", points=1.5, space=round(Mm(measures.RED_LINE_BELOW_NUMBER_MM).pt), color="C8161D"
    )
    document.add_paragraph(paper.unified_number)
    for _ in range(measures.TITLE_LINES_BELOW_RED_LINE - 1):
        document.add_paragraph()


def _paragraph(document: Any, line: str) -> Any:
    level, head, rest = heading_and_rest(line)
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Pt(measures.INDENT_CHARACTERS * SIZE_3)
    if head:
        _face(paragraph.add_run(head), _FACES.get(level, FANGSONG), SIZE_3)
    if rest:
        paragraph.add_run(rest)
    return paragraph


def _attachments(document: Any, paper: PaperText) -> None:
    if paper.attachments:
        document.add_paragraph()
    for number, name in enumerate(paper.attachments, start=1):
        label = "附件：" if number == 1 else "　　　"
        _paragraph(document, f"{label}{f'{number}.' if len(paper.attachments) > 1 else ''}{name}")


def _signature(document: Any, paper: PaperText) -> None:
    """Name over date, room for the seal, kept with the last paragraph."""
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    for _ in range(2):
        document.add_paragraph().paragraph_format.keep_with_next = True
    for content in (paper.organ, numeral_date(paper.dated)):
        paragraph = document.add_paragraph(content)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(measures.NAME_RIGHT_INDENT_CHARACTERS * SIZE_3)
        paragraph.paragraph_format.keep_with_next = content == paper.organ
    if paper.note:
        _paragraph(document, paper.note)


def _end_block(document: Any, paper: PaperText) -> None:
    """A frame whose last line lies on the bottom of the type area."""
    paragraph = document.add_paragraph()
    properties = paragraph._p.get_or_add_pPr()
    frame = OxmlElement("w:framePr")
    for name, value in (
        ("w", str(TEXT_WIDTH_TWIPS)), ("hRule", "auto"), ("wrap", "notBeside"), ("vAnchor", "margin"),
        ("hAnchor", "margin"), ("xAlign", "left"), ("yAlign", "bottom"),
    ):  # fmt: skip
        frame.set(qn(f"w:{name}"), value)
    properties.append(frame)
    points = measures.THICK_LINE_MM * 72 / 25.4
    _border(paragraph, "top", points=points, space=4)
    _border(paragraph, "bottom", points=points, space=4)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(_WIDTH_POINTS - SIZE_4), 2)
    indent = paragraph.paragraph_format
    indent.left_indent = Pt(SIZE_4)
    assert paper.printed_on is not None  # the block has both or neither
    _face(paragraph.add_run(f"{paper.printed_by}\t{numeral_date(paper.printed_on)}印发"), FANGSONG, SIZE_4)


def _border(paragraph: Any, side: str, *, points: float, space: int, color: str = "000000") -> None:
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.append(borders)
    line = OxmlElement(f"w:{side}")
    for name, value in (
        ("val", "single"),
        ("sz", str(round(points * 8))),
        ("space", str(space)),
        ("color", color),
    ):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)


def _face(run: Any, face: str, points: int) -> Any:
    run.font.size = Pt(points)
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), face)
    return run


def _properties(document: Any, paper: PaperText) -> None:
    """Title, organ and the paper's date; nothing says who ran the program or when."""
    moment = datetime(paper.dated.year, paper.dated.month, paper.dated.day)  # noqa: DTZ001  (the format has no zone)
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = paper.title, paper.organ, paper.organ
    properties.created = properties.modified = moment
    properties.comments, properties.language = "", "zh-CN"

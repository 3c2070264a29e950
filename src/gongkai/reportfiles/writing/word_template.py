"""The empty official paper in Word: page, styles, page numbers, made once per process with python-docx.

Source: GB/T 9704-2012, 5 and 7. In twips (1/20 pt): A4 11906 × 16838; margins 2098 above, 1588 left, 1474
right, 1984 below; type area 8844 × 12756. The grid has 22 lines of 579 twips: 580, as often given, would leave
21 lines, because 22 × 580 is 4 twips more than the type area.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cache
from typing import Any
from zipfile import ZipFile

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor, Twips

# Faces by the names that Windows and WPS give them.
XIAOBIAOSONG = "方正小标宋简体"
FANGSONG = "仿宋"
KAITI = "楷体"
HEITI = "黑体"
SONGTI = "宋体"

SIZE_2, SIZE_3, SIZE_4 = 22, 16, 14
LINE_TWIPS = 579
TEXT_WIDTH_TWIPS = 8844
# 28 characters on 8844 twips: 316 each, 4 less than size 3; in 1/4096 pt, as the attribute wants it.
_CHARACTER_SPACE = -848
_FOOTER_DISTANCE = 1984 - 397 - SIZE_4 * 20  # the number stands 7 mm (397 twips) under the type area


@dataclass(frozen=True, slots=True)
class Template:
    """Parts of the empty package, and its section properties to put at the end of a body."""

    parts: dict[str, bytes]
    section_properties: str
    opening: str


def empty_document() -> Any:
    """A python-docx document with the page, the styles and the page numbers of an official paper."""
    document = Document()
    _set_page(document.sections[0])
    _set_styles(document.styles)
    _set_footers(document)
    return document


@cache
def template() -> Template:
    """The parts every report shares; ``word/document.xml`` and ``docProps/core.xml`` are to be replaced."""
    stream = io.BytesIO()
    empty_document().save(stream)
    with ZipFile(stream) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = parts["word/document.xml"].decode("utf-8")
    opening = re.search(r"<w:document[^>]*>", body)
    section = re.search(r"<w:sectPr.*</w:sectPr>", body, re.DOTALL)
    assert opening is not None  # python-docx always writes both
    assert section is not None
    return Template(parts, section.group(), opening.group())


def _set_page(section: Any) -> None:
    section.page_width, section.page_height = Twips(11906), Twips(16838)
    section.top_margin, section.bottom_margin = Twips(2098), Twips(1984)
    section.left_margin, section.right_margin = Twips(1588), Twips(1474)
    section.header_distance, section.footer_distance = Twips(851), Twips(_FOOTER_DISTANCE)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "linesAndChars")
    grid.set(qn("w:linePitch"), str(LINE_TWIPS))
    grid.set(qn("w:charSpace"), str(_CHARACTER_SPACE))


def _set_styles(styles: Any) -> None:
    _set_style(styles["Normal"], FANGSONG, SIZE_3)
    normal = styles["Normal"].paragraph_format
    normal.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    for name, face, size in (
        ("Title", XIAOBIAOSONG, SIZE_2),
        ("Heading 1", HEITI, SIZE_3),
        ("Heading 2", KAITI, SIZE_3),
    ):
        _set_style(styles[name], face, size)
    title = styles["Title"]
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.line_spacing = Pt(36)
    title.paragraph_format.space_after = Twips(LINE_TWIPS)
    borders = title.element.pPr.find(qn("w:pBdr"))
    if borders is not None:
        title.element.pPr.remove(borders)


def _set_style(style: Any, face: str, size: int) -> None:
    """One face for all scripts, black, upright, no bold: these faces have no bold cut."""
    font = style.font
    font.size, font.bold, font.italic = Pt(size), False, False
    font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), face)
    for name in ("w:spacing", "w:kern"):
        found = style.element.rPr.find(qn(name))
        if found is not None:
            style.element.rPr.remove(found)
    language = style.element.rPr.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        style.element.rPr.append(language)
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    layout = style.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing = Twips(LINE_TWIPS)


def _set_footers(document: Any) -> None:
    """— 1 — in 4号宋体, one character in from the outer edge: right on odd pages, left on even ones."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, alignment, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT, "right_indent"),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "left_indent"),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles["Normal"]
        paragraph.alignment = alignment
        paragraph.paragraph_format.line_spacing = 1.0
        setattr(paragraph.paragraph_format, side, Pt(SIZE_4))
        for text, field in (("— ", ""), ("", "PAGE"), (" —", "")):
            _add_run(paragraph, text, field)


def _add_run(paragraph: Any, text: str, field: str) -> None:
    if not field:
        _song(paragraph.add_run(text))
        return
    for kind, content in (("begin", ""), ("", field), ("separate", ""), ("text", "1"), ("end", "")):
        run = _song(paragraph.add_run(content if kind == "text" else ""))
        if kind == "text":
            continue
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = content
        run._r.append(element)


def _song(run: Any) -> Any:
    run.font.size = Pt(SIZE_4)
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), SONGTI)
    return run

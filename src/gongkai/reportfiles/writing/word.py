"""DOCX: the report as an official paper that the office can still edit, to the measures of GB/T 9704-2012.

Faces are named as offices have them (方正小标宋简体, 仿宋, 黑体, 楷体, 宋体): a Word file carries no fonts, and a
machine without one shows its own substitute. Page, styles and page numbers come from ``word_template``.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from html import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from gongkai.core.annual_report import Report
from gongkai.reportfiles.writing.context import DocumentContext, made_at
from gongkai.reportfiles.writing.parts import (
    Paragraph,
    balanced_title,
    one_line,
    preamble,
    sections,
    title,
)
from gongkai.reportfiles.writing.word_tables import table_xml
from gongkai.reportfiles.writing.word_template import KAITI, template

_ZIP_DATE = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # the archive's own dates say nothing, so that equal reports are equal files
_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="632"/>'


def render_docx(report: Report, context: DocumentContext) -> bytes:
    """The report as a Word file; the same report gives the same bytes."""
    empty = template()
    content = _body(report, context).encode("utf-8", "replace").decode("utf-8")
    document = (
        "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
        f"{empty.opening}<w:body>{content}{empty.section_properties}</w:body></w:document>"
    )
    parts = {
        **empty.parts,
        "word/document.xml": document.encode("utf-8"),
        "docProps/core.xml": _core_properties(report, context),
    }
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            entry = ZipInfo(name, _ZIP_DATE)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, data)
    return stream.getvalue()


def _body(report: Report, context: DocumentContext) -> str:
    lines = [_run(line) for line in balanced_title(report, context)]
    written = [f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>{"<w:r><w:br/></w:r>".join(lines)}</w:p>']
    written += [_paragraph(Paragraph("", text)) for text in preamble(report)]
    for section in sections(report):
        written.append(_heading(section.title, level=1))
        if section.table is None:
            written += [_paragraph(part) for part in section.paragraphs]
        else:
            written.append(table_xml(report, section.table))
    return "".join(written)


def _heading(text: str, *, level: int) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="Heading{level}"/><w:keepNext/>{_INDENT}</w:pPr>{_run(text)}</w:p>'


def _paragraph(part: Paragraph) -> str:
    if part.heading and not part.text:
        return _heading(part.heading, level=2)
    opening = _run(part.heading, KAITI) if part.heading else ""
    return f"<w:p><w:pPr>{_INDENT}</w:pPr>{opening}{_run(part.text)}</w:p>"


def _run(text: str, face: str = "") -> str:
    fonts = (
        f'<w:rPr><w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}" w:cs="{face}"/></w:rPr>'
        if face
        else ""
    )
    return f'<w:r>{fonts}<w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'


def _core_properties(report: Report, context: DocumentContext) -> bytes:
    """Title, author and fixed dates; a file's metadata must not say who ran the program or when."""
    moment = _w3c(made_at(report, context))
    name, agency = (escape(text, quote=False) for text in (title(report, context), one_line(report.agency)))
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{name}</dc:title><dc:creator>{agency}</dc:creator><dc:language>zh-CN</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified>'
        "</cp:coreProperties>"
    )
    return xml.encode("utf-8", "replace")


def _w3c(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

"""A Word document (docx) → body and blocks of an item.

Headings by style or outline level, lists, bold, links, tables with merged cells and pictures keep their order; fonts,
colours, headers, footers, comments and tracked deletions stay in the file.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.hyperlink import Hyperlink
from docx.text.paragraph import Paragraph

from gongkai.publishing.converting.markup import Converted, from_html
from gongkai.releasefiles.errors import UploadRefused
from gongkai.releasefiles.sniffing import FileType, screen_upload

MAX_WORD_BYTES = 50 * 1024 * 1024
MAX_PICTURES = 100
KeepPicture = Callable[[bytes, str], int | None]
_LEVELS = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)


def from_word(content: bytes, name: str, keep_picture: KeepPicture = lambda data, name: None) -> Converted:
    """Convert a document.

    Args:
        keep_picture: puts a picture of the document into the media library and gives its number, None: not kept.

    Raises:
        UploadRefused: not a sound docx: macros, a lock, a bomb, another kind of file; the message says what to do.
    """
    screen_upload(content, name, limit_bytes=MAX_WORD_BYTES, allowed=frozenset({FileType.DOCX}))
    try:
        paper = docx.Document(io.BytesIO(content))
    except Exception as error:  # a damaged package fails in many ways
        raise UploadRefused(f"{name}：文件已损坏，打不开。请用 Word 打开后另存一份再上传。") from error
    pictures: dict[str, tuple[bytes, str]] = {}
    markup = "".join(_element(inner, paper, pictures) for inner in _content(paper))
    return from_html(markup, lambda source: _kept(source, pictures, keep_picture))


def _content(paper: Any) -> list[Paragraph | Table]:
    return [
        Paragraph(child, paper) if child.tag == qn("w:p") else Table(child, paper)
        for child in paper.element.body.iterchildren()
        if child.tag in {qn("w:p"), qn("w:tbl")}
    ]


def _element(inner: Paragraph | Table, paper: Any, pictures: dict[str, tuple[bytes, str]]) -> str:
    return _table(inner) if isinstance(inner, Table) else _paragraph(inner, paper, pictures)


def _paragraph(paragraph: Paragraph, paper: Any, pictures: dict[str, tuple[bytes, str]]) -> str:
    words = "".join(_inline(inner) for inner in paragraph.iter_inner_content())
    shown = "".join(_pictures(paragraph, paper, pictures))
    level = _level(paragraph)
    if level:
        return f"<{level}>{words}</{level}>{shown}" if words.strip() else shown
    mark = paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None
    text = f"<ul><li>{words}</li></ul>" if mark and words.strip() else f"<p>{words}</p>"
    return text + shown


def _level(paragraph: Paragraph) -> str:
    """h2 for headings of the first two levels, h3 below; "" for running text."""
    style = paragraph.style.name if paragraph.style is not None else ""
    found = _LEVELS.search(style or "")
    number = int(found[1]) if found else None
    if number is None and paragraph._p.pPr is not None:
        outline = paragraph._p.pPr.find(qn("w:outlineLvl"))
        if outline is not None and (outline.get(qn("w:val")) or "").isdecimal():
            number = int(outline.get(qn("w:val"))) + 1
    if number is None or number > 6:
        return ""
    return "h2" if number <= 2 else "h3"


def _inline(inner: Any) -> str:
    if isinstance(inner, Hyperlink):
        address = inner.url
        words = escape(inner.text, quote=False)
        return f'<a href="{escape(address)}">{words}</a>' if address and words else words
    words = escape(inner.text, quote=False).replace("\n", "<br/>").replace("\t", " ")
    return f"<b>{words}</b>" if inner.bold and words.strip() else words


def _pictures(paragraph: Paragraph, paper: Any, pictures: dict[str, tuple[bytes, str]]) -> list[str]:
    shown = []
    for drawing in paragraph._p.iter(qn("w:drawing")):
        about = next(
            drawing.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"),
            None,
        )
        alt = (about.get("descr") or "") if about is not None else ""
        for blip in drawing.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip"):
            part = paper.part.related_parts.get(blip.get(qn("r:embed")) or "")
            if part is not None and len(pictures) < MAX_PICTURES:
                source = f"word-picture-{len(pictures)}"
                pictures[source] = (part.blob, part.partname.split("/")[-1])
                shown.append(f'<img src="{source}" alt="{escape(alt)}"/>')
    return shown


def _kept(source: str, pictures: dict[str, tuple[bytes, str]], keep: KeepPicture) -> int | None:
    found = pictures.get(source)
    return keep(*found) if found is not None else None


@dataclass(slots=True)
class _Cell:
    words: str
    across: int
    down: int = 1


def _table(table: Table) -> str:
    """HTML of a table in one pass; cells that Word merged are spelled as spans."""
    rows: list[list[_Cell]] = []
    above: dict[int, _Cell] = {}  # column → the cell that a downward merge continues
    for row in table._tbl.iterchildren(qn("w:tr")):
        rows.append(_row(row, above))
    return "<table>" + "".join(f"<tr>{''.join(map(_td, row))}</tr>" for row in rows) + "</table>"


def _row(row: Any, above: dict[int, _Cell]) -> list[_Cell]:
    cells, column = [], 0
    for found in row.iterchildren(qn("w:tc")):
        about = found.find(qn("w:tcPr"))
        across, merge = _span(about), _merge(about)
        if merge == "continue" and column in above:
            above[column].down += 1
        else:
            cell = _Cell(_cell_text(found), across)
            cells.append(cell)
            above[column] = cell
        column += across
    return cells


def _span(about: Any) -> int:
    span = about.find(qn("w:gridSpan")) if about is not None else None
    given = (span.get(qn("w:val")) or "1") if span is not None else "1"
    return max(1, int(given)) if given.isdecimal() else 1


def _merge(about: Any) -> str:
    merge = about.find(qn("w:vMerge")) if about is not None else None
    return "" if merge is None else (merge.get(qn("w:val")) or "continue")


def _cell_text(cell: Any) -> str:
    lines = ("".join(text.text or "" for text in line.iter(qn("w:t"))) for line in cell.iter(qn("w:p")))
    return escape(" ".join(" ".join(lines).split()), quote=False)


def _td(cell: _Cell) -> str:
    return f'<td colspan="{cell.across}" rowspan="{cell.down}">{cell.words}</td>'

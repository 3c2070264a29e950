"""The words of attached files, for search: read once for each content, kept beside its digest.

Bounded: a file that is large, locked or damaged is found by its name alone.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator

from gongkai.portal.models import FileText
from gongkai.publishing.models import ItemPage

MAX_BYTES = 50 * 1024 * 1024
MAX_CHARACTERS = 200_000
MAX_PDF_PAGES = 500
MAX_SHEET_CELLS = 200_000
logger = logging.getLogger(__name__)


def text_of_files(item: ItemPage) -> str:
    """Names and words of an item's attachments."""
    found = []
    for attached in item.attachments.select_related("document"):
        found += [attached.shown_title, words_in(attached.document)]
    return " ".join(filter(None, found))


def words_in(document: object) -> str:
    """The words of a document of the media library; "" where they cannot be read."""
    digest = document.get_file_hash()  # type: ignore[attr-defined]
    kept = FileText.objects.filter(digest=digest).first()
    if kept is None:
        kept, _ = FileText.objects.get_or_create(digest=digest, defaults={"text": _read(document)})
    return kept.text


def _read(document: object) -> str:
    name = document.filename.lower()  # type: ignore[attr-defined]
    reader = next((read for end, read in READERS.items() if name.endswith(end)), None)
    size = document.get_file_size() or 0  # type: ignore[attr-defined]
    if reader is None or size > MAX_BYTES:
        return ""
    try:
        with document.open_file() as stream:  # type: ignore[attr-defined]
            content = stream.read()
        return _joined(reader(content))
    except Exception:
        logger.warning("no words could be read from the attachment %s", name, exc_info=True)
        return ""


def _joined(pieces: Iterator[str]) -> str:
    found: list[str] = []
    room = MAX_CHARACTERS
    for piece in pieces:
        words = " ".join(piece.split())[:room]
        if words:
            found.append(words)
            room -= len(words)
        if room <= 0:
            break
    return " ".join(found)


def _docx(content: bytes) -> Iterator[str]:
    from docx import Document

    paper = Document(io.BytesIO(content))
    for paragraph in paper.paragraphs:
        yield paragraph.text
    for table in paper.tables:
        for row in table.rows:
            yield " ".join(cell.text for cell in row.cells)


def _pdf(content: bytes) -> Iterator[str]:
    import pypdfium2

    from gongkai.releasefiles.pdf_text import PDFIUM

    with PDFIUM:
        paper = pypdfium2.PdfDocument(content)
        try:
            for number in range(min(len(paper), MAX_PDF_PAGES)):
                page = paper[number]
                yield page.get_textpage().get_text_range()
                page.close()
        finally:
            paper.close()


def _xlsx(content: bytes) -> Iterator[str]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    left = MAX_SHEET_CELLS
    for sheet in book.worksheets:
        for row in sheet.iter_rows(values_only=True):
            left -= len(row)
            if left < 0:
                return
            yield " ".join(str(cell) for cell in row if cell is not None)


def _text(content: bytes) -> Iterator[str]:
    try:
        yield content.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield content.decode("gb18030", errors="replace")


READERS: dict[str, Callable[[bytes], Iterator[str]]] = {
    ".docx": _docx,
    ".pdf": _pdf,
    ".xlsx": _xlsx,
    ".txt": _text,
    ".csv": _text,
}

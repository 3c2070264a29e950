"""PDF files with a text layer: ruled tables as grids, everything else as lines.

PDFium (pypdfium2) gives characters and rulings; measured on one core it reads a six-page report several times
faster than pdfplumber does, with the same cells (``docs/benchmarks.md``).
"""

from __future__ import annotations

import pypdfium2
import pypdfium2.raw

from gongkai.reportfiles.errors import Damaged, Encrypted, ScannedPDF, TooLarge
from gongkai.reportfiles.reading.blocks import Block, Document
from gongkai.reportfiles.reading.characters import clean
from gongkai.reportfiles.reading.limits import MAX_PDF_PAGES
from gongkai.reportfiles.reading.pdf_layout import page_blocks
from gongkai.reportfiles.reading.pdf_page import read_page

_MIN_CHARACTERS_PER_PAGE = 15  # below this on the average, the pages are pictures with a few stray characters


def read_pdf(data: bytes, name: str) -> Document:
    """The pages as blocks.

    Raises:
        Encrypted: opens only with a password.
        Damaged: no readable PDF.
        TooLarge: more than MAX_PDF_PAGES pages.
        ScannedPDF: no text layer.
    """
    document = _open(data, name)
    try:
        count = len(document)
        if count > MAX_PDF_PAGES:
            raise TooLarge(name, f"PDF 有 {count} 页，超过 {MAX_PDF_PAGES} 页，不是年度报告。")
        blocks: list[Block] = []
        characters = 0
        for number in range(count):
            page = document[number]
            try:
                read = read_page(page)
            finally:
                page.close()
            characters += len(read.characters)
            blocks += page_blocks(read, number + 1)
        if characters < _MIN_CHARACTERS_PER_PAGE * max(count, 1):
            raise ScannedPDF(name)
        title = clean(str(document.get_metadata_value("Title") or ""))
        return Document("pdf", blocks, visual_lines=True, titles=[title] if title else [])
    except pypdfium2.PdfiumError as error:
        raise Damaged(name, "PDF 不完整或已损坏，请重新取得原件。") from error
    finally:
        document.close()


def _open(data: bytes, name: str) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD or "assword" in str(error):
            raise Encrypted(name) from error
        raise Damaged(name, "PDF 不完整或已损坏，请重新取得原件。") from error

"""PDF: the text of each page as PDFium reads it; a place is a page."""

from __future__ import annotations

import time

from gongkai.prooffiles.errors import Unreadable
from gongkai.prooffiles.extract import Extract, Gathering
from gongkai.prooffiles.limits import MAX_CHARACTERS, MAX_PDF_PAGES, MAX_SECONDS
from gongkai.releasefiles.pdf_objects import BadPDF, LockedPDF
from gongkai.releasefiles.pdf_text import loaded, open_for_reading


def read_pdf(data: bytes, name: str) -> tuple[Extract, int]:
    """The text and the number of pages.

    Raises:
        Unreadable: locked, damaged, without text, over the caps.
    """
    gathering = Gathering(MAX_CHARACTERS)
    try:
        with open_for_reading(data) as document:
            pages = len(document)
            if pages > MAX_PDF_PAGES:
                raise Unreadable(name, f"有 {pages} 页，超过 {MAX_PDF_PAGES} 页，请拆分后再校对。")
            _read_pages(document, pages, gathering, name)
    except LockedPDF as error:
        raise Unreadable(name, "PDF 有打开密码，请去掉密码后再校对。") from error
    except BadPDF as error:
        raise Unreadable(name, "PDF 已损坏，无法读取，请重新导出。") from error
    extract = gathering.done()
    if not extract.text.strip():
        raise Unreadable(name, "PDF 里没有文字（可能是扫描件），请先做文字识别。")
    return extract, pages


def _read_pages(document: object, pages: int, gathering: Gathering, name: str) -> None:
    started = time.monotonic()
    for number in range(pages):
        if time.monotonic() - started > MAX_SECONDS:
            raise Unreadable(
                name, f"读到第 {number} 页已超过 {MAX_SECONDS:.0f} 秒，页面过于复杂，请拆分后再校对。"
            )
        with loaded(document, number) as page:
            textpage = page.get_textpage()
            try:
                text = textpage.get_text_range()
            finally:
                textpage.close()
        gathering.at(f"第 {number + 1} 页")
        gathering.add(_clean(text))


def _clean(text: str) -> str:
    """Line breaks as ``\\n``; the mark PDFium puts for a hyphen at a line's end goes."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "").rstrip("\n") + "\n"

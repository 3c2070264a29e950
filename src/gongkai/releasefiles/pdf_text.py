"""The characters of a PDF page with their places, through PDFium.

Places are fractions of the page as it is shown (crop box and rotation applied): x from its left edge, y from its
top, both 0 to 1; what lies outside the crop box lies outside 0 to 1. PDFium is not safe to use from two threads
at once, so callers hold ``PDFIUM``.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from gongkai.releasefiles.pdf_objects import BadPDF, LockedPDF

PDFIUM = threading.RLock()

_SCALE = 1_000_000


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in fractions of the page as shown."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    def overlap(self, other: Box) -> float:
        """The share of this box that the other covers."""
        across = min(self.x1, other.x1) - max(self.x0, other.x0)
        down = min(self.y1, other.y1) - max(self.y0, other.y0)
        if across <= 0 or down <= 0:
            return 0.0
        return across * down / (self.width * self.height)


@dataclass(frozen=True, slots=True)
class Character:
    """One character; ``address`` tells the text object it was printed by.

    ``box`` spans the advance and the line height, ``ink`` only what is printed (empty for spaces).
    """

    text: str
    box: Box
    ink: Box
    address: int


@dataclass(frozen=True, slots=True)
class ToShown:
    """The map from user space to the page as shown."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Where a rectangle of user space is shown."""
        xs = [self.a * x + self.c * y + self.e for x in (left, right) for y in (bottom, top)]
        ys = [self.b * x + self.d * y + self.f for x in (left, right) for y in (bottom, top)]
        return Box(min(xs), min(ys), max(xs), max(ys))


@contextmanager
def open_for_reading(data: bytes) -> Iterator[Any]:
    """The document (``pypdfium2.PdfDocument``), closed at the end, with PDFium held for this thread.

    Raises:
        LockedPDF: under an opening password.
        BadPDF: damaged.
    """
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if "assword" in str(error):
                raise LockedPDF(str(error)) from error
            raise BadPDF(str(error)) from error
        try:
            yield document
        finally:
            document.close()


@contextmanager
def loaded(document: Any, number: int) -> Iterator[Any]:
    """A page (``pypdfium2.PdfPage``), closed at the end.

    Raises:
        BadPDF: the page cannot be loaded.
    """
    try:
        page = document[number]
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise BadPDF(f"page {number}") from error
    try:
        yield page
    finally:
        page.close()


def to_shown(page: Any) -> ToShown:
    """The map for this page, asked of PDFium itself so that it agrees with what is rendered."""
    origin, along_x, along_y = (_device(page, x, y) for x, y in ((0, 0), (1000, 0), (0, 1000)))
    return ToShown(
        (along_x[0] - origin[0]) / 1000,
        (along_x[1] - origin[1]) / 1000,
        (along_y[0] - origin[0]) / 1000,
        (along_y[1] - origin[1]) / 1000,
        *origin,
    )


def _device(page: Any, x: float, y: float) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(
        page.raw, 0, 0, _SCALE, _SCALE, 0, x, y, ctypes.byref(across), ctypes.byref(down)
    )
    return across.value / _SCALE, down.value / _SCALE


def characters(page: Any) -> list[Character]:
    """The characters in the order PDFium reads them; spaces it guesses at are left out."""
    shown = to_shown(page)
    textpage = page.get_textpage()
    try:
        return list(_characters(textpage.raw, shown))
    finally:
        textpage.close()


def _characters(raw: Any, shown: ToShown) -> Iterator[Character]:
    loose = pdfium.FS_RECTF()
    edges = [ctypes.c_double() for _ in range(4)]
    references = [ctypes.byref(edge) for edge in edges]
    high = 0
    for at in range(pdfium.FPDFText_CountChars(raw)):
        code = pdfium.FPDFText_GetUnicode(raw, at)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        if code in {0x0A, 0x0D} or pdfium.FPDFText_IsGenerated(raw, at):
            continue
        if code < 0x20 or code > 0x10FFFF or code in {0xFFFE, 0xFFFF}:
            code = 0xFFFD  # a glyph without a meaning still has a place
        if not pdfium.FPDFText_GetLooseCharBox(raw, at, ctypes.byref(loose)):
            continue
        box = shown.box(loose.left, loose.bottom, loose.right, loose.top)
        ink = box
        if pdfium.FPDFText_GetCharBox(raw, at, *references):  # left, right, bottom, top
            left, right, bottom, top = (edge.value for edge in edges)
            ink = shown.box(left, bottom, right, top)
        printed_by = pdfium.FPDFText_GetTextObject(raw, at)
        yield Character(chr(code), box, ink, address(printed_by))


def address(page_object: Any) -> int:
    """What tells one page object from another while its page is open."""
    return ctypes.addressof(page_object.contents) if page_object else 0

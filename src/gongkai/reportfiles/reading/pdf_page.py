"""One PDF page as characters and ruled lines with their places, through PDFium.

Coordinates are points from the upper left corner of the page as it is shown (rotation applied); y grows
downwards.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

_MAX_OBJECTS = 20_000
_MAX_FORM_DEPTH = 4
_THIN = 3.0  # a filled shape thinner than this is a line
_MIN_LENGTH = 4.0
_SPACES = frozenset({0x20, 0xA0, 0x3000})

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Character:
    """One printed character and its box."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class Ruling:
    """A straight line along an axis: at ``at`` from ``start`` to ``end``."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Page:
    """What a page holds; ``across`` are horizontal rulings (at y), ``down`` vertical ones (at x)."""

    width: float
    height: float
    characters: list[Character]
    across: list[Ruling]
    down: list[Ruling]


def read_page(page: Any) -> Page:
    """Read a loaded page (``pypdfium2.PdfPage``)."""
    left, bottom, right, top = page.get_cropbox()
    turn, width, height = _turner(page.get_rotation(), left, bottom, right, top)
    across: list[Ruling] = []
    down: list[Ruling] = []
    for x0, y0, x1, y1 in _lines(page.raw):
        (ax, ay), (bx, by) = turn(x0, y0), turn(x1, y1)
        if abs(ay - by) < 1.0 and abs(ax - bx) >= _MIN_LENGTH:
            across.append(Ruling((ay + by) / 2, min(ax, bx), max(ax, bx)))
        elif abs(ax - bx) < 1.0 and abs(ay - by) >= _MIN_LENGTH:
            down.append(Ruling((ax + bx) / 2, min(ay, by), max(ay, by)))
    return Page(width, height, list(_characters(page, turn)), across, down)


Turn = Callable[[float, float], tuple[float, float]]


def _turner(rotation: int, left: float, bottom: float, right: float, top: float) -> tuple[Turn, float, float]:
    """From PDF user space to the page as shown, and the shown size."""
    width, height = right - left, top - bottom
    if rotation == 90:
        return (lambda x, y: (y - bottom, x - left)), height, width
    if rotation == 180:
        return (lambda x, y: (right - x, y - bottom)), width, height
    if rotation == 270:
        return (lambda x, y: (top - y, right - x)), height, width
    return (lambda x, y: (x - left, top - y)), width, height


def _characters(page: Any, turn: Turn) -> Iterator[Character]:
    textpage = page.get_textpage()
    try:
        raw = textpage.raw
        # The loose box spans a character's whole advance and line height, so that a full stop in the corner
        # of its square leaves no gap.
        box = pdfium.FS_RECTF()
        ref = ctypes.byref(box)
        high = 0
        for at in range(pdfium.FPDFText_CountChars(raw)):
            code = pdfium.FPDFText_GetUnicode(raw, at)
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
            high = 0
            if code in _SPACES:
                if pdfium.FPDFText_IsGenerated(raw, at):
                    continue  # PDFium's own guess at a word's end; gaps are judged by ``pdf_layout``
                code = 0x20
            elif code < 0x20 or code > 0x10FFFF or code in {0xFFFE, 0xFFFF}:
                continue
            if not pdfium.FPDFText_GetLooseCharBox(raw, at, ref):
                continue
            (ax, ay), (bx, by) = turn(box.left, box.bottom), turn(box.right, box.top)
            yield Character(chr(code), min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
    finally:
        textpage.close()


def _lines(raw_page: Any) -> Iterator[tuple[float, float, float, float]]:
    """Straight lines and thin filled shapes in user space."""
    budget = [_MAX_OBJECTS]
    count = pdfium.FPDFPage_CountObjects(raw_page)
    for at in range(min(count, _MAX_OBJECTS)):
        yield from _object_lines(pdfium.FPDFPage_GetObject(raw_page, at), _IDENTITY, budget, 0)


def _object_lines(
    item: Any, outer: Matrix, budget: list[int], depth: int
) -> Iterator[tuple[float, float, float, float]]:
    budget[0] -= 1
    if budget[0] < 0:
        return
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_FORM_DEPTH:
        inner = _times(_matrix(item), outer)
        for at in range(min(pdfium.FPDFFormObj_CountObjects(item), _MAX_OBJECTS)):
            yield from _object_lines(pdfium.FPDFFormObj_GetObject(item, at), inner, budget, depth + 1)
    elif kind == pdfium.FPDF_PAGEOBJ_PATH:
        yield from _path_lines(item, _times(_matrix(item), outer))


def _matrix(item: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix)):
        return _IDENTITY
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _path_lines(path: Any, matrix: Matrix) -> Iterator[tuple[float, float, float, float]]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke)):
        return
    pieces = _polylines(path, matrix)
    if stroke.value:
        for points in pieces:
            for (x0, y0), (x1, y1) in pairwise(points):
                yield x0, y0, x1, y1
        return
    if not fill.value:
        return
    for points in pieces:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        left, right, bottom, top = min(xs), max(xs), min(ys), max(ys)
        if top - bottom <= _THIN < right - left:
            yield left, (bottom + top) / 2, right, (bottom + top) / 2
        elif right - left <= _THIN < top - bottom:
            yield (left + right) / 2, bottom, (left + right) / 2, top


def _polylines(path: Any, matrix: Matrix) -> list[list[tuple[float, float]]]:
    a, b, c, d, e, f = matrix
    pieces: list[list[tuple[float, float]]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(min(pdfium.FPDFPath_CountSegments(path), 2_000)):
        segment = pdfium.FPDFPath_GetPathSegment(path, at)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO or not pieces:
            pieces.append([point])
        else:
            pieces[-1].append(point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            pieces[-1].append(pieces[-1][0])
    return [points for points in pieces if len(points) > 1]

"""Text that is in the file but not to be seen: under boxes and pictures, invisible, or outside the page.

A black rectangle over a name hides it from the eye and from nobody else. Geometry decides: a character counts as
covered when something opaque that is painted later lies over most of it. Pictures with transparency (seals) and
highlighting do not count.

Limitations: boxes drawn as curves or through a clipping path are not recognised.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from gongkai.releasefiles.inspecting.findings import Found, Kind
from gongkai.releasefiles.pdf_objects import text as text_of
from gongkai.releasefiles.pdf_text import (
    Box,
    Character,
    ToShown,
    address,
    characters,
    loaded,
    open_for_reading,
    to_shown,
)

_MOSTLY = 0.6
_WHOLE_PAGE = 0.7  # a picture over this share of the page is a scan, not a box
_MAX_OBJECTS = 50_000
_MAX_DEPTH = 5
_THICK_POINTS = 5.0
_OPAQUE = 250  # of 255
_SEE_THROUGH = 0.3
_PAGE = Box(0, 0, 1, 1)
_GROUND_OF = {"/Square": "/IC", "/Circle": "/IC", "/Polygon": "/IC", "/FreeText": "/C"}

Corners = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class _Cover:
    """Something opaque, painted as the ``order``-th object; ``is_scan`` when it fills the page."""

    box: Box
    order: float
    is_scan: bool = False


@dataclass(slots=True)
class _Painted:
    """The objects of a page: where each text stands in the order, which texts are invisible, what covers."""

    order: dict[int, int]
    invisible: set[int]
    covers: list[_Cover]


def inspect_covered_text(document: pikepdf.Pdf, data: bytes, found: Found) -> None:
    """Add the texts, each with its page.

    Raises:
        BadPDF, LockedPDF: it cannot be opened.
    """
    over = [list(opaque_annotations(page.obj)) for page in document.pages]
    with open_for_reading(data) as opened:
        for number in range(min(len(opened), len(over))):
            with loaded(opened, number) as page:
                _inspect_page(page, over[number], f"第 {number + 1} 页", found)


def opaque_annotations(page: pikepdf.Object) -> Iterator[Corners]:
    """The places of annotations with a ground of their own, and of redactions marked but not carried out."""
    annotations = page.get("/Annots")
    for each in annotations if isinstance(annotations, pikepdf.Array) else ():
        corners = each.get("/Rect") if isinstance(each, pikepdf.Dictionary) else None
        if not isinstance(corners, pikepdf.Array) or len(corners) != 4:
            continue
        name = text_of(each.get("/Subtype"))
        ground = each.get(_GROUND_OF.get(name, "/None"))
        if name == "/Redact" or (
            isinstance(ground, pikepdf.Array) and len(ground) and each.get("/CA", 1) == 1
        ):
            x0, y0, x1, y1 = (float(corner) for corner in corners)
            yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def seen_or_searched(page: Any, annotations: list[Corners]) -> list[Character]:
    """The characters but for those under boxes and outside the page; a scan keeps its invisible text."""
    return [
        each
        for verdict, each in _judged(page, annotations)
        if verdict not in {Kind.COVERED_TEXT, Kind.HIDDEN_TEXT}
    ]


def _judged(page: Any, annotations: list[Corners]) -> list[tuple[Kind | None, Character]]:
    shown = to_shown(page)
    painted = _painted(page, shown)
    painted.covers += [_Cover(shown.box(*corners), float("inf")) for corners in annotations]
    return [(_judge(each, painted), each) for each in characters(page)]


def _inspect_page(page: Any, annotations: list[Corners], where: str, found: Found) -> None:
    judged = _judged(page, annotations)
    for verdict, run in groupby(judged, key=lambda pair: pair[0]):
        text = "".join(each.text for _, each in run)
        if verdict is Kind.COVERED_TEXT and text.strip():
            found.add(Kind.COVERED_TEXT, where, text)
        elif verdict is Kind.HIDDEN_TEXT and text.strip():
            found.add(Kind.COVERED_TEXT, f"{where}可见范围以外", text)
    unseen = "".join(each.text for verdict, each in judged if verdict is Kind.INVISIBLE_TEXT)
    if unseen.strip():
        found.add(Kind.INVISIBLE_TEXT, where, unseen)


def _judge(character: Character, painted: _Painted) -> Kind | None:
    """HIDDEN_TEXT stands for text outside the page here."""
    if character.address in painted.invisible:
        return Kind.INVISIBLE_TEXT
    box = character.ink if character.ink.width > 0 and character.ink.height > 0 else character.box
    if box.width <= 0 or box.height <= 0:
        return None
    if not box.overlap(_PAGE):
        return Kind.HIDDEN_TEXT
    at = painted.order.get(character.address, -1)
    over = [each for each in painted.covers if each.order > at >= 0 and box.overlap(each.box) >= _MOSTLY]
    if not over:
        return None
    return Kind.INVISIBLE_TEXT if all(each.is_scan for each in over) else Kind.COVERED_TEXT


def _painted(page: Any, shown: ToShown) -> _Painted:
    painted = _Painted({}, set(), [])
    for order, (item, matrix) in enumerate(_objects(page.raw)):
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            painted.order[address(item)] = order
            if pdfium.FPDFTextObj_GetTextRenderMode(item) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
                painted.invisible.add(address(item))
        elif pdfium.FPDFPageObj_HasTransparency(item):
            continue
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            painted.covers += [
                _Cover(shown.box(*_moved(corners, matrix)), order) for corners in _filled(item)
            ]
        elif (
            kind == pdfium.FPDF_PAGEOBJ_IMAGE
            and (corners := _bounds(item))
            and not _is_see_through(page, item)
        ):
            box = shown.box(*_moved(corners, matrix))
            painted.covers.append(_Cover(box, order, _PAGE.overlap(box) >= _WHOLE_PAGE))
    return painted


def _objects(raw_page: Any) -> Iterator[tuple[Any, Matrix]]:
    """The objects in the order they are painted, those in forms in the place of the form."""
    waiting = [
        (pdfium.FPDFPage_GetObject(raw_page, at), _IDENTITY, 0)
        for at in reversed(range(min(pdfium.FPDFPage_CountObjects(raw_page), _MAX_OBJECTS)))
    ]
    seen = 0
    while waiting and seen < _MAX_OBJECTS:
        item, matrix, depth = waiting.pop()
        seen += 1
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_FORM:
            yield item, matrix
        elif depth < _MAX_DEPTH:
            inner = _times(_matrix(item), matrix)
            count = max(pdfium.FPDFFormObj_CountObjects(item), 0)
            waiting += [
                (pdfium.FPDFFormObj_GetObject(item, at), inner, depth + 1) for at in reversed(range(count))
            ]


def _filled(path: Any) -> list[Corners]:
    """The opaque rectangles of a path, in the space of its form."""
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(mode), ctypes.byref(stroked)):
        return []
    own = _matrix(path)
    figures = list(_figures(path))
    if mode.value != pdfium.FPDF_FILLMODE_NONE and _alpha(path, pdfium.FPDFPageObj_GetFillColor) == 255:
        return [_moved(box, own) for points in figures if (box := _rectangle(points))]
    width = ctypes.c_float()
    pdfium.FPDFPageObj_GetStrokeWidth(path, ctypes.byref(width))
    if (
        stroked.value
        and width.value >= _THICK_POINTS
        and _alpha(path, pdfium.FPDFPageObj_GetStrokeColor) == 255
    ):
        return [_moved(box, own) for points in figures if (box := _thick_line(points, width.value))]
    return []


def _figures(path: Any) -> Iterator[list[tuple[float, float]]]:
    """The corners of each figure of a path that has no curves."""
    points: list[tuple[float, float]] = []
    straight = True
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(min(pdfium.FPDFPath_CountSegments(path), _MAX_OBJECTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, at)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if straight and points:
                yield points
            points, straight = [], True
        straight = straight and kind != pdfium.FPDF_SEGMENT_BEZIERTO
        points.append((x.value, y.value))
    if straight and points:
        yield points


def _thick_line(points: list[tuple[float, float]], width: float) -> Corners | None:
    """What a line along an axis covers, when it is drawn as thick as a pen for blacking out."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if min(max(xs) - min(xs), max(ys) - min(ys)) > 1:
        return None
    half = width / 2
    return min(xs) - half, min(ys) - half, max(xs) + half, max(ys) + half


def _rectangle(points: list[tuple[float, float]]) -> Corners | None:
    if not 4 <= len(points) <= 5 or (len(points) == 5 and points[4] != points[0]):
        return None
    xs, ys = sorted({x for x, _ in points}), sorted({y for _, y in points})
    if len(xs) != 2 or len(ys) != 2:
        return None
    return xs[0], ys[0], xs[1], ys[1]


def _is_see_through(page: Any, image: Any) -> bool:
    """Does what lies below show through much of the picture? Seals are pictures with a mask."""
    raw = pdfium.FPDFImageObj_GetRenderedBitmap(page.pdf.raw, page.raw, image)
    if not raw:
        return False
    bitmap = pypdfium2.PdfBitmap.from_raw(raw)
    try:
        picture = bitmap.to_pil()
        if "A" not in picture.getbands():
            return False
        levels = picture.getchannel("A").histogram()
    finally:
        bitmap.close()
    return bool(sum(levels[:_OPAQUE]) > _SEE_THROUGH * sum(levels))


def _alpha(item: Any, ask: Any) -> int:
    parts = [ctypes.c_uint() for _ in range(4)]
    return parts[3].value if ask(item, *(ctypes.byref(part) for part in parts)) else 0


def _bounds(item: Any) -> Corners | None:
    edges = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(item, *(ctypes.byref(edge) for edge in edges)):
        return None
    left, bottom, right, top = (edge.value for edge in edges)
    return left, bottom, right, top


def _matrix(item: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix)):
        return _IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    A, B, C, D, E, F = then  # noqa: N806 - the letters of ISO 32000-1, 8.3.4
    return a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F


def _moved(corners: Corners, matrix: Matrix) -> Corners:
    a, b, c, d, e, f = matrix
    left, bottom, right, top = corners
    xs = [a * x + c * y + e for x in (left, right) for y in (bottom, top)]
    ys = [b * x + d * y + f for x in (left, right) for y in (bottom, top)]
    return min(xs), min(ys), max(xs), max(ys)

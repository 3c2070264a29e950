"""What the JPEG pictures inside a PDF carry: they are stored with everything the camera wrote."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from gongkai.releasefiles.errors import CannotInspect
from gongkai.releasefiles.inspecting.findings import Found, Kind
from gongkai.releasefiles.inspecting.pictures import clean_picture, inspect_picture

_JPEG_STARTS = b"\xff\xd8\xff"


def inspect_pictures(document: pikepdf.Pdf, found: Found) -> None:
    """Add what pictures carry; one that cannot be read apart is left to the programs that show it."""
    for _, data in _jpegs(document):
        try:
            inspect_picture(data, found, "页面中的图片")
        except CannotInspect:
            continue


def clean_pictures(document: pikepdf.Pdf, kinds: frozenset[Kind]) -> None:
    """Take these kinds out of every picture."""
    for stream, data in _jpegs(document):
        try:
            cleaned = clean_picture(data, kinds)
        except CannotInspect:
            continue
        if cleaned != data:
            stream.write(cleaned, filter=pikepdf.Name.DCTDecode, decode_parms=None)


def _jpegs(document: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Object, bytes]]:
    for each in document.objects:
        if not isinstance(each, pikepdf.Stream):
            continue
        used = each.get("/Filter")
        if isinstance(used, pikepdf.Array) and len(used) == 1:
            used = used[0]
        if used == pikepdf.Name.DCTDecode and (data := each.read_raw_bytes()).startswith(_JPEG_STARTS):
            yield each, data

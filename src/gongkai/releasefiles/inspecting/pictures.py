"""What JPEG and PNG files say beyond the picture, taken out without decoding it: not a pixel changes.

The turn of a photograph (EXIF orientation) is kept, or it would be shown lying on its side; colour profiles are
kept as well.

Source: CIPA DC-008 (EXIF), ITU-T T.871 (JFIF), Adobe XMP Specification Part 3, W3C PNG (third edition), 11.3.
"""

from __future__ import annotations

import struct
import zlib

from PIL import ExifTags, Image

from gongkai.releasefiles.errors import CannotInspect
from gongkai.releasefiles.inspecting.findings import Found, Kind
from gongkai.releasefiles.picture_parts import (
    PNG_SIGNATURE,
    BadPicture,
    Chunk,
    Segment,
    jpeg_segments,
    png_chunks,
)

KINDS = frozenset(
    {Kind.PICTURE_METADATA, Kind.LOCATION, Kind.THUMBNAIL, Kind.PICTURE_TEXT, Kind.TRAILING_DATA}
)

_APP0, _APP1, _APP2, _APP14, _COMMENT = 0xE0, 0xE1, 0xE2, 0xEE, 0xFE
_APPS = range(0xE0, 0xF0)
_EXIF = b"Exif\0\0"
_ORIENTATION = int(ExifTags.Base.Orientation)
_TEXT_CHUNKS = frozenset({b"tEXt", b"zTXt", b"iTXt"})
_XMP_KEYWORD = b"XML:com.adobe.xmp"


def inspect_picture(data: bytes, found: Found, where: str) -> None:
    """Add what the picture carries; ``where`` names the picture.

    Raises:
        CannotInspect: damaged.
    """
    try:
        if data.startswith(PNG_SIGNATURE):
            _inspect_png(data, found, where)
        else:
            _inspect_jpeg(data, found, where)
    except BadPicture as error:
        raise CannotInspect(f"{where}已损坏，无法检查，请重新拍照、扫描或导出。") from error


def clean_picture(data: bytes, kinds: frozenset[Kind]) -> bytes:
    """The picture without these kinds.

    Raises:
        CannotInspect: damaged.
    """
    try:
        return _clean_png(data, kinds) if data.startswith(PNG_SIGNATURE) else _clean_jpeg(data, kinds)
    except BadPicture as error:
        raise CannotInspect("图片已损坏，无法处理，请重新拍照、扫描或导出。") from error


# JPEG


def _inspect_jpeg(data: bytes, found: Found, where: str) -> None:
    segments, trailing = jpeg_segments(data)
    for segment in segments:
        for kind, excerpt in _said_by(segment):
            found.add(kind, where, excerpt)
    if trailing.strip(b"\0\r\n "):
        found.add(Kind.TRAILING_DATA, where, f"{len(trailing)} 字节")


def _said_by(segment: Segment) -> list[tuple[Kind, str]]:
    """The kinds a segment holds, each with an excerpt."""
    payload = segment.payload
    if segment.marker == _COMMENT:
        return [(Kind.PICTURE_TEXT, payload.decode("utf-8", "replace"))]
    if segment.marker == _APP0:
        return [(Kind.THUMBNAIL, "JFIF 缩略图")] if _jfif_thumbnail(payload) else []
    if segment.marker == _APP1 and payload.startswith(_EXIF):
        return _said_by_exif(payload[len(_EXIF) :])
    if segment.marker in _APPS and not _is_kept(segment):
        return [(Kind.PICTURE_METADATA, payload[:60].decode("latin-1"))]
    return []


def _is_kept(segment: Segment) -> bool:
    """Colour profiles and Adobe's colour transform: without them the colours change."""
    return segment.marker == _APP14 or (
        segment.marker == _APP2 and segment.payload.startswith(b"ICC_PROFILE\0")
    )


def _jfif_thumbnail(payload: bytes) -> bool:
    if payload.startswith(b"JFXX\0"):
        return True
    return payload.startswith(b"JFIF\0") and len(payload) > 14 and payload[12] * payload[13] > 0


def _said_by_exif(tiff: bytes) -> list[tuple[Kind, str]]:
    exif = _read_exif(tiff)
    if exif is None:
        return [(Kind.PICTURE_METADATA, "无法解读的 EXIF")]
    said = []
    camera = [str(exif.get(tag, "")).strip("\0 ") for tag in (ExifTags.Base.Make, ExifTags.Base.Model)]
    taken = str(exif.get(ExifTags.Base.DateTime, ""))
    if set(exif) - {_ORIENTATION, int(ExifTags.IFD.GPSInfo)}:
        said.append((Kind.PICTURE_METADATA, " ".join(each for each in (*camera, taken) if each)))
    if place := _place(exif):
        said.append((Kind.LOCATION, place))
    if exif.get_ifd(ExifTags.IFD.IFD1):
        said.append((Kind.THUMBNAIL, "EXIF 缩略图"))
    return said


def _read_exif(tiff: bytes) -> Image.Exif | None:
    """None when it is no EXIF that can be read; then it goes as a whole."""
    exif = Image.Exif()
    try:
        exif.load(_EXIF + tiff)
        exif.get_ifd(ExifTags.IFD.IFD1)
    except (SyntaxError, ValueError, KeyError, OSError, struct.error, TypeError):
        return None
    return exif


def _place(exif: Image.Exif) -> str:
    """Latitude and longitude in degrees; the bare fact when they cannot be read; empty without a place."""
    if ExifTags.IFD.GPSInfo not in exif:
        return ""
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    try:
        north, east = (
            sum(float(part) / 60**power for power, part in enumerate(gps[tag]))
            for tag in (ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLongitude)
        )
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return "含有 GPS 信息"
    return f"{gps.get(ExifTags.GPS.GPSLatitudeRef, '')}{north:.5f} {gps.get(ExifTags.GPS.GPSLongitudeRef, '')}{east:.5f}"


def _clean_jpeg(data: bytes, kinds: frozenset[Kind]) -> bytes:
    segments, trailing = jpeg_segments(data)
    kept = b"".join(_cleaned(segment, kinds) for segment in segments)
    return kept if Kind.TRAILING_DATA in kinds else kept + trailing


def _cleaned(segment: Segment, kinds: frozenset[Kind]) -> bytes:
    """The segment without these kinds; empty when nothing is left."""
    payload = segment.payload
    if segment.marker == _APP1 and payload.startswith(_EXIF):
        return _cleaned_exif(segment, kinds)
    if segment.marker == _APP0 and Kind.THUMBNAIL in kinds and _jfif_thumbnail(payload):
        return b"" if payload.startswith(b"JFXX\0") else _segment(_APP0, payload[:12] + b"\0\0")
    said = {kind for kind, _ in _said_by(segment)}
    return b"" if said and said <= kinds else segment.raw


def _cleaned_exif(segment: Segment, kinds: frozenset[Kind]) -> bytes:
    tiff = segment.payload[len(_EXIF) :]
    said = {kind for kind, _ in _said_by_exif(tiff)}
    exif = _read_exif(tiff)
    if not said & kinds:
        return segment.raw
    if exif is None:
        return b""
    if Kind.PICTURE_METADATA in kinds:
        gps = {} if Kind.LOCATION in kinds else exif.get_ifd(ExifTags.IFD.GPSInfo)
        exif = _only(exif.get(_ORIENTATION), gps)
    elif Kind.LOCATION in kinds:
        exif.get_ifd(ExifTags.IFD.Exif)  # read what hangs below before it is written again
        del exif[ExifTags.IFD.GPSInfo]
    if not exif:
        return b""
    # Pillow writes no thumbnail: one that is not to go would go along, and is the lesser loss.
    return _segment(_APP1, exif.tobytes())


def _only(orientation: object, gps: dict[int, object]) -> Image.Exif:
    exif = Image.Exif()
    if isinstance(orientation, int) and 1 < orientation <= 8:
        exif[_ORIENTATION] = orientation
    if gps:
        exif[ExifTags.IFD.GPSInfo] = gps
    return exif


def _segment(marker: int, payload: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(payload) + 2) + payload


# PNG


def _inspect_png(data: bytes, found: Found, where: str) -> None:
    chunks, trailing = png_chunks(data)
    for chunk in chunks:
        for kind, excerpt in _said_by_chunk(chunk):
            found.add(kind, where, excerpt)
    if trailing.strip(b"\0\r\n "):
        found.add(Kind.TRAILING_DATA, where, f"{len(trailing)} 字节")


def _said_by_chunk(chunk: Chunk) -> list[tuple[Kind, str]]:
    if chunk.kind in _TEXT_CHUNKS:
        if chunk.payload.startswith(_XMP_KEYWORD):
            return [(Kind.PICTURE_METADATA, "XMP")]
        encoding = "utf-8" if chunk.kind == b"iTXt" else "latin-1"
        shown = chunk.payload if chunk.kind != b"zTXt" else chunk.payload.partition(b"\0")[0]
        return [(Kind.PICTURE_TEXT, shown.replace(b"\0", b" ").decode(encoding, "replace"))]
    if chunk.kind == b"tIME":
        return [(Kind.PICTURE_METADATA, "修改时间")]
    if chunk.kind == b"eXIf":
        return _said_by_exif(chunk.payload)
    return []


def _clean_png(data: bytes, kinds: frozenset[Kind]) -> bytes:
    chunks, trailing = png_chunks(data)
    kept = PNG_SIGNATURE + b"".join(_cleaned_chunk(chunk, kinds) for chunk in chunks)
    return kept if Kind.TRAILING_DATA in kinds else kept + trailing


def _cleaned_chunk(chunk: Chunk, kinds: frozenset[Kind]) -> bytes:
    said = {kind for kind, _ in _said_by_chunk(chunk)}
    if not said & kinds:
        return chunk.raw
    if chunk.kind != b"eXIf":
        return b""
    segment = Segment(_APP1, _segment(_APP1, _EXIF + chunk.payload))
    tiff = _cleaned_exif(segment, kinds)[4 + len(_EXIF) :]
    return _chunk(b"eXIf", tiff) if tiff else b""


def _chunk(kind: bytes, payload: bytes) -> bytes:
    return struct.pack(">I", len(payload)) + kind + payload + struct.pack(">I", zlib.crc32(kind + payload))

"""JPEG segments and PNG chunks, as pieces of the original bytes: nothing is decoded.

Source: ITU-T T.81 (JPEG), Annex B; W3C PNG Specification (third edition), 5.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"

_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_RESTARTS = range(0xD0, 0xD8)
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


class BadPicture(ValueError):
    """The pieces do not fit together."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A JPEG marker with what follows it, ``raw``; a scan holds its compressed data too."""

    marker: int
    raw: bytes

    @property
    def payload(self) -> bytes:
        """After the marker and the length."""
        return self.raw[4:]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A PNG chunk; ``raw`` with length and checksum."""

    kind: bytes
    raw: bytes

    @property
    def payload(self) -> bytes:
        """Between the name and the checksum."""
        return self.raw[8:-4]


def jpeg_segments(data: bytes) -> tuple[tuple[Segment, ...], bytes]:
    """The segments from start to end of the image, and whatever comes after the end.

    Raises:
        BadPicture: cut off, or no marker where one must be.
    """
    if data[:2] != b"\xff\xd8":
        raise BadPicture("no start")
    segments = [Segment(_SOI, data[:2])]
    at = 2
    while True:
        start = at
        while data[at : at + 2] == b"\xff\xff":  # fill bytes before a marker
            at += 1
        if at + 2 > len(data) or data[at] != 0xFF:
            raise BadPicture("no marker")
        marker = data[at + 1]
        if marker == _EOI:
            segments.append(Segment(_EOI, data[at : at + 2]))
            return tuple(segments), data[at + 2 :]
        if at + 4 > len(data):
            raise BadPicture("cut off")
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == _SOS:
            end = _end_of_scan(data, end)
        if end > len(data):
            raise BadPicture("cut off")
        segments.append(Segment(marker, data[at:end]))
        at = end
        if at <= start + 3:
            raise BadPicture("empty segment")


def _end_of_scan(data: bytes, at: int) -> int:
    """The place of the first marker after compressed data: not a stuffed 0xFF, not a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise BadPicture("scan without end")
        following = data[at + 1]
        if following == 0xFF:
            at += 1
        elif following == 0 or following in _RESTARTS:
            at += 2
        else:
            return at


def jpeg_size(segments: tuple[Segment, ...]) -> tuple[int, int]:
    """Width and height in pixels.

    Raises:
        BadPicture: no frame header.
    """
    for segment in segments:
        if segment.marker in _FRAMES and len(segment.payload) >= 5:
            height, width = struct.unpack_from(">HH", segment.payload, 1)
            return width, height
    raise BadPicture("no frame")


def png_chunks(data: bytes) -> tuple[tuple[Chunk, ...], bytes]:
    """The chunks to IEND, and whatever comes after it.

    Raises:
        BadPicture: cut off.
    """
    if not data.startswith(PNG_SIGNATURE):
        raise BadPicture("no signature")
    chunks: list[Chunk] = []
    at = len(PNG_SIGNATURE)
    while not chunks or chunks[-1].kind != b"IEND":
        if at + 12 > len(data):
            raise BadPicture("cut off")
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if end > len(data):
            raise BadPicture("cut off")
        chunks.append(Chunk(data[at + 4 : at + 8], data[at:end]))
        at = end
    return tuple(chunks), data[at:]


def png_size(chunks: tuple[Chunk, ...]) -> tuple[int, int]:
    """Width and height in pixels.

    Raises:
        BadPicture: the header is not first.
    """
    if not chunks or chunks[0].kind != b"IHDR" or len(chunks[0].payload) < 8:
        raise BadPicture("no header")
    width, height = struct.unpack_from(">II", chunks[0].payload)
    return width, height

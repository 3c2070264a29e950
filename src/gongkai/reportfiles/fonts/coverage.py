"""Which characters a font file can draw, read from its ``cmap`` table.

Source: OpenType 1.9, ``cmap``: format 12 (segmented coverage) and format 4 (segment mapping to deltas).
Limitations: one face per file; only Unicode subtables; a character mapped to glyph 0 counts as missing.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_UNICODE_SUBTABLES = ((3, 10), (0, 4), (0, 6), (3, 1), (0, 3))  # full repertoire first


class FontFileError(ValueError):
    """The file is no OpenType font with a Unicode ``cmap`` of format 4 or 12."""


def characters_of(font: bytes) -> frozenset[int]:
    """Code points the font has a glyph for; raises FontFileError."""
    try:
        table = _table(font, b"cmap")
        subtable = _subtable(table)
        reader = {12: _format_12, 4: _format_4}[struct.unpack_from(">H", subtable)[0]]
        return frozenset(code for code, glyph in reader(subtable) if glyph)
    except (struct.error, KeyError, IndexError) as error:
        raise FontFileError("no readable Unicode cmap in the font file") from error


def _table(font: bytes, tag: bytes) -> bytes:
    (count,) = struct.unpack_from(">4xH", font)
    for i in range(count):
        found, _, offset, length = struct.unpack_from(">4sLLL", font, 12 + 16 * i)
        if found == tag:
            return font[offset : offset + length]
    raise KeyError(tag)


def _subtable(table: bytes) -> bytes:
    (count,) = struct.unpack_from(">2xH", table)
    records = [struct.unpack_from(">HHL", table, 4 + 8 * i) for i in range(count)]
    offsets = {(platform, encoding): offset for platform, encoding, offset in records}
    best = next((key for key in _UNICODE_SUBTABLES if key in offsets), None)
    if best is None:
        raise KeyError("unicode")
    return table[offsets[best] :]


def _format_12(subtable: bytes) -> Iterator[tuple[int, int]]:
    (groups,) = struct.unpack_from(">L", subtable, 12)
    for i in range(groups):
        start, end, glyph = struct.unpack_from(">LLL", subtable, 16 + 12 * i)
        yield from ((code, glyph + code - start) for code in range(start, end + 1))


def _format_4(subtable: bytes) -> Iterator[tuple[int, int]]:
    (segments,) = struct.unpack_from(">H", subtable, 6)
    count = segments // 2
    ends = struct.unpack_from(f">{count}H", subtable, 14)
    starts = struct.unpack_from(f">{count}H", subtable, 16 + segments)
    deltas = struct.unpack_from(f">{count}H", subtable, 16 + 2 * segments)
    at_offsets = 16 + 3 * segments
    for i, (start, end, delta) in enumerate(zip(starts, ends, deltas, strict=True)):
        (offset,) = struct.unpack_from(">H", subtable, at_offsets + 2 * i)
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if offset:
                (glyph,) = struct.unpack_from(
                    ">H", subtable, at_offsets + 2 * i + offset + 2 * (code - start)
                )
            yield code, (glyph + delta) & 0xFFFF if glyph or not offset else 0

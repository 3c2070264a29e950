"""The names inside an OLE compound file (doc, xls, ppt, and the wrapper around an encrypted docx).

Only the directory is read; what is in the streams stays unread.

Source: [MS-CFB] Compound File Binary File Format, 2.2 (header), 2.3 (FAT), 2.6 (directory entries).
"""

from __future__ import annotations

import struct

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_END_OF_CHAIN = 0xFFFFFFFE
_ENTRY_BYTES = 128
_HEADER_FAT_SECTORS = 109
_MAX_DIRECTORY_SECTORS = 4096


class BadCompoundFile(ValueError):
    """The header or a chain of sectors leads nowhere."""


def entry_names(data: bytes) -> frozenset[str]:
    """The names of all storages and streams, as written.

    Raises:
        BadCompoundFile: cut off or corrupted.
    """
    if len(data) < 512 or not data.startswith(SIGNATURE):
        raise BadCompoundFile("header")
    shift: int = struct.unpack_from("<H", data, 30)[0]
    if shift not in {9, 12}:
        raise BadCompoundFile("sector size")
    size = 1 << shift
    fat = _fat(data, size)
    names: set[str] = set()
    sector: int = struct.unpack_from("<I", data, 48)[0]
    for _ in range(_MAX_DIRECTORY_SECTORS):
        if sector >= _END_OF_CHAIN:
            return frozenset(names)
        names.update(_names(_sector(data, sector, size)))
        if sector >= len(fat):
            raise BadCompoundFile("directory chain")
        sector = fat[sector]
    raise BadCompoundFile("directory chain does not end")


def _fat(data: bytes, size: int) -> list[int]:
    """The allocation table: for each sector the next one."""
    per_sector = size // 4
    places = list(struct.unpack_from(f"<{_HEADER_FAT_SECTORS}I", data, 76))
    sector, count = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, _MAX_DIRECTORY_SECTORS)):
        if sector >= _END_OF_CHAIN:
            break
        *more, sector = struct.unpack(f"<{per_sector}I", _sector(data, sector, size))
        places += more
    fat: list[int] = []
    for place in places:
        if place < _END_OF_CHAIN - 1:  # the rest is free or marks a table's own sectors
            fat += struct.unpack(f"<{per_sector}I", _sector(data, place, size))
    return fat


def _sector(data: bytes, number: int, size: int) -> bytes:
    start = (number + 1) * size
    sector = data[start : start + size]
    if len(sector) < size:
        raise BadCompoundFile("sector beyond the end")
    return sector


def _names(sector: bytes) -> list[str]:
    names = []
    for start in range(0, len(sector), _ENTRY_BYTES):
        length: int = struct.unpack_from("<H", sector, start + 64)[0]
        if 2 <= length <= 64:  # bytes with the final NUL
            names.append(sector[start : start + length - 2].decode("utf-16-le", "replace"))
    return names

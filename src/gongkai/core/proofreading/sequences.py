"""How often characters follow each other in official prose: counts of two and of three in a row.

Counted in laws and regulations, policy papers and official news of 27 million characters; only counts are kept, and
those of three under a 32-bit hash, so no text can be read from them. The file is made by ``tools/count_sequences.py``.

Layout of ``data/sequences.zz`` (zlib): twice a number of keys (uint32, little endian), the differences of the sorted
keys as four planes of bytes, and one byte a key, 8·log2(1 + count) rounded. Keys of two: first | second << 16. Keys of
three: the upper half of (first | second << 16 | third << 32) times 2^64/φ, modulo 2^64.
"""

from __future__ import annotations

import struct
import sys
import zlib
from array import array
from bisect import bisect_left
from functools import cache
from importlib import resources
from itertools import accumulate

_USUAL = 62  # two hundred times
THREE_TIMES = 16  # on the scale of the counts
_MULTIPLIER = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1


class Sequences:
    """The counts, on a scale of 8·log2(1 + count): 0 never, 13 twice, 35 twenty times, 80 a thousand times."""

    def __init__(self, packed: bytes) -> None:
        self._keys, counts, rest = _unpack(packed)
        self.pairs: dict[int, int] = dict(zip(self._keys, counts, strict=True))
        self._threes, self._three_counts, _ = _unpack(rest)
        self._by_first: dict[int, list[int]] = {}
        self._by_second: dict[int, list[int]] = {}
        self._after: dict[str, frozenset[str]] = {}
        self._before: dict[str, frozenset[str]] = {}
        # Most pairs of a text are among these; a small set stays in the processor's cache.
        self.usual = frozenset(key for key, count in self.pairs.items() if count >= _USUAL)

    def pair(self, first: str, second: str) -> int:
        """How often two characters follow each other."""
        return self.pairs.get(ord(first) | ord(second) << 16, 0)

    def three(self, first: str, second: str, third: str) -> int:
        """How often three characters follow each other; by the hash, one in five thousand is a wrong answer."""
        key = ord(first) | ord(second) << 16 | ord(third) << 32
        hashed = (key * _MULTIPLIER & _MASK) >> 32
        at = bisect_left(self._threes, hashed)
        return self._three_counts[at] if at < len(self._threes) and self._threes[at] == hashed else 0

    def after(self, first: str) -> frozenset[str]:
        """What follows a character three times or more."""
        known = self._after.get(first)
        if known is None:
            codes = self._neighbours()[0].get(ord(first), ())
            known = self._after[first] = frozenset(map(chr, codes))
        return known

    def before(self, second: str) -> frozenset[str]:
        """What precedes a character three times or more."""
        known = self._before.get(second)
        if known is None:
            codes = self._neighbours()[1].get(ord(second), ())
            known = self._before[second] = frozenset(map(chr, codes))
        return known

    def _neighbours(self) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
        if not self._by_first:
            for key, count in self.pairs.items():
                if count >= THREE_TIMES:
                    self._by_first.setdefault(key & 0xFFFF, []).append(key >> 16)
                    self._by_second.setdefault(key >> 16, []).append(key & 0xFFFF)
        return self._by_first, self._by_second


def _unpack(packed: bytes) -> tuple[array[int], bytes, bytes]:
    (number,) = struct.unpack_from("<I", packed)
    planes = packed[4 : 4 + 4 * number]
    differences = bytearray(4 * number)
    for plane in range(4):
        differences[plane::4] = planes[plane * number : (plane + 1) * number]
    deltas = array("I")
    deltas.frombytes(bytes(differences))
    if sys.byteorder == "big":
        deltas.byteswap()
    end = 4 + 4 * number
    return array("I", accumulate(deltas)), packed[end : end + number], packed[end + number :]


@cache
def sequences() -> Sequences:
    """The counts of this package, read once."""
    data = (resources.files(__package__) / "data" / "sequences.zz").read_bytes()
    return Sequences(zlib.decompress(data))

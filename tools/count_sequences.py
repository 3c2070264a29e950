"""Make ``sequences.zz`` of the context check from a folder of texts: ``python tools/count_sequences.py FOLDER OUT``.

FOLDER holds UTF-8 texts of official prose (laws and regulations, policy papers, official news). Lines that repeat count
once. Only counts of two and three characters in a row are kept; see ``core/proofreading/sequences.py`` for the layout.
Memory: about 120 bytes for every distinct sequence, 1 GB for 27 million characters.
"""

from __future__ import annotations

import re
import struct
import sys
import zlib
from array import array
from collections import Counter
from itertools import pairwise
from math import log2
from pathlib import Path

USED = re.compile("[一-鿿，。、；：“”《》（）？！]{2,}")
MULTIPLIER = 0x9E3779B97F4A7C15
TWICE, THREE_TIMES = 2, 3


def scale(count: int) -> int:
    """8·log2(1 + count), in a byte."""
    return min(255, round(8 * log2(1 + count)))


def hashed(three: str) -> int:
    """The key of three characters."""
    key = ord(three[0]) | ord(three[1]) << 16 | ord(three[2]) << 32
    return (key * MULTIPLIER & (1 << 64) - 1) >> 32


def packed(counts: dict[int, int]) -> bytes:
    """Sorted keys as differences in four planes of bytes, then the counts."""
    keys = sorted(counts)
    differences = array("I", [key - before for before, key in zip([0, *keys], keys, strict=False)]).tobytes()
    planes = b"".join(differences[plane::4] for plane in range(4))
    return struct.pack("<I", len(keys)) + planes + bytes(counts[key] for key in keys)


def count(folder: Path) -> tuple[Counter[str], Counter[str]]:
    """Sequences of two and of three."""
    seen: set[int] = set()
    twos: Counter[str] = Counter()
    threes: Counter[str] = Counter()
    for path in sorted(folder.rglob("*")):
        if path.suffix not in {".txt", ".md"}:
            continue
        for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
            if hash(line) in seen:
                continue
            seen.add(hash(line))
            for run in USED.findall(line):
                twos.update(map("".join, pairwise(run)))
                threes.update(map("".join, zip(run, run[1:], run[2:], strict=False)))
    return twos, threes


def main() -> None:
    """Read the folder, write the file."""
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    twos, threes = count(folder)
    pairs = {ord(two[0]) | ord(two[1]) << 16: scale(n) for two, n in twos.items() if n >= TWICE}
    triples: dict[int, int] = {}
    for three, n in threes.items():
        if n >= THREE_TIMES:
            key = hashed(three)
            triples[key] = max(triples.get(key, 0), scale(n))
    out.write_bytes(zlib.compress(packed(pairs) + packed(triples), 9))
    print(f"{len(pairs)} of two, {len(triples)} of three, {out.stat().st_size} bytes")


if __name__ == "__main__":
    main()

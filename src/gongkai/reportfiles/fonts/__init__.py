"""The vendored fonts: where they are and which characters they can draw (origin and licences: README.md)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from gongkai.reportfiles.fonts.coverage import characters_of

FOLDER = Path(__file__).parent

# Family names as typst and CSS know them.
SERIF = "Noto Serif CJK SC"  # 宋体; bold stands in for 小标宋
SANS = "Noto Sans CJK SC"  # 黑体
FANGSONG = "FandolFang"  # 仿宋
KAITI = "FandolKai"  # 楷体


@cache
def drawable() -> frozenset[int]:
    """Code points that the faces together can draw: text falls back from 仿宋 and 楷体 to 宋体."""
    return frozenset().union(*(characters_of(path.read_bytes()) for path in sorted(FOLDER.glob("*.otf"))))


def missing(text: str) -> tuple[str, ...]:
    """Characters of a text that no face can draw, each once, in order of appearance."""
    known = drawable()
    return tuple(dict.fromkeys(char for char in text if ord(char) not in known and not char.isspace()))

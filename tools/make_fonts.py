"""Rebuild the vendored fonts: subsets for papers in simplified Chinese.

    python tools/make_fonts.py --noto /usr/share/fonts/opentype/noto --fandol DIR

``--noto`` is a folder with the Noto CJK collections (Debian: fonts-noto-cjk, fonts-noto-cjk-extra),
``--fandol`` one with the Fandol fonts (Debian: texlive-lang-chinese; CTAN: fonts/fandol).
Needs fontTools (the ``bench`` extra). The same inputs give the same bytes: no table is time-stamped.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
DESTINATION = ROOT / "src/gongkai/reportfiles/fonts"
CHARACTERS = Path(__file__).with_name("font_characters.txt")

# Position of the simplified Chinese face in every Noto CJK collection (JP, KR, SC, TC, HK).
SIMPLIFIED_CHINESE = 2
MODIFIED = "Modified for gongkai: reduced to a subset of its characters, hints removed (2026)."


@dataclass(frozen=True)
class Face:
    """One vendored face: output name, folder argument, source file and its position in a collection."""

    output: str
    origin: str
    source: str
    number: int = -1


FACES = (
    Face("NotoSerifCJKsc-Regular.otf", "noto", "NotoSerifCJK-Regular.ttc", SIMPLIFIED_CHINESE),
    Face("NotoSerifCJKsc-Bold.otf", "noto", "NotoSerifCJK-Bold.ttc", SIMPLIFIED_CHINESE),
    # 黑体 of official papers is heavier than Regular and lighter than Bold; one weight serves both uses.
    Face("NotoSansCJKsc-Medium.otf", "noto", "NotoSansCJK-Medium.ttc", SIMPLIFIED_CHINESE),
    Face("FandolFang-Regular.otf", "fandol", "FandolFang-Regular.otf"),
    Face("FandolKai-Regular.otf", "fandol", "FandolKai-Regular.otf"),
)


def gb2312() -> set[str]:
    """Every character of GB 2312-80, taken from Python's own codec."""
    found = set()
    for high in range(0xA1, 0xFF):
        for low in range(0xA1, 0xFF):
            try:
                found.add(bytes([high, low]).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return found


def wanted_characters() -> set[str]:
    """ASCII, GB 2312 and the list beside this script."""
    listed = "".join(
        line for line in CHARACTERS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    )
    return {chr(code) for code in range(0x20, 0x7F)} | {"\u00a0"} | gb2312() | set(listed)


def reduce_face(source: Path, number: int, characters: set[str], target: Path) -> int:
    """Write the subset and return how many characters it can draw."""
    font = TTFont(source, fontNumber=number, lazy=True, recalcTimestamp=False)
    options = subset.Options()
    # Papers are printed or read at high resolution: hints would be a third of the size for no gain.
    options.hinting = False
    options.layout_features = []
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE", "GPOS", "GSUB"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=map(ord, characters))
    subsetter.subset(font)
    _name_by_family(font)
    _mark_as_modified(font)
    font.save(target)
    return len(TTFont(target, lazy=True).getBestCmap())


def _name_by_family(font: TTFont) -> None:
    """Put the typographic family (name 16) first: typst would call FandolFang “FandolFang R”."""
    family = font["name"].getDebugName(16)
    if family:
        font["name"].setName(family, 1, 3, 1, 0x409)


def _mark_as_modified(font: TTFont) -> None:
    """Say in the font itself that it was changed, as GPL 3 section 5(a) asks; harmless for the others."""
    names = font["name"]
    before = names.getDebugName(10)
    text = f"{before} {MODIFIED}" if before else MODIFIED
    names.setName(text, 10, 3, 1, 0x409)


def main() -> None:
    """Rebuild every face and print its size and coverage."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--noto", type=Path, required=True, help="folder with NotoSerifCJK-Regular.ttc …")
    parser.add_argument("--fandol", type=Path, required=True, help="folder with FandolFang-Regular.otf …")
    parser.add_argument("--out", type=Path, default=DESTINATION)
    options = parser.parse_args()
    folders = {"noto": options.noto, "fandol": options.fandol}
    characters = wanted_characters()
    for face in FACES:
        target = options.out / face.output
        count = reduce_face(folders[face.origin] / face.source, face.number, characters, target)
        print(f"{face.output}: {count} of {len(characters)} characters, {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

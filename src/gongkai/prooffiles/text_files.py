"""Plain text and Markdown: bytes to characters; a place is a line."""

from __future__ import annotations

import codecs

from gongkai.prooffiles.errors import Unreadable
from gongkai.prooffiles.extract import Extract, Place
from gongkai.prooffiles.limits import MAX_CHARACTERS, MAX_TEXT_BYTES

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WORST = 0.002  # share of characters that may be lost before the encoding is called unknown
_MANY_LINES = 200_000


def decoded(data: bytes, name: str) -> tuple[str, str]:
    """The text and the encoding it was in; line breaks become ``\\n``.

    Raises:
        Unreadable: over the cap, or in no encoding that gives text.
    """
    if len(data) > MAX_TEXT_BYTES:
        raise Unreadable(
            name, f"文字有 {len(data) // 2**20} MB，超过 {MAX_TEXT_BYTES // 2**20} MB，请拆分后再校对。"
        )
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lines(data.decode(encoding, "replace")), encoding
    for encoding in ("utf-8", "gb18030"):
        try:
            return _lines(data.decode(encoding)), encoding
        except UnicodeDecodeError:
            continue
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") > _WORST * len(text):
        raise Unreadable(name, "文字编码无法识别（不是 UTF-8 或 GB18030），请另存为 UTF-8 后再校对。")
    return _lines(text), "utf-8"


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_text(data: bytes, name: str, *, is_markdown: bool = False) -> Extract:
    """The text as it stands in the file.

    Raises:
        Unreadable: no text, binary content, or too long.
    """
    text, _ = decoded(data, name)
    if "\x00" in text[:4096]:
        raise Unreadable(name, "内容不是文字，请确认选对了文件。")
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(name, f"文字有 {len(text)} 字，超过 {MAX_CHARACTERS} 字，请拆分后再校对。")
    return Extract(text, tuple(_places(text)), is_markdown)


def _places(text: str) -> list[Place]:
    places = []
    start = 0
    for number in range(1, _MANY_LINES):
        places.append(Place(start, f"第 {number} 行"))
        start = text.find("\n", start) + 1
        if not start:
            break
    return places

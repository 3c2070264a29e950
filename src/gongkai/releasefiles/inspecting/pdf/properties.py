"""Document properties of a PDF, in its three places, and what was saved before.

Source: ISO 32000-1, 14.3.3 (information dictionary), 14.3.2 (XMP), 14.5 (private data), 7.5.6 (incremental updates:
a file saved by appending still holds every earlier state of itself).
"""

from __future__ import annotations

import re

import pikepdf

from gongkai.releasefiles.inspecting.findings import Found, Kind
from gongkai.releasefiles.pdf_objects import beginning, dictionaries, text

_IMPERSONAL = frozenset({"/Title", "/Producer", "/Creator", "/CreationDate", "/ModDate", "/Trapped"})
_NAMES = {"/Author": "作者", "/Subject": "主题", "/Keywords": "关键词", "/Company": "单位"}
_HIDDEN_DATA = ("/Metadata", "/PieceInfo")
_TAG = re.compile(r"<[^>]*>")


def inspect_properties(document: pikepdf.Pdf, data: bytes, found: Found) -> None:
    """Add properties, XMP, private data and earlier states."""
    info = document.trailer.get("/Info")
    if isinstance(info, pikepdf.Dictionary):
        for key in info.keys():  # noqa: SIM118 - an Object iterates over values
            if key not in _IMPERSONAL and (value := text(info[key]).strip()):
                found.add(Kind.PROPERTIES, _NAMES.get(key, f"属性 {key[1:]}"), value)
    for each in dictionaries(document):
        if isinstance(metadata := each.get("/Metadata"), pikepdf.Stream):
            words = _TAG.sub(" ", beginning(metadata, 16_384).decode("utf-8", "replace"))
            found.add(Kind.PROPERTIES, "XMP 元数据", words)
        if "/PieceInfo" in each:
            found.add(Kind.PROPERTIES, "编辑软件的私有数据")
    if earlier := _earlier_states(document, data):
        found.add(Kind.EARLIER_STATES, "文件末尾", f"保存过 {earlier} 次，旧内容仍在文件里")


def clean_properties(document: pikepdf.Pdf) -> None:
    """Keep the title, take the rest."""
    info = document.trailer.get("/Info")
    if isinstance(info, pikepdf.Dictionary):
        title = info.get("/Title")
        del document.docinfo
        if title is not None:
            document.docinfo["/Title"] = title
    for each in list(dictionaries(document)):
        for key in _HIDDEN_DATA:
            if key in each:
                del each[key]


def _earlier_states(document: pikepdf.Pdf, data: bytes) -> int:
    """How often the file was saved by appending to it."""
    sections = data.count(b"startxref")
    return max(sections - (2 if document.is_linearized else 1), 0) if sections else 0

"""Bytes of a page to text: the declared encoding, else UTF-8, else GB 18030; never an error."""

from __future__ import annotations

import codecs
import re

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,30})", re.IGNORECASE)
_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030"}


def decoded(body: bytes, content_type: str) -> str:
    """The text, with marks of replacement where bytes make no character."""
    names = [
        found[1].decode("ascii").lower()
        for found in (
            _CHARSET.search(content_type.encode("latin-1", "replace")),
            _CHARSET.search(body[:4096]),
        )
        if found
    ]
    if body.startswith(codecs.BOM_UTF8):
        names.insert(0, "utf-8-sig")
    for name in (*names, "utf-8", "gb18030"):
        try:
            return body.decode(_CHINESE.get(name, name))
        except (LookupError, UnicodeError):
            continue
    return body.decode("utf-8", "replace")

"""Plain text: whatever decodes and has no control characters; web pages and XML are not plain text."""

from __future__ import annotations

import codecs

from gongkai.releasefiles.errors import UploadRefused
from gongkai.releasefiles.file_types import FileType

_WHITE = frozenset("\t\n\r\f")
_MARKUP = ("<!doctype", "<html", "<head", "<body", "<script", "<svg", "<?xml", "<?php", "<%")
_UNKNOWN = "无法识别文件内容，不予接收。请上传 PDF、Office 文档、OFD、JPEG、PNG 或纯文本。"


def screen_text(data: bytes) -> FileType:
    """TXT, when it is text in UTF-8, UTF-16 with its mark, or GB18030.

    Raises:
        UploadRefused: no text, or text that a browser would run.
    """
    text = _decoded(data)
    if text is None or any(not _may_stand(character) for character in text):
        raise UploadRefused(_UNKNOWN)
    if text.lstrip().lower().startswith(_MARKUP):
        raise UploadRefused("内容是网页、XML 或脚本，不是纯文本，不予接收。请打印或另存为 PDF 后上传。")
    return FileType.TXT


def _decoded(data: bytes) -> str | None:
    encodings = ("utf-8-sig", "gb18030")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ("utf-16",) * 2
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _may_stand(character: str) -> bool:
    return character in _WHITE or (character >= " " and not "\x7f" <= character < "\xa0")

"""The kinds of file that are taken in and let out.

OLE stands for the three binary Office formats before 2007 (doc, xls, ppt and what WPS writes in them): kept
because many offices still send them, but not inspected. OFD: GB/T 33190-2016.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

_OOXML = "application/vnd.openxmlformats-officedocument."


class FileType(StrEnum):
    """A kind of file, decided by its content; the value is what is stored."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    OLE = "ole"
    OFD = "ofd"
    JPEG = "jpeg"
    PNG = "png"
    TXT = "txt"

    @property
    def content_type(self) -> str:
        """The media type to serve it with."""
        return _ABOUT[self].content_type

    @property
    def extension(self) -> str:
        """The usual name ending, with its dot. For OLE prefer the ending of the name it came with."""
        return _ABOUT[self].extensions[0]

    @property
    def extensions(self) -> tuple[str, ...]:
        """Every name ending that is right for this content, with dots."""
        return _ABOUT[self].extensions

    @property
    def label(self) -> str:
        """What a clerk calls it."""
        return _ABOUT[self].label


@dataclass(frozen=True, slots=True)
class _About:
    content_type: str
    extensions: tuple[str, ...]
    label: str


_ABOUT = {
    FileType.PDF: _About("application/pdf", (".pdf",), "PDF 文件"),
    FileType.DOCX: _About(_OOXML + "wordprocessingml.document", (".docx",), "Word 文档（docx）"),
    FileType.XLSX: _About(_OOXML + "spreadsheetml.sheet", (".xlsx",), "Excel 表格（xlsx）"),
    FileType.PPTX: _About(_OOXML + "presentationml.presentation", (".pptx", ".ppsx"), "演示文稿（pptx）"),
    FileType.OLE: _About(
        "application/x-ole-storage",
        (".doc", ".xls", ".ppt", ".wps", ".et", ".dps"),
        "旧格式 Office 文件（doc、xls、ppt）",
    ),
    FileType.OFD: _About("application/ofd", (".ofd",), "OFD 版式文件"),
    FileType.JPEG: _About("image/jpeg", (".jpg", ".jpeg", ".jpe"), "JPEG 图片"),
    FileType.PNG: _About("image/png", (".png",), "PNG 图片"),
    FileType.TXT: _About("text/plain", (".txt",), "纯文本（txt）"),
}

"""What kind of file is it, by its content; the name's ending only has to agree."""

from __future__ import annotations

import re

from gongkai.reportfiles.errors import Encrypted, WrongType

# Endings that promise a kind which cannot be mistaken for another by its first bytes.
_PROMISES = {".pdf": "pdf", ".docx": "docx", ".xlsx": "xlsx", ".docm": "docx", ".xlsm": "xlsx"}
_TEXT_ENDINGS = frozenset(
    {".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".shtml", ".json", ".csv"}
)
_NAMES = {
    "pdf": "PDF",
    "docx": "Word 文档（docx）",
    "xlsx": "Excel 工作簿（xlsx）",
    "html": "网页（html）",
    "json": "JSON",
    "txt": "纯文本",
}
_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "图片（PNG），请先做文字识别，或改用 Word、网页版本。"),
    (b"\xff\xd8\xff", "图片（JPEG），请先做文字识别，或改用 Word、网页版本。"),
    (b"GIF8", "图片（GIF），请先做文字识别，或改用 Word、网页版本。"),
    (b"II*\x00", "图片（TIFF），请先做文字识别，或改用 Word、网页版本。"),
    (b"MM\x00*", "图片（TIFF），请先做文字识别，或改用 Word、网页版本。"),
    (b"BM", "图片（BMP），请先做文字识别，或改用 Word、网页版本。"),
    (b"{\\rtf", "RTF 文档，请用 Word 另存为 docx 再读取。"),
    (b"Rar!", "压缩包（rar），请解压后读取其中的报告。"),
    (b"7z\xbc\xaf", "压缩包（7z），请解压后读取其中的报告。"),
    (b"\x1f\x8b", "压缩包（gz），请解压后读取其中的报告。"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|body|table|div|meta|p|h[1-6]|center|span|font)\b", re.I
)
_MHTML = re.compile(rb"^(?:MIME-Version|From|Content-Type):.{0,400}multipart/related", re.I | re.S)
_HEAD = 4096


def kind_of(data: bytes, name: str) -> str:
    """One of ``pdf zip html json txt`` (a zip is looked into by its reader).

    Raises:
        WrongType: a kind that is not read, or not the one the name promises.
        Encrypted: an Office file under a password.
    """
    kind = _by_content(data, name)
    ending = ending_of(name)
    if kind != "zip":
        require_promised(kind, name)
    elif ending in _TEXT_ENDINGS or ending == ".pdf":
        raise WrongType(name, f"文件名是 {ending}，内容却是压缩格式的文档，请核对文件。")
    return kind


def require_promised(kind: str, name: str) -> None:
    """Refuse content that is not what the name's ending says.

    Raises:
        WrongType: text may go under any text ending; every other kind only under its own or an unknown one.
    """
    ending = ending_of(name)
    promised = _PROMISES.get(ending)
    is_text = kind in {"html", "json", "txt"}
    if (promised is not None and promised != kind) or (ending in _TEXT_ENDINGS and not is_text):
        raise WrongType(name, f"文件名是 {ending}，内容却是{_NAMES[kind]}，请核对文件或改正文件名。")


def ending_of(name: str) -> str:
    """The lower-case ending with its dot, "" if there is none."""
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and stem and len(ending) <= 8 else ""


def _by_content(data: bytes, name: str) -> str:
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(_OLE):
        raise _ole_refusal(data, name)
    for mark, what in _REFUSED:
        if head.startswith(mark):
            raise WrongType(name, f"内容是{what}")
    bare = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if bare.startswith(b"{"):
        return "json"
    if _MHTML.match(bare):
        raise WrongType(name, "内容是单个文件网页（mht），请另存为 html 或 docx 再读取。")
    if b"<w:wordDocument" in head or b"<pkg:package" in head:
        raise WrongType(name, "内容是 Word 的 XML 格式，请另存为 docx 再读取。")
    if _HTML.search(head) or (bare.startswith(b"<") and _HTML.search(data[: 64 * 1024])):
        return "html"
    if b"<\x00h\x00t\x00m\x00l" in head.lower() or b"\x00<\x00h\x00t\x00m\x00l" in head.lower():
        return "html"
    return "txt"


def _ole_refusal(data: bytes, name: str) -> Exception:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Encrypted(name)
    if "Workbook".encode("utf-16-le") in data:
        return WrongType(name, "内容是旧版 Excel（xls），请另存为 xlsx 再读取。")
    return WrongType(name, "内容是旧版 Office 文档（doc 或 wps），请另存为 docx 再读取。")

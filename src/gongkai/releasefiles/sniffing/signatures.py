"""How a file begins, for those that are refused by their first bytes, and what to do instead.

Source: the formats' own specifications, as listed in IANA media type registrations; zip, rar and 7z from their
published format notes.
"""

from __future__ import annotations

ZIP = b"PK\x03\x04"
EMPTY_OR_SPLIT_ZIP = (b"PK\x05\x06", b"PK\x07\x08")
JPEG = b"\xff\xd8\xff"
PNG = b"\x89PNG\r\n\x1a\n"
PDF = b"%PDF-"
PDF_WITHIN = 1024  # readers accept the header anywhere in here (ISO 32000-1, Annex H.3, note 13)

_PROGRAMS = (
    (b"MZ", "Windows 程序"),
    (b"\x7fELF", "Linux 程序"),
    (b"#!", "脚本程序"),
    (b"\xfe\xed\xfa\xce", "macOS 程序"),
    (b"\xfe\xed\xfa\xcf", "macOS 程序"),
    (b"\xce\xfa\xed\xfe", "macOS 程序"),
    (b"\xcf\xfa\xed\xfe", "macOS 程序"),
    (b"\xca\xfe\xba\xbe", "Java 或 macOS 程序"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "Windows 快捷方式"),
)
PROGRAM_ENDINGS = frozenset(
    {".exe", ".dll", ".com", ".scr", ".msi", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf"}
    | {".hta", ".lnk", ".jar", ".sh", ".py", ".reg", ".apk"}
)

_ARCHIVES = (
    (b"Rar!\x1a\x07", "rar 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    (b"\x1f\x8b", "gz 压缩包"),
    (b"BZh", "bz2 压缩包"),
    (b"\xfd7zXZ\x00", "xz 压缩包"),
    (b"MSCF", "cab 压缩包"),
)

# What it is, and what to save it as.
_OTHERS = (
    (b"GIF8", "GIF 图片", "请另存为 JPEG 或 PNG 后上传"),
    (b"II*\x00", "TIFF 图片", "请另存为 JPEG、PNG 或 PDF 后上传"),
    (b"MM\x00*", "TIFF 图片", "请另存为 JPEG、PNG 或 PDF 后上传"),
    (b"{\\rtf", "RTF 文档", "请另存为 docx 或 PDF 后上传"),
    (b"%!PS", "PostScript 文件", "请另存为 PDF 后上传"),
)


def program(data: bytes) -> str:
    """What kind of program it starts as; empty when none."""
    return next((label for start, label in _PROGRAMS if data.startswith(start)), "")


def archive(data: bytes) -> str:
    """What kind of archive other than zip it starts as; empty when none."""
    return next((label for start, label in _ARCHIVES if data.startswith(start)), "")


def known_but_not_taken(data: bytes) -> tuple[str, str] | None:
    """The label and the advice for a kind of file that is known and not taken."""
    for start, label, advice in _OTHERS:
        if data.startswith(start):
            return label, advice
    if data[4:8] == b"ftyp":
        if data[8:12] in {b"heic", b"heix", b"heim", b"mif1", b"msf1", b"avif"}:
            return "HEIC 图片", "请在手机上把照片导出为 JPEG（“最兼容”格式）后上传"
        return "视频或音频", "请刻录光盘或另行提交"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WebP 图片", "请另存为 JPEG 或 PNG 后上传"
    # Two letters alone also begin many texts; a bitmap gives its own size next.
    if data.startswith(b"BM") and len(data) > 26 and int.from_bytes(data[2:6], "little") == len(data):
        return "BMP 图片", "请另存为 JPEG 或 PNG 后上传"
    return None

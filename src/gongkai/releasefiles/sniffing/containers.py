"""Zip containers: which Office format or OFD, and nothing in them that runs, unfolds or points outside.

Source: ECMA-376, Part 2 (packages and content types); GB/T 33190-2016, 7 (OFD file structure).
"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.releasefiles.compound_files import SIGNATURE
from gongkai.releasefiles.errors import UploadRefused
from gongkai.releasefiles.file_types import FileType
from gongkai.releasefiles.packages import (
    MAX_TOTAL_BYTES,
    BadPackage,
    EncryptedPackage,
    Package,
    PackageTooLarge,
)
from gongkai.releasefiles.sniffing import signatures
from gongkai.releasefiles.sniffing.compound import holds_macros, holds_program
from gongkai.releasefiles.xml_parts import BadXML, DeclaresTypes, check_xml, parse_xml

_MAX_DEPTH = 2  # a table in a document, and a document in that
_CONTENT_TYPES = "[Content_Types].xml"
_MAIN = "application/vnd.openxmlformats-officedocument."
_BY_CONTENT_TYPE = {
    _MAIN + "wordprocessingml.document.main+xml": FileType.DOCX,
    _MAIN + "spreadsheetml.sheet.main+xml": FileType.XLSX,
    _MAIN + "presentationml.presentation.main+xml": FileType.PPTX,
    _MAIN + "presentationml.slideshow.main+xml": FileType.PPTX,
}
_MARKUP_ENDINGS = (".xml", ".rels", ".vml")
_MARKUP_STARTS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\x00<")
_HARD_ARCHIVES = ("rar", "7z", "cab")  # gz is how Office packs metafiles (emz, wmz)


@dataclass(slots=True)
class _Budget:
    """What may still be unpacked; shared by a container and those inside it."""

    bytes_left: int = MAX_TOTAL_BYTES
    depth: int = 0


def screen_container(data: bytes) -> FileType:
    """DOCX, XLSX, PPTX or OFD.

    Raises:
        UploadRefused: another zip, or one with something in it that is not kept.
    """
    return _screen(data, _Budget())


def _screen(data: bytes, budget: _Budget) -> FileType:
    package = _open(data, budget)
    found = _kind(package)
    _check_macros(package)
    for name, part in package.items():
        if _is_markup(name, part):
            _check_markup(name, part)
        else:
            _check_binary(name, part, budget)
    return found


def _open(data: bytes, budget: _Budget) -> Package:
    try:
        package = Package(data, limit_bytes=budget.bytes_left)
    except EncryptedPackage as error:
        raise UploadRefused("压缩包设有密码，不予接收。请解压后把里面的文件逐个上传。") from error
    except PackageTooLarge as error:
        raise UploadRefused(
            f"文件解压后超过 {MAX_TOTAL_BYTES // 2**20} MB 或压缩比异常，可能是压缩炸弹，不予接收。"
            "请用 Office 或 WPS 重新保存后再上传。"
        ) from error
    except BadPackage as error:
        raise UploadRefused("文件不完整或已损坏，无法打开，请重新保存或重新取得原件。") from error
    budget.bytes_left -= sum(len(part) for part in package.values())
    return package


def _kind(package: Package) -> FileType:
    if "OFD.xml" in package:
        return FileType.OFD
    if _CONTENT_TYPES not in package:
        if package.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument"):
            raise UploadRefused(
                "内容是 OpenDocument 文件（odt、ods、odp），请另存为 docx、xlsx、pptx 或 PDF 后上传。"
            )
        nested = any(part.startswith(signatures.ZIP) or signatures.archive(part) for part in package.values())
        inside = "，里面还套有压缩包" if nested else ""
        raise UploadRefused(f"内容是 zip 压缩包{inside}，不接收压缩包，请解压后把里面的文件逐个上传。")
    _check_markup(_CONTENT_TYPES, package[_CONTENT_TYPES])
    types = {
        element.get("ContentType", "").lower()
        for element in parse_xml(package[_CONTENT_TYPES]).iter("{*}Override", "{*}Default")
    }
    if any("macroenabled" in each or "macrosheet" in each or "vbaproject" in each for each in types):
        raise _macros()
    kinds = {kind for content_type, kind in _BY_CONTENT_TYPE.items() if content_type in types}
    if len(kinds) != 1:
        raise UploadRefused(
            "内容不是 Word 文档、Excel 表格或演示文稿，不予接收。模板等格式请另存为 docx、xlsx 或 pptx 后上传。"
        )
    return kinds.pop()


def _check_macros(package: Package) -> None:
    for name in package:
        last = name.lower().rpartition("/")[2]
        if last.startswith("vbaproject") and last.endswith(".bin"):
            raise _macros()


def _macros() -> UploadRefused:
    return UploadRefused("文件含有宏程序，不予接收。请另存为不含宏的 docx、xlsx、pptx 或 PDF 后上传。")


def _is_markup(name: str, part: bytes) -> bool:
    return name.lower().endswith(_MARKUP_ENDINGS) or part[:64].lstrip().startswith(_MARKUP_STARTS)


def _check_markup(name: str, part: bytes) -> None:
    try:
        check_xml(part)
    except DeclaresTypes as error:
        raise _declares_types(name) from error
    except BadXML as error:
        lowered = part.replace(b"\0", b"").lower()
        if b"<!doctype" in lowered or b"<!entity" in lowered:
            raise _declares_types(name) from error
        # Office itself writes drawings for comments (vml) that are no well-formed XML.
        if not name.lower().endswith(".vml"):
            raise UploadRefused(
                f"文件内部的“{name}”已损坏，无法读取，请用 Office 或 WPS 重新保存后再上传。"
            ) from error


def _declares_types(name: str) -> UploadRefused:
    return UploadRefused(
        f"文件内部的“{name}”带有 DTD 或外部实体声明，可能用于攻击，不予接收。请用 Office 或 WPS 重新保存后再上传。"
    )


def _check_binary(name: str, part: bytes, budget: _Budget) -> None:
    """Refuse programs, archives and macros among the embedded objects."""
    if signatures.program(part) or (part.startswith(SIGNATURE) and holds_program(part)):
        raise UploadRefused(f"文件中嵌有可执行程序（{name}），不予接收。请删除嵌入的对象后再上传。")
    if part.startswith(SIGNATURE) and holds_macros(part):
        raise UploadRefused(f"文件中嵌入的对象（{name}）含有宏程序，不予接收。请删除嵌入的对象后再上传。")
    if signatures.archive(part).startswith(_HARD_ARCHIVES):
        raise UploadRefused(f"文件中嵌有压缩包（{name}），不予接收。请取出后解压，把里面的文件逐个上传。")
    if not part.startswith(signatures.ZIP):
        return
    if budget.depth >= _MAX_DEPTH:
        raise UploadRefused(f"文件层层嵌套超过 {_MAX_DEPTH} 层（{name}），可能是压缩炸弹，不予接收。")
    budget.depth += 1
    try:
        _screen(part, budget)
    except UploadRefused as refusal:
        raise UploadRefused(f"文件中嵌入的“{name}”有问题：{refusal}") from refusal
    finally:
        budget.depth -= 1

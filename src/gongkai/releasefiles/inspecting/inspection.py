"""Inspect and clean any file that is taken in: the way from its kind to those who know it."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.releasefiles.errors import CannotInspect
from gongkai.releasefiles.file_types import FileType
from gongkai.releasefiles.inspecting.findings import Finding, Found, Kind
from gongkai.releasefiles.inspecting.ofd import clean_ofd, inspect_ofd
from gongkai.releasefiles.inspecting.office.excel import clean_excel, inspect_excel
from gongkai.releasefiles.inspecting.office.office_file import OfficeFile
from gongkai.releasefiles.inspecting.office.powerpoint import clean_powerpoint, inspect_powerpoint
from gongkai.releasefiles.inspecting.office.word import clean_word, inspect_word
from gongkai.releasefiles.inspecting.pdf.whole import clean_pdf, inspect_pdf
from gongkai.releasefiles.inspecting.pictures import clean_picture, inspect_picture
from gongkai.releasefiles.packages import BadPackage, Package
from gongkai.releasefiles.xml_parts import BadXML

_OFFICE: dict[
    FileType,
    tuple[Callable[[OfficeFile, Found], None], Callable[[OfficeFile, frozenset[Kind]], None]],
] = {
    FileType.DOCX: (inspect_word, clean_word),
    FileType.XLSX: (inspect_excel, clean_excel),
    FileType.PPTX: (inspect_powerpoint, clean_powerpoint),
}


def inspect(data: bytes, file_type: FileType) -> tuple[Finding, ...]:
    """Return what the file carries besides what its reader sees, ordered by kind.

    Raises:
        CannotInspect: damaged or locked; nothing was looked at.
    """
    found = Found()
    try:
        if file_type in _OFFICE:
            _OFFICE[file_type][0](_opened(data), found)
        elif file_type is FileType.PDF:
            inspect_pdf(data, found)
        elif file_type is FileType.OFD:
            inspect_ofd(Package(data), found)
        elif file_type in {FileType.JPEG, FileType.PNG}:
            inspect_picture(data, found, file_type.label)
        elif file_type is FileType.OLE:
            found.add(Kind.NOT_INSPECTED, "整个文件", "旧格式 Office 文件（doc、xls、ppt）的隐藏内容无法检查")
    except (BadPackage, BadXML, KeyError) as error:
        raise _damaged() from error
    return found.all()


def clean(data: bytes, file_type: FileType, kinds: frozenset[Kind]) -> bytes:
    """Return the file without the fixable ones among these kinds, and otherwise as it was.

    Raises:
        CannotInspect: damaged or locked; nothing was changed.
    """
    kinds = frozenset(kind for kind in kinds if kind.fixable)
    if not kinds:
        return data
    try:
        if file_type in _OFFICE:
            office = _opened(data)
            _OFFICE[file_type][1](office, kinds)
            return office.to_bytes() if office.changed else data
        if file_type is FileType.PDF:
            return clean_pdf(data, kinds)
        if file_type is FileType.OFD:
            return clean_ofd(Package(data), kinds)
        if file_type in {FileType.JPEG, FileType.PNG}:
            return clean_picture(data, kinds)
    except (BadPackage, BadXML, KeyError) as error:
        raise _damaged() from error
    return data


def _opened(data: bytes) -> OfficeFile:
    office = OfficeFile(data)
    if not office.main:
        raise _damaged()
    return office


def _damaged() -> CannotInspect:
    return CannotInspect("文件不完整或已损坏，无法检查，请用 Office 或 WPS 重新保存后再试。")

"""OLE compound files: doc, xls, ppt; or a docx under a password; or something else that is stored that way."""

from __future__ import annotations

from gongkai.releasefiles.compound_files import BadCompoundFile, entry_names
from gongkai.releasefiles.errors import UploadRefused
from gongkai.releasefiles.file_types import FileType

_OFFICE = frozenset({"WordDocument", "Workbook", "Book", "PowerPoint Document"})
_MACROS = frozenset({"VBA", "_VBA_PROJECT", "_VBA_PROJECT_CUR", "Macros"})
_ENCRYPTED = frozenset({"EncryptedPackage", "EncryptionInfo"})
_DOS_STUB = b"This program cannot be run in DOS mode"


def screen_compound_file(data: bytes) -> FileType:
    """OLE, when it is an Office document without macros.

    Raises:
        UploadRefused: encrypted, with macros, damaged, or no Office document.
    """
    try:
        names = entry_names(data)
    except BadCompoundFile as error:
        raise UploadRefused(
            "旧格式 Office 文件不完整或已损坏，请重新取得原件，或另存为 docx、PDF。"
        ) from error
    if names & _ENCRYPTED:
        raise UploadRefused("Office 文件设有打开密码，请去掉密码（另存时清空密码）后再上传。")
    if holds_macros(data):
        raise UploadRefused("文件含有宏程序，不予接收。请另存为不含宏的 docx、xlsx、pptx 或 PDF 后上传。")
    if not names & _OFFICE:
        raise UploadRefused("内容不是能识别的 Office 文件，不予接收，请另存为 docx、xlsx 或 PDF 后上传。")
    if holds_program(data):
        raise UploadRefused("文件中嵌有可执行程序，不予接收。请删除嵌入的对象后再上传。")
    return FileType.OLE


def holds_macros(data: bytes) -> bool:
    """Does the compound file hold a VBA project? False when it cannot be read."""
    try:
        return bool(entry_names(data) & _MACROS)
    except BadCompoundFile:
        return False


def holds_program(data: bytes) -> bool:
    """Does a Windows program lie somewhere in it? Known by the message every one of them carries."""
    return _DOS_STUB in data

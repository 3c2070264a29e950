"""PDF: openable without a password, and nothing in it that runs.

Source: ISO 32000-1, 12.6.4.5 (launch actions), 12.6.4.16 (JavaScript actions), 7.11.4 (embedded files).
"""

from __future__ import annotations

from pathlib import PurePosixPath

import pikepdf

from gongkai.releasefiles.errors import UploadRefused
from gongkai.releasefiles.file_types import FileType
from gongkai.releasefiles.pdf_objects import BadPDF, LockedPDF, beginning, dictionaries, open_pdf, text
from gongkai.releasefiles.sniffing import signatures


def screen_pdf(data: bytes) -> FileType:
    """PDF.

    Raises:
        UploadRefused: locked, damaged, with scripts, launch actions or embedded programs.
    """
    try:
        with open_pdf(data) as document:
            for found in dictionaries(document):
                _check(found)
    except LockedPDF as error:
        raise UploadRefused("PDF 设有打开密码，请去掉密码后再上传。") from error
    except (BadPDF, pikepdf.PdfError, RuntimeError) as error:
        raise UploadRefused("PDF 不完整或已损坏，无法打开，请重新导出或重新取得原件。") from error
    return FileType.PDF


def _check(found: pikepdf.Object) -> None:
    action = found.get("/S")
    if action == pikepdf.Name.JavaScript or "/JS" in found:
        raise UploadRefused(
            "PDF 中含有 JavaScript 脚本，不予接收。请用“打印为 PDF”重新生成一份不含脚本的文件。"
        )
    if action == pikepdf.Name.Launch:
        raise UploadRefused("PDF 中含有启动外部程序的动作，不予接收。请用“打印为 PDF”重新生成。")
    if "/EF" in found:
        _check_embedded(found)


def _check_embedded(specification: pikepdf.Object) -> None:
    """Refuse a program among the embedded files, known by its name or its first bytes."""
    names = [text(specification.get(key)) for key in ("/UF", "/F")]
    endings = {PurePosixPath(name).suffix.lower() for name in names}
    files = specification["/EF"]
    streams = [files[key] for key in files.keys()] if isinstance(files, pikepdf.Dictionary) else []  # noqa: SIM118
    programs = [signatures.program(beginning(each)) for each in streams if isinstance(each, pikepdf.Stream)]
    if endings & signatures.PROGRAM_ENDINGS or any(programs):
        shown = next((name for name in names if name), "未命名")
        raise UploadRefused(f"PDF 的附件“{shown}”是可执行程序，不予接收。请删除这个附件后再上传。")

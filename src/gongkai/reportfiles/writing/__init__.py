"""Writing annual reports: html, docx, pdf, xlsx, json, txt, each a pure function from a report to bytes.

The same report gives the same bytes on every machine. A figure that the report does not say prints as an
empty cell, never as 0.
"""

from __future__ import annotations

import errno
import importlib
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from gongkai.core.annual_report import Report
from gongkai.reportfiles.writing.context import DEFAULT_CONTEXT, DocumentContext
from gongkai.reportfiles.writing.errors import (
    FORMATS,
    MissingGlyph,
    UnknownFormat,
    UnwritablePath,
    WritingError,
)

__all__ = [
    "FORMATS",
    "DocumentContext",
    "MissingGlyph",
    "UnknownFormat",
    "UnwritablePath",
    "WritingError",
    "render",
    "write_report",
]

# Loaded on first use: python-docx, XlsxWriter and typst are slow to import and most runs need one of them.
_WRITERS = {
    "html": ("web_page", "render_html"),
    "docx": ("word", "render_docx"),
    "pdf": ("pdf", "render_pdf"),
    "xlsx": ("workbook", "render_xlsx"),
    "json": ("exchange_file", "render_json"),
    "txt": ("plain_text", "render_txt"),
}

_CAUSES = {
    errno.ENOENT: "文件夹不存在",
    errno.ENOTDIR: "上级路径不是文件夹",
    errno.EACCES: "没有写入权限",
    errno.EPERM: "没有写入权限",
    errno.EROFS: "磁盘为只读",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.ENAMETOOLONG: "文件名过长",
}


def render(report: Report, fmt: str, *, context: DocumentContext | None = None) -> bytes:
    """One report as the bytes of a file.

    Args:
        fmt: one of ``FORMATS``.

    Raises:
        UnknownFormat: there is no such writer.
        MissingGlyph: (pdf) a character is in none of the vendored fonts.
    """
    if fmt not in _WRITERS:
        raise UnknownFormat(fmt)
    module_name, function_name = _WRITERS[fmt]
    module = importlib.import_module(f"{__name__}.{module_name}")
    write: Callable[[Report, DocumentContext], bytes] = getattr(module, function_name)
    return write(report, context or DEFAULT_CONTEXT)


def write_report(report: Report, path: Path | str, *, context: DocumentContext | None = None) -> None:
    """Write a report to a file whose suffix names the format; the file appears whole or not at all.

    Raises:
        UnknownFormat: no writer for this suffix.
        UnwritablePath: the folder is missing or refuses the file.
        MissingGlyph: as for ``render``.
    """
    target = Path(path)
    content = render(report, target.suffix.lower().removeprefix("."), context=context)
    _replace_whole(target, content)


def _replace_whole(target: Path, content: bytes) -> None:
    """Write beside the target and rename: a reader never sees half a file."""
    if target.is_dir():
        raise UnwritablePath(target, "该路径是文件夹")
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.chmod(temporary, _usual_mode())
        os.replace(temporary, target)
    except OSError as error:
        if temporary is not None:
            with suppress(OSError):
                os.unlink(temporary)
        raise UnwritablePath(target, _CAUSES.get(error.errno or 0, "系统拒绝写入")) from error


def _usual_mode() -> int:
    """The mode a new file would have: mkstemp makes private files, a published report is not private."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask

"""The two doors of the reader."""

from __future__ import annotations

from pathlib import Path

from gongkai.reportfiles.errors import EmptyFile, NotFound, TooLarge, WrongType
from gongkai.reportfiles.reading import docx_source, xlsx_source
from gongkai.reportfiles.reading.blocks import Document
from gongkai.reportfiles.reading.document import read_document
from gongkai.reportfiles.reading.html_source import read_html
from gongkai.reportfiles.reading.json_source import read_json
from gongkai.reportfiles.reading.kinds import kind_of, require_promised
from gongkai.reportfiles.reading.limits import MAX_FILE_BYTES
from gongkai.reportfiles.reading.result import ReadResult
from gongkai.reportfiles.reading.text_source import decode, read_text
from gongkai.reportfiles.reading.zipped import Package


def read_report(path: str | Path) -> ReadResult:
    """Read the report in a file.

    Raises:
        UnreadableReport: one of its subclasses; the message is one Chinese line.
    """
    file = Path(path)
    name = file.name or str(path)
    try:
        if not file.is_file():
            raise NotFound(name, "这是文件夹，请指定文件。" if file.is_dir() else "文件不存在，请核对路径。")
        size = file.stat().st_size
        if size > MAX_FILE_BYTES:
            raise TooLarge(
                name, f"文件有 {size // 2**20} MB，超过 {MAX_FILE_BYTES // 2**20} MB，不是年度报告。"
            )
        data = file.read_bytes()
    except (OSError, ValueError) as error:
        raise NotFound(name, "文件无法打开，请核对路径和读取权限。") from error
    return read_bytes(data, name)


def read_bytes(data: bytes, name: str) -> ReadResult:
    """Read the report in ``data``; ``name`` is the file name, for its ending and for messages.

    Raises:
        UnreadableReport: one of its subclasses; the message is one Chinese line.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise EmptyFile(name)
    kind = kind_of(data, name)
    if kind == "json":
        return read_json(decode(data, name), name)
    return read_document(_document(kind, data, name), name)


def _document(kind: str, data: bytes, name: str) -> Document:
    if kind == "zip":
        return _office(Package(data, name), name)
    if kind == "pdf":
        from gongkai.reportfiles.reading.pdf_source import read_pdf

        return read_pdf(data, name)
    if kind == "html":
        return read_html(data, name)
    return read_text(decode(data, name), name)


def _office(package: Package, name: str) -> Document:
    if docx_source.BODY in package:
        require_promised("docx", name)
        return docx_source.read_docx(package)
    if xlsx_source.WORKBOOK in package:
        require_promised("xlsx", name)
        return xlsx_source.read_xlsx(package)
    if "OFD.xml" in package:
        raise WrongType(name, "内容是 OFD 版式文件，请导出为 PDF 或 docx 再读取。")
    if "content.xml" in package:
        raise WrongType(name, "内容是 OpenDocument 文档，请另存为 docx 或 xlsx 再读取。")
    raise WrongType(name, "内容是压缩包，里面没有 Word 或 Excel 正文，请解压后读取其中的报告。")

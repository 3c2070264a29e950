"""The two doors of the reader."""

from __future__ import annotations

from pathlib import Path

from gongkai.reportfiles.errors import EmptyFile, NotFound, TooLarge
from gongkai.reportfiles.reading.document import read_document
from gongkai.reportfiles.reading.json_source import read_json
from gongkai.reportfiles.reading.limits import MAX_FILE_BYTES
from gongkai.reportfiles.reading.result import ReadResult
from gongkai.reportfiles.reading.text_source import decode, read_text


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
    if not data.strip():
        raise EmptyFile(name)
    if data.lstrip()[:1] == b"{":
        return read_json(data.decode("utf-8", "replace"), name)
    return read_document(read_text(decode(data, name), name), name)

"""Rows of a CSV or XLSX file that somebody sent, whatever its encoding, and single cells read with care.

Bounded: at most 60 columns, 200 MB unpacked; XLSX is read without its formulas, a formula cell counts by its stored value.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_COLUMNS = 60
_DATE = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．－／", "0123456789.-/")


class SheetRefused(ValueError):
    """The file as a whole cannot be read; the message is Chinese and says what to do."""


def rows_of(content: bytes) -> Iterator[tuple[int, list[Any]]]:
    """Every row with its number as the spreadsheet counts it (from 1), CSV or XLSX by content.

    Raises:
        SheetRefused: damaged, locked, of another kind, or too large.
    """
    return _xlsx_rows(content) if content.startswith(b"PK") else _csv_rows(content)


def text_of(raw: Any) -> str:
    """A cell as text: blank for None, whole numbers without decimals."""
    if raw is None:
        return ""
    if isinstance(raw, datetime) and raw.time().isoformat() == "00:00:00":
        raw = raw.date()
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    return str(raw).replace("\xa0", " ").strip()


def date_of(raw: Any) -> date:
    """A cell as a day; raises ValueError with a Chinese sentence."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    match = _DATE.match(text_of(raw).translate(_FULL_WIDTH))
    if match is None:
        raise ValueError("不是日期，请写成 2023-03-05 的样子。")
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        raise ValueError("没有这一天，请核对月份和日期。") from None


def _csv_rows(content: bytes) -> Iterator[tuple[int, list[Any]]]:
    if b"\x00" in content[:4096]:
        raise SheetRefused("不是 CSV 或 XLSX 文件，请用 Excel 另存为“Excel 工作簿（*.xlsx）”后再导入。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise SheetRefused("文件编码无法识别，请另存为 UTF-8 或 GB18030 编码的 CSV。")
    first = text.splitlines()[0] if text.splitlines() else ""
    delimiter = "\t" if "\t" in first and "," not in first else ","
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
            yield number, list(row[:MAX_COLUMNS])
    except csv.Error as error:
        raise SheetRefused("CSV 格式不完整，可能有未闭合的引号，请用 Excel 重新另存。") from error


def _xlsx_rows(content: bytes) -> Iterator[tuple[int, list[Any]]]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise SheetRefused("工作簿解压后过大，请拆分后分批导入。")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except SheetRefused:
        raise
    except Exception as error:  # openpyxl raises many kinds for a damaged file
        raise SheetRefused("工作簿已损坏或加密，打不开。请用 Excel 打开后另存一份再导入。") from error
    sheet = book.worksheets[0]
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS), start=1):
        yield number, list(row)

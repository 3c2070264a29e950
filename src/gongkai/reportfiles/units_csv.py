"""The list of units for a roll-up: a CSV with one line per unit, as exported from a spreadsheet.

Columns, by either name and in any order: ``code`` 单位代码, ``parent`` 上级代码 (empty at the top), ``name`` 单位名称,
``counted`` 是否计入 (是 or 否; empty is 是), ``reason`` 不计入原因. UTF-8 with or without a mark, UTF-16 with one, or
GBK/GB18030; commas, tabs or semicolons.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from gongkai.core.annual_report.units import Unit, UnitTree, UnitTreeError

MAX_BYTES = 64 * 2**20
_NAMES = {
    "code": ("code", "单位代码", "代码", "编码"),
    "parent": ("parent", "上级代码", "上级单位代码", "上级", "上级单位"),
    "name": ("name", "单位名称", "名称", "单位"),
    "counted": ("counted", "是否计入", "计入", "是否计入汇总"),
    "reason": ("reason", "不计入原因", "原因", "说明"),
}
_REQUIRED = ("code", "parent", "name")
_YES = frozenset({"", "是", "1", "1.0", "true", "yes", "y", "√", "计入"})
_NO = frozenset({"否", "0", "0.0", "false", "no", "n", "×", "x", "不计入", "不计"})


def read_units(path: Path) -> UnitTree:
    """Read a list of units.

    Raises:
        UnitTreeError: the file cannot be read, a column is missing, or the units make no tree; ``str()`` is one
            Chinese line with the row where there is one.
    """
    text = _decoded(_content(path))
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        return UnitTree(_units(rows))
    except csv.Error as error:
        raise UnitTreeError(rows.line_num, "这一行不是完整的 CSV，请检查引号是否成对。") from error


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnitTreeError(None, "这是文件夹，请指定单位清单文件（CSV）。")
        if path.stat().st_size > MAX_BYTES:
            raise UnitTreeError(None, f"文件超过 {MAX_BYTES // 2**20} MB，不是单位清单。")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnitTreeError(None, "单位清单文件不存在，请核对路径。") from error
    except (OSError, ValueError) as error:
        raise UnitTreeError(None, "单位清单文件无法打开，请核对路径和读取权限。") from error


def _decoded(content: bytes) -> str:
    encodings = ("utf-16",) if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnitTreeError(None, "单位清单不是文本文件，或编码不是 UTF-8、GBK，请另存为 CSV（UTF-8）后再用。")


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",\t;", key=head.count)


def _units(rows: Iterator[list[str]]) -> Iterator[Unit]:
    header = next(rows, [])
    places = _columns(header)
    for number, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
            raise UnitTreeError(
                number, f"这一行有 {len(row)} 列，表头只有 {len(header)} 列，请检查逗号和引号。"
            )

        def cell(name: str, row: list[str] = row) -> str:
            at = places.get(name, len(row))
            return row[at].strip() if at < len(row) else ""

        yield Unit(
            code=cell("code"),
            parent=cell("parent"),
            name=cell("name"),
            counted=_counted(cell("counted"), number),
            reason=cell("reason"),
            row=number,
        )


def _columns(header: list[str]) -> Mapping[str, int]:
    plain = [title.strip().strip("\ufeff").lower() for title in header]
    found = {
        name: plain.index(title)
        for name, titles in _NAMES.items()
        if (title := next((title for title in titles if title in plain), None)) is not None
    }
    missing = [f"{name}（{_NAMES[name][1]}）" for name in _REQUIRED if name not in found]
    if missing:
        raise UnitTreeError(
            1, f"表头缺少列：{'、'.join(missing)}。表头应为 code,parent,name,counted,reason。"
        )
    return found


def _counted(text: str, row: int) -> bool:
    word = text.lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise UnitTreeError(row, f"“是否计入（counted）”写的是“{text}”，请填“是”或“否”。")

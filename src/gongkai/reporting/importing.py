"""Reading a ledger from CSV or XLSX: every row checked, every fault named by row and column.

Bounded: files of at most 20 MB and 20,000 rows; XLSX is read without its formulas' code, and a formula cell
counts by its stored value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from gongkai.agencies.sheets import SheetRefused, date_of, rows_of, text_of
from gongkai.reporting.errors import RefusedUpload
from gongkai.reporting.ledgers import Ledger

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_ROWS = 20_000
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．－／", "0123456789.-/")
_YES, _NO = {"是", "1", "true", "√"}, {"", "否", "0", "false"}


@dataclass(frozen=True, slots=True)
class RowFault:
    """One fault: row as the spreadsheet numbers it, column heading ("" for the whole row), what and what to do."""

    row: int
    column: str
    text: str
    message: str


@dataclass(slots=True)
class ParsedFile:
    """Rows ready to save and the faults found; nothing is saved while there is one."""

    rows: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)


def parse(content: bytes, ledger: Ledger) -> ParsedFile:
    """Read a file's rows for a ledger.

    Raises:
        RefusedUpload: the file as a whole cannot be taken: too large, not CSV or XLSX by its content, no
            heading row, unknown or missing headings.
    """
    if len(content) > MAX_FILE_BYTES:
        raise RefusedUpload(f"文件超过 {MAX_FILE_BYTES // 1024 // 1024} MB，请拆分后分批导入。")
    if not content.strip():
        raise RefusedUpload("文件是空的，请选择填好的表格。")
    try:
        return _parsed(rows_of(content), ledger)
    except SheetRefused as refusal:
        raise RefusedUpload(str(refusal)) from refusal


def _parsed(table: Iterator[tuple[int, list[Any]]], ledger: Ledger) -> ParsedFile:
    number, heading = next(table, (0, []))
    names = _match_headings(heading, ledger)
    parsed = ParsedFile()
    for number, cells in table:
        if not any(text_of(cell) for cell in cells):
            continue
        if len(parsed.rows) + len(parsed.faults) >= MAX_ROWS:
            raise RefusedUpload(f"超过 {MAX_ROWS} 行，请拆分后分批导入。")
        values: dict[str, Any] = {}
        for index, name in names.items():
            raw = cells[index] if index < len(cells) else None
            try:
                values[name] = convert(raw, ledger.field(name), required=ledger.is_required(name))
            except ValueError as fault:
                parsed.faults.append(RowFault(number, ledger.heading(name), text_of(raw), str(fault)))
        parsed.rows.append((number, values))
    if not parsed.rows:
        raise RefusedUpload("表头下面没有数据行，请填写后再导入。")
    return parsed


def _match_headings(heading: list[Any], ledger: Ledger) -> dict[int, str]:
    known = {ledger.heading(name): name for name in ledger.fields}
    found = {text_of(cell).rstrip("*＊"): index for index, cell in enumerate(heading) if text_of(cell)}
    unknown = [title for title in found if title not in known]
    missing = [
        ledger.heading(n) for n in ledger.fields if ledger.is_required(n) and ledger.heading(n) not in found
    ]
    if unknown or missing:
        parts = []
        if missing:
            parts.append(f"缺少列“{'”“'.join(missing)}”")
        if unknown:
            parts.append(f"不认识列“{'”“'.join(unknown[:5])}”")
        raise RefusedUpload(f"第 1 行表头{'，'.join(parts)}。请下载“{ledger.title}”导入模板，按模板填写。")
    return {index: known[title] for title, index in found.items()}


def convert(raw: Any, field_: models.Field, *, required: bool) -> Any:
    """One cell for one field; raises ValueError with a Chinese sentence."""
    text = text_of(raw)
    if not text:
        if required:
            raise ValueError("不能为空，请补填。")
        return field_.get_default() if field_.has_default() else (None if field_.null else "")
    if field_.choices:
        return _choice(text, field_)
    if isinstance(field_, models.DateField):
        return date_of(raw)
    if isinstance(field_, models.BooleanField):
        if text.lower() not in _YES | _NO:
            raise ValueError("只能填“是”或“否”。")
        return text.lower() in _YES
    if isinstance(field_, models.DecimalField):
        return _decimal(text)
    if isinstance(field_, models.IntegerField):
        number = _decimal(text)
        if number != int(number) or number < 0:
            raise ValueError("应为不小于 0 的整数。")
        return int(number)
    if field_.max_length and len(text) > field_.max_length:
        raise ValueError(f"超过 {field_.max_length} 个字，请精简。")
    return text


def _choice(text: str, field_: models.Field) -> str:
    flat = {str(label): value for value, label in field_.flatchoices}
    short = {re.sub(r"^（.）|^\d[.．、]", "", label): value for label, value in flat.items()}
    if text in flat:
        return str(flat[text])
    if text in short:
        return str(short[text])
    options = "、".join(list(short)[:8])
    raise ValueError(f"不在可选范围内，可填：{options}{'等' if len(short) > 8 else ''}。")


def _decimal(text: str) -> Decimal:
    clean = text.translate(_FULL_WIDTH).replace(",", "").replace("，", "")
    if not re.fullmatch(r"-?\d{1,14}(\.\d{1,2})?", clean):
        raise ValueError("不是有效的数字（最多两位小数）。")
    number = Decimal(clean)
    if number < 0:
        raise ValueError("不得为负数。")
    return number


def faults_of(error: ValidationError, row: int, ledger: Ledger, values: Mapping[str, Any]) -> list[RowFault]:
    """A model's validation error as faults of a row."""
    faults = []
    for name, messages in error.message_dict.items():
        known = name in ledger.fields
        column = ledger.heading(name) if known else ""
        text = str(values.get(name, "")) if known else ""
        faults += [RowFault(row, column, text, message) for message in messages]
    return faults

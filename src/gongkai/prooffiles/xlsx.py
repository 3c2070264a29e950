"""Spreadsheets: the visible sheets, row by row; a place is a sheet and a cell."""

from __future__ import annotations

import io
import zipfile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from gongkai.prooffiles.errors import Unreadable
from gongkai.prooffiles.extract import Extract, Gathering
from gongkai.prooffiles.limits import MAX_CELLS, MAX_CHARACTERS


def read_xlsx(data: bytes, name: str) -> Extract:
    """The text of the cells, tab between cells, line break after rows; figures are left as they are shown stored.

    Raises:
        Unreadable: damaged, or more cells than the cap.
    """
    try:
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except (ValueError, KeyError, zipfile.BadZipFile, OSError, TypeError, AttributeError) as error:
        raise Unreadable(name, "表格已损坏，请用 Excel 或 WPS 重新保存。") from error
    gathering = Gathering(MAX_CHARACTERS)
    cells = 0
    try:
        for sheet in workbook.worksheets:
            if sheet.sheet_state != "visible":
                continue
            for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
                cells += len(row)
                if cells > MAX_CELLS:
                    raise Unreadable(name, f"表格超过 {MAX_CELLS} 个单元格，请拆分后再校对。")
                _row(gathering, sheet.title, number, row)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise (
            error if isinstance(error, Unreadable) else Unreadable(name, "表格已损坏，请重新保存。")
        ) from error
    finally:
        workbook.close()
    return gathering.done()


def _row(gathering: Gathering, sheet: str, number: int, row: tuple[object, ...]) -> None:
    filled = [column for column, value in enumerate(row) if value is not None and str(value).strip()]
    if not filled:
        return
    for column, value in enumerate(row[: filled[-1] + 1]):
        if column:
            gathering.add("\t")
        if value is not None and str(value).strip():
            gathering.at(f"“{sheet}”表 {get_column_letter(column + 1)}{number}")
            gathering.add(" ".join(str(value).split("\n")))
    gathering.add("\n")

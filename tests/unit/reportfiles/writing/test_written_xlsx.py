"""The workbook: figures are numbers, labels and merges as on the form, nothing runs."""

import io
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from tests.unit.reportfiles.writing.written_reports import VARIANTS, empty_report, large, numbered, zeros

from gongkai.core.annual_report import CellKey, TableId
from gongkai.core.annual_report.grid import grid
from gongkai.reportfiles.writing import render

SHEETS = {TableId.TWO: "表二", TableId.THREE: "表三", TableId.FOUR: "表四"}
FIRST_ROW = 3  # under the title and the heading


def opened(report):
    return openpyxl.load_workbook(io.BytesIO(render(report, "xlsx")))


def texts(report):
    return [row[0].value for row in opened(report)["文字部分"].iter_rows() if row[0].value]


def test_one_sheet_for_each_table_and_one_for_the_text():
    assert opened(zeros()).sheetnames == ["表二", "表三", "表四", "文字部分"]


@pytest.mark.parametrize(("edition", "divided"), VARIANTS)
def test_labels_figures_and_merges_stand_as_on_the_form(edition, divided):
    report = numbered(edition, divided=divided)
    book = opened(report)

    for table, name in SHEETS.items():
        sheet = book[name]
        merged = {
            (area.min_row, area.min_col, area.max_row, area.max_col) for area in sheet.merged_cells.ranges
        }
        for cell in grid(report, table).cells:
            top, left = cell.row + FIRST_ROW, cell.col + 1
            found = sheet.cell(top, left).value
            assert found == (cell.text if cell.cell is None else float(report[cell.cell]))
            if cell.rowspan > 1 or cell.colspan > 1:
                assert (top, left, top + cell.rowspan - 1, left + cell.colspan - 1) in merged


def test_figures_are_numbers_and_blanks_are_nothing():
    sheet = opened(large())["表二"]
    values = [cell.value for row in sheet.iter_rows(min_row=FIRST_ROW, min_col=2) for cell in row]

    assert 3985758 in values
    assert 59237.2449 in values
    blank = opened(empty_report())["表四"]
    assert {cell.value for cell in blank[FIRST_ROW + 3]} == {None}


def test_a_figure_of_more_digits_than_a_sheet_keeps_is_written_as_text():
    amount = Decimal("12345678901234.5678")
    report = numbered().with_values({CellKey(TableId.TWO, "fees", "amount"): amount})
    sheet = opened(report)["表二"]

    assert "12345678901234.5678" in [cell.value for row in sheet.iter_rows() for cell in row]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_no_text_of_an_office_can_run_as_a_formula(start):
    evil = f'{start}HYPERLINK("http://example.org","点击")'
    report = replace(zeros(), agency=evil, preamble=evil, sections={"一": evil})
    cells = [cell for sheet in opened(report) for row in sheet.iter_rows() for cell in row if cell.value]

    assert all(cell.data_type != "f" for cell in cells)
    assert evil not in [cell.value for cell in cells]
    assert texts(report).count("'" + evil) == 2


def test_a_text_longer_than_a_cell_holds_is_continued_below():
    text = "依法公开。" * 8000
    report = replace(zeros(), sections={"一": text})

    assert "".join(texts(report)).count("依法公开。") == 8000


def test_sheets_print_on_one_page_width_of_a4_with_their_head_repeated():
    book = opened(zeros())

    for name in SHEETS.values():
        assert book[name].page_setup.paperSize == 9
        assert book[name].sheet_properties.pageSetUpPr.fitToPage
        assert book[name].page_setup.fitToWidth in (None, 1)  # 1 when the file does not say
        assert book[name].page_setup.fitToHeight == 0  # as many as it takes
    assert book["表三"].print_title_rows == "$3:$5"
    assert book["表四"].page_setup.orientation == "landscape"


def test_rows_are_high_enough_for_their_wrapped_labels():
    sheet = opened(zeros())["表三"]
    heights = {
        sheet.cell(row, 3).value: sheet.row_dimensions[row].height for row in range(FIRST_ROW, FIRST_ROW + 28)
    }
    longest = next(label for label in heights if label and label.startswith("2.申请人逾期"))

    assert heights[longest] >= 2 * heights["3.其他"] - 10

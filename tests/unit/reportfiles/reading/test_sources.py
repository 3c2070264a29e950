"""Word, Excel, PDF, web and text files as their readers see them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import docx
import openpyxl
import pytest
from tests.unit.reportfiles.reading.factories import SECTIONS, lost_cells, telling_report, wrong_cells
from tests.unit.reportfiles.reading.layouts import _cell_text, plain_lines, report_lines
from tests.unit.reportfiles.reading.packages import zipped
from tests.unit.reportfiles.reading.papers import STYLES, paper

from gongkai.core.annual_report import CellKey, Edition, Report, TableId
from gongkai.core.annual_report.grid import grid
from gongkai.reportfiles.reading import read_bytes, to_json
from gongkai.reportfiles.reading.blocks import Cell, Grid, lay_out
from gongkai.reportfiles.reading.docx_source import read_docx
from gongkai.reportfiles.reading.html_source import read_html
from gongkai.reportfiles.reading.text_source import decode, read_text
from gongkai.reportfiles.reading.zipped import Package
from gongkai.reportfiles.writing import render


@pytest.mark.parametrize("divided", [True, False])
@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("fmt", ["docx", "xlsx", "html", "txt", "json", "pdf"])
def test_what_the_writers_write_reads_back(fmt: str, edition: Edition, divided: bool) -> None:
    report = telling_report(edition, divided=divided)

    result = read_bytes(render(report, fmt), f"report.{fmt}")

    assert wrong_cells(report, result) == []
    assert lost_cells(report, result) == []
    assert dict(result.report.sections) == SECTIONS
    assert (result.report.agency, result.report.year) == (report.agency, report.year)
    assert result.report.six_divided is divided


@pytest.mark.parametrize("style", STYLES)
def test_papers_in_every_table_style(style: str) -> None:
    report = telling_report()

    result = read_bytes(paper(report, STYLES[style]), "report.pdf")

    assert wrong_cells(report, result) == []
    assert lost_cells(report, result) == []
    assert result.source.format == "pdf"


def test_a_figure_in_a_pdf_table_has_page_row_and_column() -> None:
    report = telling_report()
    cell = CellKey(TableId.THREE, "r1", "natural")
    report = report.with_values({**report.values, cell: Decimal("1.5")})

    (invalid,) = read_bytes(paper(report, STYLES["ruled"]), "report.pdf").invalid_cells

    assert invalid.cell == cell
    assert "第 1 页表格第 4 行" in invalid.place


def word_file(report: Report) -> bytes:
    """A Word file made by python-docx, cells merged as in the form."""
    document = docx.Document()
    for line in report_lines(report, ["@@table2"], ["@@table3"], ["@@table4"]):
        if not line.startswith("@@"):
            document.add_paragraph(line)
            continue
        printed = grid(report, TableId(line[2:]))
        table = document.add_table(printed.rows, printed.columns)
        for cell in printed.cells:
            corner = table.cell(cell.row, cell.col)
            other = table.cell(cell.row + cell.rowspan - 1, cell.col + cell.colspan - 1)
            corner.merge(other).text = _cell_text(report, cell)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("edition", Edition)
def test_a_word_file_with_merged_cells(edition: Edition) -> None:
    report = telling_report(edition)
    report = report.with_values({**report.values, CellKey(TableId.THREE, "r1", "research"): None})

    result = read_bytes(word_file(report), "report.docx")

    assert wrong_cells(report, result) == []
    assert lost_cells(report, result) == []
    assert result.structure == ()


def test_deleted_text_and_text_boxes_of_a_word_file() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("留下")
    run = paragraph.add_run("删去")
    parent = run._r.getparent()
    deleted = docx.oxml.OxmlElement("w:del")
    parent.replace(run._r, deleted)
    deleted.append(run._r)
    buffer = io.BytesIO()
    document.save(buffer)

    blocks = read_docx(Package(buffer.getvalue(), "a.docx")).blocks

    assert [block.text for block in blocks if not isinstance(block, Grid)] == ["留下"]


def workbook(report: Report, *, hidden: bool = False) -> bytes:
    """A workbook made by openpyxl, one sheet, cells merged as in the form."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    at = 0
    for line in report_lines(report, ["@@table2"], ["@@table3"], ["@@table4"]):
        at += 1
        if not line.startswith("@@"):
            sheet.cell(at, 1, line)
            continue
        printed = grid(report, TableId(line[2:]))
        for cell in printed.cells:
            value = report[cell.cell] if cell.cell else cell.text
            sheet.cell(at + cell.row, 1 + cell.col, value)
            if cell.rowspan > 1 or cell.colspan > 1:
                sheet.merge_cells(
                    start_row=at + cell.row,
                    start_column=1 + cell.col,
                    end_row=at + cell.row + cell.rowspan - 1,
                    end_column=cell.col + cell.colspan,
                )
        at += printed.rows
    if hidden:
        other = book.create_sheet("旧数据")
        other.cell(1, 1, "一、本年新收政府信息公开申请数量")
        other.sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("hidden", [False, True])
def test_a_workbook_with_merged_cells(hidden: bool) -> None:
    report = telling_report()
    report = report.with_values({**report.values, CellKey(TableId.THREE, "r1", "research"): None})

    result = read_bytes(workbook(report, hidden=hidden), "report.xlsx")

    assert wrong_cells(report, result) == []
    assert lost_cells(report, result) == []
    assert dict(result.report.sections) == SECTIONS


def test_an_invalid_cell_of_a_workbook_is_named_by_its_reference() -> None:
    report = telling_report()
    cell = CellKey(TableId.THREE, "r2", "natural")
    report = report.with_values({**report.values, cell: -4})

    (invalid,) = read_bytes(workbook(report), "report.xlsx").invalid_cells

    assert invalid.cell == cell
    assert "负数" in invalid.reason
    assert invalid.place.startswith("工作表“Sheet”单元格 D")


def test_a_float_of_a_workbook_is_its_shortest_text() -> None:
    """Excel keeps 17 digits: 96171.6 is stored as 96171.600000000006."""
    report = telling_report()
    cell = CellKey(TableId.TWO, "fees", "amount")
    data = workbook(report)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    old = f"<v>{report[cell]}</v>".encode()
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert old in sheet
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(old, b"<v>96171.600000000006</v>")

    assert read_bytes(zipped(parts), "a.xlsx").report[cell] == Decimal("96171.6")


def test_spans_are_laid_out_as_in_html() -> None:
    laid = lay_out([[Cell("a", rowspan=2), Cell("b", colspan=2)], [Cell("c"), Cell("d")]])

    assert [[cell.text if cell else None for cell in row] for row in laid.rows] == [
        ["a", "b", "b"],
        ["a", "c", "d"],
    ]


def test_a_page_says_what_is_shown_and_nothing_else() -> None:
    page = (
        "<html><head><title>题名</title><style>p{}</style></head><body><script>var a=1</script>"
        "<p>一<b>二</b>三</p><p style='display:none'>暗</p><p hidden>藏</p>四<br>五"
        "<table><tr><td>外<table><tr><td>内</td><td>1</td></tr></table></td></tr></table></body></html>"
    )
    document = read_html(page.encode(), "a.html")

    texts = [block.text for block in document.blocks if not isinstance(block, Grid)]
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    assert texts == ["一二三", "四", "五", "外"]
    assert [[cell.text if cell else "" for cell in row] for row in grids[0].rows] == [["内", "1"]]
    assert document.titles == ["题名"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-32"])
def test_text_in_any_encoding(encoding: str) -> None:
    text = "示例县人民政府2023年政府信息公开工作年度报告"

    assert decode(text.encode(encoding), "a.txt") == text


def test_a_torn_last_character_does_not_spoil_a_text() -> None:
    data = "\n".join(plain_lines(telling_report())).encode()[:-1]

    assert decode(data, "a.txt").endswith("�")


def test_tabbed_and_piped_lines_become_grids() -> None:
    document = read_text(
        "正文\n\t缩进的正文\n规章\t0\t1\t2\n文件\t3\t4\t5\n| a | b |\n|---|---|\n| 1 | 2 |\n", "a.txt"
    )

    grids = [block for block in document.blocks if isinstance(block, Grid)]
    assert [len(block.rows) for block in grids] == [2, 2]
    assert [block.text.strip() for block in document.blocks if not isinstance(block, Grid)][:2] == [
        "正文",
        "缩进的正文",
    ]


def test_a_page_number_before_a_form_feed_is_dropped() -> None:
    document = read_text("一\n3\n\f二\n", "a.txt")

    assert [block.text for block in document.blocks if not isinstance(block, Grid)] == ["一", "", "二", ""]


def test_an_absent_table_is_null_in_json() -> None:
    """Tables pasted as pictures: the headings stand, the tables do not."""
    report = telling_report()
    lines = report_lines(report, [], [], [])

    result = read_bytes("\n".join(lines).encode(), "a.txt")
    data = to_json(result)

    assert (data["table2"], data["table3"], data["table4"]) == (None, None, None)
    assert list(data) == [
        "agency",
        "year",
        "table2",
        "table3",
        "table4",
        "edition",
        "warnings",
        "invalid_cells",
        "structure",
        "sections",
        "confidence",
    ]
    assert sum("图片" in warning for warning in data["warnings"]) == 3
    assert [finding.message for finding in result.structure] == [
        "没有找到表二。",
        "没有找到表三。",
        "没有找到表四。",
    ]
    assert data["confidence"]["table3"]["score"] == 0


def test_json_reads_back_with_its_findings() -> None:
    report = replace(telling_report(), preamble="说明")
    data = to_json(read_bytes(render(report, "json"), "a.json"))
    del data["table3"]["一"]
    data["table3"]["二"]["自然人"] = -1
    data["table3"]["二"]["其他"] = 1.5
    data["table2"]["行政许可"] = "O"

    import json

    result = read_bytes(json.dumps(data).encode(), "a.json")

    assert [finding.row for finding in result.structure] == ["r1"]
    assert [(invalid.cell.row, invalid.cell.col) for invalid in result.invalid_cells] == [
        ("licences", "count"),
        ("r2", "natural"),
        ("r2", "other_org"),
    ]


def _page(rows: list[str]) -> bytes:
    """A page whose table 二 has these rows (2019 form)."""
    title = (
        "<p>示例县财政局2020年政府信息公开工作年度报告</p><p>一、总体情况</p><p>二、主动公开政府信息情况</p>"
    )
    return f"<html><body>{title}<table>{''.join(rows)}</table></body></html>".encode()


def _row(*cells: tuple[str, int]) -> str:
    return "<tr>" + "".join(f'<td colspan="{span}"><p>{text}</p></td>' for text, span in cells) + "</tr>"


@pytest.mark.parametrize(
    ("previous", "change", "decisions", "figures"),
    [
        ("33", "+461", "12", (33, 461, 12)),
        ("33", "&nbsp;", "12", (33, None, 12)),
        ("&nbsp;", "减4", "&nbsp;", (None, -4, None)),
        ("&nbsp;", "&nbsp;", "7", (None, None, 7)),
        ("5", "&nbsp;", "&nbsp;", (5, None, None)),
    ],
)
def test_figures_under_a_head_of_other_spans_go_by_their_order(
    previous: str, change: str, decisions: str, figures: tuple[int | None, ...]
) -> None:
    """Seen in published pages: the head spans 1, 2, 1 columns and the figures below it 2, 1, 1."""
    rows = [
        _row(("第二十条第（五）项", 5)),
        _row(("信息内容", 1), ("上一年项目数量", 1), ("本年增/减", 2), ("处理决定数量", 1)),
        _row(("行政许可", 1), (previous, 2), (change, 1), (decisions, 1)),
        _row(("其他对外管理服务事项", 1), ("0", 2), ("0", 1), ("0", 1)),
        _row(("第二十条第（九）项", 5)),
        _row(("信息内容", 1), ("采购项目数量", 1), ("采购总金额", 3)),
        _row(("政府集中采购", 1), ("2", 3), ("251000元", 1)),
    ]

    report = read_bytes(_page(rows), "report.html").report

    columns = ("previous", "change", "decisions")
    assert tuple(report.get(TableId.TWO, "licences", column) for column in columns) == figures
    assert report.get(TableId.TWO, "procurement", "projects") == 2
    assert report.get(TableId.TWO, "procurement", "amount") == Decimal("25.1")


def test_columns_of_a_head_in_another_order_keep_their_names() -> None:
    rows = [
        _row(("第二十条第（五）项", 4)),
        _row(("信息内容", 1), ("处理决定数量", 1), ("上一年项目数量", 1), ("本年增/减", 1)),
        _row(("行政许可", 1), ("12", 1), ("33", 1), ("&nbsp;", 1)),
    ]

    report = read_bytes(_page(rows), "report.html").report

    assert report.get(TableId.TWO, "licences", "decisions") == 12
    assert report.get(TableId.TWO, "licences", "previous") == 33
    assert report.get(TableId.TWO, "licences", "change") is None

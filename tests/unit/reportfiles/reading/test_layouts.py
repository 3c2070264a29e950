"""Every layout of a report reads as the report; what cannot be known is None, never another figure."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.reportfiles.reading.factories import (
    AGENCY,
    SECTIONS,
    lost_cells,
    reports,
    telling_report,
    wrong_cells,
)
from tests.unit.reportfiles.reading.layouts import (
    HTML_LAYOUTS,
    SPELLINGS,
    TEXT_LAYOUTS,
    figure,
    html_spans,
    plain_lines,
)

from gongkai.core.annual_report import CellKey, Edition, Report, TableId
from gongkai.reportfiles.reading import ReadResult, read_bytes

FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read_lines(lines: list[str]) -> ReadResult:
    return read_bytes("\n".join(lines).encode(), "report.txt")


@pytest.mark.parametrize("divided", [True, False])
@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("layout", TEXT_LAYOUTS)
def test_every_text_layout_reads_whole(layout: str, edition: Edition, divided: bool) -> None:
    report = telling_report(edition, divided=divided)

    result = read_lines(TEXT_LAYOUTS[layout](report))

    assert wrong_cells(report, result) == []
    assert lost_cells(report, result) == []
    assert (result.report.agency, result.report.year) == (AGENCY, report.year)
    assert (result.report.edition, result.report.six_divided) == (edition, divided)
    assert dict(result.report.sections) == SECTIONS
    assert result.structure == ()
    assert result.invalid_cells == ()


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("layout", TEXT_LAYOUTS)
def test_every_spelling_reads_the_same(layout: str, spelling: str) -> None:
    if (layout, spelling) == ("commas", "thousands"):
        pytest.skip("in CSV without quotes a comma of thousands cannot be told from the next cell")
    report = telling_report()
    text = SPELLINGS[spelling]("\n".join(TEXT_LAYOUTS[layout](report)))

    result = read_bytes(text.encode(), "report.txt")

    assert wrong_cells(report, result) == []
    assert lost_cells(report, result) == []
    assert result.report.agency == AGENCY


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("layout", HTML_LAYOUTS)
def test_every_page_layout_reads_whole_in_any_encoding(layout: str, encoding: str) -> None:
    report = telling_report()

    result = read_bytes(HTML_LAYOUTS[layout](report).encode(encoding), "report.html")

    assert wrong_cells(report, result) == []
    assert lost_cells(report, result) == []
    assert result.report.agency == AGENCY
    assert dict(result.report.sections) == SECTIONS


@FUZZ
@given(
    report=reports(),
    layout=st.sampled_from(sorted(TEXT_LAYOUTS)),
    spelling=st.sampled_from(sorted(SPELLINGS)),
)
def test_any_figures_read_in_any_layout(report: Report, layout: str, spelling: str) -> None:
    text = SPELLINGS[spelling]("\n".join(TEXT_LAYOUTS[layout](report)))

    result = read_bytes(text.encode(), "report.txt")

    assert wrong_cells(report, result) == []
    assert lost_cells(report, result) == [] or (layout, spelling) == ("commas", "thousands")


@FUZZ
@given(
    layout=st.sampled_from(sorted(TEXT_LAYOUTS)),
    edition=st.sampled_from(Edition),
    divided=st.booleans(),
    data=st.data(),
)
def test_blank_cells_never_move_another_figure(
    layout: str, edition: Edition, divided: bool, data: st.DataObject
) -> None:
    report = telling_report(edition, divided=divided)
    cells = list(report.cells())
    blank = data.draw(st.sets(st.sampled_from(cells), min_size=1, max_size=12))
    report = report.with_values({**report.values, **dict.fromkeys(blank)})

    result = read_lines(TEXT_LAYOUTS[layout](report))

    assert wrong_cells(report, result) == []


@FUZZ
@given(layout=st.sampled_from(["spans", "nested"]), data=st.data())
def test_a_blank_cell_of_a_page_is_none_and_its_row_stays(layout: str, data: st.DataObject) -> None:
    report = telling_report()
    blank = data.draw(st.sets(st.sampled_from(list(report.cells())), min_size=1, max_size=12))
    report = report.with_values({**report.values, **dict.fromkeys(blank)})

    result = read_bytes(HTML_LAYOUTS[layout](report).encode(), "report.html")

    assert wrong_cells(report, result) == []
    assert lost_cells(report, result) == []


@pytest.mark.parametrize("mark", ["-", "—", "/", "－", "——", "无"])
@pytest.mark.parametrize("layout", TEXT_LAYOUTS)
def test_a_dash_is_none_with_a_warning(layout: str, mark: str) -> None:
    report = telling_report()
    cell = CellKey(TableId.THREE, "r3_3_7", "commercial")
    lines = _with_text(TEXT_LAYOUTS[layout](report), figure(report, cell), mark)

    result = read_lines(lines)

    expected = report.with_values({**report.values, cell: None})
    assert wrong_cells(expected, result) == []
    assert lost_cells(expected, result) == []
    assert any("7.属于行政执法案卷" in warning and "商业企业" in warning for warning in result.warnings)
    assert result.invalid_cells == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [("O", "字母"), ("1O", "字母"), ("-3", "负数"), ("1.5", "整数"), ("?", "不是数字"), ("007", "以 0 开头")],
)
@pytest.mark.parametrize("layout", TEXT_LAYOUTS)
def test_what_is_no_figure_is_invalid_with_its_place(layout: str, text: str, reason: str) -> None:
    report = telling_report()
    cell = CellKey(TableId.THREE, "r3_3_7", "commercial")
    lines = _with_text(TEXT_LAYOUTS[layout](report), figure(report, cell), text)

    result = read_lines(lines)

    expected = report.with_values({**report.values, cell: None})
    assert wrong_cells(expected, result) == []
    assert lost_cells(expected, result) == []
    (invalid,) = result.invalid_cells
    assert (invalid.cell, invalid.text) == (cell, text)
    assert reason in invalid.reason
    assert "行" in invalid.place


def _with_text(lines: list[str], old: str, new: str) -> list[str]:
    changed = [line.replace(old, new) for line in lines]
    assert changed != lines
    return changed


@pytest.mark.parametrize("layout", ["plain", "pages", "aligned", "tabs_without_merged", "cell_per_line"])
def test_six_figures_for_seven_columns_are_not_read(layout: str) -> None:
    report = telling_report()
    cell = CellKey(TableId.THREE, "r3_3_7", "commercial")
    report = report.with_values({**report.values, cell: None})
    lines = [line for line in TEXT_LAYOUTS[layout](report) if line]
    lines = [line.replace("\t\t", "\t") if "7.属于行政执法案卷" in line else line for line in lines]

    result = read_lines(lines)

    row = [c for c in report.cells() if (c.table, c.row) == (TableId.THREE, "r3_3_7")]
    assert {result.report[c] for c in row} == {None}
    assert [finding.row for finding in result.structure] == ["r3_3_7"]
    assert "6 个" in result.structure[0].message
    assert result.confidence[TableId.THREE].score < 1
    assert wrong_cells(report, result) == []


def test_a_missing_row_is_a_finding() -> None:
    report = telling_report()
    lines = [line for line in plain_lines(report) if "2.重复申请" not in line]

    result = read_lines(lines)

    assert [(finding.table, finding.row) for finding in result.structure] == [(TableId.THREE, "r3_5_2")]
    assert "缺少" in result.structure[0].message
    assert wrong_cells(report, result) == []


def test_a_row_that_the_form_does_not_have_is_named_and_not_read() -> None:
    report = telling_report()
    lines = plain_lines(report)
    at = next(i for i, line in enumerate(lines) if line.startswith("2.重复申请"))
    lines.insert(at, "其中：网上提交的申请 9 9 9 9 9 9 9")

    result = read_lines(lines)

    assert wrong_cells(report, result) == []
    assert lost_cells(report, result) == []
    assert any("网上提交的申请" in text for text in result.confidence[TableId.THREE].unassigned)


def test_a_subtotal_beside_a_group_label_is_not_taken_for_a_row() -> None:
    report = telling_report()
    lines = plain_lines(report)
    at = lines.index("（三）不予公开")
    lines[at] += " 9 9 9 9 9 9 9"
    lines = [line for line in lines if not line.startswith("1.属于国家秘密")]

    result = read_lines(lines)

    assert wrong_cells(report, result) == []
    assert result.report.get(TableId.THREE, "r3_3_1", "natural") is None


def test_the_total_in_front_is_read_as_the_total() -> None:
    report = telling_report()
    lines = []
    for line in plain_lines(report):
        words = line.split()
        moved = len(words) == 8 and words[1].isdigit()
        lines.append(" ".join([words[0], words[-1], *words[1:-1]]) if moved else line)
    at = lines.index("自然人 总计")
    lines[at] = "总计 自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他"

    result = read_lines(lines)

    assert wrong_cells(report, result) == []
    assert lost_cells(report, result) == []


def test_the_same_table_twice_is_read_once() -> None:
    report = telling_report()
    lines = plain_lines(report)
    start = lines.index("三、收到和处理政府信息公开申请情况") + 1
    end = lines.index("四、政府信息公开行政复议、行政诉讼情况")
    lines[end:end] = lines[start:end]

    result = read_lines(lines)

    assert lost_cells(report, result) == []
    assert any("重复" in warning for warning in result.warnings)


def test_a_page_that_spells_the_publisher_gives_the_agency() -> None:
    report = replace(telling_report(), agency="")
    page = html_spans(report).replace(
        "<head>", '<head><meta charset="utf-8"><meta name="ContentSource" content="示例县财政局">'
    )

    result = read_bytes(page.replace("_示例县人民政府门户网站", "").encode(), "report.html")

    assert result.report.agency == "示例县财政局"
    assert any("示例县财政局" in warning for warning in result.warnings)

"""Text taken from web pages reads cell for cell: blanks are None in their own columns."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.unit.reportfiles.reading.factories import (
    AGENCY,
    SECTIONS,
    lost_cells,
    reports,
    telling_report,
    wrong_cells,
)
from tests.unit.reportfiles.reading.test_mutations import MUTATIONS, tables_of
from tests.unit.reportfiles.reading.web_layouts import (
    WEB_LAYOUTS,
    copied_by_a_browser,
    page_without_spans,
    totals_below,
)

from gongkai.core.annual_report import CellKey, Edition, Report, TableId
from gongkai.reportfiles.errors import UnreadableReport
from gongkai.reportfiles.reading import ReadResult, read_bytes

FUZZ = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
# A cell lost and a cell gained make up for each other where every cell is a line, and no reader can tell.
CELL_TO_A_LINE = {name for name in WEB_LAYOUTS if name.startswith("cell")}
# With the bars behind it gone too, the blank of a short row cannot be told from the end of it.
LOSES_THE_LAST_ROW = {"filled_up_but_the_last"}


def read_lines(lines: list[str]) -> ReadResult:
    return read_bytes("\n".join(lines).encode(), "report.txt")


def half_width(lines: list[str]) -> list[str]:
    """ASCII brackets and commas, as most pages have them."""
    return [line.translate(str.maketrans("（），：", "(),:")) for line in lines]


def without(report: Report, blank: set[CellKey]) -> Report:
    return report.with_values({**report.values, **dict.fromkeys(blank)})


@pytest.mark.parametrize("divided", [True, False])
@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("layout", WEB_LAYOUTS)
def test_every_web_layout_reads_whole(layout: str, edition: Edition, divided: bool) -> None:
    report = telling_report(edition, divided=divided)

    result = read_lines(WEB_LAYOUTS[layout](report))

    assert wrong_cells(report, result) == []
    assert lost_cells(report, result) == []
    assert (result.report.agency, result.report.year) == (AGENCY, report.year)
    assert (result.report.edition, result.report.six_divided) == (edition, divided)
    assert dict(result.report.sections) == SECTIONS
    assert result.structure == ()
    assert result.invalid_cells == ()
    assert result.warnings == ()


@FUZZ
@given(report=reports(), layout=st.sampled_from(sorted(WEB_LAYOUTS)), half=st.booleans())
def test_any_figures_read_in_any_web_layout(report: Report, layout: str, half: bool) -> None:
    lines = WEB_LAYOUTS[layout](report)

    result = read_lines(half_width(lines) if half else lines)

    assert wrong_cells(report, result) == []
    assert lost_cells(report, result) == []


@FUZZ
@given(report=reports(), layout=st.sampled_from(sorted(WEB_LAYOUTS)), data=st.data())
def test_blanks_keep_their_columns(report: Report, layout: str, data: st.DataObject) -> None:
    share = data.draw(st.sampled_from([0.02, 0.2, 0.6, 1.0]))
    dice = random.Random(data.draw(st.integers(0, 2**32)))
    blank = {cell for cell in report.cells() if dice.random() < share}
    report = without(report, blank)

    result = read_lines(half_width(WEB_LAYOUTS[layout](report)))

    assert wrong_cells(report, result) == []
    lost = lost_cells(report, result)
    assert lost == [] or (layout in LOSES_THE_LAST_ROW and all(".procurement." in cell for cell in lost))
    assert not blank or any("空白" in warning for warning in result.warnings)


@FUZZ
@given(report=reports(), layout=st.sampled_from(sorted(WEB_LAYOUTS)))
def test_zeros_left_blank_keep_every_other_figure(report: Report, layout: str) -> None:
    """Most offices that leave cells blank leave all zeros blank, with or without the totals."""
    report = without(report, {cell for cell in report.cells() if report[cell] == 0})

    result = read_lines(WEB_LAYOUTS[layout](report))

    assert wrong_cells(report, result) == []
    assert lost_cells(report, result) == [] or layout in LOSES_THE_LAST_ROW


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("layout", WEB_LAYOUTS)
def test_a_report_left_blank_is_none_with_one_warning_for_each_table(layout: str, edition: Edition) -> None:
    report = telling_report(edition)
    report = without(report, set(report.cells()))

    result = read_lines(WEB_LAYOUTS[layout](report))

    assert {result.report[cell] for cell in report.cells()} == {None}
    assert [warning[:2] for warning in result.warnings] == ["表二", "表三", "表四"]
    assert "175 格空白" in result.warnings[1]
    assert all(result.confidence[table].present for table in TableId)
    assert result.structure == ()


@pytest.mark.parametrize("mark", ["/", "-", "—", "无"])
@pytest.mark.parametrize("layout", WEB_LAYOUTS)
def test_marks_in_every_cell_are_none_with_warnings(layout: str, mark: str) -> None:
    report = telling_report()
    figures = {str(value) for value in report.values.values()}
    lines = WEB_LAYOUTS[layout](report)
    marked = [
        " ".join(mark if word in figures else word for word in line.split(" ")) if "|" in line else line
        for line in lines
    ]

    result = read_lines(marked)

    assert {result.report[cell] for cell in report.cells()} == {None}
    assert result.invalid_cells == ()
    assert sum(f"“{mark}”" in warning for warning in result.warnings) == 34


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    layout=st.sampled_from(sorted(WEB_LAYOUTS)),
    edition=st.sampled_from(Edition),
    divided=st.booleans(),
    share=st.sampled_from([0, 0.1, 0.5]),
    names=st.lists(st.sampled_from(sorted(MUTATIONS)), min_size=1, max_size=2),
    seed=st.integers(0, 2**32),
)
@example(
    layout="cell_to_a_line_padded",
    edition=Edition.E2021,
    divided=True,
    share=0.1,
    names=["repeat_line"],
    seed=58,
)
def test_damage_never_changes_a_figure_of_a_web_page(
    layout: str, edition: Edition, divided: bool, share: float, names: list[str], seed: int
) -> None:
    report = telling_report(edition, divided=divided)
    dice = random.Random(seed)
    report = without(report, {cell for cell in report.cells() if dice.random() < share})
    lines = WEB_LAYOUTS[layout](report)
    for name in names[:1] if layout in CELL_TO_A_LINE else names:
        MUTATIONS[name](lines, dice.choice(tables_of(lines)), dice)

    try:
        result = read_lines(lines)
    except UnreadableReport:
        return

    assert wrong_cells(report, result) == []


def test_a_group_with_all_its_figures_but_no_row_labels_is_not_assigned() -> None:
    """L: （三）不予公开 and then fifty-six figures without a label of their rows."""
    report = telling_report()
    lines = WEB_LAYOUTS["cell_to_a_line"](report)
    labels = [row.label for row in report.table3_rows if row.group == "r3_3"]
    lines = [line for line in lines if line.removesuffix(" |") not in labels]

    result = read_lines(lines)

    rows = {row.key for row in report.table3_rows if row.group == "r3_3"}
    assert {result.report[cell] for cell in report.cells() if cell.row in rows} == {None}
    assert rows <= {finding.row for finding in result.structure}
    assert wrong_cells(report, result) == []


@pytest.mark.parametrize("cells", [5, 8])
def test_a_row_whose_cells_do_not_fit_its_table_is_withheld(cells: int) -> None:
    """A blank that is lost or one too many leaves open which column the others are in."""
    report = telling_report()
    row = [cell for cell in report.cells() if cell.row == "r3_3_4"]
    report = without(report, {row[1]})
    lines = WEB_LAYOUTS["filled_up"](report)
    at = next(i for i, line in enumerate(lines) if line.startswith("4.保护"))
    figures = [str(report[cell] or "") for cell in row]
    kept = figures[:cells] if cells < 7 else [*figures[:3], "", *figures[3:]]
    lines[at] = " | ".join(["4.保护第三方合法权益", *kept, "", ""]) + " |"

    result = read_lines(lines)

    assert {result.report[cell] for cell in row} == {None}
    assert [finding.row for finding in result.structure] == ["r3_3_4"]


def test_the_results_named_in_the_first_head_row_with_blanks_below() -> None:
    """E: the labels of 行政复议 stand one row above those of 行政诉讼."""
    report = telling_report()
    lines = WEB_LAYOUTS["filled_up"](report)
    at = next(i for i, line in enumerate(lines) if line.startswith("结果维持"))
    lines[at + 1] = "| " * 5 + lines[at + 1].split(" |||||")[0] + ""

    result = read_lines(lines)

    assert lost_cells(report, result) == []
    assert wrong_cells(report, result) == []


@pytest.mark.parametrize("bar", ["｜", "│", "|\t", "\t|\t", "\u00a0|\u3000"])
def test_bars_of_any_kind(bar: str) -> None:
    report = telling_report()
    lines = [line.replace("|", bar) for line in WEB_LAYOUTS["filled_up"](report)]

    result = read_lines(lines)

    assert wrong_cells(report, result) == []
    assert lost_cells(report, result) == []


def test_characters_without_width_change_nothing() -> None:
    report = telling_report()
    lines = [
        "\u200b".join(line).replace("|", "\ufeff|\u00ad") for line in WEB_LAYOUTS["cell_to_a_line"](report)
    ]

    result = read_lines(lines)

    assert wrong_cells(report, result) == []
    assert lost_cells(report, result) == []
    assert result.report.agency == AGENCY


def test_furniture_with_bars_is_no_table() -> None:
    report = telling_report()
    furniture = [
        "首页 | 政府信息公开 | 年报 |",
        "索引号 | 000/2024-001 | 发布机构 | 示例县人民政府 |",
        "字号：大 | 中 | 小 |",
    ]

    result = read_lines([*furniture, *WEB_LAYOUTS["cell_to_a_line_padded"](report)])

    assert lost_cells(report, result) == []
    assert wrong_cells(report, result) == []
    assert (result.report.agency, result.report.year) == (AGENCY, 2023)


@FUZZ
@given(report=reports(), share=st.sampled_from([0, 0.1, 0.6]), seed=st.integers(0, 2**32), page=st.booleans())
def test_cells_copied_from_a_browser_and_pages_without_spans(
    report: Report, share: float, seed: int, page: bool
) -> None:
    dice = random.Random(seed)
    report = without(report, {cell for cell in report.cells() if dice.random() < share})

    result = (
        read_bytes(page_without_spans(report).encode(), "report.html")
        if page
        else read_lines(copied_by_a_browser(report))
    )

    assert wrong_cells(report, result) == []
    assert lost_cells(report, result) == []


def _summed(report: Report) -> Report:
    """The same report with totals in table 三 that are their rows' sums."""
    values = dict(report.values)
    for row in report.table3_rows:
        *parts, total = (cell for cell in report.cells() if cell[:2] == (TableId.THREE, row.key))
        values[total] = sum(int(values[cell] or 0) for cell in parts)
    return report.with_values(values)


def test_totals_on_the_next_line_are_read_where_they_are_the_sums() -> None:
    report = _summed(telling_report())

    result = read_lines(totals_below(report))

    assert wrong_cells(report, result) == []
    assert lost_cells(report, result) == []


def test_lone_figures_that_are_no_sums_are_not_taken_for_totals() -> None:
    report = telling_report()

    result = read_lines(totals_below(report))

    assert {result.report[cell] for cell in report.cells() if cell.table is TableId.THREE} == {None}
    assert wrong_cells(report, result) == []

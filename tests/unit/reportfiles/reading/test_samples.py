"""Published reports with known figures, where the shared samples are at hand."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from gongkai.core.annual_report import TableId
from gongkai.reportfiles.reading import TwoYears, read_report, to_json

SHARED = Path(os.environ.get("GONGKAI_SHARED", Path(__file__).parents[5] / "shared"))
SAMPLES = SHARED / "samples" / "reports"

needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="shared samples of reports are not here")


@needs_samples
@pytest.mark.parametrize("number", ["004", "006", "010"])
def test_a_published_report_gives_its_true_figures(number: str) -> None:
    truth = json.loads((SAMPLES / f"{number}.json").read_text("utf-8"))

    read = to_json(read_report(SAMPLES / f"{number}.txt"))

    assert read["agency"] in {truth["agency"], *truth["agency_aliases"]}
    assert {key: read[key] for key in ("year", "table2", "table3", "table4")} == {
        key: truth[key] for key in ("year", "table2", "table3", "table4")
    }
    assert not read["invalid_cells"]
    assert not read["structure"]


@needs_samples
def test_two_years_side_by_side_are_refused() -> None:
    with pytest.raises(TwoYears, match="2023 年、2024 年"):
        read_report(SAMPLES / "015.txt")


@needs_samples
def test_the_reference_report_is_zero_in_every_cell() -> None:
    result = read_report(SAMPLES / "reference-2023.txt")

    assert {result.report[cell] for cell in result.report.cells()} == {0}
    assert result.report.six_divided
    assert result.report.year == 2023
    assert all(result.confidence[table].score == 1.0 for table in TableId)
    assert set(result.report.sections) == {"一", "五", "六"}


@needs_samples
def test_lines_of_a_page_are_put_together_into_paragraphs() -> None:
    sections = read_report(SAMPLES / "004.txt").report.sections

    paragraphs = sections["一"].split("\n")
    assert [paragraph[:3] for paragraph in paragraphs[1:]] == [
        "（一）",
        "（二）",
        "（三）",
        "（四）",
        "（五）",
    ]
    assert "推进建设" not in sections["一"]
    assert "“建设‘四最’一流营商环境高质量推进产业发展”" in sections["一"]

"""What is written is read back as it was: every format, every cell, every variant of the form."""

import pytest
from hypothesis import HealthCheck, given, settings
from tests.unit.reportfiles.writing.written_reports import (
    SECTIONS,
    VARIANTS,
    empty_report,
    filled,
    large,
    numbered,
    reports,
    zeros,
)

from gongkai.reportfiles.reading import read_bytes
from gongkai.reportfiles.writing import FORMATS, render

PROSE_FORMATS = [fmt for fmt in FORMATS if fmt != "pdf"]  # a PDF keeps lines, not paragraphs


def read_back(report, fmt):
    return read_bytes(render(report, fmt), f"report.{fmt}").report


def differences(before, after):
    return {str(cell): (before[cell], after[cell]) for cell in before.cells() if before[cell] != after[cell]}


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize(("edition", "divided"), VARIANTS)
def test_every_cell_comes_back_at_its_own_place(fmt, edition, divided):
    report = numbered(edition, divided=divided)

    again = read_back(report, fmt)

    assert differences(report, again) == {}
    assert (again.edition, again.six_divided) == (edition, divided)


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("odd", [0, 1])
def test_a_blank_stays_blank_between_figures(fmt, odd):
    """None prints as an empty cell and is never read as 0 or as its neighbour."""
    report = numbered()
    order = {cell: number for number, cell in enumerate(report.cells())}
    report = filled(report, lambda cell: None if order[cell] % 2 == odd else 7 + order[cell])

    assert differences(report, read_back(report, fmt)) == {}


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("make", [zeros, large])
def test_zero_and_very_large_figures_come_back(fmt, make):
    report = make()

    assert differences(report, read_back(report, fmt)) == {}


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_report_without_any_figure_comes_back_without_any(fmt):
    report = empty_report()

    again = read_back(report, fmt)

    assert all(again[cell] is None for cell in report.cells())


@pytest.mark.parametrize("fmt", FORMATS)
def test_agency_and_year_come_back(fmt):
    again = read_back(numbered(), fmt)

    assert (again.agency, again.year) == ("示例工业园区管委会", 2023)


@pytest.mark.parametrize("fmt", PROSE_FORMATS)
def test_the_text_comes_back_paragraph_by_paragraph(fmt):
    assert dict(read_back(numbered(), fmt).sections) == SECTIONS


def test_the_text_of_a_pdf_comes_back_but_for_line_ends():
    sections = read_back(numbered(), "pdf").sections

    assert {key: text.replace("\n", "") for key, text in sections.items()} == {
        key: text.replace("\n", "") for key, text in SECTIONS.items()
    }


def check_any_report(report, fmt):
    again = read_back(report, fmt)

    assert differences(report, again) == {}
    assert (again.edition, again.six_divided) == (report.edition, report.six_divided)


relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@settings(relaxed, max_examples=60)
@given(reports())
def test_any_report_survives_json(report):
    check_any_report(report, "json")


@settings(relaxed, max_examples=40)
@given(reports())
def test_any_report_survives_txt(report):
    check_any_report(report, "txt")


@settings(relaxed, max_examples=40)
@given(reports())
def test_any_report_survives_html(report):
    check_any_report(report, "html")


@settings(relaxed, max_examples=30)
@given(reports())
def test_any_report_survives_docx(report):
    check_any_report(report, "docx")


@settings(relaxed, max_examples=30)
@given(reports())
def test_any_report_survives_xlsx(report):
    check_any_report(report, "xlsx")


@settings(relaxed, max_examples=20)
@given(reports())
def test_any_report_survives_pdf(report):
    check_any_report(report, "pdf")

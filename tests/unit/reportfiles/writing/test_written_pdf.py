"""The PDF as an official paper: GB/T 9704-2012, 5 and 7."""

import io
from dataclasses import replace

import pdfplumber
import pytest
from tests.unit.reportfiles.writing.written_reports import (
    VARIANTS,
    empty_report,
    filled,
    large,
    long_text,
    numbered,
    zeros,
)

from gongkai.core.annual_report import SECTION_TITLES, Edition, Kind, TableId
from gongkai.core.annual_report.grid import grid
from gongkai.reportfiles import fonts
from gongkai.reportfiles.writing import DocumentContext, MissingGlyph, render

MM = 72 / 25.4
TYPE_AREA = (28 * MM, 37 * MM, (28 + 156) * MM, (37 + 225) * MM)


@pytest.fixture(scope="module")
def pages():
    """What stands on each page of a long report: its words, characters, lines and size."""
    with pdfplumber.open(io.BytesIO(render(long_text(large()), "pdf"))) as pdf:
        return [
            {
                "chars": page.chars,
                "lines": page.lines + page.rects,
                "words": page.extract_words(),
                "size": (page.width, page.height),
            }
            for page in pdf.pages
        ]


def body(page):
    return [char for char in page["chars"] if char["top"] < TYPE_AREA[3]]


def ideographs(page):
    """Without punctuation, whose white half may hang over an edge."""
    return [char for char in body(page) if "\u4e00" <= char["text"] <= "\u9fff"]


def test_every_page_is_a4_and_text_keeps_inside_the_type_area(pages):
    left, top, right, bottom = TYPE_AREA
    for page in pages:
        assert page["size"] == pytest.approx((210 * MM, 297 * MM), abs=0.5)
        assert min(char["x0"] for char in ideographs(page)) >= left - 1
        assert max(char["x1"] for char in ideographs(page)) <= right + 1
        assert min(char["top"] for char in body(page)) >= top - 4
        assert max(char["bottom"] for char in body(page)) <= bottom + 4


def test_body_text_is_size_3_fangsong_on_22_lines_of_28_characters(pages):
    page = pages[1]
    sizes = {round(char["size"], 1) for char in body(page)}
    tops = sorted({round(char["top"], 0) for char in body(page) if "FandolFang" in char["fontname"]})
    full_line = max(
        sum(round(char["top"]) == top for char in body(page)) for top in {round(c["top"]) for c in body(page)}
    )

    assert sizes == {16.0}
    assert tops[1] - tops[0] == pytest.approx(225 * MM / 22, abs=1)
    assert 21 <= len(tops) <= 22  # a widow may take the last line along
    assert full_line in (28, 29)  # punctuation at a line's end may be squeezed


def test_all_fonts_are_the_vendored_ones_and_embedded():
    content = render(numbered(), "pdf")
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        names = {char["fontname"].split("+")[-1] for page in pdf.pages for char in page.chars}

    assert names == {
        "FandolFang-Regular", "FandolKai-Regular", "NotoSansCJKsc-Medium", "NotoSerifCJKsc-Bold", "NotoSerifCJKsc-Regular",
    }  # fmt: skip
    assert content.count(b"/FontFile3") >= len(names)


def test_page_numbers_stand_between_dashes_at_the_outer_edge(pages):
    for number, page in enumerate(pages, start=1):
        foot = [char for char in page["chars"] if char["top"] > TYPE_AREA[3] + 4]
        text = "".join(char["text"] for char in foot).replace(" ", "")
        edge = max(char["x1"] for char in foot) if number % 2 else min(char["x0"] for char in foot)
        expected = TYPE_AREA[2] - 14 if number % 2 else TYPE_AREA[0] + 14

        assert text == f"—{number}—"
        assert edge == pytest.approx(expected, abs=3)
        assert {round(char["size"]) for char in foot} == {14}


@pytest.mark.parametrize(("edition", "divided"), VARIANTS)
@pytest.mark.parametrize("length", range(0, 24, 4))
def test_a_table_stands_whole_on_one_page_under_its_heading(edition, divided, length):
    """No row is cut, no heading stands alone, wherever on the page the table begins."""
    report = long_text(numbered(edition, divided=divided), length)
    with pdfplumber.open(io.BytesIO(render(report, "pdf"))) as pdf:
        texts = [page.extract_text().replace("\n", "").replace(" ", "") for page in pdf.pages]

    for table, section in zip(TableId, "二三四", strict=True):
        heading = f"{section}、{SECTION_TITLES[section]}"
        (page,) = [text for text in texts if heading in text]
        figures = [str(int(report[cell.cell])) for cell in grid(report, table).cells if cell.cell]
        assert all(figure in page for figure in figures)


@pytest.mark.parametrize("length", range(8, 20))
def test_no_heading_is_the_last_line_of_a_page(length):
    with pdfplumber.open(io.BytesIO(render(long_text(zeros(), length), "pdf"))) as pdf:
        last = [
            max((c for c in page.chars if c["top"] < TYPE_AREA[3]), key=lambda c: c["top"])
            for page in pdf.pages
        ]

    assert all("NotoSans" not in char["fontname"] for char in last)


def test_figures_of_any_size_stay_inside_their_cells():
    """Nine digits in every cell of 表三 and 表四: smaller type, but nothing over the edge."""
    report = filled(empty_report(), lambda _: 123456789)
    with pdfplumber.open(io.BytesIO(render(report, "pdf"))) as pdf:
        tables = [table for page in pdf.pages for table in page.find_tables()]
        read = [text for table in tables for row in table.extract() for text in row if text]

    counts = [cell for cell in report.cells() if report.form.kind(cell) is Kind.COUNT]
    assert read.count("123456789") == len(counts)


def test_a_character_without_glyph_is_named_with_its_place():
    report = replace(zeros(), sections={"一": "第一段。\n联系人龘𠮷先生。"})

    with pytest.raises(MissingGlyph) as refused:
        render(report, "pdf")

    assert refused.value.characters == ("龘", "𠮷")
    assert str(refused.value).startswith("“一、总体情况”第 2 段中的字符“龘”（U+9F98）、“𠮷”（U+20BB7）")


def test_a_missing_glyph_in_the_title_or_preamble_is_found_too():
    with pytest.raises(MissingGlyph, match=r"^标题中"):
        render(replace(zeros(), agency="龘镇人民政府"), "pdf")
    with pytest.raises(MissingGlyph, match=r"^前言第 1 段中"):
        render(replace(zeros(), preamble="龘"), "pdf")


def test_typst_markup_in_a_text_is_only_text():
    report = replace(zeros(), sections={"一": "#panic() *星号* _下划线_ $x$ \\ @a <b> `c` = 标题"})
    with pdfplumber.open(io.BytesIO(render(report, "pdf"))) as pdf:
        text = pdf.pages[0].extract_text()

    assert "#panic() *星号* _下划线_ $x$ \\ @a <b> `c` = 标题" in text


@pytest.mark.parametrize(("edition", "divided"), VARIANTS)
def test_every_label_of_the_form_can_be_drawn(edition, divided):
    """Labels are not looked through at each run, so they are here."""
    report = zeros(edition, divided=divided)
    labels = "".join(cell.text for table in TableId for cell in grid(report, table).cells)

    assert fonts.missing(labels + "".join(SECTION_TITLES.values()) + report.form.section_five_title) == ()


def test_a_long_title_breaks_after_the_organ_and_a_short_one_does_not():
    def first_line(report, context=None):
        with pdfplumber.open(io.BytesIO(render(report, "pdf", context=context))) as pdf:
            return pdf.pages[0].extract_text().splitlines()[0]

    assert first_line(zeros()) == "示例工业园区管委会"
    assert first_line(replace(zeros(), agency="示例县", year=None)) == "示例县政府信息公开工作年度报告"
    assert first_line(zeros(), DocumentContext(title="年度报告（更正）")) == "年度报告（更正）"


def test_the_file_says_what_it_is():
    with pdfplumber.open(io.BytesIO(render(zeros(Edition.E2021), "pdf"))) as pdf:
        metadata = pdf.metadata

    assert metadata["Title"] == "示例工业园区管委会2023年政府信息公开工作年度报告"
    assert metadata["Author"] == "示例工业园区管委会"
    assert metadata["CreationDate"].startswith("D:20240101")

"""The Word file as an official paper: GB/T 9704-2012, 5 and 7, and tables merged as on the form."""

import io
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree
from tests.unit.reportfiles.writing.written_reports import VARIANTS, numbered, zeros

from gongkai.core.annual_report import TableId
from gongkai.core.annual_report.grid import grid
from gongkai.reportfiles.writing import render

W = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}


def opened(report):
    return docx.Document(io.BytesIO(render(report, "docx")))


def part(report, name):
    with zipfile.ZipFile(io.BytesIO(render(report, "docx"))) as archive:
        return etree.fromstring(archive.read(name))


def test_page_and_margins_follow_the_standard():
    (section,) = opened(zeros()).sections

    assert (section.page_width.twips, section.page_height.twips) == (11906, 16838)
    assert section.top_margin.mm == pytest.approx(37, abs=0.1)
    assert section.left_margin.mm == pytest.approx(28, abs=0.1)
    assert (section.page_width - section.left_margin - section.right_margin) / 36000 == pytest.approx(
        156, abs=0.1
    )
    assert (section.page_height - section.top_margin - section.bottom_margin) / 36000 == pytest.approx(
        225, abs=0.1
    )


def test_the_type_area_holds_22_lines_of_28_characters():
    document = opened(zeros())
    section = document.sections[0]
    pitch = int(section._sectPr.find(qn("w:docGrid")).get(qn("w:linePitch")))
    space = int(section._sectPr.find(qn("w:docGrid")).get(qn("w:charSpace"))) / 4096
    height = section.page_height.twips - section.top_margin.twips - section.bottom_margin.twips

    assert height // pitch == 22
    assert document.styles["Normal"].paragraph_format.line_spacing.twips == pitch
    assert 156 / 25.4 * 72 // (16 + space) == 28


@pytest.mark.parametrize(
    ("style", "face", "points"),
    [
        ("Normal", "仿宋", 16),
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体", 16),
    ],
)
def test_faces_and_sizes_follow_the_standard_without_artificial_bold(style, face, points):
    found = opened(zeros()).styles[style]

    assert found.font.size.pt == points
    assert found.element.rPr.rFonts.get(qn("w:eastAsia")) == face
    assert not found.font.bold


def test_page_numbers_are_a_field_between_dashes_on_the_outer_side():
    document = opened(zeros())
    section = document.sections[0]

    assert document.settings.odd_and_even_pages_header_footer
    for footer, alignment in ((section.footer, "RIGHT"), (section.even_page_footer, "LEFT")):
        (paragraph,) = footer.paragraphs
        assert paragraph.text == "— 1 —"
        assert "PAGE" in paragraph._p.xpath("string(.//w:instrText)")
        assert paragraph.alignment.name == alignment


@pytest.mark.parametrize(("edition", "divided"), VARIANTS)
def test_tables_are_merged_as_on_the_form(edition, divided):
    report = numbered(edition, divided=divided)
    document = opened(report)

    for table, written in zip(TableId, document.tables, strict=True):
        laid = grid(report, table)
        assert (len(written.rows), len(written.columns)) == (laid.rows, laid.columns)
        for cell in laid.cells:
            expected = cell.text if cell.cell is None else str(report[cell.cell])
            last = written.cell(cell.row + cell.rowspan - 1, cell.col + cell.colspan - 1)
            assert written.cell(cell.row, cell.col).text.replace("\n", "") == expected
            assert last._tc is written.cell(cell.row, cell.col)._tc


def test_rows_are_never_cut_and_heads_repeat():
    for table, heads in zip(
        part(zeros(), "word/document.xml").iterfind(".//w:tbl", W), (0, 3, 3), strict=True
    ):
        rows = table.findall("w:tr", W)

        assert all(row.find("w:trPr/w:cantSplit", W) is not None for row in rows)
        assert [row.find("w:trPr/w:tblHeader", W) is not None for row in rows] == [
            i < heads for i in range(len(rows))
        ]


def test_a_table_stays_with_its_heading_and_in_one_piece():
    document = part(zeros(), "word/document.xml")
    for table in document.iterfind(".//w:tbl", W):
        heading = table.getprevious()
        *most, last = table.findall("w:tr", W)

        assert heading.find("w:pPr/w:keepNext", W) is not None
        assert all(row.find("w:tc/w:p/w:pPr/w:keepNext", W) is not None for row in most)
        assert last.find(".//w:keepNext", W) is None


def test_no_paragraph_mark_makes_a_row_of_a_table_higher_than_its_text():
    """A mark left at size 3 would give each of the 28 rows of 表三 the height of body text."""
    for paragraph in part(numbered(), "word/document.xml").iterfind(".//w:tc/w:p", W):
        mark = paragraph.find("w:pPr/w:rPr/w:sz", W)

        assert mark is not None
        assert int(mark.get(qn("w:val"))) <= 24


def test_widths_of_cells_add_up_to_the_type_area_in_every_row():
    for table in part(numbered(), "word/document.xml").iterfind(".//w:tbl", W):
        total = sum(int(column.get(qn("w:w"))) for column in table.find("w:tblGrid", W))
        for row in table.findall("w:tr", W):
            assert sum(int(width.get(qn("w:w"))) for width in row.iterfind("w:tc/w:tcPr/w:tcW", W)) == total
        assert total == pytest.approx(8844, abs=8)


# Order of children as the schema of ISO/IEC 29500-1 has it; Word calls a file with another order damaged.
ORDER = {
    "pPr": ["pStyle", "keepNext", "snapToGrid", "spacing", "ind", "jc", "rPr"],
    "tcPr": ["tcW", "gridSpan", "vMerge", "tcMar", "textDirection", "vAlign"],
    "tblPr": ["tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblCaption"],
    "rPr": ["rFonts", "snapToGrid", "sz", "szCs"],
}


@pytest.mark.parametrize("name", ORDER)
def test_properties_stand_in_the_order_of_the_schema(name):
    body = part(numbered(), "word/document.xml")
    for properties in body.iterfind(f".//w:{name}", W):
        places = [ORDER[name].index(etree.QName(child).localname) for child in properties]
        assert places == sorted(places)


def test_second_level_headings_are_in_kaiti_and_their_text_is_not():
    document = opened(replace(zeros(), sections={"一": "（一）主动公开。全年公开信息。\n（二）监督保障"}))
    opening, alone = (p for p in document.paragraphs if p.text.startswith("（"))

    assert [run.text for run in opening.runs] == ["（一）主动公开。", "全年公开信息。"]
    assert [re.search('eastAsia="([^"]*)', run._r.xml) is not None for run in opening.runs] == [True, False]
    assert alone.style.name == "Heading 2"


def test_properties_name_the_office_and_no_person_or_program():
    properties = opened(zeros()).core_properties

    assert properties.author == "示例工业园区管委会"
    assert properties.title == "示例工业园区管委会2023年政府信息公开工作年度报告"
    assert properties.last_modified_by == ""
    assert properties.created.year == 2024

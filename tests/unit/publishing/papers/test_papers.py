"""The official paper against GB/T 9704-2012: its words and its measures, in both files."""

import io
from datetime import date
from pathlib import Path

import pdfplumber
import pytest
from docx import Document
from docx.oxml.ns import qn

from gongkai.core.documents.official_paper import PaperText
from gongkai.publishing.papers import paper_docx, paper_pdf
from gongkai.reportfiles.writing.errors import MissingGlyph

GOLDEN = Path(__file__).parents[3] / "golden" / "papers" / "notice.txt"
MM = 72 / 25.4
PAPER = PaperText(
    mark="示例工业园区管委会文件",
    number="示园发〔2026〕3号",
    unified_number="SLYQ-2026-3",
    title="示例工业园区管委会关于印发园区企业技术改造奖补资金管理办法（试行）的通知",
    recipients="园区各企业，各内设机构",
    paragraphs=(
        "为规范奖补资金管理，制定本办法。",
        "一、支持对象",
        "（一）基本条件。在园区依法注册的企业，可以申请。",
        "1.同一项目不重复支持。",
        *(
            f"第{n}项标准按照设备投资额的百分之八给予奖补，最高不超过一百万元，由经济发展局核定。"
            for n in range(1, 15)
        ),
    ),
    organ="示例工业园区管委会",
    dated=date(2026, 3, 2),
    attachments=("奖补资金申请表", "项目验收表"),
    printed_by="示例工业园区管委会党政办公室",
    printed_on=date(2026, 3, 3),
)


@pytest.fixture(scope="module")
def pages():
    with pdfplumber.open(io.BytesIO(paper_pdf(PAPER))) as pdf:
        yield [(page, page.chars, page.lines) for page in pdf.pages]


def chars_of(chars, size, font=""):
    return [one for one in chars if round(one["size"]) == size and font in one["fontname"]]


def test_the_same_paper_gives_the_same_bytes():
    assert paper_pdf(PAPER) == paper_pdf(PAPER)


def test_the_words_are_those_of_the_golden_file(pages):
    """Reviewed as a diff: every line in its place."""
    text = "\n".join(f"== {n} ==\n{page.extract_text()}" for n, (page, _, _) in enumerate(pages, start=1))

    assert text + "\n" == GOLDEN.read_text(encoding="utf-8")


def test_the_mark_begins_35_mm_below_the_type_area_and_the_red_line_is_as_wide(pages):
    _, chars, lines = pages[0]
    red = next(one for one in lines if one["stroking_color"] not in (None, (0,), 0))
    number = next(one for one in chars if one["text"] == "〔")

    assert red["width"] == pytest.approx(156 * MM, abs=0.5)
    assert red["x0"] == pytest.approx(28 * MM, abs=0.5)
    mark = max(chars, key=lambda one: one["size"])
    assert mark["top"] == pytest.approx((37 + 35) * MM, abs=12)  # the box of the face stands over its ink
    assert number["bottom"] < red["top"] < number["bottom"] + 6 * MM


def test_body_is_16_points_in_28_columns_and_22_lines(pages):
    _, chars, _ = pages[1]
    body = chars_of(chars, 16, "Fang")
    rows = sorted({round(one["top"], 1) for one in body})

    assert min(one["x0"] for one in body) == pytest.approx(28 * MM, abs=1)
    assert max(one["x1"] for one in body) <= (28 + 156) * MM + 1
    assert rows[1] - rows[0] == pytest.approx(225 * MM / 22, abs=0.2)
    assert max(one["bottom"] for one in body) <= (37 + 225) * MM + 1


def test_levels_have_their_faces(pages):
    _, chars, _ = pages[0]
    faces = {one["text"]: one["fontname"] for one in chars if round(one["size"]) == 16}

    assert "Sans" in faces["象"]  # 一、支持对象 in 黑体
    assert "Kai" in faces["基"]  # （一）基本条件。 in 楷体
    assert "Fang" in faces["重"]


def test_odd_pages_number_right_even_pages_left(pages):
    first, second = ([one for one in chars if one["text"] == "—"] for _, chars, _ in pages[:2])

    assert first[0]["x0"] > 105 * MM > second[0]["x0"]
    assert len(pages) == 3


def test_the_end_block_closes_the_type_area_of_the_last_page(pages):
    _, _, lines = pages[-1]
    last = max(lines, key=lambda one: one["top"])

    assert last["top"] == pytest.approx((37 + 225) * MM, abs=1.5)
    assert last["linewidth"] == pytest.approx(0.35 * MM, abs=0.05)


def test_word_has_the_page_of_the_standard_and_the_same_words():
    document = Document(io.BytesIO(paper_docx(PAPER)))
    section = document.sections[0]
    text = [one.text for one in document.paragraphs if one.text.strip()]

    assert (section.page_width.twips, section.top_margin.twips, section.left_margin.twips) == (
        11906,
        2098,
        1588,
    )
    assert section._sectPr.find(qn("w:docGrid")).get(qn("w:charSpace")) == "-848"
    assert text[0] == PAPER.mark
    assert text[1] == PAPER.number
    assert text[2] == PAPER.unified_number
    assert text[3].replace("\n", "") == PAPER.title
    assert text[4] == PAPER.recipients + "："
    assert text[5 : 5 + len(PAPER.paragraphs)] == list(PAPER.paragraphs)
    assert text[-4:] == [
        PAPER.organ,
        "2026年3月2日",
        "（此件公开发布）",
        f"{PAPER.printed_by}\t2026年3月3日印发",
    ]


def test_word_headings_have_their_faces():
    document = Document(io.BytesIO(paper_docx(PAPER)))
    faces = {
        run.text: run._r.rPr.rFonts.get(qn("w:eastAsia"))
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if run._r.rPr is not None and run._r.rPr.rFonts is not None
    }

    assert faces["一、支持对象"] == "黑体"
    assert faces["（一）基本条件。"] == "楷体"
    assert faces[PAPER.mark] == "方正小标宋简体"


def test_a_character_without_a_glyph_is_an_error_that_names_it():
    from dataclasses import replace

    with pytest.raises(MissingGlyph, match="U\\+1F600"):
        paper_pdf(replace(PAPER, recipients="\U0001f600"))

"""The vendored fonts and the measures of the tables."""

from decimal import Decimal

import pytest
from tests.unit.reportfiles.writing.written_reports import VARIANTS, empty_report, filled, numbered

from gongkai.core.annual_report import CellKey, TableId
from gongkai.core.annual_report.grid import grid
from gongkai.reportfiles import fonts
from gongkai.reportfiles.fonts.coverage import FontFileError, characters_of
from gongkai.reportfiles.writing.layout import TEXT_WIDTH_MM, Role, measures, printed_cells
from gongkai.reportfiles.writing.parts import Paragraph, paragraph_texts, split_heading

NAMES = [
    "FandolFang-Regular",
    "FandolKai-Regular",
    "NotoSansCJKsc-Medium",
    "NotoSerifCJKsc-Bold",
    "NotoSerifCJKsc-Regular",
]
GB2312 = {
    bytes([high, low]).decode("gb2312")
    for high in range(0xB0, 0xF8)
    for low in range(0xA1, 0xFF)
    if not (high == 0xD7 and low > 0xF9)
}


def test_the_five_faces_are_there_with_their_licences_under_20_mb():
    assert sorted(path.stem for path in fonts.FOLDER.glob("*.otf")) == NAMES
    assert sum(path.stat().st_size for path in fonts.FOLDER.iterdir() if path.is_file()) < 20_000_000
    assert "SIL OPEN FONT LICENSE" in (fonts.FOLDER / "LICENSE-Noto-OFL.txt").read_text(encoding="utf-8")
    assert "As a special exception" in (fonts.FOLDER / "LICENSE-Fandol.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_each_face_has_every_character_of_gb_2312(name):
    """6763 characters in the standard; a face that falls back would change looks within a word."""
    known = characters_of((fonts.FOLDER / f"{name}.otf").read_bytes())

    assert len(GB2312) == 6763
    assert {char for char in GB2312 if ord(char) not in known} == set()


def test_characters_of_common_names_can_be_drawn():
    assert fonts.missing("堃喆淼昇珺玥垚赟翀犇骉焜煊祐暐燊頔峯珮〇㎡①⑩Ⅲ—…“”‘’〔〕《》·％℃") == ()


def test_missing_characters_are_named_once_in_order():
    assert fonts.missing("𠮷a龘𠮷 \n") == ("𠮷", "龘")


@pytest.mark.parametrize("content", [b"", b"OTTO", b"\0" * 64, b"%PDF-1.7" * 10])
def test_what_is_no_font_is_refused(content):
    with pytest.raises(FontFileError):
        characters_of(content)


@pytest.mark.parametrize("name", NAMES)
def test_our_reading_of_cmap_agrees_with_fonttools(name):
    """fontTools comes with the test extra."""
    ttlib = pytest.importorskip("fontTools.ttLib", reason="fontTools is not installed")

    path = fonts.FOLDER / f"{name}.otf"
    with ttlib.TTFont(path) as font:
        assert characters_of(path.read_bytes()) == set(font.getBestCmap())


@pytest.mark.parametrize(("edition", "divided"), VARIANTS)
@pytest.mark.parametrize("table", TableId)
def test_columns_fill_the_type_area(edition, divided, table):
    laid = grid(empty_report(edition, divided=divided), table)
    widths = measures(laid).widths_mm

    assert len(widths) == laid.columns
    assert sum(widths) == pytest.approx(TEXT_WIDTH_MM)


def test_figures_of_a_column_end_at_the_same_place_with_the_widest_in_the_middle():
    report = numbered().with_values(
        {
            CellKey(TableId.THREE, "r1", "natural"): 123456,
            CellKey(TableId.THREE, "r2", "natural"): 0,
        }
    )
    _, _, cells = printed_cells(report, TableId.THREE)
    insets = {
        cell.text: cell.inset_mm
        for cell in cells
        if cell.at.cell and cell.at.cell.col == "natural" and cell.text
    }

    assert insets["0"] == insets["123456"]
    assert insets["0"] == pytest.approx((12.5 - 6 * 0.5 * 9 * 25.4 / 72) / 2)


@pytest.mark.parametrize(("digits", "points"), [(1, 9), (6, 9), (7, 8.5), (9, 6.5), (30, 5)])
def test_a_long_figure_is_set_smaller_down_to_5_points(digits, points):
    report = filled(empty_report(), lambda _: 10 ** (digits - 1))
    _, _, cells = printed_cells(report, TableId.THREE)

    assert {cell.points for cell in cells if cell.role is Role.FIGURE} == {points}


def test_amounts_print_without_trailing_zeros():
    report = numbered().with_values({CellKey(TableId.TWO, "fees", "amount"): Decimal("96171.600000")})
    _, _, cells = printed_cells(report, TableId.TWO)

    assert "96171.6" in [cell.text for cell in cells]


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("（一）主动公开情况。全年公开 244 条。", "（一）主动公开情况。"),
        ("(三) 政府信息管理情况：健全制度。", "(三) 政府信息管理情况："),
        ("（五）监督保障", "（五）监督保障"),
        ("（一）这一句很长很长很长很长很长很长很长很长很长很长很长很长很长没有停顿一直写下去。", ""),
        ("1.加强培训。", ""),
        ("（2023年）数据。", ""),
    ],
)
def test_the_second_level_heading_is_parted_from_its_text(text, heading):
    assert split_heading(text) == Paragraph(heading, text[len(heading) :])


def test_paragraphs_are_cut_at_any_line_end_and_blank_ones_fall_away():
    assert paragraph_texts("　　甲\r\n\n 乙\u2028丙\x0b\t丁　") == ("甲", "乙", "丙", "丁")

"""Two years side by side: carry-over, leaps, copied prose."""

from dataclasses import replace
from fractions import Fraction

import pytest

from gongkai.core.annual_report import CellKey, Edition, TableId, zero_report
from gongkai.core.annual_report.compare import compare, copied_prose, sentences

NEW = CellKey(TableId.THREE, "r1", "total")
CARRIED_OUT = CellKey(TableId.THREE, "r4", "natural")


def report(year=2023, text="", edition=Edition.E2021, **cells):
    base = zero_report("示例县人民政府", year, edition)
    values = dict(base.values) | {
        CellKey.parse(name.replace("__", ".")): value for name, value in cells.items()
    }
    return replace(base, values=values, sections={"一": text} if text else {})


def test_carry_over_between_consecutive_years_is_checked():
    found = compare(report(2022, table3__r4__natural=3), report(2023, table3__r2__natural=2))

    assert found.consecutive
    assert [(finding.rule, finding.expected, finding.printed) for finding in found.findings] == [
        ("T3-4", 3, 2)
    ]


@pytest.mark.parametrize("years", [(2021, 2023), (2023, 2022), (None, 2023), (2022, None)])
def test_years_that_do_not_follow_are_compared_without_carry_over(years):
    before, after = (report(year or 2023, table3__r4__natural=3) for year in years)
    before, after = replace(before, year=years[0]), replace(after, year=years[1])

    assert not compare(before, after).consecutive
    assert compare(before, after).findings == ()


@pytest.mark.parametrize(
    ("before", "after", "is_jump"),
    [(100, 149, False), (100, 150, True), (100, 50, True), (100, 51, False), (4, 13, False), (4, 14, True),
     (0, 9, False), (0, 10, True), (10, 0, True), (9, 0, False)],
)  # fmt: skip
def test_a_jump_passes_both_thresholds(before, after, is_jump):
    found = compare(report(2022, table3__r1__total=before), report(2023, table3__r1__total=after))

    assert [jump.cell for jump in found.jumps] == ([NEW] if is_jump else [])


def test_thresholds_are_parameters_and_a_jump_says_how_far():
    before, after = report(2022, table3__r1__total=100), report(2023, table3__r1__total=107)
    (jump,) = compare(before, after, least_change=5, least_ratio=Fraction(1, 20)).jumps

    assert (jump.change, jump.ratio) == (7, Fraction(7, 100))
    assert compare(report(2022), report(2023, table3__r1__total=50)).jumps[0].ratio is None


def test_a_cell_only_one_year_has_filled_is_named_and_never_taken_for_zero():
    found = compare(report(2022, table3__r1__total=None), report(2023, table3__r1__total=500))

    assert found.jumps == ()
    assert found.not_compared == (NEW,)


def test_editions_meet_in_the_cells_they_share():
    found = compare(report(2020, edition=Edition.E2019), report(2021, table3__r1__total=30))

    assert [jump.cell for jump in found.jumps] == [NEW]
    assert CellKey(TableId.TWO, "normative", "issued") in found.not_compared
    assert CellKey(TableId.TWO, "procurement", "projects") in found.not_compared


def test_copied_sentences_are_found_whatever_their_year_and_spacing():
    before = "2022年，我局认真落实各项公开要求。全年公开信息120条。\n下一步将继续加强业务培训工作。"
    after = "２０２３ 年，我局认真落实各项\n公开要求。全年公开信息 151 条，内容更多。下一步将继续加强业务培训工作。"
    (section,) = copied_prose(report(2022, before), report(2023, after))

    assert section.section == "一"
    assert section.identical == ("２０２３年，我局认真落实各项公开要求。", "下一步将继续加强业务培训工作。")
    assert section.share == Fraction(2, 3)


def test_headings_and_lead_ins_do_not_count_as_copied():
    assert sentences("（一）主动公开。一是提高认识。完善政府信息公开工作制度。") == [
        "完善政府信息公开工作制度。"
    ]


def test_a_section_the_earlier_report_lacks_is_not_copied_and_an_empty_one_is_left_out():
    (section,) = copied_prose(report(2022), report(2023, "完善政府信息公开工作制度。"))

    assert (section.sentences, section.share) == (1, 0)
    assert copied_prose(report(2022, "完善政府信息公开工作制度。"), report(2023)) == ()


def test_another_body_is_noticed():
    other = replace(report(2022), agency="样例县人民政府")

    assert not compare(other, report(2023)).same_body
    assert compare(report(2022), report(2023)).same_body

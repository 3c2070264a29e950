"""Summing units' reports: each once, the others with their reasons (disclosure-law §2.9), RU-1."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.annual_report import CellKey, Edition, Severity, TableId, zero_report
from gongkai.core.annual_report.rollup import (
    NothingToSum,
    Standing,
    Submission,
    check_rollup,
    roll_up,
    sum_reports,
    undivided,
)
from gongkai.core.annual_report.units import DEEPEST, Unit, UnitTree, UnitTreeError

NEW = CellKey(TableId.THREE, "r1", "natural")
NEW_TOTAL = CellKey(TableId.THREE, "r1", "total")
FEES = CellKey(TableId.TWO, "fees", "amount")


def county(*more):
    """A county with two bureaus, a tax office out of the sum, and a township with its own branch."""
    return UnitTree(
        [
            Unit("A", "", "示例县", row=2),
            Unit("A1", "A", "示例县教育局", row=3),
            Unit("A2", "A", "示例县水务局", row=4),
            Unit("A3", "A", "示例县税务局", counted=False, reason="垂直管理", row=5),
            Unit("A4", "A", "示例镇", row=6),
            Unit("A41", "A4", "示例镇政务中心", row=7),
            *more,
        ]
    )


def handed_in(code, agency="", year=2023, edition=Edition.E2021, **cells):
    base = zero_report(agency, year, edition)
    values = dict(base.values) | {
        CellKey.parse(name.replace("__", ".")): value for name, value in cells.items()
    }
    return Submission(code, f"{code}.json", replace(base, values=values))


def balanced(code, new, **more):
    """A unit with so many new applications, all of natural persons and all answered in full."""
    rows = {f"table3__{row}__{col}": new for row in ("r1", "r3_1", "r3_7") for col in ("natural", "total")}
    return handed_in(code, **rows, **more)


def test_each_unit_counts_once_and_every_unit_has_its_standing():
    found = roll_up(county(), [balanced("A1", 3), balanced("A2", 4), balanced("A3", 50), balanced("A41", 5)])

    assert found.report[NEW_TOTAL] == 12
    assert found.report.agency == "示例县"
    assert [(line.unit.code, line.standing) for line in found.lines] == [
        ("A", Standing.CONTAINER), ("A1", Standing.INCLUDED), ("A2", Standing.INCLUDED),
        ("A3", Standing.EXCLUDED), ("A4", Standing.CONTAINER), ("A41", Standing.INCLUDED),
    ]  # fmt: skip
    assert found.lines[3].detail == "垂直管理"
    assert found.complete
    assert found.findings == ()


def test_a_units_own_rollup_is_never_added_to_the_units_under_it():
    reports = [balanced("A1", 3), balanced("A2", 4), balanced("A41", 5), balanced("A4", 5), balanced("A", 12)]
    found = roll_up(county(), reports)

    assert found.report[NEW_TOTAL] == 12
    assert found.findings == ()


def test_a_superiors_report_stands_for_units_none_of_which_has_reported():
    found = roll_up(county(), [balanced("A1", 3), balanced("A4", 5)])

    assert found.report[NEW_TOTAL] == 8
    assert [unit.code for unit in found.units(Standing.COVERED)] == ["A41"]
    assert [unit.code for unit in found.units(Standing.MISSING)] == ["A2"]
    assert not found.complete


def test_the_top_units_own_report_is_never_its_own_sum():
    with pytest.raises(NothingToSum):
        roll_up(county(), [balanced("A", 12)])


def test_what_is_under_an_excluded_unit_is_excluded_for_the_same_reason():
    tree = county(Unit("A31", "A3", "示例县税务分局", row=8))
    found = roll_up(tree, [balanced("A1", 1), balanced("A31", 9)])

    assert found.report[NEW_TOTAL] == 1
    assert found.units(Standing.EXCLUDED) == (tree["A3"], tree["A31"])
    assert "垂直管理" in next(line.detail for line in found.lines if line.unit.code == "A31")


def test_a_unit_whose_offices_do_not_count_is_a_unit_that_reports():
    tree = county(Unit("A11", "A1", "示例县招生办", counted=False, reason="已含在教育局报告中", row=8))
    found = roll_up(tree, [balanced("A1", 3), balanced("A11", 2)])

    assert found.report[NEW_TOTAL] == 3
    assert [line.detail for line in found.lines if line.unit.code == "A11"] == ["已含在教育局报告中"]


def test_reports_are_placed_by_code_or_by_name_and_others_are_listed():
    named = replace(balanced("2023年年报", 2), report=replace(balanced("", 2).report, agency="示例县 教育局"))
    found = roll_up(county(), [named, balanced("A2_水务局2023", 3), balanced("B9", 7)])

    assert found.report[NEW_TOTAL] == 5
    assert found.unknown == ("B9.json",)


def test_a_name_borne_by_two_units_places_nothing():
    tree = county(Unit("A5", "A", "政务中心", row=8), Unit("A6", "A", "政务中心", row=9))
    report = replace(balanced("x", 2).report, agency="政务中心")

    assert roll_up(tree, [balanced("A1", 1), Submission("x", "x.txt", report)]).unknown == ("x.txt",)


def test_the_same_figures_twice_count_once_and_different_ones_not_at_all():
    found = roll_up(
        county(), [balanced("A1", 3), balanced("A1_副本", 3), balanced("A2", 4), balanced("A2_改", 5)]
    )

    assert found.report[NEW_TOTAL] == 3
    assert found.repeated == ("A1_副本.json",)
    (line,) = [line for line in found.lines if line.standing is Standing.CONFLICT]
    assert line.unit.code == "A2"
    assert "A2.json、A2_改.json" in line.detail


def test_another_year_or_edition_is_not_mixed_in():
    old = handed_in("A2", year=2020, edition=Edition.E2019)
    found = roll_up(county(), [balanced("A1", 3), old, replace(balanced("A41", 1))])

    assert [unit.code for unit in found.units(Standing.OTHER_FORM)] == ["A2"]
    assert found.report.year == 2023
    assert roll_up(county(), [balanced("A1", 3), old], year=2020, edition=Edition.E2019).report.year == 2020


def test_blanks_add_nothing_and_are_listed_with_their_units():
    found = roll_up(county(), [balanced("A1", 3), balanced("A2", 4, table2__fees__amount=None)])

    assert found.report[FEES] == 0
    assert {cell: [unit.code for unit in units] for cell, units in found.blanks.items()} == {FEES: ["A2"]}


def test_a_cell_nobody_filled_stays_empty():
    found = roll_up(county(), [handed_in("A1", table2__fees__amount=None)])
    assert found.report[FEES] is None


def test_amounts_are_summed_exactly():
    amounts = {"A1": Decimal("0.1"), "A2": Decimal("0.2"), "A41": Decimal("0.000001")}
    found = roll_up(
        county(), [handed_in(code, table2__fees__amount=value) for code, value in amounts.items()]
    )
    assert found.report[FEES] == Decimal("0.300001")


def test_identities_are_rechecked_on_the_sum():
    found = roll_up(county(), [handed_in("A1", table3__r1__natural=3)])
    assert {finding.rule for finding in found.findings} == {"T3-1", "T3-3"}


def test_an_identity_of_the_sum_that_a_units_blank_could_mend_is_a_warning():
    blank = handed_in("A1", table3__r1__total=None, table3__r1__natural=3)
    found = roll_up(county(), [blank, balanced("A2", 4)])
    by_rule = {finding.rule: finding.severity for finding in found.findings if finding.cell == NEW_TOTAL}

    assert by_rule == {"T3-3": Severity.WARNING}
    assert any(finding.severity is Severity.ERROR for finding in found.findings if finding.rule == "T3-1")


def test_a_sum_of_both_variants_of_other_handling_has_one_row():
    divided = balanced("A1", 0, table3__r3_6_1__natural=2, table3__r3_6_3__natural=3)
    single = replace(balanced("A2", 0).report, six_divided=False)
    values = dict(single.values) | {CellKey(TableId.THREE, "r3_6", "natural"): 4}
    found = roll_up(county(), [divided, Submission("A2", "A2", replace(single, values=values))])

    assert not found.report.six_divided
    assert found.report.get(TableId.THREE, "r3_6", "natural") == 9


def test_undivided_stays_blank_only_where_all_parts_are():
    report = handed_in("A1", table3__r3_6_1__natural=None, table3__r3_6_2__natural=None).report
    one = undivided(report)
    assert one.get(TableId.THREE, "r3_6", "natural") == 0
    values = dict(report.values) | {CellKey(TableId.THREE, "r3_6_3", "natural"): None}
    assert undivided(replace(report, values=values)).get(TableId.THREE, "r3_6", "natural") is None


def test_a_superior_that_prints_another_figure_than_the_sum_is_an_error():
    """RU-1."""
    reports = [balanced("A1", 3), balanced("A2", 4), balanced("A41", 5)]
    found = roll_up(county(), [*reports, balanced("A", 13)])

    assert {(f.rule, f.severity, f.expected, f.printed) for f in found.findings} == {
        ("RU-1", Severity.ERROR, 12, 13)
    }
    assert found.findings[0].message.startswith("示例县：")


def test_a_difference_that_missing_units_could_make_up_is_a_warning_and_a_shortfall_is_not():
    over = roll_up(county(), [balanced("A1", 3), balanced("A", 13)])
    under = roll_up(county(), [balanced("A1", 3), balanced("A", 2)])

    assert {finding.severity for finding in over.findings} == {Severity.WARNING}
    assert {finding.severity for finding in under.findings} == {Severity.ERROR}


def test_a_township_in_the_middle_is_compared_with_its_own_units_only():
    found = roll_up(county(), [balanced("A1", 3), balanced("A2", 1), balanced("A41", 5), balanced("A4", 6)])

    assert {(f.expected, f.printed) for f in found.findings} == {(5, 6)}
    assert found.findings[0].message.startswith("示例镇：")


def test_a_superiors_report_of_another_edition_is_refused_by_the_comparison():
    found = roll_up(county(), [balanced("A1", 3)])
    with pytest.raises(ValueError, match="editions"):
        check_rollup(zero_report("示例县", 2020, Edition.E2019), found)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_the_sum_of_balanced_reports_is_balanced_whatever_the_order(figures):
    units = [Unit(f"U{at}", "", f"单位{at}") for at in range(len(figures))]
    reports = [balanced(f"U{at}", new) for at, new in enumerate(figures)]
    forward, backward = roll_up(UnitTree(units), reports), roll_up(UnitTree(units), reports[::-1])

    assert forward.report[NEW] == sum(figures)
    assert forward.report.values == backward.report.values
    assert forward.findings == ()


def test_a_list_with_several_units_at_the_top_is_summed_under_a_name_of_its_own():
    found = roll_up(
        UnitTree([Unit("A", "", "甲局"), Unit("B", "", "乙局")]), [balanced("A", 1), balanced("B", 2)]
    )
    assert (found.report.agency, found.report[NEW]) == ("合计", 3)


def test_sums_keep_the_kind_of_each_figure():
    unit = Unit("A1", "", "示例县教育局")
    total, blanks = sum_reports("合计", [(unit, zero_report("", 2023)), (unit, zero_report("", 2023))])
    assert isinstance(total[FEES], Decimal)
    assert isinstance(total[NEW], int)
    assert blanks == {}


@pytest.mark.parametrize(
    ("units", "row", "words"),
    [
        ([Unit("", "", "甲", row=2)], 2, "没有填写单位代码"),
        ([Unit("A", "", "甲", row=2), Unit("A", "", "乙", row=3)], 3, "与第 2 行重复"),
        ([Unit("A", "X", "甲", row=2)], 2, "不在清单中"),
        ([Unit("A", "B", "甲", row=2), Unit("B", "A", "乙", row=3)], 2, "成环（A → B → A）"),
        ([Unit("A", "A", "甲", row=2)], 2, "成环（A → A）"),
        ([], None, "没有单位"),
        (
            [
                Unit("0", "", "甲", row=2),
                *(Unit(str(n), str(n - 1), "乙", row=n + 2) for n in range(1, DEEPEST + 1)),
            ],
            DEEPEST + 2,
            "层级超过",
        ),
    ],
)
def test_a_list_that_is_no_tree_is_refused_with_its_line(units, row, words):
    with pytest.raises(UnitTreeError, match=words) as refused:
        UnitTree(units)
    assert refused.value.row == row
    assert row is None or str(refused.value).startswith(f"第 {row} 行：")

"""The columnar roll-up says what the roll-up of single reports says."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.core.annual_report import CellKey, Edition, Severity, TableId, check, zero_report
from gongkai.core.annual_report.rollup import sum_reports, undivided
from gongkai.core.annual_report.units import Unit, UnitTree
from gongkai.reportfiles.rollup import roll_up_parquet, write_parquet

SOME_CELLS = [
    CellKey.parse(name)
    for name in (
        "table3.r1.natural", "table3.r2.natural", "table3.r3_1.natural", "table3.r3_6_1.natural",
        "table3.r3_6_3.natural", "table3.r3_7.natural", "table3.r3_7.total", "table3.r4.total",
        "table4.reconsideration.upheld", "table4.reconsideration.total", "table2.fees.amount", "table2.rules.issued",
    )
]  # fmt: skip
FIGURES = st.dictionaries(st.sampled_from(SOME_CELLS), st.none() | st.integers(-1, 3), max_size=8)


def report(figures=(), *, year=2023, edition=Edition.E2021, one_row=False):
    base = zero_report("", year, edition)
    values = dict(base.values) | dict(figures)
    fees = CellKey(TableId.TWO, "fees", "amount")
    if values.get(fees) is not None and edition is Edition.E2021:
        values[fees] = Decimal(values[fees]) / 4
    full = replace(base, values=values)
    return undivided(full) if one_row else full


def file_of(tmp_path, rows, **options):
    path = tmp_path / "reports.parquet"
    assert write_parquet(rows, path, **options) == len(rows)
    return path


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from("PQ"), FIGURES, st.booleans()), min_size=1, max_size=6))
def test_sums_blanks_and_broken_identities_equal_those_of_single_reports(tmp_path, drawn):
    rows = [
        (f"U{at}", parent, report(figures, one_row=one)) for at, (parent, figures, one) in enumerate(drawn)
    ]
    found = roll_up_parquet(file_of(tmp_path, rows), examples=99)

    for parent in sorted({row[1] for row in rows}):
        counted = [(Unit(unit, "", ""), each) for unit, above, each in rows if above == parent]
        total, blanks = sum_reports("", counted)
        (group,) = [group for group in found.parents if group.parent == parent]
        assert group.values == total.values
        if total.six_divided or not any(each.six_divided for _, each in counted):
            assert group.blanks == {cell: len(units) for cell, units in blanks.items()}
    total, _ = sum_reports("", [(Unit(unit, "", ""), each) for unit, _, each in rows])
    assert found.total.values == total.values
    assert set(found.total.failing) == {
        (finding.rule, finding.cell)
        for finding in check(total)
        if finding.severity is Severity.ERROR and finding.rule != "T3-5"
    }
    broken = {
        (finding.rule, finding.cell, unit)
        for unit, _, each in rows
        for finding in check(each)
        if finding.severity is Severity.ERROR
    }
    assert {(v.rule, v.cell, unit) for v in found.violations for unit in v.units} == broken


def test_a_clean_file_has_no_violations_and_a_total_of_all(tmp_path):
    new = {
        CellKey(TableId.THREE, row, col): 2 for row in ("r1", "r3_1", "r3_7") for col in ("natural", "total")
    }
    found = roll_up_parquet(file_of(tmp_path, [(f"U{n}", f"P{n % 3}", report(new)) for n in range(9)]))

    assert found.violations == ()
    assert [(group.parent, group.reports) for group in found.parents] == [("P0", 3), ("P1", 3), ("P2", 3)]
    assert (found.total.reports, found.total.values[CellKey(TableId.THREE, "r1", "total")]) == (9, 18)
    assert found.total.report("示例市").agency == "示例市"
    assert found.total.findings() == ()


def test_a_broken_identity_is_counted_and_some_of_its_units_are_named(tmp_path):
    wrong = {CellKey(TableId.FOUR, "suit_after", "total"): 5}
    rows = [(f"U{n}", "P", report(wrong if n % 2 else ())) for n in range(10)]
    (violation,) = roll_up_parquet(file_of(tmp_path, rows), examples=2).violations

    assert (violation.rule, violation.count, violation.units) == ("T4-1", 5, ("U1", "U3"))


def test_a_tree_counts_its_counted_units_only_under_its_own_parents(tmp_path):
    tree = UnitTree(
        [
            Unit("A", "", "示例县"),
            Unit("A1", "A", "示例县教育局"),
            Unit("A2", "A", "示例县税务局", counted=False, reason="垂直管理"),
        ]
    )
    new = {CellKey(TableId.THREE, "r1", "total"): 2}
    rows = [(code, "elsewhere", report(new)) for code in ("A", "A1", "A2", "B")]
    found = roll_up_parquet(file_of(tmp_path, rows), tree)

    assert [(group.parent, group.reports) for group in found.parents] == [("A", 1)]
    assert found.total.values[CellKey(TableId.THREE, "r1", "total")] == 2


def test_large_counts_do_not_overflow(tmp_path):
    cells = {
        CellKey(TableId.THREE, "r1", col): 2_000_000_000 for col in ("natural", "commercial", "research")
    }
    found = roll_up_parquet(file_of(tmp_path, [("A", "P", report(cells)), ("B", "P", report(cells))]))

    assert found.total.values[CellKey(TableId.THREE, "r1", "natural")] == 4_000_000_000
    assert {violation.rule for violation in found.violations} == {"T3-1", "T3-3"}


def test_the_2019_form_is_summed_in_its_own_file(tmp_path):
    old = report({CellKey(TableId.TWO, "licences", "change"): -3}, year=2020, edition=Edition.E2019)
    found = roll_up_parquet(
        file_of(tmp_path, [("A", "P", old)], edition=Edition.E2019), edition=Edition.E2019
    )

    assert found.total.values[CellKey(TableId.TWO, "licences", "change")] == -3
    assert found.violations == ()
    with pytest.raises(ValueError, match="2019"):
        write_parquet([("A", "P", old)], tmp_path / "mixed.parquet")


def test_a_path_with_a_quote_is_read_and_an_empty_file_sums_to_nothing(tmp_path):
    folder = tmp_path / "it's"
    folder.mkdir()
    found = roll_up_parquet(file_of(folder, []))

    assert (found.parents, found.total.reports) == ((), 0)

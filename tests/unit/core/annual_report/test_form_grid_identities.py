"""The form, its printed grid and its identities."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.annual_report import (
    FORMS,
    CellKey,
    Edition,
    NoFormForYear,
    Report,
    Severity,
    TableId,
    check,
    check_years,
    errors,
    form_for_year,
    from_json_tables,
    grid,
    number_text,
    to_json_tables,
    zero_report,
)
from gongkai.core.annual_report.grid import occupied

THREE, FOUR = TableId.THREE, TableId.FOUR

# The synthetic fixture of disclosure-law §2.6: natural, commercial, research, public_welfare,
# legal_service, other_org, total.
FIXTURE_ROWS = {
    "r1": (20, 4, 1, 0, 2, 1, 28),
    "r2": (3, 1, 0, 0, 0, 0, 4),
    "r3_1": (8, 2, 1, 0, 1, 0, 12),
    "r3_2": (3, 1, 0, 0, 0, 0, 4),
    "r3_3_4": (1, 0, 0, 0, 0, 0, 1),
    "r3_3_6": (0, 1, 0, 0, 0, 0, 1),
    "r3_3_7": (1, 0, 0, 0, 0, 0, 1),
    "r3_3_8": (1, 0, 0, 0, 0, 0, 1),
    "r3_4_1": (3, 0, 0, 0, 1, 1, 5),
    "r3_4_2": (1, 0, 0, 0, 0, 0, 1),
    "r3_5_1": (1, 0, 0, 0, 0, 0, 1),
    "r3_5_2": (1, 0, 0, 0, 0, 0, 1),
    "r3_6_1": (1, 0, 0, 0, 0, 0, 1),
    "r3_7": (21, 4, 1, 0, 2, 1, 29),
    "r4": (2, 1, 0, 0, 0, 0, 3),
}


def fixture_report(year=2023) -> Report:
    report = zero_report("示例工业园区管委会", year)
    values = dict(report.values)
    for row, figures in FIXTURE_ROWS.items():
        for column, figure in zip(report.form.table3_columns, figures, strict=True):
            values[CellKey(THREE, row, column.key)] = figure
    return report.with_values(values)


def changed(report, table, row, col, value) -> Report:
    return report.with_values({**report.values, CellKey(table, row, col): value})


def test_the_2021_form_has_200_figures_and_25_numeric_rows():
    """§2.4: block 三 is 22 of the 25 rows."""
    form = FORMS[Edition.E2021]

    assert len(form.all_cells) == 10 + 175 + 15
    assert len(form.table3_rows) == 25
    assert sum(bool(row.group) for row in form.table3_rows) == 22


@pytest.mark.parametrize(
    ("year", "edition"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2025, "2021")]
)
def test_the_edition_follows_the_report_year(year, edition):
    assert form_for_year(year).edition == edition


def test_a_year_before_the_unified_form_is_refused():
    with pytest.raises(NoFormForYear):
        form_for_year(2018)


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("table", TableId)
@pytest.mark.parametrize("divided", [True, False])
def test_a_grid_covers_each_position_once_and_holds_each_figure_once(edition, table, divided):
    report = replace(zero_report("某局", 2021, edition), six_divided=divided)

    printed = grid(report, table)

    assert sorted(occupied(printed)) == [(r, c) for r in range(printed.rows) for c in range(printed.columns)]
    figures = [cell.cell for cell in printed.cells if cell.cell]
    assert figures == [cell for cell in report.cells() if cell.table is table]


def test_the_grids_have_the_published_sizes():
    """§2.3: one office's Word form has 14 × 4, 28 × 10 and 4 × 15."""
    report = zero_report("某局", 2021)

    assert [(g.rows, g.columns) for g in (grid(report, table) for table in TableId)] == [
        (14, 4),
        (28, 10),
        (4, 15),
    ]


def test_the_synthetic_fixture_satisfies_every_identity():
    assert check(fixture_report()) == ()


def test_a_zero_report_satisfies_every_identity():
    assert check(zero_report("某局", 2023)) == ()


@given(st.sampled_from(sorted(FIXTURE_ROWS)), st.integers(0, 6), st.integers(1, 50))
def test_any_single_altered_figure_of_table_three_is_found(row, column_index, by):
    report = fixture_report()
    column = report.form.table3_columns[column_index].key
    figure = report.get(THREE, row, column)

    assert errors(check(changed(report, THREE, row, column, figure + by)))


def test_a_column_that_does_not_balance_is_reported_with_both_sums():
    """T3-1: rows 一 + 二 equal rows 三（七） + 四."""
    report = changed(fixture_report(), THREE, "r4", "natural", 5)

    finding = next(f for f in check(report) if f.rule == "T3-1" and f.cell.col == "natural")

    assert (finding.expected, finding.printed, finding.severity) == (23, 26, Severity.ERROR)


def test_a_dispute_total_that_is_zero_beside_cases_is_an_error():
    """The real error of sample 006: 维持 10, 纠正 1, 总计 0."""
    report = changed(zero_report("某区", 2023), FOUR, "reconsideration", "upheld", 10)
    report = changed(report, FOUR, "reconsideration", "corrected", 1)

    (finding,) = check(report)

    assert (finding.rule, finding.expected, finding.printed) == ("T4-1", 11, 0)


def test_a_blank_is_a_warning_and_not_a_zero():
    findings = check(changed(fixture_report(), THREE, "r1", "research", None))

    assert errors(findings) == ()
    assert {finding.rule for finding in findings} == {"T3-5", "T3-1", "T3-3"}


def test_a_blank_does_not_excuse_a_sum_that_is_already_too_large():
    report = changed(fixture_report(), THREE, "r1", "research", None)

    findings = errors(check(changed(report, THREE, "r1", "natural", 99)))

    assert ("T3-3", 106, 28) in {(f.rule, f.expected, f.printed) for f in findings}


def test_a_negative_count_and_a_fraction_are_errors():
    report = changed(zero_report("某局", 2023), TableId.TWO, "licences", "count", -1)

    assert [f.identity for f in errors(check(report))] == ["不得为负数"]


def test_carry_over_must_equal_last_years():
    """T3-4 per column."""
    previous = fixture_report(2022)
    current = changed(fixture_report(2023), THREE, "r2", "natural", 2)

    findings = check_years(previous, current)

    assert [(f.cell.col, f.expected, f.printed) for f in errors(findings)] == [("total", 3, 4)]


def test_years_that_do_not_follow_each_other_are_refused():
    with pytest.raises(ValueError, match="consecutive"):
        check_years(fixture_report(2021), fixture_report(2023))


def test_validity_that_does_not_roll_forward_is_a_warning():
    """T2-1."""
    previous = changed(zero_report("某县", 2022), TableId.TWO, "normative", "in_force", 10)
    current = changed(zero_report("某县", 2023), TableId.TWO, "normative", "in_force", 9)

    (finding,) = check_years(previous, current)

    assert (finding.rule, finding.expected, finding.printed, finding.severity) == (
        "T2-1",
        10,
        9,
        Severity.WARNING,
    )


@pytest.mark.parametrize("edition", Edition)
def test_the_exchange_format_keeps_every_figure(edition):
    report = zero_report("某局", 2020 if edition == "2019" else 2023, edition)
    numbered = report.with_values(
        {
            cell: Decimal(i) / 8 if report.form.kind(cell) == "amount_wan" else i
            for i, cell in enumerate(report.cells())
        }
    )

    text = json.dumps(to_json_tables(numbered), ensure_ascii=False)

    assert (
        from_json_tables(json.loads(text), agency=report.agency, year=report.year, edition=edition).values
        == numbered.values
    )


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (None, ""),
        (0, "0"),
        (Decimal("0.000001"), "0.000001"),
        (Decimal("7730.280"), "7730.28"),
        (Decimal("10"), "10"),
    ],
)
def test_amounts_print_trimmed_and_never_rounded(value, printed):
    assert number_text(value) == printed

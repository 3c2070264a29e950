"""Figures are queries: what is counted is exactly what is listed."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.core.annual_report import FORMS, Edition, check, zero_report
from gongkai.demo import ledgers as demo_ledgers
from gongkai.reporting import figures, services
from gongkai.reporting.models import (
    ApplicationRecord,
    DecisionRecord,
    DisputeRecord,
    NormativeRecord,
    WorkRecord,
)
from gongkai.reporting.sources.applications import KINDS, LEAVES

FORM = FORMS[Edition.E2021]


def report_of(organ, year):
    found = figures.compile_figures(organ, year)
    empty = zero_report(organ.name, year)
    return empty.with_values({cell: found[str(cell)] for cell in empty.cells()})


def application(office, number, received, closed=None, outcome="", kind="natural", **fields):
    return ApplicationRecord.objects.create(
        organ=office.organ,
        entered_by=office.clerk,
        number=str(number),
        applicant_kind=kind,
        received_on=received,
        closed_on=closed,
        outcome=outcome,
        **fields,
    )


def test_every_cell_of_the_form_has_a_source():
    for cell in FORM.all_cells:
        assert all(source.columns() for source in figures.sources_of(str(cell)))


def test_an_unknown_figure_is_refused():
    with pytest.raises(figures.FigureUnknown):
        figures.sources_of("table3.r9.natural")


def test_an_application_is_counted_in_the_year_of_receipt_and_of_closing(office):
    """§2.7: r1 by received_on; results by the year of the reply; open on 31 December is carried over."""
    application(office, 1, date(2022, 12, 30), date(2023, 1, 4), "r3_1")
    application(office, 2, date(2023, 12, 31))

    values = {year: figures.compile_figures(office.organ, year) for year in (2022, 2023, 2024)}
    rows = ("r1", "r2", "r3_7", "r4")

    assert [[values[year][f"table3.{row}.total"] for row in rows] for year in values] == [
        [1, 0, 0, 1],
        [1, 1, 1, 1],
        [0, 1, 0, 1],
    ]


days = st.dates(date(2021, 6, 1), date(2024, 6, 30))
applications = st.lists(
    st.tuples(st.sampled_from(KINDS), days, st.none() | st.integers(0, 500), st.sampled_from(LEAVES)),
    max_size=25,
)


@given(applications)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_ledger_of_applications_satisfies_the_identities_and_lists_what_it_counts(office, rows):
    """T3-1 to T3-4 hold by construction, and each figure equals the length of its list."""
    ApplicationRecord.objects.all().delete()
    for number, (kind, received, after, outcome) in enumerate(rows):
        closed = None if after is None else date.fromordinal(received.toordinal() + after)
        application(office, number, received, closed, outcome if closed else "", kind)

    last_carried = None
    for year in (2021, 2022, 2023, 2024):
        report = report_of(office.organ, year)
        assert check(report) == ()
        carried_in = [report.values[cell] for cell in report.cells() if cell.row == "r2"]
        assert last_carried in (None, carried_in)
        last_carried = [report.values[cell] for cell in report.cells() if cell.row == "r4"]
        for cell in report.cells():
            if cell.table == "table3":
                assert figures.records_of(str(cell), office.organ, year).count() == report.values[cell]


def test_the_fixture_of_the_form_comes_out_of_its_ledger(office):
    """§2.6: the synthetic fixture, cell by cell, from the demo's ledger of applications."""
    from tests.unit.core.annual_report.test_form_grid_identities import FIXTURE_ROWS

    content = demo_ledgers.as_csv(demo_ledgers.housing_applications())
    outcome = services.import_ledger(
        ledger_key="shenqing", organ=office.organ, actor=office.clerk, file_name="申请.csv", content=content
    )
    found = figures.compile_figures(office.organ, 2023)

    assert outcome.faults == ()
    for row in FORM.table3_rows:
        expected = FIXTURE_ROWS.get(row.key, (0,) * 7)
        assert tuple(found[f"table3.{row.key}.{column.key}"] for column in FORM.table3_columns) == expected


def test_a_dispute_counts_by_its_result_or_as_pending(office):
    for number, (accepted, decided, result, elsewhere) in enumerate(
        (
            (date(2022, 11, 1), date(2023, 2, 1), "upheld", False),
            (date(2023, 5, 1), date(2023, 8, 1), "corrected", False),
            (date(2023, 12, 1), date(2024, 1, 8), "other", False),
            (date(2023, 6, 1), date(2023, 9, 1), "upheld", True),
        )
    ):
        DisputeRecord.objects.create(
            organ=office.organ,
            entered_by=office.clerk,
            number=str(number),
            proceeding="reconsideration",
            accepted_on=accepted,
            decided_on=decided,
            result=result,
            counted_elsewhere=elsewhere,
        )

    found = figures.compile_figures(office.organ, 2023)

    columns = ("upheld", "corrected", "other", "pending", "total")
    assert [found[f"table4.reconsideration.{col}"] for col in columns] == [1, 1, 0, 1, 3]
    for col in columns:
        listed = figures.records_of(f"table4.reconsideration.{col}", office.organ, 2023).count()
        assert listed == found[f"table4.reconsideration.{col}"]


@pytest.mark.parametrize(
    ("repealed", "expected"),
    [(None, (1, 0, 1)), (date(2023, 12, 31), (1, 1, 0)), (date(2024, 1, 1), (1, 0, 1))],
)
def test_a_document_is_in_force_until_the_end_of_the_year(office, repealed, expected):
    """现行有效件数: in force at 31 December."""
    NormativeRecord.objects.create(
        organ=office.organ,
        entered_by=office.clerk,
        kind="normative",
        document_number="示规〔2023〕1号",
        title="办法",
        issued_on=date(2023, 4, 1),
        repealed_on=repealed,
    )

    found = figures.compile_figures(office.organ, 2023)

    assert tuple(found[f"table2.normative.{col}"] for col in ("issued", "repealed", "in_force")) == expected


def test_fees_are_exact_in_wan_and_never_rounded_to_nothing(office):
    DecisionRecord.objects.create(
        organ=office.organ,
        entered_by=office.clerk,
        kind="fees",
        title="占道费",
        decided_on=date(2023, 3, 1),
        amount_yuan=Decimal("0.01"),
    )

    assert figures.compile_figures(office.organ, 2023)["table2.fees.amount"] == Decimal("0.000001")


def test_a_withdrawn_record_no_longer_counts(office):
    record = WorkRecord.objects.create(
        organ=office.organ,
        entered_by=office.clerk,
        kind="hire",
        title="招聘会",
        occurred_on=date(2023, 3, 1),
        count=40,
    )
    from gongkai.reporting.ledgers import LEDGERS

    services.withdraw_record(
        ledger=LEDGERS["gongzuo"], record_id=record.pk, actor=office.clerk, reason="重复登记"
    )

    assert figures.compile_figures(office.organ, 2023)["fact.hires"] == 0


def test_the_demo_ledger_gives_the_references_figures(office):
    """The reference report of 2023: 244 items, 1,709.7 万元, 50+ enterprises, 400+ hires, 40+ opinions, 3 trainings."""
    services.import_ledger(
        ledger_key="gongzuo",
        organ=office.organ,
        actor=office.clerk,
        file_name="工作.csv",
        content=demo_ledgers.as_csv(demo_ledgers.park_work(2023)),
    )

    found = figures.compile_figures(office.organ, 2023)

    assert found["fact.proactive_items"] == 244
    assert found["fact.policy_payments"] == Decimal("1709.7")
    assert found["fact.trainings"] == 3
    assert 100 < found["fact.announcements"] < 200
    assert 50 < found["fact.aided_enterprises"] < 60
    assert 1100 < found["fact.aid"] < 1200
    assert 400 < found["fact.hires"] < 500
    assert 20 < found["fact.opinion_enterprises"] < 30
    assert 40 < found["fact.opinions"] < 50
    assert all(found[str(cell)] == 0 for cell in FORM.all_cells)


def test_the_digest_of_a_figure_changes_with_its_records(office):
    first = application(office, 1, date(2023, 3, 1))
    before = figures.record_digest(figures.records_of("table3.r1.total", office.organ, 2023))
    application(office, 2, date(2023, 3, 2))
    after = figures.record_digest(figures.records_of("table3.r1.total", office.organ, 2023))

    assert before[0] == 1
    assert after[0] == 2
    assert before[1] != after[1]
    assert first.pk


def test_a_draft_names_no_outcomes_where_nothing_was_closed(office):
    application(office, 1, date(2023, 12, 20))
    row = services.start_report(organ=office.organ, year=2023, actor=office.clerk)

    assert "办结0件；结转下年度继续办理1件。" in row.overview

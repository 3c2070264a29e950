"""Tables 三 and 四 from applications and disputes: what is counted is what is listed."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import factories

from gongkai.agencies.roles import Role
from gongkai.core.annual_report import FORMS, Edition, check, zero_report
from gongkai.core.disclosure.decisions import DECISIONS
from gongkai.inforequests.figures import KINDS, RequestDisputeSource, RequestFeeSource, RequestSource
from gongkai.inforequests.models import Dispute, FeeNotice, InfoRequest
from gongkai.reporting import figures
from gongkai.reporting.models import ApplicationRecord

FORM = FORMS[Edition.E2021]
CODES = [decision.code for decision in DECISIONS]
pytestmark = pytest.mark.django_db


def report_of(organ, year):
    found = figures.compile_figures(organ, year)
    empty = zero_report(organ.name, year)
    return empty.with_values({cell: found[str(cell)] for cell in empty.cells()})


@pytest.fixture
def organ():
    return factories.organ()


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda decision: decision.code)
def test_each_outcome_lands_in_its_row_and_in_no_other(organ, decision):
    """Decision 2 of the architecture: the row of the report is the row of the outcome."""
    factories.stored_request(
        organ, date(2025, 3, 3), date(2025, 3, 20), decision.code, applicant_kind="research"
    )

    found = RequestSource().compile(organ, 2025)

    one = {f"table3.{row}.{col}" for row in ("r1", decision.row, "r3_7") for col in ("research", "total")}
    assert {key for key, value in found.items() if value} == one


def test_an_application_is_carried_over_from_the_year_of_receipt_to_that_of_the_reply(organ):
    """§10 no. 23: year N has 一 and 四, year N+1 二 and a result, in the same column."""
    factories.stored_request(
        organ, date(2024, 12, 31), date(2025, 1, 1), "D-36-2", applicant_kind="commercial"
    )
    factories.stored_request(organ, date(2025, 12, 31))

    found = {year: RequestSource().compile(organ, year) for year in (2024, 2025, 2026)}

    rows = ("r1", "r2", "r3_1", "r3_7", "r4")
    assert [[found[year][f"table3.{row}.total"] for row in rows] for year in found] == [
        [1, 0, 0, 0, 1],
        [1, 1, 1, 1, 1],
        [0, 1, 0, 0, 1],
    ]
    assert found[2025]["table3.r3_1.commercial"] == 1


def test_an_application_never_confirmed_does_not_count_even_when_it_is_withdrawn(organ):
    """§9.3 no. 4a: not in 一 until it is confirmed."""
    factories.stored_request(organ, None)
    factories.stored_request(organ, None, date(2025, 3, 5), state="withdrawn")

    assert not any(RequestSource().compile(organ, 2025).values())


def test_a_redo_after_a_reversal_is_no_second_application_and_no_second_result(organ):
    """§10 no. 33."""
    first = factories.stored_request(organ, date(2025, 3, 3), date(2025, 3, 20), "D-14-2")
    factories.stored_request(organ, date(2025, 7, 1), date(2025, 7, 20), "D-36-2", redo_of=first)

    found = RequestSource().compile(organ, 2025)

    assert [found[f"table3.{row}.total"] for row in ("r1", "r3_1", "r3_3_2", "r3_7")] == [1, 0, 1, 1]


def test_another_organs_applications_do_not_count(organ):
    factories.stored_request(factories.organ(), date(2025, 3, 3))

    assert not any(RequestSource().compile(organ, 2025).values())


days = st.dates(date(2022, 6, 1), date(2025, 6, 30))
cases = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.none() | days,
        st.none() | st.integers(0, 500),
        st.sampled_from(CODES),
        st.booleans(),  # in the typed ledger instead
    ),
    max_size=20,
)


@given(cases)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_set_of_cases_in_both_ledgers_satisfies_the_identities_and_lists_what_it_counts(organ, rows):
    """T3-1 to T3-4 hold by construction, also in the year in which an office moves from the typed ledger."""
    InfoRequest.objects.all().delete()
    ApplicationRecord.objects.all().delete()
    clerk = factories.user()
    for number, (kind, received, after, code, typed) in enumerate(rows):
        closed = received + timedelta(days=after) if received and after is not None else None
        if typed and received:
            ApplicationRecord.objects.create(
                organ=organ,
                entered_by=clerk,
                number=str(number),
                applicant_kind=kind,
                received_on=received,
                closed_on=closed,
                outcome="r3_1" if closed else "",
            )
        else:
            factories.stored_request(organ, received, closed, code if closed else "", applicant_kind=kind)

    carried = None
    for year in (2022, 2023, 2024, 2025, 2026):
        report = report_of(organ, year)
        assert check(report) == ()
        carried_in = [report.values[cell] for cell in report.cells() if cell.row == "r2"]
        assert carried in (None, carried_in)
        carried = [report.values[cell] for cell in report.cells() if cell.row == "r4"]
        for cell in report.cells():
            if cell.table == "table3" and (report.values[cell] or cell.col == "total"):
                assert figures.records_of(str(cell), organ, year).count() == report.values[cell]


def test_without_applications_the_typed_ledger_alone_makes_the_figures_and_its_digest_stays(organ):
    """Reports frozen before this app existed must not look changed."""
    ApplicationRecord.objects.create(
        organ=organ,
        entered_by=factories.user(),
        number="1",
        applicant_kind="natural",
        received_on=date(2023, 3, 1),
    )
    records = figures.records_of("table3.r1.total", organ, 2023)

    assert figures.compile_figures(organ, 2023)["table3.r1.total"] == 1
    pk = ApplicationRecord.objects.get().pk
    assert figures.record_digest(records) == (1, figures.sm3(f"reporting.applicationrecord:{pk}".encode()))


def dispute(organ, number, filed, closed=None, result="", kind="reconsideration", **fields):
    made = Dispute.objects.create(
        organ=organ,
        kind=kind,
        case_number=f"示府复〔2025〕{number}号",
        body="示例县人民政府",
        filed_on=filed,
        closed_on=closed,
        result=result,
        entered_by=factories.user(),
        **fields,
    )
    made.requests.set([factories.stored_request(organ, date(2022, 3, 3), date(2022, 3, 20), "D-14-2")])
    return made


def test_a_dispute_counts_by_its_result_or_as_pending_at_the_years_end(organ):
    dispute(organ, 1, date(2024, 11, 1), date(2025, 2, 1), "upheld")
    dispute(organ, 2, date(2025, 5, 1), date(2025, 8, 1), "corrected")
    dispute(organ, 3, date(2025, 12, 31), date(2026, 1, 8), "other")
    dispute(organ, 4, date(2025, 6, 1), date(2025, 9, 1), "other", kind="direct_suit")
    dispute(organ, 5, date(2025, 6, 1), kind="suit_after")

    source = RequestDisputeSource()
    found = source.compile(organ, 2025)

    columns = ("upheld", "corrected", "other", "pending", "total")
    table = {
        row: [found[f"table4.{row}.{col}"] for col in columns]
        for row in ("reconsideration", "direct_suit", "suit_after")
    }
    assert table == {
        "reconsideration": [1, 1, 0, 1, 3],
        "direct_suit": [0, 0, 1, 0, 1],
        "suit_after": [0, 0, 0, 1, 1],
    }
    for key, value in found.items():
        assert source.records(key, organ, 2025).count() == value
    assert found.keys() == {str(cell) for cell in FORM.cells("table4")}


def test_a_case_where_the_organ_is_codefendant_counts_at_the_organ_that_acted(organ):
    """国办公开办函〔2016〕201号; §10 no. 34."""
    dispute(organ, 1, date(2025, 5, 1), date(2025, 8, 1), "upheld", "suit_after", is_codefendant_here=True)

    assert not any(RequestDisputeSource().compile(organ, 2025).values())


def test_the_fee_is_what_was_paid_in_the_year(organ):
    """Section 六 tells what was collected, not what was asked for."""
    head = factories.user()
    for amount, paid in ((700, date(2025, 4, 1)), (100, None), (2700, date(2026, 1, 2))):
        FeeNotice.objects.create(
            request=factories.stored_request(organ, date(2025, 3, 3)),
            standard="pages",
            count=100,
            amount_yuan=amount,
            reason="数量明显超过合理范围",
            notified_on=date(2025, 3, 10),
            pay_by=date(2025, 4, 8),
            paid_on=paid,
            approved_by=head,
        )

    assert RequestFeeSource().compile(organ, 2025) == {"fact.processing_fee": 700}
    assert RequestFeeSource().compile(organ, 2026) == {"fact.processing_fee": 2700}
    assert figures.compile_figures(organ, 2025)["fact.processing_fee"] == 700


def test_every_record_behind_a_figure_leads_to_its_case(client):
    """Done when: each cell opens its case list, and each case its page."""
    organ = factories.organ()
    head = factories.holder(organ, Role.DISCLOSURE_OFFICE, Role.DISCLOSURE_HEAD)
    case = factories.stored_request(organ, date(2025, 3, 3), date(2025, 3, 20), "D-36-2")
    ApplicationRecord.objects.create(
        organ=organ,
        entered_by=head,
        number="旧台账1",
        applicant_kind="natural",
        received_on=date(2025, 3, 1),
    )
    client.force_login(head)
    from gongkai.reporting import services

    report = services.start_report(organ=organ, year=2025, actor=head)
    address = f"/houtai/nianbao/{report.pk}/zhibiao/table3.r1.total/"
    pages = [client.get(f"{address}?laiyuan={number}").content.decode() for number in (0, 1)]
    (typed,) = (shown for shown in pages if "旧台账1" in shown)
    (cases_page,) = (shown for shown in pages if case.number in shown)

    assert "申请台账 1 条" in typed
    assert "依申请公开 1 条" in typed
    assert f'<a href="/houtai/shenqing/{case.pk}/">{case.number}</a>' in cases_page
    sheet = client.get(address + "?laiyuan=1&daochu=xlsx")
    assert sheet.content[:2] == b"PK"
    assert client.get(address + "?laiyuan=9").status_code == 200

"""The demo's applications: every row, every identity, open cases that look alive on any day."""

from collections import Counter
from datetime import date

import pytest

from gongkai.agencies.models import Organ
from gongkai.core.annual_report import FORMS, Edition, check, result_leaves, zero_report
from gongkai.core.disclosure.decisions import DECISIONS
from gongkai.core.disclosure.procedure import State
from gongkai.core.identifiers import parse_credit_code, parse_resident_id
from gongkai.demo import people
from gongkai.demo.applicants import NOWHERE
from gongkai.inforequests import selectors
from gongkai.inforequests.models import Dispute, FeeNotice, InfoRequest, Letter, OfficeProfile, ReleaseFile
from gongkai.reporting import figures


@pytest.fixture
def organs(demo):
    return {organ.code: organ for organ in Organ.objects.all()}


def report_of(organ, year):
    found = figures.compile_figures(organ, year)
    empty = zero_report(organ.name, year)
    return empty.with_values({cell: found[str(cell)] for cell in empty.cells()})


def test_the_year_fills_every_row_of_table_three_and_satisfies_every_identity(organs):
    """Issue 3, done when: tables 三 and 四 of the demo year, and the carry-over into and out of it."""
    bureau = organs[people.HOUSING]
    years = {year: report_of(bureau, year) for year in (2024, 2025, 2026)}

    assert [check(report) for report in years.values()] == [(), (), ()]
    for row in result_leaves(FORMS[Edition.E2021]):
        assert years[2025].get("table3", row.key, "total") >= 1, row.label
    for column in ("natural", "commercial", "research", "public_welfare", "legal_service", "other_org"):
        assert years[2025].get("table3", "r1", column) >= 1
        for earlier, later in ((2024, 2025), (2025, 2026)):
            assert years[earlier].get("table3", "r4", column) == years[later].get("table3", "r2", column)
    assert years[2025].get("table3", "r2", "total") == 3
    assert years[2025].get("table3", "r4", "total") >= 1
    assert 55 <= years[2025].get("table3", "r1", "total") <= 65


def test_every_outcome_occurs_with_its_letter(organs):
    counted = InfoRequest.objects.counted()

    assert set(counted.exclude(outcome="").values_list("outcome", flat=True)) == {d.code for d in DECISIONS}
    for decision in DECISIONS:
        case = counted.filter(outcome=decision.code).first()
        assert case.letters.filter(kind=decision.letter).exists(), decision.code


def test_disputes_of_each_kind_and_result_and_a_redo_are_there(organs):
    decided = set(Dispute.objects.values_list("kind", "result"))

    assert {("reconsideration", result) for result in ("upheld", "corrected", "other")} <= decided
    assert {("direct_suit", result) for result in ("upheld", "corrected", "other")} <= decided
    assert {("suit_after", result) for result in ("upheld", "corrected", "")} <= decided
    redos = InfoRequest.objects.exclude(redo_of=None)
    assert {redo.outcome for redo in redos} == {"D-36-2"}
    assert report_of(organs[people.HOUSING], 2025).get("table4", "reconsideration", "pending") >= 1


def test_extensions_corrections_third_parties_and_fees_occur(organs):
    cases = InfoRequest.objects.filter(organ=organs[people.HOUSING])

    assert cases.filter(is_extended=True).count() >= 3
    assert cases.filter(is_delayed=True).exists()
    assert cases.filter(consultations__answer="objects").exists()
    assert cases.filter(consultations__answer="silent").exists()
    assert FeeNotice.objects.filter(request__in=cases).exclude(paid_on=None).exists()
    assert cases.filter(outcome="X-FEE", fee__paid_on=None).exists()
    assert {case.channel for case in cases} == {
        "counter", "signed_mail", "ordinary_mail", "fax", "web", "email",
    }  # fmt: skip
    assert selectors.clusters(organs[people.HOUSING], since=date(2025, 1, 1))


def test_the_queue_of_the_park_is_alive(organs, demo):
    found = selectors.queue(InfoRequest.objects.filter(organ=organs[people.PARK]), demo)

    assert [request.due_on < demo for request in found.overdue] == [True]
    assert {request.due_on for request in found.today} - {None} == {demo}
    assert len(found.soon) >= 1
    assert {request.state for request in found.waiting} == {State.AWAIT_CORRECTION, State.AWAIT_PAYMENT}
    assert 6 <= found.total <= 9


def test_numbers_follow_the_days_and_no_letter_is_dated_after_its_service(organs):
    bureau = InfoRequest.objects.counted().filter(organ=organs[people.HOUSING])
    for year in (2025, 2026):
        numbers = list(
            bureau.filter(arrived_on__year=year)
            .order_by("arrived_on", "number")
            .values_list("number", flat=True)
        )
        assert numbers == sorted(numbers)
    letters = Letter.objects.exclude(document_number="")
    assert Counter(letters.values_list("document_number", flat=True)).most_common(1)[0][1] == 1
    for letter in letters.prefetch_related("deliveries"):
        assert all(letter.dated <= delivery.on for delivery in letter.deliveries.all())


def test_applicants_are_evidently_made_up_and_marked(organs):
    for case in InfoRequest.objects.all():
        assert case.is_demo
        assert case.applicant_name.startswith(("申请人", "示例"))
        if case.identity_kind == "resident_id":
            assert parse_resident_id(case.identity_number).startswith(NOWHERE)
        elif case.identity_kind == "credit_code":
            assert NOWHERE in parse_credit_code(case.identity_number)
    assert OfficeProfile.objects.count() == Organ.objects.count()


def test_files_given_out_were_cleaned_of_what_hid_in_them(organs):
    files = ReleaseFile.objects.all()

    assert any(file.findings for file in files)
    assert files.filter(following=None).count() >= 6
    assert all(file.open_findings == [] for file in files.filter(following=None))

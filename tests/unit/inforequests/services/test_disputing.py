"""Disputes: registering, stages, results, and what a reversal starts."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests import factories

from gongkai.agencies.access import AccessDenied
from gongkai.agencies.roles import Role
from gongkai.audit.models import Event
from gongkai.inforequests.errors import ActRefused, FilingFaulty
from gongkai.inforequests.figures import RequestDisputeSource, RequestSource
from gongkai.inforequests.models import Dispute, InfoRequest
from gongkai.inforequests.services.disputing import add_stage, close_dispute, open_dispute

pytestmark = pytest.mark.django_db
FILED, CLOSED, REDO_DUE = date(2025, 5, 6), date(2025, 7, 1), date(2025, 7, 31)


@pytest.fixture
def organ():
    return factories.organ()


@pytest.fixture
def clerk(organ):
    return factories.holder(organ, Role.DISCLOSURE_OFFICE)


@pytest.fixture
def answered(organ):
    return factories.stored_request(organ, date(2025, 3, 3), date(2025, 3, 20), "D-14-2")


def opened(organ, clerk, *requests, **fields):
    given = {
        "kind": Dispute.Kind.RECONSIDERATION,
        "case_number": "示府复〔2025〕12号",
        "body": "示例县人民政府",
        "filed_on": FILED,
        **fields,
    }
    return open_dispute(organ=organ, actor=clerk, requests=requests, **given)


def reversed_(dispute, clerk, **fields):
    return close_dispute(dispute_id=dispute.pk, actor=clerk, result="corrected", on=CLOSED, **fields)


def test_a_case_is_linked_to_its_applications_and_noted_on_each(organ, clerk, answered):
    other = factories.stored_request(organ, date(2025, 3, 4), date(2025, 3, 21), "D-14-2")

    dispute = opened(organ, clerk, answered, other)

    assert set(dispute.requests.all()) == {answered, other}
    assert [(stage.name, stage.on) for stage in dispute.stages.all()] == [("收到案件", FILED)]
    for request in (answered, other):
        step = request.steps.get(event="disputed")
        assert step.note == "行政复议：示府复〔2025〕12号（示例县人民政府）"
        request.refresh_from_db()
        assert (request.state, request.version) == ("replied", 2)
    assert Event.objects.filter(action="dispute.opened", subject_id=str(dispute.pk)).count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"case_number": " "}, "case_number"),
        ({"body": ""}, "body"),
        ({"filed_on": date(2025, 3, 2)}, "filed_on"),
        ({"kind": "suit_after"}, "after"),
        ({"is_codefendant_here": True}, "is_codefendant_here"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(organ, clerk, answered, fields, field):
    with pytest.raises(FilingFaulty) as refused:
        opened(organ, clerk, answered, **fields)

    assert field in refused.value.faults
    assert not Dispute.objects.exists()


def test_a_day_to_come_is_refused(organ, clerk, answered):
    with pytest.raises(FilingFaulty, match="在今天以后"):
        opened(organ, clerk, answered, filed_on=timezone.localdate() + timedelta(days=1))


def test_a_case_needs_an_application_of_its_own_organ(organ, clerk):
    foreign = factories.stored_request(factories.organ(), date(2025, 3, 3))

    with pytest.raises(FilingFaulty, match="请选择案件涉及的申请"):
        opened(organ, clerk)
    with pytest.raises(FilingFaulty, match="只能选择本机关的申请"):
        opened(organ, clerk, foreign)


def test_a_case_number_is_registered_once_per_organ(organ, clerk, answered):
    opened(organ, clerk, answered)

    with pytest.raises(FilingFaulty, match="已经登记过"):
        opened(organ, clerk, answered)


def test_a_suit_after_reconsideration_follows_a_reconsideration_of_the_same_organ(organ, clerk, answered):
    first = opened(organ, clerk, answered)
    suit = {"kind": "suit_after", "case_number": "（2025）示01行初8号", "body": "示例县人民法院"}

    made = opened(organ, clerk, answered, after=first, **suit)

    assert list(first.suits.all()) == [made]
    suit["case_number"] = "（2025）示01行初9号"
    with pytest.raises(FilingFaulty, match="本机关的行政复议案件"):
        opened(organ, clerk, answered, after=made, **suit)
    elsewhere = factories.organ()
    clerk_there = factories.holder(elsewhere, Role.DISCLOSURE_OFFICE)
    request = factories.stored_request(elsewhere, date(2025, 3, 3))
    with pytest.raises(FilingFaulty, match="本机关的行政复议案件"):
        opened(elsewhere, clerk_there, request, after=first, **suit)


def test_a_reconsideration_organ_sued_as_codefendant_registers_the_case_and_counts_nothing(
    organ, clerk, answered
):
    """§10 no. 34: one case, counted at the organ that acted, whose application it is."""
    suit = {"kind": "suit_after", "case_number": "（2025）示01行初8号", "is_codefendant_here": True}

    made = opened(organ, clerk, **suit)
    close_dispute(dispute_id=made.pk, actor=clerk, result="upheld", on=CLOSED)

    assert not any(RequestDisputeSource().compile(organ, 2025).values())
    with pytest.raises(FilingFaulty, match="由原行为机关登记"):
        opened(organ, clerk, answered, **{**suit, "case_number": "2"})


def test_registering_takes_the_role(organ, answered):
    officer = factories.holder(organ, Role.INFORMATION_OFFICER)
    lawyer = factories.holder(organ, Role.LEGAL_REVIEWER)

    with pytest.raises(AccessDenied):
        opened(organ, officer, answered)
    dispute = opened(organ, lawyer, answered)
    with pytest.raises(AccessDenied):
        add_stage(dispute_id=dispute.pk, actor=officer, name="开庭", on=FILED)
    with pytest.raises(AccessDenied):
        close_dispute(dispute_id=dispute.pk, actor=officer, result="upheld", on=CLOSED)


def test_stages_follow_the_filing_and_carry_their_own_day(organ, clerk, answered):
    dispute = opened(organ, clerk, answered)

    add_stage(dispute_id=dispute.pk, actor=clerk, name="收到答复通知书", on=FILED, due_on=date(2025, 5, 16))

    assert [(s.name, s.due_on) for s in dispute.stages.all()] == [
        ("收到案件", None),
        ("收到答复通知书", date(2025, 5, 16)),
    ]
    for on in (FILED - timedelta(days=1), timezone.localdate() + timedelta(days=1)):
        with pytest.raises(ActRefused, match="在收到案件之后、今天以前"):
            add_stage(dispute_id=dispute.pk, actor=clerk, name="开庭", on=on)
    with pytest.raises(ActRefused, match="阶段名称"):
        add_stage(dispute_id=dispute.pk, actor=clerk, name=" ", on=FILED)


@pytest.mark.parametrize("result", ["upheld", "corrected", "other"])
def test_each_result_fills_its_column_of_table_four(organ, clerk, answered, result):
    dispute = opened(organ, clerk, answered)

    close_dispute(dispute_id=dispute.pk, actor=clerk, result=result, on=CLOSED)

    found = RequestDisputeSource().compile(organ, 2025)
    filled = {key for key, value in found.items() if value}
    assert filled == {f"table4.reconsideration.{col}" for col in (result, "total")}
    assert not InfoRequest.objects.exclude(redo_of=None).exists()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"result": "won"}, "请选择结果"),
        ({"result": "upheld", "redo_due_on": REDO_DUE}, "只有结果纠正"),
        ({"result": "corrected", "redo_due_on": CLOSED - timedelta(days=1)}, "早于审结日期"),
        ({"result": "upheld", "on": FILED - timedelta(days=1)}, "审结日期"),
    ],
)
def test_a_result_that_cannot_be_is_refused(organ, clerk, answered, fields, message):
    dispute = opened(organ, clerk, answered)

    with pytest.raises(ActRefused, match=message):
        close_dispute(**{"dispute_id": dispute.pk, "actor": clerk, "on": CLOSED, **fields})


def test_a_result_is_recorded_once(organ, clerk, answered):
    dispute = reversed_(opened(organ, clerk, answered), clerk)

    with pytest.raises(ActRefused, match="已经登记过结果"):
        reversed_(dispute, clerk)


def test_a_reversal_with_a_new_reply_ordered_opens_a_redo_that_table_three_does_not_count(
    organ, clerk, answered
):
    """§9.3 no. 25 and §10 no. 33: due on the day of the decision; not a new r1, not a second result."""
    before = RequestSource().compile(organ, 2025)
    dispute = opened(organ, clerk, answered)

    reversed_(dispute, clerk, redo_due_on=REDO_DUE)

    redo = answered.redos.get()
    assert redo.number == f"{answered.number}重1"
    assert (redo.state, redo.due_on, redo.fixed_due_on) == ("processing", REDO_DUE, REDO_DUE)
    assert (redo.applicant_name, redo.identity_number) == (answered.applicant_name, answered.identity_number)
    assert redo.identity_hash == answered.identity_hash
    assert redo.submission_key != answered.submission_key
    assert redo.steps.get().note == f"{dispute}审结，责令 2025-07-31 前重新答复"
    assert answered.steps.get(event="redo_opened").note == f"重新办理：{redo.number}"
    assert RequestSource().compile(organ, 2025) == before


def test_a_second_reversal_opens_a_second_redo(organ, clerk, answered):
    reversed_(opened(organ, clerk, answered), clerk, redo_due_on=REDO_DUE)
    reversed_(opened(organ, clerk, answered, case_number="2"), clerk, redo_due_on=REDO_DUE)

    assert [redo.number[-2:] for redo in answered.redos.order_by("pk")] == ["重1", "重2"]


def test_a_reply_ordered_on_an_application_never_answered_is_owed_on_the_same_application(organ, clerk):
    """§10 no. 48: it stays open and is owed a reply; a redo would stand beside an open original."""
    overdue = factories.stored_request(organ, date(2025, 1, 6), due_on=date(2025, 2, 12))
    suit = {"kind": "direct_suit", "case_number": "（2025）示01行初3号", "body": "示例县人民法院"}

    reversed_(opened(organ, clerk, overdue, **suit), clerk, redo_due_on=REDO_DUE)

    overdue.refresh_from_db()
    assert (overdue.task_due_on, overdue.due_on) == (REDO_DUE, date(2025, 2, 12))
    assert not overdue.redos.exists()
    assert "责令 2025-07-31 前答复" in overdue.steps.latest("pk").note


def test_a_reversal_is_told_once_to_each_open_application_for_the_same(organ, clerk, answered):
    second = factories.stored_request(organ, date(2025, 3, 5), date(2025, 3, 21), "D-14-2")
    same = factories.stored_request(organ, date(2025, 6, 3))
    different = factories.stored_request(
        organ, date(2025, 6, 3), subject="危房改造补助名单", content="上年度补助发放情况"
    )
    closed = factories.stored_request(organ, date(2025, 6, 3), date(2025, 6, 20), "D-36-2")
    elsewhere = factories.stored_request(factories.organ(), date(2025, 6, 3))

    dispute = reversed_(opened(organ, clerk, answered, second), clerk, redo_due_on=REDO_DUE)

    (step,) = same.steps.all()
    assert step.event == "similar_reversed"
    assert answered.number in step.note
    assert dispute.case_number in step.note
    for request in (different, closed, elsewhere, *InfoRequest.objects.exclude(redo_of=None)):
        assert not request.steps.filter(event="similar_reversed").exists()


def test_a_case_upheld_tells_nobody(organ, clerk, answered):
    same = factories.stored_request(organ, date(2025, 6, 3))
    dispute = opened(organ, clerk, answered)

    close_dispute(dispute_id=dispute.pk, actor=clerk, result="upheld", on=CLOSED)

    assert not same.steps.exists()

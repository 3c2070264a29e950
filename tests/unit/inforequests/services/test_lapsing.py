"""What the passing of days does by itself, and what a new holiday notice changes."""

from __future__ import annotations

from datetime import date
from unittest import mock

import pytest
from django.core import mail
from tests.unit.inforequests.office import on

from gongkai.core.calendars import WorkingCalendar, published_notices
from gongkai.core.disclosure.procedure import State
from gongkai.inforequests.services import charging, consulting, correcting, lapsing
from gongkai.inforequests.waiting import waiting_for

MONDAY = date(2026, 3, 2)


def corrected_notice(office):
    case = office.processing()
    with on(date(2026, 3, 4)):
        return correcting.notify_correction(
            request_id=case.pk,
            actor=office.clerk,
            unclear="没有写明年度",
            guidance="请写明是哪一年度的合同",
            on=date(2026, 3, 4),
        )


def test_no_correction_by_the_day_set_ends_the_case_with_a_letter(office):
    case = corrected_notice(office)
    assert (case.state, case.due_on, case.task_due_on) == ("await_correction", None, date(2026, 3, 25))
    with on(date(2026, 3, 25)):
        assert lapsing.lapse_all(date(2026, 3, 25)) == []
    with on(date(2026, 3, 26)):
        [lapse] = lapsing.lapse_all(date(2026, 3, 26))
        assert lapsing.lapse_all(date(2026, 3, 26)) == []
    case.refresh_from_db()
    assert not lapse.failed
    assert (case.state, case.outcome) == (State.ABANDONED_CORRECTION, "X-30")
    assert [letter.kind for letter in case.letters.order_by("pk")] == [4, 26]


def test_a_correction_starts_the_full_period_anew(office):
    case = corrected_notice(office)
    with on(date(2026, 3, 16)):
        correcting.correct(request_id=case.pk, content="2025年度合同", on=date(2026, 3, 16))
    case.refresh_from_db()
    assert (case.state, case.due_on) == ("processing", date(2026, 4, 14))


def test_an_unpaid_fee_ends_the_case(office):
    case = office.processing()
    with on(date(2026, 3, 5)):
        charging.notify_fee(
            request_id=case.pk,
            actor=office.head,
            standard="pages",
            count=100,
            reason="提供纸质件",
            on=date(2026, 3, 5),
        )
    case.refresh_from_db()
    assert (case.state, case.fee.amount_yuan, case.fee.pay_by) == ("await_payment", 700, date(2026, 4, 2))
    with on(date(2026, 4, 3)):
        lapsing.lapse_all(date(2026, 4, 3))
    case.refresh_from_db()
    assert (case.state, case.outcome) == (State.ABANDONED_FEE, "X-FEE")


def test_a_paid_fee_starts_the_period_anew(office):
    case = office.processing()
    with on(date(2026, 3, 5)):
        charging.notify_fee(
            request_id=case.pk,
            actor=office.head,
            standard="pages",
            count=31,
            reason="提供纸质件",
            on=date(2026, 3, 5),
        )
    with on(date(2026, 3, 16)):
        charging.record_payment(
            request_id=case.pk, actor=office.clerk, on=date(2026, 3, 16), receipt="票据 0001"
        )
    case.refresh_from_db()
    assert (case.state, case.fee.amount_yuan, case.due_on) == ("processing", 10, date(2026, 4, 14))


@pytest.mark.parametrize(("kind", "means"), [("third_party", "由本机关决定"), ("co_maker", "视为同意公开")])
def test_silence_of_a_third_party_is_no_consent_but_that_of_a_co_maker_is(office, kind, means):
    case = office.processing()
    with on(date(2026, 3, 6)):
        asked, _ = consulting.consult(
            request_id=case.pk,
            actor=office.clerk,
            kind=kind,
            party="示例单位",
            contact="",
            passages="合同金额",
            on=date(2026, 3, 6),
            reached_on=date(2026, 3, 6),
        )
    asked.refresh_from_db()
    assert asked.answer_due_on == date(2026, 3, 27)
    with on(date(2026, 3, 30)):
        lapsing.lapse_all(date(2026, 3, 30))
    asked.refresh_from_db()
    case.refresh_from_db()
    assert (asked.answer, case.state) == ("silent", "processing")
    assert means in case.steps.latest("pk").note


def test_one_faulty_case_does_not_keep_the_others_from_their_day(office):
    first, second = corrected_notice(office), corrected_notice(office)
    real = lapsing.lapse_correction

    def broken(*, request_id, today):
        if request_id == first.pk:
            raise ValueError("坏记录")
        return real(request_id=request_id, today=today)

    with on(date(2026, 3, 26)), mock.patch.object(lapsing, "lapse_correction", broken):
        lapses = lapsing.lapse_all(date(2026, 3, 26))
    second.refresh_from_db()
    assert sorted(lapse.failed for lapse in lapses) == [False, True]
    assert second.state == State.ABANDONED_CORRECTION


def test_a_new_notice_moves_open_cases_says_so_and_tells_the_owner(office):
    """The days of 2026 without its notice are assumed; with it, make-up Saturdays count."""
    office.clerk.email = "clerk@example.cn"
    office.clerk.save()
    case = office.processing(date(2026, 2, 10))
    without = WorkingCalendar([n for n in published_notices() if n.year < 2026])
    with on(date(2026, 2, 11)):
        first = lapsing.recompute_open(without)
        case.refresh_from_db()
        before = case.due_on
        moved = lapsing.recompute_open()
        case.refresh_from_db()
        assert lapsing.tell_owners(moved) == 1
        lines = [line.text for line in waiting_for(office.clerk, date(2026, 2, 11))]
    assert first
    assert [(m.number, m.before, m.after) for m in moved] == [(case.number, before, date(2026, 3, 16))]
    assert case.number in mail.outbox[0].body
    assert any("期限有变动" in line for line in lines)

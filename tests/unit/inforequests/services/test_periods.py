"""Late in the year a period reaches days whose holidays are not known; nobody is held to such a day."""

from __future__ import annotations

from datetime import date

import pytest
from tests.unit.inforequests.office import on

from gongkai.core.calendars import Closure, Notice, WorkingCalendar, published_notices
from gongkai.inforequests.errors import ActRefused
from gongkai.inforequests.services import charging, consulting, correcting, extending, lapsing
from gongkai.inforequests.services.lettering import text_of

LATE = date(2026, 12, 21)


@pytest.fixture
def published():
    """A calendar in which the notice of 2027 is out: three days of New Year."""
    notice = Notice(
        year=2027,
        region="CN",
        title="试验通知",
        closed=(Closure(date(2027, 1, 1), date(2027, 1, 3), "元旦"),),
        working=frozenset(),
        confidence="memory",
    )
    return WorkingCalendar([*published_notices(), notice])


def corrected(office):
    case = office.processing(date(2026, 12, 18))
    with on(LATE):
        return correcting.notify_correction(
            request_id=case.pk, actor=office.clerk, unclear="没有年度", guidance="写明年度", on=LATE
        )


def test_the_letter_says_that_the_day_may_move(office):
    case = corrected(office)
    assert case.task_due_on == date(2027, 1, 11)
    assert "遇放假顺延" in "".join(text_of(case.letters.get()).paragraphs)


def test_a_provisional_day_ends_no_case(office):
    case = corrected(office)
    with on(date(2027, 1, 12)), pytest.raises(ActRefused, match="放假安排还没有导入"):
        correcting.lapse_correction(request_id=case.pk, today=date(2027, 1, 12))
    case.refresh_from_db()
    assert case.state == "await_correction"


def test_the_notice_moves_the_step_and_says_so(office, published):
    case = corrected(office)
    with on(date(2026, 12, 28)):
        lapsing.recompute_open(published)
    case.refresh_from_db()
    assert case.task_due_on == date(2027, 1, 12)
    assert "本步期限由 2027-01-11 变为 2027-01-12" in case.steps.latest("pk").note


def test_every_step_that_counts_days_can_be_taken_in_december(office):
    reason, fee, asked = (office.processing(date(2026, 12, 18)) for _ in range(3))
    with on(LATE):
        extending.ask_reason(request_id=reason.pk, actor=office.clerk, evidence="一月五十件", on=LATE)
        charging.notify_fee(
            request_id=fee.pk, actor=office.head, standard="pages", count=50, reason="纸质件", on=LATE
        )
        question, _ = consulting.consult(
            request_id=asked.pk,
            actor=office.clerk,
            kind="third_party",
            party="示例企业",
            contact="",
            passages="合同金额",
            on=LATE,
            reached_on=LATE,
        )
    question.refresh_from_db()
    assert question.answer_due_on == date(2027, 1, 11)

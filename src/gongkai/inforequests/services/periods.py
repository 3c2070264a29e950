"""The periods of single steps: correction, explanation, payment, answers of those consulted.

They count working days from a notice, and late in the year they reach days whose holiday notice is not out. Such a last
day is said to be provisional, is counted again when the notice is loaded, and ends no case before that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.core.calendars import WorkingCalendar
from gongkai.core.disclosure.clock import CONSULTATION_WORKING_DAYS, PAYMENT_WORKING_DAYS, Kind
from gongkai.core.disclosure.procedure import Event, State
from gongkai.inforequests.errors import ActRefused
from gongkai.inforequests.letters.words import in_words
from gongkai.inforequests.models import Consultation, FeeNotice, InfoRequest
from gongkai.inforequests.services.moving import calendar_of, profile_of


@dataclass(frozen=True, slots=True)
class Period:
    """The last day of a step, and whether its year's holidays are known."""

    last: date
    provisional: bool

    @property
    def said(self) -> str:
        """As a letter says it: nobody may be held to a day that a holiday could still move."""
        if not self.provisional:
            return in_words(self.last)
        return f"{in_words(self.last)}（该年放假安排尚未公布，遇放假顺延）"


def period(
    request: InfoRequest, start: date, working_days: int, calendar: WorkingCalendar | None = None
) -> Period:
    """The n-th working day after a day."""
    reached = (calendar or calendar_of(request)).reach(start, working_days)
    return Period(reached.day, reached.provisional)


def recount(request: InfoRequest, calendar: WorkingCalendar | None = None) -> bool:
    """Count the current steps' periods again; saves what hangs on the case, the caller saves the case.

    Returns:
        Whether a last day that decides is still provisional.
    """
    calendar = calendar or calendar_of(request)
    found: list[Period] = []
    for asked in request.consultations.filter(answered_on=None).exclude(reached_on=None):
        found.append(period(request, asked.reached_on, CONSULTATION_WORKING_DAYS, calendar))
        Consultation.objects.filter(pk=asked.pk).update(answer_due_on=found[-1].last)
    own = _own_period(request, calendar)
    if own is not None:
        found.append(own)
    if found:
        request.task_due_on = min(one.last for one in found)
    return any(one.provisional for one in found)


def _own_period(request: InfoRequest, calendar: WorkingCalendar) -> Period | None:
    match request.state:
        case State.AWAIT_CORRECTION:
            told = request.ledger.filter(kind=Kind.CORRECTION_NOTIFIED, voided_at=None).latest("pk").on
            return period(request, told, profile_of(request).correction_working_days, calendar)
        case State.AWAIT_REASON:
            asked = request.steps.filter(event=Event.ASK_REASON.value).latest("pk").on
            return period(request, asked, profile_of(request).reason_working_days, calendar)
        case State.AWAIT_PAYMENT:
            notice = FeeNotice.objects.get(request=request)
            found = period(request, notice.notified_on, PAYMENT_WORKING_DAYS, calendar)
            FeeNotice.objects.filter(pk=notice.pk).update(pay_by=found.last)
            return found
    return None


def require_certain(request: InfoRequest) -> None:
    """Count again before a period ends a case; raises ActRefused while its last day may still move."""
    if recount(request):
        raise ActRefused(
            "期限所在年度的放假安排还没有导入，最后一天可能顺延，暂不按逾期处理。请导入放假安排后再办理。"
        )

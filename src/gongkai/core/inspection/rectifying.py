"""Rectification of a finding (整改): its states, who may act next, when a re-check counts.

Nothing closes without a re-check: by machine, where a later crawl saw the page and the fault is gone; or by a person other
than the one who reported the fix. The limits in working days are ours; no authority sets them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from gongkai.core.calendars import Reached, WorkingCalendar
from gongkai.core.inspection.facts import Evidence
from gongkai.core.inspection.findings import Kind
from gongkai.core.inspection.judging import MEASURES

DUE_WORKING_DAYS = {Kind.VETO: 1, Kind.SAFETY: 1, Kind.DEDUCTION: 5, Kind.QUALITY: 5}  # ours
RETURNS_BEFORE_ESCALATION = 2  # ours: returned so often, the head of the office is told
MAX_WORKING_DAYS = 30


class Standing(StrEnum):
    """Where a rectification stands."""

    ISSUED = "issued"
    REPORTED = "reported"
    RETURNED = "returned"
    CLOSED = "closed"


class Act(StrEnum):
    """What happens to it."""

    ISSUE = "issue"
    REPORT = "report"
    PASS = "pass"  # noqa: S105 - a re-check that passed
    FAIL = "fail"
    ESCALATE = "escalate"


class Recheck(StrEnum):
    """What a later crawl says of a fault."""

    GONE = "gone"
    STILL_THERE = "still_there"
    CANNOT_TELL = "cannot_tell"


_NEXT: dict[tuple[Standing, Act], Standing] = {
    (Standing.ISSUED, Act.REPORT): Standing.REPORTED,
    (Standing.RETURNED, Act.REPORT): Standing.REPORTED,
    (Standing.REPORTED, Act.PASS): Standing.CLOSED,
    (Standing.REPORTED, Act.FAIL): Standing.RETURNED,
    (Standing.ISSUED, Act.ESCALATE): Standing.ISSUED,
    (Standing.RETURNED, Act.ESCALATE): Standing.RETURNED,
    (Standing.REPORTED, Act.ESCALATE): Standing.REPORTED,
}


class NotNow(ValueError):
    """The act does not follow from where the rectification stands."""

    def __init__(self, standing: Standing, act: Act) -> None:
        self.standing, self.act = standing, act
        super().__init__(f"{act} does not follow {standing}")


def after(standing: Standing, act: Act) -> Standing:
    """Where an act leads.

    Raises:
        NotNow: it does not follow; so nothing closes but from a report, by a re-check that passed.
    """
    try:
        return _NEXT[standing, act]
    except KeyError:
        raise NotNow(standing, act) from None


def due(
    kind: Kind, issued_on: date, calendar: WorkingCalendar, *, working_days: int | None = None
) -> Reached:
    """The last day for the fix, counted from the next day.

    Args:
        working_days: 1 to 30, where the office sets another limit than the usual one of the kind.
    """
    days = DUE_WORKING_DAYS[kind] if working_days is None else working_days
    if not 1 <= days <= MAX_WORKING_DAYS:
        raise ValueError(f"a limit is 1 to {MAX_WORKING_DAYS} working days, not {days}")
    return calendar.reach(issued_on, days)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is to be gone: the finding's ``Finding.fingerprint``, its indicator and address."""

    code: str
    url: str
    identity: str


def recheck(fault: Fault, evidence: Evidence, *, on: date, reported_at: datetime) -> Recheck:
    """What a crawl that began after the report says.

    A page that is gone (404, 410) bears no fault any more. An address that the crawl did not see, and an indicator that
    was not measured, prove nothing.
    """
    if evidence.began_at < reported_at:
        return Recheck.CANNOT_TELL
    measured = MEASURES[fault.code](evidence, on)
    if any(one.fingerprint == fault.identity for one in measured.findings):
        return Recheck.STILL_THERE
    page = next((one for one in evidence.pages if one.url == fault.url), None)
    if fault.url in {evidence.start, ""} or fault.url.startswith("file:"):
        return Recheck.CANNOT_TELL if bool(measured.unknown) else Recheck.GONE
    if page is None or bool(measured.unknown):
        return Recheck.CANNOT_TELL
    return Recheck.GONE if page.is_open or page.status in {404, 410} else Recheck.CANNOT_TELL

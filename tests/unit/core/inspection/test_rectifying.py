"""Rectification: nothing closes without a re-check."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.factories import inspection as make
from tests.factories.inspection import NOW, ORIGIN, TODAY, content, evidence

from gongkai.calendar_files import working_calendar
from gongkai.core.inspection import Kind, Wording, inspect
from gongkai.core.inspection.rectifying import Act, Fault, NotNow, Recheck, Standing, after, due, recheck

BEFORE = NOW - timedelta(hours=1)


@pytest.mark.parametrize("standing", list(Standing))
@pytest.mark.parametrize("act", [Act.PASS, Act.FAIL])
def test_a_recheck_counts_only_after_a_report(standing: Standing, act: Act):
    if standing is Standing.REPORTED:
        assert after(standing, act) is (Standing.CLOSED if act is Act.PASS else Standing.RETURNED)
    else:
        with pytest.raises(NotNow):
            after(standing, act)


def test_nothing_leads_out_of_closed():
    for act in Act:
        with pytest.raises(NotNow):
            after(Standing.CLOSED, act)


def test_a_veto_is_due_on_the_next_working_day_and_others_on_the_fifth():
    """2026-11-26 is a Thursday."""
    calendar = working_calendar()

    assert due(Kind.VETO, date(2026, 11, 26), calendar).day == date(2026, 11, 27)
    assert due(Kind.QUALITY, date(2026, 11, 26), calendar).day == date(2026, 12, 3)
    assert due(Kind.QUALITY, date(2026, 11, 26), calendar, working_days=2).day == date(2026, 11, 30)
    for days in (0, 31):
        with pytest.raises(ValueError, match="1 to 30"):
            due(Kind.VETO, date(2026, 11, 26), calendar, working_days=days)


def leaking() -> tuple[Fault, object]:
    given = evidence(wordings=(Wording(f"{ORIGIN}/dongtai/1/", "PI-01", "serious", "110***2X", "说明"),))
    found = inspect(given, on=TODAY).outcome("S-LEAK").findings[0]
    return Fault("S-LEAK", found.url, found.fingerprint), given


def test_a_fault_that_is_still_there_is_told():
    fault, given = leaking()

    assert recheck(fault, given, on=TODAY, reported_at=BEFORE) is Recheck.STILL_THERE


def test_a_fault_is_gone_when_the_page_is_seen_without_it():
    fault, _ = leaking()

    assert recheck(fault, evidence(), on=TODAY, reported_at=BEFORE) is Recheck.GONE


def test_a_page_that_was_taken_down_bears_no_fault():
    fault, _ = leaking()
    gone = evidence(replace(content("/dongtai/1/"), status=404))

    assert recheck(fault, gone, on=TODAY, reported_at=BEFORE) is Recheck.GONE


@pytest.mark.parametrize(
    "given",
    [
        make.without(evidence(), "/dongtai/1/"),
        evidence(wordings=None),
        evidence(replace(content("/dongtai/1/"), status=0, fault="连接超时")),
        replace(evidence(), began_at=BEFORE - timedelta(hours=1)),
    ],
    ids=["not seen", "not measured", "no answer", "before the report"],
)
def test_what_was_not_seen_proves_nothing(given):
    fault, _ = leaking()

    assert recheck(fault, given, on=TODAY, reported_at=BEFORE) is Recheck.CANNOT_TELL

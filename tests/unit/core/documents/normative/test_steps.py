"""The way of a normative document, walked by hand and by made-up offices."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.core.documents.normative import (
    ORDER,
    STEPS,
    Impact,
    Mark,
    Obstacle,
    Outcome,
    Profile,
    Step,
    StepRecord,
    missing_data,
    obstacle,
    progress,
)

TODAY = date(2026, 6, 30)
FULL = Profile(is_important=True, impact=Impact.MARKET, touches_business=True)


def entry(step, outcome=Outcome.DONE, on=date(2026, 3, 2), reason="", given=None):
    names = frozenset(name for name, _ in STEPS[step].gate) if given is None else frozenset(given)
    return StepRecord(step, outcome, on, names, reason)


def walked(profile, upto):
    """All records of a profile before a step."""
    return [entry(step) for step in profile.steps[: profile.steps.index(upto)]]


def refused(profile, records, record):
    return obstacle(profile, records, record, today=TODAY)


def test_a_plain_document_takes_the_steps_that_bind_all():
    """国办发〔2018〕37号: legality review, deliberation, publication; numbered before."""
    assert Profile().steps == (
        Step.DRAFTING, Step.LEGALITY, Step.DELIBERATION, Step.SIGNING, Step.REGISTRATION, Step.PUBLICATION, Step.FILING,
    )  # fmt: skip
    assert FULL.steps == ORDER


@pytest.mark.parametrize("step", ORDER[1:])
def test_no_step_is_taken_before_the_one_ahead_of_it(step):
    before = FULL.steps[FULL.steps.index(step) - 1]

    assert refused(FULL, walked(FULL, before), entry(step)) is Obstacle.OUT_OF_ORDER
    assert refused(FULL, walked(FULL, step), entry(step)) is None


def test_what_failed_the_legality_review_never_reaches_deliberation():
    """37号: 未经合法性审核或者经审核不合法的，不得提交集体审议."""
    failed = [*walked(FULL, Step.LEGALITY), entry(Step.LEGALITY, Outcome.FAILED, reason="超越职权")]

    assert refused(FULL, failed, entry(Step.DELIBERATION)) is Obstacle.OUT_OF_ORDER
    assert progress(FULL, failed).next_step is Step.DRAFTING
    again = [*failed, entry(Step.DRAFTING)]
    assert progress(FULL, again).next_step is Step.COMPETITION
    assert Step.CONSULTATION in progress(FULL, again).done


def test_a_new_draft_after_signing_is_decided_anew():
    signed = walked(FULL, Step.REGISTRATION)

    assert refused(FULL, signed, entry(Step.DRAFTING)) is None
    assert progress(FULL, [*signed, entry(Step.DRAFTING)]).next_step is Step.COMPETITION


def test_after_publication_the_draft_stays():
    published = walked(FULL, Step.FILING)

    assert refused(FULL, published, entry(Step.DRAFTING)) is Obstacle.PUBLISHED_ALREADY


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (entry(Step.LEGALITY, on=date(2026, 7, 1)), Obstacle.IN_THE_FUTURE),
        (entry(Step.LEGALITY, on=date(2026, 3, 1)), Obstacle.BEFORE_AN_EARLIER_STEP),
        (entry(Step.LEGALITY, given=()), Obstacle.GATE_DATA_MISSING),
        (entry(Step.LEGALITY, Outcome.SKIPPED, reason="急"), Obstacle.CANNOT_BE_SKIPPED),
        (entry(Step.LEGALITY, Outcome.FAILED), Obstacle.REASON_MISSING),
    ],
)
def test_a_record_that_cannot_stand_is_refused(record, why):
    assert refused(Profile(), walked(Profile(), Step.LEGALITY), record) is why


def test_signing_cannot_fail_and_is_passed_over_only_with_a_reason():
    """One source alone does not bind; the reason is kept."""
    before = walked(Profile(), Step.SIGNING)

    assert refused(Profile(), before, entry(Step.SIGNING, Outcome.FAILED, reason="x")) is Obstacle.CANNOT_FAIL
    assert refused(Profile(), before, entry(Step.SIGNING, Outcome.SKIPPED)) is Obstacle.REASON_MISSING
    assert refused(Profile(), before, entry(Step.SIGNING, Outcome.SKIPPED, reason="会议授权")) is None


def test_what_is_missing_is_named():
    assert missing_data(entry(Step.REGISTRATION, given={"document_number"})) == ("统一编号",)


RECORDS = st.builds(
    StepRecord,
    st.sampled_from(Step),
    st.sampled_from(Outcome),
    st.integers(0, 60).map(lambda n: date(2026, 1, 1) + timedelta(days=n)),
    st.sets(st.sampled_from([name for rule in STEPS.values() for name, _ in rule.gate])).map(frozenset)
    | st.just(frozenset(name for rule in STEPS.values() for name, _ in rule.gate)),
    st.sampled_from(["", "理由"]),
)
PROFILES = st.builds(Profile, st.booleans(), st.sampled_from(Impact), st.booleans())


@settings(max_examples=300, deadline=None)
@given(PROFILES, st.lists(RECORDS, max_size=60))
def test_whatever_an_office_tries_publication_has_all_before_it(profile, attempts):
    """No publication without number, deliberation and a passed legality review, each later than the last draft."""
    entered = []
    for record in attempts:
        if obstacle(profile, entered, record, today=TODAY) is None:
            entered.append(record)
    at = progress(profile, entered)

    if at.is_published:
        binding = {step for step in profile.steps if STEPS[step].mark is Mark.VERIFIED} - {Step.FILING}
        assert binding <= set(at.done)
        last_draft = max(n for n, one in enumerate(entered) if one.step is Step.DRAFTING)
        for step in (Step.LEGALITY, Step.DELIBERATION, Step.REGISTRATION):
            assert entered.index(at.done[step], last_draft) > last_draft
    assert all(one.outcome is not Outcome.FAILED for one in at.done.values())
    assert [one.on for one in entered] == sorted(one.on for one in entered)


@settings(max_examples=200, deadline=None)
@given(PROFILES, st.lists(RECORDS, max_size=40))
def test_the_next_step_can_always_be_taken(profile, attempts):
    """No office is ever stuck: what comes next is accepted with its data."""
    entered = []
    for record in attempts:
        if obstacle(profile, entered, record, today=TODAY) is None:
            entered.append(record)
    following = progress(profile, entered).next_step

    if following is not None:
        assert obstacle(profile, entered, entry(following, on=TODAY), today=TODAY) is None

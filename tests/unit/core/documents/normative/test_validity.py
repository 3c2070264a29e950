"""In force or not, on any day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.documents.normative import (
    Effect,
    EffectKind,
    Standing,
    Term,
    ending,
    in_force_on,
    standing_on,
)

K, S = EffectKind, Standing
TERM = Term(date(2024, 1, 10), date(2024, 2, 10), date(2029, 2, 9))


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2024, 1, 9), S.NOT_PUBLISHED),
        (date(2024, 1, 10), S.NOT_YET_IN_FORCE),
        (date(2024, 2, 9), S.NOT_YET_IN_FORCE),
        (date(2024, 2, 10), S.IN_FORCE),
        (date(2029, 2, 9), S.IN_FORCE),
        (date(2029, 2, 10), S.LAPSED),
    ],
)
def test_a_document_holds_from_its_first_day_to_the_last_of_its_term(day, standing):
    assert standing_on(TERM, [], day) is standing


def test_repeal_takes_effect_on_its_day():
    effects = [Effect(K.REPEALS, date(2025, 5, 1))]

    assert standing_on(TERM, effects, date(2025, 4, 30)) is S.IN_FORCE
    assert standing_on(TERM, effects, date(2025, 5, 1)) is S.REPEALED


def test_an_amended_document_stays_in_force_as_amended():
    effects = [Effect(K.AMENDS, date(2025, 5, 1))]

    assert standing_on(TERM, effects, date(2025, 5, 1)) is S.AMENDED
    assert standing_on(TERM, effects, date(2025, 5, 1)).is_in_force


def test_what_was_to_be_amended_lapses_unless_it_was():
    """Clean-up: papers to be amended lapse on the day set if not re-issued."""
    asked = Effect(K.TO_BE_AMENDED, date(2025, 1, 1), date(2025, 6, 30))

    assert standing_on(TERM, [asked], date(2025, 7, 1)) is S.LAPSED
    assert standing_on(TERM, [asked, Effect(K.AMENDS, date(2025, 6, 30))], date(2025, 7, 1)) is S.AMENDED
    assert standing_on(TERM, [asked, Effect(K.AMENDS, date(2025, 7, 2))], date(2025, 7, 2)) is S.LAPSED


def test_the_earliest_cause_ends_it_and_an_act_goes_before_the_term():
    same_day = Effect(K.INVALIDATES, date(2029, 2, 10))

    assert ending(TERM, [same_day]).standing is S.DECLARED_INVALID
    assert ending(TERM, [Effect(K.REPEALS, date(2030, 1, 1))]).standing is S.LAPSED
    assert ending(Term(date(2024, 1, 1)), [Effect(K.CONTINUES, date(2025, 1, 1))]) is None


DAYS = st.integers(0, 3000).map(lambda n: date(2020, 1, 1) + timedelta(days=n))
EFFECTS = st.lists(st.builds(Effect, st.sampled_from(EffectKind), DAYS, st.none() | DAYS), max_size=6)
TERMS = st.builds(Term, DAYS, st.none() | DAYS, st.none() | DAYS)


@given(TERMS, EFFECTS, DAYS, DAYS)
def test_what_has_ended_never_comes_back(term, effects, one, other):
    earlier, later = sorted((one, other))

    if standing_on(term, effects, earlier).is_over:
        assert standing_on(term, effects, later) is standing_on(term, effects, earlier)


@given(TERMS, EFFECTS, DAYS)
def test_the_order_of_entry_changes_nothing(term, effects, day):
    end, mirrored = ending(term, effects), ending(term, effects[::-1])

    assert (end and end.on) == (mirrored and mirrored.on)
    assert standing_on(term, effects, day).is_in_force == standing_on(term, effects[::-1], day).is_in_force


@given(TERMS, EFFECTS, DAYS)
def test_the_view_of_a_day_agrees_with_each_document(term, effects, day):
    held = in_force_on({1: term}, {1: effects}, day)

    assert (1 in held) == standing_on(term, effects, day).is_in_force

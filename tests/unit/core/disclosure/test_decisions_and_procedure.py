"""Outcomes agree with the form and the law; the procedure is exactly its table."""

from datetime import date
from itertools import product

import pytest

from gongkai.core.annual_report import FORMS, Edition, result_leaves
from gongkai.core.disclosure.decisions import BY_CODE, DECISIONS, REFUSAL_ROWS, Remedy, remedy_of
from gongkai.core.disclosure.procedure import (
    CLOSED_STATES,
    OPEN_STATES,
    STATE_LABELS,
    Actor,
    Event,
    State,
    TransitionForbidden,
    next_state,
    possible_events,
)

TODAY = date(2026, 3, 2)


def test_every_result_row_of_the_form_has_an_outcome_and_every_outcome_a_row():
    rows = {row.key for row in result_leaves(FORMS[Edition.E2021])}

    assert {decision.row for decision in DECISIONS} == rows
    assert len(BY_CODE) == len(DECISIONS) == 25


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda d: d.code)
def test_reconsideration_comes_first_exactly_for_refusals_under_articles_14_to_16(decision):
    """行政复议法 (2023) Art. 23; 法释〔2025〕8号 Art. 1."""
    first = remedy_of(decision, TODAY) is Remedy.RECONSIDERATION_FIRST

    assert first is (decision.row in REFUSAL_ROWS)
    assert first is any(article in decision.article for article in ("第十四条", "第十五条", "第十六条"))


def test_before_2024_a_refused_applicant_had_the_choice():
    assert remedy_of(BY_CODE["D-14-1"], date(2023, 12, 31)) is Remedy.CHOICE
    assert remedy_of(BY_CODE["D-14-1"], date(2024, 1, 1)) is Remedy.RECONSIDERATION_FIRST


@pytest.mark.parametrize(("refuses", "remedy"), [(True, Remedy.PARTLY_FIRST), (False, Remedy.CHOICE)])
def test_partial_disclosure_follows_the_refused_part(refuses, remedy):
    assert remedy_of(BY_CODE["D-37"], TODAY, refuses_under_14_to_16=refuses) is remedy


def test_what_gives_something_out_needs_the_confidentiality_review():
    assert {decision.code for decision in DECISIONS if decision.discloses} == {"D-36-2", "D-37"}


# state: {actor: events}; everything not listed is forbidden. disclosure-law §9.3.
H, L, A, C = Actor.HANDLER, Actor.HEAD, Actor.APPLICANT, Actor.CLOCK
E = Event
MATRIX = {
    State.SUBMITTED: {H: {E.CONFIRM}, A: {E.WITHDRAW}},
    State.RECEIVED: {
        H: {E.ASSIGN, E.NOTIFY_CORRECTION},
        L: {E.ANSWER_ON_THE_SPOT, E.EXTEND},
        A: {E.WITHDRAW},
    },
    State.AWAIT_CORRECTION: {A: {E.CORRECT, E.WITHDRAW}, C: {E.LAPSE_CORRECTION}},
    State.PROCESSING: {
        H: {E.NOTIFY_CORRECTION, E.ASK_THIRD_PARTY, E.ASK_ORGAN, E.ASK_REASON, E.DRAFT_DECISION},
        L: {E.EXTEND, E.NOTIFY_FEE},
        A: {E.WITHDRAW},
    },
    State.AWAIT_THIRD_PARTY: {H: {E.THIRD_PARTY_DONE, E.ASK_ORGAN}, L: {E.EXTEND}, A: {E.WITHDRAW}},
    State.AWAIT_ORGAN: {H: {E.ORGAN_DONE, E.ASK_THIRD_PARTY}, L: {E.EXTEND}, A: {E.WITHDRAW}},
    State.AWAIT_REASON: {L: {E.ACCEPT_REASON, E.REJECT_REASON, E.EXTEND}, A: {E.WITHDRAW}},
    State.AWAIT_PAYMENT: {A: {E.PAY, E.WITHDRAW}, C: {E.LAPSE_FEE}},
    State.REVIEWING: {L: {E.APPROVE, E.RETURN, E.EXTEND}, A: {E.WITHDRAW}},
    State.REPLIED: {H: {E.ARCHIVE}},
    State.ABANDONED_CORRECTION: {H: {E.ARCHIVE}},
    State.ABANDONED_FEE: {H: {E.ARCHIVE}},
    State.WITHDRAWN: {H: {E.ARCHIVE}},
    State.ARCHIVED: {},
}


@pytest.mark.parametrize(("state", "actor"), list(product(State, Actor)))
def test_the_matrix_of_states_and_actors_is_exactly_the_table(state, actor):
    """Equality, not inclusion: nothing is possible that the table does not name."""
    allowed = MATRIX[state].get(actor, set())

    assert possible_events(state, actor) == allowed
    for event in Event:
        if event in allowed:
            assert next_state(state, event, actor).source is state
        else:
            with pytest.raises(TransitionForbidden):
                next_state(state, event, actor)


def test_states_are_open_or_closed_and_named():
    assert OPEN_STATES | CLOSED_STATES == set(State) == set(STATE_LABELS)
    assert not OPEN_STATES & CLOSED_STATES


def test_every_open_state_can_end():
    """No application is stuck: from each open state a closed one can be reached."""
    for start in OPEN_STATES:
        seen, todo = set(), [start]
        while todo:
            state = todo.pop()
            seen.add(state)
            for actor in Actor:
                for event in possible_events(state, actor):
                    target = next_state(state, event, actor).target
                    if target not in seen:
                        todo.append(target)
        assert seen & CLOSED_STATES

"""Who can do what to an application in which state: every role, every state, every event, by equality.

The table is written out here a second time, from ``disclosure-law`` §9.3, and each cell is tried on a record.
"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from tests import factories
from tests.unit.inforequests.office import on

from gongkai.agencies.access import AccessDenied
from gongkai.agencies.roles import Role
from gongkai.core.disclosure.procedure import Actor, Event, State, TransitionForbidden, next_state
from gongkai.inforequests.services.moving import move

DAY = date(2026, 3, 2)
CLERK = {Role.DISCLOSURE_OFFICE, Role.DISCLOSURE_HEAD}
HEAD = {Role.DISCLOSURE_HEAD}
RUNNING = "received processing await_third_party await_organ await_reason reviewing"
OPEN = f"submitted {RUNNING} await_correction await_payment"
CLOSED = "replied abandoned_correction abandoned_fee withdrawn"
# event: (states, roles); what the clock or the applicant causes is entered by the office where it came on paper.
TABLE = {
    "confirm": ("submitted", CLERK),
    "assign": ("received", CLERK),
    "answer_on_the_spot": ("received", HEAD),
    "notify_correction": ("received processing", CLERK),
    "correct": ("await_correction", CLERK),
    "lapse_correction": ("await_correction", set()),
    "ask_third_party": ("processing await_organ", CLERK),
    "third_party_done": ("await_third_party", CLERK),
    "ask_organ": ("processing await_third_party", CLERK),
    "organ_done": ("await_organ", CLERK),
    "ask_reason": ("processing", CLERK),
    "accept_reason": ("await_reason", HEAD),
    "reject_reason": ("await_reason", HEAD),
    "notify_fee": ("processing", HEAD),
    "pay": ("await_payment", CLERK),
    "lapse_fee": ("await_payment", set()),
    "extend": (RUNNING, HEAD),
    "draft_decision": ("processing", CLERK),
    "approve": ("reviewing", HEAD),
    "return": ("reviewing", HEAD),
    "withdraw": (OPEN, CLERK),
    "archive": (CLOSED, CLERK),
}
ACTOR_OF = {
    "answer_on_the_spot": Actor.HEAD,
    "accept_reason": Actor.HEAD,
    "reject_reason": Actor.HEAD,
    "notify_fee": Actor.HEAD,
    "extend": Actor.HEAD,
    "approve": Actor.HEAD,
    "return": Actor.HEAD,
    "correct": Actor.APPLICANT,
    "pay": Actor.APPLICANT,
    "withdraw": Actor.APPLICANT,
}


class Undo(Exception):
    """Leave the record as it was."""


def can(case, user, state, event):
    case.state = state.value
    try:
        with transaction.atomic():
            move(case, event, actor=ACTOR_OF.get(event.value, Actor.HANDLER), user=user, on=DAY)
            raise Undo
    except Undo:
        return True
    except (AccessDenied, TransitionForbidden):
        return False


def test_the_table_names_every_event_and_every_state_is_reached():
    assert set(TABLE) == {event.value for event in Event}
    named = {state for states, _ in TABLE.values() for state in states.split()}
    assert named | {"archived"} == {state.value for state in State}


@pytest.mark.parametrize("role", list(Role))
def test_a_role_can_do_exactly_what_the_table_says(office, role):
    person = factories.holder(office.organ, role)
    case = office.received(DAY)
    with on(DAY, 15):
        done = {
            (state.value, event.value)
            for state in State
            for event in Event
            if can(case, person, state, event)
        }
    wanted = {
        (state, event)
        for event, (states, roles) in TABLE.items()
        if role in roles
        for state in states.split()
    }
    assert done == wanted


@pytest.mark.parametrize("event", ["lapse_correction", "lapse_fee"])
def test_the_passing_of_a_period_is_nobodys_act(office, event):
    case = office.received(DAY)
    case.state = TABLE[event][0]
    with on(DAY, 15):
        move(case, Event(event), actor=Actor.CLOCK, user=None, on=DAY)
    assert next_state(State(TABLE[event][0]), Event(event), Actor.CLOCK).target.value == case.state


def test_a_role_at_another_organ_does_nothing_here(office):
    stranger = factories.holder(factories.organ(), Role.DISCLOSURE_OFFICE, Role.DISCLOSURE_HEAD)
    case = office.received(DAY)
    with on(DAY, 15):
        assert not any(can(case, stranger, state, event) for state in State for event in Event)

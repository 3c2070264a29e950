"""The procedure of one application as data: states, events and which event leads where.

Source: 《政府信息公开条例》 (国务院令第711号) Arts. 29–45 as laid out in ``disclosure-law`` §9.1 and §9.3 (our synthesis;
each transition names its article). Disputes are linked records and do not change an application's state.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where an application stands."""

    SUBMITTED = "submitted"
    RECEIVED = "received"
    AWAIT_CORRECTION = "await_correction"
    PROCESSING = "processing"
    AWAIT_THIRD_PARTY = "await_third_party"
    AWAIT_ORGAN = "await_organ"
    AWAIT_REASON = "await_reason"
    AWAIT_PAYMENT = "await_payment"
    REVIEWING = "reviewing"
    REPLIED = "replied"
    ABANDONED_CORRECTION = "abandoned_correction"
    ABANDONED_FEE = "abandoned_fee"
    WITHDRAWN = "withdrawn"
    ARCHIVED = "archived"


STATE_LABELS = {
    State.SUBMITTED: "已提交待确认",
    State.RECEIVED: "已登记",
    State.AWAIT_CORRECTION: "待补正",
    State.PROCESSING: "办理中",
    State.AWAIT_THIRD_PARTY: "征求第三方意见中",
    State.AWAIT_ORGAN: "征求其他机关意见中",
    State.AWAIT_REASON: "待申请人说明理由",
    State.AWAIT_PAYMENT: "待缴费",
    State.REVIEWING: "审核",
    State.REPLIED: "已答复",
    State.ABANDONED_CORRECTION: "逾期不补正，不再处理",
    State.ABANDONED_FEE: "逾期未缴费，不再处理",
    State.WITHDRAWN: "申请人撤回",
    State.ARCHIVED: "已归档",
}
CLOSED_STATES = frozenset(
    {State.REPLIED, State.ABANDONED_CORRECTION, State.ABANDONED_FEE, State.WITHDRAWN, State.ARCHIVED}
)
OPEN_STATES = frozenset(State) - CLOSED_STATES


class Event(StrEnum):
    """What happens to an application."""

    CONFIRM = "confirm"
    ASSIGN = "assign"
    ANSWER_ON_THE_SPOT = "answer_on_the_spot"
    NOTIFY_CORRECTION = "notify_correction"
    CORRECT = "correct"
    LAPSE_CORRECTION = "lapse_correction"
    ASK_THIRD_PARTY = "ask_third_party"
    THIRD_PARTY_DONE = "third_party_done"
    ASK_ORGAN = "ask_organ"
    ORGAN_DONE = "organ_done"
    ASK_REASON = "ask_reason"
    ACCEPT_REASON = "accept_reason"
    REJECT_REASON = "reject_reason"
    NOTIFY_FEE = "notify_fee"
    PAY = "pay"
    LAPSE_FEE = "lapse_fee"
    EXTEND = "extend"
    DRAFT_DECISION = "draft_decision"
    APPROVE = "approve"
    RETURN = "return"
    WITHDRAW = "withdraw"
    ARCHIVE = "archive"


class Actor(StrEnum):
    """Who may cause an event."""

    HANDLER = "handler"  # 经办人
    HEAD = "head"  # 公开办负责人
    APPLICANT = "applicant"
    CLOCK = "clock"  # the passing of a period


@dataclass(frozen=True, slots=True)
class Transition:
    """From one state by one event to another; ``article`` is where it is founded."""

    source: State
    event: Event
    target: State
    actor: Actor
    article: str


_S, _E, _A = State, Event, Actor
_RUNNING = (_S.RECEIVED, _S.PROCESSING, _S.AWAIT_THIRD_PARTY, _S.AWAIT_ORGAN, _S.AWAIT_REASON, _S.REVIEWING)

TRANSITIONS: tuple[Transition, ...] = (
    Transition(_S.SUBMITTED, _E.CONFIRM, _S.RECEIVED, _A.HANDLER, "第三十一条"),
    Transition(_S.RECEIVED, _E.ASSIGN, _S.PROCESSING, _A.HANDLER, "第四十五条"),
    Transition(_S.RECEIVED, _E.ANSWER_ON_THE_SPOT, _S.REPLIED, _A.HEAD, "第三十三条第一款"),
    Transition(_S.RECEIVED, _E.NOTIFY_CORRECTION, _S.AWAIT_CORRECTION, _A.HANDLER, "第三十条"),
    Transition(_S.PROCESSING, _E.NOTIFY_CORRECTION, _S.AWAIT_CORRECTION, _A.HANDLER, "第三十条"),
    Transition(_S.AWAIT_CORRECTION, _E.CORRECT, _S.PROCESSING, _A.APPLICANT, "第三十条"),
    Transition(_S.AWAIT_CORRECTION, _E.LAPSE_CORRECTION, _S.ABANDONED_CORRECTION, _A.CLOCK, "第三十条"),
    Transition(_S.PROCESSING, _E.ASK_THIRD_PARTY, _S.AWAIT_THIRD_PARTY, _A.HANDLER, "第三十二条"),
    Transition(_S.AWAIT_ORGAN, _E.ASK_THIRD_PARTY, _S.AWAIT_THIRD_PARTY, _A.HANDLER, "第三十二条"),
    Transition(_S.AWAIT_THIRD_PARTY, _E.THIRD_PARTY_DONE, _S.PROCESSING, _A.HANDLER, "第三十二条"),
    Transition(_S.PROCESSING, _E.ASK_ORGAN, _S.AWAIT_ORGAN, _A.HANDLER, "第三十三条、第三十四条"),
    Transition(_S.AWAIT_THIRD_PARTY, _E.ASK_ORGAN, _S.AWAIT_ORGAN, _A.HANDLER, "第三十三条、第三十四条"),
    Transition(_S.AWAIT_ORGAN, _E.ORGAN_DONE, _S.PROCESSING, _A.HANDLER, "第三十四条"),
    Transition(_S.PROCESSING, _E.ASK_REASON, _S.AWAIT_REASON, _A.HANDLER, "第三十五条"),
    Transition(_S.AWAIT_REASON, _E.ACCEPT_REASON, _S.PROCESSING, _A.HEAD, "第三十五条"),
    Transition(_S.AWAIT_REASON, _E.REJECT_REASON, _S.REVIEWING, _A.HEAD, "第三十五条"),
    Transition(_S.PROCESSING, _E.NOTIFY_FEE, _S.AWAIT_PAYMENT, _A.HEAD, "第四十二条"),
    Transition(_S.AWAIT_PAYMENT, _E.PAY, _S.PROCESSING, _A.APPLICANT, "国办函〔2020〕109号"),
    Transition(_S.AWAIT_PAYMENT, _E.LAPSE_FEE, _S.ABANDONED_FEE, _A.CLOCK, "国办函〔2020〕109号"),
    *(Transition(state, _E.EXTEND, state, _A.HEAD, "第三十三条第二款") for state in _RUNNING),
    Transition(_S.PROCESSING, _E.DRAFT_DECISION, _S.REVIEWING, _A.HANDLER, "第三十六条至第三十九条"),
    Transition(_S.REVIEWING, _E.APPROVE, _S.REPLIED, _A.HEAD, "第十七条、第四十五条"),
    Transition(_S.REVIEWING, _E.RETURN, _S.PROCESSING, _A.HEAD, "第四十五条"),
    *(Transition(state, _E.WITHDRAW, _S.WITHDRAWN, _A.APPLICANT, "") for state in sorted(OPEN_STATES)),
    *(
        Transition(state, _E.ARCHIVE, _S.ARCHIVED, _A.HANDLER, "第四十五条")
        for state in sorted(CLOSED_STATES - {_S.ARCHIVED})
    ),
)
_BY_KEY = {(transition.source, transition.event): transition for transition in TRANSITIONS}


class TransitionForbidden(ValueError):
    """An event is not possible in a state, or not for this actor. The message is Chinese."""

    def __init__(self, state: State, event: Event, actor: Actor, reason: str) -> None:
        self.state, self.event, self.actor = state, event, actor
        super().__init__(reason)


def next_state(state: State, event: Event, actor: Actor) -> Transition:
    """The transition an event causes; raises TransitionForbidden."""
    transition = _BY_KEY.get((state, event))
    if transition is None:
        raise TransitionForbidden(state, event, actor, f"申请现在是“{STATE_LABELS[state]}”，不能办理这一步。")
    if transition.actor is not actor:
        raise TransitionForbidden(state, event, actor, "这一步须由有权限的人办理。")
    return transition


def possible_events(state: State, actor: Actor) -> frozenset[Event]:
    """What an actor can do to an application in a state."""
    return frozenset(t.event for t in TRANSITIONS if t.source is state and t.actor is actor)

"""What the applicant reads of a case: where it stands, what happened, what comes next.

Drawn from states and events only. Notes of the office are never shown: they may name staff, third parties or
what is still being decided.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.core.disclosure.decisions import BY_CODE
from gongkai.core.disclosure.procedure import Actor, Event, State, possible_events
from gongkai.inforequests.models import InfoRequest

STANDING = {
    State.SUBMITTED: (
        "已提交，等待与您确认",
        "本机关会与您联系。确认之日是收到申请之日，答复期限从次日起算（《条例》第三十一条）。",
    ),
    State.RECEIVED: ("已收到", "正在登记，随后交承办人办理。"),
    State.AWAIT_CORRECTION: (
        "等您补正",
        "原来的期限不再计算，收到补正后重新计算 20 个工作日（第三十条）。没有正当理由逾期不补正的，视为放弃申请。",
    ),
    State.PROCESSING: ("正在办理", "本机关正在检索、核对您申请的信息。"),
    State.AWAIT_THIRD_PARTY: (
        "正在征求第三方意见",
        "信息涉及第三方的权益，依法书面征求意见；这段时间不计入答复期限（第三十二条、第三十三条）。",
    ),
    State.AWAIT_ORGAN: (
        "正在征求其他机关意见",
        "信息由其他机关共同制作或者与其有关；征求意见的时间不计入答复期限（第三十三条、第三十四条）。",
    ),
    State.AWAIT_REASON: (
        "等您说明理由",
        "本机关认为申请的数量、频次明显超过合理范围，请您说明理由（第三十五条）。答复期限继续计算。",
    ),
    State.AWAIT_PAYMENT: (
        "等您缴费",
        "请按收费通知书缴纳信息处理费；缴费后重新计算答复期限，逾期未缴费的，不再处理（国办函〔2020〕109号）。",
    ),
    State.REVIEWING: ("正在审核答复", "答复已经拟好，正在审核。"),
    State.REPLIED: (
        "已答复",
        "答复书可以在下面下载。对答复不服的，答复书中写明了怎样申请行政复议、提起诉讼。",
    ),
    State.ABANDONED_CORRECTION: ("逾期没有补正，不再处理", "需要这些信息的，可以重新申请。"),
    State.ABANDONED_FEE: ("逾期没有缴费，不再处理", "需要这些信息的，可以重新申请。"),
    State.WITHDRAWN: ("您已撤回", "这件申请不再办理，需要时可以重新申请。"),
    State.ARCHIVED: ("已办结", "这件申请已经办结归档。"),
}
HAPPENED = {
    "submitted": ("您在网上提交了申请", ""),
    "registered": ("本机关登记了您的申请", ""),
    Event.CONFIRM: ("与您确认了申请，期限从次日起算", "第三十一条"),
    Event.ASSIGN: ("交承办人办理", ""),
    Event.NOTIFY_CORRECTION: ("告知您补正", "第三十条"),
    Event.CORRECT: ("收到您的补正，重新计算期限", "第三十条"),
    Event.LAPSE_CORRECTION: ("逾期没有补正，不再处理", "第三十条"),
    Event.ASK_THIRD_PARTY: ("书面征求第三方意见", "第三十二条"),
    Event.THIRD_PARTY_DONE: ("第三方意见征求完毕", "第三十二条"),
    Event.ASK_ORGAN: ("征求其他机关意见", "第三十三条、第三十四条"),
    Event.ORGAN_DONE: ("其他机关意见征求完毕", "第三十三条、第三十四条"),
    Event.ASK_REASON: ("请您说明理由", "第三十五条"),
    "reason_given": ("收到您说明的理由", "第三十五条"),
    Event.ACCEPT_REASON: ("认可您的理由，继续办理", "第三十五条"),
    Event.NOTIFY_FEE: ("发出收费通知", "第四十二条"),
    Event.PAY: ("收到缴费，重新计算期限", "国办函〔2020〕109号"),
    Event.LAPSE_FEE: ("逾期没有缴费，不再处理", "国办函〔2020〕109号"),
    Event.EXTEND: ("延长答复期限", "第三十三条"),
    Event.DRAFT_DECISION: ("拟出答复，进入审核", ""),
    Event.APPROVE: ("答复送达", ""),
    Event.ANSWER_ON_THE_SPOT: ("当场答复", "第三十三条"),
    Event.WITHDRAW: ("您撤回了申请", ""),
    Event.ARCHIVE: ("归档", ""),
    "calendar_changed": ("放假安排公布或者调整，重新计算了期限", ""),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the timeline."""

    on: date
    text: str
    article: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Something the applicant can do now."""

    name: str
    verb: str
    hint: str
    is_urgent: bool = False


def standing(case: InfoRequest) -> tuple[str, str]:
    """Where a case stands and what that means."""
    return STANDING[State(case.state)]


def timeline(case: InfoRequest) -> list[Moment]:
    """What happened, in order; what is the office's own business is left out."""
    steps = case.steps.order_by("on", "pk")
    return [Moment(step.on, *HAPPENED[step.event]) for step in steps if step.event in HAPPENED]


def offers(case: InfoRequest) -> list[Offer]:
    """What the applicant can do now, the urgent first."""
    state = State(case.state)
    events = possible_events(state, Actor.APPLICANT)
    found = []
    if Event.CORRECT in events:
        found.append(Offer("correct", "补正申请", "按补正告知书写清楚想要的信息。", is_urgent=True))
    if state is State.AWAIT_REASON:
        found.append(Offer("give_reason", "说明理由", "说明为什么需要提出这些申请。", is_urgent=True))
    if Event.WITHDRAW in events:
        found.append(Offer("withdraw", "撤回申请", "不再需要的，可以撤回；撤回后不再办理。"))
    return found


def gives_files(case: InfoRequest) -> bool:
    """Whether the reply has been served and gives information."""
    rule = BY_CODE.get(case.outcome)
    return case.state in {State.REPLIED, State.ARCHIVED} and rule is not None and rule.discloses

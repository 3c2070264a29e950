"""Acts of supervision."""

from gongkai.supervision.services.inspecting import begin, carry_out, judged_again, keep, replay, rule
from gongkai.supervision.services.rectifying import (
    escalate_overdue,
    issue,
    recheck_by_machine,
    recheck_by_person,
    recheck_reported,
    report_fixed,
)
from gongkai.supervision.services.scoring import (
    appeal,
    decide_appeal,
    enter_line,
    make_card,
    publish_card,
    sheet_of,
)
from gongkai.supervision.services.ticketing import answer_ticket, close_ticket, rectify_ticket, take_ticket
from gongkai.supervision.services.visiting import visit_when_due

__all__ = [
    "answer_ticket",
    "appeal",
    "begin",
    "carry_out",
    "close_ticket",
    "decide_appeal",
    "enter_line",
    "escalate_overdue",
    "issue",
    "judged_again",
    "keep",
    "make_card",
    "publish_card",
    "recheck_by_machine",
    "recheck_by_person",
    "recheck_reported",
    "rectify_ticket",
    "replay",
    "report_fixed",
    "rule",
    "sheet_of",
    "take_ticket",
    "visit_when_due",
]

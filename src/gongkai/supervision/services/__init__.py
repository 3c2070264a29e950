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
from gongkai.supervision.services.visiting import visit_when_due

__all__ = [
    "begin",
    "carry_out",
    "escalate_overdue",
    "issue",
    "judged_again",
    "keep",
    "recheck_by_machine",
    "recheck_by_person",
    "recheck_reported",
    "replay",
    "report_fixed",
    "rule",
    "visit_when_due",
]

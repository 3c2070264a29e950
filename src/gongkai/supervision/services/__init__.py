"""Acts of supervision."""

from gongkai.supervision.services.accounting import (
    enter_accountability,
    forms_in_use,
    withdraw_accountability,
)
from gongkai.supervision.services.inspecting import begin, carry_out, judged_again, keep, replay, rule
from gongkai.supervision.services.point_import import import_points
from gongkai.supervision.services.pointing import (
    add_point,
    change_point,
    check_in,
    confirm_point,
    drop_point,
    make_plan,
    reopen_point,
)
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
from gongkai.supervision.services.training import (
    add_material,
    add_question,
    cancel_training,
    change_training,
    drop_question,
    hold_training,
    place_on_roll,
    plan_training,
    sit_test,
)
from gongkai.supervision.services.visiting import visit_when_due

__all__ = [
    "add_material",
    "add_point",
    "add_question",
    "answer_ticket",
    "appeal",
    "begin",
    "cancel_training",
    "carry_out",
    "change_point",
    "change_training",
    "check_in",
    "close_ticket",
    "confirm_point",
    "decide_appeal",
    "drop_point",
    "drop_question",
    "enter_accountability",
    "enter_line",
    "escalate_overdue",
    "forms_in_use",
    "hold_training",
    "import_points",
    "issue",
    "judged_again",
    "keep",
    "make_card",
    "make_plan",
    "place_on_roll",
    "plan_training",
    "publish_card",
    "recheck_by_machine",
    "recheck_by_person",
    "recheck_reported",
    "rectify_ticket",
    "reopen_point",
    "replay",
    "report_fixed",
    "rule",
    "sheet_of",
    "sit_test",
    "take_ticket",
    "visit_when_due",
    "withdraw_accountability",
]

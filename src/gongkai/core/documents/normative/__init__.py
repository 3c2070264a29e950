"""Administrative normative documents (行政规范性文件): steps to publication, force, terms and clocks."""

from gongkai.core.documents.normative.steps import (
    ORDER,
    STEPS,
    Impact,
    Mark,
    Obstacle,
    Outcome,
    Profile,
    Progress,
    Step,
    StepRecord,
    StepRule,
    missing_data,
    obstacle,
    progress,
)
from gongkai.core.documents.normative.terms import (
    REMINDERS,
    Reminder,
    TermKind,
    TermRules,
    earliest_close,
    filing_due,
    interpretation_due,
    last_day,
    months_before,
    reminder_due,
    term_kind,
)
from gongkai.core.documents.normative.validity import (
    STANDING_LABELS,
    Effect,
    EffectKind,
    Ending,
    Standing,
    Term,
    ending,
    in_force_on,
    standing_on,
)

__all__ = [
    "ORDER", "REMINDERS", "STANDING_LABELS", "STEPS", "Effect", "EffectKind", "Ending", "Impact", "Mark", "Obstacle",
    "Outcome", "Profile", "Progress", "Reminder", "Standing", "Step", "StepRecord", "StepRule", "Term", "TermKind",
    "TermRules", "earliest_close", "ending", "filing_due", "in_force_on", "interpretation_due", "last_day",
    "missing_data", "months_before", "obstacle", "progress", "reminder_due", "standing_on", "term_kind",
]  # fmt: skip

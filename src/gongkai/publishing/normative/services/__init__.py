"""Acts on normative documents, consultations, clean-ups and interpretations."""

from gongkai.publishing.normative.services.cleaning import Result, clean_up
from gongkai.publishing.normative.services.consulting import (
    give_opinion,
    handle_opinion,
    prepare_consultation,
    prepare_feedback,
)
from gongkai.publishing.normative.services.drafting import begin, change_draft, take_over
from gongkai.publishing.normative.services.interpreting import (
    link_interpretation,
    plan_interpretation,
    waive_interpretation,
)
from gongkai.publishing.normative.services.office import set_up_office
from gongkai.publishing.normative.services.relating import relate
from gongkai.publishing.normative.services.releasing import make_item, note_live
from gongkai.publishing.normative.services.stepping import record_step
from gongkai.publishing.normative.services.telling import tell_daily

__all__ = [
    "Result", "begin", "change_draft", "clean_up", "give_opinion", "handle_opinion", "link_interpretation", "make_item",
    "note_live", "plan_interpretation", "prepare_consultation", "prepare_feedback", "record_step", "relate",
    "set_up_office", "take_over", "tell_daily", "waive_interpretation",
]  # fmt: skip

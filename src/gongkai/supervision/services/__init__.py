"""Acts of supervision."""

from gongkai.supervision.services.inspecting import begin, carry_out, judged_again, keep, replay, rule
from gongkai.supervision.services.visiting import visit_when_due

__all__ = ["begin", "carry_out", "judged_again", "keep", "replay", "rule", "visit_when_due"]

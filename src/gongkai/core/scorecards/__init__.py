"""Scorecards of the office's own assessment (政务公开考核): lines with weights, measures, scores that explain themselves.

Source: 《条例》 Art. 46 for assessing at all; no national score sheet was found (``disclosure-law`` §6), so lines and weights
are the office's own data and the defaults are ours. Pure: what the records say is an argument.
"""

from gongkai.core.scorecards.lines import DEFAULT_LINES, Line, Mode, WeightsFaulty, check_weights
from gongkai.core.scorecards.scoring import Card, Measure, Scored, card_of, score

__all__ = [
    "DEFAULT_LINES",
    "Card",
    "Line",
    "Measure",
    "Mode",
    "Scored",
    "WeightsFaulty",
    "card_of",
    "check_weights",
    "score",
]

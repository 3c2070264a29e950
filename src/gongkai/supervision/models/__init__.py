"""Records of supervision."""

from gongkai.supervision.models.inspections import (
    Account,
    Finding,
    InspectionSettings,
    PageCopy,
    Ruling,
    Run,
    Visit,
    rulings_of,
)
from gongkai.supervision.models.rectifications import Rectification, RectificationStep
from gongkai.supervision.models.scorecards import Appeal, Scorecard, ScoreEntry, ScoreLine
from gongkai.supervision.models.tickets import FaultTicket

__all__ = [
    "Account",
    "Appeal",
    "FaultTicket",
    "Finding",
    "InspectionSettings",
    "PageCopy",
    "Rectification",
    "RectificationStep",
    "Ruling",
    "Run",
    "ScoreEntry",
    "ScoreLine",
    "Scorecard",
    "Visit",
    "rulings_of",
]

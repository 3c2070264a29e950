"""Records of supervision."""

from gongkai.supervision.models.accountability import Accountability, AccountabilityFile, AccountabilityForm
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
from gongkai.supervision.models.trainings import (
    Attempt,
    Attendance,
    Question,
    Training,
    TrainingMaterial,
)
from gongkai.supervision.models.work_points import CheckIn, CheckInFile, WorkPlan, WorkPoint

__all__ = [
    "Account",
    "Accountability",
    "AccountabilityFile",
    "AccountabilityForm",
    "Appeal",
    "Attempt",
    "Attendance",
    "CheckIn",
    "CheckInFile",
    "FaultTicket",
    "Finding",
    "InspectionSettings",
    "PageCopy",
    "Question",
    "Rectification",
    "RectificationStep",
    "Ruling",
    "Run",
    "ScoreEntry",
    "ScoreLine",
    "Scorecard",
    "Training",
    "TrainingMaterial",
    "Visit",
    "WorkPlan",
    "WorkPoint",
    "rulings_of",
]

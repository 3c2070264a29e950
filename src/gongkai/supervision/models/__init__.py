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

__all__ = [
    "Account",
    "Finding",
    "InspectionSettings",
    "PageCopy",
    "Rectification",
    "RectificationStep",
    "Ruling",
    "Run",
    "Visit",
    "rulings_of",
]

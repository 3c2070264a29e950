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

__all__ = [
    "Account",
    "Finding",
    "InspectionSettings",
    "PageCopy",
    "Ruling",
    "Run",
    "Visit",
    "rulings_of",
]

"""Ledgers that figures come from, reports in their life, and units' reports collected for a roll-up."""

from gongkai.reporting.models.ledger import (
    ApplicationRecord,
    DecisionRecord,
    DisputeRecord,
    ImportBatch,
    LedgerRecord,
    NormativeRecord,
    WorkRecord,
)
from gongkai.reporting.models.report import (
    AnnualReport,
    CollectedReport,
    FrozenFigure,
    ReportDifference,
    ReportFile,
)

__all__ = [
    "AnnualReport",
    "ApplicationRecord",
    "CollectedReport",
    "DecisionRecord",
    "DisputeRecord",
    "FrozenFigure",
    "ImportBatch",
    "LedgerRecord",
    "NormativeRecord",
    "ReportDifference",
    "ReportFile",
    "WorkRecord",
]

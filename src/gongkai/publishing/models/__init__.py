"""Columns and items; reviews and the grants they lead to; normative documents."""

from gongkai.publishing.models.consultations import (
    DraftConsultation,
    DraftOpinion,
    Interpretation,
    InterpretationPlan,
)
from gongkai.publishing.models.normative import (
    Cleanup,
    NormativeDocument,
    NormativeEffect,
    NormativeOffice,
    NormativeStep,
)
from gongkai.publishing.models.pages import ColumnPage, ColumnType, HomePage, ItemPage
from gongkai.publishing.models.reviews import IndexCounter, OfficialMedium, ReleaseGrant, Review, ReviewStep

__all__ = [
    "Cleanup",
    "ColumnPage",
    "ColumnType",
    "DraftConsultation",
    "DraftOpinion",
    "HomePage",
    "IndexCounter",
    "Interpretation",
    "InterpretationPlan",
    "ItemPage",
    "NormativeDocument",
    "NormativeEffect",
    "NormativeOffice",
    "NormativeStep",
    "OfficialMedium",
    "ReleaseGrant",
    "Review",
    "ReviewStep",
]

"""Columns and items with their files; reviews and the grants they lead to; the catalogue;
normative documents, their consultations and interpretations."""

from gongkai.publishing.models.attachments import ItemAttachment, ShownFile
from gongkai.publishing.models.catalogue import CatalogueEdition, CatalogueEntry
from gongkai.publishing.models.channels import ChannelRelease, GazetteIssue
from gongkai.publishing.models.columns import ColumnPage, ColumnType, HomePage
from gongkai.publishing.models.concerns import PublicConcern
from gongkai.publishing.models.consultations import (
    DraftConsultation,
    DraftOpinion,
    Interpretation,
    InterpretationPlan,
)
from gongkai.publishing.models.determinations import SourceDetermination
from gongkai.publishing.models.imports import ImportBatch
from gongkai.publishing.models.normative import (
    Cleanup,
    NormativeDocument,
    NormativeEffect,
    NormativeOffice,
    NormativeStep,
)
from gongkai.publishing.models.pages import ItemPage
from gongkai.publishing.models.reviews import IndexCounter, OfficialMedium, ReleaseGrant, Review, ReviewStep

__all__ = [
    "CatalogueEdition",
    "CatalogueEntry",
    "ChannelRelease",
    "Cleanup",
    "ColumnPage",
    "ColumnType",
    "DraftConsultation",
    "DraftOpinion",
    "GazetteIssue",
    "HomePage",
    "ImportBatch",
    "IndexCounter",
    "Interpretation",
    "InterpretationPlan",
    "ItemAttachment",
    "ItemPage",
    "NormativeDocument",
    "NormativeEffect",
    "NormativeOffice",
    "NormativeStep",
    "OfficialMedium",
    "PublicConcern",
    "ReleaseGrant",
    "Review",
    "ReviewStep",
    "ShownFile",
    "SourceDetermination",
]

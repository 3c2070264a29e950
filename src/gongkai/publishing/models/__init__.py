"""Columns and items with their files; reviews and the grants they lead to; the catalogue of what is published."""

from gongkai.publishing.models.attachments import ItemAttachment
from gongkai.publishing.models.catalogue import CatalogueEdition, CatalogueEntry
from gongkai.publishing.models.determinations import SourceDetermination
from gongkai.publishing.models.imports import ImportBatch
from gongkai.publishing.models.pages import ColumnPage, ColumnType, HomePage, ItemPage
from gongkai.publishing.models.reviews import IndexCounter, OfficialMedium, ReleaseGrant, Review, ReviewStep

__all__ = [
    "CatalogueEdition",
    "CatalogueEntry",
    "ColumnPage",
    "ColumnType",
    "HomePage",
    "ImportBatch",
    "IndexCounter",
    "ItemAttachment",
    "ItemPage",
    "OfficialMedium",
    "ReleaseGrant",
    "Review",
    "ReviewStep",
    "SourceDetermination",
]

"""Columns and items; reviews and the grants they lead to."""

from gongkai.publishing.models.pages import ColumnPage, ColumnType, HomePage, ItemPage
from gongkai.publishing.models.reviews import IndexCounter, OfficialMedium, ReleaseGrant, Review, ReviewStep

__all__ = [
    "ColumnPage",
    "ColumnType",
    "HomePage",
    "IndexCounter",
    "ItemPage",
    "OfficialMedium",
    "ReleaseGrant",
    "Review",
    "ReviewStep",
]

"""Publication by the organ itself (主动公开): the review before it, its time limit, the columns' clocks."""

from gongkai.core.publication.freshness import WINDOW_DAYS, Freshness, UpdateClass, freshness
from gongkai.core.publication.reviewing import (
    ADDABLE,
    ROUTES,
    STAGES,
    Act,
    Obstacle,
    Route,
    Sequence,
    Stage,
    StageRule,
    Standing,
    Step,
    obstacle,
    return_targets,
    sequence_of,
    standing,
)
from gongkai.core.publication.timeliness import (
    PUBLISH_WORKING_DAYS,
    WARN_WORKING_DAYS,
    PublicationClock,
    publication_due,
)

__all__ = [
    "ADDABLE",
    "PUBLISH_WORKING_DAYS",
    "ROUTES",
    "STAGES",
    "WARN_WORKING_DAYS",
    "WINDOW_DAYS",
    "Act",
    "Freshness",
    "Obstacle",
    "PublicationClock",
    "Route",
    "Sequence",
    "Stage",
    "StageRule",
    "Standing",
    "Step",
    "UpdateClass",
    "freshness",
    "obstacle",
    "publication_due",
    "return_targets",
    "sequence_of",
    "standing",
]

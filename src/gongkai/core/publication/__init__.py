"""Publication by the organ itself (主动公开): the review that stands before it."""

from gongkai.core.publication.reviewing import (
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
    standing,
)

__all__ = [
    "ROUTES",
    "STAGES",
    "Act",
    "Obstacle",
    "Route",
    "Sequence",
    "Stage",
    "StageRule",
    "Standing",
    "Step",
    "obstacle",
    "return_targets",
    "standing",
]

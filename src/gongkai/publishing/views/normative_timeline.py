"""The steps of a document as the screen lists them: done, current, still to come."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.core.documents.normative import STEPS, Mark, Step
from gongkai.publishing.models import NormativeDocument, NormativeStep


@dataclass(frozen=True, slots=True)
class Stage:
    """One line: the step, the entry that stands for it, earlier entries that do not count any more."""

    step: Step
    label: str
    entry: NormativeStep | None
    undone: tuple[NormativeStep, ...]
    is_current: bool
    is_binding: bool


def timeline_of(document: NormativeDocument) -> list[Stage]:
    """The steps of a document's profile in their order."""
    if document.is_taken_over:
        return []
    entries = sorted(document.steps.all(), key=lambda one: one.pk)
    at = document.progress
    stages = []
    for step in document.profile.steps:
        own = [one for one in entries if one.step == step]
        stands = step in at.done
        stages.append(
            Stage(
                step, STEPS[step].label, own[-1] if stands else None, tuple(own[:-1] if stands else own),
                step is at.next_step, STEPS[step].mark is Mark.VERIFIED,
            )
        )  # fmt: skip
    return stages

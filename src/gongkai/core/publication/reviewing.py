"""Review before publication (三审三校、保密审查): which sign-offs a release needs, in which order, by whom.

Pure: the steps taken so far in, where the review stands out. A step counts only for the digest it was made on, so an
edited text starts again by itself.

Source: 保守国家秘密法实施条例 (国务院令第786号, in force 2024-09-01) Art. 42: 先审查、后公开, item by item; 《政府信息公开条例》
Art. 17. The three steps of review and proofreading are local practice (``portal-rules`` §8), different persons ours.
The confidentiality review stands before the final decision, as in the local chain 承办人、处室负责人、保密审核人、领导签发
(``disclosure-law`` §8.2): who decides on publication knows its result (ADR 0009).
Limitations: sequences per column are not there; every column takes the sequence of its route.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """One sign-off."""

    FIRST = "first"
    SECOND = "second"
    CONFIDENTIALITY = "confidentiality"
    FINAL = "final"


class Route(StrEnum):
    """Which sequence a review takes."""

    ORDINARY = "ordinary"
    REPRINT = "reprint"  # from listed official media, 转载
    URGENT = "urgent"


class Act(StrEnum):
    """What a person does to a review."""

    SIGN = "sign"
    RETURN = "return"
    NOTE = "note"  # a proofreader's remark; decides nothing


class Obstacle(StrEnum):
    """Why a person cannot sign now."""

    RETURNED = "returned"
    COMPLETE = "complete"
    OWN_TEXT = "own_text"
    SIGNED_ANOTHER_STAGE = "signed_another_stage"


@dataclass(frozen=True, slots=True)
class StageRule:
    """A stage: its Chinese name, the role that signs it, what the signer confirms to have checked."""

    label: str
    role: str
    checked: str


STAGES: Mapping[Stage, StageRule] = {
    Stage.FIRST: StageRule(
        "初审、一校", "first_reviewer", "内容是否适合发布；错别字、人名、地名、职务、数据"
    ),
    Stage.SECOND: StageRule("复审、二校", "second_reviewer", "表述是否规范、严谨、准确；与原文件是否一致"),
    Stage.CONFIDENTIALITY: StageRule(
        "保密审查",
        "confidentiality_reviewer",
        "国家秘密、工作秘密、商业秘密、个人隐私；与其他信息汇总后的风险",
    ),
    Stage.FINAL: StageRule("终审、三校", "final_reviewer", "内容准确、安全，同意发布"),
}


@dataclass(frozen=True, slots=True)
class Sequence:
    """Stages in their order: ``before`` the release, and those that may follow it."""

    before: tuple[Stage, ...]
    after: tuple[Stage, ...] = ()

    @property
    def stages(self) -> tuple[Stage, ...]:
        return self.before + self.after


_S = Stage
ROUTES: Mapping[Route, Sequence] = {
    Route.ORDINARY: Sequence((_S.FIRST, _S.SECOND, _S.CONFIDENTIALITY, _S.FINAL)),
    Route.REPRINT: Sequence((_S.FIRST, _S.CONFIDENTIALITY)),
    # Haste lifts no duty of the secrecy law: 先审查、后公开 holds, the rest follows within its time.
    Route.URGENT: Sequence((_S.CONFIDENTIALITY,), (_S.FIRST, _S.SECOND, _S.FINAL)),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One act on a review; ``back_to`` is where a return leads, None: to the drafter."""

    act: Act
    stage: Stage
    person: int
    digest: str
    back_to: Stage | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a review stands: who signed which stage, and what comes next."""

    signed: Mapping[Stage, int]
    current: Stage | None
    is_returned: bool
    may_be_released: bool

    @property
    def is_complete(self) -> bool:
        return self.current is None and not self.is_returned


def standing(route: Route, steps: Iterable[Step], digest: str) -> Standing:
    """Fold the steps made on this digest.

    >>> standing(Route.REPRINT, [Step(Act.SIGN, Stage.FIRST, 7, "d")], "d").current.value
    'confidentiality'
    """
    sequence = ROUTES[route]
    signed: dict[Stage, int] = {}
    is_returned = False
    for step in steps:
        if step.digest != digest:
            continue
        if step.act is Act.SIGN:
            signed[step.stage] = step.person
        elif step.act is Act.RETURN and step.back_to is None:
            signed, is_returned = {}, True
        elif step.act is Act.RETURN:
            kept = sequence.stages[: sequence.stages.index(step.back_to)]
            signed = {stage: person for stage, person in signed.items() if stage in kept}
    if is_returned:
        return Standing({}, None, is_returned=True, may_be_released=False)
    current = next((stage for stage in sequence.stages if stage not in signed), None)
    released = all(stage in signed for stage in sequence.before)
    return Standing(signed, current, is_returned=False, may_be_released=released)


def obstacle(at: Standing, *, authors: Iterable[int], person: int) -> Obstacle | None:
    """Why this person cannot sign the current stage; None when nothing but the role is left to ask.

    Nobody approves their own text, and nobody signs two stages.
    """
    if at.is_returned:
        return Obstacle.RETURNED
    if at.current is None:
        return Obstacle.COMPLETE
    if person in set(authors):
        return Obstacle.OWN_TEXT
    if person in at.signed.values():
        return Obstacle.SIGNED_ANOTHER_STAGE
    return None


def return_targets(at: Standing, route: Route) -> tuple[Stage, ...]:
    """The signed stages that the current one may be returned to, besides the drafter."""
    return tuple(stage for stage in ROUTES[route].stages if stage in at.signed)

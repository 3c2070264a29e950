"""Review before publication (三审三校、保密审查): which sign-offs a release needs, in which order, by whom.

Pure: the steps taken so far in, where the review stands out. A step counts only for the digest it was made on, so an
edited text starts again by itself.

Source: 保守国家秘密法实施条例 (国务院令第786号, in force 2024-09-01) Art. 42: 先审查、后公开, item by item; 《政府信息公开条例》
Art. 17. The three steps of review and proofreading are local practice (``portal-rules`` §8), different persons ours.
The confidentiality review stands before the final decision, as in the local chain 承办人、处室负责人、保密审核人、领导签发
(``disclosure-law`` §8.2): who decides on publication knows its result (ADR 0009).
A column may ask for more (法制审核, 签发 by the leader), never for less: what is added stands at its place in ``ORDER``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """One sign-off."""

    FIRST = "first"
    SECOND = "second"
    LEGAL = "legal"
    CONFIDENTIALITY = "confidentiality"
    FINAL = "final"
    ISSUE = "issue"


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
    Stage.LEGAL: StageRule("法制审核", "legal_reviewer", "内容是否合法，引用的法律法规是否准确、有效"),
    Stage.CONFIDENTIALITY: StageRule(
        "保密审查",
        "confidentiality_reviewer",
        "国家秘密、工作秘密、商业秘密、个人隐私；与其他信息汇总后的风险",
    ),
    Stage.FINAL: StageRule("终审、三校", "final_reviewer", "内容准确、安全，同意发布"),
    Stage.ISSUE: StageRule("负责人签发", "disclosure_head", "各环节意见已采纳，同意对外发布"),
}
ORDER: tuple[Stage, ...] = tuple(STAGES)
# What a column may ask for beyond the sequence of the route.
ADDABLE: tuple[Stage, ...] = (Stage.LEGAL, Stage.ISSUE)


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


def sequence_of(route: Route, extra: Iterable[Stage] = ()) -> Sequence:
    """The stages of a route with those a column adds; in haste the added ones follow the release as the others do.

    Raises:
        ValueError: a stage that no column may add.

    >>> [stage.value for stage in sequence_of(Route.REPRINT, [Stage.LEGAL]).before]
    ['first', 'legal', 'confidentiality']
    """
    added = set(extra)
    if not added <= set(ADDABLE):
        raise ValueError(f"not for a column to add: {sorted(added - set(ADDABLE))}")
    base = ROUTES[route]
    every = [stage for stage in ORDER if stage in added or stage in base.stages]
    if not base.after:
        return Sequence(tuple(every))
    return Sequence(base.before, tuple(stage for stage in every if stage not in base.before))


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


def standing(route: Route, steps: Iterable[Step], digest: str, extra: Iterable[Stage] = ()) -> Standing:
    """Fold the steps made on this digest; ``extra`` are the stages that the column added at submission.

    >>> standing(Route.REPRINT, [Step(Act.SIGN, Stage.FIRST, 7, "d")], "d").current.value
    'confidentiality'
    """
    sequence = sequence_of(route, extra)
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


def return_targets(at: Standing) -> tuple[Stage, ...]:
    """The signed stages that the current one may be returned to, besides the drafter, in their order."""
    return tuple(stage for stage in ORDER if stage in at.signed)

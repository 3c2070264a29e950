"""The way of an administrative normative document (行政规范性文件) from its draft to its filing.

Pure: the records entered so far in, where the document stands out. A step that fails, or a new draft, opens again what
was decided on the old one.

Source: 国办发〔2018〕37号: 评估论证、公开征求意见、合法性审核、集体审议决定、向社会公开发布, in this order; 国办发〔2018〕115号 on the
legality review; local rules for registration and filing (``portal-rules`` §4.2). ``mark`` says how well a step is
attested: only what two sources say binds; the rest may be passed over with a reason that is kept.
Limitations: whether a changed draft must be put before the public again is for the office to judge.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Mark(StrEnum):
    """How well a rule is attested."""

    VERIFIED = "verified"  # two sources
    ONE_SOURCE = "one_source"
    UNVERIFIED = "unverified"  # from memory, or our own


class Step(StrEnum):
    """One step; the order here is the order of the procedure."""

    DRAFTING = "drafting"
    EVALUATION = "evaluation"
    CONSULTATION = "consultation"
    FEEDBACK = "feedback"
    COMPETITION = "competition"
    LEGALITY = "legality"
    DELIBERATION = "deliberation"
    SIGNING = "signing"
    REGISTRATION = "registration"
    PUBLICATION = "publication"
    FILING = "filing"


class Outcome(StrEnum):
    """What came of a step."""

    DONE = "done"
    FAILED = "failed"  # 未通过: back to the draft
    SKIPPED = "skipped"  # passed over with a reason


class Impact(StrEnum):
    """Whom the document touches, which decides on the public consultation."""

    NONE = "none"
    RIGHTS = "rights"
    MARKET = "market"
    MAJOR_DECISION = "major_decision"


@dataclass(frozen=True, slots=True)
class StepRule:
    """A step: its Chinese name, what it leaves behind, the role that enters it.

    Attributes:
        gate: names and labels of the data without which the step is not done.
        may_fail: whether it can end without passing.
    """

    label: str
    gate: tuple[tuple[str, str], ...]
    mark: Mark
    may_fail: bool = False


_M = Mark
STEPS: Mapping[Step, StepRule] = {
    Step.DRAFTING: StepRule(
        "起草", (("draft", "送审稿"), ("note", "起草说明"), ("basis", "制定依据")), _M.VERIFIED
    ),
    Step.EVALUATION: StepRule(
        "评估论证", (("necessity", "必要性"), ("feasibility", "可行性"), ("risk", "风险")), _M.VERIFIED
    ),
    Step.CONSULTATION: StepRule(
        "公开征求意见", (("channel", "公开渠道"), ("period", "起止日期")), _M.VERIFIED
    ),
    Step.FEEDBACK: StepRule("意见采纳情况反馈", (("handling", "采纳和不采纳的情况及理由"),), _M.ONE_SOURCE),
    Step.COMPETITION: StepRule("公平竞争审查", (("conclusion", "审查结论"),), _M.UNVERIFIED, may_fail=True),
    Step.LEGALITY: StepRule("合法性审核", (("opinion", "审核意见"),), _M.VERIFIED, may_fail=True),
    Step.DELIBERATION: StepRule(
        "集体审议", (("meeting", "会议名称"), ("minutes", "会议纪要文号或编号")), _M.VERIFIED, may_fail=True
    ),
    Step.SIGNING: StepRule("签发", (("signer", "签发人"),), _M.ONE_SOURCE),
    Step.REGISTRATION: StepRule(
        "登记编号", (("unified_number", "统一编号"), ("document_number", "文号")), _M.VERIFIED
    ),
    Step.PUBLICATION: StepRule("公布", (("index_number", "索引号"),), _M.VERIFIED),
    Step.FILING: StepRule("备案", (("filed_with", "备案机关"), ("receipt", "备案回执")), _M.VERIFIED),
}
ORDER = tuple(Step)
# What a failed review or a new draft takes back: everything decided on the text itself.
ON_THE_TEXT = ORDER[ORDER.index(Step.COMPETITION) : ORDER.index(Step.PUBLICATION)]


@dataclass(frozen=True, slots=True)
class Profile:
    """What decides which steps a document takes."""

    is_important: bool = False
    impact: Impact = Impact.NONE
    touches_business: bool = False

    @property
    def steps(self) -> tuple[Step, ...]:
        """Its steps in order."""
        left_out = set()
        if not self.is_important:
            left_out.add(Step.EVALUATION)
        if self.impact is Impact.NONE:
            left_out |= {Step.CONSULTATION, Step.FEEDBACK}
        if not self.touches_business:
            left_out.add(Step.COMPETITION)
        return tuple(step for step in ORDER if step not in left_out)


@dataclass(frozen=True, slots=True)
class StepRecord:
    """One entry: a step, what came of it and when, and the names of the gate data it carries."""

    step: Step
    outcome: Outcome
    on: date
    given: frozenset[str] = frozenset()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a document stands: the records that count, and the step that comes next; None when all is done."""

    done: Mapping[Step, StepRecord]
    next_step: Step | None

    @property
    def is_published(self) -> bool:
        return Step.PUBLICATION in self.done

    @property
    def may_be_published(self) -> bool:
        """No number, no publication; and no number without all that stands before it."""
        return self.next_step is Step.PUBLICATION


class Obstacle(StrEnum):
    """Why a record cannot be entered."""

    OUT_OF_ORDER = "out_of_order"
    BEFORE_AN_EARLIER_STEP = "before_an_earlier_step"
    IN_THE_FUTURE = "in_the_future"
    GATE_DATA_MISSING = "gate_data_missing"
    CANNOT_FAIL = "cannot_fail"
    CANNOT_BE_SKIPPED = "cannot_be_skipped"
    REASON_MISSING = "reason_missing"
    PUBLISHED_ALREADY = "published_already"


def progress(profile: Profile, records: Iterable[StepRecord]) -> Progress:
    """Fold the records in the order of their entry.

    >>> progress(Profile(), []).next_step.value
    'drafting'
    """
    done: dict[Step, StepRecord] = {}
    for record in records:
        if record.outcome is Outcome.FAILED:
            done = {step: kept for step, kept in done.items() if step not in (*ON_THE_TEXT, Step.DRAFTING)}
            continue
        if record.step is Step.DRAFTING:
            done = {step: kept for step, kept in done.items() if step not in ON_THE_TEXT}
        done[record.step] = record
    return Progress(done, next((step for step in profile.steps if step not in done), None))


def obstacle(
    profile: Profile, records: Iterable[StepRecord], record: StepRecord, *, today: date
) -> Obstacle | None:
    """Why a record cannot be entered; None when it can.

    A draft may be replaced by a new one until publication: what was decided on the old one is then decided again.
    """
    entered = tuple(records)
    at = progress(profile, entered)
    rule = STEPS[record.step]
    is_redraft = record.step is Step.DRAFTING and Step.DRAFTING in at.done
    if is_redraft and at.is_published:
        return Obstacle.PUBLISHED_ALREADY
    if record.step is not at.next_step and not is_redraft:
        return Obstacle.OUT_OF_ORDER
    if record.on > today:
        return Obstacle.IN_THE_FUTURE
    if any(earlier.on > record.on for earlier in entered):
        return Obstacle.BEFORE_AN_EARLIER_STEP
    if record.outcome is Outcome.FAILED and not rule.may_fail:
        return Obstacle.CANNOT_FAIL
    if record.outcome is Outcome.SKIPPED and rule.mark is Mark.VERIFIED:
        return Obstacle.CANNOT_BE_SKIPPED
    if record.outcome is not Outcome.DONE and not record.reason.strip():
        return Obstacle.REASON_MISSING
    if record.outcome is Outcome.DONE and missing_data(record):
        return Obstacle.GATE_DATA_MISSING
    return None


def missing_data(record: StepRecord) -> tuple[str, ...]:
    """Labels of the gate data that a record does not carry."""
    return tuple(label for name, label in STEPS[record.step].gate if name not in record.given)

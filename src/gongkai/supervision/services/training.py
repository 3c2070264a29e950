"""Planning, changing, cancelling and holding trainings, their material and test, and sitting the test."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Department, Organ, RoleAssignment, User
from gongkai.audit.services import record_event
from gongkai.core.trainings import (
    Presence,
    QuestionKind,
    RollFaulty,
    RollLine,
    question_fault,
    roll_of,
    score,
    tidy_answer,
)
from gongkai.supervision import access
from gongkai.supervision.errors import TrainingRefused
from gongkai.supervision.models import Attempt, Attendance, Question, Training, TrainingMaterial
from gongkai.supervision.services.keeping import stored_fields

ACT = "组织培训"
_PLANNED, _HELD = Training.State.PLANNED, Training.State.HELD
MAX_HOURS = Decimal(200)


@transaction.atomic
def plan_training(
    *, organ: Organ, by: User, departments: Iterable[Department] = (), **given: Any
) -> Training:
    """Plan a training, or enter one that took place.

    Args:
        given: subject, kind, held_on, place, hours, pass_mark.

    Raises:
        TrainingRefused: no hours, or a department of another organ.
    """
    access.require(by, ACT, organ)
    invited = _checked(organ, departments, given["hours"])
    made = Training.objects.create(organ=organ, made_by=by, **given)
    made.departments.set(invited)
    record_event("training.planned", made, actor=by, organ_code=organ.code, held_on=made.held_on)
    return made


def _checked(organ: Organ, departments: Iterable[Department], hours: Decimal) -> list[Department]:
    invited = list(departments)
    if any(one.organ_id != organ.pk for one in invited):
        raise TrainingRefused("有的参加部门不属于这个机关，请重新选择。")
    if not 0 < hours <= MAX_HOURS:
        raise TrainingRefused(f"学时应大于 0，不超过 {MAX_HOURS}。")
    return invited


def _locked(training: Training, by: User, wanted: set[str], act: str = ACT) -> Training:
    found = Training.objects.select_for_update(of=("self",)).select_related("organ").get(pk=training.pk)
    access.require(by, act, found.organ)
    if found.state not in wanted:
        raise TrainingRefused(f"这次培训{found.get_state_display()}，不能这样办理。")
    return found


@transaction.atomic
def change_training(
    *, training: Training, by: User, departments: Iterable[Department] = (), **given: Any
) -> Training:
    """Change what is planned, or correct what was held; what it said before stands in the log.

    Raises:
        TrainingRefused: cancelled, no hours, a department of another organ, held on a day to come, or another pass mark
            after somebody sat the test.
    """
    found = _locked(training, by, {_PLANNED, _HELD})
    invited = _checked(found.organ, departments, given["hours"])
    if found.state == _HELD and given["held_on"] > timezone.localdate():
        raise TrainingRefused("已经举办的培训，日期不能晚于今天。")
    if given["pass_mark"] != found.pass_mark and _was_sat(found):
        raise TrainingRefused("已经有人参加过测试，合格分数不能再改。")
    before = {name: getattr(found, name) for name in given}
    for name, value in given.items():
        setattr(found, name, value)
    found.save()
    found.departments.set(invited)
    record_event("training.changed", found, actor=by, organ_code=found.organ.code, before=before)
    return found


@transaction.atomic
def cancel_training(*, training: Training, by: User, reason: str) -> Training:
    """Cancel a planned training, or take out one entered as held by mistake; it stays on the register with its reason.

    Raises:
        TrainingRefused: cancelled already, or no reason.
    """
    found = _locked(training, by, {_PLANNED, _HELD})
    if not reason.strip():
        raise TrainingRefused("请写明取消、撤销的原因。")
    found.state, found.cancelled_reason = Training.State.CANCELLED, reason.strip()
    found.save(update_fields=["state", "cancelled_reason"])
    record_event("training.cancelled", found, actor=by, organ_code=found.organ.code)
    return found


@transaction.atomic
def hold_training(*, training: Training, by: User, roll: str, minutes: str = "") -> Training:
    """Enter who was there; the training counts as held. Sent again, lines are corrected and added, none is lost.

    Args:
        roll: a person a line, as ``core.trainings.roll_of`` reads it.

    Raises:
        TrainingRefused: before its day, a line that cannot be read, nobody there.
    """
    found = _locked(training, by, {_PLANNED, _HELD})
    if found.held_on > timezone.localdate():
        raise TrainingRefused(f"培训在 {found.held_on} 举办，还没有到，不能登记签到。")
    try:
        lines = roll_of(roll)
    except RollFaulty as faulty:
        raise TrainingRefused(str(faulty)) from faulty
    _take_roll(found, lines)
    if not found.roll.filter(presence=Presence.ATTENDED).exists():
        raise TrainingRefused("没有人出席，不能登记为已举办；没有办成的请取消并写明原因。")
    found.state, found.minutes = _HELD, minutes.strip()
    found.save(update_fields=["state", "minutes"])
    record_event("training.held", found, actor=by, organ_code=found.organ.code, people=found.roll.count())
    return found


def _take_roll(training: Training, lines: Sequence[RollLine]) -> None:
    names = {one.name: one for one in Department.objects.filter(organ=training.organ)}
    unknown = sorted({line.department for line in lines if line.department} - names.keys())
    if unknown:
        raise TrainingRefused(f"没有部门“{'”“'.join(unknown)}”，请按机构里的名称写；不属于哪个部门的不写。")
    accounts = _accounts(training.organ)
    seen: set[int] = set()
    for line in lines:
        place = _line_of(training, line.name, names.get(line.department), seen)
        place.presence, place.reason = line.presence.value, line.reason
        matching = accounts.get(line.name, [])
        if (
            len(matching) == 1
            and place.person_id is None
            and not training.roll.filter(person=matching[0]).exists()
        ):
            place.person_id = matching[0]
        place.save()
        seen.add(place.pk)


def _line_of(training: Training, name: str, department: Department | None, seen: set[int]) -> Attendance:
    """The line that somebody has already, or a new one.

    Who was entered without a department and now has one, or the other way round, is one person and not two; lines of this
    very roll (``seen``) are other people of that name.
    """
    known = [one for one in training.roll.filter(name=name) if one.pk not in seen]
    same = next((one for one in known if one.department == department), None)
    if same is not None:
        return same
    if len(known) == 1 and (known[0].department is None or department is None):
        known[0].department = known[0].department or department
        return known[0]
    return Attendance(training=training, name=name, department=department)


def _accounts(organ: Organ) -> dict[str, list[int]]:
    """Accounts that hold a role at the organ, by the person's name."""
    rows = RoleAssignment.objects.valid_on(timezone.localdate()).filter(organ=organ, user__is_active=True)
    found: dict[str, list[int]] = {}
    for pk, name in rows.values_list("user_id", "user__name").distinct():
        found.setdefault(name, []).append(pk)
    return found


@transaction.atomic
def add_material(*, training: Training, by: User, title: str, data: bytes, name: str) -> TrainingMaterial:
    """Keep a file with the training.

    Raises:
        UploadRefused: harmful, or not what its name says.
        TrainingRefused: cancelled.
    """
    found = _locked(training, by, {_PLANNED, _HELD})
    made = TrainingMaterial.objects.create(
        training=found, **stored_fields(data=data, name=name, title=title, by=by)
    )
    record_event("training.material", made, actor=by, organ_code=found.organ.code, digest=made.digest)
    return made


def _was_sat(training: Training) -> bool:
    return Attempt.objects.filter(attendance__training=training).exists()


def _require_unsat(training: Training) -> None:
    if _was_sat(training):
        raise TrainingRefused("已经有人参加过测试，题目不能再改。")


@transaction.atomic
def add_question(
    *, training: Training, by: User, kind: str, text: str, options: Sequence[str], answer: str, explanation: str = ""
) -> Question:  # fmt: skip
    """Add a question to the short test.

    Raises:
        TrainingRefused: somebody sat the test already, or options and answer do not fit the kind.
    """
    found = _locked(training, by, {_PLANNED, _HELD})
    _require_unsat(found)
    if not text.strip():
        raise TrainingRefused("请写题目。")
    shape = QuestionKind(kind)
    given = () if shape is QuestionKind.TRUE_FALSE else tuple(one.strip() for one in options if one.strip())
    if fault := question_fault(shape, given, answer):
        raise TrainingRefused(fault)
    made = Question.objects.create(
        training=found, kind=kind, text=text.strip(), options=list(given), answer=tidy_answer(shape, answer),
        explanation=explanation.strip(),
    )  # fmt: skip
    record_event("training.question", made, actor=by, organ_code=found.organ.code)
    return made


@transaction.atomic
def drop_question(*, question: Question, by: User) -> Question:
    """Take a question out of the test before anybody sits it.

    Raises:
        TrainingRefused: somebody sat the test already.
    """
    found = _locked(question.training, by, {_PLANNED, _HELD})
    _require_unsat(found)
    question.dropped_at = timezone.now()
    question.save(update_fields=["dropped_at"])
    record_event("training.question_dropped", question, actor=by, organ_code=found.organ.code)
    return question


def place_on_roll(training: Training, by: User) -> Attendance:
    """The line of the roll that names the person, who may sit the test still.

    Raises:
        TrainingRefused: not held yet, no questions, not on the roll, or passed already.
    """
    if training.state != _HELD:
        raise TrainingRefused("培训登记签到以后才能参加测试。")
    if not training.questions.filter(dropped_at=None).exists():
        raise TrainingRefused("这次培训没有测试题。")
    place = training.roll.filter(person=by).first()
    if place is None:
        raise TrainingRefused("您不在这次培训的签到名单上，请找组织培训的人补登。")
    if place.attempts.filter(passed=True).exists():
        raise TrainingRefused("您已经合格，不用再测。")
    return place


@transaction.atomic
def sit_test(*, training: Training, by: User, answers: Mapping[int, str]) -> Attempt:
    """Answer the short test; scored at once. Who has not passed may try again, every try is kept.

    Args:
        answers: by question, letters such as ``AC``, or 对 or 错.

    Raises:
        TrainingRefused: may not sit it, or a question is left open.
    """
    found = _locked(training, by, set(Training.State.values), "查看培训")
    place = place_on_roll(found, by)
    questions = list(found.questions.filter(dropped_at=None))
    given = {one.pk: tidy_answer(QuestionKind(one.kind), answers.get(one.pk, "")) for one in questions}
    left_open = [str(number) for number, one in enumerate(questions, start=1) if not given[one.pk]]
    if left_open:
        raise TrainingRefused(f"第 {'、'.join(left_open)} 题还没有作答。")
    right = sum(given[one.pk] == one.answer for one in questions)
    points = score(right, len(questions))
    made = Attempt.objects.create(
        attendance=place, number=place.attempts.count() + 1, answers={str(pk): said for pk, said in given.items()},
        right=right, total=len(questions), score=points, passed=points >= found.pass_mark,
    )  # fmt: skip
    record_event(
        "training.sat", made, actor=by, organ_code=found.organ.code, score=points, passed=made.passed
    )
    return made

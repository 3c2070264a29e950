"""Trainings (培训): the roll as people type it, the test scored, the totals of a year.

Source: 《政府信息公开条例》 (国务院令第711号) Art. 48, staff are trained regularly; kinds, pass mark and the form of the roll
are ours, no rule on them was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

DEFAULT_PASS_MARK = 60  # ours
MAX_OPTIONS = 8
_SEPARATOR = re.compile(r"[|｜\t,，]")


class Presence(StrEnum):
    """Whether somebody on the roll was there."""

    ATTENDED = "attended"
    LEAVE = "leave"
    ABSENT = "absent"

    @property
    def label(self) -> str:
        return {"attended": "出席", "leave": "请假", "absent": "缺席"}[self.value]


_PRESENCE = {one.label: one for one in Presence} | {
    "": Presence.ATTENDED,
    "参加": Presence.ATTENDED,
    "到": Presence.ATTENDED,
    "未到": Presence.ABSENT,
}


@dataclass(frozen=True, slots=True)
class RollLine:
    """One person on the roll; ``department`` may be blank."""

    name: str
    department: str
    presence: Presence
    reason: str = ""


class RollFaulty(ValueError):
    """Lines of a roll that cannot be read; ``faults`` are Chinese sentences, one a line."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("".join(self.faults))


def roll_of(text: str) -> tuple[RollLine, ...]:
    """Read a roll: a person a line, name｜department｜presence｜reason; what follows the name may be left out.

    Args:
        text: lines whose parts are set apart by ｜, a comma or a tab, so that a sheet can be pasted in.

    Raises:
        RollFaulty: a line without name, an unknown presence, somebody missing without reason, somebody twice.
    """
    found: dict[tuple[str, str], RollLine] = {}
    faults = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        name, department, said, reason, *more = [
            *(part.strip() for part in _SEPARATOR.split(line)),
            "",
            "",
            "",
        ]
        presence = _PRESENCE.get(said)
        if not name:
            faults.append(f"第 {number} 行没有姓名。")
        elif presence is None:
            faults.append(f"第 {number} 行“{said}”不认识，请写出席、请假或者缺席。")
        elif any(more):
            faults.append(f"第 {number} 行超过四项，请按“姓名｜部门｜出席、请假或者缺席｜原因”写。")
        elif presence is not Presence.ATTENDED and not reason:
            faults.append(f"第 {number} 行{name}{presence.label}，请写明原因。")
        elif (name, department) in found:
            faults.append(f"第 {number} 行{name}重复，同一部门同名的请在姓名后加以区别。")
        else:
            found[name, department] = RollLine(name, department, presence, reason)
    if faults:
        raise RollFaulty(faults)
    return tuple(found.values())


class QuestionKind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"

    @property
    def label(self) -> str:
        return {"single": "单选", "multiple": "多选", "true_false": "判断"}[self.value]


TRUE_FALSE = ("对", "错")


def letter(position: int) -> str:
    """The letter of an option, A for 0."""
    return chr(ord("A") + position)


def tidy_answer(kind: QuestionKind, answer: str) -> str:
    """An answer as it is compared: letters in order, each once; 对 or 错."""
    if kind is QuestionKind.TRUE_FALSE:
        return answer.strip()
    return "".join(sorted(set(re.findall(r"[A-Z]", answer.upper()))))


def question_fault(kind: QuestionKind, options: tuple[str, ...], answer: str) -> str:
    """What is wrong with a question, as a Chinese sentence; blank when nothing is."""
    given = tidy_answer(kind, answer)
    if kind is QuestionKind.TRUE_FALSE:
        return "" if given in TRUE_FALSE else "判断题的答案写“对”或者“错”。"
    if not 2 <= len(options) <= MAX_OPTIONS:
        return f"选择题要有 2 至 {MAX_OPTIONS} 个选项，一行一个。"
    if len(set(options)) < len(options):
        return "有两个选项相同，请改正。"
    letters = {letter(number) for number in range(len(options))}
    if not given or set(given) - letters:
        return f"答案请写选项的字母（A 至 {letter(len(options) - 1)}）。"
    if kind is QuestionKind.SINGLE and len(given) != 1:
        return "单选题只有一个答案；有几个答案的请选“多选”。"
    if kind is QuestionKind.MULTIPLE and len(given) < 2:
        return "多选题至少有两个答案；只有一个的请选“单选”。"
    return ""


def score(right: int, total: int) -> int:
    """Points out of 100, every question counting the same, rounded down: a pass is never made by rounding."""
    return right * 100 // total


@dataclass(frozen=True, slots=True)
class YearTotals:
    """What a year's trainings come to; ``sat`` and ``passed`` are people counted once a training."""

    trainings: int
    person_times: int
    hours: float
    sat: int
    passed: int

    @property
    def pass_rate(self) -> str:
        """Percent with one decimal; a dash while nobody sat."""
        return f"{self.passed * 100 / self.sat:.1f}%" if self.sat else "—"

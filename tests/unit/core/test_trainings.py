"""Trainings: the roll as typed, questions, points."""

from __future__ import annotations

import pytest

from gongkai.core.trainings import (
    Presence,
    QuestionKind,
    RollFaulty,
    RollLine,
    YearTotals,
    question_fault,
    roll_of,
    score,
    tidy_answer,
)


def test_a_roll_is_read_whatever_sets_its_parts_apart():
    text = "甲｜党政办公室｜出席｜\n乙|规划建设局|请假|出差\n\n丙\n丁\t经济发展局\t缺席\t值班\n戊，党政办公室"

    assert roll_of(text) == (
        RollLine("甲", "党政办公室", Presence.ATTENDED),
        RollLine("乙", "规划建设局", Presence.LEAVE, "出差"),
        RollLine("丙", "", Presence.ATTENDED),
        RollLine("丁", "经济发展局", Presence.ABSENT, "值班"),
        RollLine("戊", "党政办公室", Presence.ATTENDED),
    )


def test_every_faulty_line_is_named():
    with pytest.raises(RollFaulty) as faulty:
        roll_of("｜党政办公室\n乙｜｜迟到\n丙｜｜请假\n丁\n丁\n戊｜｜出席｜｜多")

    assert faulty.value.faults == (
        "第 1 行没有姓名。",
        "第 2 行“迟到”不认识，请写出席、请假或者缺席。",
        "第 3 行丙请假，请写明原因。",
        "第 5 行丁重复，同一部门同名的请在姓名后加以区别。",
        "第 6 行超过四项，请按“姓名｜部门｜出席、请假或者缺席｜原因”写。",
    )


@pytest.mark.parametrize(
    ("kind", "options", "answer", "says"),
    [
        ("single", ("是", "否"), "A", ""),
        ("single", ("是", "否"), "AB", "只有一个答案"),
        ("single", ("是", "否"), "C", "A 至 B"),
        ("single", ("是",), "A", "2 至 8 个选项"),
        ("single", ("是", "是"), "A", "相同"),
        ("multiple", ("甲", "乙", "丙"), "ca", ""),
        ("multiple", ("甲", "乙", "丙"), "C", "至少有两个"),
        ("true_false", (), "对", ""),
        ("true_false", (), "是", "“对”或者“错”"),
    ],
)
def test_options_and_answer_fit_the_kind(kind, options, answer, says):
    fault = question_fault(QuestionKind(kind), options, answer)

    assert says in fault if says else fault == ""


def test_answers_are_compared_as_sets_of_letters():
    assert tidy_answer(QuestionKind.MULTIPLE, "d、a, A") == "AD"
    assert tidy_answer(QuestionKind.TRUE_FALSE, " 对 ") == "对"


def test_points_are_rounded_down():
    """59.9 is no pass at 60."""
    assert [score(2, 3), score(599, 1000), score(0, 4), score(4, 4)] == [66, 59, 0, 100]


def test_a_rate_needs_somebody_who_sat():
    assert YearTotals(1, 5, 2.0, 0, 0).pass_rate == "—"
    assert YearTotals(1, 5, 2.0, 3, 2).pass_rate == "66.7%"

"""Work points: limits as lists word them, check-ins, standings."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.core.work_points import (
    DueUnknown,
    PointCounts,
    PointFacts,
    PointStanding,
    counts_of,
    due_of,
    next_check_in,
)

ISSUED = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("年底前", date(2026, 12, 31)),
        ("第二季度", date(2026, 6, 30)),
        ("4季度末", date(2026, 12, 31)),
        ("2月底前", date(2026, 2, 28)),
        ("11 月", date(2026, 11, 30)),
        ("持续推进", None),
    ],
)
def test_limits_are_read_as_lists_word_them(words, day):
    assert due_of(words, 2026) == day


@pytest.mark.parametrize("words", ["", "尽快", "13月底前", "第五季度"])
def test_words_that_name_no_limit_are_refused(words):
    with pytest.raises(DueUnknown, match="不认识这个时限"):
        due_of(words, 2026)


def test_a_check_in_is_due_so_many_months_after_the_last():
    assert next_check_in(ISSUED, None, 1) == date(2026, 4, 30)
    assert next_check_in(ISSUED, date(2026, 5, 20), 3) == date(2026, 8, 20)


def going_on(last: date | None = None, **more) -> PointFacts:
    return PointFacts(2026, ISSUED, None, 3, last, **more)


@pytest.mark.parametrize(
    ("facts", "today", "standing"),
    [
        (PointFacts(2026, ISSUED, date(2026, 6, 30), None, None), date(2026, 6, 30), "under_way"),
        (PointFacts(2026, ISSUED, date(2026, 6, 30), None, date(2026, 6, 1)), date(2026, 7, 1), "late"),
        (PointFacts(2026, ISSUED, date(2026, 6, 30), None, None, is_done=True), date(2026, 7, 1), "done"),
        (PointFacts(2026, ISSUED, date(2026, 6, 30), None, None, False, True), date(2026, 7, 1), "dropped"),
        (going_on(), date(2026, 6, 30), "under_way"),
        (going_on(), date(2026, 7, 1), "missed"),
        (going_on(date(2026, 6, 30)), date(2026, 7, 1), "under_way"),
        (going_on(date(2026, 11, 30)), date(2026, 12, 31), "under_way"),
        (going_on(date(2026, 12, 30)), date(2027, 1, 1), "late"),
    ],
)
def test_how_a_point_stands_follows_from_its_days(facts, today, standing):
    """A point that goes on ends with its year: nobody has to check in after it."""
    assert facts.standing(today) == PointStanding(standing)


def test_missed_check_ins_count_as_late_and_dropped_points_not_at_all():
    found = counts_of(PointStanding(one) for one in ("done", "late", "missed", "under_way", "dropped"))

    assert (found, found.total) == (PointCounts(done=1, under_way=1, late=2), 4)

"""Scores explain themselves; what was not measured counts for and against nobody."""

from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.core.scorecards import DEFAULT_LINES, Measure, WeightsFaulty, card_of, check_weights, score

LINE = DEFAULT_LINES[1]


def test_the_default_weights_add_up_to_100():
    check_weights(DEFAULT_LINES)

    with pytest.raises(WeightsFaulty) as refused:
        check_weights((*DEFAULT_LINES[:-1], replace(DEFAULT_LINES[-1], weight=Decimal(6))))
    assert refused.value.total == 101


@pytest.mark.parametrize(
    ("good", "total", "points"), [(0, 3, "0.0"), (1, 3, "5.0"), (3, 3, "15.0"), (1, 7, "2.1"), (1, 12, "1.3")]
)
def test_points_are_the_weight_times_the_share_rounded_half_up(good: int, total: int, points: str):
    found = score(LINE, Measure(good, total))

    assert found.points == Decimal(points)
    assert f"= {points} 分" in found.says


def test_what_was_not_measured_or_does_not_apply_has_no_points():
    assert score(LINE, Measure(unknown="没有登记")).points is None
    assert score(LINE, Measure()).points is None


def test_a_card_is_out_of_100_over_the_lines_that_counted():
    half, none = score(LINE, Measure(1, 2)), score(DEFAULT_LINES[0], Measure())
    card = card_of([half, none])

    assert (card.earned, card.counted, card.total) == (Decimal("7.5"), Decimal(15), Decimal("50.0"))
    assert card_of([none]).total is None


@pytest.mark.parametrize(("good", "total"), [(2, 1), (-1, 1)])
def test_more_than_all_is_refused(good: int, total: int):
    with pytest.raises(ValueError, match="of"):
        Measure(good, total)

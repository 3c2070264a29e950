"""What stands in a figure's place."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.annual_report import Kind, number_text
from gongkai.reportfiles.reading.characters import clean
from gongkai.reportfiles.reading.figures import Status, looks_like_figure, parse_figure


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("3119", 3119),
        ("1,234", 1234),
        ("1，234，567", 1234567),
        (" 5 ", 5),
        ("5件", 5),
        ("5.0", 5),
        ("12 件", 12),
    ],
)
def test_a_count(text: str, value: int) -> None:
    figure = parse_figure(text, Kind.COUNT)

    assert (figure.status, figure.value) == (Status.FIGURE, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("96171.6", "96171.6"),
        ("0", "0"),
        ("59,237.2449", "59237.2449"),
        ("12.5万元", "12.5"),
        ("3.10", "3.1"),
        ("251000元", "25.1"),
        ("251,000 元", "25.1"),
        ("1元", "0.0001"),
        ("3.2亿元", "32000"),
        ("0.123456789012亿元", "1234.56789012"),
    ],
)
def test_an_amount_is_exact(text: str, value: str) -> None:
    assert parse_figure(text, Kind.AMOUNT_WAN).value == Decimal(value)


@pytest.mark.parametrize("text", ["-", "—", "——", "/", "／", "－", "--", "无", "N/A", "\\"])
def test_a_dash_says_nothing(text: str) -> None:
    assert parse_figure(text, Kind.COUNT).status is Status.DASH
    assert parse_figure(text, Kind.COUNT).value is None


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_a_blank_says_nothing(text: str) -> None:
    assert parse_figure(text, Kind.COUNT).status is Status.BLANK


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ("O", Kind.COUNT, "字母"),
        ("1O", Kind.COUNT, "字母"),
        ("l2", Kind.COUNT, "字母"),
        ("〇", Kind.COUNT, "数字"),
        ("-5", Kind.COUNT, "负数"),
        ("-5.2", Kind.AMOUNT_WAN, "负数"),
        ("1.5", Kind.COUNT, "整数"),
        ("1.5", Kind.SIGNED, "整数"),
        ("+5", Kind.COUNT, "加号"),
        ("1 234", Kind.COUNT, "空格"),
        ("311\n9", Kind.COUNT, "空格或换行"),
        ("12,34", Kind.COUNT, "不是数字"),
        ("五", Kind.COUNT, "阿拉伯数字"),
        ("3940元", Kind.COUNT, "不是数字"),
        ("增2", Kind.COUNT, "不是数字"),
        ("增减2", Kind.SIGNED, "不是数字"),
        ("减-2", Kind.SIGNED, "不是数字"),
        ("增加5%", Kind.SIGNED, "不是数字"),
        ("↑", Kind.SIGNED, "不是数字"),
        ("2万", Kind.AMOUNT_WAN, "不是数字"),
        ("0.1234567890123", Kind.AMOUNT_WAN, "过长"),
        ("0000000", Kind.COUNT, "以 0 开头"),
        ("1" * 16, Kind.COUNT, "过长"),
        ("5%", Kind.COUNT, "不是数字"),
        ("(3)", Kind.COUNT, "不是数字"),
    ],
)
def test_what_is_no_figure_says_why(text: str, kind: Kind, reason: str) -> None:
    figure = parse_figure(text, kind)

    assert figure.status is Status.INVALID
    assert figure.value is None
    assert reason in figure.reason


def test_a_change_may_be_negative() -> None:
    """Column 本年增/减 of the 2019 form."""
    assert parse_figure("-12", Kind.SIGNED).value == -12
    assert parse_figure("+12", Kind.SIGNED).value == 12
    assert parse_figure("-", Kind.SIGNED).status is Status.DASH


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("+461", 461),
        ("－3", -3),
        ("＋4", 4),
        ("增2", 2),
        ("减4", -4),
        ("增加2", 2),
        ("减少4件", -4),
        ("减少 4 项", -4),
        ("↑12", 12),
        ("12↓", -12),
        ("增0", 0),
        ("-1,234", -1234),
    ],
)
def test_a_change_may_be_told_in_words_or_arrows(text: str, value: int) -> None:
    """Seen in published reports of the 2019 form."""
    assert parse_figure(text, Kind.SIGNED).value == value


@given(st.integers(0, 10**14))
def test_every_count_reads_back_as_printed(value: int) -> None:
    assert parse_figure(number_text(value), Kind.COUNT).value == value
    assert parse_figure(f"{value:,}", Kind.COUNT).value == value


@given(st.text(max_size=12))
def test_any_text_is_judged(text: str) -> None:
    for kind in Kind:
        figure = parse_figure(clean(text), kind)
        assert (figure.value is not None) == (figure.status is Status.FIGURE)
        assert bool(figure.reason) == (figure.status is Status.INVALID)


@pytest.mark.parametrize("token", ["0", "-", "/", "O", "1,234", "5件", "*", "12.5万元"])
def test_words_that_may_stand_in_a_figures_place(token: str) -> None:
    assert looks_like_figure(token)


@pytest.mark.parametrize("token", ["1.", "1、", "（1）", "、", "规章", "2023年", "（本列", ""])
def test_words_that_may_not(token: str) -> None:
    assert not token or not looks_like_figure(token)


def test_look_alike_characters_become_plain() -> None:
    assert clean("⼀、⾏政处罚⻔⼾　１２３ＡＢ\u00a0\u200b") == "一、行政处罚门户 123AB "


def test_control_characters_and_surrogates_go() -> None:
    assert clean("a\x00b\x07c\ud800") == "abc�"
    assert clean("a\tb\nc") == "a\tb\nc"

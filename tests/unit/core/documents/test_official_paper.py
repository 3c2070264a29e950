"""Levels and titles of an official paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.documents.official_paper import Level, heading_and_rest, level_of, title_lines


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("一、总则", Level.FIRST),
        ("十二、附则", Level.FIRST),
        ("（一）对象", Level.SECOND),
        ("1.企业", Level.THIRD),
        ("1．企业", Level.THIRD),
        ("1.5亿元", Level.TEXT),
        ("（1）其他", Level.FOURTH),
        ("一方面", Level.TEXT),
        ("2026年", Level.TEXT),
    ],
)
def test_the_number_gives_the_level(line, level):
    """GB/T 9704-2012, 7.3.3."""
    assert level_of(line) is level


@given(st.text("一二三、（）1.。甲乙", min_size=1, max_size=30))
def test_no_character_is_lost_between_heading_and_rest(line):
    _, head, rest = heading_and_rest(line)

    assert head + rest == line


@given(st.text("关于印发管理办法的通知《》、和企业", min_size=1, max_size=90))
def test_a_title_keeps_its_characters_and_its_width(title):
    lines = title_lines(title)

    assert "".join(lines) == title
    assert all(lines)
    assert max(map(len, lines)) <= 20

"""Whatever the text: no crash, offsets that point at the quote, no overlaps, bounded time."""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.core.proofreading import Style, check

ON = date(2024, 12, 31)
_PIECES = st.sampled_from(
    [
        "布署", "一、", "（一）", "(二)", "1.", "一是", "第一条 ", "《", "》", "“", "”", "（", "）", "\n", "\n\n", "\t", " ",
        "2024年", "2月30日", "（星期三）", "，，", "。", "、等", "的的", "**", "<p>", "13900000001", "11010519491231002X",
        "政务公开工作", "⼯作", "\ud800", "𠀀", "\u200b", "{{a}}", "国土资源部", "四个意识”（", "60件（20件、30件）", "《合同法》",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES | st.text(max_size=6), max_size=60).map("".join))
def test_findings_point_at_their_quotes_and_do_not_overlap(text):
    findings = check(text, on=ON, style=Style(white=frozenset({"政务公开"})))

    assert all(text[each.start : each.end] == each.quote for each in findings)
    assert all(0 <= each.start <= each.end <= len(text) for each in findings)
    assert all(a.end <= b.start for a, b in pairwise(findings))


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="政务公开工作认真落实各项任务，。", min_size=26, max_size=30), st.integers(8, 30))
def test_places_survive_the_joining_of_lines(line, count):
    text = "\n".join([line[:24]] * count) + "\n布署"

    assert all(text[each.start : each.end] == each.quote for each in check(text, on=ON))


@pytest.mark.parametrize(
    "bait",
    [
        "（",
        "《",
        "“",
        "的",
        " ",
        "-",
        ".",
        "一",
        "<",
        "*",
        ",",
        "。",
        "1",
        "、等",
        "((",
        "**",
        "《a",
        "一、\n",
        "@a",
        "http://",
    ],
)
def test_bait_takes_no_more_time_than_text(bait):
    started = time.process_time()
    check(bait * (60_000 // len(bait)), on=ON)

    assert time.process_time() - started < 8


def test_ten_million_characters_on_one_line_are_read_in_bounded_time():
    text = "管委会认真落实政务公开各项任务，及时发布政策文件，" * 400_000

    started = time.process_time()
    check(text, on=ON)

    assert time.process_time() - started < 60


@pytest.mark.parametrize("half", ["\ud800", "\udcff\ud83d"])
def test_half_a_character_breaks_nothing_and_moves_no_offset(half):
    """Lone surrogates come from damaged files and from JSON; they are no text, and nothing may fail on them."""
    text = f"园区{half}工作安排{half}\n要认真布署各项任务。{half * 50}"

    findings = check(text, on=ON, title=half)

    assert ("布署", text.index("布署")) in {(each.quote, each.start) for each in findings}
    assert all(text[each.start : each.end] == each.quote for each in findings)

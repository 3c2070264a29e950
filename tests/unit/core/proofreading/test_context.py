"""Wrong and missing characters told by their neighbours, and the counts they are told by."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.core.proofreading import Severity, check
from gongkai.core.proofreading.sequences import sequences

ON = date(2024, 12, 31)


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("各有关单位要切实加强组织灵导，落实责任。", "灵", "领"),
        ("进一步完善应急预岸并组织演练。", "岸", "案"),
    ],
)
def test_a_wrong_character_is_found_with_the_right_one(text, wrong, right):
    found = {each.quote: each.suggestion for each in check(text, on=ON) if each.rule == "CX-01"}

    assert found == {wrong: right}


def test_names_are_not_mistaken_for_errors():
    text = "示例县铁岗镇党委书记岑一澍、镇长厉沐檀参加了活动，随后前往珙垌村看望群众。"

    assert [each.quote for each in check(text, on=ON) if each.severity is not Severity.HINT] == []


def test_what_comes_often_in_a_text_is_a_term_of_its_own():
    text = "组织灵导小组，组织灵导办公室，组织灵导专班，"

    assert [each for each in check(text, on=ON) if each.rule == "CX-01"] == []


def test_counts_tell_common_from_unheard_of():
    known = sequences()

    assert known.pair("工", "作") > 100 > known.pair("工", "祚")
    assert known.three("工", "作", "人") > known.three("工", "作", "澍")
    assert "作" in known.after("工")
    assert "工" in known.before("作")

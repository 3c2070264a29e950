"""Unified social credit codes: GB 32100-2015; vectors of the domain file."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongkai.core.identifiers import (
    IdentifierFaulty,
    credit_code_check,
    mask_credit_code,
    parse_credit_code,
)
from gongkai.core.identifiers.credit_code import ALPHABET

RIGHT = [
    "91130200699229617X",
    "91110000600037341L",
    "91350100M000100Y43",
    "91440300708461136T",
    "91330100799655058B",
    "91500000MA5U5JXT3E",
    "91110108551385082Q",
    "11370322004222241N",
    "11441700007280420Y",
    "11620622013933539B",
    "91000000000000000K",
]


@st.composite
def codes(draw):
    """Codes that are right in every part."""
    head = draw(st.text(ALPHABET, min_size=2, max_size=2))
    tail = draw(st.text(ALPHABET, min_size=9, max_size=9))
    body = f"{head}{draw(st.integers(0, 999999)):06}{tail}"
    return body + credit_code_check(body)


@pytest.mark.parametrize("code", RIGHT)
def test_published_codes_are_right(code):
    assert parse_credit_code(code) == code


@pytest.mark.parametrize(
    "typed", ["9113020069922961 7X", "91130200699229617x", "９１１３０２００６９９２２９６１７Ｘ"]
)
def test_the_same_code_typed_otherwise_is_brought_to_one_form(typed):
    assert parse_credit_code(typed) == "91130200699229617X"


@pytest.mark.parametrize(("code", "due"), [("91640381715015467P", "5"), ("12100000000018032W", "A")])
def test_a_wrong_check_character_is_refused(code, due):
    assert credit_code_check(code[:17]) == due
    with pytest.raises(IdentifierFaulty, match="第 18 位校验不符"):
        parse_credit_code(code)


@given(codes(), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_any_one_character_changed_is_caught(code, place, char):
    """31 is prime and no weight is a multiple of it."""
    assume(code[place] != char)

    with pytest.raises(IdentifierFaulty):
        parse_credit_code(code[:place] + char + code[place + 1 :])


@given(codes(), st.integers(0, 16))
def test_any_two_neighbours_swapped_are_caught(code, place):
    """Neighbouring weights differ modulo 31."""
    assume(code[place] != code[place + 1])

    with pytest.raises(IdentifierFaulty):
        parse_credit_code(code[:place] + code[place + 1] + code[place] + code[place + 2 :])


@given(codes())
def test_every_code_built_by_the_standard_is_right(code):
    assert parse_credit_code(code) == code


@pytest.mark.parametrize("letter", "IOSVZ")
@pytest.mark.parametrize("place", [0, 8, 17])
def test_a_letter_outside_the_alphabet_is_named_with_its_place(letter, place):
    code = "91350100M000100Y43"

    with pytest.raises(IdentifierFaulty, match=f"第 {place + 1} 位.*不使用字母") as caught:
        parse_credit_code(code[:place] + letter + code[place + 1 :])

    assert caught.value.position == place + 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "请填写统一社会信用代码"),
        ("9113020069922961", "现在是 16 位"),
        ("130200600037341", "旧营业执照注册号"),
        ("69922961X", "组织机构代码"),
        ("911302A0699229617X", "第 3—8 位应当是数字"),
        ("911302006992_9617啊", "统一社会信用代码"),
    ],
)
def test_a_refusal_says_what_is_wrong(typed, said):
    with pytest.raises(IdentifierFaulty, match=said):
        parse_credit_code(typed)


def test_the_mask_leaves_the_region_and_the_end():
    assert mask_credit_code("91350100M000100Y43") == "91350100********43"

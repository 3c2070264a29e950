"""Citizen's identity numbers: GB 11643-1999."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongkai.core.identifiers import (
    IdentifierFaulty,
    birth_date,
    mask_resident_id,
    parse_resident_id,
    resident_id_check,
)

STANDARDS_EXAMPLE = "11010519491231002X"


@st.composite
def numbers(draw):
    """Numbers that are right in every part."""
    region = draw(st.integers(100000, 999999))
    born = draw(st.dates(date(1900, 1, 1), date(2026, 12, 31)))
    body = f"{region}{born:%Y%m%d}{draw(st.integers(0, 999)):03}"
    return body + resident_id_check(body)


def test_the_standards_example_is_right():
    assert parse_resident_id(STANDARDS_EXAMPLE) == STANDARDS_EXAMPLE
    assert birth_date(STANDARDS_EXAMPLE) == date(1949, 12, 31)


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        " 110105 19491231 002X ",
        "110105-19491231-002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "11010519491231002×",
        "\u200b11010519491231002X\ufeff",
    ],
)
def test_the_same_number_typed_otherwise_is_brought_to_one_form(typed):
    assert parse_resident_id(typed) == STANDARDS_EXAMPLE


@given(numbers())
def test_every_number_built_by_the_standard_is_right(number):
    assert parse_resident_id(number) == number


@given(numbers(), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_any_one_character_changed_is_caught(number, place, char):
    """MOD 11-2 finds every single substitution."""
    assume(number[place] != char)

    with pytest.raises(IdentifierFaulty):
        parse_resident_id(number[:place] + char + number[place + 1 :])


@given(numbers(), st.integers(0, 16))
def test_any_two_neighbours_swapped_are_caught(number, place):
    """MOD 11-2 finds every transposition of neighbours that differ."""
    assume(number[place] != number[place + 1])

    with pytest.raises(IdentifierFaulty):
        parse_resident_id(number[:place] + number[place + 1] + number[place] + number[place + 2 :])


@pytest.mark.parametrize(
    ("typed", "position", "said"),
    [
        ("", None, "请填写身份证号码"),
        ("1101051949123100", None, "现在是 16 位"),
        ("110105491231002", None, "15 位的一代身份证号码"),
        ("11010519491231A02X", 15, "第 15 位不是数字"),
        ("1101051949123100٢X", 17, "第 17 位不是数字"),
        ("11010519491231002A", 18, "第 18 位应当是数字或字母 X"),
        ("01010519491231002X", 1, "第 1—6 位"),
        ("11010517491231002X", 7, "第 7—14 位"),
        ("11010519491331002X", 7, "第 7—14 位"),
        ("11010519490230002X", 7, "第 7—14 位"),
        ("110105194912310021", 18, "第 18 位校验不符"),
    ],
)
def test_a_refusal_names_the_place_and_the_fault(typed, position, said):
    with pytest.raises(IdentifierFaulty, match=said) as caught:
        parse_resident_id(typed)

    assert caught.value.position == position


@given(numbers(), st.integers(0, 17), st.sampled_from("0123456789AX"))
def test_no_message_repeats_the_number(number, place, char):
    wrong = number[:place] + char + number[place + 1 :]
    assume(wrong != number)

    with pytest.raises(IdentifierFaulty) as caught:
        parse_resident_id(wrong)

    assert not any(wrong[at : at + 5] in str(caught.value) for at in range(14))


def test_a_birth_date_after_the_day_of_the_check_is_refused():
    body = "11010520270101002"

    assert parse_resident_id(body + resident_id_check(body)) == body + resident_id_check(body)
    with pytest.raises(IdentifierFaulty, match="晚于今天"):
        parse_resident_id(body + resident_id_check(body), on=date(2026, 12, 31))


def test_the_mask_hides_region_and_birth_date():
    """Published form of the proofreading rules: first 2 and last 3."""
    assert mask_resident_id(STANDARDS_EXAMPLE) == "11*************02X"

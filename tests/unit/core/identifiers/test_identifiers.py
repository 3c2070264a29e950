"""Numbers of people and bodies: what the check characters promise."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.identifiers import (
    IdentifierFaulty,
    credit_code_check,
    mask_address,
    mask_credit_code,
    mask_email,
    mask_name,
    mask_resident_id,
    mask_telephone,
    parse_credit_code,
    parse_email,
    parse_postcode,
    parse_resident_id,
    parse_telephone,
    resident_id_check,
)
from gongkai.core.identifiers.credit_code import ALPHABET

EXAMPLE = "11010519491231002X"  # the example of GB 11643-1999

resident_ids = st.builds(
    lambda region, born, number: f"{region:06d}{born:%Y%m%d}{number:03d}",
    st.integers(110000, 659999),
    st.dates(min_value=date(1900, 1, 1), max_value=date(2026, 1, 1)),
    st.integers(0, 999),
).map(lambda first: first + resident_id_check(first))
credit_codes = st.builds(
    lambda head, region, body: f"{head}{region:06d}{body}",
    st.sampled_from(["91", "12", "11", "53"]),
    st.integers(110000, 659999),
    st.text(ALPHABET, min_size=9, max_size=9),
).map(lambda first: first + credit_code_check(first))


def test_the_example_of_the_standard_is_accepted_in_either_case_and_width():
    assert parse_resident_id("110105 19491231 002x") == EXAMPLE
    assert parse_resident_id("１１０１０５１９４９１２３１００２Ｘ") == EXAMPLE


@given(resident_ids, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_of_a_resident_id_is_always_caught(number, position, step):
    """ISO 7064 MOD 11-2 detects every single substitution."""
    wrong = str((int(number[position]) + step) % 10)
    with pytest.raises(IdentifierFaulty):
        parse_resident_id(number[:position] + wrong + number[position + 1 :])


@given(resident_ids, st.integers(0, 15))
def test_two_exchanged_neighbours_of_a_resident_id_are_always_caught(number, position):
    """ISO 7064 MOD 11-2 detects every transposition of neighbours."""
    one, other = number[position], number[position + 1]
    if one == other:
        assert parse_resident_id(number) == number
        return
    with pytest.raises(IdentifierFaulty):
        parse_resident_id(number[:position] + other + one + number[position + 2 :])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1101051949123100", "现在是 16 位"),
        ("110105491231002", "15 位"),
        ("11010519491331002X", "第 7—14 位"),
        ("11O10519491231002X", "第 3 位"),
        ("110105194912310021", "第 18 位校验不符"),
        ("01010519491231002X", "第 1—6 位"),
    ],
)
def test_a_faulty_resident_id_is_told_where_it_is_wrong_and_not_repeated(text, told):
    with pytest.raises(IdentifierFaulty, match=told) as caught:
        parse_resident_id(text)
    assert text not in str(caught.value)


@given(credit_codes)
def test_a_code_with_its_check_character_is_accepted(code):
    assert parse_credit_code(code.lower()) == code


@given(credit_codes, st.integers(8, 16), st.integers(1, 30))
def test_one_wrong_character_of_a_credit_code_is_always_caught(code, position, step):
    """A prime modulus and weights without zero detect every single substitution."""
    wrong = ALPHABET[(ALPHABET.index(code[position]) + step) % 31]
    with pytest.raises(IdentifierFaulty):
        parse_credit_code(code[:position] + wrong + code[position + 1 :])


def test_a_letter_that_codes_do_not_use_is_named():
    with pytest.raises(IdentifierFaulty, match=r"第 9 位.*不使用字母"):
        parse_credit_code("91350100O000100Y43")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("138 0000 1234", "13800001234"),
        ("+86-13800001234", "13800001234"),
        ("（0991）1234567", "0991-1234567"),
        ("0991-1234567-801", "0991-1234567-801"),
        ("1234567", "1234567"),
    ],
)
def test_telephones_as_people_write_them(text, number):
    assert parse_telephone(text) == number


@pytest.mark.parametrize("text", ["1380000123", "电话", "138000012345", "0991"])
def test_what_is_no_telephone_is_refused(text):
    with pytest.raises(IdentifierFaulty, match="请核对"):
        parse_telephone(text)


def test_addresses_and_postcodes_by_form():
    assert parse_email(" a.b@example.cn ") == "a.b@example.cn"
    assert parse_postcode("１０００００") == "100000"
    for parse, text in ((parse_email, "a@b"), (parse_email, "甲@例.cn"), (parse_postcode, "12345")):
        with pytest.raises(IdentifierFaulty):
            parse(text)


def test_masks_hide_what_identifies():
    assert mask_resident_id(EXAMPLE) == "110105**********2X"
    assert mask_credit_code("91350100M000100Y43") == "91350100********43"
    assert mask_telephone("13800001234") == "138****1234"
    assert mask_email("example@example.cn") == "e***@example.cn"
    assert mask_name("某甲乙") == "某**"
    assert mask_name("示例化工有限公司") == "示例****公司"
    assert mask_address("示例省示例市示例路1号") == "示例省示例市******"


@given(st.text(max_size=30))
def test_masks_take_anything(text):
    for mask in (mask_resident_id, mask_credit_code, mask_telephone, mask_email, mask_name, mask_address):
        assert isinstance(mask(text), str)

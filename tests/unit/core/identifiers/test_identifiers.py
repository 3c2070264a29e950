"""How an applicant is reached, documents checked by form only, and what a screen may show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.identifiers import (
    IdentifierFaulty,
    TravelDocument,
    mask_address,
    mask_credit_code,
    mask_email,
    mask_name,
    mask_resident_id,
    mask_telephone,
    mask_travel_document,
    parse_credit_code,
    parse_email,
    parse_postcode,
    parse_resident_id,
    parse_telephone,
    parse_travel_document,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("138 0000 1234", "13800001234"),
        ("138-0000-1234", "13800001234"),
        ("+86-13800001234", "13800001234"),
        ("008613800001234", "13800001234"),
        ("8613800001234", "13800001234"),
        ("１３８００００１２３４", "13800001234"),
        ("（0991）1234567", "0991-1234567"),
        ("0991—1234567", "0991-1234567"),
        ("09911234567", "0991-1234567"),
        ("01012345678", "010-12345678"),
        ("0991-1234567-801", "0991-1234567-801"),
        ("0991-1234567转801", "0991-1234567-801"),
        ("+86 0991-1234567", "0991-1234567"),
        ("1234567", "1234567"),
        ("4001234567", "400-123-4567"),
        ("+852 2345 6789", "+85223456789"),
        ("0085223456789", "+85223456789"),
    ],
)
def test_telephones_as_people_write_them(text, number):
    assert parse_telephone(text) == number
    assert parse_telephone(number) == number


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "请填写联系电话"),
        ("1380000123", "现在是 10 位"),
        ("138000012345", "现在是 12 位"),
        ("12800001234", "第 2 位不对"),
        ("1380000O234", "第 8 位不是数字"),
        ("电话", "区号-号码"),
        ("0991", "区号-号码"),
        ("+852", "共 7 至 15 位数字"),
        ("+852abc12345", "共 7 至 15 位数字"),
    ],
)
def test_what_is_no_telephone_is_refused_with_the_fault(text, said):
    with pytest.raises(IdentifierFaulty, match=said):
        parse_telephone(text)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" a.b@example.cn ", "a.b@example.cn"),
        ("Name.x+1@Example.COM", "Name.x+1@example.com"),
        ("ｎａｍｅ＠ｅｘａｍｐｌｅ．ｃｎ", "name@example.cn"),
        ("name@example。cn", "name@example.cn"),
    ],
)
def test_addresses_as_people_write_them(text, address):
    assert parse_email(text) == address


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "请填写电子邮箱"),
        ("name.example.cn", "缺少 @"),
        ("a@b@example.cn", "两个 @"),
        ("@example.cn", "@ 之前的部分不对"),
        (".name@example.cn", "@ 之前的部分不对"),
        ("na,me@example.cn", "第 3 个字符"),
        ("甲@例.cn", "第 1 个字符"),
        ("a@b", "@ 之后的部分不对"),
        ("name@-example.cn", "@ 之后的部分不对"),
        ("x" * 65 + "@example.cn", "太长"),
    ],
)
def test_what_is_no_address_is_refused_with_the_fault(text, said):
    with pytest.raises(IdentifierFaulty, match=said):
        parse_email(text)


def test_postcodes_are_six_digits():
    assert parse_postcode("１０００００") == "100000"
    for text in ("12345", "1234567", "12345O", ""):
        with pytest.raises(IdentifierFaulty, match="6 位数字"):
            parse_postcode(text)


@pytest.mark.parametrize(
    ("document", "text", "number"),
    [
        (TravelDocument.PASSPORT, "e 00000000", "E00000000"),
        (TravelDocument.PASSPORT, "123456789", "123456789"),
        (TravelDocument.HONG_KONG_MACAO, "h00000000", "H00000000"),
        (TravelDocument.HONG_KONG_MACAO, "M0000000001", "M0000000001"),
        (TravelDocument.TAIWAN, "00000000", "00000000"),
    ],
)
def test_travel_documents_of_the_known_forms_are_taken(document, text, number):
    assert parse_travel_document(text, document) == number


@pytest.mark.parametrize(
    ("document", "text", "said"),
    [
        (TravelDocument.PASSPORT, "", "请填写护照号码"),
        (TravelDocument.PASSPORT, "ABCDEFG", "其中有数字"),
        (TravelDocument.PASSPORT, "E0000*000", "第 6 位"),
        (TravelDocument.HONG_KONG_MACAO, "A00000000", "字母 H 或 M 加 8 位数字"),
        (TravelDocument.TAIWAN, "0000000", "8 位数字"),
    ],
)
def test_travel_documents_of_other_forms_are_refused(document, text, said):
    with pytest.raises(IdentifierFaulty, match=said):
        parse_travel_document(text, document)


def test_masks_hide_what_identifies():
    """Published forms of the proofreading rules: telephone first 3 and last 4, identity number first 2 and last 3."""
    assert mask_resident_id("11010519491231002X") == "11*************02X"
    assert mask_credit_code("91350100M000100Y43") == "91350100********43"
    assert mask_telephone("13800001234") == "138****1234"
    assert mask_email("example@example.cn") == "e***@example.cn"
    assert mask_email("e@example.cn") == "***@example.cn"
    assert mask_name("某甲乙") == "某**"
    assert mask_name("示例化工有限公司") == "示例****公司"
    assert mask_address("示例省示例市示例路1号") == "示例省示例市******"
    assert mask_travel_document("E00000123") == "E*****123"
    assert mask_travel_document("123") == "***"


@given(st.text(max_size=30))
def test_masks_take_anything(text):
    for mask in (mask_resident_id, mask_credit_code, mask_telephone, mask_email, mask_name, mask_address):
        assert isinstance(mask(text), str)


@pytest.mark.parametrize(
    "parse", [parse_resident_id, parse_credit_code, parse_telephone, parse_email, parse_postcode]
)
@given(text=st.text(max_size=40) | st.text("0123456789-+@.()X", max_size=20))
def test_any_text_gives_a_settled_value_or_a_refusal_in_a_sentence(parse, text):
    try:
        value = parse(text)
    except IdentifierFaulty as refused:
        said = str(refused)
    else:
        said = "settled。" if parse(value) == value else "changes"

    assert said.endswith("。")


@pytest.mark.parametrize("text", ["00000000000", "+0000000000", "000000000"])
def test_no_country_code_begins_with_a_nought(text):
    with pytest.raises(IdentifierFaulty):
        parse_telephone(text)

"""Elements, materials and vague words of a guide."""

import pytest

from gongkai.core.guides import (
    ELEMENTS,
    Material,
    MaterialFaulty,
    materials_of,
    missing_elements,
    vague_words,
)


@pytest.mark.parametrize("absent", list(ELEMENTS))
def test_each_of_the_eight_elements_is_missed(absent):
    """V-W-15: eight kinds of elements."""
    given = dict.fromkeys(ELEMENTS, "有")
    assert len(given) == 8

    assert missing_elements({**given, absent: "  "}) == (ELEMENTS[absent],)
    assert missing_elements({**given, absent: []}) == (ELEMENTS[absent],)
    assert missing_elements(given) == ()


def test_materials_read_back_as_they_were_written():
    found = materials_of("营业执照｜2｜复印件｜加盖公章\n\n申请表\n协议|1份|电子")

    assert found == (
        Material("营业执照", 2, "复印件", "加盖公章"),
        Material("申请表"),
        Material("协议", 1, "电子"),
    )
    assert materials_of("\n".join(one.line for one in found)) == found


@pytest.mark.parametrize(
    ("text", "line"), [("申请表\n｜2", 2), ("申请表｜两份", 1), ("申请表｜0", 1), ("a｜1｜b｜c｜d", 1)]
)
def test_a_faulty_line_is_named(text, line):
    with pytest.raises(MaterialFaulty) as fault:
        materials_of(text)

    assert fault.value.line == line
    assert f"第 {line} 行" in str(fault.value)


def test_catch_all_words_are_found_and_plain_lists_are_not():
    """D-09: no vague catch-all such as 法律法规规定的其他材料."""
    assert vague_words("其他相关材料") == ("其他相关材料",)
    assert vague_words("营业执照复印件") == ()

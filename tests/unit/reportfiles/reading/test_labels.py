"""Evidence of labels, and pieces of labels, for rows."""

from __future__ import annotations

import pytest

from gongkai.core.annual_report import Edition
from gongkai.reportfiles.reading.labels import (
    RowSet,
    Setting,
    Strength,
    table_four_rows,
    table_three_rows,
    table_two_rows,
)

THREE = table_three_rows(divided=True)
UNDIVIDED = table_three_rows(divided=False)


def named(rows: RowSet, text: str) -> str | None:
    """The row that a text names beyond doubt."""
    at = rows.evidence(text).only_full()
    return None if at is None else rows.rows[at].key


@pytest.mark.parametrize("rows", [THREE, UNDIVIDED, table_two_rows(Edition.E2019), table_four_rows()])
def test_every_label_of_the_form_names_its_own_row(rows: RowSet) -> None:
    for spec in rows.rows:
        if spec.figures:
            assert named(rows, spec.label) == spec.key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("1、属于国家秘密", "r3_3_1"),
        ("1． 属于国家秘密", "r3_3_1"),
        ("属于国家秘密", "r3_3_1"),
        ("(一) 予以公开", "r3_1"),
        ("（二）部分公开", "r3_2"),
        ("(二) 部分公开 (区分处理的, 只计这一情形, 不计其他情形)", "r3_2"),
        ("三、本年度办理结果 （一）予以公开", "r3_1"),
        ("（四）无 1.本机关不掌握相关政府信息", "r3_4_1"),
        ("法提供 2.没有现成信息需要另行制作", "r3_4_2"),
        ("本 2.其他法律行政法规禁止公开", "r3_3_2"),
        ("（五）不 3.要求提供公开出版物", "r3_5_3"),
        ("4.无正当理由大量反复 申请", "r3_5_4"),
        ("3.危及“三安全一稳定”", "r3_3_3"),
        ("3.危及三安全一稳定", "r3_3_3"),
        ("其他 2.逾期不缴费", "r3_6_2"),
        ("1.逾期不补正", "r3_6_1"),
        ("1.申请人无正当理由逾期不补正,行政机关不再处理其政府信息公开申请", "r3_6_1"),
        ("（六）其他处理 3.其他", "r3_6_3"),
        ("3.其他", "r3_6_3"),
        ("四、结转下年度继续办理", "r4"),
        ("（七）总计", "r3_7"),
    ],
)
def test_other_prints_of_a_label_name_the_row(text: str, key: str) -> None:
    assert named(THREE, text) == key


@pytest.mark.parametrize("text", ["其他", "总计", "合计"])
def test_words_that_the_head_has_too_are_not_enough(text: str) -> None:
    evidence = THREE.evidence(text)

    assert evidence.only_full() is None
    assert set(evidence.rows.values()) == {Strength.COMMON}


def test_a_label_with_characters_missing_is_alike() -> None:
    """As printed in a published report: 2.其他法律行政止公开."""
    evidence = THREE.evidence("三 2.其他法律行政止公开")

    assert {THREE.rows[at].key: strength for at, strength in evidence.rows.items()} == {
        "r3_3_2": Strength.ALIKE
    }


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("（二）部分公开（区分处理的，只计这一情", {"r3_2"}),
        ("形，不计其他情形）", {"r3_2"}),
        ("息公开申请", {"r3_6_1", "r3_6_2", "r1", "r2"}),
        ("（六） 求缴纳费用、行政机关不再处理", {"r3_6_2"}),
        ("其他 息公开申请", {"r3_6_1", "r3_6_2", "r1", "r2"}),
        ("（四）1.本机关不掌握", {"r3_4_1"}),
        ("作", {"r3_4_2"}),
    ],
)
def test_pieces_of_labels(text: str, keys: set[str]) -> None:
    evidence = THREE.evidence(text)
    found = {THREE.rows[at].key for at in evidence.rows}

    assert found == keys or evidence.only_full() is not None


@pytest.mark.parametrize(
    "text", ["", "三", "、", "本 年", "（三）不", "予公开", "他处理", "度（三）", "结 果"]
)
def test_pieces_of_group_labels_say_nothing(text: str) -> None:
    assert THREE.evidence(text).setting is Setting.NEUTRAL


@pytest.mark.parametrize(
    "text", ["（三）不予公开", "三、本年度办理结果", "三、本年度办理结果 （五）不予处理"]
)
def test_whole_group_labels_are_known(text: str) -> None:
    assert THREE.evidence(text).setting is Setting.GROUP


def test_six_is_a_group_where_divided_and_a_row_where_not() -> None:
    assert THREE.evidence("（六）其他处理").setting is Setting.GROUP
    assert named(UNDIVIDED, "（六）其他处理") == "r3_6"
    assert named(UNDIVIDED, "三、本年度办理结果 （六）其他处理") == "r3_6"


@pytest.mark.parametrize("text", ["其中：网上申请", "备注", "当面申请数量统计"])
def test_foreign_words_are_no_row(text: str) -> None:
    assert THREE.evidence(text).only_full() is None


def test_two_labels_in_one_text_are_none() -> None:
    text = "1.属于国家秘密 2.其他法律行政法规禁止公开"

    assert THREE.evidence(text).only_full() is None
    assert THREE.evidence(text).setting is Setting.FOREIGN


def test_a_wrong_number_is_not_alike() -> None:
    """3.重复申诉 is not 2.重复申请: the number speaks against it."""
    assert THREE.evidence("3.重复申靖").rows == {}

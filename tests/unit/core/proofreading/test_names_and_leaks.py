"""Names by date, number-headed phrases, personal data, secrecy; the white list, waivers and entries of an office."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.core.proofreading import (
    Entry,
    EntryFaulty,
    NotOurs,
    Origin,
    Severity,
    Style,
    TextTooLong,
    Waiver,
    check,
    checking,
)

ON = date(2024, 12, 31)


def rules_in(text: str, **more) -> list[str]:
    return [each.rule for each in check(text, on=ON, **more) if each.severity is not Severity.HINT]


@pytest.mark.parametrize(
    "text",
    [
        "原国土资源部印发的规范继续有效。",
        "2016年，国土资源部印发规范。",
        "《国土资源部关于加强管理的通知》有效。",
        "国土资源部更名为自然资源部。",
        "《婚姻法》《继承法》《民法通则》《收养法》《担保法》《合同法》《物权法》《侵权责任法》《民法总则》同时废止。",
        "《民法总则》施行前发生的行为，适用当时的规定。",
    ],
)
def test_a_former_name_in_its_own_time_is_right(text):
    assert rules_in(text) == []


def test_a_former_name_is_judged_by_the_day_of_the_paper():
    text = "报国土资源部备案。"

    assert rules_in(text) == ["OL-001"]
    assert not check(text, on=date(2017, 1, 1))


def test_a_list_that_does_not_fit_its_name_is_found_with_the_item():
    text = "增强“四个意识”（政治意识、大局意识、责任意识、看齐意识）。"
    [finding] = check(text, on=ON)

    assert finding.rule == "TM-01"
    assert "“责任意识”应当是“核心意识”" in finding.message


def test_items_out_of_order_are_found():
    assert rules_in("落实新发展理念（协调、创新、绿色、开放、共享）。") == ["TM-01"]
    assert rules_in("落实新发展理念（创新、协调、绿色、开放、共享）。") == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("申请人身份证号为11010519491231002X。", "PI-01"),
        ("身份证号110105491231002已登记。", "PI-02"),
        ("身份证号：11010519491231****", "PI-03"),
        ("请联系13900000001。", "PI-04"),
        ("卡号6228480000000000000，请核对。", "PI-06"),
        ("家庭住址：幸福路12号3栋2单元。", "PI-08"),
        ("统一社会信用代码：91000000000000000A。", "PI-13"),
        ("姓名\t身份证号\n某某\t11010519491231002X", "PI-14"),
    ],
)
def test_personal_data_are_found(text, rule):
    assert rule in rules_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "电话：0000-80000000。",
        "统一社会信用代码：91000000000000000K。",
        "索引号000014349/2024-00001。",
        "订单号2024010512345678。",
        "身份证号：11*************02X。",
        "手机138****0000。",
        "姓名\t身份证号\n某某\t11*************02X",
    ],
)
def test_masked_and_public_numbers_are_left_alone(text):
    assert [rule for rule in rules_in(text) if rule.startswith("PI")] == []


def test_a_published_number_in_the_white_list_is_no_leak():
    style = Style(white=frozenset({"139 0000 0001"}))

    assert rules_in("请联系13900000001。", style=style) == []


@pytest.mark.parametrize(
    "text",
    [
        "内部控制制度健全。",
        "在权限范围内办理。",
        "请注意保存票据。",
        "加强保密工作。",
        "仅限**秘密**二字加粗。",
    ],
)
def test_ordinary_words_are_no_marks_of_secrecy(text):
    assert [rule for rule in rules_in(text) if rule.startswith("SE")] == []


def test_words_of_the_public_are_refused():
    with pytest.raises(NotOurs, match="来自公众"):
        check("布署", on=ON, origin=Origin.PUBLIC)


def test_a_text_over_the_cap_is_refused(monkeypatch):
    monkeypatch.setattr(checking, "MAX_CHARACTERS", 5)

    with pytest.raises(TextTooLong, match="超过一次校对的上限"):
        check("六个字的文稿", on=ON)


def test_a_white_listed_name_is_left_alone():
    assert rules_in("居民李布署到场。") == ["TY-001"]
    assert rules_in("居民李布署到场。", style=Style(white=frozenset({"李布署"}))) == []


def test_a_waiver_is_for_one_rule_and_one_quote():
    waiver = Waiver("TY-001", "布署", "引用档案原文")

    assert rules_in("布署工作，防讯工作。", style=Style(waivers=(waiver,))) == ["TY-124"]


def test_an_entry_of_the_office_is_found_except_inside_its_exceptions():
    entry = Entry(
        "示例园",
        "示例工业园区",
        unless=("示例园林",),
        must_find=("示例园发布",),
        must_not_find=("示例园林局",),
    )

    [finding] = check("示例园发布，示例园林局承办。", on=ON, style=Style(entries=(entry,)))

    assert (finding.quote, finding.replacement) == ("示例园", "示例工业园区")


@pytest.mark.parametrize("wrong", ["", " ", "的", "，。", "年月日"])
def test_an_entry_that_would_find_everything_is_refused(wrong):
    with pytest.raises(EntryFaulty):
        Entry(wrong, "正确")
    with pytest.raises(EntryFaulty):
        Style(white=frozenset({wrong}))


def test_an_entry_that_fails_its_own_samples_is_refused():
    with pytest.raises(EntryFaulty, match="没有找到"):
        Entry("示例园", "示例园区", must_find=("别的话",))
    with pytest.raises(EntryFaulty, match="误报"):
        Entry("示例园", "示例园区", must_not_find=("示例园区",))


def test_a_waiver_needs_a_reason_and_a_quote():
    with pytest.raises(EntryFaulty):
        Waiver("TY-001", "布署", " ")
    with pytest.raises(EntryFaulty):
        Waiver("TY-001", "", "理由")

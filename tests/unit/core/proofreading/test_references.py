"""Parts of a paper that do not fit each other, and sentences said almost twice (proofreading rules, 5 and 8)."""

from datetime import date

import pytest

from gongkai.core.proofreading import check

ON = date(2026, 3, 1)
BODY = "各有关单位：\n请按时报送材料，逾期不再受理。"


def found(text, rule, **given):
    return [each for each in check(text, on=ON, **given) if each.rule == rule]


@pytest.mark.parametrize(
    ("rule", "text", "quote"),
    [
        ("PI-09", "车辆京A·00000由甲方保管。", "京A·00000"),
        ("PI-09", "车辆宁AD12345由甲方保管。", "宁AD12345"),
        ("ST-07", f"{BODY}\n附件：1.申报表；\n2.汇总表。", "；"),
        ("ST-12", "关于2025年检查情况的公告\n2024年检查12家，2024年整改8家，比2023年增加。", "2025年"),
        ("ST-14", "关于增加经费的请示\n现申请经费。\n特此通知。", "特此通知"),
        ("ST-14", "关于设备损坏情况的报告\n设备损坏。\n妥否，请批示。", "妥否，请批示"),
        ("ST-15", f"{BODY}\n示例园区管委会\n二〇二四年三月一日", "二〇二四年三月一日"),
        ("ST-18", "具体情况见下表。\n以上情况属实。", "见下表"),
        ("ST-18", "变化情况如图3所列。\n图1　流程", "如图3"),
        (
            "LW-91",
            "根据国办发〔2018〕37号《关于加强行政规范性文件制定和监督管理工作的通知》要求。",
            "国办发〔2018〕37号",
        ),
        (
            "LE-21",
            "园区各企业应当在每季度末按时报送安全生产台账和隐患整改情况。园区企业应当在每季度末按时报送安全生产台账和隐患整改情况。",
            None,
        ),
        ("LE-24", "園区企业按时报送。", "園"),
    ],
)
def test_what_does_not_fit_is_a_hint(rule, text, quote):
    hits = found(text, rule)

    assert hits, check(text, on=ON)
    assert quote in {None, hits[0].quote}
    assert {each.severity.label for each in hits} == {"提示"}


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("PI-09", "备案号京ICP备00000000号，设备宁A型。"),
        ("ST-07", f"{BODY}\n附件：1.申报表\n2.汇总表"),
        ("ST-07", "附件：1.申报表由各单位填写。请加盖公章。"),
        ("ST-12", "关于2025年检查情况的公告\n2025年检查12家，2024年整改8家，2024年新增5家。"),
        ("ST-12", "关于2025年检查情况的公告\n2024年检查12家。"),
        ("ST-14", "关于开展检查的通知\n请做好准备。\n特此通知。"),
        ("ST-14", "2024年政府信息公开工作年度报告\n当否，请批示的事项已办结。"),
        ("ST-15", f"{BODY}\n示例园区管委会\n2024年3月1日"),
        ("ST-15", "会议于二〇二四年三月一日召开，讨论了三项议题。"),
        ("ST-18", "具体情况见下表。\n名称\t数量\n甲\t1"),
        ("ST-18", "变化情况如图3所列。\n图3　流程"),
        ("ST-18", "见图示说明，按表面积计算。"),
        ("LW-91", "根据《关于加强管理工作的通知》（国办发〔2018〕37号）要求。"),
        ("LE-21", "第一季度受理申请12件，办结10件，按时答复。第二季度受理申请15件，办结11件，按时答复。"),
        ("LE-21", "园区企业应当按时报送台账。逾期不报的，由安监部门责令改正并通报。"),
        ("LE-24", "园区企业按时报送，喆、堃等人名不在此列。"),
    ],
)
def test_what_fits_is_not_found(rule, text):
    assert found(text, rule) == []


def test_an_attachment_name_loses_its_mark():
    text = f"{BODY}\n附件：申报表。"
    hit = found(text, "ST-07")[0]
    assert (text[: hit.start] + hit.replacement + text[hit.end :]).endswith("附件：申报表")

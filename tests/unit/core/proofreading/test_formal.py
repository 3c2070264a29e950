"""Recipients, first page, contacts and time limits (ST-16, ST-17, ST-19)."""

from datetime import date

import pytest

from gongkai.core.proofreading import Severity, check

DAY = date(2024, 3, 1)


def found(text: str, rule: str) -> list:
    return [one for one in check(text, on=DAY) if one.rule == rule]


def paper(title: str, to: str = "") -> str:
    return f"{title}\n{to}    现将有关情况说明如下，请予审核。\n示例工业园区管委会\n2024年3月1日"


@pytest.mark.parametrize("kind", ["请示", "报告", "函", "批复"])
def test_a_paper_to_another_body_names_it(kind):
    title = f"关于申请建设消防站的{kind}"
    (one,) = found(paper(title), "ST-16")
    assert (one.quote, one.severity) == (title, Severity.HINT)
    assert found(paper(title, "示例县人民政府：\n"), "ST-16") == []
    assert found(paper(title, "示管发〔2024〕3号\n示例县人民政府：\n"), "ST-16") == []


@pytest.mark.parametrize(
    "title", ["关于开展检查的通知", "2023年政府信息公开工作年度报告", "关于停水的公告", "致企业的公开函"]
)
def test_a_paper_to_the_public_needs_no_recipient(title):
    assert found(paper(title), "ST-16") == []


def test_a_text_without_a_dated_line_is_no_formal_paper():
    assert found("关于申请建设消防站的请示\n    现将有关情况说明如下。", "ST-16") == []


def test_a_list_of_recipients_that_fills_the_first_page():
    many = "、".join(f"第{number}工业园区管理委员会" for number in range(30)) + "：\n"
    (one,) = found(paper("关于开展安全生产大检查的通知", many), "ST-19")
    assert one.severity is Severity.HINT
    assert found(paper("关于开展安全生产大检查的通知", "各企业：\n"), "ST-19") == []


def test_a_promise_beyond_the_statutory_limit():
    (one,) = found("法定办结时限：20个工作日\n承诺办结时限：30个工作日", "ST-17")
    assert (one.quote, one.severity) == ("承诺办结时限：30个工作日", Severity.ERROR)


@pytest.mark.parametrize(
    "text",
    [
        "法定时限：20个工作日，承诺时限：5个工作日",
        "法定时限：20个工作日，承诺时限：25日",
        "承诺时限：25个工作日",
        "法定时限：5个工作日。" + "其他事项。" * 100 + "承诺时限：10个工作日",
    ],
)
def test_limits_that_agree_or_cannot_be_compared(text):
    assert found(text, "ST-17") == []


def test_a_telephone_given_twice_with_two_numbers():
    (one,) = found("咨询电话：0100-3600001。\n办理完毕后短信通知。\n咨询电话：0100-3600002。", "ST-17")
    assert (one.quote, one.severity) == ("0100-3600002", Severity.HINT)


@pytest.mark.parametrize(
    "text",
    [
        "咨询电话：0100-3600001。\n咨询电话：0100—3600001。",
        "咨询电话：0100-3600001。\n监督电话：0100-3600002。",
        "咨询电话：0100-3600001。\n咨询电话：0100-3600002。\n咨询电话：0100-3600003。",
        "一号窗口\t咨询电话：0100-3600001\n二号窗口\t咨询电话：0100-3600002",
    ],
)
def test_contacts_that_agree_or_belong_to_several(text):
    assert found(text, "ST-17") == []

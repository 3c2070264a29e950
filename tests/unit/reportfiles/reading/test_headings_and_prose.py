"""Where sections begin, and their text put together."""

from __future__ import annotations

import pytest

from gongkai.reportfiles.reading.blocks import Line
from gongkai.reportfiles.reading.headings import find_sections, section_of
from gongkai.reportfiles.reading.prose import paragraphs


@pytest.mark.parametrize(
    ("text", "key", "rest"),
    [
        ("一、总体情况", "一", ""),
        ("一、总 体 情 况", "一", ""),
        ("## 二、主动公开政府信息情况", "二", ""),
        ("**三、收到和处理政府信息公开申请情况**", "三", ""),
        ("三、收到和处理政府信息公开申请情", "三", ""),
        ("四、政府信息公开行政复议、行政诉讼情况", "四", ""),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "四", ""),
        ("政府信息公开行政复议、行政诉讼情况", "四", ""),
        ("五、政府信息公开工作存在的主要问题及改进情况", "五", ""),
        ("五、存在问题及改进措施", "五", ""),
        ("六、其他需要报告的事项：无。", "六", "无。"),
        ("六、其他需要报告的事项", "六", ""),
        ("一、总体情况。2023年，我局认真落实。", "一", "2023年，我局认真落实。"),
    ],
)
def test_headings(text: str, key: str, rest: str) -> None:
    assert section_of(text) == (key, rest)


@pytest.mark.parametrize(
    "text",
    [
        "一、本年新收政府信息公开申请数量 3 0",
        "二、上年结转政府信息公开申请数量",
        "三、本年度办理结果",
        "四、结转下年度继续办理",
        "（一）主动公开情况。",
        "（二）依申请公开情况",
        "一是强化总体情况分析",
        "其他",
        "五、要求行政机关确认",
        "",
    ],
)
def test_what_is_no_heading(text: str) -> None:
    assert section_of(text) is None


def test_a_table_of_contents_is_passed_over() -> None:
    lines = [
        "目录",
        "一、总体情况……1",
        "二、主动公开政府信息情况 3",
        "一、总体情况",
        "正文",
        "二、主动公开政府信息情况",
    ]

    assert find_sections([Line(text, at) for at, text in enumerate(lines)]) == {"一": 3, "二": 5}


def test_a_pages_navigation_is_passed_over() -> None:
    names = ["一、总体情况", "二、主动公开政府信息情况"]
    lines = [*names, *names]

    assert find_sections([Line(text, at) for at, text in enumerate(lines)]) == {"一": 2, "二": 3}


def test_lines_of_a_page_become_paragraphs() -> None:
    lines = [
        "2024 年，示例县坚持公开为常态、不公开为例外，严格落实条",
        "例各项规定，圆满完成了各项任务。",
        "（一）主动公开情况。县政府网站主动公开各类政府信息五千",
        "- 1 -",
        "余条，制作政策解读二十一个。",
        "",
        "（二）依申请公开情况。共受理申请三件。",
    ]

    assert paragraphs(lines, visual=True).split("\n") == [
        "2024 年，示例县坚持公开为常态、不公开为例外，严格落实条例各项规定，圆满完成了各项任务。",
        "（一）主动公开情况。县政府网站主动公开各类政府信息五千余条，制作政策解读二十一个。",
        "（二）依申请公开情况。共受理申请三件。",
    ]


def test_an_indented_line_opens_a_paragraph() -> None:
    lines = [
        "  第一段文字写到这里就满了一行而且还",
        "没有写完。",
        "  第二段文字写到这里也满了一行但是还",
        "没完。",
    ]

    assert len(paragraphs(lines, visual=True).split("\n")) == 2


def test_paragraphs_of_a_word_file_stay_apart() -> None:
    assert paragraphs(["第一段", "第二段", "12"], visual=False) == "第一段\n第二段"


def test_the_foot_of_a_web_page_ends_the_text() -> None:
    assert paragraphs(["无其他事项。", "上一篇：通知", "版权所有"], visual=False) == "无其他事项。"


def test_justified_text_is_closed_up() -> None:
    assert paragraphs(["号 ， 邮 编 ： 223100 ， 电 话"], visual=False) == "号，邮编： 223100 ，电话"

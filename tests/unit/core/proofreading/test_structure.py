"""Headings, paragraphs, pairs of marks, dates and sums: what is found, and what only looks like it."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.core.proofreading import Severity, check, paper_day

ON = date(2024, 12, 31)


def found(text: str, *, hints: bool = False) -> list[tuple[str, str]]:
    return [
        (each.rule, each.quote) for each in check(text, on=ON) if hints or each.severity is not Severity.HINT
    ]


PROSE = "管委会认真落实政务公开各项任务，及时发布政策文件和解读材料，主动回应社会关切。"


def headed(*heads: str) -> str:
    return "\n".join(f"{head}\n{PROSE}{at}号。" for at, head in enumerate(heads))


def test_a_number_left_out_is_found():
    assert found(headed("一、总体情况", "二、主动公开", "四、存在问题")) == [("ST-01", "四、")]


def test_a_number_said_twice_is_found():
    assert found(headed("（一）总体情况", "（二）主动公开", "（二）存在问题")) == [("ST-01", "（二）")]


@pytest.mark.parametrize(
    "heads",
    [
        ("一、总体", "（一）公开", "（二）管理", "二、问题", "（一）公开", "三、措施"),
        ("一、总体", "二、问题", "三、措施", "一、另一篇", "二、问题"),
        ("（一）公开", "1.一项", "2.二项", "（二）管理", "3.三项"),
    ],
)
def test_lists_that_begin_again_or_go_on_are_right(heads):
    assert found(headed(*heads)) == []


def test_one_heading_in_half_width_brackets_among_full_ones_is_found():
    assert found(headed("（一）总体", "(二)公开", "（三）问题")) == [("ST-03", "(二)")]


def test_half_width_brackets_throughout_are_a_hint():
    text = headed("(一)总体", "(二)公开", "(三)问题")

    assert found(text) == []
    assert ("PU-04", "(一)") in found(text, hints=True)


def test_run_in_numbers_must_follow_each_other():
    assert found("一是抓学习，二是抓落实，四是抓督查。") == [("ST-01b", "四是")]
    assert found("一是抓学习，二是抓落实，三是抓督查。同时，一是重结果，二是重过程。") == []


def test_articles_must_follow_each_other():
    text = "第一条　为了加强管理，制定本办法。\n第二条　本办法适用于本县。\n第四条　本办法自印发之日起施行。"

    assert found(text) == [("ST-05", "第四条")]


def test_a_paragraph_broken_after_a_comma_is_found():
    text = f"{PROSE}\n发挥各部门职能作用，强化统筹协调，\n\n加大信息公开力度，确保任务完成。\n{PROSE}二"

    assert ("PU-22", "化统筹协调，\n\n加大信息公开") in found(text)


def test_a_paragraph_without_an_end_is_found():
    text = f"{PROSE}\n召开会议三次。印发文件，并宣传《招商引资奖励办法》\n2023年，兑付资金1709万元。"

    assert ("PU-21", "资奖励办法》") in found(text)


@pytest.mark.parametrize(
    "last",
    [
        "（记者 某某）",
        "附件：1.任务清单",
        "联系人：某某，电话：0000-80000000",
        "县政府办公室",
        "2024年1月5日",
    ],
)
def test_lines_that_need_no_end_are_left_alone(last):
    assert found(f"{PROSE}\n{PROSE}二。{last}" if last.startswith("（") else f"{PROSE}\n{last}") == []


def test_lines_of_a_page_layout_are_joined_before_they_are_read():
    """A PDF breaks lines inside words; that is not a broken paragraph, and the error across the break is found."""
    line = "县政府办公室认真落实上级各项决策部署和县委工作要求并且抓好"
    text = "\n".join(
        [
            line,
            line,
            "各镇各部门各单位要按照职责分工切实抓好年度政务公开工作布",
            "署落实和督促检查并按季度报送情况同时抓好业务培训和考核评",
            line,
            line,
            line,
        ]
    )

    findings = [each for each in check(text, on=ON) if each.rule == "TY-001"]

    assert [text[each.start : each.end] for each in findings] == ["布\n署"]
    assert not [each for each in check(text, on=ON) if each.rule.startswith("PU-2")]


def test_marks_without_a_partner_are_found():
    assert found("开展“放管服改革，提高效率，方便群众。") == [("PU-05", "“")]
    assert found("参加单位有（含下属单位三家，共十二家。") == [("PU-05", "（")]


@pytest.mark.parametrize(
    "text",
    [
        "任务包括：1）加强学习；2）抓好落实。",
        "他指出：“要抓落实。\n“还要抓督查。”他最后说。",
        "关于印发《政务公开\n工作办法》的通知",
    ],
)
def test_marks_whose_partner_stands_elsewhere_are_left_alone(text):
    assert [each for each in found(text) if each[0] == "PU-05"] == []


@pytest.mark.parametrize("day", ["2023年2月29日", "2023年4月31日", "2023年13月1日", "11月31日"])
def test_a_day_that_does_not_exist_is_found(day):
    assert found(f"会议于{day}召开。") == [("NU-20", day)]


def test_a_weekday_that_does_not_fit_is_found_with_the_right_one():
    [finding] = check("活动于2024年5月1日（星期五）举行。", on=ON)

    assert (finding.rule, finding.suggestion) == ("NU-21", "2024年5月1日是星期三")
    assert found("活动于2024年5月1日（星期三）举行。") == []


def test_parts_in_brackets_must_add_up():
    assert found("收到申请60件（市政府20件、县政府30件、乡镇15件）。") == [("ST-08", "60")]
    assert found("收到申请65件（市政府20件、县政府30件、乡镇15件）。") == []


def test_parts_that_overlap_are_no_error():
    assert found("共有职工100人，其中女性60人、党员50人、大专以上学历90人。") == []


def test_repeated_text_is_found():
    assert found("我们的的工作取得进展，要进一步进一步完善制度。") == [
        ("LE-04", "的的"),
        ("LE-04", "进一步进一步"),
    ]
    assert found("该项目的的确切目的，是为了了解情况。达到目的的关键在于落实。") == []


def test_the_day_of_a_paper_is_its_dated_line_else_the_year_it_names_most():
    today = date(2026, 1, 1)

    assert paper_day("2023年工作总结\n县政府\n2024年1月5日", today=today) == date(2024, 1, 5)
    assert paper_day("2023年情况，2023年数据，2024年打算", today=today) == date(2023, 12, 31)
    assert paper_day("没有日期", today=today) == today

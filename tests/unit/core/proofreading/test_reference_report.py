"""The reference report, read first and proofread after: what a careful proofreader marks, and what is right in it.

The collocations that find 登 for 等 and the lost 理 were learnt from this report; the other rules were not made for it.
The text itself is not kept.
"""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.core.proofreading import Finding, Severity, check

MARKED = {  # what the proofreader writes in the margin, and the characters it is about
    "half-width angle brackets inside a title": "<中华人民共和国政府信息公开工作年度报告格式>",
    "third heading with half-width brackets, the first two have full-width ones": "(三)",
    "fourth heading, the same": "(四) 平台",
    "fifth heading, the same": "(五) 监督",
    "paragraph broken after a comma": "协调发挥各局、部职能作用，",
    "no full stop after the title that ends a sentence": "项目推荐人奖励办法》\n",
    "marks of a text editor around the second point": "**深化重点民生领域信息公开**",
    "the same around the third": "**扩大政策精准推送**",
    "the same around the fourth": "**深度推进政府开放**",
    "the same around the fifth": "**强化政务公开队伍建设**",
    "登 for 等": "”登微信公众号",
    "paragraph broken inside 工作人员": "强化政务公开工作人\n",
    "理 is missing in 理论学习会": "职工论学习会",
}
RIGHT = (
    "三审三校",
    "谁主管、谁负责，谁公开、谁审查",
    "六新六特六优",
    "急难愁盼",
    "强工惠企",
    "应享尽享",
    "政策找人、政策找企业",
    "揭榜攻关",
    "稳岗就业",
    "数字赋能 便民利企",
    "三安全一稳定",
    "勾稽关系",
    "国办公开办函〔2021〕30号",
    "补齐短板弱项",
    "云上青铜峡",
    "兑付各类优惠政策奖补资金1709.7万元",
)


@pytest.fixture
def report(samples) -> str:
    return (samples / "reference-2023.txt").read_text(encoding="utf-8")


def weighty(text: str) -> list[Finding]:
    findings = check(text, on=date(2023, 12, 31))
    return [finding for finding in findings if finding.severity is not Severity.HINT]


@pytest.mark.parametrize("note", MARKED)
def test_what_a_careful_proofreader_marks_is_found(report, note):
    start = report.index(MARKED[note])
    end = start + len(MARKED[note])

    assert [each for each in weighty(report) if each.start < end and start < each.end]


def test_nothing_else_is_called_an_error(report):
    spans = [(report.index(words), report.index(words) + len(words)) for words in MARKED.values()]

    assert [
        each.quote
        for each in weighty(report)
        if not any(each.start < end and start < each.end for start, end in spans)
    ] == []


@pytest.mark.parametrize("expression", RIGHT)
def test_fixed_expressions_are_left_alone(report, expression):
    start = report.index(expression)
    end = start + len(expression)

    assert [each.quote for each in weighty(report) if each.start < end and start < each.end] == []


def test_the_wrong_and_the_missing_character_come_with_their_correction(report):
    suggested = {finding.quote: finding.suggestion for finding in weighty(report)}

    assert suggested["登"] == "等"
    assert suggested["论学习"] == "理论学习"

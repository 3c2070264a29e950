"""The facts that letters speak of, by their Chinese placeholder names.

A template writes ``{收到日期}``; the value comes from the record, from a clerk's form or from the rules. Nothing in a
value is expanded again, so an applicant who writes braces changes no letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Origin(StrEnum):
    """Who supplies a fact."""

    RECORD = "record"  # from the application and the office's settings
    ACT = "act"  # from the act that issues the letter
    CLERK = "clerk"  # typed with the decision
    RULES = "rules"  # the law as data: cannot be typed at all


@dataclass(frozen=True, slots=True)
class Fact:
    """One placeholder: its name, who supplies it, and what to write there."""

    name: str
    origin: Origin
    hint: str = ""
    multiline: bool = False


def _facts(origin: Origin, *names: str) -> tuple[Fact, ...]:
    return tuple(Fact(name, origin) for name in names)


LEGAL_BASIS = "法律依据"
REMEDY = "救济告知"

FACTS: dict[str, Fact] = {
    fact.name: fact
    for fact in (
        *_facts(Origin.RULES, LEGAL_BASIS, REMEDY),
        *_facts(
            Origin.RECORD,
            "机关名称",
            "受理机构",
            "联系电话",
            "办公地址",
            "邮政编码",
            "办公时间",
            "申请人",
            "称谓",
            "申请编号",
            "收到日期",
            "申请内容",
            "答复期限",
            "提交方式",
            "提交日期",
            "申请人类别",
            "证件名称",
            "证件号码",
            "申请人电话",
            "申请人邮箱",
            "申请人地址",
            "获取方式",
            "登记人",
            "经办部门",
            "办理经过",
        ),
        *_facts(
            Origin.ACT,
            "不明确之处",
            "补正指引",
            "补正期限",
            "频次事实",
            "说明期限",
            "延期理由",
            "延长工作日数",
            "原答复期限",
            "新答复期限",
            "延迟答复日期",
            "对方名称",
            "涉及信息",
            "征求日期",
            "逾期后果",
            "收费依据",
            "计收标准",
            "计算过程",
            "收费金额",
            "缴费方式",
            "缴费期限",
            "事由",
            "告知日期",
            "届满日期",
            "撤回方式",
            "送达文书",
            "送达方式",
            "送达日期",
            "送达凭证",
        ),
        Fact("公开途径", Origin.CLERK, "写明网址或者栏目，让申请人一次就能找到。", multiline=True),
        Fact("提供内容", Origin.CLERK, "写明提供的是什么文件、多少页。", multiline=True),
        Fact("提供方式", Origin.CLERK, "已上传附件的可以不填；否则写明获取的方式、途径和时间。"),
        Fact("公开部分", Origin.CLERK, "写明公开的是哪些内容。", multiline=True),
        Fact(
            "不公开部分及理由",
            Origin.CLERK,
            "逐项写明不公开的是什么、依据哪一条、为什么。",
            multiline=True,
        ),
        Fact(
            "不公开理由",
            Origin.CLERK,
            "针对这份信息写，不能只抄条文：是什么信息，公开会有什么后果。",
            multiline=True,
        ),
        Fact("法律名称", Origin.CLERK, "写全称和条款，例如：《中华人民共和国统计法》第二十八条。"),
        Fact("办理途径", Origin.CLERK, "到哪里、凭什么材料、怎样查询。", multiline=True),
        Fact("检索情况", Origin.CLERK, "查了哪些部门、系统、关键词，结果如何。", multiline=True),
        Fact("不属于理由", Origin.CLERK, "为什么不由本机关负责公开。", multiline=True),
        Fact("负责机关", Origin.CLERK, "能够确定的写名称；不能确定的写“无法确定”。"),
        Fact("负责机关联系方式", Origin.CLERK, "电话或者地址；不能确定的写“无”。"),
        Fact("加工分析理由", Origin.CLERK, "现有的是什么，需要怎样加工、分析才能得出。", multiline=True),
        Fact("仍不明确之处", Origin.CLERK, "补正之后哪一点仍然不明确。", multiline=True),
        Fact("前次文号", Origin.CLERK, "上一次答复的文号。"),
        Fact("前次日期", Origin.CLERK, "上一次答复的日期。"),
        Fact(
            "说明理由情况", Origin.CLERK, "申请人怎样说明、为什么不合理；没有说明的也要写明。", multiline=True
        ),
        Fact("事项性质理由", Origin.CLERK, "为什么属于信访、投诉、举报等活动。", multiline=True),
        Fact("反映渠道", Origin.CLERK, "告诉申请人可以通过什么渠道提出。"),
        Fact("获取途径", Origin.CLERK, "在哪里可以买到、借到或者查到。", multiline=True),
        Fact("更正结果", Origin.CLERK, "更正了什么，或者为什么不更正、应当向哪个机关提出。", multiline=True),
        Fact("已获取情况", Origin.CLERK, "申请人何时、从哪里已经获取这份信息。", multiline=True),
        Fact("移交档案馆情况", Origin.CLERK, "何时移交哪个国家档案馆。", multiline=True),
        Fact("查阅途径", Origin.CLERK, "怎样依照档案法查阅。", multiline=True),
        Fact("不属于政府信息理由", Origin.CLERK, "为什么不是第二条所说的政府信息。", multiline=True),
        Fact("公开内容", Origin.CLERK, "决定公开的是什么。", multiline=True),
        Fact("公开理由", Origin.CLERK, "不公开会怎样重大影响公共利益。", multiline=True),
    )
}

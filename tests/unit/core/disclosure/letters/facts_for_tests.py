"""One value for every fact that letters know."""

from __future__ import annotations

from gongkai.core.disclosure.letters import FACTS, Origin, RemedyBodies

BODIES = RemedyBodies("示例县人民政府", "示例县人民法院")
_GIVEN = {
    "机关名称": "示例工业园区管理委员会",
    "受理机构": "示例工业园区管委会办公室",
    "联系电话": "0510-80000000",
    "办公地址": "示例县示例路1号",
    "申请人": "申请人甲",
    "称谓": "你",
    "申请编号": "2026-0001",
    "收到日期": "2026年3月2日",
    "申请内容": "2025年度园区道路保洁合同",
    "答复期限": "2026年3月30日",
    "新答复期限": "2026年4月28日",
    "原答复期限": "2026年3月30日",
    "延长工作日数": "20",
    "前次文号": "示园公复〔2025〕3号",
    "前次日期": "2025年6月3日",
    "收费金额": "700",
    "法律名称": "《中华人民共和国统计法》第二十八条",
    "逾期后果": "逾期未提出意见的，视为同意公开。",
    "对方名称": "示例企业甲",
}
FULL = {
    name: _GIVEN.get(name, f"（{name}）") for name, fact in FACTS.items() if fact.origin is not Origin.RULES
}

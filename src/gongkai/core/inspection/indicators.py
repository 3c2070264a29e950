"""The table of indicators.

Source: ``portal-rules`` §2.2 (veto items of 国办秘函〔2019〕19号), §2.3 (deductions: names read, points from memory), §1 (国办发
〔2017〕47号: footer, labels, columns, links), §6 (accessibility, transport: ours). Marks are those of the rules as read there.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gongkai.core.inspection.findings import Indicator, Kind

_V, _D, _S, _Q = Kind.VETO, Kind.DEDUCTION, Kind.SAFETY, Kind.QUALITY
ONE, TWO, FIVE = Decimal(1), Decimal(2), Decimal(5)
_ANNEX = "国办秘函〔2019〕19号"
_GUIDE = "国办发〔2017〕47号"

INDICATORS: tuple[Indicator, ...] = (
    Indicator("V-W-01", "严重问题", "严重表述错误", _V, "2p", _ANNEX, "由校对人员核实；确认的立即更正并登记。",
              needs_person=True),
    Indicator("V-W-02", "严重问题", "泄露国家秘密", _V, "2p", _ANNEX, "立即撤下，报保密部门。", needs_person=True),
    Indicator("V-W-03", "严重问题", "发布或链接反动、暴力、色情等内容", _V, "2p", _ANNEX, "立即断开链接，核查来源。",
              needs_person=True),
    Indicator("V-W-04", "严重问题", "遭受安全攻击（挂马、篡改）没有及时处置", _V, "1p", _ANNEX,
              "保全现场，重新生成静态页，查明改动的来源。", needs_person=True),
    Indicator("V-W-05", "严重问题", "伪造发稿日期等弄虚作假", _V, "1p", _ANNEX, "改回真实的发布时间，说明原因。"),
    Indicator("V-W-06", "严重问题", "网站管理不善引发严重负面舆情", _V, "1p", _ANNEX, "由人工判断。", needs_person=True),
    Indicator("V-W-07", "站点无法访问", "一周内首页打不开的次数占 5% 以上", _V, "2p", _ANNEX, "查明服务器、网络、域名的故障。"),
    Indicator("V-W-08", "首页不更新", "首页两周没有新信息", _V, "2p", _ANNEX, "在首页发布新信息。"),
    Indicator("V-W-09", "栏目不更新", "动态类两周、一级通知政策类六个月没有更新的栏目", _V, "2p", _ANNEX,
              "补发应公开的信息；确已停更的栏目归档。", threshold=5),
    Indicator("V-W-10", "栏目不更新", "应更新长期未更新的栏目", _V, "2p", _ANNEX, "补发信息，或者合并、归档栏目。", threshold=10),
    Indicator("V-W-11", "空白栏目", "空白栏目", _V, "2p", _ANNEX, "充实内容；没有内容的栏目不设。", threshold=5),
    Indicator("V-W-12", "互动回应差", "没有有效的在线咨询、建言渠道", _V, "2p", _ANNEX, "开通在线留言，保证能提交、有人办。"),
    Indicator("V-W-13", "互动回应差", "一年内的有效留言超过三个月没有答复", _V, "2p", _ANNEX, "立即答复并公开。"),
    Indicator("V-W-14", "服务不实用", "没有提供办事服务", _V, "1p", _ANNEX, "公开事项清单和办事指南。"),
    Indicator("V-W-15", "服务不实用", "办事指南缺 4 类以上要素的事项", _V, "mem", _ANNEX, "补齐事项名称、依据、条件、材料、地点、"
              "时间、电话、流程。", threshold=5),
    Indicator("V-W-16", "服务不实用", "事项不足 5 个且每个都缺 4 类以上要素", _V, "mem", _ANNEX, "补齐办事指南的要素。"),
    Indicator("V-M-02", "政务新媒体", "账号两周没有更新", _V, "2p", _ANNEX, "发布新内容；不再运营的注销备案。"),
    Indicator("D-01", "发布解读", "概况信息", _D, "mem", _ANNEX, "设立概况信息栏目。", points=FIVE, cap=FIVE),
    Indicator("D-02", "发布解读", "机构职能", _D, "mem", _ANNEX, "设立机构职能栏目。", points=FIVE, cap=FIVE),
    Indicator("D-03", "发布解读", "领导信息", _D, "mem", _ANNEX, "设立负责人信息栏目。", points=FIVE, cap=FIVE),
    Indicator("D-04", "发布解读", "动态要闻两周内有更新", _D, "mem", _ANNEX, "更新动态要闻。", points=FIVE, cap=FIVE),
    Indicator("D-05", "发布解读", "政策文件六个月内有更新", _D, "mem", _ANNEX, "更新政策文件。", points=Decimal(3), cap=FIVE),
    Indicator("D-06", "发布解读", "政策解读栏目六个月内有更新", _D, "1p", _ANNEX, "发布解读，与文件互相链接。", points=ONE),
    Indicator("D-07", "发布解读", "其他栏目空白或者应更新未更新", _D, "mem", _ANNEX, "充实、更新、合并或者归档栏目。", points=ONE),
    Indicator("D-08", "办事服务", "事项公开", _D, "mem", _ANNEX, "公开并分类事项清单。"),
    Indicator("D-09", "办事服务", "办事指南要素完整", _D, "1p", _ANNEX, "补齐缺少的要素。", points=ONE),
    Indicator("D-12", "互动交流", "信息提交", _D, "mem", _ANNEX, "由人工试用留言。"),
    Indicator("D-14", "互动交流", "留言公开：两个月内有公开的留言", _D, "1p", _ANNEX, "公开留言和答复。", points=Decimal(3),
              cap=Decimal(3)),
    Indicator("D-15", "互动交流", "咨询 5 个工作日内答复", _D, "mem", _ANNEX, "由人工提问测试。"),
    Indicator("D-16", "互动交流", "征集调查", _D, "1p", _ANNEX, "由人工核对一年内的活动。"),
    Indicator("D-17", "功能设计", "域名规范", _D, "2p", "国办函〔2018〕55号", "使用规范的 .gov.cn 域名，站内链接统一。", points=ONE,
              cap=TWO),
    Indicator("D-18", "功能设计", "页脚标识齐全", _D, "1p", _GUIDE, "在全站页脚补上缺少的项目。", points=ONE, cap=FIVE),
    Indicator("D-19", "功能设计", "链接打不开或者错误", _D, "1p", _ANNEX, "改正或者去掉链接。", points=Decimal("0.1")),
    Indicator("D-20", "功能设计", "全站搜索能搜到已发布的标题", _D, "1p", _ANNEX, "重建索引，核对搜索服务。", points=ONE, cap=FIVE),
    Indicator("D-21", "功能设计", "网页标签", _D, "2p", f"{_GUIDE}网页标签表", "按页面类别补齐、改正标签。", points=ONE, cap=FIVE),
    Indicator("D-22", "功能设计", "兼容性", _D, "1p", _ANNEX, "由人工用主流浏览器查看。"),
    Indicator("D-23", "功能设计", "IPv6 改造", _D, "1p", "IPv6 监测指标", "由人工从 IPv6 网络测试。"),
    Indicator("S-LEAK", "安全", "公开的内容里有个人信息、隐藏信息", _S, "1p", "《条例》第十五条", "立即撤下，遮盖后重新发布。",
              since=date(2019, 5, 15)),
    Indicator("S-HIDDEN", "安全", "暗链：页面里藏着看不见的外部链接", _S, "2p", _GUIDE, "删除暗链，查明来源。", since=date(2017, 5, 15)),
    Indicator("S-FOREIGN", "安全", "链接到 IP 地址或者没有核准的外部网站", _Q, "2p", _GUIDE, "核准后加入名单，或者去掉链接。",
              since=date(2017, 5, 15)),
    Indicator("S-TAMPER", "安全", "网页与签发的内容不一致", _S, "ours", "本软件的静态页清单", "重新生成静态页，查明改动的来源。"),
    Indicator("Q-WORDS", "质量", "文字差错", _Q, "2p", _ANNEX, "改正后重新送审发布。"),
    Indicator("Q-ACCESS", "质量", "无障碍：语言、图片说明、表单标签", _Q, "1p", "GB/T 37668—2019", "补上页面语言、图片说明、表单标签。"),
    Indicator("Q-HTTPS", "质量", "加密访问", _Q, "ours", "本软件的要求", "全站使用 HTTPS，去掉明文资源。"),
    Indicator("Q-HEADERS", "质量", "安全响应头", _Q, "ours", "本软件的要求", "在服务器上补齐响应头，隐去版本号。"),
    Indicator("Q-UNREAD", "质量", "附件打不开、读不出文字", _Q, "ours", "本软件的要求", "换成能读出文字的文件。"),
)  # fmt: skip

BY_CODE = {one.code: one for one in INDICATORS}


def indicators_on(day: date) -> tuple[Indicator, ...]:
    """The indicators in force on a day."""
    return tuple(one for one in INDICATORS if one.since <= day)

"""The demo's applications: a year at the building bureau that fills every row of table 三, open cases of today.

Everything is made up: applicants by role, addresses, telephones, documents and cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone

from gongkai.agencies.models import Department, Organ, User
from gongkai.calendar_files import working_calendar
from gongkai.core.disclosure.clock import Channel
from gongkai.demo.applicants import Applicant, body_of, foreigner, person
from gongkai.demo.days import Story, live
from gongkai.demo.handling import Case, Consult, Desk, Quarrel, life
from gongkai.demo.people import HOUSING, ORGANS, PARK
from gongkai.inforequests.letters.words import in_words
from gongkai.inforequests.models import InfoRequest, Letter, OfficeProfile

COUNTY_GOVERNMENT, COURT = "示例县人民政府", "示例县人民法院"
HIGHER_COURT = "示例市中级人民法院"
MARKS = {
    "DEMO00": "示府公复",
    "DEMO01": "示园公复",
    "DEMO02": "示建公复",
    "DEMO03": "示镇公复",
    "DEMO04": "示税公复",
}
PLANNING, WORKS, HOMES, INDUSTRY = "规划科", "工程管理科", "住房保障科", "建筑业管理科"

PEOPLE = {
    mark: person(mark, number)
    for number, mark in enumerate("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥", 1)
}
FIRM, BUILDER, TRADER, ESTATE = (body_of("commercial", mark, n) for n, mark in enumerate("甲乙丙丁", 1))
INSTITUTE, PLANNERS = (body_of("research", mark, n) for n, mark in enumerate("甲乙", 11))
SOCIETY, CHARITY = (body_of("public_welfare", mark, n) for n, mark in enumerate("甲乙", 21))
LAWYERS, ADVOCATES = (body_of("legal_service", mark, n) for n, mark in enumerate("甲乙", 31))
OWNERS, VILLAGE = (body_of("other_org", mark, n) for n, mark in enumerate("甲乙", 41))
VISITOR = foreigner(1)

SITE = "示例县人民政府门户网站“住房和城乡建设”栏目（www.example.cn/zhujian）"
PUBLISHED = {"公开途径": f"{SITE}，按文件名称检索即可查阅、下载"}
THIRD = "third_party"


def given(what: str) -> dict[str, str]:
    return {"提供内容": what, "提供方式": "自本告知书送达之日起，凭申请编号和查询码在网上申请平台下载"}


def partly(shown: str, hidden: str) -> dict[str, str]:
    return {
        "公开部分": shown,
        "不公开部分及理由": hidden,
        "提供方式": "自本告知书送达之日起，凭申请编号和查询码在网上申请平台下载",
    }


def refused(why: str, law: str = "") -> dict[str, str]:
    return {"不公开理由": why, "法律名称": law} if law else {"不公开理由": why}


def searched(desk: Desk, request: InfoRequest) -> dict[str, str]:
    search = request.searches.latest("pk")
    return {
        "检索情况": f"以“{search.keywords}”为检索词，检索了{search.scope}（{search.systems}），{search.found}"
    }


def elsewhere(organ: str, why: str) -> dict[str, str]:
    return {"不属于理由": why, "负责机关": organ, "负责机关联系方式": "示例县示例路100号，0510-80008000"}


def answered_before(desk: Desk, request: InfoRequest) -> dict[str, str]:
    """The last reply to the same applicant."""
    letter = (
        Letter.objects.filter(request__identity_hash=request.identity_hash, request__organ=desk.organ)
        .exclude(decision=None)
        .exclude(request=request)
        .latest("pk")
    )
    return {"前次文号": letter.document_number, "前次日期": in_words(letter.dated)}


def carried_from_2024() -> list[Case]:
    """Received in December 2024, answered in 2025."""
    return [
        Case(date(2024, 12, 11), PEOPLE["甲"], "老旧小区改造计划", "2024年度老旧小区改造项目清单和实施时间",
             "D-36-1", PUBLISHED, HOMES, wait=14),
        Case(date(2024, 12, 18), BUILDER, "示例大道改造工程结算材料", "示例大道改造工程竣工结算审核报告",
             "D-36-2", given("示例大道改造工程竣工结算审核报告"), WORKS, Channel.SIGNED_MAIL, wait=12, by_post=True),
        Case(date(2024, 12, 30), PEOPLE["乙"], "规划条件变更材料", "示例新村地块规划条件变更的论证材料",
             "D-36-4", searched, PLANNING, Channel.EMAIL, wait=13),
    ]  # fmt: skip


def opened_up() -> list[Case]:
    """Rows 三（一） and 三（二）: given, or given in part."""

    def grants(on: date, mark: str, channel: Channel = Channel.WEB) -> Case:
        return Case(
            on,
            PEOPLE[mark],
            "农村危房改造补助名单",
            "2024年度农村危房改造补助对象名单和补助标准",
            "D-36-2",
            given("2024年度农村危房改造补助对象名单和补助标准"),
            HOMES,
            channel,
            wait=5,
            file="农村危房改造补助名单",
        )

    return [
        grants(date(2025, 1, 8), "丙"),
        grants(date(2025, 2, 12), "丁", Channel.COUNTER),
        grants(date(2025, 3, 19), "戊"),
        grants(date(2025, 4, 9), "己", Channel.ORDINARY_MAIL),
        Case(date(2025, 1, 14), FIRM, "建筑垃圾处置核准情况", "2024年核准的建筑垃圾处置企业名单",
             "D-36-2", given("2024年建筑垃圾处置核准企业名单"), INDUSTRY, wait=6, file="建筑垃圾处置核准企业名单"),
        Case(date(2025, 2, 18), PEOPLE["庚"], "商品房预售许可", "示例花园二期商品房预售许可证及其附件",
             "D-36-1", PUBLISHED, HOMES, Channel.COUNTER, on_the_spot=True),
        Case(date(2025, 2, 25), INSTITUTE, "海绵城市建设资料", "海绵城市建设试点项目的监测数据汇总表",
             "D-36-2", given("海绵城市试点项目2023—2024年监测数据汇总表"), WORKS, wait=15, extend=10),
        Case(date(2025, 3, 6), OWNERS, "物业专项维修资金使用情况", "示例花园一期物业专项维修资金2022—2024年使用明细",
             "D-36-2", given("示例花园一期物业专项维修资金使用明细表"), HOMES, wait=11),
        Case(date(2025, 3, 27), SOCIETY, "无障碍设施改造项目", "2025年无障碍设施改造项目计划和资金安排",
             "D-36-2", given("2025年无障碍设施改造项目计划"), WORKS, Channel.SIGNED_MAIL, wait=9, by_post=True),
        Case(date(2025, 4, 15), LAWYERS, "示例新村房屋征收补偿方案", "示例新村房屋征收补偿方案和公告",
             "D-36-1", PUBLISHED, PLANNING, wait=4),
        Case(date(2025, 5, 13), PEOPLE["辛"], "燃气管道改造施工许可", "示例路燃气管道改造工程施工许可证和施工图审查合格书",
             "D-37", partly("施工许可证和审查合格书正文", "施工图审查合格书所附住户姓名、电话属于个人隐私，已遮盖"),
             WORKS, wait=12, refuses=True),
        Case(date(2025, 6, 10), ESTATE, "土地出让规划条件", "2024-12号地块规划条件通知书",
             "D-36-2", given("2024-12号地块规划条件通知书"), PLANNING, Channel.FAX, wait=8),
        Case(date(2025, 6, 25), PEOPLE["壬"], "保障房分配情况", "2025年第一批公共租赁住房分配结果和评分明细",
             "D-37", partly("分配结果和评分办法", "其他申请家庭的收入、资产和身份证号属于个人隐私，已遮盖"),
             HOMES, wait=10, refuses=True,
             consults=(Consult(THIRD, "其他申请家庭代表", "评分明细中的家庭收入和资产", "partly", "同意公开分数，不同意公开收入和资产"),)),
        Case(date(2025, 7, 8), PLANNERS, "历史建筑普查资料", "示例古镇历史建筑普查成果",
             "D-36-2", given("示例古镇历史建筑名录和普查简表"), PLANNING, pages=230, by_post=True,
             consults=(Consult("other_organ", "示例县文化局", "历史建筑普查成果", "agrees", "同意公开"),)),
        Case(date(2025, 8, 5), CHARITY, "适老化改造补贴政策", "居家适老化改造补贴申领条件和2025年预算",
             "D-36-1", PUBLISHED, HOMES, wait=3),
        Case(date(2025, 9, 2), PEOPLE["癸"], "示例桥检测报告", "示例桥2024年度结构检测报告",
             "D-36-2", given("示例桥2024年度结构检测报告"), WORKS, pages=62, by_post=True),
        Case(date(2025, 10, 14), VISITOR, "外籍人士购房政策", "外籍人士购买住房的资格要求和所需材料",
             "D-36-1", PUBLISHED, HOMES, Channel.EMAIL, wait=3),
        Case(date(2025, 10, 28), OWNERS, "消防验收备案情况", "示例花园三期消防验收备案凭证和抽查结果",
             "D-36-2", given("示例花园三期消防验收备案凭证和抽查结果通知书"), INDUSTRY, wait=16),
        Case(date(2025, 11, 11), PEOPLE["子"], "道路改造招标文件", "示例东路改造工程招标文件和中标通知书",
             "D-37", partly("招标文件和中标通知书", "投标人技术方案属于商业秘密，权利人不同意公开"), WORKS, refuses=True,
             consults=(Consult(THIRD, "示例丙建设公司", "投标文件中的施工组织设计", "objects", "属于本公司商业秘密，请不予公开"),)),
        Case(date(2025, 11, 19), PEOPLE["丑"], "公园绿地建设计划", "2026年口袋公园建设计划", "D-36-1", PUBLISHED, WORKS, wait=6),
    ]  # fmt: skip


def refusals() -> list[Case]:
    """Row 三（三）, each of its eight reasons, some contested."""
    reconsidered = Quarrel(
        "reconsideration", "示府复〔2025〕18号", COUNTY_GOVERNMENT, 12, "upheld", 38,
        suit=Quarrel("suit_after", "（2025）示0100行初31号", COURT, 8, "upheld", 55),
    )  # fmt: skip
    return [
        Case(date(2025, 1, 21), PEOPLE["寅"], "人防工程平面图", "示例广场地下人防工程平面布置图",
             "D-14-1", refused("该图纸已定为国家秘密，在保密期限内"), WORKS, wait=9),
        Case(date(2025, 2, 6), ADVOCATES, "举报人材料", "示例工地举报案件中举报人提交的材料",
             "D-14-2", refused("举报材料依法应当保密", "《中华人民共和国监察法实施条例》"), INDUSTRY, wait=10, quarrels=(reconsidered,)),
        Case(date(2025, 3, 11), PEOPLE["卯"], "自来水厂布置图", "示例自来水厂工艺管线和加药间布置图",
             "D-14-3", refused("公开后可能危及供水安全和公共安全"), WORKS, Channel.SIGNED_MAIL, wait=11, by_post=True),
        Case(date(2025, 3, 25), TRADER, "监理单位报价文件", "示例医院工程监理投标的全部报价文件",
             "D-15", refused("第三方认为属于商业秘密并书面不同意公开，本机关审查后认为理由成立，公开不涉及公共利益"), WORKS,
             consults=(Consult(THIRD, "示例戊监理公司", "监理投标报价文件", "objects", "报价构成属于商业秘密"),)),
        Case(date(2025, 4, 22), PEOPLE["辰"], "干部考勤记录", "2024年度机关工作人员考勤汇总",
             "D-16-1", refused("属于本机关人事管理方面的内部事务信息，不影响公民、法人的权利义务"), "", wait=5),
        Case(date(2025, 5, 6), PEOPLE["巳"], "规划调整讨论记录", "示例片区控制性详细规划调整的会议讨论记录",
             "D-16-2P", refused("属于形成规划决定过程中的讨论记录"), PLANNING, wait=9,
             quarrels=(Quarrel("reconsideration", "示府复〔2025〕36号", COUNTY_GOVERNMENT, 15, "corrected", 36,
                               redo=("D-36-2", given("示例片区控制性详细规划调整会议纪要"), 20)),)),
        Case(date(2025, 5, 20), LAWYERS, "工地处罚案卷", "示建罚〔2024〕7号处罚案件的询问笔录和证据材料",
             "D-16-2E", refused("属于行政执法案卷信息，申请人不是案件当事人"), INDUSTRY, wait=8,
             quarrels=(Quarrel("reconsideration", "示府复〔2025〕41号", COUNTY_GOVERNMENT, 20, "upheld", 40,
                               suit=Quarrel("suit_after", "（2025）示0100行初52号", COURT, 9, "corrected", 50)),)),
        Case(date(2025, 6, 4), PEOPLE["午"], "房屋登记簿", "示例路20号房屋的登记簿和权属证明",
             "D-36-7", {"法律名称": "《不动产登记暂行条例》", "办理途径": "持身份证件到示例县不动产登记中心查询窗口办理"}, PLANNING, wait=4),
        Case(date(2025, 9, 10), BUILDER, "企业登记档案", "示例己公司设立和变更登记档案",
             "D-36-7", {"法律名称": "《中华人民共和国市场主体登记管理条例》", "办理途径": "向登记机关的档案查询窗口申请"}, "", wait=3),
        Case(date(2025, 10, 9), PEOPLE["未"], "评标委员会评审意见", "示例学校扩建工程评标专家个人打分表",
             "D-14-2", refused("评标委员会成员的评审情况依法不得透露", "《中华人民共和国招标投标法》"), WORKS, wait=9,
             quarrels=(Quarrel("reconsideration", "示府复〔2025〕96号", COUNTY_GOVERNMENT, 10, "upheld", 35),)),
    ]  # fmt: skip


def not_available() -> list[Case]:
    """Row 三（四）: not held, to be made first, still unclear."""
    return [
        Case(date(2025, 1, 16), PEOPLE["申"], "示例巷拓宽工程批文", "1998年示例巷拓宽工程的批准文件",
             "D-36-4", searched, WORKS, Channel.ORDINARY_MAIL, wait=13,
             quarrels=(Quarrel("reconsideration", "示府复〔2025〕9号", COUNTY_GOVERNMENT, 14, "other", 18),)),
        Case(date(2025, 3, 13), FIRM, "污水管网移交协议", "示例工业区污水管网移交协议", "D-36-4", searched, WORKS, wait=15, extend=15),
        Case(date(2025, 4, 28), VILLAGE, "宅基地审批档案", "示例村1985年以前的宅基地审批档案",
             "D-36-5", elsewhere("示例县自然资源局", "宅基地审批由自然资源部门负责，本机关不制作、不保存该信息"), "", wait=4,
             quarrels=(Quarrel("direct_suit", "（2025）示0100行初27号", COURT, 30, "upheld", 45),)),
        Case(date(2025, 5, 27), PEOPLE["酉"], "学校招生计划", "示例小学2025年招生计划和学区划分",
             "D-36-5", elsewhere("示例县教育局", "招生和学区由教育部门负责"), "", Channel.EMAIL, wait=2),
        Case(date(2025, 7, 15), PEOPLE["戌"], "环评批复", "示例搅拌站环境影响评价批复",
             "D-36-5", elsewhere("示例县生态环境局", "环境影响评价由生态环境部门审批"), "", wait=2),
        Case(date(2025, 8, 12), INSTITUTE, "分乡镇建筑面积统计", "按乡镇和年代汇总的农房建筑面积统计表",
             "D-38", {"加工分析理由": "本机关只有逐户登记资料，没有按乡镇和年代汇总的统计表，需要重新汇总、分析"}, HOMES, wait=8),
        Case(date(2025, 8, 26), PEOPLE["亥"], "历年信访问题对比", "近十年物业投诉的对比分析报告",
             "D-38", {"加工分析理由": "没有现成的对比分析报告，需要另行制作"}, HOMES, wait=7),
        Case(date(2025, 9, 16), PEOPLE["甲"], "有关小区的全部材料", "和我们小区有关的全部材料",
             "D-30-UNCLEAR", {"仍不明确之处": "补正后仍未写明文件名称、年度或者其他可据以检索的特征"}, HOMES,
             unclear="没有写明是哪个小区、哪一类材料", correct="就是我住的小区，所有材料都要", wait=5),
        Case(date(2025, 10, 21), PEOPLE["乙"], "示例河护岸工程资料", "2003年示例河护岸工程验收资料", "D-36-4", searched, WORKS,
             consults=(Consult("co_maker", "示例县水利局", "护岸工程验收资料"),), wait=4,
             quarrels=(Quarrel("direct_suit", "（2025）示0100行初88号", COURT, 16, "other", 30),)),
    ]  # fmt: skip


def not_handled() -> list[Case]:
    """Rows 三（五） and 三（六）: not handled, ended, withdrawn."""
    often = "自2025年7月以来就同一工地提出同类申请5件"
    noise = "示例工地夜间施工许可"
    return [
        Case(date(2025, 2, 20), PEOPLE["丙"], "投诉示例物业乱收费", "要求查处示例物业公司乱收费并书面答复",
             "D-39-1", {"事项性质理由": "所提内容是对物业公司的投诉", "反映渠道": "示例县住房和城乡建设局信访接待室，或者拨打12345"}, HOMES, wait=3),
        Case(date(2025, 6, 17), PEOPLE["丁"], "举报违法搭建", "举报示例路8号违法搭建并要求拆除",
             "D-39-1", {"事项性质理由": "所提内容是对违法建设的举报", "反映渠道": "示例县综合行政执法局举报电话0510-80007000"}, "", wait=3),
        Case(date(2025, 7, 22), PEOPLE["戊"], noise, "示例工地2025年6月夜间施工许可", "D-36-1", PUBLISHED, INDUSTRY, wait=3),
        Case(date(2025, 8, 19), PEOPLE["戊"], noise, "示例工地2025年6月夜间施工许可", "D-36-6", answered_before, INDUSTRY, wait=2),
        Case(date(2025, 9, 4), PEOPLE["戊"], f"{noise}申请材料", "示例工地夜间施工许可的申请材料",
             "D-36-2", given("夜间施工许可申请表"), INDUSTRY, wait=10, abnormal=often,
             reason="前几次申请的是不同月份的许可，这次需要申请材料，用于申请噪声补偿", accepted=True),
        Case(date(2025, 11, 4), PEOPLE["戊"], f"{noise}（全部年度）", "示例工地全部年度夜间施工许可及审批过程材料",
             "D-35", {}, INDUSTRY, abnormal=f"{often}，10月以来又提出3件"),
        Case(date(2025, 9, 24), SOCIETY, "建设年鉴", "《示例县建设年鉴（2024）》",
             "D-39-2", {"获取途径": "该年鉴公开出版发行，可以到示例县图书馆查阅或者向出版社购买"}, "", wait=2),
        Case(date(2025, 10, 16), PEOPLE["庚"], "确认预售许可真伪", "请确认本人已取得的预售许可证复印件是否真实",
             "D-CONFIRM", {"已获取情况": "申请人已于2025年2月当场获取该预售许可证"}, HOMES, wait=3),
        Case(date(2025, 4, 2), PEOPLE["己"], "拆迁有关文件", "拆迁的文件", unclear="没有写明是哪一项目、哪一年度的文件", department=PLANNING),
        Case(date(2025, 5, 15), FIRM, "全部施工合同", "2020年以来示例大道各标段施工合同及补充协议全文", department=WORKS, pages=480, unpaid=True),
        Case(date(2025, 6, 12), PEOPLE["辛"], "公租房轮候名单", "公租房轮候名单", department=HOMES, withdraw_after=4),
        Case(date(2025, 11, 25), ADVOCATES, "工程变更签证", "示例体育馆工程变更签证单", department=WORKS, channel=Channel.SIGNED_MAIL, withdraw_after=3),
        Case(date(2025, 3, 4), PEOPLE["壬"], "1990年建设项目档案", "1990年示例纺织厂建设项目批准档案",
             "X-ARCHIVE", {"移交档案馆情况": "该档案已于2015年移交示例县档案馆", "查阅途径": "按照档案管理规定到示例县档案馆查阅"}, "", wait=6),
        Case(date(2025, 7, 2), PEOPLE["癸"], "咨询公积金政策", "请问异地公积金能否用于装修",
             "X-NOTGI", {"不属于政府信息理由": "所提内容是政策咨询，不是请求提供已有的政府信息；可以拨打12329咨询"}, HOMES, Channel.COUNTER, wait=2),
    ]  # fmt: skip


def late_and_contested() -> list[Case]:
    """Answered late, and the suits that came of it."""
    return [
        Case(date(2025, 4, 17), TRADER, "施工许可办理进度", "示例仓储项目施工许可办理过程的内部流转记录",
             "D-16-2P", refused("属于内部流转过程中的过程性信息"), INDUSTRY, wait=24,
             quarrels=(Quarrel("reconsideration", "示府复〔2025〕52号", COUNTY_GOVERNMENT, 18, "upheld", 42,
                               suit=Quarrel("suit_after", "（2026）示0100行初5号", HIGHER_COURT, 95, "")),)),
        Case(date(2025, 8, 7), PEOPLE["子"], "供水改造协议", "示例小区二次供水改造协议",
             "D-36-5", elsewhere("示例自来水公司", "该协议由供水企业签订"), WORKS, wait=22,
             quarrels=(Quarrel("direct_suit", "（2025）示0100行初60号", COURT, 20, "corrected", 36,
                               redo=("D-36-2", given("示例小区二次供水改造协议"), 25)),)),
        Case(date(2025, 12, 3), PEOPLE["丑"], "窨井盖改造合同", "2025年窨井盖改造采购合同",
             "D-36-2", given("2025年窨井盖改造采购合同"), WORKS, wait=13),
        Case(date(2025, 12, 10), INSTITUTE, "绿色建筑项目清单", "2025年通过绿色建筑标识评价的项目清单",
             "D-36-1", PUBLISHED, INDUSTRY, wait=15),
        Case(date(2025, 12, 23), VILLAGE, "村庄规划成果", "示例村村庄规划文本和图集",
             "D-36-2", given("示例村村庄规划文本和图集"), PLANNING, wait=11, extend=8),
    ]  # fmt: skip


def year_at_the_bureau() -> list[Case]:
    """The building bureau's applications received in 2024 and 2025."""
    return [
        *carried_from_2024(),
        *opened_up(),
        *refusals(),
        *not_available(),
        *not_handled(),
        *late_and_contested(),
    ]


OPEN_TOPICS = {
    PARK: (
        ("道路保洁服务合同", "本年度道路保洁服务合同及其附件"),
        ("厂房租金补贴发放情况", "本年度厂房租金补贴发放企业名单和金额"),
        ("道路照明改造计划", "主干道照明改造计划和预算"),
        ("停车场收费标准", "公共停车场收费标准和批准文件"),
        ("示例庚公司投资协议", "与示例庚公司签订的投资协议"),
        ("会议材料", "上半年的会议材料"),
        ("污水处理厂扩建图纸", "污水处理厂扩建工程全部施工图纸"),
        ("环境监测报告", "第三季度环境监测报告"),
        ("通勤班车线路", "通勤班车线路和时刻表"),
    ),
    HOUSING: (
        ("示例花园竣工验收备案表", "示例花园四期竣工验收备案表和附件"),
        ("电梯加装补贴名单", "本年度既有住宅加装电梯补贴名单和金额"),
        ("雨污分流改造方案", "示例片区雨污分流改造实施方案"),
        ("白蚁防治收费依据", "白蚁防治收费的依据和标准"),
        ("示例庚公司施工组织设计", "示例大厦项目施工组织设计"),
        ("小区材料", "小区的有关材料"),
        ("体育馆施工图纸", "示例体育馆全部施工图纸"),
        ("扬尘监测数据", "第三季度工地扬尘监测数据"),
        ("公租房申请条件", "公共租赁住房申请条件和办理流程"),
    ),
}


def open_today(desk: Desk, today: date, people: list[Applicant]) -> list[Case]:
    """Open cases around a day: overdue, due that day, due soon, and one in each state of waiting."""
    one, other = next(iter(desk.departments)), next(reversed(desk.departments))
    asked = [(who, *topic) for who, topic in zip(people, OPEN_TOPICS[desk.organ.code], strict=True)]
    overdue, in_review, due, extended, third, unclear, charged, received, filed = asked
    answering = [
        Case(desk.before(today, 23), *overdue, department=other),
        Case(
            desk.before(today, 19),
            *in_review,
            "D-36-2",
            given(in_review[1]),
            one,
            wait=16,
            until="drafted",
            file=in_review[0],
        ),
        Case(desk.before(today, 20), *due, department=other, channel=Channel.COUNTER),
        Case(desk.before(today, 18), *extended, department=one, channel=Channel.SIGNED_MAIL, extend=10),
        Case(desk.before(today, 4), *received, channel=Channel.COUNTER, until="received"),
        Case(today, *filed, until="filed"),
    ]
    waiting = [
        Case(desk.before(today, 11), *third, department=one,
             consults=(Consult(THIRD, "示例庚公司", third[2], "agrees", takes=30),)),
        Case(desk.before(today, 9), *unclear, department=one, unclear="没有写明是哪一类材料、哪一年度"),
        Case(desk.before(today, 8), *charged, department=other, pages=160),
    ]  # fmt: skip
    # Periods that begin now must end in a year whose holidays are published; late in December they may not.
    return answering + (waiting if desk.calendar.is_published(desk.after(today, 20)) else [])


def load_offices(organs: Mapping[str, Organ]) -> None:
    """What each demo organ's letters say of it."""
    for number, (code, *_rest) in enumerate(ORGANS):
        organ = organs[code]
        OfficeProfile.objects.create(
            organ=organ,
            mark=MARKS[code],
            office_name=f"{organ.name}政府信息公开办公室",
            address=f"示例县示例大道{number + 1}号",
            postcode="214000",
            telephone=f"0510-8000{number:04d}",
            email=f"gongkai{number}@example.com",
            hours="工作日 9:00—12:00，13:30—17:30",
            review_body="示例市人民政府" if code == "DEMO00" else COUNTY_GOVERNMENT,
            court=HIGHER_COURT if code == "DEMO00" else COURT,
            payment_guide="凭本通知书到示例银行任一网点缴入财政专户，缴款书请保留备查。",
        )


def load_requests(
    organs: Mapping[str, Organ], people: Mapping[str, User], *, now: datetime | None = None
) -> None:
    """Live through the bureau's years and the open cases of both bodies up to now."""
    until = now or timezone.now()
    calendar = working_calendar()
    today = timezone.localdate(until)
    if not calendar.is_published(today):
        today = date(calendar.last_year, 11, 28)
    bureau = _desk(organs[HOUSING], people, "jiansheju", "jianshejufzr", "jianshejubm")
    park = _desk(organs[PARK], people, "gongkaiban", "fuzeren", "baomi")
    stories: list[Story] = []
    cases = [(bureau, case) for case in year_at_the_bureau()]
    cases += [(bureau, case) for case in open_today(bureau, today, _people("卯辰巳午未申酉戌亥"))]
    cases += [(park, case) for case in open_today(park, today, _people("甲乙丙丁戊己庚辛壬"))]
    for number, (desk, case) in enumerate(cases):
        stories.append(life(desk, case, f"demo-{desk.organ.code}-{number:04d}"))
    live(stories, until=until)


def _people(marks: str) -> list[Applicant]:
    return [PEOPLE[mark] for mark in marks]


def _desk(organ: Organ, people: Mapping[str, User], clerk: str, head: str, reviewer: str) -> Desk:
    departments = {department.name: department for department in Department.objects.filter(organ=organ)}
    return Desk(organ, people[clerk], people[head], people[reviewer], working_calendar(), departments)

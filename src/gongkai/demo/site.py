"""The demo portal: settings, columns and items, all made up."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Site

from gongkai.agencies.models import Organ, User
from gongkai.demo import publishing
from gongkai.portal.models import PortalSettings
from gongkai.publishing.models import ColumnPage, ColumnType, HomePage
from gongkai.publishing.services.columns import DEFAULT_COLUMNS
from gongkai.supervision.models import InspectionSettings

T = ColumnType
COLUMNS = (
    # slug, parent slug, title, type, description, keywords
    (
        "zfxxgk",
        "",
        "政府信息公开",
        T.CATALOGUE,
        "集中公开指南、制度、法定主动公开内容和年报。",
        "政府信息公开,公开专区",
    ),
    (
        "zhinan",
        "zfxxgk",
        "政府信息公开指南",
        T.GUIDE,
        "公开范围、查询方式、申请方式和受理机构。",
        "公开指南,受理机构",
    ),
    (
        "zhidu",
        "zfxxgk",
        "政府信息公开制度",
        T.POLICY,
        "政府信息公开工作依据的法规和本机关制度。",
        "公开制度,条例",
    ),
    (
        "fdzdgknr",
        "zfxxgk",
        "法定主动公开内容",
        T.CATALOGUE,
        "依《条例》第二十条主动公开的信息。",
        "主动公开,目录",
    ),
    (
        "ysqgk",
        "zfxxgk",
        "依申请公开",
        T.APPLICATION,
        "主动公开以外的政府信息，可以依法申请获取。",
        "依申请公开,申请方式",
    ),
    (
        "jigou",
        "fdzdgknr",
        "机构职能",
        T.FUNCTIONS,
        "机关职能、内设机构、办公时间和联系方式。",
        "机构职能,联系方式",
    ),
    ("lingdao", "fdzdgknr", "负责人信息", T.LEADERS, "负责人姓名、职务、分工。", "负责人,分工"),
    ("guihua", "fdzdgknr", "规划计划", T.DATA, "园区发展规划和年度计划。", "规划,计划"),
    ("anquan", "fdzdgknr", "安全环保", T.DATA, "安全生产、生态环境监督检查情况。", "安全生产,生态环境"),
    ("tongzhi", "fdzdgknr", "通知公告", T.NEWS, "通知、公告和公示。", "通知,公告,公示"),
    ("zhengce", "", "政策", T.POLICY, "惠企政策和政策解读。", "惠企政策,解读"),
    ("huiying", "zhengce", "回应关切", T.RESPONSE, "对公众关心的事的回应。", "回应关切,热点"),
    ("jiedu", "zhengce", "政策解读", T.INTERPRETATION, "政策的文字、图解、问答和媒体解读。", "政策解读,图解"),
    ("fuwu", "", "办事与企业服务", T.SERVICE, "企业常办事项的条件、材料和流程。", "办事指南,企业服务"),
    ("hudong", "", "互动", T.COMPLAINT, "咨询、建议和意见反馈的渠道。", "咨询,建议"),
    ("gaikuang", "", "园区概况", T.OVERVIEW, "园区区位、产业和基础设施。", "园区概况,产业"),
)

DEFAULTS = {line.slug: line for line in DEFAULT_COLUMNS}
P = "<p>{}</p>".format


def _list(*lines: str) -> str:
    return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"


def _guide(item: str, basis: str, conditions: str, papers: str, steps: str) -> str:
    """A guide with its eight kinds of elements."""
    elements = (
        ("事项名称", item),
        ("设定依据", basis),
        ("申请条件", conditions),
        ("办理材料", papers),
        ("办理地点", "示例县示例路1号管委会一楼大厅"),
        ("办理时间", "工作日 8:30—12:00、14:00—18:00"),
        ("联系电话", "0000-0000000"),
        ("办理流程", steps),
    )
    return "".join(f"<h2>{name}</h2>{P(text)}" for name, text in elements)


ITEMS = (
    # column, slug, title, days ago, body, extra
    (
        "zhinan",
        "gongkai-zhinan",
        "示例工业园区管委会政府信息公开指南",
        300,
        "<h2>主动公开</h2>"
        + P("本机关主动公开的信息，可在“法定主动公开内容”栏目查阅、检索和下载。")
        + "<h2>依申请公开</h2>"
        + P(
            "没有主动公开的政府信息，公民、法人或者其他组织可以当面或者邮寄提交书面申请，写明姓名或名称、身份证明、联系方式，所需信息的名称、文号或其他特征，以及获取信息的方式。"
        )
        + "<h2>受理机构</h2>"
        + P("示例工业园区管委会党政办公室，办公时间：工作日 8:30—12:00、14:00—18:00。")
        + "<h2>监督</h2>"
        + P(
            "认为本机关未依法履行公开义务的，可以向上级机关或者政府信息公开工作主管部门投诉、举报，或者依法申请行政复议、提起行政诉讼。"
        ),
        {},
    ),
    (
        "zhidu",
        "tiaoli",
        "中华人民共和国政府信息公开条例（施行说明）",
        290,
        P(
            "《中华人民共和国政府信息公开条例》经国务院令第711号修订公布，自2019年5月15日起施行。本机关的公开范围、申请办理、监督保障均依《条例》执行。"
        ),
        {"topic": "综合政务"},
    ),
    (
        "zhidu",
        "shencha-zhidu",
        "信息发布审核与保密审查制度",
        210,
        P(
            "信息发布前依次经初审、复审、终审，三名审核人不得为同一人；发布前进行保密审查，未经审查的信息不得公开。"
        )
        + _list("谁主管、谁负责", "谁公开、谁审查"),
        {"document_number": "示园管发〔2022〕6号", "topic": "综合政务"},
    ),
    (
        "ysqgk",
        "shenqing-fangshi",
        "如何申请获取政府信息",
        280,
        "<h2>申请要写什么</h2>"
        + _list(
            "申请人的姓名或者名称、身份证明、联系方式",
            "所需政府信息的名称、文号，或者便于查询的其他特征",
            "需要的形式，以及获取信息的方式、途径",
        )
        + "<h2>向哪里提交</h2>"
        + P("可以到党政办公室当面提交，也可以邮寄，信封请注明“政府信息公开申请”。不需要说明用途。")
        + "<h2>多久答复</h2>"
        + P(
            "能够当场答复的当场答复；不能当场答复的，自收到申请之日起20个工作日内答复；需要延长的，最多延长20个工作日并告知申请人。"
        )
        + '<p>可以用<a href="/zfxxgk/ysqgk/jisuan/">期限和费用计算</a>核对答复期限和信息处理费。</p>',
        {},
    ),
    (
        "jigou",
        "jigou-zhineng",
        "示例工业园区管委会机构职能",
        260,
        P("示例工业园区管委会负责园区规划建设、招商引资、企业服务、安全生产和生态环境管理等工作。")
        + "<h2>内设机构</h2>"
        + _list(
            "党政办公室：政府信息公开、公文、值班",
            "经济发展局：招商引资、惠企政策、统计",
            "安全生产和环境保护局：安全生产、生态环境监管",
            "规划建设局：规划、建设、公共设施",
        ),
        {},
    ),
    (
        "guihua",
        "niandu-jihua",
        "园区年度重点工作计划",
        200,
        P("围绕主导产业延链补链、基础设施配套、企业服务和安全环保，安排年度重点工作，按季度公开进展。"),
        {"topic": "国民经济管理、国有资产监管"},
    ),
    (
        "anquan",
        "anquan-jiancha",
        "第三季度安全生产检查情况",
        48,
        P(
            "第三季度对重点企业开展安全生产检查，发现的一般隐患已全部建立台账，明确责任人和整改期限，逐项复查销号。"
        ),
        {"topic": "市场监管、安全生产监管\\安全生产监管"},
    ),
    (
        "anquan",
        "huanjing-jiance",
        "环境监测点运行情况公告",
        33,
        P("园区环境空气、地表水监测点运行正常，监测数据按日更新。"),
        {"topic": "城乡建设、环境保护\\环境监测、保护与治理"},
    ),
    (
        "tongzhi",
        "zhiban-anpai",
        "国庆节值班安排公告",
        55,
        P("节日期间实行领导带班和专人值班制度，值班电话保持畅通，突发情况按规定及时报告。"),
        {},
    ),
    (
        "tongzhi",
        "kaifangri",
        "“政府开放日”活动报名通知",
        12,
        P(
            "邀请园区企业、职工和群众走进管委会，参观智慧园区平台，座谈交流，反馈意见。报名截止日期为活动前3个工作日。"
        ),
        {},
    ),
    (
        "tongzhi",
        "zhaobiao",
        "园区道路维修工程招标公告",
        8,
        P("园区三号路维修工程已具备招标条件，现公开招标，有意参加的单位请按公告要求提交投标文件。"),
        {"topic": "城乡建设、环境保护\\城乡建设（含住房）"},
    ),
    (
        "tongzhi",
        "zhaopinhui",
        "冬季线上线下招聘会公告",
        4,
        P("联合人力资源部门举办冬季招聘会，线下设展位，线上同步投递。求职者可携带身份证明到场登记。"),
        {},
    ),
    (
        "zhengce",
        "zhaoshang-zhengce",
        "招商引资优惠政策",
        180,
        P(
            "对符合园区产业方向的项目，按固定资产投资、达产情况给予分档奖补，具体标准和申报时限以当年通知为准。"
        ),
        {"document_number": "示园管发〔2023〕4号"},
    ),
    (
        "zhengce",
        "tuijianren",
        "招商引资项目推荐人奖励办法",
        150,
        P("推荐项目落地并经核定的，按实际到位资金分档奖励推荐人；公职人员推荐属于履行职责的，不予奖励。"),
        {"document_number": "示园管发〔2023〕9号"},
    ),
    (
        "jiedu",
        "jiedu-zhaoshang",
        "一问一答：招商引资优惠政策怎么申请",
        149,
        "<h3>谁可以申请？</h3>"
        + P("在园区登记并实际经营的企业。")
        + "<h3>什么时候申请？</h3>"
        + P("每年按通知集中申报，随报随审。")
        + "<h3>钱怎么拿？</h3>"
        + P("审核公示后直接拨付到企业账户。"),
        {},
    ),
    (
        "fuwu",
        "jiangbu-zhinan",
        "奖补资金怎么申请",
        120,
        _guide(
            "企业奖补资金申请",
            "《示例工业园区奖补资金管理办法》",
            "在园区登记，无严重失信记录。",
            "申请表、营业执照、投资或用工证明",
            "提交—部门审核—公示—拨付。全程不收费。",
        ),
        {},
    ),
    (
        "fuwu",
        "zhaopin-zhinan",
        "企业招工怎么登记岗位",
        90,
        _guide(
            "企业招工岗位登记",
            "《中华人民共和国就业促进法》",
            "在园区登记的企业，岗位真实有效。",
            "岗位登记表，写明岗位名称、人数、待遇",
            "填写—核验—在招聘栏目和招聘会发布。不收费。",
        ),
        {},
    ),
    (
        "hudong",
        "zixun",
        "咨询和建议怎么提",
        75,
        P("可拨打联系电话、发送电子邮件或到党政办公室当面反映。收到的意见登记后由承办部门办理，并反馈结果。"),
        {},
    ),
    (
        "lingdao",
        "lingdao-fengong",
        "管委会负责人分工",
        60,
        P(
            "主任主持管委会全面工作。副主任分管安全生产、生态环境和应急管理。副主任分管招商、企业服务和政务公开。"
        ),
        {},
    ),
    (
        "gaikuang",
        "yuanqu-jieshao",
        "园区介绍",
        240,
        P("示例工业园区以新材料、装备制造和绿色食品为主导产业，道路、供水、供电、污水处理等配套齐备。"),
        {},
    ),
)


@transaction.atomic
def load_site(park: Organ) -> dict[str, Page]:
    """Home page, columns and the site's settings."""
    root = Page.get_first_root_node()
    for stale in root.get_children():
        stale.delete()
    root = Page.get_first_root_node()
    home = root.add_child(
        instance=HomePage(title="示例工业园区管委会", slug="home", introduction="查信息、办事情、提意见")
    )
    Site.objects.all().delete()
    site = Site.objects.create(
        hostname="localhost", port=8000, root_page=home, is_default_site=True, site_name="示例工业园区管委会"
    )
    columns: dict[str, Page] = {"": home}
    for slug, parent, title, kind, description, keywords in COLUMNS:
        page = ColumnPage(
            title=title, slug=slug, column_type=kind, description=description, keywords=keywords
        )
        page.show_in_menus = not parent
        default = DEFAULTS.get(slug)
        if default is not None:
            page.update_class, page.category = default.update_class.value, default.category
        columns[slug] = Page.objects.get(pk=columns[parent].pk).add_child(instance=page)
    PortalSettings.objects.create(
        site=site,
        organ=park,
        site_name="示例工业园区管委会",
        domain="www.example.gov.cn",
        site_code="0000000000",
        icp_number="宁ICP备00000000号-1",
        police_number="宁公网安备 00000000000000号",
        sponsor="示例工业园区管委会",
        undertaker="示例工业园区管委会党政办公室",
        telephone="0000-0000000",
        email="demo@example.invalid",
        address="示例县示例路1号",
        postcode="000000",
        office_hours="工作日 8:30—12:00、14:00—18:00",
        is_demo=True,
    )
    InspectionSettings.objects.create(
        site=site,
        organ=park,
        address="http://127.0.0.1:8000/",
        trusted_hosts="example.gov.cn",
        is_nightly=False,
    )
    return columns


@transaction.atomic
def load_items(park: Organ, users: dict[str, User], columns: dict[str, Page]) -> None:
    """The items, each published on its day after its reviews; a few wait."""
    for column, slug, title, days_ago, body, extra in sorted(ITEMS, key=lambda line: -line[3]):
        moment = _working_hour(days_ago)
        item = publishing.draft(
            users,
            park,
            columns[column],
            moment - timedelta(hours=1),
            title=title,
            slug=slug,
            body=body,
            summary=title,
            keywords=title.split("（")[0][:20],
            **extra,
        )
        publishing.release(users, item, moment)
    publishing.load_rich_item(users, park, columns, _working_hour(20))
    publishing.load_waiting(users, park, columns, timezone.localtime())
    publishing.load_planned(users, park, columns, timezone.localtime())
    publishing.load_catalogue(users, park)
    publishing.load_papers(users, park, timezone.localtime())


def _working_hour(days_ago: int) -> datetime:
    moment = timezone.localtime().replace(hour=9, minute=30, second=0, microsecond=0)
    return moment - timedelta(days=days_ago)

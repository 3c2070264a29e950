"""The columns that every site begins with, and what may be done to one that holds items."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from wagtail.models import Page

from gongkai.agencies.models import User
from gongkai.audit.services import record_event
from gongkai.core.publication import UpdateClass
from gongkai.publishing.models import ColumnPage, ColumnType

_T, _U = ColumnType, UpdateClass


@dataclass(frozen=True, slots=True)
class DefaultColumn:
    """A column to lay out: address part, the one above, name, type, what it holds."""

    slug: str
    parent: str
    title: str
    kind: ColumnType
    description: str
    update_class: UpdateClass = UpdateClass.OTHER
    category: str = ""


# The column types of 政府网站发展指引 (国办发〔2017〕47号) and, below 政府信息公开, the fixed parts of the disclosure platform
# (国办公开办函〔2019〕61号) in their order; the names of the four are known from two provinces' rules (disclosure-law §5).
DEFAULT_COLUMNS = (
    DefaultColumn("zfxxgk", "", "政府信息公开", _T.CATALOGUE, "集中公开指南、制度、法定主动公开内容和年报。"),
    DefaultColumn("zhinan", "zfxxgk", "政府信息公开指南", _T.GUIDE, "公开范围、查询方式、申请方式和受理机构。"),
    DefaultColumn("zhidu", "zfxxgk", "政府信息公开制度", _T.POLICY, "政府信息公开工作依据的法规和本机关制度。", _U.OTHER),
    DefaultColumn("fdzdgknr", "zfxxgk", "法定主动公开内容", _T.CATALOGUE, "依《条例》第二十条主动公开的信息。"),
    DefaultColumn("ysqgk", "zfxxgk", "依申请公开", _T.APPLICATION, "主动公开以外的政府信息，可以依法申请获取。"),
    DefaultColumn("guifan", "fdzdgknr", "规范性文件", _T.POLICY, "本机关制发的行政规范性文件。", _U.NOTICE_OR_POLICY, "20-1"),
    DefaultColumn("jigou", "fdzdgknr", "机构职能", _T.FUNCTIONS, "机关职能、内设机构、办公时间和联系方式。", _U.OTHER, "20-2"),
    DefaultColumn("lingdao", "fdzdgknr", "负责人信息", _T.LEADERS, "负责人姓名、职务、分工。", _U.OTHER, "20-2"),
    DefaultColumn("guihua", "fdzdgknr", "规划计划", _T.DATA, "发展规划、专项规划和年度计划。", _U.OTHER, "20-3"),
    DefaultColumn("tongji", "fdzdgknr", "统计信息", _T.DATA, "统计数据和分析。", _U.OTHER, "20-4"),
    DefaultColumn("xuke", "fdzdgknr", "行政许可", _T.SERVICE, "许可和其他对外管理服务事项的依据、条件、程序、结果。", _U.OTHER, "20-5"),
    DefaultColumn("chufa", "fdzdgknr", "行政处罚和强制", _T.DATA, "处罚、强制的依据、条件、程序和有影响的决定。", _U.OTHER, "20-6"),
    DefaultColumn("caizheng", "fdzdgknr", "财政信息", _T.DATA, "预算、决算。", _U.OTHER, "20-7"),
    DefaultColumn("caigou", "fdzdgknr", "政府采购和重大项目", _T.DATA, "采购目录、标准、实施，重大建设项目批准和实施。", _U.OTHER, "20-9"),
    DefaultColumn("yingji", "fdzdgknr", "应急管理", _T.DATA, "应急预案、预警信息和应对情况。", _U.OTHER, "20-12"),
    DefaultColumn("anquan", "fdzdgknr", "安全环保", _T.DATA, "安全生产、生态环境监督检查情况。", _U.OTHER, "20-13"),
    DefaultColumn("tongzhi", "fdzdgknr", "通知公告", _T.NEWS, "通知、公告和公示。", _U.NOTICE_OR_POLICY, "20-15"),
    DefaultColumn("dongtai", "", "工作动态", _T.NEWS, "本机关的工作动态。", _U.NEWS),
    DefaultColumn("zhengce", "", "政策", _T.POLICY, "政策文件和政策解读。", _U.NOTICE_OR_POLICY),
    DefaultColumn("jiedu", "zhengce", "政策解读", _T.INTERPRETATION, "政策的文字、图解、问答和媒体解读。", _U.NOTICE_OR_POLICY),
    DefaultColumn("huiying", "zhengce", "回应关切", _T.RESPONSE, "对公众关心的事的回应。"),
    DefaultColumn("fuwu", "", "办事与企业服务", _T.SERVICE, "办事事项的条件、材料和流程。"),
    DefaultColumn("hudong", "", "互动", _T.COMPLAINT, "咨询、建议的渠道和答复。"),
    DefaultColumn("zhengji", "hudong", "征集调查", _T.SURVEY, "意见征集和结果反馈。"),
    DefaultColumn("gaikuang", "", "园区概况", _T.OVERVIEW, "地区和机关的基本情况。"),
)  # fmt: skip


@transaction.atomic
def lay_out(*, home: Page, actor: User | None = None) -> list[ColumnPage]:
    """Make every default column that is missing; what is there stays as it is. Can be run again.

    The new ones are hidden from the public until something is published in them (有栏目无内容 is a fault).
    """
    at: dict[str, Page] = {"": home}
    made = []
    for line in DEFAULT_COLUMNS:
        parent = Page.objects.get(pk=at[line.parent].pk)
        found = ColumnPage.objects.child_of(parent).filter(slug=line.slug).first()
        if found is None:
            found = ColumnPage(
                title=line.title, slug=line.slug, column_type=line.kind, description=line.description,
                keywords=line.title, update_class=line.update_class.value, category=line.category,
                show_in_menus=not line.parent,
            )  # fmt: skip
            parent.add_child(instance=found)
            made.append(found)
        at[line.slug] = found
    if made:
        record_event(
            "columns.laid_out", home, actor=actor or "system", columns=[column.slug for column in made]
        )
    return made

"""The demo's items go through the gate as any other: drafted, reviewed by different people, published on their day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import Collection

from gongkai.agencies.models import Department, Organ, User
from gongkai.agencies.shell import xlsx
from gongkai.core.publication import Stage
from gongkai.demo.days import at
from gongkai.publishing import services
from gongkai.publishing.blocks import stored
from gongkai.publishing.models import ColumnPage, ItemAttachment, ItemPage, Review

SIGNERS = {
    Stage.FIRST: "chushen",
    Stage.SECOND: "fushen",
    Stage.LEGAL: "fazhi",
    Stage.CONFIDENTIALITY: "baomi",
    Stage.FINAL: "zhongshen",
    Stage.ISSUE: "fuzeren",
}
OPINIONS = {
    Stage.FIRST: "内容属实，文字已校对。",
    Stage.SECOND: "表述规范，与原文件一致。",
    Stage.LEGAL: "内容合法，引用的规定现行有效。",
    Stage.CONFIDENTIALITY: "不涉密，不涉及商业秘密和个人隐私。",
    Stage.FINAL: "同意发布。",
    Stage.ISSUE: "同意签发。",
}
BETWEEN = timedelta(minutes=10)  # from one desk to the next

P = "<p>{}</p>".format
WAITING = (
    # column, slug, title, body, days ago, how many stages signed (None: not submitted)
    ("tongzhi", "tingshui", "园区一号路供水管网检修停水通知", P("因管网检修，一号路沿线企业临时停水，恢复时间以现场通知为准，请提前储水。"), 0, None),
    ("anquan", "xiaofang-jiancha", "第四季度消防安全检查安排", P("第四季度对园区劳动密集型企业和仓储场所开展消防安全检查，请各企业提前自查。"), 1, 0),
    ("zhengce", "jishu-gaizao", "企业技术改造补助申报通知", P("符合条件的企业可申报技术改造补助，申报材料和时间见附表，随报随审，不收取任何费用。"), 2, 2),
    ("tongzhi", "gongjiao", "园区通勤公交线路调整公告", P("自下月起，园区通勤公交二号线延伸至产业孵化中心，首末班时间不变。"), 3, 4),
)  # fmt: skip
RETURNED = (
    "gaikuang", "peitao", "园区配套设施情况", P("园区建有职工公寓、食堂和标准厂房，供水供电供气配套齐全。"), 4,
    "职工公寓的套数与上月统计不一致，请核对后补充数据来源。",
)  # fmt: skip


def draft(
    users: Mapping[str, User], organ: Organ, column: ColumnPage, moment: datetime, **fields: object
) -> ItemPage:
    """An item as the information officer writes it."""
    with at(moment):
        item = ItemPage(
            live=False,
            owner=users["xinxiyuan"],
            organ=organ,
            department=Department.objects.get(organ=organ, name="党政办公室"),
            formed_on=_formed(moment),
            source=organ.name,
            author="演示责任编辑",
            category=column.category,
            **fields,
        )
        ColumnPage.objects.get(pk=column.pk).add_child(instance=item)
        item.save_revision(user=users["xinxiyuan"], clean=False)
    return item


def _formed(moment: datetime) -> date:
    return moment.date() - timedelta(days=1)


def _morning(now: datetime, days: int) -> datetime:
    return (now - timedelta(days=days)).replace(hour=9, minute=10, second=0, microsecond=0)


def review(users: Mapping[str, User], item: ItemPage, moment: datetime, stages: int | None = None) -> Review:
    """Submit an item and let so many stages sign, each a little later."""
    with at(moment):
        found = services.submit(item=item, actor=users["xinxiyuan"])
    for stage in found.sequence.before[:stages]:
        moment += BETWEEN
        with at(moment):
            found = services.sign(
                review=found, actor=users[SIGNERS[stage]], opinion=OPINIONS[stage], checked=True
            )
    return found


def release(users: Mapping[str, User], item: ItemPage, moment: datetime) -> None:
    """The whole way of an item, live at a moment."""
    review(users, item, moment - 5 * BETWEEN)
    with at(moment):
        services.publish(item=item, actor=users["gongkaiban"])


FACILITIES = (
    ("污水处理厂", "日处理能力 2 万吨", "经二路北", "党政办公室"),
    ("消防站", "消防车 4 辆", "纬一路东", "应急管理局"),
    ("职工公寓", "房间 620 间", "经一路南", "产业服务局"),
    ("充电站", "快充桩 24 个", "园区入口广场", "产业服务局"),
)
QUESTIONS = (
    ("设施坏了找谁？", "<p>拨打网站底部的联系电话，工作日当天受理。</p>"),
    ("企业要接入污水管网怎么办？", "<p>持营业执照和排水方案到党政办公室登记，由专人现场查看后答复。</p>"),
)


def load_rich_item(
    users: Mapping[str, User], organ: Organ, columns: Mapping[str, ColumnPage], moment: datetime
) -> None:
    """An item with a table, questions and an attachment."""
    headings = ("设施", "规模", "位置", "管理部门")
    content = xlsx(headings, FACILITIES, sheet="公共设施")
    document = Document(title="园区公共设施一览表", collection=Collection.get_first_root_node())
    document.file.save("园区公共设施一览表.xlsx", ContentFile(content), save=False)
    document._set_document_file_metadata()
    document.file.close()
    document.save()
    table = {
        "data": [list(headings), *(list(row) for row in FACILITIES)],
        "first_row_is_table_header": True,
        "first_col_is_header": False,
        "table_header_choice": "row",
        "table_caption": "园区公共设施分布",
    }
    pairs = [{"question": question, "answer": answer} for question, answer in QUESTIONS]
    item = draft(
        users,
        organ,
        columns["gaikuang"],
        moment - timedelta(hours=1),
        title="园区公共设施分布情况",
        slug="gonggong-sheshi",
        body=P("园区公共设施的规模、位置和管理部门如下表，完整表格见附件。"),
        summary="污水处理厂、消防站、职工公寓、充电站的规模、位置和管理部门。",
        keywords="公共设施,分布",
        blocks=[stored("table", table), stored("questions", {"pairs": pairs})],
        attachments=[ItemAttachment(document=document, title="园区公共设施一览表")],
    )
    release(users, item, moment)


def load_catalogue(users: Mapping[str, User], organ: Organ) -> None:
    """The catalogue in force: one line for each category of the law, with the demo's columns."""
    edition = services.start_edition(organ=organ, actor=users["gongkaiban"])
    services.put_in_force(edition=edition, actor=users["fuzeren"], effective_from=timezone.localdate())


PAPERS = (
    # title, policy?, proposed, ground, reason, days ago, decided (None: still open)
    ("关于调整园区标准厂房租金的通知", True, "proactive", "", "", 30, "proactive"),
    (
        "关于产业扶持办法修改意见的请示",
        False,
        "withheld",
        "16-2-p",
        "请示报告，属于过程性信息。",
        45,
        "withheld",
    ),
    ("园区停车管理办法（征求意见稿）", True, "withheld", "16-2-p", "尚在征求部门意见。", 3, None),
)


def load_papers(users: Mapping[str, User], organ: Organ, now: datetime) -> None:
    """Papers whose 公开属性 was stated at drafting: decided ones, and one before the disclosure office."""
    for title, is_policy, proposed, ground, reason, days, decided in PAPERS:
        moment = _morning(now, days)
        values = {
            "title": title, "is_policy": is_policy, "proposed": proposed, "ground": ground, "reason": reason,
        }  # fmt: skip
        with at(moment):
            paper = services.propose(organ=organ, actor=users["xinxiyuan"], values=values)
        if decided is not None:
            with at(moment + BETWEEN):
                services.decide(
                    paper=paper, actor=users["zhongshen"], publicity=decided, formed_on=moment.date()
                )


def load_waiting(
    users: Mapping[str, User], organ: Organ, columns: Mapping[str, ColumnPage], now: datetime
) -> None:
    """Items that wait for somebody today."""
    for column, slug, title, body, days, stages in WAITING:
        moment = _morning(now, days)
        item = draft(users, organ, columns[column], moment, title=title, slug=slug, body=body, summary=title)
        if stages is not None:
            review(users, item, moment, stages)
    column, slug, title, body, days, reason = RETURNED
    moment = _morning(now, days)
    item = draft(users, organ, columns[column], moment, title=title, slug=slug, body=body, summary=title)
    found = review(users, item, moment, 1)
    with at(moment + 2 * BETWEEN):
        services.return_(review=found, actor=users["fushen"], reason=reason)


PLANNED = (
    # column, slug, title, body, days until it goes live, at what hour
    ("tongzhi", "yuandan-zhiban", "元旦假期园区值班安排", P("元旦假期园区实行二十四小时值班，值班电话见本网站首页。"), 3, 9),
    ("tongzhi", "gongxu-duijie", "园区企业供需对接会预告", P("供需对接会由产业服务局组织，面向园区全部企业，不收取费用。"), 6, 14),
)  # fmt: skip
EXPIRING = (
    "tongzhi", "linshi-tingche", "园区临时停车场开放通告", P("临时停车场在道路施工期间开放，施工结束后停止使用。"), 12,
)  # fmt: skip
URGENT = (
    "anquan", "dafeng-yujing", "大风天气安全提示",
    P("受冷空气影响，园区将出现大风天气，请各企业加固户外设施，暂停高空作业。"), "气象预警，须立即告知园区企业。",
)  # fmt: skip


def load_planned(
    users: Mapping[str, User], organ: Organ, columns: Mapping[str, ColumnPage], now: datetime
) -> None:
    """What the calendar shows ahead: two items on the schedule, one that goes off by itself, one published in haste."""
    for column, slug, title, body, days, hour in PLANNED:
        when = (now + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)
        item = _written(
            users, organ, columns[column], now, title=title, slug=slug, body=body, go_live_at=when
        )
        release(users, item, now - BETWEEN)
    column, slug, title, body, days = EXPIRING
    until = (now + timedelta(days=days)).replace(hour=18, minute=0, second=0, microsecond=0)
    item = _written(users, organ, columns[column], now, title=title, slug=slug, body=body, expire_at=until)
    release(users, item, now - BETWEEN)
    _in_haste(users, organ, columns, now)


def _written(
    users: Mapping[str, User], organ: Organ, column: ColumnPage, now: datetime, **fields: object
) -> ItemPage:
    return draft(users, organ, column, now - timedelta(hours=3), summary=str(fields["title"]), **fields)


def _in_haste(
    users: Mapping[str, User], organ: Organ, columns: Mapping[str, ColumnPage], now: datetime
) -> None:
    column, slug, title, body, reason = URGENT
    item = _written(users, organ, columns[column], now, title=title, slug=slug, body=body)
    with at(now - 3 * BETWEEN):
        found = services.submit(item=item, actor=users["xinxiyuan"], urgent_reason=reason)
    for stage in found.sequence.before:
        with at(now - 2 * BETWEEN):
            services.sign(review=found, actor=users[SIGNERS[stage]], opinion=OPINIONS[stage], checked=True)
    with at(now - BETWEEN):
        services.publish(item=item, actor=users["fuzeren"])

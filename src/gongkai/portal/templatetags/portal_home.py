"""What the home page shows, from records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template

from gongkai.core.annual_report import number_text
from gongkai.portal import listing
from gongkai.portal.listing import Line
from gongkai.portal.shared import Shared, shared
from gongkai.publishing.models import ItemPage
from gongkai.reporting import selectors
from gongkai.reporting.compiling import compiled
from gongkai.reporting.models import AnnualReport

register = template.Library()
HOME_FACTS = (
    ("fact.proactive_items", "主动公开信息", "条", "#bufen-1"),
    ("fact.policy_payments", "兑付优惠政策奖补", "万元", "#bufen-6"),
    ("fact.hires", "为企业招聘员工", "人", "#bufen-6"),
    ("fact.opinions", "收到企业意见建议", "条", "#bufen-6"),
)
DOORS = (
    ("政府信息公开指南", "找谁、怎么查、怎么申请", "/zfxxgk/zhinan/"),
    ("政府信息公开制度", "公开工作依据的规定", "/zfxxgk/zhidu/"),
    ("法定主动公开内容", "机构、规划、财政、办事等", "/zfxxgk/fdzdgknr/"),
    ("政府信息公开年报", "历年年度报告，可下载", "/zfxxgk/nianbao/"),
    ("依申请公开", "查不到的，依法申请", "/zfxxgk/ysqgk/"),
)
NEWEST = 7
NOTICES = 6
COMMON_SLUGS = ("zixun", "jiangbu-zhinan", "zhaopin-zhinan")


@dataclass(frozen=True, slots=True)
class HomeFigure:
    label: str
    value: str
    unit: str
    url: str


@dataclass(frozen=True, slots=True)
class NewsLine:
    """One line of what is new: an item or an annual report, with the column it stands in."""

    title: str
    url: str
    published_at: datetime
    column: str


@dataclass(frozen=True, slots=True)
class HomeSummary:
    doors: list[dict[str, str]]
    figures: list[HomeFigure]
    report: AnnualReport | None
    report_url: str
    newest: list[NewsLine]
    notices: list[Line]
    notices_url: str
    common: list[Line]


@register.simple_tag(takes_context=True)
def home_summary(context: dict[str, Any]) -> HomeSummary:
    """Doors, four figures of the latest published report, newest items, notices, common questions."""
    organ = context["portal"].organ
    reports = list(selectors.published_reports().filter(organ=organ)[:NEWEST])
    report = reports[0] if reports else None
    common = shared(context["request"])
    columns = [column for column in common.columns.values() if column.live]
    notices = next((column for column in columns if column.slug == "tongzhi"), None)
    outside = notices.pk if notices else None
    return HomeSummary(
        doors=[{"title": title, "hint": hint, "path": path} for title, hint, path in DOORS],
        figures=_figures(report) if report else [],
        report=report,
        report_url=report.get_absolute_url() if report else "",
        newest=_newest(
            listing.lines(listing.newest_anywhere(NEWEST, outside=outside), common.root), common, reports
        ),
        notices=listing.lines(listing.newest(notices.pk, NOTICES), common.root) if notices else [],
        notices_url=notices.address if notices else "",
        common=_common(common),
    )


def _newest(items: list[Line], common: Shared, reports: list[AnnualReport]) -> list[NewsLine]:
    """Items and annual reports in one list, newest first."""
    columns = common.columns
    lines = []
    for item in items:
        column = columns.get(item.path[: -ItemPage.steplen])
        lines.append(NewsLine(item.title, item.url, item.published_at, column.title if column else ""))
    lines += [NewsLine(r.title, r.get_absolute_url(), r.published_at, "年度报告") for r in reports]
    return sorted(lines, key=lambda line: line.published_at, reverse=True)[:NEWEST]


def _common(common: Shared) -> list[Line]:
    """The pages that answer what is often asked, newest first."""
    pks = ItemPage.objects.live().filter(slug__in=COMMON_SLUGS).order_by("-published_at")
    return listing.lines(list(pks.values_list("pk", flat=True)), common.root)


def _figures(report: AnnualReport) -> list[HomeFigure]:
    facts = compiled(report).facts
    url = report.get_absolute_url()
    return [
        HomeFigure(label, number_text(facts[key]), unit, url + anchor)
        for key, label, unit, anchor in HOME_FACTS
        if facts.get(key)
    ]

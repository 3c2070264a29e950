"""Pages and evidence of a sound small site; a test changes what it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from gongkai.core.inspection import (
    Column,
    Entry,
    Evidence,
    Link,
    Page,
    PageKind,
    Place,
    Register,
    SearchProbe,
    Try,
    Visit,
)
from gongkai.core.publication import UpdateClass

ORIGIN = "https://www.example.gov.cn"
NOW = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
TODAY = NOW.date()
CODE = "6400000001"
SITE = (("SiteName", "示例管委会"), ("SiteDomain", "www.example.gov.cn"), ("SiteIDCode", CODE))
HEADERS = (
    ("content-security-policy", "default-src 'self'; frame-ancestors 'self'"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("strict-transport-security", "max-age=31536000"),
)
FOOTER = (
    "网站地图 主办单位：示例管委会 承办单位：党政办公室 联系方式：0950-1234567 我为政府网站找错 "
    f"网站标识码：{CODE} 宁ICP备12345678号-1 宁公网安备 64000000000001号"
)
FOOTER_LINKS = tuple(
    Link(url, text, Place.FOOTER)
    for url, text in (
        ("https://bszs.conac.cn/sitename?x=1", "党政机关网站标识"),
        (f"https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code={CODE}", "我为政府网站找错"),
        ("https://beian.miit.gov.cn/", "宁ICP备12345678号-1"),
        ("https://beian.mps.gov.cn/", "宁公网安备 64000000000001号"),
        (f"{ORIGIN}/ditu/", "网站地图"),
    )
)


def column_labels(name: str, kind: str) -> tuple[tuple[str, str], ...]:
    return (
        *SITE,
        ("ColumnName", name),
        ("ColumnDescription", f"{name}的信息"),
        ("ColumnKeywords", f"{name},公开"),
        ("ColumnType", kind),
    )


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def page(path: str, kind: PageKind = PageKind.OTHER, **given: Any) -> Page:
    """A sound page of the site."""
    made: dict[str, Any] = {
        "headers": HEADERS,
        "title": "页面",
        "heading": "页面",
        "lang": "zh-CN",
        "labels": SITE,
        "footer": FOOTER,
        "links": FOOTER_LINKS,
        "main_characters": 400,
    }
    return Page(f"{ORIGIN}{path}", 200, NOW, kind, **(made | given))


def home(**given: Any) -> Page:
    entries = (Entry("新信息", f"{ORIGIN}/dongtai/1/", days_ago(2)),)
    return page("/", PageKind.HOME, **({"entries": entries} | given))


def column(path: str, name: str, kind: str, **given: Any) -> Page:
    entries = (Entry("新信息", f"{ORIGIN}{path}1/", days_ago(2)),)
    made = {"labels": column_labels(name, kind), "heading": name, "entries": entries}
    return page(path, PageKind.COLUMN, **(made | given))


def content(path: str, name: str = "工作动态", kind: str = "工作动态", **given: Any) -> Page:
    day = given.pop("day", days_ago(2))
    labels = (
        *column_labels(name, kind),
        ("ArticleTitle", "新信息"),
        ("PubDate", f"{day} 09:30"),
        ("ContentSource", "示例管委会"),
    )
    return page(path, PageKind.CONTENT, **({"labels": labels, "heading": "新信息", "shown_on": day} | given))


GUIDE = (
    *("事项名称", "设定依据", "申请条件", "办理材料"),
    *("办理地点", "办理时间", "联系电话", "办理流程"),
)


def pages() -> tuple[Page, ...]:
    """A small site at which no indicator has anything to say."""
    return (
        home(),
        column("/dongtai/", "工作动态", "工作动态"),
        content("/dongtai/1/"),
        column("/zhengce/", "政策文件", "政策文件"),
        column("/jiedu/", "政策解读", "政策解读"),
        column("/gaikuang/", "园区概况", "概况信息"),
        column("/jigou/", "机构职能", "机构职能"),
        column("/lingdao/", "负责人信息", "负责人信息"),
        column("/fuwu/", "办事服务", "办事服务"),
        content("/fuwu/1/", "办事服务", "办事服务", guide_elements=GUIDE),
        column("/hudong/", "咨询建议", "咨询投诉", has_form=True),
    )


def columns() -> tuple[Column, ...]:
    return (
        Column(f"{ORIGIN}/dongtai/", "工作动态", UpdateClass.NEWS, True),
        Column(f"{ORIGIN}/zhengce/", "政策文件", UpdateClass.NOTICE_OR_POLICY, True),
        Column(f"{ORIGIN}/gaikuang/", "园区概况", UpdateClass.OTHER, True),
    )


def visits(*, failed: int = 0) -> tuple[Visit, ...]:
    """One an hour, 168 within the last seven days."""
    return tuple(Visit(NOW - timedelta(hours=hour), hour >= failed) for hour in range(168))


def register(**given: Any) -> Register:
    made: dict[str, Any] = {
        "site_name": "示例管委会",
        "domain": "www.example.gov.cn",
        "site_code": CODE,
        "hosts": ("www.example.gov.cn",),
        "columns": columns(),
        "released": {},
        "signed": {},
        "messages": (),
        "channels": (),
        "visits": visits(),
        "differences": (),
    }
    return Register(**(made | given))


def evidence(*more: Page, **given: Any) -> Evidence:
    """The sound site with pages put in place of those at the same address, or added."""
    changed = {one.url: one for one in more}
    kept = tuple(changed.pop(one.url, one) for one in pages())
    made: dict[str, Any] = {
        "pages": (*kept, *changed.values()),
        "tries": {f"{ORIGIN}/ditu/": (Try(NOW, 200),)},
        "outside_tried": True,
        "searches": (SearchProbe("新信息", f"{ORIGIN}/dongtai/1/", f"{ORIGIN}/sousuo/?q=x", True),),
        "wordings": (),
        "register": register(),
    }
    return Evidence(f"{ORIGIN}/", NOW, NOW, **(made | given))


def without(source: Evidence, *paths: str) -> Evidence:
    """The same without some pages."""
    gone = {f"{ORIGIN}{path}" for path in paths}
    return replace(source, pages=tuple(one for one in source.pages if one.url not in gone))

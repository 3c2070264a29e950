"""A made site of static pages, sound but for the faults that a test plants. Day of the time point: ``TODAY``."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import docx
from docx.oxml import parse_xml

from gongkai.core.inspection import Channel, Column, Evidence, Register, Try
from gongkai.core.publication import UpdateClass
from gongkai.crawling import Limits, Settings, look
from gongkai.crawling.digests import sm3
from tests.factories.site_server import Answer, Served, serving

NOW = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
TODAY = NOW.date()
CODE = "6400000001"
ID_NUMBER = "11010519491231002X"
_INSERTED = (
    '<w:ins xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:id="1" w:author="a"'
    ' w:date="2026-01-01T00:00:00Z"><w:r><w:t>{}</w:t></w:r></w:ins>'
)
SITE = (("SiteName", "示例管委会"), ("SiteDomain", "www.example.gov.cn"), ("SiteIDCode", CODE))
FOOTER = (
    '<a href="https://bszs.conac.cn/">党政机关网站标识</a><a href="/ditu/">网站地图</a>'
    "<p>主办单位：示例管委会</p><p>承办单位：党政办公室</p><p>联系方式：0950-1234567</p>"
    f'<a href="https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code={CODE}">我为政府网站找错</a>'
    f'<p>网站标识码：{CODE}</p><a href="https://beian.miit.gov.cn/">宁ICP备12345678号-1</a>'
    '<a href="https://beian.mps.gov.cn/">宁公网安备 64000000000001号</a>'
)
GUIDE = (
    "<p>事项名称：企业入园。设定依据：《园区管理办法》。申请条件：依法登记的企业。办理材料：营业执照。</p>"
    "<p>办理地点：政务大厅。办理时间：工作日。联系电话：0950-1234567。办理流程：提交、审核、答复。</p>"
)
COLUMNS = {
    "/dongtai/": ("工作动态", "工作动态", UpdateClass.NEWS),
    "/tongzhi/": ("通知公告", "政策文件", UpdateClass.NOTICE_OR_POLICY),
    "/jiedu/": ("政策解读", "政策解读", UpdateClass.OTHER),
    "/gaikuang/": ("园区概况", "概况信息", UpdateClass.OTHER),
    "/jigou/": ("机构职能", "机构职能", UpdateClass.OTHER),
    "/lingdao/": ("负责人信息", "负责人信息", UpdateClass.OTHER),
    "/fuwu/": ("办事服务", "办事服务", UpdateClass.OTHER),
    "/hudong/": ("咨询建议", "咨询投诉", UpdateClass.OTHER),
}
ITEMS = {
    "/dongtai/1/": ("园区召开安全生产例会", "<p>会议要求落实安全生产责任。</p>"),
    "/tongzhi/1/": ("关于征集招聘岗位的通知", "<p>请各企业按时报送岗位需求。</p>"),
    "/jiedu/1/": ("招聘政策解读", "<p>政策的适用范围是园区企业。</p>"),
    "/gaikuang/1/": ("园区简介", "<p>园区规划面积十二平方公里。</p>"),
    "/jigou/1/": ("机构设置", "<p>管委会设党政办公室等部门。</p>"),
    "/lingdao/1/": ("领导分工", "<p>主任主持全面工作。</p>"),
    "/fuwu/1/": ("企业入园办理指南", GUIDE),
}
ASK = (
    '<form method="post" action="/hudong/"><label for="nr">内容</label><textarea id="nr" name="nr"></textarea>'
    "<button>提交</button></form>"
)


def column_labels(path: str) -> tuple[tuple[str, str], ...]:
    name, kind, _ = COLUMNS[path]
    told = (f"{name}的信息", f"{name},园区")
    return (
        *SITE,
        ("ColumnName", name),
        ("ColumnDescription", told[0]),
        ("ColumnKeywords", told[1]),
        ("ColumnType", kind),
    )


def html(title: str, labels: tuple[tuple[str, str], ...], main: str, *, footer: str = FOOTER) -> str:
    metas = "".join(f'<meta name="{name}" content="{content}">' for name, content in labels)
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>{metas}</head><body>'
        '<header><form action="/sousuo/"><label for="q">搜索</label><input id="q" name="q" type="search"></form></header>'
        f"<main>{main}</main><footer>{footer}</footer></body></html>"
    )


def line(path: str, day: date) -> str:
    return f'<li><a href="{path}">{ITEMS[path][0]}</a><time datetime="{day}">{day}</time></li>'


def item(path: str, day: date, *, title: str = "", body: str = "", pub_date: str = "") -> str:
    named, text = ITEMS[path]
    labels = (
        *column_labels("/" + path.split("/")[1] + "/"),
        ("ArticleTitle", title or named),
        ("PubDate", pub_date or f"{day} 09:30"),
        ("ContentSource", "示例管委会"),
    )
    return html(named, labels, f"<h1>{named}</h1><p>发布时间：{day}</p>{body or text}")


@dataclass
class BadSite:
    """The sound site; tests change ``pages`` and what the office's records say."""

    day: date = field(default_factory=lambda: TODAY - timedelta(days=2))
    pages: dict[str, Answer | str] = field(default_factory=dict)
    released: dict[str, date] = field(default_factory=dict)
    columns: dict[str, tuple[str, str, UpdateClass]] = field(default_factory=lambda: dict(COLUMNS))
    channels: tuple[Channel, ...] = ()
    earlier: tuple[
        str, ...
    ] = ()  # addresses that failed in the last two inspections, a day and half a day ago
    tampered: str = ""

    def __post_init__(self) -> None:
        doors = "".join(f'<li><a href="{path}">{name}</a></li>' for path, (name, _, _) in COLUMNS.items())
        self.pages |= {path: item(path, self.day) for path in ITEMS}
        self.pages |= {path: self.column(path) for path in COLUMNS if path != "/hudong/"}
        news = line("/dongtai/1/", self.day) + line("/tongzhi/1/", self.day)
        self.pages["/"] = html("首页", SITE, f"<h1>示例管委会</h1><ul>{news}</ul><ul>{doors}</ul>")
        self.pages["/ditu/"] = html("网站地图", SITE, f"<h1>网站地图</h1><ul>{doors}</ul>")
        self.pages["/hudong/"] = html("咨询建议", column_labels("/hudong/"), f"<h1>咨询建议</h1>{ASK}")
        results = "".join(f'<li><a href="{path}">{name}</a></li>' for path, (name, _) in ITEMS.items())
        self.pages["/sousuo/"] = html("搜索", SITE, f"<h1>搜索</h1><ul>{results}</ul>")
        self.released = dict.fromkeys(ITEMS, self.day)

    def column(
        self, path: str, *, main: str = "", day: date | None = None, labels: tuple[tuple[str, str], ...] = ()
    ) -> str:
        name, _, _ = COLUMNS[path]
        lines = f"<ul>{line(f'{path}1/', day or self.day)}</ul>"
        return html(name, labels or column_labels(path), f"<h1>{name}</h1>{main or lines}")

    def blank_column(self, path: str, name: str) -> None:
        """One more column with nothing in it, named on the home page."""
        self.columns[path] = (name, "数据发布", UpdateClass.OTHER)
        labels = (
            *SITE,
            ("ColumnName", name),
            ("ColumnDescription", f"{name}信息"),
            ("ColumnKeywords", f"{name},栏目"),
            ("ColumnType", "数据发布"),
        )
        self.pages[path] = html(name, labels, f"<h1>{name}</h1><p>暂无信息。</p>")
        self.add("/", f'<a href="{path}">{name}</a>')

    def add(self, path: str, more: str) -> None:
        """Put something at the end of a page's middle."""
        self.pages[path] = str(self.pages[path]).replace("</main>", f"{more}</main>")

    def attach(self, path: str, text: str, *, tracked: str = "") -> None:
        """Attach a Word file to the first notice; ``tracked`` is a sentence left in it as a tracked insertion."""
        paper = docx.Document()
        paragraph = paper.add_paragraph(text)
        if tracked:
            paragraph._p.append(parse_xml(_INSERTED.format(tracked)))
        stored = io.BytesIO()
        paper.save(stored)
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        self.pages[path] = Answer(stored.getvalue(), kind=kind)
        self.add("/tongzhi/1/", f'<a href="{path}">附件</a>')

    def look(self) -> tuple[Evidence, str]:
        """Sign what is there, alter what is to be altered, serve it and inspect; the evidence and the origin."""
        signed = {path: _digest(page) for path, page in self.pages.items()}
        if self.tampered:
            self.pages[self.tampered] = str(self.pages[self.tampered]).replace("</h1>", "！</h1>", 1)
        with serving(self.pages) as site:
            settings = Settings(
                site.url("/"), self.register(site, signed), limits=Limits(pause=0, page_seconds=5, searches=20),
                earlier={
                    site.url(path): tuple(Try(NOW - timedelta(hours=hours), 404) for hours in (25, 12))
                    for path in self.earlier
                },
            )  # fmt: skip
            found = look(settings, now=lambda: NOW)
        return found.evidence, site.origin

    def register(self, site: Served, signed: dict[str, str]) -> Register:
        return Register(
            "示例管委会", "www.example.gov.cn", CODE, ("127.0.0.1",),
            columns=tuple(Column(site.url(path), name, update, True) for path, (name, _, update) in self.columns.items()),
            released={site.url(path): day for path, day in self.released.items()},
            signed=signed, channels=self.channels, differences=(), messages=None,
        )  # fmt: skip


def _digest(page: Answer | str) -> str:
    body = page if isinstance(page, str) else page.body
    return sm3(body.encode() if isinstance(body, str) else body)


__all__ = ["ID_NUMBER", "NOW", "TODAY", "BadSite", "replace"]

"""Labels and footer of each page (D-21, D-18), names of hosts (D-17).

Source: ``portal-rules`` §1.3, §1.6, §1.1 (P-SITE-03, P-SITE-06).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from gongkai.core.inspection.facts import Evidence, Page, PageKind, Place
from gongkai.core.inspection.findings import Finding, Measured

SITE = ("SiteName", "SiteDomain", "SiteIDCode")
COLUMN = (*SITE, "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
CONTENT = (*COLUMN, "ArticleTitle", "PubDate", "ContentSource")
REQUIRED = {PageKind.HOME: SITE, PageKind.COLUMN: COLUMN, PageKind.CONTENT: CONTENT, PageKind.OTHER: SITE}
COLUMN_TYPES = frozenset(
    {
        *(
            "概况信息",
            "机构职能",
            "负责人信息",
            "工作动态",
            "政策文件",
            "信息公开指南",
            "信息公开目录",
            "信息公开年报",
        ),
        *(
            "依法申请公开",
            "数据发布",
            "数据开放",
            "政策解读",
            "回应关切",
            "办事服务",
            "咨询投诉",
            "征集调查",
            "在线访谈",
        ),
    }
)
PUB_DATE = re.compile(r"\d{4}-\d{2}-\d{2} (?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?")
SITE_CODE = re.compile(r"[0-9]{10}|bm[0-9]{8}|N[0-9]{9}")
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_ICP = re.compile(rf"[{_PROVINCES}]ICP备\d{{8,10}}号(?:-\d+)?")
_POLICE = re.compile(rf"[{_PROVINCES}]公网安备\s?\d{{14}}号")
_CODE_SHOWN = re.compile(r"网站标识码\s*[:：]?\s*([0-9]{10}|bm[0-9]{8}|N[0-9]{9})(?![0-9])")
_LAND_LINE = re.compile(r"0\d{2,3}[-\s—]?\d{7,8}|\b(?:12345|400-?\d{3}-?\d{4})\b|@")
_EMPTY = frozenset({"", "null", "none", "undefined", "nan"})


def wrong_labels(evidence: Evidence) -> Measured:
    """D-21: one finding a page, which names every label at fault."""
    pages = _pages(evidence)
    if not pages:
        return Measured(unknown="没有打开任何页面。")
    found = []
    for page in pages:
        faults = list(label_faults(page, evidence))
        if faults:
            found.append(Finding("D-21", page.url, "；".join(faults) + "。"))
    return Measured(tuple(found), note=f"核对了 {len(pages)} 个页面。")


def _pages(evidence: Evidence) -> list[Page]:
    return [page for page in evidence.pages if page.is_open and page.is_html]


def label_faults(page: Page, evidence: Evidence) -> Iterator[str]:
    """What is wrong with a page's labels, in words."""
    for name in REQUIRED.get(page.kind, ()):
        content = page.label(name)
        if content is None:
            yield f"缺少标签 {name}"
        elif content.strip().lower() in _EMPTY:
            yield f"标签 {name} 的值为空或无意义（“{content}”）"
        else:
            yield from _value_faults(page, name, content.strip(), evidence)
    four = [page.label(name) for name in COLUMN[3:]]
    if page.kind in {PageKind.COLUMN, PageKind.CONTENT} and four[0] and len(set(four)) == 1:
        yield "四个栏目标签内容相同"


def _value_faults(page: Page, name: str, content: str, evidence: Evidence) -> Iterator[str]:
    register = evidence.register
    if name == "SiteDomain" and ("/" in content or ":" in content):
        yield f"SiteDomain 只写主机名，现为“{content}”"
    elif name == "SiteDomain" and register.domain and content != register.domain:
        yield f"SiteDomain 为“{content}”，登记的是“{register.domain}”"
    if name == "SiteIDCode" and not SITE_CODE.fullmatch(content):
        yield f"SiteIDCode 不是 10 位标识码，现为“{content}”"
    elif name == "SiteIDCode" and register.site_code and content != register.site_code:
        yield f"SiteIDCode 为“{content}”，登记的是“{register.site_code}”"
    if name == "SiteName" and register.site_name and content != register.site_name:
        yield f"SiteName 为“{content}”，登记的是“{register.site_name}”"
    if name == "ColumnType" and not set(re.split(r"[,，;；\s]+", content)) <= COLUMN_TYPES:
        yield f"ColumnType“{content}”不在规定的类别里"
    if name == "PubDate" and not PUB_DATE.fullmatch(content):
        yield f"PubDate 应为 24 小时制的“年-月-日 时:分”，现为“{content}”"
    elif name == "PubDate" and page.shown_on is not None and content[:10] != page.shown_on.isoformat():
        yield f"PubDate 为 {content[:10]}，页面上写的是 {page.shown_on}"
    if name == "ArticleTitle" and page.heading and _bare(content) != _bare(page.heading):
        yield f"ArticleTitle“{content[:40]}”与页面标题“{page.heading[:40]}”不一致"


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def missing_footer(evidence: Evidence) -> Measured:
    """D-18: one finding for each item, at the first page that lacks it, with how many pages do."""
    pages = _pages(evidence)
    if not pages:
        return Measured(unknown="没有打开任何页面。")
    lacking: dict[str, list[str]] = {}
    for page in pages:
        for item in footer_faults(page, evidence):
            lacking.setdefault(item, []).append(page.url)
    found = (
        Finding("D-18", urls[0], f"{item}（{len(urls)} 个页面，例如本页）。", key=item)
        for item, urls in lacking.items()
    )
    return Measured(tuple(found), note=f"核对了 {len(pages)} 个页面。")


def footer_faults(page: Page, evidence: Evidence) -> Iterator[str]:
    """Items of the footer that a page lacks, P-FOOT-01 to 08."""
    text = page.footer
    links = [link for link in page.links if link.place is Place.FOOTER]
    hosts = {urlsplit(link.url).hostname or "" for link in links}
    if not any(host.endswith("conac.cn") for host in hosts):
        yield "页脚没有党政机关网站标识及其链接"
    fault = [link for link in links if "找错" in link.text]
    if not fault:
        yield "页脚没有“我为政府网站找错”入口"
    elif evidence.register.site_code and not any(evidence.register.site_code in link.url for link in fault):
        yield "“我为政府网站找错”的链接没有带本站标识码"
    shown = _CODE_SHOWN.search(text)
    if shown is None:
        yield "页脚没有网站标识码"
    elif evidence.register.site_code and shown[1] != evidence.register.site_code:
        yield f"页脚的网站标识码 {shown[1]} 与登记的 {evidence.register.site_code} 不一致"
    if not _ICP.search(text) or not any(host == "beian.miit.gov.cn" for host in hosts):
        yield "页脚没有 ICP 备案号，或者没有链接到 beian.miit.gov.cn"
    if not _POLICE.search(text) or not hosts & {"beian.mps.gov.cn", "www.beian.gov.cn"}:
        yield "页脚没有公安备案号，或者没有链接到公安备案网站"
    for word in ("主办单位", "承办单位"):
        if word not in text:
            yield f"页脚没有{word}"
    if not re.search("联系方式|联系电话|电话|邮箱", text) or not _LAND_LINE.search(text):
        yield "页脚没有联系方式"
    if not any("地图" in link.text for link in links):
        yield "页脚没有网站地图"


def unsound_domain(evidence: Evidence) -> Measured:
    """D-17: the declared host ends in .gov.cn; links inside the site keep to it."""
    home = next((page for page in evidence.pages if page.kind is PageKind.HOME and page.is_open), None)
    domain = evidence.register.domain or (home and home.label("SiteDomain")) or ""
    if not domain:
        return Measured(unknown="不知道网站的域名。")
    host = domain.split("//")[-1].split("/")[0].split(":")[0]
    if not host.endswith(".gov.cn"):
        return Measured((Finding("D-17", evidence.start, f"域名“{host}”不以 .gov.cn 结尾。"),))
    return Measured(note=f"域名 {host}。")

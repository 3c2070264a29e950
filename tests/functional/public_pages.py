"""Every kind of public page, in one table: the route or page model that draws it, its web-page labels, the way to it.

A stop is one kind of page; stops of one journey follow each other in one browser context, for a form's later pages are
reached through the earlier ones. ``tests/unit/portal/test_page_table.py`` fails when an address of the portal is in neither
``JOURNEYS`` nor ``NOT_PAGES``.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from PIL import Image

from gongkai.core.identifiers import resident_id_check

# 《政府网站发展指引》, the label table: what a page bears is its site's 3 labels, a column's 7 or content's 10.
SITE, COLUMN, CONTENT = 3, 7, 10
NEXT = ".buttons button[type=submit]"
SUBMIT = "main form button[type=submit]"
IDENTITY = "99010119900102021" + resident_id_check("99010119900102021")

Go = Callable[[Any, dict[str, str]], None]


@dataclass(frozen=True)
class Stop:
    """One kind of public page.

    Attributes:
        name: which kind, for people.
        route: name of the address as in ``urls.py``, or the class of the Wagtail page.
        labels: how many obligatory labels it bears.
        go: the address; or what is done on the page before, given the addresses of records that only the database tells.
    """

    name: str
    route: str
    labels: int
    go: str | Go


def _click(what: str) -> Go:
    return lambda page, _: page.click(what)


def _to(key: str) -> Go:
    return lambda page, known: page.goto(known["site"] + known[key])


def _after(*acts: Go) -> Go:
    def go(page: Any, known: dict[str, str]) -> None:
        for act in acts:
            act(page, known)

    return go


def _fill(**values: str) -> Go:
    def go(page: Any, _: dict[str, str]) -> None:
        for name, value in values.items():
            page.fill(f"main [name={name}]", value)

    return go


def _check(name: str, value: str) -> Go:
    return lambda page, _: page.check(f"main [name={name}][value='{value}']")


def _picture(page: Any, _: dict[str, str]) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(buffer, "JPEG")
    page.set_input_files(
        "#id_files", {"name": "身份证.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}
    )


def _look_up(which: str, address: str) -> Go:
    """Number and query code of a case of the demo."""

    def go(page: Any, known: dict[str, str]) -> None:
        number, code = known[which].split()
        page.goto(known["site"] + address)
        page.fill("main [name=number]", number)
        page.fill("main [name=code]", code)
        page.click("main form button:has-text('查询')")

    return go


def _receipt_is_looked_up(page: Any, _: dict[str, str]) -> None:
    number, code = page.locator(".codes dd").all_inner_texts()
    page.click("main a:has-text('查询')")
    page.fill("main [name=number]", number)
    page.fill("main [name=code]", code)
    page.click("main form button:has-text('查询')")


def _wrong_codes(page: Any, known: dict[str, str]) -> None:
    page.goto(known["site"] + "/hudong/liuyan/chaxun/")
    for _ in range(9):
        page.fill("main [name=number]", "LY2026-99999")
        page.fill("main [name=code]", "AAAA2222")
        page.click("main form button:has-text('查询')")
        if "请稍后再试" in page.inner_text("h1"):
            return


def _wrong_passwords(page: Any, known: dict[str, str]) -> None:
    for _ in range(6):
        page.goto(known["site"] + "/houtai/login/")
        page.fill("[name=username]", "meiyou-zhegeren")
        page.fill("[name=password]", "wrong")
        page.click("button[type=submit]")
        if "登录暂停" in page.inner_text("h1"):
            return


def _without_cookies(page: Any, known: dict[str, str]) -> None:
    page.goto(known["site"] + "/zhaocuo/")
    page.context.clear_cookies()
    page.click(SUBMIT)


SINGLE = (
    Stop("home", "HomePage", SITE, "/"),
    Stop("disclosure area", "ColumnPage", COLUMN, "/zfxxgk/"),
    Stop("column with columns below", "ColumnPage", COLUMN, "/zfxxgk/fdzdgknr/"),
    Stop("leaf list", "ColumnPage", COLUMN, "/zfxxgk/fdzdgknr/tongzhi/"),
    Stop("a year of a list", "ColumnPage", COLUMN, "/zfxxgk/fdzdgknr/tongzhi/?nian=2026"),
    Stop("column of services", "ColumnPage", COLUMN, "/fuwu/"),
    Stop("column of interaction", "ColumnPage", COLUMN, "/hudong/"),
    Stop("column of responses", "ColumnPage", COLUMN, "/zhengce/huiying/"),
    Stop("applications", "entry", COLUMN, "/zfxxgk/ysqgk/"),
    Stop("item", "ItemPage", CONTENT, "/zfxxgk/zhinan/gongkai-zhinan/"),
    Stop("response", "ItemPage", CONTENT, "/zhengce/huiying/yuanqu-erlu-shigong/"),
    Stop("interpretation", "ItemPage", CONTENT, "/zhengce/jiedu/jiedu-zhaoshang/"),
    Stop("normative document", "ItemPage", CONTENT, "/zhengce/guifan-1/"),
    Stop("repealed normative document", "ItemPage", CONTENT, "/zhengce/guifan-yijiu-1/"),
    Stop("search", "search", SITE, "/sousuo/?q=奖补"),
    Stop("search without results", "search", SITE, "/sousuo/?q=没有的词"),
    Stop("search without a word", "search", SITE, "/sousuo/"),
    Stop("catalogue", "catalogue", COLUMN, "/zfxxgk/mulu/"),
    Stop("edition of the catalogue", "catalogue_edition", COLUMN, "/zfxxgk/mulu/1/"),
    Stop("annual reports", "annual_reports", COLUMN, "/zfxxgk/nianbao/"),
    Stop("annual report", "annual_report", CONTENT, "/zfxxgk/nianbao/2023/"),
    Stop("unit's annual report", "unit_annual_report", CONTENT, "/zfxxgk/nianbao/DEMO02/2023/"),
    Stop("library of normative documents", "normative_library", COLUMN, "/zfxxgk/guifan/"),
    Stop("consultations", "consultations", COLUMN, "/zfxxgk/zhengqiu/"),
    Stop("guides", "guides", COLUMN, "/fuwu/zhinan/"),
    Stop("guide", "guide", CONTENT, "/fuwu/zhinan/1/"),
    Stop("messages", "messages", COLUMN, "/hudong/liuyan/"),
    Stop("message", "message", CONTENT, "/hudong/liuyan/1/"),
    Stop("figures of messages", "message_figures", COLUMN, "/hudong/liuyan/tongji/"),
    Stop("gazettes", "gazettes", COLUMN, "/zfxxgk/gongbao/"),
    Stop("site map", "site_map", SITE, "/ditu/"),
    Stop("open data", "open_data", COLUMN, "/kaifang/"),
    Stop("leaving notice", "leaving", SITE, "/likai/?url=https%3A%2F%2Fwww.gov.cn%2F"),
    Stop(
        "calculators",
        "calculators",
        SITE,
        "/zfxxgk/ysqgk/jisuan/?received_on=2026-02-10&channel=counter&items=45",
    ),
    Stop(
        "calculators with errors",
        "calculators",
        SITE,
        "/zfxxgk/ysqgk/jisuan/?received_on=&channel=web&items=-1",
    ),
    Stop("personal data", "privacy", SITE, "/zfxxgk/ysqgk/geren-xinxi/"),
    Stop("taken from what is public", "taken", SITE, "/zfxxgk/ysqgk/shenqing/buyong/?tiaomu=1"),
    Stop("draft cleared", "cleared", SITE, "/zfxxgk/ysqgk/shenqing/yiqingchu/"),
    Stop("interpretation linked with its policy", "ItemPage", CONTENT, "/zhengce/jiedu-1-questions/"),
    Stop("one-time link", "consulted", SITE, _to("consulted")),
    Stop("unknown one-time link", "consulted", SITE, "/zfxxgk/ysqgk/zhengqiu/meiyou/"),
    Stop("not found", "404", SITE, "/meiyou/"),
    Stop("too often", "429", SITE, _wrong_codes),
    Stop("locked out", "locked out", SITE, _wrong_passwords),
    Stop("page expired", "csrf", SITE, _without_cookies),
)
APPLYING = (
    Stop("before applying", "start", SITE, "/zfxxgk/ysqgk/shenqing/"),
    Stop("first step", "step", SITE, _click("button:has-text('开始填写')")),
    Stop("first step with errors", "step", SITE, _click(NEXT)),
    Stop(
        "already public",
        "found",
        SITE,
        _after(_fill(subject="园区奖补资金申报", content="园区企业奖补资金申报的条件和材料"), _click(NEXT)),
    ),
    Stop("second step", "step", SITE, _click("text=不是我要的，继续申请")),
    Stop(
        "third step",
        "step",
        SITE,
        _after(_click("#id_obtain_0"), _click("#id_medium_0"), _click(NEXT)),
    ),
    Stop(
        "fourth step",
        "step",
        SITE,
        _after(
            _click("#id_applicant_kind_0"),
            _fill(applicant_name="王示例", identity_number=IDENTITY),
            _click("#id_identity_kind_0"),
            _picture,
            _click(NEXT),
        ),
    ),
    Stop("before sending", "review", SITE, _after(_fill(telephone="13900001111"), _click(NEXT))),
    Stop("application sent", "receipt", SITE, _click("button:has-text('提交申请')")),
    Stop("progress", "progress", SITE, _receipt_is_looked_up),
    Stop("withdrawing", "withdraw", SITE, "/zfxxgk/ysqgk/chaxun/chehui/"),
)
JOURNEYS: tuple[tuple[Stop, ...], ...] = (
    *((stop,) for stop in SINGLE),
    APPLYING,
    (
        Stop("look-up", "look_up", SITE, "/zfxxgk/ysqgk/chaxun/"),
        Stop("look-up with errors", "look_up", SITE, _click("main form button:has-text('查询')")),
        Stop("answered application", "progress", SITE, _look_up("answered", "/zfxxgk/ysqgk/chaxun/")),
    ),
    (
        Stop(
            "application to correct", "progress", SITE, _look_up("await_correction", "/zfxxgk/ysqgk/chaxun/")
        ),
        Stop("correcting", "correct", SITE, "/zfxxgk/ysqgk/chaxun/buzheng/"),
    ),
    (
        Stop("application to reason", "progress", SITE, _look_up("await_reason", "/zfxxgk/ysqgk/chaxun/")),
        Stop("giving a reason", "give_reason", SITE, "/zfxxgk/ysqgk/chaxun/liyou/"),
    ),
    (
        Stop("telling a fault", "fault", SITE, "/zhaocuo/?ye=/ditu/"),
        Stop("telling a fault with errors", "fault", SITE, _click(SUBMIT)),
        Stop(
            "fault told",
            "fault_ticket",
            SITE,
            _after(_click("main [name=kind] >> nth=0"), _fill(text="“布署”应为“部署”。"), _click(SUBMIT)),
        ),
    ),
    (
        Stop("writing a message", "message_write", SITE, "/hudong/liuyan/xie/"),
        Stop(
            "writing a message with errors", "message_write", SITE, _click("main button:has-text('提交留言')")
        ),
        Stop(
            "message sent",
            "message_receipt",
            SITE,
            _after(
                _fill(title="路口红绿灯", text="经一路路口早晚高峰拥堵，建议装红绿灯。"),
                _check("kind", "suggestion"),
                _check("may_publish", "0"),
                _click("main button:has-text('提交留言')"),
            ),
        ),
        Stop("progress of a message", "message_look_up", SITE, _receipt_is_looked_up),
    ),
    (
        Stop("looking a message up", "message_look_up", SITE, "/hudong/liuyan/chaxun/"),
        Stop(
            "looking a message up with errors",
            "message_look_up",
            SITE,
            _click("main form button:has-text('查询')"),
        ),
    ),
    (
        Stop("opinion", "consultation", SITE, _to("open consultation")),
        Stop("opinion with errors", "consultation", SITE, _click(SUBMIT)),
        Stop(
            "opinion sent",
            "opinion_receipt",
            SITE,
            _after(_fill(text="第三条建议写明办理时限。"), _click(SUBMIT)),
        ),
    ),
    (
        Stop("subscription", "subscribe", SITE, "/dingyue/"),
        Stop("subscription with errors", "subscribe", SITE, _click(SUBMIT)),
        Stop(
            "subscription asked",
            "subscribe",
            SITE,
            _after(
                _click("main [name=columns] >> nth=0"), _fill(email="shifan@example.invalid"), _click(SUBMIT)
            ),
        ),
        Stop("confirming a subscription", "subscribe_confirm", SITE, _to("subscribe_confirm")),
        Stop("subscription confirmed", "subscribe_confirm", SITE, _click(SUBMIT)),
        Stop("stale confirmation", "subscribe_confirm", SITE, "/dingyue/queren/laoju/"),
        Stop("leaving a subscription", "subscribe_leave", SITE, _to("subscribe_leave")),
        Stop("subscription left", "subscribe_leave", SITE, _click(SUBMIT)),
    ),
)
STOPS: dict[str, tuple[tuple[Stop, ...], Stop]] = {
    stop.name: (journey, stop) for journey in JOURNEYS for stop in journey
}
ROUTES = frozenset(stop.route for stop in chain.from_iterable(JOURNEYS))

# Addresses that draw no page, and why.
NOT_PAGES = {
    "suggestions": "JSON",
    "rss": "a feed",
    "atom": "a feed",
    "sitemap": "XML",
    "sitemap_of_columns": "XML",
    "sitemap_of_items": "XML",
    "robots": "text",
    "gazette": "a PDF",
    "annual_report_file": "a file",
    "normative_paper": "a file",
    "guide_file": "a file",
    "open_data_file": "a file",
    "letter": "a file",
    "released_file": "a file",
    "elder_mode": "leads back to the page",
    "clear": "takes POST and leads to “draft cleared”",
    "leave": "takes POST and leads to “look-up”",
}

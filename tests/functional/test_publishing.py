"""One item's way in Chromium: draft, four different reviewers, live, found, fed, counted, withdrawn again."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="未安装 playwright：浏览器测试没有运行")
expect = playwright.expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TODAY = datetime.now(tz=ZoneInfo("Asia/Shanghai")).date()
TITLE = "园区西区雨水泵站启用公告"
WORDS = "西区雨水泵站自即日起启用，汛期二十四小时值守。"
REVIEWERS = ("chushen", "fushen", "baomi", "zhongshen")


def faults(page, context="body") -> str:
    from axe_playwright_python.sync_playwright import Axe

    results = Axe().run(page, context=context)
    return results.generate_report() if results.violations_count else ""


def column_of(page, site, title: str) -> dict:
    columns = page.request.get(f"{site.url}/api/v1/columns").json()
    return next(column for column in columns if column["title"] == title)


def drafted(open_page, site) -> str:
    """The editor writes and submits; gives the address of the review."""
    page = open_page("/houtai/", account="xinxiyuan")
    column = column_of(page, site, "通知公告")
    page.goto(f"{site.url}/houtai/pages/add/publishing/itempage/{column['id']}/")
    page.fill("#id_title", TITLE)
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type(WORDS)
    page.fill("#id_formed_on", TODAY.isoformat())
    page.keyboard.press("Escape")
    # The editor writes what was typed into its field a quarter of a second later; a test is quicker than that.
    page.wait_for_function("words => document.querySelector('[name=body]').value.includes(words)", arg=WORDS)
    page.get_by_role("button", name="更多动作").click()
    page.get_by_role("button", name="保存并送审").click()
    page.wait_for_url("**/songshen/")
    assert not faults(page, ".gk")
    page.get_by_role("button", name="送审", exact=True).click()
    page.wait_for_url(re.compile(r"/houtai/shenhe/\d+/$"))
    return page.url.removeprefix(site.url)


def signed(open_page, review: str, account: str) -> None:
    page = open_page(review, account=account)
    assert not faults(page, ".gk")
    page.get_by_label(re.compile("已核对")).check()
    page.get_by_role("button", name="同意", exact=True).click()
    expect(page.locator(".gk-timeline").first).to_contain_text("同意")


def found(open_page) -> bool:
    page = open_page(f"/sousuo/?q={quote('雨水泵站')}")
    return TITLE in page.inner_text("main")


def test_an_item_goes_its_whole_way(open_page, site):
    """Issue 4, done when: draft → reviewers → live → search → feed → 总体情况 → withdrawn."""
    review = drafted(open_page, site)
    assert not found(open_page)
    for count, account in enumerate(REVIEWERS):
        desk = open_page(review, account="gongkaiban")
        assert desk.get_by_role("button", name="发布", exact=True).count() == 0, count
        signed(open_page, review, account)

    desk = open_page(review, account="gongkaiban")
    desk.get_by_role("button", name="发布", exact=True).click()
    expect(desk.locator("body")).to_contain_text("已发布")
    live = desk.get_by_role("link", name="看已发布的网页").get_attribute("href")

    public = open_page(live if live.startswith("/") else live.removeprefix(site.url))
    assert WORDS in public.inner_text("main")
    assert public.locator("meta[name=ArticleTitle]").get_attribute("content") == TITLE
    assert not faults(public)
    assert found(open_page)
    column = column_of(public, site, "通知公告")
    assert TITLE in public.request.get(f"{site.url}/rss/{column['id']}.xml").text()
    assert counted(open_page, site)

    desk.goto(site.url + review)
    desk.get_by_role("link", name="撤下").click()
    desk.fill("textarea", "内容有误，重新核对。")
    desk.get_by_role("button", name="撤下").click()
    expect(desk.locator("body")).to_contain_text("已撤下")

    assert public.goto(public.url).status == 404
    assert not found(open_page)
    assert TITLE not in public.request.get(f"{site.url}/rss/{column['id']}.xml").text()
    assert not counted(open_page, site)


def counted(open_page, site) -> bool:
    """Whether the list behind 主动公开信息 of this year's report names the item."""
    page = open_page("/houtai/nianbao/", account="gongkaiban")
    year = str(TODAY.year)
    link = page.get_by_role("link", name=re.compile(f"示例工业园区管委会 {year} 年"))
    if link.count():
        link.first.click()
    else:
        page.locator("form.gk-inline [name=year]").fill(year)
        page.get_by_role("button", name="建立年度报告").click()
    page.wait_for_url(re.compile(r"/houtai/nianbao/\d+/"))
    page.goto(re.sub(r"(/nianbao/\d+/).*", r"\1zhibiao/fact.proactive_items/", page.url))
    return TITLE in page.inner_text("body")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "path", ["/gaikuang/gonggong-sheshi/", "/zfxxgk/mulu/", "/zfxxgk/fdzdgknr/", "/zfxxgk/fdzdgknr/tongzhi/"]
)
def test_public_pages_are_accessible_at_every_width_and_without_javascript(open_page, path, width):
    page = open_page(path, width=width)
    assert not faults(page)
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    plain = open_page(path, width=width, javascript=False)
    assert plain.inner_text("h1") == page.inner_text("h1")


@pytest.mark.parametrize(
    "path",
    [
        "/houtai/shenhe/",
        "/houtai/shenhe/jilu/",
        "/houtai/mulu/",
        "/houtai/mulu/1/",
        "/houtai/mulu/lanmu/",
        "/houtai/xinxi/daoru/",
        "/houtai/shuxing/",
        "/houtai/shuxing/dengji/",
        "/houtai/shuxing/1/",
    ],
)
def test_desk_pages_are_accessible(open_page, path):
    for width in (1280, 390):
        page = open_page(path, account="gongkaiban", width=width)
        assert not faults(page, ".gk")

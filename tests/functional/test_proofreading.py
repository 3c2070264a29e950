"""Proofreading in Chromium: findings beside the text, one accepted, publication refused, waived, published."""

from __future__ import annotations

import re

import pytest

from .test_publishing import TODAY, column_of, faults, signed

playwright = pytest.importorskip("playwright.sync_api", reason="未安装 playwright：浏览器测试没有运行")
expect = playwright.expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
ID = "990101199001010078"  # of an administrative area that does not exist
TITLE = "园区技能培训报名通知"
WORDS = f"请登陆平台报名，联系人张某的公民身份证号{ID}，名额有限。"


def drafted(open_page, site):
    """The editor writes with a wrong word and an ID number, and saves."""
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
    return page


def test_findings_are_accepted_refused_waived_and_then_the_item_goes_live(open_page, site):
    """Issue 5: publication is blocked by open 严重 findings."""
    page = drafted(open_page, site)
    assert not faults(page, ".gk")
    expect(page.locator("main")).to_contain_text("送审前请看校对结果")
    page.get_by_role("link", name="回去编辑").click()

    panel = page.locator("[data-gk-proof]")
    expect(panel.locator("mark", has_text="登陆")).to_be_visible()
    expect(panel.locator("mark", has_text=ID)).to_be_visible()
    assert panel.get_by_role("button", name=re.compile("豁免")).count() == 0
    panel.get_by_role("button", name=re.compile(r"采纳\s*“登陆”")).click()
    expect(page.locator("body")).to_contain_text("已把“登陆”改为“登录”")
    expect(page.locator(".public-DraftEditor-content").first).to_contain_text("请登录平台报名")

    page.goto(re.sub(r"/pages/(\d+)/edit/.*", r"/shenhe/xinxi/\1/songshen/", page.url))
    page.get_by_role("button", name="送审", exact=True).click()
    page.wait_for_url(re.compile(r"/houtai/shenhe/\d+/$"))
    review = page.url.removeprefix(site.url)
    for account in ("chushen", "fushen", "baomi"):
        signed(open_page, review, account)

    final = open_page(review, account="zhongshen")
    final.get_by_label(re.compile("已核对")).check()
    final.get_by_role("button", name="同意", exact=True).click()
    expect(final.locator("[role=alert]").first).to_contain_text("还不能签署终审")
    row = final.locator(".gk-findings li", has_text=ID)
    row.get_by_placeholder("不改的理由").fill("示例号码，并无此人")
    row.get_by_role("button", name=re.compile("豁免")).click()
    expect(final.locator("#jiaodui")).to_contain_text("示例号码，并无此人")
    assert not faults(final, ".gk")
    signed(open_page, review, "zhongshen")

    desk = open_page(review, account="gongkaiban")
    desk.get_by_role("button", name="发布", exact=True).click()
    expect(desk.locator("body")).to_contain_text("已发布")
    public = open_page(
        desk.get_by_role("link", name="看已发布的网页").get_attribute("href").removeprefix(site.url)
    )
    assert "请登录平台报名" in public.inner_text("main")


def test_the_proofreader_adds_an_entry_and_its_sample_is_tried(open_page):
    page = open_page("/houtai/jiaodui/", account="jiaodui")
    page.get_by_role("link", name="添加条目").click()
    page.get_by_label("错误写法").fill("示例园管委")
    page.get_by_label("正确写法").fill("示例工业园区管委会")
    page.get_by_label("理由或依据").fill("机关简称以三定方案为准")
    page.get_by_label("应当查出的例句").fill("这里没有那个词。")
    page.get_by_label("不应查出的例句").fill("由示例工业园区管委会负责。")
    page.get_by_role("button", name="添加", exact=True).click()
    expect(page.locator("[role=alert]").first).to_contain_text("没有找到")
    page.get_by_label("应当查出的例句").fill("由示例园管委负责。")
    page.get_by_role("button", name="添加", exact=True).click()
    expect(page.locator("main")).to_contain_text("示例工业园区管委会")
    assert not faults(page, ".gk")

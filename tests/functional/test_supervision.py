"""The leader's board and the organisation's screens in Chromium; a hand-over walked from start to end."""

from __future__ import annotations

import re

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="未安装 playwright：浏览器测试没有运行")
expect = playwright.expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SCREENS = [
    "/houtai/kanban/",
    "/houtai/gangwei/",
    "/houtai/gangwei/xin/",
    "/houtai/gangwei/1/",
    "/houtai/gangwei/2/",
    "/houtai/zuzhi/",
    "/houtai/zuzhi/xin/",
    "/houtai/zuzhi/1/",
    "/houtai/zuzhi/1/chengyuan/1/",
    "/houtai/zuzhi/1/zengjia/",
    "/houtai/baobei/",
    "/houtai/baobei/xin/",
    "/houtai/baobei/1/",
    "/houtai/baobei/shezhi/",
]
HAND_OVER = re.compile(r"/houtai/gangwei/\d+/$")


def faults(page) -> str:
    from axe_playwright_python.sync_playwright import Axe

    results = Axe().run(page, context=".gk")
    return results.generate_report() if results.violations_count else ""


def width_of(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.parametrize("path", SCREENS)
@pytest.mark.parametrize("width", [1280, 390])
def test_the_screens_are_accessible_and_fit(open_page, path, width):
    page = open_page(path, account="gongkaiban", width=width)

    expect(page.locator("main .gk")).to_have_count(1)
    assert width_of(page) <= width
    assert faults(page) == ""


def test_every_chart_of_the_board_has_its_table(open_page):
    page = open_page("/houtai/kanban/", account="gongkaiban")

    charts = page.locator(".gk-board-chart")
    assert charts.count() >= 3
    for number in range(charts.count()):
        chart = charts.nth(number)
        assert chart.locator("svg[role=img]").count() == 1
        assert chart.locator("table tbody tr").count() > 0, chart.inner_text()


def test_a_hand_over_is_walked_from_start_to_end(open_page, site):
    """The archive post goes on from the proofreader to the second reviewer; the head witnesses."""
    clerk = open_page("/houtai/gangwei/xin/", account="gongkaiban")
    held = clerk.locator("#id_held option", has_text="公开档案岗")
    clerk.select_option("#id_held", held.get_attribute("value"))
    clerk.select_option("#id_taker", label="演示校对员")
    clerk.get_by_role("button", name="建立移交单").click()
    expect(clerk.get_by_role("alert")).to_contain_text("同一个人")
    clerk.select_option("#id_taker", label="演示复审")
    clerk.get_by_role("button", name="建立移交单").click()
    clerk.wait_for_url("**/tianxie/")
    address = clerk.url.removesuffix("tianxie/").removeprefix(site.url)

    giver = open_page(address + "tianxie/", account="jiaodui", width=390)
    for box in giver.locator("tbody input[type=checkbox]").all()[:-1]:
        box.check()
    giver.fill("#id_extra", "档案室台账 2 本")
    assert width_of(giver) <= 390
    assert faults(giver) == ""
    giver.get_by_role("button", name="保存").click()
    giver.wait_for_url(HAND_OVER)
    giver.get_by_role("button", name="移交人签字").click()
    expect(giver.locator("body")).to_contain_text("第 12 项")
    giver.get_by_role("link", name="填写清单").click()
    giver.fill("#id_remark_12", "无")
    giver.get_by_role("button", name="保存").click()
    giver.get_by_role("button", name="移交人签字").click()
    expect(giver.locator("body")).to_contain_text("等接收人核对")

    taker = open_page("/houtai/", account="fushen")
    taker.get_by_role("link", name=re.compile("核对移交清单并签字：公开档案岗")).click()
    taker.get_by_role("button", name="接收人签字").click()
    expect(taker.get_by_role("button", name="确认移交")).to_have_count(0)

    head = open_page(address, account="fuzeren")
    head.get_by_text("监交确认", exact=True).click()
    head.get_by_role("button", name="确认移交").click()
    expect(head.locator("body")).to_contain_text("都已转给接收人")
    expect(head.locator(".gk-state").first).to_have_text("已移交")
    with head.expect_download() as waiting:
        head.get_by_role("link", name="移交清单（PDF）").click()
    assert waiting.value.suggested_filename.startswith("岗位移交清单-公开档案岗")

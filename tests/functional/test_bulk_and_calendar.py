"""Many items taken off at once, and the calendar of publications, in Chromium on the demo office."""

from __future__ import annotations

import re

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="未安装 playwright：浏览器测试没有运行")
expect = playwright.expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

EXPIRING, SCHEDULED, DRAFT = (
    "园区临时停车场开放通告", "元旦假期园区值班安排", "园区一号路供水管网检修停水通知",
)  # fmt: skip


def faults(page) -> str:
    from axe_playwright_python.sync_playwright import Axe

    results = Axe().run(page, context=".gk")
    return results.generate_report() if results.violations_count else ""


def overflows(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def column_address(page, site) -> str:
    columns = page.request.get(f"{site.url}/api/v1/columns").json()
    number = next(column["id"] for column in columns if column["title"] == "通知公告")
    return f"/houtai/pages/{number}/"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "path", ["/houtai/rili/", "/houtai/rili/?xianshi=liebiao", "/houtai/rili/?yue=2026-10"]
)
def test_the_calendar_is_accessible_at_every_width_and_without_javascript(open_page, path, width):
    page = open_page(path, account="gongkaiban", width=width)

    assert not faults(page)
    assert not overflows(page)
    plain = open_page(path, account="gongkaiban", width=width, javascript=False)
    assert plain.inner_text(".gk-month") == page.inner_text(".gk-month")


def test_the_calendar_leads_from_month_to_month_and_narrows(open_page):
    page = open_page("/houtai/rili/", account="gongkaiban", javascript=False)
    here = page.inner_text(".gk-month")

    page.get_by_role("link", name="下个月").click()
    assert page.inner_text(".gk-month") != here
    page.get_by_role("link", name="上个月").click()
    assert page.inner_text(".gk-month") == here
    page.get_by_label("类别").select_option(label="紧急发布补审")
    page.get_by_role("button", name="筛选").click()
    kinds = set(page.locator(".gk-calendar .gk-kind").all_inner_texts())

    assert all(kind.startswith("紧急发布补审") for kind in kinds)


def test_many_items_are_taken_off_with_a_reason(open_page, site):
    """Ticked in the list; what cannot be done is told first; the rest goes off together and leaves the calendar."""
    page = open_page("/houtai/", account="gongkaiban")
    page.goto(site.url + column_address(page, site))
    for title in (EXPIRING, SCHEDULED, DRAFT):
        row = page.get_by_role("row").filter(has_text=title)
        row.locator("[data-bulk-action-checkbox]").check()
    bar = page.locator(".bulk-actions-buttons")
    assert [one.strip() for one in bar.locator("a:visible").all_inner_texts()] == [
        "批量撤下", "批量移动", "删除",
    ]  # fmt: skip
    bar.get_by_text("批量撤下").click()

    expect(page.locator(".gk-warn")).to_contain_text("有 1 条不能撤下")
    assert not faults(page)
    page.get_by_role("button", name="只撤下可以办的 2 条").click()
    expect(page.locator(".gk-field-bad")).to_contain_text("请填写这一项")
    page.fill("textarea", "停车场已关闭，值班安排另行通知。")
    page.get_by_role("button", name="只撤下可以办的 2 条").click()

    expect(page.locator("body")).to_contain_text("已撤下 2 条信息")
    assert re.search(r"/houtai/pages/\d+/$", page.url)
    listed = open_page("/houtai/rili/?xianshi=liebiao&lei=dingshi", account="gongkaiban")
    assert SCHEDULED not in listed.inner_text("body")


def test_the_screen_of_moving_is_accessible_when_narrow(open_page, site):
    page = open_page("/houtai/", account="gongkaiban", width=390)
    page.goto(site.url + column_address(page, site))
    number = page.locator("[data-bulk-action-checkbox]").last.get_attribute("data-object-id")
    page.goto(f"{site.url}/houtai/bulk/wagtailcore/page/yidong/?id={number}")

    assert not faults(page)
    assert not overflows(page)
    page.fill("textarea", "栏目合并")
    page.get_by_role("button", name=re.compile("^移动")).click()
    assert page.input_value("textarea") == "栏目合并"

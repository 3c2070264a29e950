"""Trainings and work points in Chromium: from the desk to the test and the check-in, the keyboard and the telephone alike."""

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="未安装 playwright：浏览器测试没有运行")
expect = playwright.expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SCREENS = [
    ("jiandu", "/houtai/peixun/"),
    ("jiandu", "/houtai/peixun/1/"),
    ("jiandu", "/houtai/peixun/dengji/"),
    ("jiandu", "/houtai/peixun/1/qiandao/"),
    ("jiandu", "/houtai/peixun/1/cailiao/"),
    ("jiandu", "/houtai/peixun/3/timu/"),
    ("xinxiyuan", "/houtai/peixun/1/"),
    ("xinxiyuan", "/houtai/peixun/1/ceshi/"),
    ("fuzeren", "/houtai/yaodian/"),
    ("fuzeren", "/houtai/yaodian/dengji/"),
    ("fuzeren", "/houtai/yaodian/1/tianjia/"),
    ("fuzeren", "/houtai/yaodian/1/daoru/"),
    ("fuzeren", "/houtai/yaodian/renwu/4/"),
    ("fuzeren", "/houtai/yaodian/renwu/4/queren/"),
    ("fuzeren", "/houtai/yaodian/renwu/3/tianbao/"),
    ("jiandu", "/houtai/zhuize/"),
    ("jiandu", "/houtai/zhuize/1/"),
    ("jiandu", "/houtai/zhuize/dengji/"),
]


def faults(page) -> str:
    from axe_playwright_python.sync_playwright import Axe

    results = Axe().run(page, context=".gk")
    return results.generate_report() if results.violations_count else ""


@pytest.mark.parametrize(("account", "path"), SCREENS)
def test_the_screens_are_accessible_and_fit(open_page, account, path):
    for width in (1280, 390):
        page = open_page(path, account=account, width=width)

        expect(page.locator("main .gk")).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert faults(page) == ""


def test_a_test_is_sat_from_the_desk_until_it_is_passed(open_page):
    page = open_page("/houtai/", width=390, account="xinxiyuan")
    page.click("text=参加培训测试：政府信息公开业务培训")
    page.click("text=参加测试")
    page.get_by_label("B. 15 个").check()
    page.click("button:has-text('交卷')")
    expect(page.locator(".gk-error")).to_have_count(2)
    expect(page.get_by_label("B. 15 个")).to_be_checked()
    page.get_by_label("错", exact=True).check()
    page.get_by_label("A. 主动公开").check()
    page.click("button:has-text('交卷')")
    expect(page.locator("main")).to_contain_text("第 1 次：0 分")
    page.click("text=再测一次")
    page.get_by_label("C. 20 个").check()
    page.get_by_label("对", exact=True).check()
    for option in ("A. 主动公开", "B. 依申请公开", "C. 不予公开"):
        page.get_by_label(option).check()
    page.click("button:has-text('交卷')")

    expect(page.locator("main")).to_contain_text("第 2 次：100 分")
    expect(page.locator("main")).to_contain_text("答案：ABC")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_missed_check_in_is_red_until_it_is_sent(open_page):
    page = open_page("/houtai/", account="xinxiyuan")
    page.click("text=报送要点进展：5")
    expect(page.locator(".gk-facts")).to_contain_text("没有按期报送")
    page.click("text=填报进展")
    page.fill("[name=percent]", "100")
    page.fill("[name=note]", "第二次开放日已举办。")
    page.click("button:has-text('填报')")
    expect(page.locator(".gk-alert")).to_contain_text("完成要有佐证")
    expect(page.locator("[name=note]")).to_have_value("第二次开放日已举办。")
    page.fill("[name=percent]", "50")
    page.click("button:has-text('填报')")

    expect(page.locator(".gk-facts")).to_contain_text("推进中")
    page.goto(page.url.split("/houtai/")[0] + "/houtai/")
    assert "报送要点进展：5" not in page.inner_text("main")

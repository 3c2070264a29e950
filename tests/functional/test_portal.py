"""Public pages in Chromium: accessible, whole at 390 px, without JavaScript, by keyboard."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = {
    "home": "/",
    "disclosure area": "/zfxxgk/",
    "column": "/zfxxgk/fdzdgknr/",
    "item": "/zfxxgk/zhinan/gongkai-zhinan/",
    "annual reports": "/zfxxgk/nianbao/",
    "annual report": "/zfxxgk/nianbao/2023/",
    "unit's annual report": "/zfxxgk/nianbao/DEMO02/2023/",
    "search": "/sousuo/?q=奖补",
    "empty search": "/sousuo/?q=没有的词",
    "calculators": "/zfxxgk/ysqgk/jisuan/?received_on=2026-02-10&channel=counter&items=45",
    "calculators with errors": "/zfxxgk/ysqgk/jisuan/?received_on=&channel=web&items=-1",
    "applications": "/zfxxgk/ysqgk/",
    "before applying": "/zfxxgk/ysqgk/shenqing/",
    "look-up": "/zfxxgk/ysqgk/chaxun/",
    "personal data": "/zfxxgk/ysqgk/geren-xinxi/",
    "unknown link": "/zfxxgk/ysqgk/zhengqiu/meiyou/",
    "normative documents": "/zfxxgk/guifan/",
    "repealed paper": "/zhengce/guifan-yijiu-1/",
    "consultations": "/zfxxgk/zhengqiu/",
    "opinion": "/zfxxgk/zhengqiu/1/",
    "guides": "/fuwu/zhinan/",
    "guide": "/fuwu/zhinan/1/",
    "messages": "/hudong/liuyan/",
    "message": "/hudong/liuyan/1/",
    "figures of messages": "/hudong/liuyan/tongji/",
    "writing a message": "/hudong/liuyan/xie/",
    "response": "/zhengce/huiying/yuanqu-erlu-shigong/",
    "column of responses": "/zhengce/huiying/",
    "leaving notice": "/likai/?url=https%3A%2F%2Fwww.gov.cn%2F",
    "subscription": "/dingyue/",
    "gazettes": "/zfxxgk/gongbao/",
    "looking a message up": "/hudong/liuyan/chaxun/",
    "open data": "/kaifang/",
    "site map": "/ditu/",
    "telling a fault": "/zhaocuo/?ye=/ditu/",
    "not found": "/meiyou/",
}


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_axe_finds_nothing(open_page, path, width):
    from axe_playwright_python.sync_playwright import Axe

    results = Axe().run(open_page(path, width=width))

    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_nothing_sticks_out_at_390_px(open_page, path):
    page = open_page(path, width=390)

    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_nothing_sticks_out_in_elder_mode_on_a_phone(open_page, path, site):
    page = open_page("/changzhe/?next=/", width=390)
    page.goto(site.url + path)

    assert page.locator("html.elder").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_elder_mode_works_without_javascript_and_stays(open_page):
    page = open_page("/", javascript=False)
    page.get_by_role("link", name="长者模式", exact=True).click()
    page.get_by_role("link", name="政府信息公开", exact=True).click()

    assert page.url.endswith("/zfxxgk/")
    assert page.locator("html.elder").count() == 1


def test_the_keyboard_reaches_search_and_the_text_first(open_page):
    page = open_page("/zfxxgk/")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_phone_reader_chooses_an_applicant_kind_and_keeps_the_total(open_page):
    page = open_page("/zfxxgk/nianbao/DEMO02/2023/", width=390)
    cell = page.locator('[data-cell="table3.r1.commercial"]')

    assert not cell.is_visible()
    page.get_by_text("商业企业", exact=True).first.click()
    assert cell.inner_text().strip() == "4"
    assert page.locator('[data-cell="table3.r1.total"]').is_visible()
    assert not page.locator('[data-cell="table3.r1.natural"]').is_visible()


def test_the_pdf_of_the_report_downloads(open_page):
    page = open_page("/zfxxgk/nianbao/2023/")
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()

    assert download.value.suggested_filename == "示例工业园区管委会2023年政府信息公开工作年度报告.pdf"
    with open(download.value.path(), "rb") as file:
        assert file.read(5) == b"%PDF-"


@pytest.mark.parametrize("path", ["/", "/zfxxgk/", "/ditu/", "/zfxxgk/nianbao/2023/"])
def test_targets_on_a_phone_are_large_enough_to_touch(open_page, path):
    """Links that stand alone are 44 px high; links within a sentence follow the line."""
    page = open_page(path, width=390)
    small = page.evaluate(
        """() => [...document.querySelectorAll("header a, nav a, .list a, .blocks a, .map li a, .links a, .downloads a, button, .pages a")]
        .filter((element) => element.offsetParent && !element.matches(".skip"))
        .map((element) => [element.textContent.trim(), Math.round(element.getBoundingClientRect().height)])
        .filter(([, height]) => height < 36)"""
    )

    assert small == []


def test_no_label_of_the_navigation_breaks(open_page):
    page = open_page("/", width=390)
    lines = page.evaluate(
        """() => [...document.querySelectorAll(".doors a, .blocks strong")].map((element) => {
          const range = document.createRange();
          range.selectNodeContents(element);
          return new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
        })"""
    )

    assert set(lines) == {1}


def test_a_printed_report_fits_its_paper(open_page):
    page = open_page("/zfxxgk/nianbao/DEMO02/2023/", width=718)  # A4 less 1 cm margins, at 96 dots an inch
    page.emulate_media(media="print")

    assert page.evaluate("document.documentElement.scrollWidth") <= 718
    assert not page.get_by_role("button", name="搜索").is_visible()
    assert not page.get_by_text("下载", exact=True).is_visible()

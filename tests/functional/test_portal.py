"""What is particular to single public pages in Chromium; what holds for all is in ``test_public_pages.py``."""

import pytest

from tests.functional.public_pages import SINGLE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PLAIN = {stop.name: stop.go for stop in SINGLE if isinstance(stop.go, str)}


@pytest.mark.parametrize("path", PLAIN.values(), ids=PLAIN)
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

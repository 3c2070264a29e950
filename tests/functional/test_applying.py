"""One applicant's path in Chromium: from the empty form to the receipt and the progress page."""

from __future__ import annotations

import io
import re
import socket
from urllib.parse import urlsplit

import pytest
from PIL import Image

from gongkai.core.identifiers import resident_id_check

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

FORM = "/zfxxgk/ysqgk/shenqing/"
LOOK_UP = "/zfxxgk/ysqgk/chaxun/"
NAME, PHONE = "王示例", "13900001111"
IDENTITY = "99010119900102021" + resident_id_check("99010119900102021")
NEXT = ".buttons button[type=submit]"


def picture() -> dict:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(buffer, "JPEG")
    return {"name": "身份证正面.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def walk(page, look=lambda page: None):
    """Fill in every step, each first sent empty so that its errors are seen; ends on the receipt."""
    look(page)
    page.click("button:has-text('开始填写')")
    page.click(NEXT)
    look(page)
    page.fill("#id_subject", "园区雨水管网改造的施工图审查合格书")
    page.fill("#id_content", "2025年园区雨水管网改造项目施工图审查合格书及其附件")
    page.click(NEXT)
    if page.url.endswith("/yigongkai/"):
        look(page)
        page.click("text=不是我要的，继续申请")
    page.click(NEXT)
    look(page)
    page.check("#id_obtain_0")
    page.check("#id_medium_0")
    page.click(NEXT)
    page.click(NEXT)
    look(page)
    page.check("#id_applicant_kind_0")
    page.fill("#id_applicant_name", NAME)
    page.check("#id_identity_kind_0")
    page.fill("#id_identity_number", IDENTITY)
    page.set_input_files("#id_files", picture())
    page.click(NEXT)
    page.click(NEXT)
    look(page)
    page.fill("#id_telephone", PHONE)
    page.click(NEXT)
    look(page)
    page.click("button:has-text('提交申请')")
    look(page)


def look_up(page, look=lambda page: None):
    """From the receipt to the progress page, the code typed wrong once."""
    number, code = page.locator(".codes dd").all_inner_texts()
    page.click("a:has-text('查询进度')")
    page.fill("#id_number", number)
    page.fill("#id_code", "AAAA-2222")
    page.click(NEXT)
    look(page)
    page.fill("#id_code", code.lower())
    page.click(NEXT)
    look(page)
    return number


@pytest.mark.parametrize("width", [1280, 390])
def test_the_whole_way_is_accessible_and_whole(open_page, width):
    from axe_playwright_python.sync_playwright import Axe

    seen = []

    def look(page):
        results = Axe().run(page)
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
        seen.append(urlsplit(page.url).path)

    page = open_page(FORM, width=width)
    walk(page, look)
    number = look_up(page, look)

    assert page.url.endswith(LOOK_UP + "jindu/")
    assert number in page.inner_text("h1")
    assert {FORM, *(FORM + name for name in ("xinxi/", "shenqingren/", "hedui/", "huizhi/"))} <= set(seen)


def test_it_works_without_javascript(open_page):
    page = open_page(FORM, width=390, javascript=False)
    walk(page)
    look_up(page)

    assert "等待与您确认" in page.inner_text(".standing")


def test_the_progress_page_and_every_address_keep_the_applicant_out(open_page):
    page, addresses = open_page(FORM), []
    page.on("framenavigated", lambda frame: addresses.append(frame.url))
    walk(page)
    look_up(page)
    text = page.content()

    assert [secret for secret in (NAME, PHONE, IDENTITY) if secret in text] == []
    assert [url for url in addresses if re.search(rf"{IDENTITY}|{PHONE}|%E7%8E%8B", url)] == []


def test_the_keyboard_alone_fills_in_the_first_steps(open_page):
    page = open_page(FORM)

    def tab_to(selector: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        raise AssertionError(f"the keyboard does not reach {selector}")

    tab_to(NEXT)
    page.keyboard.press("Enter")
    page.wait_for_url("**/xinxi/")
    tab_to("#id_subject")
    page.keyboard.type("园区雨水管网改造的施工图审查合格书")
    page.keyboard.press("Enter")
    page.wait_for_selector(".form-errors")

    assert page.evaluate("document.activeElement.className") == "form-errors"
    assert page.input_value("#id_subject") == "园区雨水管网改造的施工图审查合格书"
    tab_to(".form-errors a")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_content"


def test_a_connection_lost_in_mid_upload_loses_nothing_and_keeps_nothing_of_it(open_page, site):
    page = open_page(FORM)
    page.click("button:has-text('开始填写')")
    page.goto(site.url + FORM + "shenqingren/")
    page.fill("#id_applicant_name", NAME)
    page.click(NEXT)
    token = page.input_value("[name=csrfmiddlewaretoken] >> nth=0")
    cookies = "; ".join(f"{c['name']}={c['value']}" for c in page.context.cookies())
    whole = picture()["buffer"] * 400
    head = (
        f'--x\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        '--x\r\nContent-Disposition: form-data; name="applicant_name"\r\n\r\nlost\r\n'
        '--x\r\nContent-Disposition: form-data; name="files"; filename="b.jpg"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    ).encode()
    address = urlsplit(site.url)
    request = (
        f"POST {FORM}shenqingren/ HTTP/1.1\r\nHost: {address.netloc}\r\nCookie: {cookies}\r\n"
        f"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {len(head) + len(whole)}\r\n\r\n"
    ).encode()
    with socket.create_connection((address.hostname, address.port)) as connection:
        connection.sendall(request + head + whole[: len(whole) // 2])
    page.goto(site.url + FORM + "shenqingren/")

    assert page.input_value("#id_applicant_name") == NAME
    assert page.locator(".kept-files li").count() == 0
    assert page.locator("h1").inner_text() == "申请人"

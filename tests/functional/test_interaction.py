"""Messages and the leaving notice in Chromium: a person writes, keeps the receipt and looks the message up, without JavaScript."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize("width", [1280, 390])
def test_a_message_is_written_and_looked_up_without_javascript(open_page, width):
    page = open_page("/hudong/liuyan/xie/", width=width, javascript=False)
    page.fill("[name=title]", "路口红绿灯")
    page.click("text=提交留言")
    assert "请写下要咨询" in page.inner_text(".form-errors")
    assert page.input_value("[name=title]") == "路口红绿灯"
    page.check("[name=kind][value=suggestion]")
    page.check("[name=may_publish][value='0']")
    page.fill("[name=text]", "经一路路口早晚高峰拥堵，建议装红绿灯。")
    page.click("text=提交留言")
    number, code = page.locator(".codes dd").all_inner_texts()
    assert number.startswith("LY")

    page.click("text=查询留言")
    page.fill("[name=number]", number)
    page.fill("[name=code]", code.replace("-", "").lower())
    page.click("form button:has-text('查询')")

    assert "正在办理" in page.inner_text("main")
    assert "经一路路口" in page.inner_text("main")


def test_an_outside_link_is_named_and_leads_through_the_notice(open_page):
    page = open_page("/zhengce/huiying/yuanqu-erlu-shigong/", javascript=False)
    link = page.locator("a.outside")
    assert "外部网站，离开本站" in link.text_content()
    link.click()

    assert "www.gov.cn" in page.inner_text("main")
    assert page.locator("a[rel~=external]").get_attribute("href") == "https://www.gov.cn/"


def test_titles_are_offered_while_one_types(open_page):
    page = open_page("/")
    page.locator("#q").press_sequentially("园区")

    page.wait_for_selector("#q-tishi option", state="attached")

    assert all("园区" in one for one in page.locator("#q-tishi option").all_inner_texts())

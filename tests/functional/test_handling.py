"""One clerk's path in Chromium: from the form at the counter to the delivered paper in the applicant's hands."""

from __future__ import annotations

import io
import re
from datetime import date

import pdfplumber
import pytest

from gongkai.core.disclosure.letters import FACTS, LETTERS, Origin, RemedyBodies, compose
from gongkai.core.identifiers import resident_id_check
from gongkai.inforequests.letters import letter_pdf

playwright = pytest.importorskip("playwright.sync_api", reason="未安装 playwright：浏览器测试没有运行")
expect = playwright.expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CASE = re.compile(r"/houtai/shenqing/\d+/$")
IDENTITY = "99010119900103031" + resident_id_check("99010119900103031")
SECRET = "私章在二楼"
RECORD = [name for name, fact in FACTS.items() if fact.origin is Origin.RECORD]


def contract() -> dict:
    """A PDF with something that must not go out."""
    facts = dict.fromkeys(RECORD, "（略）")
    text = compose(
        LETTERS[10],
        {
            **facts,
            "机关名称": "示例机关",
            "对方名称": "示例公司",
            "公开内容": f"合同正文。{SECRET}。",
            "公开理由": "略",
        },
        dated=date(2026, 3, 2),
        bodies=RemedyBodies("示例县人民政府", "示例县人民法院"),
    )
    return {"name": "合同.pdf", "mimeType": "application/pdf", "buffer": letter_pdf(text)}


def words(content: bytes) -> str:
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return "".join("".join((page.extract_text() or "").split()) for page in pdf.pages)


def faults(page) -> str:
    from axe_playwright_python.sync_playwright import Axe

    results = Axe().run(page, context=".gk")
    return results.generate_report() if results.violations_count else ""


def saved(page, action) -> bytes:
    with page.expect_download() as waiting:
        action()
    with open(waiting.value.path(), "rb") as stream:
        return stream.read()


def register(page):
    page.select_option("#id_channel", "counter")
    page.fill("#id_applicant_name", "申请人丙")
    page.fill("#id_identity_number", IDENTITY[:-1])
    page.fill("#id_telephone", "13900002222")
    page.fill("#id_subject", "印章刻制合同")
    page.fill("#id_content", "2025年度印章刻制合同")
    page.select_option("#id_obtain", "web")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator("body")).to_contain_text("应当是 18 位")
    expect(page.locator("#id_subject")).to_have_value("印章刻制合同")
    page.fill("#id_identity_number", IDENTITY)
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url(CASE)
    return re.search(r"查询码 (\S{9})", page.inner_text("body"))[1]


def redact(page):
    page.get_by_role("link", name="遮盖").first.click()
    page.fill("#gk-find", SECRET)
    page.get_by_role("button", name="全部标出").click()
    expect(page.locator("#gk-mark-count")).to_have_text("1")
    box = page.locator(".gk-sheet").first.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 60)
    page.mouse.up()
    expect(page.locator("#gk-mark-count")).to_have_text("2")
    page.get_by_role("button", name="烧录遮盖").click()
    expect(page.locator("body")).to_contain_text("已遮盖 2 处")


def test_from_the_counter_to_the_delivered_paper(open_page):
    clerk = open_page("/houtai/shenqing/dengji/", account="gongkaiban")
    code = register(clerk)
    case = clerk.url
    number = re.search(r"\d{4}-\d{4}", clerk.inner_text("h1, header"))[0]
    assert faults(clerk) == ""

    clerk.get_by_role("link", name="交办").click()
    clerk.get_by_role("button", name="交办").click()
    clerk.wait_for_url(CASE)

    clerk.get_by_role("link", name="上传、检查、遮盖、保密审查").click()
    clerk.set_input_files("#id_file", contract())
    clerk.get_by_role("button", name="上传并检查").click()
    expect(clerk.locator("body")).to_contain_text("处待处理")
    clerk.get_by_role("button", name="清除选中的内容").click()
    expect(clerk.locator("body")).to_contain_text("没有未处理的隐藏信息")
    redact(clerk)
    released = saved(clerk, clerk.get_by_role("link", name="下载", exact=True).click)
    assert SECRET not in words(released)
    assert "合同正文" in words(released)

    reviewer = open_page(re.sub(r"^https?://[^/]+", "", case) + "wenjian/", account="baomi")
    reviewer.fill("#id_opinion", "已遮盖，不涉密")
    reviewer.get_by_role("button", name="登记审查意见").click()
    expect(reviewer.locator("body")).to_contain_text("保密审查意见已登记")

    clerk.goto(case)
    clerk.get_by_role("link", name="拟办理结果").click()
    clerk.get_by_role("link", name=re.compile("部分公开")).click()
    clerk.fill("[name=公开部分]", "合同正文")
    clerk.fill("[name=不公开部分及理由]", "存放地点：属于内部事务信息，公开影响印章安全。")
    clerk.check("[name=refuses]")
    clerk.get_by_role("button", name="送审批").click()
    expect(clerk.locator("main").first).to_contain_text("政府信息部分公开告知书")
    expect(clerk.locator("main").first).to_contain_text("应当先")

    head = open_page(re.sub(r"^https?://[^/]+", "", case), account="fuzeren")
    head.get_by_role("link", name="审批答复").click()
    head.fill("#id_opinion", "同意")
    head.get_by_role("button", name="批准").click()
    expect(head.locator("body")).to_contain_text("已批准")

    clerk.goto(case)
    clerk.get_by_role("link", name="登记送达").first.click()
    clerk.select_option("#id_way", "web")
    clerk.get_by_role("button", name="登记送达").click()
    expect(clerk.locator("body")).to_contain_text("期限内")

    applicant = open_page("/zfxxgk/ysqgk/chaxun/")
    applicant.fill("#id_number", number)
    applicant.fill("#id_code", code)
    applicant.get_by_role("button", name="查询").last.click()
    expect(applicant.locator("main").first).to_contain_text("部分公开")
    letter = saved(applicant, applicant.get_by_role("link", name=re.compile("PDF")).first.click)
    said = words(letter)
    assert "申请人丙：" in said
    assert "60日内" in said
    assert "合同正文" in said

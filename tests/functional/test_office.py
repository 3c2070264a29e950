"""The office's way in Chromium: ledger in, report out, nothing lost on the way."""

import re

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="未安装 playwright：浏览器测试没有运行")
expect = playwright.expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

HEAD = "类别,事项,日期,数量\n"


def upload(page, content, name="招聘.csv"):
    page.set_input_files("[name=file]", {"name": name, "mimeType": "text/csv", "buffer": content.encode()})
    page.get_by_role("button", name="检查文件").click()


def test_what_waits_is_on_the_first_screen(open_page):
    page = open_page("/houtai/", account="gongkaiban")

    assert page.get_by_role("link", name="建立园区管委会2025年度报告").is_visible()
    expect(page.locator("main").first).to_contain_text("应于 2026-01-31 前办结")


def test_an_import_shows_faults_by_row_and_then_runs_whole(open_page):
    page = open_page("/houtai/taizhang/DEMO01/gongzuo/daoru/", account="gongkaiban")

    upload(page, HEAD + "为企业招聘员工,春季招聘会,2024-03-01,12\n为企业招聘员工,夏季招聘会,2024-13-01,8\n")
    expect(page.locator("main").first).to_contain_text("第 3 行")
    expect(page.locator("main").first).to_contain_text("没有导入任何一行")

    upload(page, HEAD + "为企业招聘员工,春季招聘会,2024-03-01,12\n为企业招聘员工,夏季招聘会,2024-06-01,8\n")
    page.get_by_role("button", name="确认导入 2 条").click()
    expect(page.locator("body").first).to_contain_text("已导入 2 条")

    page.get_by_role("link", name="2024 年").click()
    expect(page.get_by_role("cell", name="夏季招聘会")).to_be_visible()


def test_a_report_goes_from_figures_to_the_public_page(open_page, site):
    clerk = open_page("/houtai/nianbao/", account="gongkaiban")
    clerk.fill("[name=year]", "2024")
    clerk.get_by_role("button", name="建立年度报告").click()
    expect(clerk.locator(".gk-status").first).to_contain_text("草拟")
    clerk.wait_for_url("**/nianbao/*/")
    address = clerk.url

    clerk.get_by_role("button", name="送审").click()
    expect(clerk.locator("body").first).to_contain_text("还有")
    expect(clerk.locator("#qingdan").first).to_contain_text("存在的主要问题及改进情况”还没有写")

    clerk.fill("[name=problems]", "部分信息公开不够及时。将逐月核对。")
    clerk.get_by_role("button", name="保存文字").click()
    clerk.get_by_role("button", name="送审").click()
    expect(clerk.locator(".gk-status").first).to_contain_text("审核")
    expect(clerk.get_by_role("button", name="审核通过并定稿")).to_have_count(0)

    head = open_page(address.removeprefix(site.url), account="fuzeren")
    head.get_by_role("button", name="审核通过并定稿").click()
    head.get_by_role("button", name="发布", exact=True).click()
    head.get_by_role("link", name="看发布页").click()
    assert (
        head.locator("h1").inner_text().replace("\n", "")
        == "示例工业园区管委会2024年政府信息公开工作年度报告"
    )


def test_every_figure_of_the_screen_leads_to_its_records(open_page):
    page = open_page("/houtai/nianbao/", account="jiansheju")
    page.get_by_role("row").filter(has_text="2023 年").get_by_role("link").first.click()
    links = page.locator(".statutory-table a")
    expect(links).to_have_count(200)

    page.locator('[data-cell="table3.r3_4_1.natural"] a').click()
    expect(page.locator(".gk-figure strong")).to_have_text("3")
    expect(page.locator(".gk-table tbody tr")).to_have_count(3)


def test_two_people_who_edit_at_once_lose_nothing(open_page, site):
    first = open_page("/houtai/nianbao/", account="jiansheju")
    first.fill("[name=year]", "2021")
    first.get_by_role("button", name="建立年度报告").click()
    first.wait_for_url("**/nianbao/*/")
    second = open_page(first.url.removeprefix(site.url), account="jianshejufzr")

    second.fill("[name=problems]", "负责人写的")
    second.get_by_role("button", name="保存文字").click()
    first.fill("[name=problems]", "经办人写的")
    first.get_by_role("button", name="保存文字").click()

    expect(first.locator("body").first).to_contain_text("他人已修改了五、存在的主要问题及改进情况")
    expect(first.locator("[name=problems]")).to_have_value("经办人写的")
    first.get_by_role("button", name="保存文字").click()
    expect(first.locator("[name=problems]")).to_have_value("经办人写的")
    expect(first.locator("body")).to_contain_text("已保存")


@pytest.mark.parametrize(
    "path",
    [
        "/houtai/",
        "/houtai/nianbao/",
        "/houtai/nianbao/3/",
        "/houtai/taizhang/",
        "/houtai/taizhang/DEMO01/gongzuo/",
        "/houtai/taizhang/DEMO01/gongzuo/?q=招聘&zaideng=1",
        "/houtai/taizhang/DEMO01/gongzuo/daoru/",
        "/houtai/jigou/DEMO01/",
        "/houtai/shenqing/",
        "/houtai/shenqing/suoyou/",
        "/houtai/shenqing/rili/",
        "/houtai/shenqing/dengji/",
        "/houtai/shenqing/tongji/",
        "/houtai/shenqing/susong/",
        "/houtai/shenqing/jianyi/",
        "/houtai/shenqing/jigou/",
        "/houtai/shenqing/wenshu/",
        "/houtai/shenqing/wenshu/18/",
    ],
)
@pytest.mark.parametrize("width", [1280, 390])
def test_our_screens_are_accessible_and_fit(open_page, path, width):
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(path, account="gongkaiban", width=width)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    results = Axe().run(page, context=".gk")
    assert results.violations_count == 0, results.generate_report()


def test_the_county_collects_a_units_report(open_page, tmp_path):
    from gongkai.core.annual_report import zero_report
    from gongkai.reportfiles.writing import write_report

    path = tmp_path / "示例镇2023年报.docx"
    write_report(zero_report("示例镇人民政府", 2023), path)
    page = open_page("/houtai/huizong/DEMO00/2023/", account="xianzhengfu")
    row = page.get_by_role("row").filter(has_text="示例镇人民政府")
    row.get_by_text("上传报告").click()
    row.locator("[name=file]").set_input_files(path)
    row.get_by_role("button", name="读取并核对").click()

    expect(page.locator("body").first).to_contain_text("已收下")
    expect(page.locator(".gk-figure").first).to_contain_text("3 个单位已计入，0 个单位尚未报送")
    expect(page.locator('[data-cell="table3.r1.total"]')).to_have_text("28")


def test_a_scan_or_another_years_file_is_refused_with_a_reason(open_page, tmp_path):
    path = tmp_path / "年报.pdf"
    path.write_bytes(b"%PDF-1.4 not really")
    page = open_page("/houtai/huizong/DEMO00/2022/", account="xianzhengfu")
    row = page.get_by_role("row").filter(has_text="示例镇人民政府")
    row.get_by_text("上传报告").click()
    row.locator("[name=file]").set_input_files(path)
    row.get_by_role("button", name="读取并核对").click()

    expect(page.locator("body").first).to_contain_text("示例镇人民政府：")
    expect(page.locator(".gk-figure").first).to_contain_text("1 个单位尚未报送")


def enter_hire(page, title):
    page.locator("summary.button").click()
    page.select_option("[name=kind]", "hire")
    page.fill("[name=title]", title)
    page.fill("[name=occurred_on]", "2020-03-01")


def test_a_double_click_enters_one_record(open_page):
    page = open_page("/houtai/taizhang/DEMO01/gongzuo/", account="xinxiyuan")
    enter_hire(page, "双击登记的招聘会")
    page.get_by_role("button", name="登记", exact=True).dblclick()
    expect(page.locator(".messages")).to_contain_text("已登记 1 条")

    page.fill("#gk-q", "双击登记")
    page.locator("#main").get_by_role("button", name="搜索").click()
    expect(page.locator(".gk-table tbody tr")).to_have_count(1)


def test_the_entry_form_takes_the_keyboard_and_stays_for_a_series(open_page):
    page = open_page("/houtai/taizhang/DEMO01/gongzuo/", account="xinxiyuan")
    page.locator("summary.button").click()
    assert page.evaluate("document.activeElement.name") == "kind"
    page.locator("summary.button").click()
    enter_hire(page, "系列招聘会之一")
    page.get_by_role("button", name="登记，再登一条").click()

    expect(page.locator(".messages")).to_contain_text("已登记 1 条")
    expect(page.locator("[name=kind]")).to_have_value("hire")
    expect(page.locator("[name=occurred_on]")).to_have_value("2020-03-01")
    expect(page.locator("[name=title]")).to_have_value("")


def test_a_session_that_ran_out_loses_no_typed_word(open_page, site):
    page = open_page("/houtai/taizhang/DEMO01/gongzuo/", account="gongkaiban")
    enter_hire(page, "会话过期时填写的招聘会")
    page.context.clear_cookies()
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator("body")).to_contain_text("登录")
    page.goto(site.url + "/houtai/login/?next=/houtai/taizhang/DEMO01/gongzuo/")
    expect(page.locator("body")).to_contain_text("内容还保留在本窗口中")
    page.fill("[name=username]", "gongkaiban")
    page.fill("[name=password]", site.password)
    page.get_by_role("button", name="登录").click()

    page.get_by_role("button", name="恢复填写的内容").click()
    expect(page.locator("[name=title]")).to_have_value("会话过期时填写的招聘会")


def test_a_failing_identity_shows_both_sums_where_it_fails(open_page):
    page = open_page("/houtai/taizhang/DEMO02/shenqing/", account="jiansheju")
    page.locator("summary.button").click()
    page.fill("[name=number]", "补登〔2022〕99号")
    page.select_option("[name=applicant_kind]", "natural")
    page.fill("[name=received_on]", "2022-12-30")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("已登记")
    page.get_by_role("link", name="年度报告", exact=True).first.click()
    page.fill("[name=year]", "2024")
    page.get_by_role("button", name="建立年度报告").click()

    cell = page.locator('[data-cell="table3.r2.natural"]')
    expect(cell).to_contain_text("应为 2")
    expect(cell).to_contain_text("实为 3")
    assert page.evaluate(
        "(box => box.scrollWidth <= box.clientWidth)(document.querySelector('.statutory-table--three').parentElement)"
    ), "table three needs no sideways scrolling at 1280 px"


def test_each_figure_of_a_sum_leads_to_its_units(open_page):
    page = open_page("/houtai/huizong/DEMO00/2023/", account="xianzhengfu")
    page.locator('[data-cell="table3.r1.total"] a').click()

    expect(page.locator(".gk-figure strong")).to_have_text("28")
    page.get_by_role("link", name="示例县建设局：28，查看记录").click()
    expect(page.locator(".gk-table tbody tr")).to_have_count(28)


# Words in Latin letters that a Chinese user expects: formats, names of products, login names.
LATIN = re.compile(
    r"HTML|DOCX|PDF|XLSX|JSON|TXT|CSV|Excel|Word|DEMO\d+|ZC\d{8}[0-9A-Z]+|SiteName|Column\w+|www\.\S+|\w+@\S+|[a-z]+（|（[a-z]+）"
)
VISIBLE = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), words = [document.title];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!parent.closest("script, style, template, option, noscript")) words.push(walker.currentNode.textContent.trim());
  }
  for (const element of document.querySelectorAll("[aria-label], [placeholder], [title]"))
    for (const name of ["aria-label", "placeholder", "title"]) words.push(element.getAttribute(name) || "");
  return words;
}"""


@pytest.mark.parametrize(
    ("account", "path"),
    [
        ("", "/houtai/login/"),
        ("gongkaiban", "/houtai/"),
        ("gongkaiban", "/houtai/account/"),
        ("guanliyuan", "/houtai/pages/3/"),
        ("guanliyuan", "/houtai/images/"),
        ("guanliyuan", "/houtai/documents/"),
        ("guanliyuan", "/houtai/settings/portal/portalsettings/"),
        ("guanliyuan", "/houtai/reports/aging-pages/"),
    ],
)
def test_no_english_sentence_meets_the_office(open_page, account, path):
    page = open_page(path, account=account)
    # Keys, the version line, a button that the date picker never shows, and login names stay.
    found = [text for text in page.evaluate(VISIBLE) if re.search(r"[A-Za-z]{3,}", LATIN.sub("", text))]

    assert [
        text
        for text in found
        if not re.match(r"Ctrl \+|Esc$|Wagtail v|Save Selected$|guanliyuan$|gongkaiban$|[\w.]+$", text)
    ] == []

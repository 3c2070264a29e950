"""Public pages: labels, footer, search, elder mode, the annual report and its files."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views.defaults import permission_denied
from tests.functional.html_validity import faults

from gongkai.audit.chain import sm3
from gongkai.demo.run import load_demo
from gongkai.portal.templatetags.portal_tags import broken_after, headings_in_order, marked
from gongkai.reporting import selectors, services
from gongkai.reporting.models import AnnualReport

SITE_LABELS = ["SiteName", "SiteDomain", "SiteIDCode"]
COLUMN_LABELS = [*SITE_LABELS, "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"]
CONTENT_LABELS = [*COLUMN_LABELS, "ArticleTitle", "PubDate", "ContentSource"]
OPTIONAL = {"Keywords", "Author", "Description", "Image", "Url"}


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo site, loaded once for this module and rolled back after it."""
    from django.conf import settings
    from django.db import transaction

    settings.DATA_DIR = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        load_demo()
        yield
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture
def page(site, django_db_blocker, client):
    with django_db_blocker.unblock():
        yield lambda path, **given: client.get(path, headers={"host": "localhost"}, **given)


def labels(response):
    return dict(re.findall(r'<meta name="(\w+)" content="([^"]*)">', response.content.decode()))


@pytest.mark.parametrize(
    ("path", "required"),
    [
        ("/", SITE_LABELS),
        ("/zfxxgk/", COLUMN_LABELS),
        ("/zfxxgk/nianbao/", COLUMN_LABELS),
        ("/zfxxgk/zhinan/gongkai-zhinan/", CONTENT_LABELS),
        ("/zfxxgk/nianbao/2023/", CONTENT_LABELS),
    ],
)
def test_each_page_kind_has_exactly_its_labels(page, path, required):
    """§1.6: 3 on the home page, 7 on a column, 10 on content; none empty, the optional ones only with a value."""
    found = {name: value for name, value in labels(page(path)).items() if name != "viewport"}

    assert [name for name in found if name not in OPTIONAL] == required
    assert all(found.values())
    assert len({found[name] for name in required if name.startswith("Column")}) == sum(
        name.startswith("Column") for name in required
    )


def test_the_publication_time_is_in_the_24_hour_form(page):
    found = labels(page("/zfxxgk/zhinan/gongkai-zhinan/"))

    assert re.fullmatch(r"\d{4}-\d{2}-\d{2} ([01]\d|2[0-3]):[0-5]\d", found["PubDate"])
    assert "/" not in found["SiteDomain"]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/zfxxgk/",
        "/zfxxgk/nianbao/2023/",
        "/zhengce/zhaoshang-zhengce/",
        "/sousuo/?q=奖补",
        "/ditu/",
        "/zhaocuo/",
    ],
)
def test_every_page_has_the_footer_of_the_rules(page, path):
    """§1.3 P-FOOT-01…08."""
    html = page(path).content.decode()

    for text in (
        "bszs.conac.cn",
        "我为政府网站找错",
        "site_code=0000000000",
        "网站标识码：0000000000",
        "beian.miit.gov.cn",
        "beian.mps.gov.cn",
        "主办单位：",
        "承办单位：",
        "联系方式：",
        "网站地图",
        "本网站支持IPv6",
    ):
        assert text in html, text


def test_the_disclosure_area_has_its_four_fixed_blocks_in_order(page):
    """国办公开办函〔2019〕61号."""
    html = page("/zfxxgk/").content.decode()
    main = html[html.index('class="blocks five"') :]

    places = [
        main.index(f"<strong>{name}</strong>")
        for name in ("政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报")
    ]
    assert places == sorted(places)


def test_the_report_page_prints_the_reference_tables(page):
    html = page("/zfxxgk/nianbao/2023/").content.decode()

    figures = re.findall(r'<td[^>]*data-cell="[^"]+"[^>]*>([^<]*)</td>', html)
    assert figures == ["0"] * 200
    assert "主动公开各类信息244条" in html


def test_published_files_are_those_that_were_frozen(page):
    report = selectors.published_report("DEMO01", 2023)
    for stored in report.files.all():
        response = page(stored.public_url)

        assert sm3(b"".join(response.streaming_content)) == stored.digest
        response.close()


def test_a_draft_is_nowhere_on_the_portal(page):
    services.start_report(
        organ=selectors.published_report("DEMO01", 2023).organ,
        year=2024,
        actor=AnnualReport.objects.first().drafted_by,
    )

    assert page("/zfxxgk/nianbao/2024/").status_code == 404
    assert "2024年政府信息公开" not in page("/zfxxgk/nianbao/").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "奖补",
        "奖补资金",
        "〔2022〕6号",
        "2023年",
        "推荐人 奖励",
        "示例县建设局2023年政府信息公开工作年度报告",
    ],
)
def test_search_finds_what_is_there(page, query):
    assert 'class="empty"' not in page("/sousuo/", data={"q": query}).content.decode()


@pytest.mark.parametrize("query", ["不存在的词语", "<script>alert(1)</script>", "%", "'; --", "x" * 500])
def test_search_takes_anything_without_harm(page, query):
    response = page("/sousuo/", data={"q": query})

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_elder_mode_is_kept_at_the_same_addresses(page, client):
    switched = page("/changzhe/?next=/zfxxgk/")

    assert switched.headers["Location"] == "/zfxxgk/"
    assert 'class="elder"' in page("/zfxxgk/").content.decode()
    page("/changzhe/?next=/")
    assert 'class="elder"' not in page("/zfxxgk/").content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_elder_mode_never_leads_off_the_site(page, target):
    assert page("/changzhe/", data={"next": target}).headers["Location"] == "/"


def test_public_pages_load_nothing_from_elsewhere(page):
    response = page("/")

    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert not re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="https?://', response.content.decode())


def test_a_wrong_address_says_what_to_do(page):
    response = page("/meiyou/")

    assert response.status_code == 404
    assert "网站地图" in response.content.decode()


def test_the_newest_of_the_site_stands_first_whatever_kind_it_is(page):
    home = page("/").content.decode()
    newest = home[home.index("最新发布") : home.index("通知公告")]

    assert newest.index("2023年政府信息公开工作年度报告") < newest.index("环境监测点运行情况公告")
    dates = re.findall(r"<time[^>]*>([\d-]+)</time>", newest)
    assert dates == sorted(dates, reverse=True)


def test_a_found_item_shows_the_words_in_its_text(page):
    html = page("/sousuo/", data={"q": "奖补"}).content.decode()

    assert "分档<mark>奖补</mark>" in html
    assert "<h2><a " in html


@pytest.mark.parametrize(
    "query", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "\x00", "(*+[", "%"]
)
def test_a_query_of_markup_or_signs_is_only_text(page, query):
    response = page("/sousuo/", data={"q": query})

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert "<img src=x" not in response.content.decode()


def test_words_are_marked_whatever_their_case_and_the_rest_is_escaped():
    assert marked("A<b> abc", "ABC b") == "A&lt;<mark>b</mark>&gt; <mark>abc</mark>"
    assert marked("原文", "") == "原文"


def test_a_title_breaks_after_the_organ_only():
    assert broken_after("示例局2023年报告", "示例局") == (
        '<span class="keep">示例局</span><span class="keep">2023年报告</span>'
    )
    assert broken_after("别的<标题>", "示例局") == "别的&lt;标题&gt;"


def test_a_back_office_form_left_open_too_long_leads_back_to_its_page(site, django_db_blocker):
    """The portal's shell draws the refusal also for addresses of the back office."""
    strict = Client(enforce_csrf_checks=True)
    with django_db_blocker.unblock():
        response = strict.post(
            "/houtai/login/",
            {"username": "x"},
            headers={"host": "localhost", "referer": "http://localhost/houtai/nianbao/3/"},
        )

    assert response.status_code == 403
    assert "页面已过期" in response.content.decode()
    assert 'href="/houtai/nianbao/3/"' in response.content.decode()


@pytest.mark.django_db
def test_the_fifth_wrong_password_is_told_to_wait(site, client, settings):
    settings.AXES_ENABLED = True
    for _ in range(5):
        response = client.post(
            "/houtai/login/", {"username": "jiandu", "password": "wrong"}, headers={"host": "localhost"}
        )

    assert response.status_code == 429
    assert "已暂停 15 分钟" in response.content.decode()


def test_the_site_map_lists_every_column_once_under_its_own(page):
    main = page("/ditu/").content.decode()
    main = main[main.index('class="map"') :]

    assert main.index("法定主动公开内容") < main.index("机构职能") < main.index("政府信息公开年报")
    assert main.index("政府信息公开年报") < main.index("惠企政策和政策解读")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<h3>一</h3><p>甲</p><h3>二</h3>", "<h2>一</h2><p>甲</p><h2>二</h2>"),
        ("<h2>一</h2><h4>甲</h4><h2>二</h2>", "<h2>一</h2><h3>甲</h3><h2>二</h2>"),
        ("<h4>一</h4><h2>二</h2><h5 id='a'>甲</h5>", "<h2>一</h2><h2>二</h2><h3 id='a'>甲</h3>"),
        ("<header>头</header><hr>", "<header>头</header><hr>"),
    ],
)
def test_headings_of_a_text_go_from_h2_on_and_skip_none(written, shown):
    """Under the page's own h1; a screen reader's list of headings has no holes."""
    assert headings_in_order(written) == shown


@pytest.mark.parametrize("name", ["400", "500"])
def test_pages_for_when_nothing_works_are_whole_without_the_site(name):
    """No database may be asked for them: the words, a way on, and HTML that is complete."""
    source = render_to_string(f"{name}.html")

    assert faults(source) == []
    assert all(part in source for part in ("<main>", "<h1>", "initial-scale=1", 'href="/"'))


def test_the_page_of_a_missing_right_is_a_page_of_the_site(page):
    request = RequestFactory().get("/", headers={"host": "localhost"})
    source = permission_denied(request, PermissionDenied()).content.decode()

    assert faults(source) == []
    assert "网站标识码" in source
    assert re.findall(r'<meta name="(Site\w+)"', source) == SITE_LABELS

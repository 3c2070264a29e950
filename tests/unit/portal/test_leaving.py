"""Links that lead outside: marked, led through a notice that leads nowhere else."""

from urllib.parse import quote

import pytest
from tests import factories
from tests.factories import interaction as made

from gongkai.portal.leaving import ADDRESS, host_of, marked, relink
from gongkai.portal.models import OutsideLink, PortalSettings
from gongkai.publishing import services

OWN = ["www.example.gov.cn"]
OUTSIDE = "https://www.example.com/a?b=1&c=2"


@pytest.mark.parametrize(
    "url",
    [
        *("javascript:alert(1)", "//evil.example/", "/zfxxgk/", "ftp://a.example/", "data:text/html,x"),
        *(
            "https://user:pw@www.example.com/",
            "https://a.example\\@b.example/",
            "https://[",
            "https://a.example:x/",
        ),
        *("https:///nohost", "https://a.example/\n", "mailto:a@b.cn", "", "https://a.example/" + "x" * 2000),
    ],
)
def test_only_plain_addresses_of_the_web_have_a_host(url):
    assert host_of(url) == ""


def test_an_outside_link_is_led_through_the_notice_and_named():
    html = '<p><a href="https://www.example.com/a?b=1&amp;c=2" rel="external">那边</a></p>'

    drawn = marked(html, OWN)

    assert f'href="{ADDRESS}{quote(OUTSIDE, safe="")}"' in drawn
    assert 'class="hidden">（外部网站，离开本站）</span>' in drawn
    assert drawn.count("rel=") == 1
    assert "external" not in drawn


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/zfxxgk/">本站</a>',
        '<a href="https://WWW.example.gov.cn/x/">本站</a>',
        '<a href="#di1">段</a>',
        '<a id="mao">锚</a>',
        '<a href="mailto:a@b.cn">信</a>',
    ],
)
def test_other_links_stay_as_they_are(html):
    assert marked(html, OWN) == html


@pytest.fixture
def item(db):
    organ = factories.organ()
    factories.portal_site(organ)
    body = '<p><a href="https://www.example.com/a?b=1&amp;c=2">那边</a></p>'
    draft = factories.draft_item(organ=organ, body=body)
    factories.release(draft)
    return type(draft).objects.get(pk=draft.pk)


def test_the_page_of_an_item_and_the_notice_fit_together(item, client):
    page = client.get(item.url).content.decode()
    address = f"/likai/?url={quote(OUTSIDE, safe='')}"
    assert f'href="{address}"' in page
    assert 'href="https://www.example.com' not in page

    notice = client.get(address, headers={"referer": f"http://testserver{item.url}"})

    text = notice.content.decode()
    assert notice.status_code == 200
    assert 'href="https://www.example.com/a?b=1&amp;c=2"' in text
    assert f'href="{item.url}"' in text
    assert "noindex" in notice["X-Robots-Tag"]


@pytest.mark.parametrize(
    "url",
    ["https://evil.example/", OUTSIDE + "&d=3", OUTSIDE.replace("com", "com.evil.example"), "javascript:1"],
)
def test_the_notice_leads_nowhere_that_no_published_item_names(item, client, url):
    answer = client.get("/likai/", {"url": url})

    page = answer.content.decode()
    assert answer.status_code == 404
    assert f'href="{url}"' not in page
    assert "https://evil.example" not in page
    assert "继续访问" not in page


def test_the_way_back_never_leads_to_another_host(item, client):
    answer = client.get("/likai/", {"url": OUTSIDE}, headers={"referer": "https://evil.example/x"})

    assert "evil.example" not in answer.content.decode()


def test_a_withdrawn_items_link_is_forgotten(item, client):
    services.withdraw(item=item, actor=factories.reviewer(item.organ, made.Role.DISCLOSURE_HEAD), reason="旧")

    assert client.get("/likai/", {"url": OUTSIDE}).status_code == 404


def test_hosts_of_the_settings_and_addresses_of_guides_are_known(item, client):
    PortalSettings.objects.update(linked_hosts="www.gov.cn\n")
    made.live_guide(item.organ, online_url="https://zwfw.example.com/banli")

    assert client.get("/likai/", {"url": "https://www.gov.cn/zhengce/"}).status_code == 200
    assert client.get("/likai/", {"url": "https://zwfw.example.com/banli"}).status_code == 200
    assert client.get("/likai/", {"url": "https://zwfw.example.com/other"}).status_code == 404


def test_links_can_be_read_anew_from_the_items(item):
    before = list(OutsideLink.objects.values_list("item", "digest"))
    OutsideLink.objects.all().delete()

    relink()

    assert before
    assert list(OutsideLink.objects.values_list("item", "digest")) == before

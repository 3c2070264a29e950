"""Feeds, site map and robots: well-formed, only what is public, addresses whole."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import pytest
from defusedxml import ElementTree
from tests import factories

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def tree(response):
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)


def mapped(client):
    """The maps that the index names."""
    index = tree(client.get("/sitemap.xml"))
    return [client.get(urlsplit(e.text).path) for e in index.iter(f"{MAP}loc")]


@pytest.fixture
def column():
    return factories.column(title="政策<文件>")


def test_a_column_is_read_as_rss_and_atom_newest_first(client, column):
    old = factories.published_item(title="旧通知 & <说明>", column=column, summary="概述\x07带控制符")
    new = factories.published_item(title="新通知", column=column)
    rss, atom = tree(client.get(f"/rss/{column.pk}.xml")), tree(client.get(f"/atom/{column.pk}.xml"))
    assert [e.text for e in rss.iter("title")][1:] == ["新通知", "旧通知 & <说明>"]
    assert [e.find(f"{ATOM}title").text for e in atom.iter(f"{ATOM}entry")] == ["新通知", "旧通知 & <说明>"]
    assert [e.find("guid").text for e in rss.iter("item")] == [f"gongkai:item:{i.pk}" for i in (new, old)]
    assert all(e.find("link").text.startswith("http") for e in rss.iter("item"))
    assert "概述带控制符" in [e.find("description").text for e in rss.iter("item")]


def test_withdrawn_items_and_other_columns_are_not_in_a_feed(client, column):
    factories.withdraw_item(factories.published_item(title="撤下的", column=column))
    factories.published_item(title="别处的", column=factories.column(title="别的"))
    assert len(list(tree(client.get(f"/rss/{column.pk}.xml")).iter("item"))) == 0


def test_a_feed_of_no_column_is_not_there(client):
    assert client.get("/rss/999999.xml").status_code == 404


def test_the_site_map_names_every_live_page_once(client, column):
    item = factories.published_item(title="新通知", column=column)
    gone = factories.published_item(title="撤下的", column=column)
    factories.withdraw_item(gone)
    found = [e.text for page in mapped(client) for e in tree(page).iter(f"{MAP}loc")]
    assert item.full_url in found
    assert gone.full_url not in found
    assert len(found) == len(set(found))
    assert any(address.endswith("/ditu/") for address in found)


def test_the_site_map_leaves_blank_columns_out(client, column):
    """P-COL-01: a column without content is not shown (有栏目无内容)."""
    factories.published_item(title="新通知", column=column)
    blank = factories.column(title="空栏目", slug="kong")
    worded = factories.column(title="只有说明", slug="shuoming", introduction="<p>办公时间和地址。</p>")
    applying = factories.column(title="依申请公开", slug="ysqgk")

    found = [e.text for page in mapped(client) for e in tree(page).iter(f"{MAP}loc")]

    assert {column.full_url, worded.full_url, applying.full_url} <= set(found)
    assert blank.full_url not in found


def test_robots_read_the_portal_and_neither_office_nor_applicants(client):
    rules = RobotFileParser()
    rules.parse(client.get("/robots.txt").content.decode().splitlines())
    assert rules.can_fetch("x", "http://testserver/zfxxgk/")
    for path in ("/houtai/", "/sousuo/?q=a", "/zfxxgk/ysqgk/chaxun/jindu/", "/zfxxgk/ysqgk/zhengqiu/t/"):
        assert not rules.can_fetch("x", f"http://testserver{path}")

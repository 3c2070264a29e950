"""Suggestions, related words, the validity facet, and the engine by setting behind the same pages."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from tests import factories
from tests.factories import normative as made
from tests.unit.searchindex.opensearch_stub import Stub

from gongkai.demo.days import at as at_moment
from gongkai.portal import indexing

pytestmark = pytest.mark.django_db


@pytest.fixture
def organ():
    at = factories.organ()
    factories.portal_site(at)
    return at


def published(title, **given):
    draft = factories.draft_item(title=title, **given)
    factories.release(draft)


def offered(client, query):
    return client.get(reverse("portal:suggestions"), {"q": query}).json()["titles"]


def test_titles_that_hold_what_is_typed_are_offered_those_that_begin_with_it_first(organ, client):
    published("关于道路保洁的公告", body="<p>文</p>")
    published("道路保洁招标", body="<p>文</p>")
    published("绿化公告", body="<p>含道路保洁四字</p>")
    factories.draft_item(title="道路保洁草稿")

    assert offered(client, "道路保洁") == ["道路保洁招标", "关于道路保洁的公告"]
    assert offered(client, "道路 招标") == ["道路保洁招标"]
    assert offered(client, "") == offered(client, "a") == offered(client, "没有的") == []
    answer = client.get(reverse("portal:suggestions"), {"q": "道路"})
    assert "max-age=60" in answer["Cache-Control"]


def test_the_page_of_results_names_related_words_without_any_script(organ, client):
    published("奖补办法", keywords="奖补,投资,企业")
    published("奖补公示", keywords="投资，名单")

    page = client.get(reverse("portal:search"), {"q": "奖补"}).content.decode()

    assert page.index(">投资</a>") < page.index(">企业</a>")
    assert ">奖补</a>" not in page


def test_results_are_narrowed_by_validity_which_moves_with_the_day(organ, client):
    with at_moment(datetime(2026, 1, 5, 10, tzinfo=ZoneInfo("Asia/Shanghai"))):
        made.published(
            organ,
            1,
            title="园区奖补办法",
            on=date(2026, 1, 5),
            effective_on=date(2026, 1, 5),
            valid_to=date(2026, 6, 30),
        )
        published("奖补问答")
        page = client.get(reverse("portal:search"), {"q": "奖补", "xiaoli": "现行有效"}).content.decode()
        assert "园区<mark>奖补</mark>办法" in page
        assert "<mark>奖补</mark>问答" not in page
    with at_moment(datetime(2026, 7, 2, 10, tzinfo=ZoneInfo("Asia/Shanghai"))):
        indexing.note_standings()
        indexing.carry_over()
        page = client.get(reverse("portal:search"), {"q": "奖补", "xiaoli": "现行有效"}).content.decode()
        assert "园区<mark>奖补</mark>办法" not in page
        page = client.get(reverse("portal:search"), {"q": "奖补", "xiaoli": "已失效"}).content.decode()
        assert "园区<mark>奖补</mark>办法" in page


def test_the_same_pages_stand_on_the_server_of_the_setting(
    organ, client, settings, django_capture_on_commit_callbacks
):
    stub = Stub()
    settings.SEARCH_URL = stub.url
    try:
        published("道路保洁招标")
        assert offered(client, "道路") == ["道路保洁招标"]
        with django_capture_on_commit_callbacks(execute=True):
            published("道路养护")
        assert set(offered(client, "道路")) == {"道路保洁招标", "道路养护"}
        assert len(stub.indices) == 1
    finally:
        stub.server.shutdown()
        stub.server.server_close()

"""The search index holds what is live and nothing else, whatever happens between."""

from __future__ import annotations

from unittest import mock

import pytest
from tests import factories
from wagtail.models import PageViewRestriction

from gongkai.portal import indexing
from gongkai.portal.models import SearchChange
from gongkai.portal.searching import ItemsFound, items_matching
from gongkai.searchindex import IndexBusy, SearchIndex

pytestmark = pytest.mark.django_db


def found(words):
    return [item.title for item in items_matching(words)[:20]]


@pytest.fixture
def carried(django_capture_on_commit_callbacks):
    """Do something and let what follows the transaction happen."""

    def do(act):
        with django_capture_on_commit_callbacks(execute=True):
            return act()

    return do


def test_what_is_published_is_found_and_what_is_withdrawn_is_not(carried):
    assert found("雨水管网") == []
    item = carried(lambda: factories.published_item(title="园区雨水管网改造公告"))
    assert found("雨水管网") == ["园区雨水管网改造公告"]
    carried(lambda: factories.withdraw_item(item))
    assert found("雨水管网") == []
    assert not SearchChange.objects.exists()


def test_a_draft_is_never_found_not_even_when_the_index_still_names_it(carried):
    item = carried(lambda: factories.published_item(title="园区雨水管网改造公告"))
    with mock.patch.object(indexing, "carry_over"):
        factories.withdraw_item(item)
    assert found("雨水管网") == []


def test_a_busy_index_keeps_the_change_noted_and_it_is_carried_over_later(carried):
    assert found("雨水管网") == []
    with mock.patch.object(SearchIndex, "update", side_effect=IndexBusy("locked")):
        carried(lambda: factories.published_item(title="园区雨水管网改造公告"))
    assert SearchChange.objects.count() >= 1
    assert found("雨水管网") == []
    assert indexing.carry_over() >= 1
    assert found("雨水管网") == ["园区雨水管网改造公告"]


def test_the_first_search_builds_a_missing_index():
    factories.published_item(title="园区雨水管网改造公告", body="<p>雨污分流<b>工程</b></p>")
    assert found("雨污分流工程") == ["园区雨水管网改造公告"]


def test_results_are_narrowed_by_column_and_year(carried):
    first = factories.published_item(title="安全检查通知一")
    carried(
        lambda: factories.published_item(title="安全检查通知二", column=factories.column(title="另一栏目"))
    )
    everything = ItemsFound("安全检查")
    assert dict(everything.facets["column"])["另一栏目"] == 1
    assert [item.title for item in ItemsFound("安全检查", narrowed={"column": "另一栏目"})[:9]] == [
        "安全检查通知二"
    ]
    assert len(everything) == 2
    assert first.get_parent().title in dict(everything.facets["column"])


def test_the_page_shows_counts_and_narrows_without_losing_the_words(client, carried):
    carried(lambda: factories.published_item(title="安全检查通知"))
    page = client.get("/sousuo/", {"q": "安全检查"}).content.decode()
    assert "lanmu=" in page
    assert "q=%E5%AE%89" in page
    none = client.get("/sousuo/", {"q": "安全检查", "nian": "1999"})
    assert none.status_code == 200


def test_what_lies_behind_a_password_is_not_found(carried):
    item = carried(lambda: factories.published_item(title="园区雨水管网改造公告"))
    closed = carried(
        lambda: PageViewRestriction.objects.create(
            page=item.get_parent(), restriction_type=PageViewRestriction.PASSWORD, password="x"
        )
    )
    assert found("雨水管网") == []
    indexing.rebuild()
    assert found("雨水管网") == []
    carried(closed.delete)
    assert found("雨水管网") == ["园区雨水管网改造公告"]


def test_a_column_moved_behind_a_password_takes_its_items_out_of_the_search(carried):
    item = carried(lambda: factories.published_item(title="园区雨水管网改造公告"))
    other = factories.column(title="内部栏目")
    carried(
        lambda: PageViewRestriction.objects.create(page=other, restriction_type=PageViewRestriction.LOGIN)
    )
    assert found("雨水管网") == ["园区雨水管网改造公告"]
    carried(lambda: item.get_parent().specific.move(other, pos="last-child"))
    assert found("雨水管网") == []


def test_a_column_behind_a_password_can_be_deleted(carried):
    column = factories.column(title="内部栏目")
    carried(
        lambda: PageViewRestriction.objects.create(page=column, restriction_type=PageViewRestriction.LOGIN)
    )
    carried(column.delete)
    assert not PageViewRestriction.objects.exists()

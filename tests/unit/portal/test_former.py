"""Old addresses of what moved lead to where it stands now, and nowhere while the public cannot read it."""

import pytest
from tests import factories

from gongkai.agencies.roles import Role
from gongkai.portal.models import FormerAddress
from gongkai.publishing import services
from gongkai.publishing.models import ColumnPage, ItemPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def organ():
    at = factories.organ()
    factories.portal_site(at)
    return at


def moved(item, target, organ) -> ItemPage:
    office = factories.reviewer(organ, Role.DISCLOSURE_OFFICE)
    services.move_items(pages=[item.pk], target=target, actor=office, reason="栏目合并")
    return ItemPage.objects.get(pk=item.pk)


def test_the_old_address_leads_to_the_new_one_once_it_is_live_again(client, organ):
    item = factories.published_item(organ=organ)
    old = item.url
    again = moved(item, factories.column(), organ)
    assert client.get(old).status_code == 404
    factories.release(again)

    answer = client.get(old)

    new = ItemPage.objects.get(pk=item.pk).url
    assert (answer.status_code, answer["Location"]) == (301, new)
    assert "no-cache" in answer["Cache-Control"]
    assert client.get(new).status_code == 200


def test_every_address_of_an_item_that_moved_twice_leads_to_the_last(client, organ):
    item = factories.published_item(organ=organ)
    first = item.url
    item = factories.release(moved(item, factories.column(), organ))
    second = item.url
    item = factories.release(moved(item, factories.column(), organ))

    assert {client.get(old)["Location"] for old in (first, second)} == {item.url}


def test_a_column_that_moves_takes_the_old_addresses_below_it_along(client, organ):
    column = factories.column()
    item = factories.published_item(organ=organ, column=column)
    old = item.url
    ColumnPage.objects.get(pk=column.pk).move(factories.column(), pos="last-child")

    assert client.get(old)["Location"] == ItemPage.objects.get(pk=item.pk).url
    assert FormerAddress.objects.count() == 1


def test_an_item_that_left_a_column_which_moved_is_found_too(client, organ):
    column, target = factories.column(), factories.column()
    item = factories.published_item(organ=organ, column=column)
    old = item.url
    ColumnPage.objects.get(pk=column.pk).move(factories.column(), pos="last-child")
    item = factories.release(moved(ItemPage.objects.get(pk=item.pk), target, organ))

    assert client.get(old)["Location"] == item.url


def test_who_takes_the_old_address_is_shown_there(client, organ):
    column = factories.column()
    item = factories.published_item(organ=organ, column=column, slug="gonggao")
    old = item.url
    factories.release(moved(item, factories.column(), organ))
    factories.published_item(organ=organ, column=column, slug="gonggao", title="后来的公告")

    answer = client.get(old)

    assert answer.status_code == 200
    assert "后来的公告" in answer.content.decode()


def test_back_and_forth_ends(client, organ):
    """No circle: the address where it stands is shown, the other leads there."""
    column, target = factories.column(), factories.column()
    item = factories.published_item(organ=organ, column=column)
    there = factories.release(moved(item, target, organ)).url
    back = factories.release(
        moved(ItemPage.objects.get(pk=item.pk), ColumnPage.objects.get(pk=column.pk), organ)
    )

    assert client.get(back.url).status_code == 200
    assert client.get(there)["Location"] == back.url


def test_a_draft_that_nobody_saw_leaves_no_address(organ):
    draft = factories.draft_item(organ=organ)

    moved(draft, factories.column(), organ)

    assert not FormerAddress.objects.exists()


def test_an_unknown_address_is_not_found_with_one_more_question(client, organ, django_assert_num_queries):
    with django_assert_num_queries(1):
        from gongkai.portal.former import page_now

        assert page_now("/home/bucunzai/yeye/") is None
    assert client.get("/bucunzai/yeye/").status_code == 404

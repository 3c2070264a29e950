"""What a list shows of items behind a password or a login: nothing outside their barrier."""

import pytest
from tests import factories
from wagtail.models import PageViewRestriction

from gongkai.portal import listing
from gongkai.portal.listing import EVERYWHERE
from gongkai.portal.models import Listing
from gongkai.publishing.models import ColumnPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def organ():
    at = factories.organ()
    factories.portal_site(at)
    return at


@pytest.fixture
def branch(organ):
    """A column, one below it, and an item in the lower one."""
    above = factories.column(title="上级栏目")
    below = above.add_child(
        instance=ColumnPage(
            title="下级栏目", slug="xiaji", column_type="工作动态", description="下级", keywords="下级"
        )
    )
    return above, below, factories.published_item(organ=organ, column=below, title="内部名单")


def close(page):
    return PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")


def lists_with(item) -> set[int]:
    return set(Listing.objects.filter(item=item.pk).values_list("column", flat=True))


def test_an_open_item_stands_in_every_list_above_it(branch):
    above, below, item = branch
    assert lists_with(item) == {EVERYWHERE, above.pk, below.pk}


def test_the_title_of_an_item_behind_a_password_is_shown_nowhere(branch, client):
    above, below, item = branch
    for address in (above.url, below.url):
        assert "内部名单" in client.get(address).content.decode()
    barrier = close(item)
    assert lists_with(item) == set()
    for address in (above.url, below.url):
        assert "内部名单" not in client.get(address).content.decode()
    barrier.delete()
    assert lists_with(item) == {EVERYWHERE, above.pk, below.pk}


def test_a_column_behind_a_password_lists_its_own_and_no_list_outside_does(branch, client):
    above, below, item = branch
    close(below)
    assert lists_with(item) == {below.pk}
    assert "内部名单" not in client.get(above.url).content.decode()


def test_the_deepest_barrier_counts(branch):
    above, below, item = branch
    close(above)
    close(below)
    assert lists_with(item) == {below.pk}


def test_an_item_published_behind_a_barrier_stays_behind_it(branch, organ):
    _, below, _ = branch
    close(below)
    later = factories.published_item(organ=organ, column=below, title="又一份")
    assert lists_with(later) == {below.pk}
    assert listing.relist() == 2
    assert lists_with(later) == {below.pk}

"""What follows the moving of a live item: files, lists, feeds, the map and the search, of the old column and the new."""

from __future__ import annotations

import pytest
from tests import factories

from gongkai.agencies.roles import Role
from gongkai.portal.baking.models import BakeChange
from gongkai.portal.searching import items_matching
from gongkai.publishing import services
from gongkai.publishing.models import ColumnPage, ItemPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
TITLE = "园区雨水管网改造公告"


def places(folder, column) -> list[str]:
    """The files of a column that name the item."""
    names = (column.url.strip("/") + "/index.html", f"rss/{column.pk}.xml", f"atom/{column.pk}.xml")
    return [name for name in names if TITLE in (folder.read(name) or b"").decode()]


def found() -> list[str]:
    return [item.title for item in items_matching("雨水管网")[:20]]


def test_a_moved_item_leaves_the_old_column_and_comes_to_the_new_one_after_its_review(
    folder, carried, client
):
    old, new = factories.column(title="原栏目"), factories.column(title="新栏目")
    item = carried(lambda: factories.published_item(title=TITLE, column=old))
    carried(lambda: factories.published_item(column=new))  # so that the new column is shown at all
    before = item.url.strip("/") + "/index.html"
    office = factories.reviewer(item.organ, Role.DISCLOSURE_OFFICE)
    assert len(places(folder, old)) == 3

    carried(
        lambda: services.move_items(
            pages=[item.pk],
            target=ColumnPage.objects.get(pk=new.pk),
            actor=office,
            reason="合并",
            resubmit=True,
        )
    )

    assert folder.read(before) is None
    assert (places(folder, old), places(folder, new), found()) == ([], [], [])
    assert TITLE not in (folder.read("index.html") or b"").decode()
    moved = carried(lambda: through_its_review(item))
    assert TITLE in folder.read(moved.url.strip("/") + "/index.html").decode()
    assert folder.read(before) is None
    assert (places(folder, old), len(places(folder, new)), found()) == ([], 3, [TITLE])
    assert not BakeChange.objects.exists()
    assert client.get(item.url)["Location"] == moved.url


def through_its_review(item) -> ItemPage:
    """Take the review that the move began to its end."""
    fresh = ItemPage.objects.get(pk=item.pk)
    review = fresh.reviews.first()
    for stage in review.sequence.before:
        actor = factories.reviewer(item.organ, Role(f"{stage.value}_reviewer"))
        review = services.sign(review=review, actor=actor, opinion="同意", checked=True)
    services.publish(item=fresh, actor=factories.reviewer(item.organ, Role.FINAL_REVIEWER))
    return ItemPage.objects.get(pk=item.pk)

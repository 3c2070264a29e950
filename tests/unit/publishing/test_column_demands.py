"""A column asks for more than the three reviews: 法制审核, 负责人签发, whole reviews of reprints."""

import pytest
from django.test import Client
from django.urls import reverse
from tests import factories

from gongkai.agencies.access import AccessDenied
from gongkai.agencies.roles import Role
from gongkai.core.publication import Stage
from gongkai.publishing import services
from gongkai.publishing.errors import NotReleased
from gongkai.publishing.models import ColumnPage, ItemPage, OfficialMedium
from gongkai.publishing.models.columns import demands_on
from gongkai.publishing.review_form import _facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def organ():
    at = factories.organ()
    factories.portal_site(at)
    return at


def reprint(organ, column):
    medium = OfficialMedium.objects.filter(is_active=True).first()
    return factories.draft_item(
        organ=organ,
        column=column,
        source_kind="reprint",
        medium=medium,
        source_url="https://www.example.cn/1",
    )


def test_a_strict_column_has_its_items_reviewed_by_more_people(organ):
    column = factories.column(title="规范性文件", legal_review=True, leader_issue=True)
    item = factories.draft_item(organ=organ, column=column)
    review = factories.signed_review(item, stages=4)
    assert (review.state, review.standing.current) == (review.State.OPEN, Stage.FINAL)
    review = services.sign(
        review=review, actor=factories.reviewer(organ, Role.FINAL_REVIEWER), opinion="同意", checked=True
    )
    with pytest.raises(NotReleased, match="还在等待负责人签发"):
        services.publish(item=item, actor=factories.reviewer(organ, Role.DISCLOSURE_OFFICE))
    with pytest.raises(AccessDenied):
        services.sign(
            review=review, actor=factories.reviewer(organ, Role.LEGAL_REVIEWER), opinion="同意", checked=True
        )

    head = factories.reviewer(organ, Role.DISCLOSURE_HEAD)
    review = services.sign(review=review, actor=head, opinion="同意签发", checked=True)
    services.publish(item=item, actor=factories.reviewer(organ, Role.DISCLOSURE_OFFICE))
    assert ItemPage.objects.get(pk=item.pk).live
    assert [row[0] for row in _facts(review)["stages"]] == [
        "初审、一校", "复审、二校", "法制审核", "保密审查", "终审、三校", "负责人签发",
    ]  # fmt: skip


def test_what_a_column_asks_holds_below_it(organ):
    above = factories.column(title="政策", legal_review=True)
    below = above.add_child(
        instance=ColumnPage(
            title="惠企", slug="huiqi", column_type="政策文件", description="惠企", keywords="惠企",
            leader_issue=True,
        )
    )  # fmt: skip
    asked = demands_on(factories.draft_item(organ=organ, column=below))
    assert asked.extra == {Stage.LEGAL: "政策", Stage.ISSUE: "惠企"}
    assert demands_on(factories.draft_item(organ=organ, column=above)).stages == (Stage.LEGAL,)


def test_reprints_go_short_but_where_a_column_says_no(organ):
    plain, strict = factories.column(), factories.column(title="要闻", reprints_in_full=True)
    clerk = factories.editor(organ)
    assert services.submit(item=reprint(organ, plain), actor=clerk).route == "reprint"
    assert services.submit(item=reprint(organ, strict), actor=clerk).route == "ordinary"


@pytest.mark.parametrize("field", ["legal_review", "leader_issue"])
def test_a_column_that_asks_for_more_meanwhile_has_the_item_submitted_again(organ, field):
    column = factories.column(title="公告")
    item = factories.draft_item(organ=organ, column=column)
    review = factories.signed_review(item)
    assert review.state == review.State.PASSED
    ColumnPage.objects.filter(pk=column.pk).update(**{field: True})
    with pytest.raises(NotReleased, match=r"栏目“公告”的信息须经.*请重新送审"):
        services.publish(item=item, actor=factories.reviewer(organ, Role.DISCLOSURE_OFFICE))


def test_moving_an_item_after_its_review_is_no_way_around(organ):
    column, strict = factories.column(), factories.column(title="规范性文件", legal_review=True)
    item = factories.draft_item(organ=organ, column=column)
    factories.signed_review(item)
    item.move(strict, pos="last-child")
    with pytest.raises(NotReleased, match="送审后内容又有修改"):
        services.publish(item=item, actor=factories.reviewer(organ, Role.DISCLOSURE_OFFICE))


def test_a_short_review_does_not_do_where_reprints_go_the_whole_way(organ):
    column = factories.column(title="要闻")
    item = reprint(organ, column)
    factories.signed_review(item)
    ColumnPage.objects.filter(pk=column.pk).update(reprints_in_full=True)
    with pytest.raises(NotReleased, match="转载也走三审三校"):
        services.publish(item=item, actor=factories.reviewer(organ, Role.DISCLOSURE_OFFICE))


def test_in_haste_the_added_stages_follow(organ):
    column = factories.column(legal_review=True)
    item = factories.draft_item(organ=organ, column=column)
    review = factories.signed_review(item, urgent_reason="险情预警")
    assert (review.state, list(review.standing.signed)) == (review.State.PASSED, [Stage.CONFIDENTIALITY])
    assert review.sequence.after == (Stage.FIRST, Stage.SECOND, Stage.LEGAL, Stage.FINAL)


def test_who_submits_sees_the_way_and_who_asks_for_it(organ):
    column = factories.column(title="规范性文件", legal_review=True)
    item = factories.draft_item(organ=organ, column=column, by=factories.editor(organ))
    client = Client()
    client.force_login(factories.editor(organ))
    shown = client.get(reverse("publishing:submit", args=[item.pk])).content.decode()
    assert "初审、一校；复审、二校；法制审核；保密审查；终审、三校" in shown
    assert "法制审核是栏目“规范性文件”要求的" in shown
    plain = factories.draft_item(organ=organ, column=factories.column(), by=factories.editor(organ))
    assert "法制审核" not in client.get(reverse("publishing:submit", args=[plain.pk])).content.decode()


def test_an_administrator_sets_it_in_the_column(organ, admin_client):
    column = factories.column()
    shown = admin_client.get(reverse("wagtailadmin_pages:edit", args=[column.pk])).content.decode()
    for label in ("须经法制审核", "须经负责人签发", "转载也走三审三校"):
        assert label in shown

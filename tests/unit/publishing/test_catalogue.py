"""The catalogue of what is published, edition by edition; columns and their clocks."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import factories
from wagtail.models import Site

from gongkai.agencies.access import AccessDenied
from gongkai.agencies.roles import Role
from gongkai.core.disclosure.categories import ARTICLE_20
from gongkai.core.publication import Freshness, UpdateClass
from gongkai.publishing import clocks, services
from gongkai.publishing.errors import CatalogueRefused
from gongkai.publishing.models import CatalogueEdition, ColumnPage

pytestmark = pytest.mark.django_db
S = CatalogueEdition.State


@pytest.fixture
def organ():
    at = factories.organ()
    factories.portal_site(at)
    return at


@pytest.fixture
def clerk(organ):
    return factories.reviewer(organ, Role.DISCLOSURE_OFFICE)


@pytest.fixture
def head(organ):
    return factories.reviewer(organ, Role.DISCLOSURE_HEAD)


def browser_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_first_edition_has_one_line_for_each_category(organ, clerk):
    """条例 Art. 20."""
    edition = services.start_edition(organ=organ, actor=clerk)

    assert [entry.category for entry in edition.entries.all()] == list(ARTICLE_20)
    assert edition.entries.get(position=11).basis.endswith("第二十条第（十一）项")


def test_a_line_finds_the_column_of_its_category(organ, clerk):
    column = factories.column()
    ColumnPage.objects.filter(pk=column.pk).update(category="20-7")

    edition = services.start_edition(organ=organ, actor=clerk)

    assert edition.entries.get(category="20-7").column_id == column.pk


def test_an_edition_in_force_is_replaced_never_edited(organ, clerk, head):
    """条例 Art. 22; versioned."""
    today = timezone.localdate()
    first = services.put_in_force(
        edition=services.start_edition(organ=organ, actor=clerk), actor=head, effective_from=today
    )
    with pytest.raises(CatalogueRefused, match="不能再改"):
        services.save_entry(edition=first, actor=clerk, values={"name": "改名"}, entry=first.entries.first())
    second = services.start_edition(organ=organ, actor=clerk)
    services.save_entry(edition=second, actor=clerk, values={"name": "改名"}, entry=second.entries.first())
    later = today + timedelta(days=30)
    services.put_in_force(edition=second, actor=head, effective_from=later)

    first.refresh_from_db()
    assert (first.state, first.replaced_on, first.entries.first().name) == (
        S.REPLACED,
        later,
        ARTICLE_20["20-1"],
    )
    assert (second.number, second.entries.first().name) == (2, "改名")
    assert first.was_in_force(today)
    assert not first.was_in_force(later)


def test_only_one_edition_is_drafted_at_a_time(organ, clerk):
    services.start_edition(organ=organ, actor=clerk)

    with pytest.raises(CatalogueRefused, match="编制中"):
        services.start_edition(organ=organ, actor=clerk)


def test_a_clerk_does_not_put_an_edition_in_force(organ, clerk):
    edition = services.start_edition(organ=organ, actor=clerk)

    with pytest.raises(AccessDenied):
        services.put_in_force(edition=edition, actor=clerk, effective_from=timezone.localdate())


def test_an_edition_does_not_begin_in_the_past(organ, clerk, head):
    edition = services.start_edition(organ=organ, actor=clerk)

    with pytest.raises(CatalogueRefused, match="早于今天"):
        services.put_in_force(
            edition=edition, actor=head, effective_from=timezone.localdate() - timedelta(days=1)
        )


def test_removing_a_line_closes_the_gap(organ, clerk):
    edition = services.start_edition(organ=organ, actor=clerk)

    services.remove_entry(entry=edition.entries.get(position=2), actor=clerk)

    assert [entry.position for entry in edition.entries.all()] == list(range(1, 15))


def test_the_clerk_builds_an_edition_in_the_browser_and_the_public_reads_it(organ, clerk, head):
    """Walked: start, add a line, refuse a bad one with what was typed kept, put in force, portal page."""
    desk = browser_of(clerk)
    answer = desk.post(reverse("publishing:start_edition"), {"organ": organ.pk}, follow=True)
    edition = CatalogueEdition.objects.get()
    assert "编制中" in answer.content.decode()
    line = {
        "category": "20-13", "name": "环境监测月报", "content": "监测点数据", "basis": "《条例》第二十条", "working_days": "0",
        "time_limit": "", "subject": organ.name, "audience": "everybody", "channels": "政府网站", "column": "", "department": "",
    }  # fmt: skip
    bad = desk.post(reverse("publishing:add_entry", args=[edition.pk]), line)
    assert bad.status_code == 422
    assert "环境监测月报" in bad.content.decode()
    desk.post(reverse("publishing:add_entry", args=[edition.pk]), line | {"working_days": "5"})
    leader = browser_of(head)
    leader.post(
        reverse("publishing:put_in_force", args=[edition.pk]), {"effective_from": timezone.localdate()}
    )

    shown = Client().get(reverse("portal:catalogue")).content.decode()

    assert "环境监测月报" in shown
    assert "自信息形成或者变更之日起5个工作日内" in shown
    sheet = desk.get(reverse("publishing:export_edition", args=[edition.pk]))
    assert sheet.content.startswith(b"PK")


def test_an_outsider_sees_no_catalogue(organ, clerk):
    edition = services.start_edition(organ=organ, actor=clerk)
    stranger = browser_of(factories.holder(factories.organ(), Role.DISCLOSURE_OFFICE))

    assert stranger.get(reverse("publishing:edition", args=[edition.pk])).status_code in {302, 403}


def test_a_blank_column_is_not_shown_to_the_public_until_something_is_published_in_it(organ):
    """P-COL-01: 有栏目无内容."""
    blank, filled = factories.column(title="空栏目"), factories.column(title="有内容的栏目")
    item = factories.published_item(column=filled, organ=organ)

    shown = Client().get(reverse("portal:site_map")).content.decode()

    assert "有内容的栏目" in shown
    assert "空栏目" not in shown
    services.withdraw(item=item, actor=factories.reviewer(organ, Role.DISCLOSURE_OFFICE), reason="测试")
    assert set(clocks.columns_with_items()) & {blank, filled} == set()


def test_a_column_counts_by_its_own_newest_item(organ):
    """portal-rules §2.5; V-W-09."""
    column = factories.column()
    ColumnPage.objects.filter(pk=column.pk).update(update_class=UpdateClass.NEWS.value)
    now = timezone.now()
    factories.published_item(column=column, organ=organ, published_at=now - timedelta(days=40))
    factories.published_item(column=column, organ=organ, published_at=now - timedelta(days=20))

    states = {state.column.pk: state for state in clocks.column_states(timezone.localdate())}

    assert (states[column.pk].items, states[column.pk].days_since) == (2, 20)
    assert states[column.pk].freshness is Freshness.STALE


def test_a_draft_near_its_last_day_is_put_before_the_editor(organ):
    """条例 Art. 26."""
    clerk, today = factories.editor(organ), timezone.localdate()
    late = factories.draft_item(
        organ=organ, title="迟了的信息", formed_on=today - timedelta(days=60), by=clerk
    )
    factories.draft_item(organ=organ, title="新写的信息", formed_on=today, by=clerk)

    found = clocks.drafts_due([organ], today)

    assert [(item.pk, clock.due_on < today) for item, clock in found] == [(late.pk, True)]
    assert "迟了的信息" in browser_of(clerk).get("/houtai/").content.decode()


def test_the_default_columns_can_be_laid_out_twice(organ):
    """政府网站发展指引 §1.2, 61号's fixed parts in their order."""
    home = Site.objects.get(is_default_site=True).root_page

    made = services.lay_out(home=home)

    assert services.lay_out(home=home) == []
    assert len(made) == len({column.slug for column in made})
    fixed = ColumnPage.objects.child_of(ColumnPage.objects.get(slug="zfxxgk")).order_by("path")
    assert [column.title for column in fixed] == [
        "政府信息公开指南",
        "政府信息公开制度",
        "法定主动公开内容",
        "依申请公开",
    ]


def test_a_column_that_holds_items_is_not_deleted(organ):
    """Bad input: a deleted column with items."""
    column = factories.column(title="要删的栏目")
    factories.draft_item(column=column, organ=organ)
    root = browser_of(factories.user(is_superuser=True, is_staff=True))

    answer = root.post(reverse("wagtailadmin_pages:delete", args=[column.pk]), follow=True)

    assert "下面有 1 条信息，不能删除" in answer.content.decode()
    assert ColumnPage.objects.filter(pk=column.pk).exists()

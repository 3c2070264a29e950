"""The screens of taking off and moving many items: what they list, keep, refuse and ask of the database."""

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import factories

from gongkai.agencies.models import User
from gongkai.agencies.roles import Role
from gongkai.publishing import services
from gongkai.publishing.models import ItemPage, Review

pytestmark = pytest.mark.django_db


@pytest.fixture
def organ():
    at = factories.organ()
    factories.portal_site(at)
    return at


@pytest.fixture
def office(organ):
    return factories.reviewer(organ, Role.DISCLOSURE_OFFICE)


@pytest.fixture
def column():
    return factories.column(title="原栏目")


@pytest.fixture
def target():
    return factories.column(title="新栏目")


def desk_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(action, *items, **query) -> str:
    chosen = "&".join(f"id={item.pk}" for item in items)
    more = "".join(f"&{name}={value}" for name, value in query.items())
    return reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?{chosen}{more}"


def now(item) -> ItemPage:
    return ItemPage.objects.get(pk=item.pk)


def live_ones(organ, column, count=2) -> list[ItemPage]:
    return [
        factories.published_item(organ=organ, column=column, title=f"已发布的信息{number}")
        for number in range(count)
    ]


# ---- the screens


def test_the_bar_below_a_columns_list_offers_both(organ, column):
    services.sync_editors(organ, column.get_parent())
    live_ones(organ, column, 1)
    person = factories.editor(organ)
    services.sync_person(person)

    text = desk_of(person).get(reverse("wagtailadmin_explore", args=[column.pk])).content.decode()

    assert "批量撤下" in text
    assert "批量移动" in text


def test_the_page_lists_what_was_chosen_and_what_cannot_be_done(organ, office, column):
    shown = live_ones(organ, column, 1)[0]
    draft = factories.draft_item(organ=organ, column=column, title="一份草稿")
    foreign = factories.draft_item(title="别人的秘密草稿", column=column)

    text = desk_of(office).get(address("chexia", shown, draft, foreign, column)).content.decode()

    assert "有 3 条不能撤下" in text
    assert "没有发布，也没有定时发布" in text
    assert "是栏目，不是信息" in text
    assert "别人的秘密草稿" not in text
    assert f'name="only" value="{shown.pk}"' in text


def test_a_form_without_a_reason_is_shown_again_and_nothing_is_done(organ, office, column):
    items = live_ones(organ, column)

    answer = desk_of(office).post(address("chexia", *items), {"reason": ""})

    assert answer.status_code == 422
    assert all(now(item).live for item in items)


def test_a_refused_form_keeps_the_reason(organ, office, column, target):
    shown = live_ones(organ, column, 1)[0]
    draft = factories.draft_item(organ=organ, column=column)
    desk = desk_of(office)

    off = desk.post(address("chexia", shown, draft), {"reason": "机构改革后失效"})
    moved = desk.post(
        address("yidong", shown), {"reason": "栏目合并重组", "target": column.pk, "resubmit": "on"}
    )
    without = desk.post(address("yidong", shown), {"reason": "还没有选栏目", "target": ""})

    assert (off.status_code, moved.status_code, without.status_code) == (422, 422, 422)
    assert "机构改革后失效" in off.content.decode()
    assert "栏目合并重组" in moved.content.decode()
    assert "还没有选栏目" in without.content.decode()
    assert now(shown).live


def test_only_those_that_can_be_done_by_the_second_button(organ, office, column):
    shown, other = live_ones(organ, column)
    draft = factories.draft_item(organ=organ, column=column)

    answer = desk_of(office).post(
        address("chexia", shown, draft), {"reason": "失效", "only": f"{shown.pk},{other.pk}"}
    )

    assert answer.url == reverse("wagtailadmin_explore", args=[column.pk])
    assert [str(one) for one in get_messages(answer.wsgi_request)] == ["已撤下 1 条信息，公众不能再看到。"]
    assert not now(shown).live
    assert now(other).live  # named by the button, but never ticked


def test_the_move_screen_moves_and_leads_back_to_the_list(organ, office, column, target):
    items = live_ones(organ, column)
    back = reverse("wagtailadmin_explore", args=[target.pk])

    answer = desk_of(office).post(
        address("yidong", *items, next=back), {"reason": "合并", "target": target.pk, "resubmit": "on"}
    )

    assert answer.url == back
    assert {now(item).get_parent().pk for item in items} == {target.pk}
    assert Review.objects.filter(state="open").count() == 2


def test_the_whole_list_of_a_column_can_be_chosen(organ, office, column):
    items = live_ones(organ, column, 3)
    base = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "chexia"])

    desk_of(office).post(f"{base}?id=all&childOf={column.pk}", {"reason": "栏目撤销"})

    assert not any(now(item).live for item in items)


@pytest.mark.parametrize("query", ["", "?id=abc", "?id=999999999", "?id=" + "9" * 40, "?id=all&childOf=x"])
def test_addresses_that_choose_nothing_are_not_found(organ, office, query):
    base = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "chexia"])

    assert desk_of(office).get(base + query).status_code == 404


def test_the_number_of_questions_does_not_grow_with_the_items(organ, office, column):
    items = [factories.draft_item(organ=organ, column=column) for _ in range(30)]
    desk = desk_of(office)
    desk.get(address("yidong", *items[:2]))

    asked = []
    for chosen in (items[:2], items):
        with CaptureQueriesContext(connection) as queries:
            desk.get(address("yidong", *chosen))
        asked.append(len(queries))

    assert asked[0] == asked[1]


def test_the_stock_bulk_actions_stay_refused(organ, office, column, target):
    """One door: Wagtail's own bar gives no reason and leaves no record."""
    items = live_ones(organ, column)
    root = User.objects.create_superuser("root", "root@example.cn", "x" * 12, name="管理员")

    for name in ("unpublish", "delete"):
        desk_of(root).post(address(name, *items), follow=True)
    desk_of(root).post(address("move", *items), {"chooser": target.pk}, follow=True)

    assert all(now(item).live and now(item).get_parent().pk == column.pk for item in items)

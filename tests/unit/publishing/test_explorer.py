"""The editor's lists: same rows as Wagtail's, found by any part of a title, within what a person may see."""

import pytest
from django.test import Client
from django.urls import reverse
from tests import factories
from wagtail.models import GroupPagePermission, Page

from gongkai.agencies.models import User
from gongkai.publishing.explorer import ItemFilters, below, find, sees_all_below
from gongkai.publishing.models import ItemPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def organ():
    at = factories.organ()
    factories.portal_site(at)
    return at


@pytest.fixture
def root(organ):
    person = User.objects.create_superuser("root", "r@example.cn", "x" * 12, name="管")
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def columns():
    return factories.column(title="通知公告"), factories.column(title="工作动态", column_type="工作动态")


def draft(organ, column, title):
    return factories.draft_item(organ=organ, column=column, title=title)


def rows(answer) -> list[str]:
    return [page.draft_title for page in answer.context["object_list"]]


def test_a_column_lists_its_own_the_newest_first(organ, root, columns):
    first, second = draft(organ, columns[0], "甲"), draft(organ, columns[0], "乙")
    draft(organ, columns[1], "别的栏目的")
    second.save_revision()
    first.save_revision()

    answer = root.get(reverse("wagtailadmin_explore", args=[columns[0].pk]))
    assert rows(answer) == ["甲", "乙"]
    assert answer.context["items_count"] == 2


@pytest.mark.parametrize(("ordering", "wanted"), [("title", ["a", "b", "c"]), ("-title", ["c", "b", "a"])])
def test_sorted_by_the_title_that_is_shown(organ, root, columns, ordering, wanted):
    for title in ("b", "c", "a"):
        draft(organ, columns[0], title)
    # A title changed in a draft is what the list shows and sorts by.
    changed = ItemPage.objects.get(title="c")
    assert changed.draft_title == "c"

    answer = root.get(reverse("wagtailadmin_explore", args=[columns[0].pk]), {"ordering": ordering})
    assert rows(answer) == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("污水", {"关于污水处理厂检修的公告", "园区污水管网改造"}),
        ("处理厂 检修", {"关于污水处理厂检修的公告"}),
        ("px", {"PX 项目公示"}),
        ("100%", {"100%达标"}),
        ("没有的", set()),
    ],
)
def test_a_search_finds_any_part_of_a_title(organ, root, columns, words, wanted):
    for title in ("关于污水处理厂检修的公告", "园区污水管网改造", "PX 项目公示", "100%达标", "1000 人参会"):
        draft(organ, columns[0], title)

    inside = root.get(reverse("wagtailadmin_explore", args=[columns[0].pk]), {"q": words})
    assert set(rows(inside)) == wanted
    everywhere = root.get(reverse("wagtailadmin_pages:search"), {"q": words})
    assert set(rows(everywhere)) == wanted
    beside = root.get(reverse("wagtailadmin_explore", args=[columns[1].pk]), {"q": words})
    assert rows(beside) == []
    whole = root.get(reverse("wagtailadmin_explore", args=[columns[1].pk]), {"q": words, "search_all": "1"})
    assert set(rows(whole)) == wanted


def test_an_item_is_found_by_its_index_number(organ, root, columns):
    item = factories.published_item(organ=organ, column=columns[0], title="甲")
    factories.published_item(organ=organ, column=columns[0], title="乙")
    answer = root.get(reverse("wagtailadmin_pages:search"), {"q": f" {item.index_number} "})
    assert rows(answer) == ["甲"]


def test_the_search_of_the_side_bar_sorts_and_narrows_by_kind(organ, root, columns):
    for title in ("公告乙", "公告甲"):
        draft(organ, columns[0], title)
    address = reverse("wagtailadmin_pages:search")
    by_title = root.get(address, {"q": "公告", "ordering": "title", "content_type": "publishing.itempage"})
    assert rows(by_title) == ["公告乙", "公告甲"]
    assert rows(root.get(address, {"q": "公告", "content_type": "publishing.columnpage"})) == ["通知公告"]
    assert root.get(address, {"q": "公告", "content_type": "x"}).status_code == 404


def test_who_has_a_right_in_one_column_finds_nothing_of_the_other(organ, columns):
    clerk = factories.editor(organ)
    mine, other = columns
    GroupPagePermission.objects.exclude(group__name="Moderators").update(page=mine)
    draft(organ, mine, "污水甲")
    draft(organ, other, "污水乙")
    client = Client()
    client.force_login(User.objects.get(pk=clerk.pk))

    assert rows(client.get(reverse("wagtailadmin_explore", args=[mine.pk]))) == ["污水甲"]
    assert rows(client.get(reverse("wagtailadmin_pages:search"), {"q": "污水"})) == ["污水甲"]
    whole = client.get(reverse("wagtailadmin_explore", args=[mine.pk]), {"q": "污水", "search_all": "1"})
    assert rows(whole) == ["污水甲"]
    # A column that is not theirs leads back to their own.
    answer = client.get(reverse("wagtailadmin_explore", args=[other.pk]))
    assert answer.status_code == 302


def test_a_second_screen_holds_the_rest(organ, root, columns):
    for number in range(53):
        draft(organ, columns[0], f"第{number:02d}条")
    address = reverse("wagtailadmin_explore", args=[columns[0].pk])
    first, second = (rows(root.get(address, {"p": page, "ordering": "title"})) for page in (1, 2))
    assert (len(first), second) == (50, ["第50条", "第51条", "第52条"])


def test_a_filter_looks_below_the_column_and_offers_only_whom_it_can_find(organ, root, columns):
    writer = factories.editor(organ)
    item = draft(organ, columns[0], "甲")
    Page.objects.filter(pk=item.pk).update(owner=writer)
    draft(organ, columns[0], "乙")
    above = reverse("wagtailadmin_explore", args=[columns[0].get_parent().pk])
    assert rows(root.get(above, {"owner": writer.pk})) == ["甲"]

    owners = ItemFilters(data={}, queryset=Page.objects.all(), request=None).filters["owner"].queryset(None)
    assert list(owners) == [writer]


def test_below_is_what_the_tree_says(organ, columns):
    draft(organ, columns[0], "甲")
    home = columns[0].get_parent()
    for parent in (Page.get_first_root_node(), home, *columns):
        kept = Page.objects.filter(below(parent))
        assert set(kept) == set(Page.objects.child_of(parent))
        assert set(Page.objects.filter(below(parent, deeper=True))) == set(Page.objects.descendant_of(parent))


def test_no_words_find_everything(organ, columns):
    draft(organ, columns[0], "甲")
    assert find(ItemPage.objects.all(), "  ").count() == 1


def test_a_right_opens_what_is_under_it(organ, columns):
    from wagtail.permissions import page_permission_policy as policy

    person = factories.editor(organ)
    GroupPagePermission.objects.update(page=columns[0])
    person = User.objects.get(pk=person.pk)
    assert sees_all_below(policy, person, columns[0])
    assert not sees_all_below(policy, person, columns[1])
    assert not sees_all_below(policy, person, columns[0].get_parent())


def test_the_queries_of_a_list_do_not_grow_with_it(organ, root, columns, django_assert_max_num_queries):
    for number in range(30):
        draft(organ, columns[0], f"第{number}条")
    address = reverse("wagtailadmin_explore", args=[columns[0].pk])
    root.get(address)
    with django_assert_max_num_queries(60):
        root.get(address)

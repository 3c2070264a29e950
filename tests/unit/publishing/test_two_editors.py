"""Two people at one item: the one who saves last is told first, whichever way the other saved."""

import pytest
from django.test import Client
from django.urls import reverse
from tests import factories

from gongkai.agencies.roles import Role
from gongkai.publishing.models import ItemPage

from .test_routes import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def organ():
    at = factories.organ()
    factories.portal_site(at)
    return at


@pytest.fixture
def other(organ):
    return factories.holder(organ, Role.INFORMATION_OFFICER, name="另一位信息员")


@pytest.fixture
def draft(organ, other):
    return factories.draft_item(organ=organ, title="道路保洁公告", by=other)


def desk_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def save(desk, item, **given):
    return desk.post(reverse("wagtailadmin_pages:edit", args=[item.pk]), form_of(item, **given))


def title_now(item) -> str:
    return ItemPage.objects.get(pk=item.pk).get_latest_revision_as_object().title


def loaded(item) -> dict[str, str]:
    """What the editor's page sends of the version it was opened on."""
    latest = ItemPage.objects.get(pk=item.pk).latest_revision
    return {
        "loaded_revision_id": str(latest.pk),
        "loaded_revision_created_at": latest.created_at.isoformat(),
    }


def test_an_automatic_save_in_place_is_noticed_by_its_moment(organ, other, draft):
    """The other's automatic save rewrites the very version that was opened: its number stays, its moment does not."""
    opened, desk = loaded(draft), desk_of(factories.editor(organ))
    draft.title = "另一位自动保存的标题"
    draft.save_revision(user=other, overwrite_revision=draft.get_latest_revision(), clean=False)
    assert loaded(draft)["loaded_revision_id"] == opened["loaded_revision_id"]

    refused = save(desk, draft, title="我改的标题", **opened).content.decode()

    assert "另一位信息员在" in refused
    assert "这次没有保存" in refused
    assert "我改的标题" in refused
    assert title_now(draft) == "另一位自动保存的标题"
    assert f'value="{loaded(draft)["loaded_revision_created_at"]}"' in refused
    save(desk, draft, title="我改的标题", **loaded(draft))
    assert title_now(draft) == "我改的标题"


def test_what_nobody_touched_is_saved_at_once(organ, draft):
    save(desk_of(factories.editor(organ)), draft, title="我改的标题", **loaded(draft))

    assert title_now(draft) == "我改的标题"


def test_ones_own_automatic_save_is_nobody_elses(organ, draft):
    """The page names the version it saved by itself; what it was opened on no longer counts."""
    opened, author = loaded(draft), factories.editor(organ)
    draft.title = "自动保存的标题"
    own = draft.save_revision(user=author, clean=False)

    save(desk_of(author), draft, title="写完的标题", overwrite_revision_id=str(own.pk), **opened)

    assert title_now(draft) == "写完的标题"


def test_somebody_elses_save_after_ones_own_automatic_one_is_noticed(organ, other, draft):
    author = factories.editor(organ)
    own = draft.save_revision(user=author, clean=False)
    draft.title = "另一位改的标题"
    draft.save_revision(user=other, clean=False)

    refused = save(desk_of(author), draft, title="我改的标题", overwrite_revision_id=str(own.pk))

    assert "另一位信息员在" in refused.content.decode()
    assert title_now(draft) == "另一位改的标题"


@pytest.mark.parametrize("number", ["", "abc", "²"])
def test_numbers_that_are_none_say_nothing(organ, draft, number):
    answer = save(desk_of(factories.editor(organ)), draft, title="我改的标题", loaded_revision_id=number)

    assert answer.status_code == 302
    assert title_now(draft) == "我改的标题"

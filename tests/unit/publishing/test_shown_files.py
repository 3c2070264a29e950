"""Files are open to the public exactly while something public shows them."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from tests import factories
from wagtail.documents.models import Document
from wagtail.models import PageViewRestriction

from gongkai.publishing.errors import NotReleased
from gongkai.publishing.models import ItemAttachment, ShownFile
from gongkai.publishing.shown_files import MIGRATION, after_migrate, files_of, fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def organ():
    at = factories.organ()
    factories.portal_site(at)
    return at


def document(name="名单.txt"):
    return Document.objects.create(title=name, file=ContentFile("内容".encode(), name))


def attached(organ, file):
    item = factories.draft_item(organ=organ)
    item.attachments.add(ItemAttachment(document=file))
    item.save_revision(clean=False)
    return item


def status(client, file) -> int:
    answer = client.get(file.url)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


def test_a_file_of_a_draft_is_for_the_back_office_alone(organ, client, admin_client):
    file = document()
    attached(organ, file)
    assert (status(client, file), status(admin_client, file)) == (404, 200)


def test_it_opens_with_the_release_and_closes_with_the_withdrawal(organ, client):
    file = document()
    item = factories.release(attached(organ, file))
    assert status(client, file) == 200
    factories.withdraw_item(item)
    assert status(client, file) == 404
    assert not ShownFile.objects.exists()


@pytest.mark.parametrize("how", ["link", "address"])
def test_files_in_the_text_count_too(organ, client, how):
    file = document()
    link = f'linktype="document" id="{file.pk}"' if how == "link" else f'href="{file.url}"'
    item = factories.published_item(organ=organ, body=f"<p>见<a {link}>名单</a>。</p>")
    assert files_of(item) == {file.pk}
    assert status(client, file) == 200


def test_a_file_that_nothing_shows_is_closed(organ, client):
    assert status(client, document()) == 404


def test_a_file_behind_a_password_waits_for_it(organ, client):
    file = document()
    item = factories.release(attached(organ, file))
    PageViewRestriction.objects.create(page=item, restriction_type="password", password="x")
    assert status(client, file) == 404


def test_a_file_in_the_words_of_a_column_is_open(organ, client):
    file = document()
    factories.column(introduction=f'<p><a href="{file.url}">办法</a></p>')
    assert status(client, file) == 200


def test_a_new_version_brings_its_files_and_drops_the_old(organ, client):
    old, new = document(), document("新名单.txt")
    item = factories.release(attached(organ, old))
    draft = item.get_latest_revision_as_object()
    draft.attachments.set([ItemAttachment(document=new)])
    draft.body = "<p>换了附件的正文，内容也改过了。</p>"
    draft.save_revision(clean=False)
    assert (status(client, old), status(client, new)) == (200, 404)
    factories.release(item)
    assert (status(client, old), status(client, new)) == (404, 200)


def test_a_shown_file_is_not_swapped_and_this_is_known_at_once(organ):
    file = document()
    factories.release(attached(organ, file))
    file.file = ContentFile("别的内容".encode(), "别的.txt")
    with pytest.raises(NotReleased, match="正在已发布的信息中使用"):
        file.save()


@pytest.mark.parametrize(
    ("name", "backwards", "filled"), [(MIGRATION, False, True), (MIGRATION, True, False), ("x", False, False)]
)
def test_the_migration_that_brings_the_table_opens_what_is_live(organ, name, backwards, filled):
    file = document()
    item = factories.release(attached(organ, file))
    ShownFile.objects.all().delete()
    plan = [(SimpleNamespace(app_label="publishing", name=name), backwards)]
    after_migrate(apps.get_app_config("publishing"), "default", plan=plan)
    wanted = {(item.pk, file.pk)} if filled else set()
    assert set(ShownFile.objects.values_list("item", "document")) == wanted


def test_filling_twice_adds_nothing(organ):
    factories.release(attached(organ, document()))
    assert (fill("default"), ShownFile.objects.count()) == (1, 1)


def test_the_migration_has_this_name():
    assert import_module(f"gongkai.publishing.migrations.{MIGRATION}").Migration

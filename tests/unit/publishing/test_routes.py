"""One door to publication: every other way to show an item is refused, also to the superuser and to raw SQL."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import factories
from wagtail.documents.models import Document
from wagtail.models import Page, Revision

from gongkai.agencies.models import User
from gongkai.agencies.roles import Role
from gongkai.core.publication import Stage
from gongkai.publishing import services, triggers
from gongkai.publishing.errors import NotReleased
from gongkai.publishing.models import ColumnPage, ItemPage, ReleaseGrant, Review, ReviewStep

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return factories.draft_item(title="未审的信息")


@pytest.fixture
def live():
    return factories.published_item(title="已审的信息")


@pytest.fixture
def administrator():
    person = User.objects.create_superuser("root", "root@example.cn", "x" * 12, name="管理员")
    browser = Client()
    browser.force_login(person)
    browser.person = person
    return browser


def is_live(item) -> bool:
    return ItemPage.objects.get(pk=item.pk).live


def refused_by_database(act) -> None:
    with (
        pytest.raises(IntegrityError, match=r"release grant|append-only|index number|passed review"),
        transaction.atomic(),
    ):
        act()


# ---- Python


def test_a_new_page_that_is_live_at_once(draft):
    """Imports and loaders write pages this way."""
    item = ItemPage(title="导入的信息", body="<p>正文</p>", source="旧站", organ=draft.organ)

    with pytest.raises(NotReleased):
        draft.get_parent().add_child(instance=item)


def test_page_save(draft):
    draft.live = True

    with pytest.raises(NotReleased):
        draft.save()


def test_the_save_of_the_bare_page(draft):
    page = Page.objects.get(pk=draft.pk)
    page.live = True

    refused_by_database(page.save)


def test_page_save_of_one_field(draft):
    draft.live = True

    with pytest.raises(NotReleased):
        draft.save(update_fields=["live"])


def test_revision_publish(draft):
    with pytest.raises(NotReleased):
        draft.get_latest_revision().publish()
    assert not is_live(draft)


@pytest.mark.parametrize("model", [Page, ItemPage])
def test_queryset_update(draft, model):
    refused_by_database(lambda: model.objects.filter(pk=draft.pk).update(live=True))


def test_bulk_update(draft):
    draft.live = True

    refused_by_database(lambda: ItemPage.objects.bulk_update([draft], ["live"]))


def test_raw_sql(draft):
    def act():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE wagtailcore_page SET live = %s WHERE id = %s", [True, draft.pk])

    refused_by_database(act)


def test_raw_sql_that_inserts_a_live_row(draft):
    columns = [f.column for f in Page._meta.local_concrete_fields if f.column != "id"]
    names = ", ".join(f'"{name}"' for name in columns)
    given = {"live": "%s", "path": "'zzzz'", "translation_key": "'00000000000000000000000000000001'"}
    values = ", ".join(given.get(name, f'"{name}"') for name in columns)

    def act():
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO wagtailcore_page ({names}) SELECT {values} FROM wagtailcore_page WHERE id = %s",
                [True, draft.pk],
            )

    refused_by_database(act)


def test_another_version_of_a_live_item(live):
    live.title = "改过的标题"
    live.save_revision()

    with pytest.raises(NotReleased):
        live.get_latest_revision().publish()
    refused_by_database(
        lambda: Page.objects.filter(pk=live.pk).update(live_revision=live.get_latest_revision())
    )


@pytest.mark.parametrize(
    "change", [{"body": "<p>改过</p>"}, {"source": "别处"}, {"title": "改过"}, {"slug": "gaiguo"}]
)
def test_words_of_a_live_item_changed_by_update(live, change):
    refused_by_database(lambda: ItemPage.objects.filter(pk=live.pk).update(**change))


def test_words_of_a_live_item_changed_by_save(live):
    live.body = "<p>改过</p>"

    with pytest.raises(NotReleased):
        live.save()


def test_an_item_taken_off_does_not_come_back_by_itself(live):
    revision = live.live_revision
    Page.objects.filter(pk=live.pk).update(live=False)

    refused_by_database(lambda: Page.objects.filter(pk=live.pk).update(live=True))
    with pytest.raises(NotReleased):
        revision.publish()


def test_a_copy_of_a_live_item(live):
    with pytest.raises(NotReleased):
        live.copy(update_attrs={"slug": "fuben"})

    copied = live.copy(update_attrs={"slug": "fuben"}, keep_live=False)
    assert (copied.live, copied.index_number) == (False, None)
    with pytest.raises(NotReleased):
        copied.get_latest_revision().publish()


def test_an_alias_of_a_live_item(live):
    with pytest.raises(NotReleased):
        live.create_alias(parent=factories.column(), update_slug="bieming")


def test_an_alias_of_a_draft_stays_a_draft(draft):
    alias = draft.create_alias(parent=factories.column(), update_slug="bieming")
    alias.live = True

    with pytest.raises(NotReleased):
        alias.save()


def test_a_live_item_moved_to_another_column(live):
    with pytest.raises(NotReleased):
        live.move(factories.column(), pos="last-child")


def test_a_draft_moved_after_its_review_is_reviewed_again(draft):
    factories.signed_review(draft)
    draft.move(factories.column(), pos="last-child")
    moved = ItemPage.objects.get(pk=draft.pk)

    with pytest.raises(NotReleased, match="送审后内容又有修改"):
        services.publish(item=moved, actor=factories.editor(draft.organ))


def test_a_column_with_live_items_may_move(live):
    column = live.get_parent()
    column.move(factories.column(), pos="last-child")

    assert is_live(live)


# ---- the schedule


def scheduled(**fields) -> ItemPage:
    return factories.draft_item(go_live_at=timezone.now() + timedelta(days=1), **fields)


def test_a_draft_put_on_the_schedule(administrator):
    item = scheduled()

    with pytest.raises(NotReleased):
        item.get_latest_revision().publish()
    with pytest.raises(NotReleased):
        item.save_revision(approved_go_live_at=item.go_live_at)


def test_a_draft_smuggled_into_the_schedule_is_not_published_by_it():
    item = scheduled()
    Revision.objects.filter(pk=item.latest_revision_id).update(
        approved_go_live_at=timezone.now() - timedelta(minutes=1)
    )

    with pytest.raises(NotReleased):
        call_command("publish_scheduled")
    assert not is_live(item)


def test_a_reviewed_item_goes_live_on_its_day_without_anybody():
    """The grant is a row: the command that publishes has no session and no reviewer."""
    item = factories.release(scheduled())
    assert (is_live(item), item.index_number) == (False, None)

    with factories.at_moment(timezone.now() + timedelta(days=2)):
        call_command("publish_scheduled")

    item = ItemPage.objects.get(pk=item.pk)
    assert (item.live, item.index_number[-5:]) == (True, "00001")


def test_a_schedule_ends_when_the_item_is_withdrawn():
    item = factories.release(scheduled())
    factories.withdraw_item(item)

    with factories.at_moment(timezone.now() + timedelta(days=2)):
        call_command("publish_scheduled")

    assert not is_live(item)


def test_an_item_past_its_end_goes_off_and_does_not_come_back():
    item = factories.published_item(expire_at=timezone.now() + timedelta(days=1))

    with factories.at_moment(timezone.now() + timedelta(days=2)):
        call_command("publish_scheduled")

    assert not is_live(item)
    assert not ReleaseGrant.objects.filter(page=item, ended_at=None).exists()


# ---- the back office, as superuser


def form_of(item: ItemPage, **given) -> dict:
    fields = {
        **{
            name: getattr(item, name) or ""
            for name in ("title", "slug", "source", "publicity", "source_kind")
        },
        "organ": item.organ_id,
        "formed_on": item.formed_on or "",
        "body": '{"entityMap": {}, "blocks": [{"key": "a", "text": "\u6b63\u6587", "type": "unstyled", "depth": 0,'
        ' "inlineStyleRanges": [], "entityRanges": []}]}',
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "comments-MIN_NUM_FORMS": 0,
        "comments-MAX_NUM_FORMS": 0,
        "blocks-count": 0,
        "attachments-TOTAL_FORMS": 0,
        "attachments-INITIAL_FORMS": 0,
        "attachments-MIN_NUM_FORMS": 0,
        "attachments-MAX_NUM_FORMS": 1000,
    }
    return {**fields, **given}


def test_the_publish_button_of_the_editor(administrator, draft):
    answer = administrator.post(
        reverse("wagtailadmin_pages:edit", args=[draft.pk]),
        form_of(draft, **{"action-publish": "1"}),
        follow=True,
    )

    assert not is_live(draft)
    assert "审核" in answer.content.decode()


def test_the_publish_button_of_a_new_page(administrator, draft):
    address = reverse("wagtailadmin_pages:add", args=["publishing", "itempage", draft.get_parent().pk])

    administrator.post(address, form_of(draft, slug="xin", **{"action-publish": "1"}), follow=True)

    assert not ItemPage.objects.live().exists()


def test_the_bulk_publication(administrator, draft):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    administrator.post(f"{address}?id={draft.pk}", follow=True)

    assert not is_live(draft)


def test_the_bulk_publication_of_a_column_with_what_is_below(administrator, draft):
    column = draft.get_parent()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    administrator.post(f"{address}?id={column.pk}", {"include_descendants": "on"}, follow=True)

    assert not is_live(draft)


def test_our_bulk_acts_of_a_superuser(administrator, draft, live):
    """They ask the same roles as single acts, and none of them shows anything."""
    target = factories.column()

    for name, given in (("chexia", {}), ("yidong", {"target": target.pk, "resubmit": "on"})):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", name])
        administrator.post(f"{address}?id={draft.pk}&id={live.pk}", {"reason": "试试", **given}, follow=True)

    assert (is_live(draft), is_live(live)) == (False, True)
    assert ItemPage.objects.get(pk=draft.pk).get_parent().pk != target.pk


def test_our_bulk_move_releases_nothing(draft, live):
    """A grant is for one column: what was live is moved as a draft, and comes back through the review alone."""
    office, target = factories.reviewer(live.organ, Role.DISCLOSURE_OFFICE), factories.column()
    revision = live.live_revision
    services.move_items(pages=[live.pk], target=target, actor=office, reason="栏目合并")

    assert not is_live(live)
    assert not ReleaseGrant.objects.filter(page=live, ended_at=None).exists()
    refused_by_database(lambda: Page.objects.filter(pk=live.pk).update(live=True))
    with pytest.raises(NotReleased):
        revision.publish()


def test_the_copy_screen(administrator, live):
    administrator.post(
        reverse("wagtailadmin_pages:copy", args=[live.pk]),
        {
            "new_title": "副本",
            "new_slug": "fuben",
            "new_parent_page": live.get_parent().pk,
            "publish_copies": "on",
        },
        follow=True,
    )

    assert ItemPage.objects.live().count() == 1


def test_the_copy_screen_making_an_alias(administrator, live):
    administrator.post(
        reverse("wagtailadmin_pages:copy", args=[live.pk]),
        {"new_title": "副本", "new_slug": "fuben", "new_parent_page": live.get_parent().pk, "alias": "on"},
        follow=True,
    )

    assert ItemPage.objects.live().count() == 1


def test_the_move_screen(administrator, live):
    target = factories.column()

    administrator.post(reverse("wagtailadmin_pages:move_confirm", args=[live.pk, target.pk]), follow=True)

    assert ItemPage.objects.get(pk=live.pk).get_parent().pk != target.pk


def test_unpublish_and_delete_of_wagtail(administrator, live):
    """Taking off needs a reason and leaves a record; a published item is never deleted."""
    for name in ("unpublish", "delete"):
        administrator.post(reverse(f"wagtailadmin_pages:{name}", args=[live.pk]), follow=True)
    for name in ("unpublish", "delete"):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", name])
        administrator.post(f"{address}?id={live.pk}", follow=True)

    assert is_live(live)


def test_a_superuser_signs_and_publishes_nothing(administrator, draft):
    """ADR 0004: the superuser holds no statutory role."""
    review = services.submit(item=draft, actor=factories.editor(draft.organ))

    with pytest.raises(PermissionDenied):
        services.sign(review=review, actor=administrator.person, opinion="", checked=True)
    for stage in (Stage.FIRST, Stage.SECOND, Stage.CONFIDENTIALITY, Stage.FINAL):
        actor = factories.reviewer(draft.organ, Role(f"{stage.value}_reviewer"))
        services.sign(review=review, actor=actor, opinion="", checked=True)
    with pytest.raises(PermissionDenied):
        services.publish(item=draft, actor=administrator.person)
    assert not is_live(draft)


# ---- the records behind the gate


def test_a_grant_without_a_passed_review(draft):
    review = factories.signed_review(draft, stages=3)

    refused_by_database(
        lambda: ReleaseGrant.objects.create(
            page=draft, revision=review.revision, digest=review.digest, review=review,
            granted_by=factories.user(), granted_at=timezone.now(),
        )
    )  # fmt: skip


def test_a_grant_for_another_text_than_was_reviewed(draft):
    review = factories.signed_review(draft)

    refused_by_database(
        lambda: ReleaseGrant.objects.create(
            page=draft, revision=review.revision, digest="0" * 64, review=review,
            granted_by=factories.user(), granted_at=timezone.now(),
        )
    )  # fmt: skip


def test_grants_and_steps_are_append_only(live):
    refused_by_database(lambda: ReleaseGrant.objects.all().delete())
    refused_by_database(lambda: ReleaseGrant.objects.update(digest="0" * 64))
    refused_by_database(lambda: ReviewStep.objects.update(opinion="改过"))
    refused_by_database(lambda: ReviewStep.objects.all().delete())
    factories.withdraw_item(live)
    refused_by_database(lambda: ReleaseGrant.objects.update(ended_at=None))


def test_the_index_number_is_issued_once_and_fixed(live):
    number = live.index_number
    assert number == f"{live.organ.code}/{timezone.localdate().year}-00001"
    factories.withdraw_item(live)
    again = ItemPage.objects.get(pk=live.pk)
    again.title = "更正后的信息"
    again.save_revision()
    factories.release(again)

    assert ItemPage.objects.get(pk=live.pk).index_number == number
    refused_by_database(lambda: ItemPage.objects.filter(pk=live.pk).update(index_number="X/2026-00009"))


def test_a_file_that_a_live_item_shows_is_not_replaced():
    file = Document.objects.create(title="附件", file=ContentFile(b"reviewed", name="fujian.txt"))
    item = factories.published_item(body=f'<p><a linktype="document" id="{file.pk}">附件</a></p>')
    file.file = ContentFile(b"not reviewed", name="fujian.txt")

    with pytest.raises(NotReleased, match=item.title):
        file.save()


def test_a_file_replaced_during_the_review_reopens_it():
    file = Document.objects.create(title="附件", file=ContentFile(b"reviewed", name="fujian.txt"))
    item = factories.draft_item(body=f'<p><a linktype="document" id="{file.pk}">附件</a></p>')
    factories.signed_review(item)
    file.file, file.file_hash = ContentFile(b"not reviewed", name="fujian.txt"), ""
    file.save()

    with pytest.raises(NotReleased, match="送审后内容又有修改"):
        services.publish(item=item, actor=factories.editor(item.organ))


def test_a_reviewed_version_is_not_overwritten_by_autosave(draft):
    author = factories.editor(draft.organ)
    revision = draft.save_revision(user=author)
    services.submit(item=draft, actor=author)
    draft.body = "<p>自动保存的修改</p>"

    saved = draft.save_revision(user=author, overwrite_revision=revision)

    assert saved.pk != revision.pk
    assert Review.objects.get().revision_id == revision.pk


def test_columns_pass_no_review():
    column = factories.column(title="新栏目")
    column.title = "改过的栏目"
    column.save_revision().publish()

    assert ColumnPage.objects.get(pk=column.pk).title == "改过的栏目"


def test_the_triggers_stand_after_a_migration():
    kind = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger",
    }
    with connection.cursor() as cursor:
        cursor.execute(kind[connection.vendor])
        found = {row[0] for row in cursor.fetchall()}

    assert set(triggers.names()) <= found

"""Many items at once: taken off or moved with a reason, all of them or none, by those whose act it is."""

import json
import sys
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import factories
from tests.factories import normative as made

from gongkai.agencies.models import Department, User
from gongkai.agencies.roles import Role
from gongkai.audit.models import Event
from gongkai.core.publication import Stage
from gongkai.publishing import services
from gongkai.publishing.errors import ManyRefused, ReviewRefused
from gongkai.publishing.judging import MAX_AT_ONCE
from gongkai.publishing.models import ItemPage, ReleaseGrant, Review
from gongkai.publishing.services.withdraw import take_down

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


def pks(*items) -> list[int]:
    return [item.pk for item in items]


def now(item) -> ItemPage:
    return ItemPage.objects.get(pk=item.pk)


def live_ones(organ, column, count=2) -> list[ItemPage]:
    return [
        factories.published_item(organ=organ, column=column, title=f"已发布的信息{number}")
        for number in range(count)
    ]


# ---- taking off


def test_fifty_items_are_taken_off_at_once_each_with_its_event(organ, office, column):
    items = live_ones(organ, column, 50)

    services.withdraw_items(pages=pks(*items), actor=office, reason="机构改革，内容失效。")

    assert not ItemPage.objects.live().exists()
    assert not ReleaseGrant.objects.filter(ended_at=None).exists()
    events = Event.objects.filter(action="item.withdrawn")
    assert {event.subject_id for event in events} == {str(item.pk) for item in items}
    assert {json.loads(event.data)["reason"] for event in events} == {"机构改革，内容失效。"}
    assert {now(item).index_number for item in items} == {item.index_number for item in items}


def test_one_that_cannot_be_taken_off_keeps_all(organ, office, column):
    shown, draft = (
        live_ones(organ, column)[0],
        factories.draft_item(organ=organ, column=column, title="一份草稿"),
    )

    with pytest.raises(ManyRefused, match="“一份草稿”没有发布，也没有定时发布") as refusal:
        services.withdraw_items(pages=pks(shown, draft), actor=office, reason="失效")

    assert refusal.value.titles == ["一份草稿"]
    assert now(shown).live
    assert not Event.objects.filter(action="item.withdrawn").exists()


def test_a_fault_in_the_middle_undoes_the_beginning(organ, office, column, monkeypatch):
    """All or nothing also where the fault is not foreseen."""
    items = live_ones(organ, column)
    done = []

    def fails_at_the_second(item, **given):
        if done:
            raise RuntimeError("磁盘已满")
        done.append(item)
        take_down(item, **given)

    monkeypatch.setattr(
        sys.modules["gongkai.publishing.services.withdraw_items"], "take_down", fails_at_the_second
    )
    with pytest.raises(RuntimeError):
        services.withdraw_items(pages=pks(*items), actor=office, reason="失效")

    assert all(now(item).live for item in items)


def test_what_is_on_the_schedule_is_taken_off_it(organ, office, column):
    item = factories.release(
        factories.draft_item(organ=organ, column=column, go_live_at=timezone.now() + timedelta(days=1))
    )

    services.withdraw_items(pages=pks(item), actor=office, reason="改期")

    assert not ReleaseGrant.objects.filter(page=item, ended_at=None).exists()


@pytest.mark.parametrize(
    "role", [Role.INFORMATION_OFFICER, Role.FIRST_REVIEWER, Role.PROOFREADER, Role.SUPERVISOR]
)
def test_nobody_without_the_role_takes_off(organ, column, role):
    items = live_ones(organ, column)
    person = factories.reviewer(organ, role)

    with pytest.raises(ManyRefused, match="您没有这个机构“撤下信息”的权限"):
        services.withdraw_items(pages=pks(*items), actor=person, reason="失效")
    assert desk_of(person).post(address("chexia", *items), {"reason": "失效"}).status_code in {302, 403}

    assert all(now(item).live for item in items)


def test_the_superuser_takes_off_nothing(organ, column):
    """ADR 0004: the superuser holds no statutory role."""
    items = live_ones(organ, column)
    person = User.objects.create_superuser("root", "root@example.cn", "x" * 12, name="管理员")

    with pytest.raises(ManyRefused):
        services.withdraw_items(pages=pks(*items), actor=person, reason="失效")
    assert all(now(item).live for item in items)


def test_an_item_of_another_organ_is_refused_and_keeps_the_rest(organ, office, column):
    own, foreign = (
        live_ones(organ, column)[0],
        factories.published_item(column=column, title="别的机关的信息"),
    )

    with pytest.raises(ManyRefused, match="别的机关的信息"):
        services.withdraw_items(pages=pks(own, foreign), actor=office, reason="失效")
    assert now(own).live
    assert now(foreign).live


def test_a_normative_document_in_force_is_taken_off_by_itself_alone(organ, office):
    document = made.published(organ)

    with pytest.raises(ManyRefused, match="现行有效"):
        services.withdraw_items(pages=[document.page_id], actor=office, reason="失效")
    assert now(document.page).live


def test_blank_reasons_nothing_chosen_and_too_many_are_refused(organ, office, column):
    item = live_ones(organ, column, 1)[0]

    with pytest.raises(ReviewRefused, match="请写明撤下的理由"):
        services.withdraw_items(pages=pks(item), actor=office, reason="　 ")
    with pytest.raises(ReviewRefused, match="没有选中信息"):
        services.withdraw_items(pages=[], actor=office, reason="失效")
    with pytest.raises(ReviewRefused, match=f"一次最多办理 {MAX_AT_ONCE} 条"):
        services.withdraw_items(pages=range(1, MAX_AT_ONCE + 2), actor=office, reason="失效")


# ---- moving


def test_a_live_item_is_taken_off_moved_and_reviewed_anew(organ, office, column, target):
    """ADR 0009: the same words elsewhere are another publication. The number stays."""
    item = live_ones(organ, column, 1)[0]

    services.move_items(pages=pks(item), target=target, actor=office, reason="栏目合并", resubmit=True)

    moved = now(item)
    assert (moved.live, moved.get_parent().pk) == (False, target.pk)
    assert moved.index_number == item.index_number
    review = Review.objects.filter(page=item).first()
    assert (review.state, review.remark) == ("open", "从“原栏目”移到“新栏目”：栏目合并")
    event = json.loads(Event.objects.get(action="item.moved").data)
    assert (event["source"], event["target"], event["was_shown"]) == (column.pk, target.pk, True)
    for stage, role in (
        ("first", Role.FIRST_REVIEWER), ("second", Role.SECOND_REVIEWER),
        ("confidentiality", Role.CONFIDENTIALITY_REVIEWER), ("final", Role.FINAL_REVIEWER),
    ):  # fmt: skip
        assert review.standing.current == stage
        review = services.sign(
            review=review, actor=factories.reviewer(organ, role), opinion="同意", checked=True
        )
    services.publish(item=moved, actor=factories.editor(organ))
    assert (now(item).live, now(item).index_number) == (True, item.index_number)


def test_a_draft_moves_as_a_draft(organ, column, target):
    draft = factories.draft_item(organ=organ, column=column, title="一份草稿")

    services.move_items(
        pages=pks(draft), target=target, actor=factories.editor(organ), reason="放错栏目", resubmit=True
    )

    assert now(draft).get_parent().pk == target.pk
    assert not Review.objects.exists()


def test_a_review_for_the_old_column_ends_with_the_move(organ, column, target):
    draft = factories.draft_item(organ=organ, column=column)
    review = factories.signed_review(draft)

    services.move_items(pages=pks(draft), target=target, actor=factories.editor(organ), reason="放错栏目")

    review.refresh_from_db()
    assert review.state == "superseded"


def test_the_review_after_the_move_is_that_of_the_new_column(organ, office, column):
    """What the target asks for on top of the three reviews holds for what comes to it."""
    strict = factories.column(title="规范性文件", legal_review=True)
    item = live_ones(organ, column, 1)[0]

    services.move_items(pages=pks(item), target=strict, actor=office, reason="放错栏目", resubmit=True)

    assert Stage.LEGAL in Review.objects.filter(page=item).first().sequence.before


def test_two_of_one_address_find_two_addresses(organ, office, column, target):
    factories.published_item(organ=organ, column=target, slug="gonggao")
    item = factories.published_item(organ=organ, column=column, slug="gonggao")

    services.move_items(pages=pks(item), target=target, actor=office, reason="栏目合并", resubmit=True)

    assert now(item).slug == "gonggao-2"
    assert now(item).url_path == f"{target.url_path}gonggao-2/"
    assert now(item).get_latest_revision_as_object().slug == "gonggao-2"


def refused_move(item, target, actor, **given) -> str:
    with pytest.raises(ReviewRefused) as refusal:
        services.move_items(pages=pks(item), target=target, actor=actor, reason="栏目合并", **given)
    return str(refusal.value)


def test_columns_that_do_not_fit_are_refused(organ, office, column, target):
    item = live_ones(organ, column, 1)[0]
    over = factories.column(title="停更的栏目", archived_on=timezone.localdate())
    hidden = factories.column(title="没有公开的栏目", live=False)

    assert "目标栏目已不再更新" in refused_move(item, over, office)
    assert "目标栏目没有公开" in refused_move(item, hidden, office)
    assert "已经在这个栏目" in refused_move(item, column, office)
    assert now(item).live


def test_a_column_of_another_organs_site_is_refused(organ, office, column, target):
    """Permission at both ends: the column must lie where the item's organ publishes."""
    elsewhere = factories.organ()
    services.sync_editors(elsewhere, target)
    services.sync_editors(organ, column)
    item = live_ones(organ, column, 1)[0]

    assert f"目标栏目不在{organ.name}的网站上" in refused_move(item, target, office)


def test_a_column_kept_by_a_department_of_another_organ_is_refused(organ, office, column):
    elsewhere = factories.organ(name="别的机关")
    department = Department.objects.create(organ=elsewhere, name="办公室")
    target = factories.column(title="别人的栏目", owner_department=department)
    item = live_ones(organ, column, 1)[0]

    assert "目标栏目由别的机关负责" in refused_move(item, target, office)


def test_an_information_officer_moves_no_live_item(organ, column, target):
    item = live_ones(organ, column, 1)[0]

    assert "您没有“撤下信息”的权限" in refused_move(item, target, factories.editor(organ))
    assert now(item).get_parent().pk == column.pk


def test_one_that_cannot_be_moved_keeps_all(organ, office, column, target):
    items = live_ones(organ, column)
    there = factories.published_item(organ=organ, column=target, title="已在新栏目")

    with pytest.raises(ManyRefused, match="已在新栏目"):
        services.move_items(pages=pks(*items, there), target=target, actor=office, reason="栏目合并")

    assert all(now(item).live and now(item).get_parent().pk == column.pk for item in items)
    assert not Event.objects.filter(action="item.moved").exists()


def test_what_cannot_be_submitted_keeps_all(organ, office, column, target):
    """Incomplete drafts are not submitted; the whole act is undone, the taking off with it."""
    shown = live_ones(organ, column, 1)[0]
    shown.formed_on = None
    shown.save_revision(user=office, clean=False)

    assert "请填写成文日期" in refused_move(shown, target, office, resubmit=True)
    assert now(shown).live


def test_a_final_reviewer_moves_but_does_not_submit(organ, column, target):
    item = live_ones(organ, column, 1)[0]
    person = factories.reviewer(organ, Role.FINAL_REVIEWER)

    with pytest.raises(PermissionDenied):
        services.move_items(pages=pks(item), target=target, actor=person, reason="合并", resubmit=True)
    assert now(item).live
    services.move_items(pages=pks(item), target=target, actor=person, reason="合并")
    assert now(item).get_parent().pk == target.pk


def test_a_locked_item_is_not_moved_by_another(organ, office, column, target):
    item = factories.draft_item(organ=organ, column=column)
    ItemPage.objects.filter(pk=item.pk).update(locked=True, locked_by=factories.editor(organ))

    assert "锁定" in refused_move(item, target, office)

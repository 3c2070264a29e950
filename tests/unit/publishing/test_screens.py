"""The screens of the review, from the editor's button to the form on paper."""

import io

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from tests import factories
from wagtail.models import Page

from gongkai.agencies.models import RoleAssignment, User
from gongkai.agencies.roles import Role
from gongkai.agencies.services import end_role
from gongkai.agencies.waiting import contributed_doors, contributed_lines
from gongkai.publishing import services
from gongkai.publishing.canonical import canonical
from gongkai.publishing.comparing import changes_between
from gongkai.publishing.errors import ReviewRefused
from gongkai.publishing.models import ItemPage, Review

from .test_routes import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def organ():
    at = factories.organ()
    factories.portal_site(at)
    return at


@pytest.fixture
def draft(organ):
    return factories.draft_item(organ=organ, title="道路保洁公告", by=factories.editor(organ))


def browser_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def as_role(organ, role) -> Client:
    return browser_of(factories.reviewer(organ, role))


def test_a_clerk_writes_an_item_and_submits_it(organ):
    """Done when: draft, reviews, live page."""
    column, clerk = factories.column(), factories.editor(organ)
    desk = browser_of(clerk)
    blank = ItemPage(title="停水通知", slug="tingshui", source="示例机关", organ=organ, formed_on=None)
    data = form_of(blank, formed_on="2026-01-05", **{"action-submit-review": "1"})

    answer = desk.post(
        reverse("wagtailadmin_pages:add", args=["publishing", "itempage", column.pk]), data, follow=True
    )
    item = ItemPage.objects.get()
    assert (answer.redirect_chain[-1][0], item.live) == (reverse("publishing:submit", args=[item.pk]), False)
    answer = desk.post(answer.redirect_chain[-1][0], {"remark": "请尽快", "urgent_reason": ""}, follow=True)

    assert "已送审" in answer.content.decode()
    review = Review.objects.get()
    for role in (
        Role.FIRST_REVIEWER, Role.SECOND_REVIEWER, Role.CONFIDENTIALITY_REVIEWER, Role.FINAL_REVIEWER,
    ):  # fmt: skip
        signer = as_role(organ, role)
        assert "同意" in signer.get(reverse("publishing:review", args=[review.pk])).content.decode()
        signer.post(reverse("publishing:sign", args=[review.pk]), {"checked": "on", "opinion": "同意。"})
    desk.post(reverse("publishing:publish", args=[review.pk]))
    item = ItemPage.objects.get()
    assert item.live
    assert browser_of(clerk).get(item.url).status_code == 200


def test_the_editor_offers_submission_and_no_publication(organ, draft):
    for person in (
        factories.editor(organ),
        User.objects.create_superuser("root", "r@example.cn", "x" * 12, name="管"),
    ):
        page = browser_of(person).get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()

        assert "保存并送审" in page
        assert 'name="action-publish"' not in page
        assert 'name="action-unpublish"' not in page


def test_a_live_item_can_be_edited_on(organ):
    item = factories.published_item(organ=organ)
    data = form_of(item, title="更正的标题", **{"action-submit-review": "1"})

    browser_of(factories.editor(organ)).post(reverse("wagtailadmin_pages:edit", args=[item.pk]), data)

    item = ItemPage.objects.get()
    assert (item.title, item.draft_title) == ("测试信息", "更正的标题")


@pytest.mark.parametrize("role", [Role.FIRST_REVIEWER, Role.SUPERVISOR, Role.ENTERPRISE_OFFICER])
def test_who_does_not_draft_has_no_page_permissions(organ, draft, role):
    answer = as_role(organ, role).get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))

    assert answer.status_code == 302


def test_editors_of_another_organ_do_not_edit_here(organ, draft):
    stranger = factories.editor(factories.organ())

    assert not draft.permissions_for_user(stranger).can_edit()
    assert draft.permissions_for_user(factories.editor(organ)).can_edit()
    assert not draft.permissions_for_user(factories.editor(organ)).can_publish()


def test_who_loses_the_role_loses_the_pages(organ, draft):
    clerk = factories.editor(organ)
    admin = User.objects.create_superuser("root", "r@example.cn", "x" * 12, name="管")
    end_role(assignment=RoleAssignment.objects.get(user=clerk), actor=admin)

    assert not draft.permissions_for_user(User.objects.get(pk=clerk.pk)).can_edit()


def test_columns_are_the_administrators(organ, draft):
    column, desk = draft.get_parent(), as_role(organ, Role.INFORMATION_OFFICER)

    edited = desk.get(reverse("wagtailadmin_pages:edit", args=[column.pk]), follow=True)
    made = desk.get(
        reverse("wagtailadmin_pages:add", args=["publishing", "columnpage", column.pk]), follow=True
    )

    assert "系统管理员" in edited.content.decode()
    assert "系统管理员" in made.content.decode()


def test_what_was_typed_stays_beside_the_refusal(organ, draft):
    review = services.submit(item=draft, actor=factories.editor(organ))
    signer = as_role(organ, Role.FIRST_REVIEWER)

    answer = signer.post(reverse("publishing:sign", args=[review.pk]), {"opinion": "写了很久的意见"})

    assert answer.status_code == 422
    assert "请先核对并勾选" in answer.content.decode()
    assert "写了很久的意见" in answer.content.decode()


def test_a_return_and_its_diff_on_the_next_review(organ, draft):
    review = factories.signed_review(draft, stages=1)
    as_role(organ, Role.SECOND_REVIEWER).post(
        reverse("publishing:send_back", args=[review.pk]), {"back_to": "", "reason": "标题不准"}
    )
    item = ItemPage.objects.get(pk=draft.pk)
    item.title = "园区道路保洁公告"
    item.save_revision(user=factories.editor(organ))
    again = services.submit(item=item, actor=factories.editor(organ))

    page = (
        as_role(organ, Role.FIRST_REVIEWER)
        .get(reverse("publishing:review", args=[again.pk]))
        .content.decode()
    )

    assert "<ins>园区</ins>道路保洁公告" in page


def test_a_proofreaders_remark_is_shown_to_the_signers(organ, draft):
    review = services.submit(item=draft, actor=factories.editor(organ))
    as_role(organ, Role.PROOFREADER).post(
        reverse("publishing:remark", args=[review.pk]), {"opinion": "缺句号"}
    )

    page = as_role(organ, Role.FIRST_REVIEWER).get(reverse("publishing:review", args=[review.pk]))

    assert "校对意见：缺句号" in page.content.decode()


def test_an_author_is_told_why_there_is_no_button(organ):
    both = factories.holder(organ, Role.INFORMATION_OFFICER, Role.FIRST_REVIEWER)
    item = factories.draft_item(organ=organ, by=both)
    review = services.submit(item=item, actor=both)

    page = browser_of(both).get(reverse("publishing:review", args=[review.pk])).content.decode()

    assert "不能审核自己的稿件" in page
    assert "id_checked" not in page


def test_reviews_of_another_organ_are_not_shown(draft):
    review = services.submit(item=draft, actor=factories.editor(draft.organ))
    stranger = as_role(factories.organ(), Role.FIRST_REVIEWER)

    assert stranger.get(reverse("publishing:review", args=[review.pk])).status_code == 302
    assert "道路保洁" not in stranger.get(reverse("publishing:listing")).content.decode()


def test_withdrawal_by_screen(organ):
    item = factories.published_item(organ=organ)

    as_role(organ, Role.FINAL_REVIEWER).post(
        reverse("publishing:withdraw", args=[item.pk]), {"reason": "有误"}
    )

    assert not ItemPage.objects.get().live


def test_the_first_screen_says_what_waits(organ, draft):
    review = services.submit(item=draft, actor=factories.editor(organ))
    first, second = (factories.reviewer(organ, role) for role in (Role.FIRST_REVIEWER, Role.SECOND_REVIEWER))

    def lines(person):
        return [(line.text, line.mine) for line in contributed_lines(person, review.submitted_at.date())]

    assert ("初审、一校：道路保洁公告", True) in lines(first)
    assert ("初审、一校：道路保洁公告", False) in lines(second)
    assert "信息审核" in [door.label for door in contributed_doors(first)]
    assert lines(factories.user()) == []


def test_desk_and_list_ask_few_questions(organ, draft, django_assert_max_num_queries):
    column = draft.get_parent()
    for number in range(6):
        item = factories.draft_item(
            organ=organ, column=column, title=f"通知{number}", by=factories.editor(organ)
        )
        factories.signed_review(item, stages=number % 4)
    desk = as_role(organ, Role.SECOND_REVIEWER)
    desk.get(reverse("publishing:desk"))

    with django_assert_max_num_queries(60):
        page = desk.get(reverse("publishing:desk")).content.decode()

    assert "通知1" in page
    assert (
        "通知3"
        in desk.get(reverse("publishing:listing"), {"ci": "通知3", "zhuangtai": "open"}).content.decode()
    )


def test_the_form_on_paper_says_who_signed_when(organ, draft):
    factories.release(draft)
    review = Review.objects.get()

    answer = as_role(organ, Role.SUPERVISOR).get(reverse("publishing:form_file", args=[review.pk]))

    text = (
        pypdfium2.PdfDocument(io.BytesIO(answer.content))[0].get_textpage().get_text_range().replace(" ", "")
    )
    for part in (
        "信息发布审核表",
        "道路保洁公告",
        "保密审查",
        factories.reviewer(organ, Role.FINAL_REVIEWER).name,
    ):
        assert part in text
    assert ItemPage.objects.get().index_number in text
    again = as_role(organ, Role.SUPERVISOR).get(reverse("publishing:form_file", args=[review.pk]))
    assert again.content == answer.content


def test_a_character_without_a_glyph_is_named(organ):
    item = factories.draft_item(organ=organ, title="\U00030000路公告", by=factories.editor(organ))
    review = services.submit(item=item, actor=factories.editor(organ))

    answer = as_role(organ, Role.SUPERVISOR).get(
        reverse("publishing:form_file", args=[review.pk]), follow=True
    )

    assert "字库没有的字" in answer.content.decode()


def test_a_change_is_told_by_field_and_characters():
    old = canonical({"title": "一号路停水通知", "body": "<p>第一段</p><p>今日停水</p>", "column": 3})
    new = canonical({"title": "一号路停水通知", "body": "<p>第一段</p><p>明日停水</p>", "column": 3})

    (change,) = changes_between(old, new)

    assert change.label == "正文"
    assert [(p.kind, p.text) for p in change.parts if p.kind != "same"] == [("old", "今"), ("new", "明")]


def test_a_draft_is_not_served_to_the_public(organ, draft):
    services.submit(item=draft, actor=factories.editor(organ))

    assert Client().get(Page.objects.get(pk=draft.pk).url).status_code == 404


def test_two_items_of_one_name_get_addresses_of_their_own(organ):
    """A clerk who announces the same thing again is not asked for an address."""
    column, desk = factories.column(), browser_of(factories.editor(organ))
    address = reverse("wagtailadmin_pages:add", args=["publishing", "itempage", column.pk])
    for _ in range(3):
        blank = ItemPage(title="停水公告", slug="停水公告", source="示例机关", organ=organ)
        desk.post(address, form_of(blank, formed_on="2026-01-05", **{"action-submit-review": "1"}))

    assert sorted(ItemPage.objects.values_list("slug", flat=True)) == ["停水公告", "停水公告-2", "停水公告-3"]


def edit(desk, item, **given):
    return desk.post(reverse("wagtailadmin_pages:edit", args=[item.pk]), form_of(item, **given))


def test_the_second_of_two_editors_is_told_and_keeps_what_was_typed(organ, draft):
    """Bad input: two editors on one page. The first save is not overwritten unseen; the second press is a decision."""
    desk, loaded = browser_of(factories.editor(organ)), draft.latest_revision_id
    other = factories.holder(organ, Role.INFORMATION_OFFICER, name="另一位信息员")
    draft.title = "另一位改的标题"
    newer = draft.save_revision(user=other, clean=False)

    refused = edit(desk, draft, title="我改的标题", loaded_revision_id=str(loaded))
    text = refused.content.decode()

    assert "另一位信息员在" in text
    assert "这次没有保存" in text
    assert "我改的标题" in text
    assert ItemPage.objects.get(pk=draft.pk).latest_revision_id == newer.pk
    assert f'name="loaded_revision_id" value="{newer.pk}"' in text
    edit(desk, draft, title="我改的标题", loaded_revision_id=str(newer.pk))
    assert ItemPage.objects.get(pk=draft.pk).get_latest_revision_as_object().title == "我改的标题"


def test_a_schedule_in_the_past_is_refused_where_it_stands(organ, draft):
    """Bad input: a scheduled time in the past."""
    desk = browser_of(factories.editor(organ))

    answer = edit(desk, draft, go_live_at="2020-01-02 08:00")

    assert "定时发布的时间 2020-01-02 08:00 已经过去" in answer.content.decode()
    assert ItemPage.objects.get(pk=draft.pk).latest_revision_id == draft.latest_revision_id


def test_a_title_of_five_hundred_characters_is_refused_and_stays(organ, draft):
    """Bad input: a title of 500 characters."""
    answer = edit(browser_of(factories.editor(organ)), draft, title="长" * 500)
    text = answer.content.decode()

    assert "255" in text
    assert "长" * 500 in text
    assert ItemPage.objects.get(pk=draft.pk).latest_revision_id == draft.latest_revision_id


def test_a_draft_is_previewed_as_the_public_sees_it_and_in_elder_mode(organ, draft):
    desk = browser_of(factories.editor(organ))
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[draft.pk])
    assert desk.post(address, form_of(draft, title="改过的标题")).json()["is_valid"]

    plain = desk.get(address, {"mode": ""}).content.decode()
    elder = desk.get(address, {"mode": "elder"}).content.decode()

    assert "改过的标题" in plain
    assert "改过的标题" in elder
    assert 'class="elder"' not in plain
    assert '<html lang="zh-CN" class="elder">' in elder
    draft.refresh_from_db()
    assert (draft.title, draft.live) == ("道路保洁公告", False)


def test_an_item_of_nothing_but_an_empty_paragraph_is_not_submitted(organ):
    clerk = factories.editor(organ)
    draft = factories.draft_item(
        organ=organ, title="道路保洁公告", by=clerk, body='<p data-block-key="a"></p>'
    )

    with pytest.raises(ReviewRefused, match="正文还是空的"):
        services.submit(item=draft, actor=clerk)

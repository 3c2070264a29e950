"""Acts on reviews: who may sign what, what an edit does, the short and the urgent way, withdrawal."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests import factories

from gongkai.agencies.access import AccessDenied
from gongkai.agencies.roles import Role
from gongkai.audit.models import Event
from gongkai.core.publication import ROUTES, Route, Stage
from gongkai.publishing import access, selectors, services
from gongkai.publishing.canonical import digest_of, latest_version
from gongkai.publishing.errors import NotReleased, ReviewRefused
from gongkai.publishing.models import ItemPage, OfficialMedium, Review

pytestmark = pytest.mark.django_db
S = Review.State
ORDER = ROUTES[Route.ORDINARY].before


@pytest.fixture
def draft():
    return factories.draft_item()


def reload(item):
    return ItemPage.objects.get(pk=item.pk)


def sign(review, actor, **given):
    return services.sign(review=review, actor=actor, **{"opinion": "同意", "checked": True, **given})


def stage_reviewer(item, stage):
    return factories.reviewer(item.organ, access.STAGE_ROLES[stage])


# ---- roles and persons


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("stage", ORDER)
def test_each_stage_is_signed_by_its_own_role_alone(draft, stage, role):
    """The matrix of all roles by all stages: four pairs sign, the others are refused."""
    review = factories.signed_review(draft, stages=ORDER.index(stage))
    person = factories.holder(draft.organ, role)

    if role.value == f"{stage.value}_reviewer":
        assert stage in sign(review, person).standing.signed
        return
    with pytest.raises(AccessDenied):
        sign(review, person)
    assert not review.steps.filter(stage=stage.value).exists()


def test_a_role_at_another_organ_signs_nothing(draft):
    review = services.submit(item=draft, actor=factories.editor(draft.organ))
    stranger = factories.holder(factories.organ(), Role.FIRST_REVIEWER)

    with pytest.raises(AccessDenied):
        sign(review, stranger)


def test_a_person_of_all_roles_signs_one_stage_only(draft):
    everything = factories.holder(draft.organ, *Role)
    review = services.submit(item=draft, actor=factories.editor(draft.organ))
    review = sign(review, everything)

    with pytest.raises(ReviewRefused, match="各环节须由不同的人审核"):
        sign(review, everything)


@pytest.mark.parametrize("who", ["submitter", "owner", "earlier editor"])
def test_nobody_who_wrote_at_it_signs_it(who):
    organ = factories.organ()
    person = factories.holder(organ, Role.INFORMATION_OFFICER, Role.FIRST_REVIEWER)
    item = factories.draft_item(organ=organ, by=person if who == "owner" else None)
    if who == "earlier editor":
        item.save_revision(user=person)
        item.save_revision(user=factories.editor(organ))
    actor = person if who == "submitter" else factories.editor(organ)
    review = services.submit(item=item, actor=actor)

    with pytest.raises(ReviewRefused, match="不能审核自己的稿件"):
        sign(review, person)


def test_who_only_wrote_the_version_before_the_last_release_may_review_the_next():
    organ = factories.organ()
    earlier = factories.holder(organ, Role.INFORMATION_OFFICER, Role.FIRST_REVIEWER)
    item = factories.release(factories.draft_item(organ=organ, by=earlier))
    item.body = "<p>改过</p>"
    item.save_revision(user=factories.editor(organ))
    review = services.submit(item=item, actor=factories.editor(organ))

    assert sign(review, earlier).standing.current == Stage.SECOND


def test_a_sign_off_without_having_checked_is_refused(draft):
    review = services.submit(item=draft, actor=factories.editor(draft.organ))

    with pytest.raises(ReviewRefused, match="请先核对并勾选"):
        sign(review, stage_reviewer(draft, Stage.FIRST), checked=False)


def test_a_sign_off_records_opinion_time_and_digest(draft):
    review = factories.signed_review(draft, stages=1)
    step = review.steps.get()

    assert (step.opinion, step.digest) == ("同意", digest_of(latest_version(draft)))
    assert timezone.now() - step.at < timedelta(minutes=5)
    events = list(Event.objects.filter(subject_id=str(draft.pk)).values_list("action", flat=True))
    assert events == ["item.submitted", "review.signed"]


# ---- submitting


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"formed_on": None}, "成文日期"),
        ({"publicity": "on_application", "publicity_reason": "第三十六条"}, "只有主动公开"),
        ({"publicity": "withheld", "publicity_reason": "第十四条"}, "只有主动公开"),
        ({"body": ""}, "正文"),
    ],
)
def test_what_is_incomplete_or_not_public_is_not_submitted(fields, why):
    item = factories.draft_item(**fields)

    with pytest.raises(ReviewRefused, match=why):
        services.submit(item=item, actor=factories.editor(item.organ))


def test_without_an_organ_there_is_nobody_to_answer_for_it(draft):
    draft.organ = None
    draft.save_revision(clean=False)

    with pytest.raises(ReviewRefused, match="请选择发布机构"):
        services.submit(item=draft, actor=factories.user())


def test_only_those_who_draft_may_submit(draft):
    with pytest.raises(AccessDenied):
        services.submit(item=draft, actor=factories.holder(draft.organ, Role.FINAL_REVIEWER))


def test_the_same_text_is_not_submitted_twice(draft):
    services.submit(item=draft, actor=factories.editor(draft.organ))

    with pytest.raises(ReviewRefused, match="不用重复送审"):
        services.submit(item=draft, actor=factories.editor(draft.organ))


# ---- edits


@pytest.mark.parametrize("stages", [1, 4])
def test_an_edit_after_a_sign_off_reopens_the_review(draft, stages):
    review = factories.signed_review(draft, stages=stages)
    item = reload(draft)
    item.title = "改过的标题"
    item.save_revision()

    with pytest.raises(NotReleased, match="送审后内容又有修改"):
        services.publish(item=item, actor=factories.editor(item.organ))
    if stages == 1:
        with pytest.raises(ReviewRefused, match="送审后内容又有修改"):
            sign(review, stage_reviewer(item, Stage.SECOND))
    again = services.submit(item=item, actor=factories.editor(item.organ))
    assert Review.objects.get(pk=review.pk).state == S.SUPERSEDED
    assert again.standing.signed == {}


def test_what_goes_live_is_what_was_reviewed(draft):
    item = factories.release(draft)

    assert item.live
    assert item.released_digest == Review.objects.get().digest == digest_of(item)
    assert item.live_revision_id == Review.objects.get().revision_id
    assert [e.action for e in Event.objects.filter(subject_id=str(item.pk))][-2:] == [
        "item.released",
        "item.live",
    ]


def test_a_live_item_stays_as_it_was_while_its_next_version_is_reviewed():
    item = factories.published_item(body="<p>原来</p>")
    item.body = "<p>改过</p>"
    item.save_revision(user=factories.editor(item.organ))
    factories.signed_review(item)
    assert reload(item).body == "<p>原来</p>"

    services.publish(item=item, actor=factories.editor(item.organ))

    assert reload(item).body == "<p>改过</p>"
    assert item.release_grants.get(ended_at=None).digest == reload(item).released_digest
    assert item.release_grants.first().ended_why == "已由新的内容代替"


def test_nothing_is_published_before_the_last_sign_off(draft):
    for count in range(len(ORDER)):
        if count == 0:
            review = services.submit(item=draft, actor=factories.editor(draft.organ))
        with pytest.raises(NotReleased, match="还在等待"):
            services.publish(item=draft, actor=factories.editor(draft.organ))
        review = sign(review, stage_reviewer(draft, ORDER[count]))

    assert review.state == S.PASSED
    services.publish(item=draft, actor=factories.editor(draft.organ))
    assert reload(draft).live


@pytest.mark.parametrize("role", sorted(set(Role) - set(access.ACTS["发布信息"])))
def test_who_has_no_part_in_publishing_does_not_publish(draft, role):
    factories.signed_review(draft)

    with pytest.raises(AccessDenied):
        services.publish(item=draft, actor=factories.holder(draft.organ, role))


# ---- returning


def test_a_return_to_the_drafter_ends_in_a_new_review(draft):
    review = factories.signed_review(draft, stages=1)
    second = stage_reviewer(draft, Stage.SECOND)

    with pytest.raises(ReviewRefused, match="请写明退回的理由"):
        services.return_(review=review, actor=second, reason=" ")
    review = services.return_(review=review, actor=second, reason="第二段数据有误")
    assert review.state == S.RETURNED
    with pytest.raises(ReviewRefused, match="没有待审的环节"):
        sign(review, second)

    again = services.submit(item=draft, actor=factories.editor(draft.organ))
    assert again.standing.current == Stage.FIRST


def test_a_return_to_a_stage_has_it_signed_again_by_the_same_person(draft):
    review = factories.signed_review(draft, stages=3)
    review = services.return_(
        review=review, actor=stage_reviewer(draft, Stage.FINAL), reason="请再核对", back_to=Stage.SECOND
    )

    assert (review.state, review.standing.current) == (S.OPEN, Stage.SECOND)
    assert sign(review, stage_reviewer(draft, Stage.SECOND)).standing.current == Stage.CONFIDENTIALITY


def test_a_return_to_a_stage_that_lies_ahead_is_refused(draft):
    review = factories.signed_review(draft, stages=1)

    with pytest.raises(ReviewRefused, match="只能退回"):
        services.return_(
            review=review, actor=stage_reviewer(draft, Stage.SECOND), reason="理由", back_to=Stage.FINAL
        )


def test_a_proofreader_remarks_and_decides_nothing(draft):
    review = factories.signed_review(draft, stages=1)
    proofreader = factories.reviewer(draft.organ, Role.PROOFREADER)

    services.note(review=review, actor=proofreader, opinion="“附件2”应为“附件1”")

    assert Review.objects.get().standing.current == Stage.SECOND
    with pytest.raises(AccessDenied):
        sign(review, proofreader)


# ---- short and urgent


def reprint(**fields):
    medium = OfficialMedium.objects.get(name="新华社")
    given = {"source_kind": "reprint", "medium": medium, "source_url": "https://www.news.cn/1.html", **fields}
    return factories.draft_item(**given)


def test_a_reprint_from_listed_media_takes_the_short_way():
    item = reprint()
    review = services.submit(item=item, actor=factories.editor(item.organ))
    assert review.route == Route.REPRINT

    review = sign(review, stage_reviewer(item, Stage.FIRST))
    review = sign(review, stage_reviewer(item, Stage.CONFIDENTIALITY))

    services.publish(item=item, actor=factories.editor(item.organ))
    assert reload(item).live


@pytest.mark.parametrize("fields", [{"medium": None}, {"source_kind": "original"}])
def test_other_reprints_and_originals_take_the_whole_way(fields):
    item = reprint(**fields)

    assert services.submit(item=item, actor=factories.editor(item.organ)).route == Route.ORDINARY


def test_a_medium_taken_off_the_list_opens_no_short_way():
    item = reprint()
    OfficialMedium.objects.update(is_active=False)

    assert services.submit(item=item, actor=factories.editor(item.organ)).route == Route.ORDINARY


@pytest.fixture
def urgent(draft):
    """Published in haste, its three reviews still to come."""
    review = factories.signed_review(draft, urgent_reason="燃气泄漏，附近居民须立即避让")
    services.publish(item=draft, actor=factories.reviewer(draft.organ, Role.FINAL_REVIEWER))
    return Review.objects.get(pk=review.pk)


def test_in_haste_the_confidentiality_review_still_comes_first(draft):
    services.submit(item=draft, actor=factories.editor(draft.organ), urgent_reason="险情")

    with pytest.raises(NotReleased, match="保密审查"):
        services.publish(item=draft, actor=factories.reviewer(draft.organ, Role.FINAL_REVIEWER))


def test_haste_is_decided_by_somebody_who_did_not_write_it(draft):
    head = factories.holder(draft.organ, Role.DISCLOSURE_HEAD)
    review = services.submit(item=draft, actor=head, urgent_reason="险情")
    sign(review, stage_reviewer(draft, Stage.CONFIDENTIALITY))

    with pytest.raises(ReviewRefused, match="没有参与拟稿"):
        services.publish(item=draft, actor=head)
    with pytest.raises(AccessDenied):
        services.publish(item=draft, actor=factories.editor(draft.organ))


def test_an_urgent_release_is_pending_until_all_have_signed(urgent, settings):
    assert urgent.page.live
    assert urgent.state == S.PENDING
    assert urgent.finish_by - timezone.now() <= timedelta(hours=settings.URGENT_REVIEW_HOURS)
    assert not urgent.is_late(timezone.now())
    assert urgent.is_late(timezone.now() + timedelta(hours=settings.URGENT_REVIEW_HOURS + 1))

    review = urgent
    for stage in ROUTES[Route.URGENT].after:
        assert review.state == S.PENDING
        review = sign(review, stage_reviewer(urgent.page, stage))

    assert review.state == S.RELEASED


def test_an_urgent_release_that_does_not_hold_is_taken_down_with_the_return(urgent):
    services.return_(review=urgent, actor=stage_reviewer(urgent.page, Stage.FIRST), reason="地点有误")

    assert not reload(urgent.page).live
    assert Review.objects.get(pk=urgent.pk).state == S.RETURNED
    assert urgent.grants.get().ended_why == "补审退回：地点有误"


# ---- withdrawing


def test_a_withdrawal_needs_a_reason_and_a_role_and_lets_nothing_back():
    item = factories.published_item()
    head = factories.reviewer(item.organ, Role.FINAL_REVIEWER)
    with pytest.raises(ReviewRefused, match="请写明撤下的理由"):
        services.withdraw(item=item, actor=head, reason="")
    with pytest.raises(AccessDenied):
        services.withdraw(item=item, actor=factories.editor(item.organ), reason="理由")

    services.withdraw(item=item, actor=head, reason="内容有误")

    assert not reload(item).live
    assert (item.release_grants.get().ended_by, Review.objects.get().state) == (head, S.WITHDRAWN)
    with pytest.raises(NotReleased):
        services.publish(item=item, actor=head)
    with pytest.raises(ReviewRefused, match="没有发布"):
        services.withdraw(item=item, actor=head, reason="再撤")


def test_the_same_text_comes_back_only_after_a_new_review():
    item = factories.published_item()
    factories.withdraw_item(item)

    again = factories.release(item)

    assert again.live
    assert Review.objects.filter(page=item).count() == 2


# ---- desks


def test_each_desk_shows_what_its_person_can_do(draft):
    review = factories.signed_review(draft, stages=1)
    desks = {
        role: selectors.desk_of(factories.reviewer(draft.organ, role))
        for role in (Role.FIRST_REVIEWER, Role.SECOND_REVIEWER, Role.INFORMATION_OFFICER)
    }

    assert desks[Role.SECOND_REVIEWER].to_sign == [review]
    assert desks[Role.FIRST_REVIEWER].with_others == [review]
    assert desks[Role.INFORMATION_OFFICER].with_others == [review]
    assert selectors.desk_of(factories.holder(factories.organ(), *Role)).is_empty

    services.return_(review=review, actor=stage_reviewer(draft, Stage.SECOND), reason="改")
    assert selectors.desk_of(factories.editor(draft.organ)).to_correct == [review]


def test_the_digest_is_the_same_from_the_row_and_from_the_revision():
    item = factories.published_item(go_live_at=timezone.now() - timedelta(hours=1), keywords="一,二")

    assert digest_of(item) == digest_of(latest_version(item))

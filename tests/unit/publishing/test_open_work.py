"""Drafts, returned texts and papers go over with a post; who wrote stays an author."""

from __future__ import annotations

import pytest
from tests import factories as make
from tests.factories.posts import post_office

from gongkai.agencies import services
from gongkai.agencies.errors import HandOverRefused
from gongkai.agencies.open_work import open_work_of
from gongkai.agencies.roles import Role
from gongkai.publishing import services as publishing
from gongkai.publishing.authors import authors_of
from gongkai.publishing.models import Review, SourceDetermination
from gongkai.publishing.selectors import desk_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return post_office(giver_role=Role.INFORMATION_OFFICER, taker_role=Role.DISCLOSURE_OFFICE)


def returned_to(person, organ) -> Review:
    item = make.draft_item(by=person, organ=organ)
    review = publishing.submit(item=item, actor=person)
    reviewer = make.reviewer(organ, Role.FIRST_REVIEWER)
    return publishing.return_(review=review, actor=reviewer, reason="补上日期")


def kinds_of(person, organ):
    return {kind.key: len(items) for kind, items in open_work_of(person, organ)}


def test_each_kind_is_listed_for_its_person(office):
    make.draft_item(by=office.giver, organ=office.organ)
    returned_to(office.giver, office.organ)
    make.draft_item(by=office.giver)

    assert kinds_of(office.giver, office.organ) == {"publishing-drafts": 1, "publishing-returned": 1}
    assert kinds_of(office.taker, office.organ) == {}


def test_the_taker_finds_them_on_the_desk_and_the_giver_stays_an_author(office):
    draft = make.draft_item(by=office.giver, organ=office.organ)
    review = returned_to(office.giver, office.organ)

    services.confirm(hand_over=office.signed(), actor=office.head)

    draft.refresh_from_db()
    assert draft.owner == office.taker
    assert office.giver.pk in authors_of(draft)
    assert desk_of(office.taker).to_correct == [review]
    assert set(Review.objects.get(pk=review.pk).authors.all()) == {office.giver, office.taker}
    assert kinds_of(office.giver, office.organ) == {}


def test_a_text_with_a_second_author_waits_for_that_one(office):
    review = returned_to(office.giver, office.organ)
    review.authors.add(make.editor(office.organ))

    assert kinds_of(office.giver, office.organ) == {}


def test_a_returned_paper_goes_over_and_is_not_reviewed_by_its_new_proposer(office):
    paper = publishing.propose(
        organ=office.organ, actor=office.giver,
        values={"title": "关于停车管理的办法", "is_policy": True, "proposed": "withheld", "ground": "16-2-p",
                "reason": "讨论稿，尚未定稿。"},
    )  # fmt: skip
    publishing.send_paper_back(paper=paper, actor=office.head, reason="理由不足")

    services.confirm(hand_over=office.signed(), actor=office.head)

    paper = SourceDetermination.objects.get()
    assert paper.proposed_by == office.taker


def test_a_taker_who_may_not_draft_stops_the_whole_hand_over():
    office = post_office(giver_role=Role.INFORMATION_OFFICER, taker_role=Role.PROOFREADER)
    draft = make.draft_item(by=office.giver, organ=office.organ)

    with pytest.raises(HandOverRefused, match="拟稿的角色"):
        services.confirm(hand_over=office.signed(), actor=office.head)

    draft.refresh_from_db()
    assert draft.owner == office.giver

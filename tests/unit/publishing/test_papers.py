"""公开属性 stated at drafting, reviewed by the disclosure office, decided by the signer."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import factories

from gongkai.agencies.access import AccessDenied
from gongkai.agencies.roles import Role
from gongkai.core.publication.source import GROUNDS, Missing, Publicity, goes_to_the_office, missing
from gongkai.publishing import selectors, services
from gongkai.publishing.errors import ReviewRefused
from gongkai.publishing.models import ItemPage, SourceDetermination

pytestmark = pytest.mark.django_db
S = SourceDetermination.State
P = ItemPage.Publicity


@pytest.fixture
def organ():
    at = factories.organ()
    factories.portal_site(at)
    return at


def person(organ, role):
    return factories.reviewer(organ, role)


def proposed(organ, **given):
    values = {"title": "关于停车管理的办法", "is_policy": True, "proposed": P.PROACTIVE, **given}
    return services.propose(organ=organ, actor=person(organ, Role.INFORMATION_OFFICER), values=values)


def decided(paper, publicity=P.PROACTIVE, **given):
    signer = person(paper.organ, Role.FINAL_REVIEWER)
    return services.decide(
        paper=paper, actor=signer, publicity=publicity, formed_on=timezone.localdate(), **given
    )


WITHHELD = {"proposed": P.WITHHELD, "ground": "16-2-p", "reason": "讨论稿，尚未定稿。"}


def test_a_policy_proposed_not_to_be_disclosed_goes_to_the_disclosure_office_first(organ):
    """国办发〔2016〕80号 item 一(一)."""
    assert proposed(organ, **WITHHELD).state == S.OFFICE
    assert proposed(organ, **{**WITHHELD, "is_policy": False}).state == S.SIGNER
    assert proposed(organ).state == S.SIGNER
    assert goes_to_the_office(Publicity.WITHHELD, is_policy=True)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"proposed": P.WITHHELD, "ground": "16-1", "reason": " "}, "写明理由"),
        ({"proposed": P.WITHHELD, "ground": "", "reason": "内部"}, "依据的条款"),
        ({"proposed": P.ON_APPLICATION}, "写明理由"),
        ({"proposed": P.WITHHELD, "ground": "14-1", "reason": "涉密"}, "系统外办理"),
        ({"is_joint": True}, "主办机关"),
    ],
)
def test_what_a_proposal_lacks_is_said(organ, given, said):
    """A proposal without lawful reasons is returned; a state secret is not even described here."""
    with pytest.raises(ReviewRefused, match=said):
        proposed(organ, **given)
    assert not SourceDetermination.objects.exists()


def test_every_ground_but_internal_and_process_information_leaves_no_choice():
    """条例 Arts. 14 to 16: 不得公开, 可以不予公开."""
    assert {code for code, ground in GROUNDS.items() if ground.is_choice} == {"16-1", "16-2-p", "16-2-e"}
    assert missing(Publicity.PROACTIVE, reason="", ground="") == []
    assert Missing.GROUND in missing(Publicity.WITHHELD, reason="x", ground="17")


def test_the_signer_decides_a_dispute_with_a_reason(organ):
    """Local practice C12, C13: the signer decides."""
    paper = proposed(organ, **WITHHELD)
    office = person(organ, Role.DISCLOSURE_OFFICE)
    paper = services.review_attribute(
        paper=paper, actor=office, publicity=P.PROACTIVE, opinion="已经定稿，应当公开。"
    )

    with pytest.raises(ReviewRefused, match="写明理由"):
        decided(paper, P.ON_APPLICATION)
    assert decided(paper, P.PROACTIVE).decided == P.PROACTIVE


def test_the_drafter_does_not_review_their_own_proposal(organ):
    office = person(organ, Role.DISCLOSURE_OFFICE)
    values = {"title": "办法", "is_policy": True, **WITHHELD}
    paper = services.propose(organ=organ, actor=office, values=values)

    with pytest.raises(ReviewRefused, match="自己提出"):
        services.review_attribute(paper=paper, actor=office, publicity=P.PROACTIVE, opinion="好")


def test_a_returned_paper_is_stated_anew(organ):
    """退文."""
    paper = proposed(organ, **WITHHELD)
    office, editor = person(organ, Role.DISCLOSURE_OFFICE), person(organ, Role.INFORMATION_OFFICER)
    paper = services.send_paper_back(paper=paper, actor=office, reason="理由不充分")
    assert paper in selectors.papers_waiting(editor, timezone.localdate())

    again = services.propose(organ=organ, actor=editor, values={"proposed": P.PROACTIVE}, paper=paper)

    assert (again.pk, again.state, again.ground) == (paper.pk, S.SIGNER, "")
    with pytest.raises(ReviewRefused, match="已经提交"):
        services.propose(organ=organ, actor=editor, values={}, paper=again)


def test_information_withheld_is_looked_at_again(organ, settings):
    """条例 Art. 18."""
    settings.REASSESS_MONTHS = 12
    paper = decided(proposed(organ, **{**WITHHELD, "is_policy": False}), P.WITHHELD)
    today, office = timezone.localdate(), person(organ, Role.DISCLOSURE_OFFICE)
    assert paper not in selectors.papers_waiting(office, today)
    assert paper in selectors.papers_waiting(office, today + timedelta(days=361))

    paper = services.reassess(paper=paper, actor=office, publicity=P.PROACTIVE, reason="已经施行，可以公开。")

    assert (paper.decided, paper.reassess_on) == (P.PROACTIVE, None)


def test_only_a_paper_to_be_published_becomes_a_draft_and_only_once(organ):
    paper = decided(proposed(organ), number="示园管发〔2026〕3号")
    editor, column = person(organ, Role.INFORMATION_OFFICER), factories.column()

    item = services.draft_of(paper=paper, column=column, actor=editor)

    assert (item.live, item.document_number, item.formed_on) == (
        False,
        "示园管发〔2026〕3号",
        timezone.localdate(),
    )
    with pytest.raises(ReviewRefused, match="已经有"):
        services.draft_of(paper=paper, column=column, actor=editor)
    withheld = decided(proposed(organ, **{**WITHHELD, "is_policy": False}), P.WITHHELD)
    with pytest.raises(ReviewRefused, match="只有认定为主动公开"):
        services.draft_of(paper=withheld, column=column, actor=editor)


def test_a_clerk_does_not_decide(organ):
    paper = proposed(organ)

    with pytest.raises(AccessDenied):
        services.decide(
            paper=paper,
            actor=person(organ, Role.DISCLOSURE_OFFICE),
            publicity=P.PROACTIVE,
            formed_on=timezone.localdate(),
        )


def browser_of(who) -> Client:
    client = Client()
    client.force_login(who)
    return client


def test_the_way_of_a_paper_in_the_browser(organ):
    """Walked: state, what was typed kept on a fault, review, decide, draft."""
    editor = browser_of(person(organ, Role.INFORMATION_OFFICER))
    given = {
        "organ": organ.pk,
        "title": "停车办法",
        "is_policy": "on",
        "proposed": "withheld",
        "ground": "",
        "reason": "讨论稿",
    }
    bad = editor.post(reverse("publishing:propose"), given)
    assert bad.status_code == 422
    assert "依据的条款" in bad.content.decode()
    assert "讨论稿" in bad.content.decode()
    editor.post(reverse("publishing:propose"), given | {"ground": "16-2-p"})
    paper = SourceDetermination.objects.get()
    office = browser_of(person(organ, Role.DISCLOSURE_OFFICE))
    assert "停车办法" in office.get("/houtai/").content.decode()
    office.post(
        reverse("publishing:review_paper", args=[paper.pk]), {"publicity": "proactive", "opinion": "应当公开"}
    )
    signer = browser_of(person(organ, Role.FINAL_REVIEWER))
    signer.post(
        reverse("publishing:decide_paper", args=[paper.pk]),
        {"publicity": "proactive", "formed_on": timezone.localdate(), "number": "", "reason": ""},
    )
    column = factories.column()
    editor.post(reverse("publishing:draft_paper", args=[paper.pk]), {"column": column.pk})

    paper.refresh_from_db()
    assert paper.item.title == "停车办法"
    listing = office.get(reverse("publishing:papers")).content.decode()
    assert "已认定" in listing
    assert office.get(reverse("publishing:papers"), {"daochu": "1"}).content.startswith(b"PK")


def test_a_stranger_sees_no_paper(organ):
    paper = proposed(organ)
    stranger = browser_of(person(factories.organ(), Role.DISCLOSURE_OFFICE))

    assert stranger.get(reverse("publishing:paper", args=[paper.pk])).status_code in {302, 403}

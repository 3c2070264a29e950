"""From one reply to a draft for everybody, and never further."""

from datetime import date

import pytest
from tests import factories
from tests.unit.inforequests.office import on

from gongkai.agencies.access import AccessDenied
from gongkai.audit.models import Event
from gongkai.inforequests.errors import ActRefused
from gongkai.inforequests.services import converting, deciding
from gongkai.inforequests.services.converting import Drafted, NoPlaceForDrafts, convert

DAY = date(2026, 3, 2)


@pytest.fixture
def drafts(monkeypatch):
    """A portal that keeps what it is asked to draft."""
    kept = []

    def drafter(organ, draft):
        kept.append((organ, draft))
        return Drafted("/houtai/pages/7/edit/", "法定主动公开内容")

    monkeypatch.setattr(converting, "_drafter", [drafter])
    return kept


@pytest.fixture
def given(office):
    """An application that was given what it asked for."""
    case = office.processing(DAY, applicant_name="申请人甲", subject="园区道路保洁合同")
    office.reviewed(case)
    facts = {"提供内容": "2025年度道路保洁合同\n合同附件二项", "提供方式": "网上下载"}
    with on(DAY, 13):
        deciding.draft_decision(request_id=case.pk, actor=office.clerk, code="D-36-2", facts=facts)
        deciding.preview(request_id=case.pk, actor=office.head)
        deciding.approve_decision(request_id=case.pk, actor=office.head)
        deciding.serve_reply(request_id=case.pk, actor=office.clerk, way="web", on=DAY, receipt="")
    case.refresh_from_db()
    return case


def test_a_draft_is_made_from_the_reply_and_names_nobody(office, given, drafts):
    drafted = convert(given.pk, office.clerk)

    ((organ, draft),) = drafts
    assert drafted.url == "/houtai/pages/7/edit/"
    assert organ == office.organ
    assert draft.title == "园区道路保洁合同"
    assert draft.given == ("2025年度道路保洁合同", "合同附件二项")
    assert "申请人甲" not in str(draft)
    assert given.content not in str(draft)


def test_the_act_is_a_step_and_an_event_and_leaves_the_state(office, given, drafts):
    convert(given.pk, office.clerk)

    step = given.steps.get(event="converted")
    assert step.note == "在“法定主动公开内容”栏目建立主动公开草稿《园区道路保洁合同》（未发布）"
    assert Event.objects.get(action="inforequest.converted").actor == office.clerk.username
    given.refresh_from_db()
    assert given.state == "replied"


def test_it_is_done_once(office, given, drafts):
    convert(given.pk, office.clerk)

    with pytest.raises(ActRefused, match="转过一次"):
        convert(given.pk, office.clerk)
    assert len(drafts) == 1


@pytest.mark.parametrize("outcome", ["D-36-1", "D-14-1", "D-36-4", "X-WITHDRAW"])
def test_only_what_was_given_can_be_published(office, drafts, outcome):
    case = factories.stored_request(office.organ, DAY, DAY, outcome)

    with pytest.raises(ActRefused, match="予以公开"):
        convert(case.pk, office.clerk)
    assert drafts == []


def test_an_open_application_is_not_converted(office, drafts):
    with pytest.raises(ActRefused, match="予以公开"):
        convert(office.processing(DAY).pk, office.clerk)


def test_it_takes_the_right_to_handle(office, given, drafts):
    with pytest.raises(AccessDenied):
        convert(given.pk, office.officer)


def test_without_a_place_in_the_portal_nothing_is_recorded(office, given, monkeypatch):
    def nowhere(organ, draft):
        raise NoPlaceForDrafts("还没有自己的门户站点")

    monkeypatch.setattr(converting, "_drafter", [nowhere])
    with pytest.raises(ActRefused, match="门户站点"):
        convert(given.pk, office.clerk)
    monkeypatch.setattr(converting, "_drafter", [])
    with pytest.raises(ActRefused, match="没有启用门户"):
        convert(given.pk, office.clerk)
    assert not given.steps.filter(event="converted").exists()


def test_a_destroyed_application_is_not_converted(office, given, drafts):
    given.anonymised_at = given.created_at
    given.save()

    with pytest.raises(ActRefused, match="已按保存期限销毁"):
        convert(given.pk, office.clerk)

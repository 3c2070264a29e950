"""Applications in hand go over with a post."""

from __future__ import annotations

import pytest
from tests import factories as make
from tests.factories.posts import post_office

from gongkai.agencies import services
from gongkai.agencies.errors import HandOverRefused
from gongkai.agencies.open_work import open_work_of
from gongkai.inforequests.models import InfoRequest

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return post_office()


def case_of(person, organ, **given) -> InfoRequest:
    made = make.info_request(organ, person)
    InfoRequest.objects.filter(pk=made.pk).update(handler=person, **given)
    return InfoRequest.objects.get(pk=made.pk)


def test_only_open_ones_at_the_organ_and_below_are_listed_and_by_number_alone(office):
    case = case_of(office.giver, office.organ)
    case_of(office.giver, office.organ, state="replied")
    elsewhere = make.organ()
    make.stored_request(elsewhere, case.received_on, handler=office.giver)

    ((kind, items),) = open_work_of(office.giver, office.organ)

    assert kind.label == "依申请公开"
    assert len(items) == 1
    assert case.number in items[0].text
    assert case.subject not in items[0].text


def test_the_confirmed_hand_over_gives_them_to_the_taker_with_a_step_each(office):
    case = case_of(office.giver, office.organ)

    services.confirm(hand_over=office.signed(roles=[office.role]), actor=office.admin)

    case.refresh_from_db()
    assert case.handler == office.taker
    assert case.steps.filter(event="handed_over", note__contains="岗位移交").count() == 1


def test_a_taker_without_the_role_stops_the_whole_hand_over(office):
    case = case_of(office.giver, office.organ)
    made = office.signed()

    with pytest.raises(HandOverRefused, match="办理申请的角色"):
        services.confirm(hand_over=made, actor=office.admin)

    case.refresh_from_db()
    assert case.handler == office.giver
    assert office.post.appointments.get().user == office.giver

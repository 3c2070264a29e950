"""Messages in hand go over with a post."""

from __future__ import annotations

import pytest
from tests.factories import interaction
from tests.factories.posts import post_office

from gongkai.agencies import services
from gongkai.agencies.errors import HandOverRefused
from gongkai.agencies.open_work import open_work_of
from gongkai.agencies.roles import Role
from gongkai.services.messages import acts

pytestmark = pytest.mark.django_db


def given_to(person, office):
    made = interaction.message(office.organ)
    return acts.assign(message=made, department=None, handler=person, note="", actor=office.head)


def test_a_message_goes_to_the_taker_and_is_listed_by_number_alone():
    office = post_office()
    message = given_to(office.giver, office)
    ((_, items),) = open_work_of(office.giver, office.organ)

    services.confirm(hand_over=office.signed(roles=[office.role]), actor=office.admin)

    message.refresh_from_db()
    assert message.handler == office.taker
    assert message.number in items[0].text
    assert message.title not in items[0].text
    assert message.steps.filter(what__startswith="移交给").count() == 1


def test_a_taker_who_may_not_answer_stops_the_whole_hand_over():
    office = post_office(taker_role=Role.PROOFREADER)
    message = given_to(office.giver, office)

    with pytest.raises(HandOverRefused, match="答复留言的角色"):
        services.confirm(hand_over=office.signed(), actor=office.admin)

    message.refresh_from_db()
    assert message.handler == office.giver
    assert Role.DISCLOSURE_OFFICE.value == office.role.role

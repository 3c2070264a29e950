"""The board tells of filings and hand-overs that are late."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests import factories as make
from tests.factories.posts import post_office
from tests.unit.agencies.test_working_groups import group_of

from gongkai.agencies import services
from gongkai.agencies.roles import Role
from gongkai.supervision.board.organisation import filings_due, hand_overs_due
from gongkai.supervision.board.registry import Standing, risks

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def test_unfiled_changes_are_late_on_the_board_until_they_are_filed():
    organ = make.organ()
    clerk = make.holder(organ, Role.DISCLOSURE_OFFICE)
    group = group_of(organ, clerk)

    (late,) = filings_due([organ], TODAY)

    assert late.standing is Standing.LATE
    assert group.name in late.text
    assert filings_due([make.organ()], TODAY) == []
    services.file_changes(
        actor=clerk, organ=organ, what="establishment", filed_on=TODAY, to_body="县政府办公室",
        changes=group.changes.all(),
    )  # fmt: skip
    assert filings_due([organ], TODAY) == []


def test_a_hand_over_is_late_after_its_day_and_gone_when_it_is_confirmed():
    office = post_office()
    made = office.signed(on=TODAY - timedelta(days=1))

    (late,) = hand_overs_due([office.organ], TODAY)
    services.confirm(hand_over=made, actor=office.head)

    assert late.standing is Standing.LATE
    assert office.post.name in late.text
    assert hand_overs_due([office.organ], TODAY) == []


def test_both_are_on_the_board_for_those_who_may_open_them():
    found = {one.key: one for one in risks()}
    stranger = make.holder(make.organ(), Role.FIRST_REVIEWER)

    assert {"baobei", "yijiao"} <= set(found)
    assert not found["baobei"].may_open(stranger)
    assert not found["yijiao"].may_open(stranger)

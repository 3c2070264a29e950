"""Roles, their inheritance down the tree, and their end."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils import timezone
from tests import factories

from gongkai.agencies import access
from gongkai.agencies.models import Organ, RoleAssignment
from gongkai.agencies.roles import Role
from gongkai.agencies.services import assign_role, end_role
from gongkai.audit.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return factories.organ(name="示例县人民政府")


@pytest.fixture
def park(county):
    return factories.organ(superior=county, name="示例工业园区管委会")


def test_there_is_a_group_for_each_role():
    assert set(Group.objects.values_list("name", flat=True)) >= {role.label for role in Role}


def test_a_role_holds_at_the_organs_below(county, park):
    person = factories.holder(county, Role.SUPERVISOR)

    assert access.held_roles(person, park) == {Role.SUPERVISOR}


def test_a_role_does_not_hold_above_or_beside(county, park):
    other = factories.organ(superior=county)
    person = factories.holder(park, Role.DISCLOSURE_OFFICE)

    assert access.held_roles(person, county) == frozenset()
    assert access.held_roles(person, other) == frozenset()


def test_a_role_counts_from_its_first_to_its_last_day(park):
    person = factories.user()
    RoleAssignment.objects.create(
        user=person,
        organ=park,
        role=Role.PROOFREADER,
        valid_from=date(2026, 3, 2),
        valid_to=date(2026, 3, 31),
    )

    held = {
        day: bool(access.held_roles(person, park, on=day))
        for day in (date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 31), date(2026, 4, 1))
    }

    assert list(held.values()) == [False, True, True, False]


def test_an_inactive_person_holds_nothing(park):
    person = factories.holder(park, Role.DISCLOSURE_HEAD, is_active=False)

    assert access.held_roles(person, park) == frozenset()


def test_the_superuser_is_the_administrator_and_nothing_more(park):
    """Statutory acts need their own role, whoever asks."""
    person = factories.user(is_superuser=True)

    assert access.held_roles(person, park) == {Role.ADMINISTRATOR}


def test_refusal_names_the_act_the_organ_and_who_may(park):
    with pytest.raises(access.AccessDenied, match="示例工业园区管委会的公开办负责人"):
        access.require(factories.user(), "审核年度报告", (Role.DISCLOSURE_HEAD,), park)


def test_giving_and_ending_a_role_is_recorded_and_mirrored_in_the_groups(park):
    administrator = factories.user(is_superuser=True)
    person = factories.user()

    assignment = assign_role(user=person, organ=park, role=Role.FIRST_REVIEWER, actor=administrator)
    groups_with = set(person.groups.values_list("name", flat=True))
    end_role(assignment=assignment, actor=administrator)

    assert groups_with == {"初审"}
    assert not person.groups.exists()
    assert access.held_roles(person, park) == frozenset()
    assert list(Event.objects.values_list("action", flat=True)) == ["role.assigned", "role.ended"]


def test_only_an_administrator_gives_roles(park):
    with pytest.raises(access.AccessDenied):
        assign_role(
            user=factories.user(),
            organ=park,
            role=Role.FIRST_REVIEWER,
            actor=factories.holder(park, Role.DISCLOSURE_HEAD),
        )


def test_organs_of_a_person_are_theirs_and_those_below(county, park):
    factories.organ()
    person = factories.holder(county, Role.SUPERVISOR)

    assert set(access.organs_of(person)) == {county, park}


def test_organs_are_valid_between_their_days(county):
    today = timezone.localdate()
    factories.organ(valid_to=today - timedelta(days=1))
    future = factories.organ(valid_from=today + timedelta(days=1))

    assert list(Organ.objects.valid_on(today)) == [county]
    assert future in Organ.objects.valid_on(today + timedelta(days=1))


def test_an_organ_cannot_end_before_it_begins(county):
    county.valid_from, county.valid_to = date(2026, 2, 1), date(2026, 1, 1)

    with pytest.raises(ValidationError, match="撤销日期早于设立日期"):
        county.validate_constraints()

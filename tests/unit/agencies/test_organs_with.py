"""Where a person holds a role: the same answer as asking organ by organ, in two questions."""

import pytest
from tests import factories

from gongkai.agencies.access import held_roles, organs_of, organs_with
from gongkai.agencies.models import Organ
from gongkai.agencies.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    top = factories.organ()
    left, right = factories.organ(superior=top), factories.organ(superior=top)
    return top, left, factories.organ(superior=left), right


@pytest.mark.parametrize("role", [Role.INFORMATION_OFFICER, Role.FINAL_REVIEWER, Role.ADMINISTRATOR])
@pytest.mark.parametrize("place", [0, 1, 3])
@pytest.mark.parametrize("is_superuser", [False, True])
def test_it_agrees_with_the_roles_held_at_each_organ(tree, role, place, is_superuser):
    person = factories.holder(Organ.objects.get(pk=tree[place].pk), role, is_superuser=is_superuser)
    wanted = (Role.INFORMATION_OFFICER, Role.ADMINISTRATOR)

    slow = [one for one in organs_of(person).order_by("path") if held_roles(person, one) & set(wanted)]

    assert organs_with(person, wanted) == slow


def test_it_asks_two_questions_and_nothing_of_the_inactive(tree, django_assert_num_queries):
    person = factories.holder(Organ.objects.get(pk=tree[0].pk), Role.FINAL_REVIEWER)

    with django_assert_num_queries(2):
        assert len(organs_with(person, [Role.FINAL_REVIEWER])) == 4
    with django_assert_num_queries(1):
        assert organs_with(person, [Role.SUPERVISOR]) == []
    person.is_active = False
    with django_assert_num_queries(0):
        assert organs_with(person, [Role.FINAL_REVIEWER]) == []

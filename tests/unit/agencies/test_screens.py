"""Organs and people in the back office."""

from datetime import date

import pytest
from tests import factories

from gongkai.agencies import access
from gongkai.agencies.models import Department, Organ, Post, User
from gongkai.agencies.roles import Role
from gongkai.agencies.services import OrganInUse, create_organ, end_organ
from gongkai.audit.models import Event

pytestmark = pytest.mark.django_db
PASSWORD = "correct-horse-battery"


@pytest.fixture
def administrator(client):
    person = factories.user(is_superuser=True, is_staff=True)
    client.force_login(person)
    return person


@pytest.fixture
def park():
    return factories.organ(code="PARK", name="示例工业园区管委会")


def post(client, path, **data):
    return client.post(f"/houtai/jigou/{path}", data, follow=True)


def test_the_first_organ_is_set_up_on_the_screen(client, administrator):
    response = post(client, "", code="A1", name="示例县人民政府", kind="government", reports_separately="on")

    assert "已设立示例县人民政府" in response.content.decode()
    assert Organ.objects.get().code == "A1"
    assert Event.objects.get().action == "organ.created"


def test_a_code_that_is_taken_keeps_what_was_typed(client, administrator, park):
    response = post(client, "PARK/unit/", code="PARK", name="示例镇", kind="township")

    assert response.status_code == 422
    assert 'value="示例镇"' in response.content.decode()
    assert Organ.objects.count() == 1


def test_a_person_gets_an_account_and_a_role_and_loses_both(client, administrator, park):
    post(
        client,
        "PARK/person/",
        username="xiaozhang",
        name="经办人",
        email="a@example.invalid",
        password=PASSWORD,
    )
    person = User.objects.get(username="xiaozhang")
    post(client, "PARK/role/", user=person.pk, role=Role.DISCLOSURE_OFFICE)
    held = access.held_roles(person, park)
    post(client, "PARK/renyuan/xiaozhang/")
    person.refresh_from_db()

    assert person.check_password(PASSWORD)
    assert held == {Role.DISCLOSURE_OFFICE}
    assert person.is_active is False
    assert access.held_roles(person, park) == frozenset()


@pytest.mark.parametrize(
    ("password", "said"), [("12345678901", "数字"), ("short", "10"), ("password123", "常见")]
)
def test_a_weak_password_is_refused_in_chinese(client, administrator, park, password, said):
    response = post(
        client, "PARK/person/", username="p", name="某人", email="a@example.invalid", password=password
    )

    assert response.status_code == 422
    assert said in response.content.decode()
    assert not User.objects.filter(username="p").exists()


def test_a_role_is_taken_back_once(client, administrator, park):
    person = factories.holder(park, Role.SUPERVISOR)
    path = f"PARK/shouhui/{person.role_assignments.get().pk}/"

    assert "已收回" in post(client, path).content.decode()
    assert "已经收回" in post(client, path).content.decode()


def test_somebody_without_the_administrators_role_changes_nothing(client, park):
    client.force_login(factories.holder(park, Role.DISCLOSURE_HEAD, is_staff=True))
    person = factories.user()
    response = post(client, "PARK/role/", user=person.pk, role=Role.FINAL_REVIEWER)

    assert access.held_roles(person, park) == frozenset()
    assert "设立下级机关" not in response.content.decode()


def test_other_organs_are_not_shown(client, park):
    client.force_login(factories.holder(park, Role.SUPERVISOR))
    factories.organ(code="OTHER")

    assert client.get("/houtai/jigou/OTHER/").status_code == 404
    assert client.get("/houtai/jigou/PARK/").status_code == 200


def test_nobody_stops_their_own_account(client, administrator, park):
    from gongkai.agencies.services import assign_role

    assign_role(user=administrator, organ=park, role=Role.ADMINISTRATOR, actor=administrator)
    post(client, f"PARK/renyuan/{administrator.username}/")

    administrator.refresh_from_db()
    assert administrator.is_active


def test_an_organ_ends_after_its_units_and_names_its_successor(administrator, park):
    unit = create_organ(actor=administrator, superior=park, code="U1", name="示例镇", kind="township")
    successor = factories.organ()

    with pytest.raises(OrganInUse, match="示例镇"):
        end_organ(
            actor=administrator, organ=Organ.objects.get(pk=park.pk), on=date(2026, 6, 30), successor=None
        )
    end_organ(actor=administrator, organ=unit, on=date(2026, 6, 30), successor=successor)

    unit.refresh_from_db()
    assert (unit.valid_to, unit.successor) == (date(2026, 6, 30), successor)


def test_only_people_with_a_role_enter_the_back_office(client):
    client.force_login(factories.user())

    assert client.get("/houtai/").status_code == 302


def test_a_post_passes_from_one_person_to_the_next_without_a_gap(client, administrator, park):
    first, second = factories.user(), factories.user()
    post(client, "PARK/department/", name="党政办公室")
    post(client, "PARK/post/", department=park.departments.get().pk, name="政府信息公开岗")
    place = Post.objects.get()
    post(client, "PARK/appointment/", post=place.pk, user=first.pk, valid_from="2025-01-01")
    response = post(client, "PARK/appointment/", post=place.pk, user=second.pk, valid_from="2026-03-01")

    held = {a.user: (a.valid_from, a.valid_to) for a in place.appointments.all()}
    assert held == {first: (date(2025, 1, 1), date(2026, 2, 28)), second: (date(2026, 3, 1), None)}
    assert f"政府信息公开岗（{second.name}，2026-03-01 起）" in response.content.decode()


def test_a_post_of_another_organ_cannot_be_filled(client, administrator, park):
    other = factories.organ()
    place = Post.objects.create(department=Department.objects.create(organ=other, name="科室"), name="岗位")
    response = post(
        client, "PARK/appointment/", post=place.pk, user=administrator.pk, valid_from="2026-03-01"
    )

    assert response.status_code == 422
    assert not place.appointments.exists()

"""Screens of hand-overs: walked from start to end; who sees them; what was typed stays."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from tests import factories as make
from tests.factories.posts import post_office

from gongkai.agencies.models import HandOver
from gongkai.agencies.open_work import work_kinds
from gongkai.agencies.roles import Role
from gongkai.agencies.waiting import contributed_lines

pytestmark = pytest.mark.django_db
LIST = reverse("agencies:hand_overs")


@pytest.fixture
def office():
    return post_office()


def at(name, one, *more):
    return reverse(f"agencies:{name}", args=[one.pk, *more])


def filled_form(one, **given):
    lines = {f"done_{line.number}": "on" for line in one.lines.all()}
    moves = [kind.key for kind in work_kinds()]
    return {"on": str(one.on), "remarks": "", "extra": "", "moves": moves, **lines, **given}


def test_a_hand_over_is_walked_from_the_first_page_to_the_last(client, office):
    client.force_login(office.head)
    held = office.giver.appointments.get()
    client.post(
        reverse("agencies:draw_up_hand_over"),
        {"held": held.pk, "taker": office.taker.pk, "on": str(timezone.localdate())},
    )
    one = HandOver.objects.get()
    client.force_login(office.giver)
    client.post(at("fill_hand_over", one), filled_form(one, roles=[office.role.pk], extra="审核表 4 盒"))
    client.post(at("sign_hand_over", one, "yijiao"))
    client.force_login(office.taker)
    client.post(at("sign_hand_over", one, "jieshou"))
    client.force_login(office.admin)
    shown = client.get(at("hand_over", one)).content.decode()
    done = client.post(at("sign_hand_over", one, "jianjiao"), follow=True).content.decode()

    assert "监交确认" in shown
    assert "审核表 4 盒" in shown
    assert "都已转给接收人" in done
    one.refresh_from_db()
    assert one.standing == "confirmed"
    paper = client.get(at("hand_over_paper", one))
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")


def test_a_refusal_keeps_what_was_typed(client, office):
    one = office.drawn_up()
    client.force_login(office.giver)

    answer = client.post(
        at("fill_hand_over", one),
        filled_form(one, on="2001-01-01", remark_2="已请接收人改密码", extra="印泥"),
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "任职" in page
    assert 'value="已请接收人改密码"' in page
    assert "印泥</textarea>" in page
    assert not one.lines.filter(is_done=True).exists()


def test_kinds_left_unticked_stay_with_the_giver_and_are_told(client, office):
    one = office.drawn_up()
    client.force_login(office.giver)

    page = client.get(at("fill_hand_over", one)).content.decode()
    client.post(at("fill_hand_over", one), filled_form(one, moves=["inforequests"]))

    one.refresh_from_db()
    assert "依申请公开（0 件）" in page
    assert set(one.keeps) == {kind.key for kind in work_kinds()} - {"inforequests"}
    assert "留在移交人名下的在办事项" in client.get(at("hand_over", one)).content.decode()
    assert client.get(at("fill_hand_over", one)).context["form"]["moves"].initial == ["inforequests"]


def test_drawing_one_up_without_a_taker_is_a_422(client, office):
    client.force_login(office.head)
    held = office.giver.appointments.get()

    answer = client.post(
        reverse("agencies:draw_up_hand_over"), {"held": held.pk, "taker": office.giver.pk, "on": "2026-11-27"}
    )

    assert answer.status_code == 422
    assert "同一个人" in answer.content.decode()
    assert not HandOver.objects.exists()


def test_supervisors_read_and_others_see_their_own_only(client, office):
    one = office.drawn_up()
    stranger = make.holder(office.organ, Role.FIRST_REVIEWER)
    supervisor = make.holder(office.organ, Role.SUPERVISOR)

    for person, listed, opened in ((supervisor, 200, 200), (office.taker, 200, 200), (stranger, 302, 404)):
        client.force_login(person)
        assert client.get(LIST).status_code == listed
        assert client.get(at("hand_over", one)).status_code == opened
    client.force_login(supervisor)
    page = client.get(at("hand_over", one)).content.decode()
    assert "填写清单" not in page
    assert "作废移交单" not in page
    assert client.get(reverse("agencies:draw_up_hand_over")).status_code == 302


def test_what_a_person_has_in_hand_elsewhere_is_not_seen(client, office):
    one = office.drawn_up()
    client.force_login(make.holder(make.organ(), Role.DISCLOSURE_HEAD))

    assert client.get(at("hand_over", one)).status_code == 404
    assert client.post(at("sign_hand_over", one, "jianjiao")).status_code == 404


def test_sending_back_without_a_reason_says_so_beside_the_field(client, office):
    one = office.signed()
    client.force_login(office.taker)

    answer = client.post(at("send_back_hand_over", one), {"reason": ""})

    assert answer.status_code == 422
    assert 'id="back_reason_error"' in answer.content.decode()
    assert (
        client.post(at("send_back_hand_over", one), {"reason": "少一枚印章"}, follow=True).status_code == 200
    )
    one.refresh_from_db()
    assert one.standing == "draft"


def test_each_is_told_on_the_first_screen_when_it_is_their_turn(office):
    def told(person):
        lines = contributed_lines(person, timezone.localdate())
        return [line.text for line in lines if "移交" in line.text]

    made = office.drawn_up()
    assert "签字" in told(office.giver)[0]
    assert told(office.taker) == []
    made.standing = "given"
    made.save()
    assert (told(office.giver), "核对" in told(office.taker)[0]) == ([], True)
    made.standing = "taken"
    made.save()
    assert "监交确认" in told(office.head)[0]
    assert told(office.taker) == []


def test_an_act_opened_as_a_page_leads_back(client, office):
    one = office.drawn_up()
    client.force_login(office.giver)

    assert client.get(at("sign_hand_over", one, "yijiao")).url == at("hand_over", one)
    assert client.post(at("sign_hand_over", one, "bieren")).status_code == 404

"""Handing over a post: who may do what, and that everything goes over together or nothing does."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from tests import factories as make
from tests.factories.posts import post_office

from gongkai.agencies import open_work, services
from gongkai.agencies.access import AccessDenied, held_roles
from gongkai.agencies.errors import CannotMove, HandOverRefused
from gongkai.agencies.hand_over_list import hand_over_pdf, paper_of
from gongkai.agencies.models import Appointment, HandOver
from gongkai.agencies.open_work import OpenWork, WorkKind
from gongkai.agencies.roles import Role
from gongkai.audit.models import Event
from gongkai.core.hand_over import CHECKLIST, Act

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def office():
    return post_office()


@pytest.fixture
def shelf(monkeypatch):
    """A room of its own: things in hand by user name, and whether they can be moved."""

    class Shelf(dict):
        can_move = True

    held = Shelf()

    def move(transfer):
        if not held.can_move:
            raise CannotMove("接收人不会这一项。")
        mine = held.pop(transfer.giver.username, [])
        held.setdefault(transfer.taker.username, []).extend(mine)
        return len(mine)

    def listing(person, _organ):
        return [OpenWork(text, "/") for text in held.get(person.username, [])]

    monkeypatch.setattr(open_work, "_kinds", {"shelf": WorkKind("shelf", "架上的事", listing, move)})
    return held


def test_a_new_hand_over_has_the_usual_list_and_is_recorded(office):
    made = office.drawn_up()

    assert [(line.kind, line.text) for line in made.lines.all()] == list(CHECKLIST)
    assert not made.lines.filter(is_done=True).exists()
    assert made.steps.get().act == Act.DRAW_UP
    assert Event.objects.filter(action="hand_over.draw_up").count() == 1


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.INFORMATION_OFFICER, Role.PROOFREADER])
def test_who_does_not_run_the_office_draws_none_up(office, role):
    with pytest.raises(AccessDenied):
        office.drawn_up(actor=make.holder(office.organ, role))

    assert not HandOver.objects.exists()


def test_a_hand_over_needs_a_holder_and_a_taker_who_can_sign(office):
    stranger, stopped = make.user(), make.holder(office.organ, Role.PROOFREADER, is_active=False)

    for given, said in (
        ({"taker": office.giver}, "同一个人"),
        ({"giver": office.head}, "不在"),
        ({"taker": stranger}, "没有任何角色"),
        ({"taker": stopped}, "停用"),
        ({"on": TODAY - timedelta(days=400)}, "任职"),
    ):
        with pytest.raises(HandOverRefused, match=said):
            office.drawn_up(**given)


def test_one_post_has_one_hand_over_under_way(office):
    first = office.drawn_up()

    with pytest.raises(HandOverRefused, match="没有办完"):
        office.drawn_up()
    services.make_void(hand_over=first, actor=office.head, reason="人员调整取消")

    assert office.drawn_up().pk != first.pk


def test_the_giver_signs_when_each_line_is_done_or_says_why_not(office):
    made = office.drawn_up()
    lines = {line.number: (line.number != 3, "") for line in made.lines.all()}
    given = {"hand_over": made, "actor": office.giver, "on": TODAY, "remarks": "", "roles": []}
    services.amend(**given, lines=lines)
    with pytest.raises(HandOverRefused, match="第 3 项"):
        services.sign_as_giver(hand_over=made, actor=office.giver)

    services.amend(**given, lines={3: (False, "本岗位没有公众号")}, extra=["审核表 4 盒", " "])
    signed = services.sign_as_giver(hand_over=made, actor=office.giver)

    assert signed.standing == "given"
    assert signed.lines.last().text == "审核表 4 盒"
    assert signed.lines.count() == len(CHECKLIST) + 1


def test_a_signed_list_is_not_changed_until_it_was_sent_back(office):
    made = office.signed()
    given = {"hand_over": made, "actor": office.giver, "on": TODAY, "remarks": "", "roles": [], "lines": {}}
    with pytest.raises(HandOverRefused, match="不能修改"):
        services.amend(**given)
    with pytest.raises(HandOverRefused, match="原因"):
        services.send_back(hand_over=made, actor=office.taker, reason=" ")

    back = services.send_back(hand_over=made, actor=office.taker, reason="少一枚 UKey")

    assert back.standing == "draft"
    assert back.signatures == {}
    assert services.amend(**given).standing == "draft"


def test_each_signature_is_the_persons_own_and_the_witness_is_a_third(office):
    made = office.filled()
    with pytest.raises(HandOverRefused, match="移交人"):
        services.sign_as_giver(hand_over=made, actor=office.admin)
    services.sign_as_giver(hand_over=made, actor=office.giver)
    with pytest.raises(HandOverRefused, match="接收人"):
        services.sign_as_taker(hand_over=made, actor=office.admin)
    services.sign_as_taker(hand_over=made, actor=office.taker)
    with pytest.raises(AccessDenied):
        services.confirm(hand_over=made, actor=make.holder(office.organ, Role.DISCLOSURE_OFFICE))

    done = services.confirm(hand_over=made, actor=office.head)

    assert [step.person for step in done.signatures.values()] == [office.giver, office.taker, office.head]


def test_nobody_witnesses_their_own_hand_over():
    office = post_office(giver_role=Role.DISCLOSURE_HEAD)
    made = office.signed()

    with pytest.raises(HandOverRefused, match="第三人"):
        services.confirm(hand_over=made, actor=office.giver)


def test_the_confirmation_moves_post_roles_and_work_together(office, shelf):
    shelf[office.giver.username] = ["第一件", "第二件"]
    made = office.signed(roles=[office.role])

    done = services.confirm(hand_over=made, actor=office.admin)

    old, new = Appointment.objects.filter(post=office.post).order_by("valid_from")
    assert (old.user, old.valid_to) == (office.giver, TODAY - timedelta(days=1))
    assert (new.user, new.valid_from, new.valid_to) == (office.taker, TODAY, None)
    assert held_roles(office.giver, office.organ) == frozenset()
    assert held_roles(office.taker, office.organ) == {Role.PROOFREADER, Role.DISCLOSURE_OFFICE}
    assert shelf == {office.taker.username: ["第一件", "第二件"]}
    assert done.moved == [{"key": "shelf", "label": "架上的事", "texts": ["第一件", "第二件"]}]
    assert done.moved_roles == [f"{office.organ.name}公开办"]
    told = json.loads(Event.objects.get(action="hand_over.confirm").data)
    assert (told["counts"], told["roles"]) == ({"shelf": 2}, 1)


def test_a_giver_who_goes_on_in_another_post_keeps_the_kinds_left_unticked(office, shelf):
    shelf[office.giver.username] = ["第一件"]
    shelf.can_move = False
    made = office.filled()
    lines = {line.number: (True, "") for line in made.lines.all()}
    given = {"actor": office.giver, "on": TODAY, "remarks": "", "roles": [], "lines": lines}
    services.amend(hand_over=made, **given, keeps=["shelf", "不存在的类别"])
    services.sign_as_giver(hand_over=made, actor=office.giver)
    services.sign_as_taker(hand_over=made, actor=office.taker)

    done = services.confirm(hand_over=made, actor=office.head)

    assert shelf == {office.giver.username: ["第一件"]}
    assert (done.keeps, done.moved) == (["shelf"], [])
    assert ("留在移交人名下", "架上的事") in paper_of(done).facts


@pytest.mark.parametrize("how", ["refuses", "leaves"])
def test_where_work_cannot_go_over_nothing_does(office, shelf, monkeypatch, how):
    shelf[office.giver.username] = ["第一件"]
    shelf.can_move = how != "refuses"
    if how == "leaves":
        kind = open_work.work_kinds()[0]
        idle = WorkKind(kind.key, kind.label, kind.listing, lambda _transfer: 0)
        monkeypatch.setattr(open_work, "_kinds", {"shelf": idle})
    made = office.signed(roles=[office.role])
    events = Event.objects.count()

    with pytest.raises(HandOverRefused, match="什么都没有变动"):
        services.confirm(hand_over=made, actor=office.admin)

    made.refresh_from_db()
    assert made.standing == "taken"
    assert Appointment.objects.get(post=office.post).valid_to is None
    assert held_roles(office.giver, office.organ) == {Role.DISCLOSURE_OFFICE}
    assert held_roles(office.taker, office.organ) == {Role.PROOFREADER}
    assert Event.objects.count() == events


def test_roles_go_over_by_an_administrator_only(office):
    made = office.signed(roles=[office.role])

    with pytest.raises(HandOverRefused, match="系统管理员"):
        services.confirm(hand_over=made, actor=office.head)

    assert held_roles(office.taker, office.organ) == {Role.PROOFREADER}


def test_only_the_givers_own_roles_at_the_organ_are_chosen(office):
    made = office.drawn_up()
    elsewhere = make.holder(make.organ(), Role.PROOFREADER).role_assignments.get()

    for role in (elsewhere, office.taker.role_assignments.get()):
        with pytest.raises(HandOverRefused, match="没有的"):
            services.amend(hand_over=made, actor=office.giver, on=TODAY, remarks="", roles=[role], lines={})


def test_a_role_taken_back_meanwhile_stops_the_confirmation(office):
    made = office.signed(roles=[office.role])
    services.end_role(assignment=office.role, actor=office.admin)

    with pytest.raises(HandOverRefused, match="收回"):
        services.confirm(hand_over=made, actor=office.admin)


def test_a_hand_over_is_confirmed_on_its_day_or_later(office):
    made = office.signed(on=TODAY + timedelta(days=1))

    with pytest.raises(HandOverRefused, match="那一天"):
        services.confirm(hand_over=made, actor=office.head)


def test_a_confirmed_or_void_one_is_at_its_end(office):
    made = services.confirm(hand_over=office.signed(), actor=office.head)

    for act in (services.make_void, services.send_back):
        with pytest.raises(HandOverRefused, match="已移交"):
            act(hand_over=made, actor=office.head, reason="改主意了")


def test_the_list_shows_lines_work_and_signatures_and_draws_the_same_twice(office, shelf):
    shelf[office.giver.username] = ["SQ2026-0001（办理中）"]
    made = office.signed(roles=[office.role])
    before = paper_of(made)

    services.confirm(hand_over=made, actor=office.admin)
    made.refresh_from_db()

    after = paper_of(made)
    assert before.tables[1].rows == after.tables[1].rows == [("架上的事", "SQ2026-0001（办理中）")]
    assert (before.signatures[2].name, after.signatures[2].name) == ("", str(office.admin))
    assert hand_over_pdf(made).startswith(b"%PDF")
    assert hand_over_pdf(made) == hand_over_pdf(made)

"""Groups and who was in them on a day: nothing is overwritten, each change says why."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from tests import factories as make

from gongkai.agencies import services
from gongkai.agencies.access import AccessDenied
from gongkai.agencies.errors import GroupRefused
from gongkai.agencies.models import GroupChange, WorkingGroup
from gongkai.agencies.roles import Role
from gongkai.agencies.rosters import roster_pdf, rows_on, seats_of
from gongkai.agencies.services.working_groups import Seat
from gongkai.audit.models import Event

pytestmark = pytest.mark.django_db
SET_UP = date(2025, 3, 1)
LINES = "组长，主要负责人，管委会主任\n\n副组长,分管负责人,管委会副主任,0510-80000001\n联络员\t经办人\t党政办公室科员"
HEAD = Seat("head", "主要负责人", "管委会主任")


@pytest.fixture
def organ():
    return make.organ()


@pytest.fixture
def clerk(organ):
    return make.holder(organ, Role.DISCLOSURE_OFFICE)


def group_of(organ, clerk, **given) -> WorkingGroup:
    words = {
        "name": "政务公开领导小组", "kind": "leading", "document_number": "示园发〔2025〕3号", "document_on": SET_UP,
        "valid_from": SET_UP, "duties": "统筹政务公开工作。", "seats": seats_of(LINES),
    }  # fmt: skip
    return services.establish_group(**{"actor": clerk, "organ": organ, **words, **given})


def names_on(group, day):
    return [one.name for one in group.roster_on(day)]


def test_members_are_read_from_lines_and_faulty_ones_are_named():
    seats = seats_of(LINES)

    assert [(one.position, one.telephone) for one in seats] == [
        ("head", ""), ("deputy", "0510-80000001"), ("liaison", ""),
    ]  # fmt: skip
    with pytest.raises(GroupRefused, match=r"第 1 行有 2 项.*第 3 行的组内职务“书记”"):
        seats_of("组长，某人\n组长，某人，某职\n书记，某人，某职")


def test_a_group_begins_with_its_document_and_first_members(organ, clerk):
    group = group_of(organ, clerk)

    change = group.changes.get()
    assert (change.kind, change.reason) == ("established", "示园发〔2025〕3号")
    assert "成员 3 人" in change.text
    assert names_on(group, SET_UP) == ["主要负责人", "分管负责人", "经办人"]
    assert names_on(group, SET_UP - timedelta(days=1)) == []
    assert Event.objects.filter(action="working_group.established").count() == 1


def test_a_member_is_replaced_on_a_day_and_both_days_are_known(organ, clerk):
    group = group_of(organ, clerk)
    leaving = group.members.get(position="head")
    on = date(2026, 4, 1)

    services.change_member(
        actor=clerk,
        member=leaving,
        on=on,
        reason="示园发〔2026〕5号",
        successor=Seat("head", "新任负责人", "管委会主任"),
    )

    assert names_on(group, on - timedelta(days=1))[0] == "主要负责人"
    assert names_on(group, on)[0] == "新任负责人"
    change = group.changes.last()
    assert (change.kind, change.reason, change.by) == ("replaced", "示园发〔2026〕5号", clerk)
    assert "主要负责人" in change.text
    assert "新任负责人" in change.text
    with pytest.raises(GroupRefused, match="已于 2026-03-31 退出"):
        services.change_member(actor=clerk, member=leaving, on=on, reason="x", successor=None)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"on": SET_UP}, "之后"),
        ({"on": SET_UP - timedelta(days=9)}, "早于小组成立"),
        ({"on": date(2999, 1, 1)}, "晚于今天"),
        ({"reason": " "}, "原因"),
        ({"successor": Seat("deputy", "分管负责人", "管委会副主任")}, "已在小组里"),
        ({"successor": Seat("deputy", "新人", "")}, "单位和职务"),
    ],
)
def test_a_change_that_cannot_be_is_refused_and_leaves_the_roster(organ, clerk, given, said):
    group = group_of(organ, clerk)
    words = {"on": date(2026, 4, 1), "reason": "调离", "successor": None}

    with pytest.raises(GroupRefused, match=said):
        services.change_member(actor=clerk, member=group.members.get(position="head"), **{**words, **given})

    assert names_on(group, timezone.localdate())[0] == "主要负责人"
    assert group.changes.count() == 1


def test_members_are_added_in_one_change_and_may_leave_without_a_successor(organ, clerk):
    group = group_of(organ, clerk)
    on = date(2026, 2, 1)
    with pytest.raises(GroupRefused, match="写明增加"):
        services.add_members(actor=clerk, group=group, on=on, reason="增补", seats=[])

    one, _ = services.add_members(
        actor=clerk,
        group=group,
        on=on,
        reason="增补",
        seats=seats_of("成员，甲，某局局长\n成员，乙，某局局长"),
    )
    services.change_member(actor=clerk, member=one, on=date(2026, 3, 1), reason="退休", successor=None)

    assert names_on(group, date(2026, 2, 28))[2:4] == ["甲", "乙"]
    assert names_on(group, date(2026, 3, 1))[2:] == ["乙", "经办人"]
    assert [one.kind for one in group.changes.all()] == ["established", "joined", "left"]


def test_a_group_has_a_limit_and_names_nobody_twice(organ, clerk):
    group = group_of(organ, clerk)
    many = [Seat("member", f"成员{number}", "某局局长") for number in range(198)]

    for seats, said in ((many, "最多 200 人"), ([many[0], many[0]], "已在小组里")):
        with pytest.raises(GroupRefused, match=said):
            services.add_members(actor=clerk, group=group, on=SET_UP, reason="增补", seats=seats)

    assert group.members.count() == 3


def test_duties_written_anew_keep_what_they_were(organ, clerk):
    group = group_of(organ, clerk)
    given = {"actor": clerk, "group": group, "on": date(2026, 5, 1), "reason": "分工调整"}
    with pytest.raises(GroupRefused, match="没有改动"):
        services.change_duties(**given, duties=group.duties)

    services.change_duties(**given, duties="统筹政务公开和政务服务。")

    group.refresh_from_db()
    assert group.duties == "统筹政务公开和政务服务。"
    assert "统筹政务公开工作。" in group.changes.last().text


def test_an_ended_group_takes_no_change_and_frees_its_name(organ, clerk):
    group = group_of(organ, clerk)
    with pytest.raises(GroupRefused, match="同名"):
        group_of(organ, clerk)

    ended = services.end_group(actor=clerk, group=group, on=date(2026, 6, 30), reason="机构改革")

    assert names_on(ended, date(2026, 6, 30)) == ["主要负责人", "分管负责人", "经办人"]
    assert names_on(ended, date(2026, 7, 1)) == []
    with pytest.raises(GroupRefused, match="已于 2026-06-30 撤销"):
        services.change_duties(actor=clerk, group=group, duties="x", on=date(2026, 7, 1), reason="x")
    assert group_of(organ, clerk, valid_from=date(2026, 7, 1)).pk != group.pk


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.INFORMATION_OFFICER])
def test_who_does_not_run_the_office_changes_nothing(organ, clerk, role):
    group, other = group_of(organ, clerk), make.holder(organ, role)

    for act in (
        lambda: group_of(organ, other, name="另一个小组"),
        lambda: services.add_members(actor=other, group=group, on=SET_UP, reason="x", seats=[HEAD]),
        lambda: services.end_group(actor=other, group=group, on=SET_UP, reason="x"),
    ):
        with pytest.raises(AccessDenied):
            act()
    assert GroupChange.objects.count() == 1


def test_the_roster_is_a_sheet_and_a_paper_of_the_day(client, organ, clerk):
    group = group_of(organ, clerk)
    client.force_login(make.holder(organ, Role.SUPERVISOR))
    address = reverse("agencies:group_roster", args=[group.pk, "xlsx"])

    book = load_workbook(BytesIO(client.get(address, {"riqi": "2025-12-31"}).content))
    empty = load_workbook(BytesIO(client.get(address, {"riqi": "2025-01-01"}).content))

    rows = list(book.active.iter_rows(values_only=True))
    assert list(rows[1]) == rows_on(group, date(2025, 12, 31))[0]
    assert len(rows) == 4
    assert empty.active.max_row == 1
    paper = client.get(reverse("agencies:group_roster", args=[group.pk, "pdf"]))
    assert paper.content.startswith(b"%PDF")
    assert roster_pdf(group, SET_UP) == roster_pdf(group, SET_UP)
    assert client.get(reverse("agencies:group_roster", args=[group.pk, "exe"])).status_code == 404


def test_the_screens_from_setting_up_to_the_end(client, organ, clerk):
    client.force_login(clerk)
    form = {
        "organ": organ.pk, "name": "政务公开办公室", "kind": "office", "document_number": "示园办〔2025〕1号",
        "document_on": "2025-03-01", "valid_from": "2025-03-01", "duties": "日常工作", "lines": LINES,
    }  # fmt: skip
    client.post(reverse("agencies:establish_group"), form)
    group = WorkingGroup.objects.get()
    member = group.members.get(position="liaison")
    client.post(
        reverse("agencies:add_members", args=[group.pk]),
        {"lines": "成员，甲，某局局长", "on": "2026-01-05", "reason": "增补"},
    )
    client.post(
        reverse("agencies:change_member", args=[group.pk, member.pk]),
        {
            "on": "2026-02-01",
            "reason": "换岗",
            "name": "新联络员",
            "post_title": "科员",
            "position": "liaison",
        },
    )
    client.post(
        reverse("agencies:amend_group", args=[group.pk]),
        {"duties": "日常工作和督办", "on": "2026-03-01", "reason": "分工调整"},
    )

    today = client.get(reverse("agencies:group", args=[group.pk])).content.decode()
    before = client.get(reverse("agencies:group", args=[group.pk]), {"riqi": "2026-01-31"}).content.decode()

    gone = client.get(reverse("agencies:change_member", args=[group.pk, member.pk]), follow=True)

    assert "已于 2026-01-31 退出" in gone.content.decode()
    assert "新联络员" in today
    assert "主任</td>" in today
    assert "组长</td>" not in today
    assert "2026年1月31日的名册" in before
    assert "经办人</td>" in before
    assert names_on(group, date(2026, 1, 31)) == ["主要负责人", "分管负责人", "甲", "经办人"]
    client.post(reverse("agencies:end_group", args=[group.pk]), {"on": "2026-06-30", "reason": "机构改革"})
    assert "撤销" in client.get(reverse("agencies:groups")).content.decode()
    assert client.get(reverse("agencies:group", args=[group.pk]), {"riqi": "坏"}).status_code == 200


def test_a_refused_form_keeps_what_was_typed(client, organ, clerk):
    group = group_of(organ, clerk)
    client.force_login(clerk)

    lines = client.post(
        reverse("agencies:add_members", args=[group.pk]),
        {"lines": "成员，只有两项", "on": "2026-01-05", "reason": "增补"},
    )
    gone = client.post(
        reverse("agencies:change_member", args=[group.pk, group.members.first().pk]),
        {"on": "2026-02-01", "reason": "换岗", "name": "", "post_title": "科员", "position": "head"},
    )

    assert (lines.status_code, gone.status_code) == (422, 422)
    assert "第 1 行有 2 项" in lines.content.decode()
    assert "成员，只有两项</textarea>" in lines.content.decode()
    assert "请填写接任的姓名" in gone.content.decode()
    assert group.changes.count() == 1


def test_supervisors_read_and_others_do_not(client, organ, clerk):
    group = group_of(organ, clerk)

    for role, seen, written in ((Role.SUPERVISOR, 200, 302), (Role.FIRST_REVIEWER, 302, 302)):
        client.force_login(make.holder(organ, role))
        assert client.get(reverse("agencies:groups")).status_code == seen
        assert client.get(reverse("agencies:group", args=[group.pk])).status_code == seen
        assert client.get(reverse("agencies:add_members", args=[group.pk])).status_code == written
        assert client.get(reverse("agencies:establish_group")).status_code == written

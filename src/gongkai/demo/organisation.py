"""The demo's organisation: hand-overs done and waiting, a leading group and its office, filings made and overdue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from gongkai.agencies import services
from gongkai.agencies.models import Department, HandOver, Organ, Post, RoleAssignment, User
from gongkai.agencies.roles import Role
from gongkai.agencies.rosters import seats_of
from gongkai.agencies.services.filings import Receipt
from gongkai.agencies.services.working_groups import Seat
from gongkai.demo.days import at
from gongkai.demo.people import TOOK_OFFICE


def load_hand_overs(park: Organ, users: dict[str, User]) -> None:
    """The archive post went to the proofreader last month; the website post of the officer is on its way."""
    admin, head = users["guanliyuan"], users["fuzeren"]
    department = Department.objects.get(organ=park, name="党政办公室")
    today = timezone.localdate()
    archive = _post(admin, department, "公开档案岗", users["chushen"])
    with at(_morning(today - timedelta(days=30))):
        done = _filled(archive, users["chushen"], users["jiaodui"], users["gongkaiban"], timezone.localdate())
        services.sign_as_giver(hand_over=done, actor=users["chushen"])
        services.sign_as_taker(hand_over=done, actor=users["jiaodui"])
        services.confirm(hand_over=done, actor=head)
    website = _post(admin, department, "网站信息岗", users["xinxiyuan"])
    with at(_morning(today - timedelta(days=1))):
        role = users["xinxiyuan"].role_assignments.get(role=Role.INFORMATION_OFFICER, valid_to=None)
        waits = _filled(website, users["xinxiyuan"], users["jiaodui"], users["gongkaiban"], today, [role])
        services.sign_as_giver(hand_over=waits, actor=users["xinxiyuan"])


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), timezone.get_current_timezone())


def _post(admin: User, department: Department, name: str, holder: User) -> Post:
    with at(TOOK_OFFICE):
        post = services.create_post(actor=admin, department=department, name=name)
        services.appoint(actor=admin, post=post, user=holder, valid_from=TOOK_OFFICE.date())
    return post


def _filled(
    post: Post, giver: User, taker: User, writer: User, on: date, roles: Sequence[RoleAssignment] = ()
) -> HandOver:
    made = services.draw_up(actor=writer, post=post, giver=giver, taker=taker, on=on)
    lines = {
        line.number: (line.kind != "钥匙物品", "" if line.kind != "钥匙物品" else "无，由办公室统一保管")
        for line in made.lines.all()
    }
    return services.amend(
        hand_over=made,
        actor=writer,
        on=on,
        remarks="",
        roles=roles,
        lines=lines,
        extra=["上一年度的审核表 4 盒，按月装订"],
    )


GROUP_LINES = """\
组长，管委会主要负责人，管委会主任
副组长，管委会分管负责人，管委会副主任
成员，党政办公室主要负责人，党政办公室主任
成员，经济发展局主要负责人，经济发展局局长
成员，安全生产和环境保护局主要负责人，安全生产和环境保护局局长
成员，规划建设局主要负责人，规划建设局局长
联络员，政府信息公开岗，党政办公室科员，0510-80000001"""
OFFICE_LINES = """\
主任，党政办公室主要负责人，党政办公室主任
副主任，公开办负责人，党政办公室副主任
成员，各部门信息员，各部门
联络员，政府信息公开岗，党政办公室科员，0510-80000001"""


def load_groups(park: Organ, users: dict[str, User]) -> None:
    """A leading group and its office, filed when they were set up; a member changed since, and that is not filed yet."""
    office = users["gongkaiban"]
    day = TOOK_OFFICE.date() + timedelta(days=30)
    given = {"actor": office, "organ": park, "document_on": day, "valid_from": day}
    with at(_morning(day)):
        group = services.establish_group(
            **given, name="示例工业园区政务公开领导小组", kind="leading", document_number="示园发〔2021〕3号",
            duties="统筹推进园区政务公开工作，审定年度工作要点，研究重大事项。", seats=seats_of(GROUP_LINES),
        )  # fmt: skip
        bureau = services.establish_group(
            **given, name="示例工业园区政务公开领导小组办公室", kind="office", document_number="示园发〔2021〕3号",
            duties="承担领导小组日常工作，组织公开、培训、检查和考核，办理报备。", seats=seats_of(OFFICE_LINES),
        )  # fmt: skip
    services.set_rule(actor=office, organ=park, to_body="示例县人民政府办公室", days=10, in_working_days=True)
    with at(_morning(day + timedelta(days=5))):
        services.file_changes(
            actor=office, organ=park, what="establishment", filed_on=timezone.localdate(), to_body="示例县人民政府办公室",
            document_number="示园函〔2021〕8号", changes=[*group.changes.all(), *bureau.changes.all()],
            receipt=Receipt(number="示政办备〔2021〕12号", on=timezone.localdate()),
        )  # fmt: skip
    with at(_morning(timezone.localdate() - timedelta(days=30))):
        services.change_member(
            actor=office, member=group.members.get(position="deputy"), on=timezone.localdate(),
            reason=f"示园发〔{timezone.localdate().year}〕21号", successor=Seat("deputy", "管委会常务负责人", "管委会常务副主任"),
        )  # fmt: skip

"""The demo's hand-overs: one that is done, one that waits for the taker."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from gongkai.agencies import services
from gongkai.agencies.models import Department, HandOver, Organ, Post, RoleAssignment, User
from gongkai.agencies.roles import Role
from gongkai.demo.days import at
from gongkai.demo.people import TOOK_OFFICE


def load_hand_overs(park: Organ, users: dict[str, User]) -> None:
    """The archive post went to the proofreader last month; the website post of the officer is on its way."""
    admin, head = users["guanliyuan"], users["fuzeren"]
    department = Department.objects.get(organ=park, name="党政办公室")
    today = timezone.localdate()
    archive = _post(admin, department, "公开档案岗", users["chushen"])
    with at(_morning(today - timedelta(days=30))):
        done = _filled(archive, users["chushen"], users["jiaodui"], users["gongkaiban"], [])
        services.sign_as_giver(hand_over=done, actor=users["chushen"])
        services.sign_as_taker(hand_over=done, actor=users["jiaodui"])
        services.confirm(hand_over=done, actor=head)
    website = _post(admin, department, "网站信息岗", users["xinxiyuan"])
    with at(_morning(today - timedelta(days=1))):
        role = users["xinxiyuan"].role_assignments.get(role=Role.INFORMATION_OFFICER, valid_to=None)
        waits = _filled(website, users["xinxiyuan"], users["jiaodui"], users["gongkaiban"], [role])
        services.sign_as_giver(hand_over=waits, actor=users["xinxiyuan"])


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), timezone.get_current_timezone())


def _post(admin: User, department: Department, name: str, holder: User) -> Post:
    with at(TOOK_OFFICE):
        post = services.create_post(actor=admin, department=department, name=name)
        services.appoint(actor=admin, post=post, user=holder, valid_from=TOOK_OFFICE.date())
    return post


def _filled(post: Post, giver: User, taker: User, writer: User, roles: list[RoleAssignment]) -> HandOver:
    day = timezone.localdate()
    made = services.draw_up(actor=writer, post=post, giver=giver, taker=taker, on=day)
    lines = {
        line.number: (line.kind != "钥匙物品", "" if line.kind != "钥匙物品" else "无，由办公室统一保管")
        for line in made.lines.all()
    }
    return services.amend(
        hand_over=made,
        actor=writer,
        on=day,
        remarks="",
        roles=roles,
        lines=lines,
        extra=["上一年度的审核表 4 盒，按月装订"],
    )

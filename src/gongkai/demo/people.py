"""The demo's organs and people: made up, named by role."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from gongkai.agencies.models import Appointment, Department, Organ, Post, User
from gongkai.agencies.roles import Role
from gongkai.agencies.services import assign_role
from gongkai.demo.days import at

COUNTY, PARK, HOUSING = "DEMO00", "DEMO01", "DEMO02"
ORGANS = (
    # code, superior, name, short name, kind, reason not to count
    (COUNTY, "", "示例县人民政府", "示例县", Organ.Kind.GOVERNMENT, ""),
    (PARK, COUNTY, "示例工业园区管委会", "园区管委会", Organ.Kind.COMMITTEE, ""),
    (HOUSING, COUNTY, "示例县建设局", "县建设局", Organ.Kind.DEPARTMENT, ""),
    ("DEMO03", COUNTY, "示例镇人民政府", "示例镇", Organ.Kind.TOWNSHIP, ""),
    ("DEMO04", COUNTY, "示例县税务局", "县税务局", Organ.Kind.VERTICAL, "垂直管理部门，由本系统汇总"),
)


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """One demo account: login name, name shown, where and in which roles."""

    username: str
    name: str
    organ: str
    roles: tuple[Role, ...]


LOGINS = (
    DemoLogin("xinxiyuan", "演示信息员", PARK, (Role.INFORMATION_OFFICER,)),
    DemoLogin("gongkaiban", "演示公开办经办人", PARK, (Role.DISCLOSURE_OFFICE,)),
    DemoLogin("fuzeren", "演示公开办负责人", PARK, (Role.DISCLOSURE_HEAD,)),
    DemoLogin("jiaodui", "演示校对员", PARK, (Role.PROOFREADER,)),
    DemoLogin("chushen", "演示初审", PARK, (Role.FIRST_REVIEWER,)),
    DemoLogin("fushen", "演示复审", PARK, (Role.SECOND_REVIEWER,)),
    DemoLogin("zhongshen", "演示终审", PARK, (Role.FINAL_REVIEWER,)),
    DemoLogin("baomi", "演示保密审查员", PARK, (Role.CONFIDENTIALITY_REVIEWER,)),
    DemoLogin("fazhi", "演示法制审核员", PARK, (Role.LEGAL_REVIEWER,)),
    DemoLogin("jiandu", "演示监督员", PARK, (Role.SUPERVISOR,)),
    DemoLogin("jiansheju", "演示建设局公开办", HOUSING, (Role.DISCLOSURE_OFFICE,)),
    DemoLogin("jianshejufzr", "演示建设局负责人", HOUSING, (Role.DISCLOSURE_HEAD,)),
    DemoLogin("jianshejubm", "演示建设局保密审查员", HOUSING, (Role.CONFIDENTIALITY_REVIEWER,)),
    DemoLogin("xianzhengfu", "演示县政府公开办", COUNTY, (Role.DISCLOSURE_OFFICE, Role.DISCLOSURE_HEAD)),
)
ADMINISTRATOR = "guanliyuan"
TOOK_OFFICE = datetime(2021, 3, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))  # before all that they do


def password_file() -> Path:
    return Path(settings.DATA_DIR) / "demo-password"


def demo_password() -> str:
    """The demo's password: made at random when the demo is loaded, kept in its data folder."""
    path = password_file()
    if not path.exists():
        path.write_text(f"demo-{secrets.token_hex(4)}", encoding="ascii")
        path.chmod(0o600)
    return path.read_text(encoding="ascii").strip()


@transaction.atomic
def load_organs() -> dict[str, Organ]:
    """The organ tree, the park's departments and posts."""
    for code, superior, name, short, kind, reason in ORGANS:
        fields = {
            "code": code,
            "name": name,
            "short_name": short,
            "kind": kind,
            "not_counted_reason": reason,
            "is_demo": True,
            "reports_separately": code != COUNTY,
        }
        # Fetched anew: treebeard keeps the number of children in the parent's row.
        if superior:
            Organ.objects.get(code=superior).add_child(**fields)
        else:
            Organ.add_root(**fields)
    organs = {organ.code: organ for organ in Organ.objects.filter(is_demo=True)}
    park = organs[PARK]
    for name, duties in (
        ("党政办公室", "政府信息公开、公文、值班"),
        ("经济发展局", "招商引资、惠企政策、统计"),
        ("安全生产和环境保护局", "安全生产、生态环境监管"),
        ("规划建设局", "规划、建设、公共设施"),
    ):
        Department.objects.create(organ=park, name=name, duties=duties)
    for name, duties in (
        ("规划科", "城乡规划、用地条件"),
        ("工程管理科", "市政工程、质量安全"),
        ("住房保障科", "保障住房、物业管理"),
        ("建筑业管理科", "建筑市场、施工许可、消防验收"),
    ):
        Department.objects.create(organ=organs[HOUSING], name=name, duties=duties)
    return organs


@transaction.atomic
def load_people(organs: dict[str, Organ]) -> dict[str, User]:
    """Accounts with their roles; the administrator is the only superuser."""
    password = demo_password()
    admin = User.objects.create_superuser(
        ADMINISTRATOR, "guanliyuan@example.invalid", password, name="演示系统管理员"
    )
    people = {ADMINISTRATOR: admin}
    for login in LOGINS:
        user = User.objects.create_user(
            login.username, f"{login.username}@example.invalid", password, name=login.name
        )
        with at(TOOK_OFFICE):
            for role in login.roles:
                assign_role(user=user, organ=organs[login.organ], role=role, actor=admin)
        people[login.username] = user
    office = Department.objects.get(organ=organs[PARK], name="党政办公室")
    for name, username in (("政府信息公开岗", "gongkaiban"), ("党政办公室主任", "fuzeren")):
        post = Post.objects.create(department=office, name=name)
        Appointment.objects.create(user=people[username], post=post, valid_from=TOOK_OFFICE.date())
    return people

"""The demo's trainings of this year: two held with rolls and tests, one to come, one cancelled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from gongkai.agencies.models import Department, Organ, User
from gongkai.demo.days import at
from gongkai.supervision import services
from gongkai.supervision.models import Training

OUTSIDERS = "示例学员一｜经济发展局\n示例学员二｜规划建设局\n示例学员三｜安全生产和环境保护局｜请假｜现场值班\n示例学员四｜规划建设局"
QUESTIONS = (
    ("single", "属于主动公开范围的政府信息，应当自形成或者变更之日起多少个工作日内公开？", ("10 个", "15 个", "20 个", "30 个"), "C", "《条例》第二十六条；法律、法规另有规定的从其规定。"),
    ("true_false", "拟公开的政府信息应当先审查、后公开。", (), "对", "《条例》第十七条要求公开前审查。"),
    ("multiple", "起草公文时要确定的公开属性有哪几种？", ("主动公开", "依申请公开", "不予公开", "择期公开"), "ABC", "国办发〔2016〕80号。"),
)  # fmt: skip


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(16), timezone.get_current_timezone())


def load_trainings(park: Organ, users: dict[str, User]) -> None:
    """Held ones count in the annual report of this year."""
    today = timezone.localdate()
    office = users["gongkaiban"]
    departments = Department.objects.filter(organ=park)
    year = today.year
    first = min(today, max(date(year, 1, 20), today - timedelta(days=120)))
    given = {"organ": park, "by": office, "place": "管委会二楼会议室", "pass_mark": 60}
    with at(_moment(first)):
        work = services.plan_training(
            **given, subject="政府信息公开业务培训", kind="work", held_on=first, hours=Decimal(3), departments=departments
        )  # fmt: skip
        services.add_material(
            training=work, by=office, title="培训提纲", name="培训提纲.txt",
            data="一、公开属性怎样认定\n二、二十个工作日怎样算\n三、发布前的审核和保密审查\n".encode(),
        )  # fmt: skip
        questions = _asked(work, office)
        roll = "\n".join(_named(users, ("xinxiyuan", "jiaodui", "chushen", "fushen", "zhongshen")))
        services.hold_training(
            training=work, by=office, roll=f"{roll}\n{OUTSIDERS}",
            minutes="讲了公开属性认定、公开期限和审核流程，用本单位退回的三件稿件讲评，当场测试。",
        )  # fmt: skip
    tries = (
        ("chushen", "C", "对", "ABC"),
        ("fushen", "C", "对", "AB"),
        ("jiaodui", "B", "对", "AB"),
        ("jiaodui", "C", "对", "ABC"),
    )
    for number, (username, *answers) in enumerate(tries):
        with at(_moment(first) + timedelta(minutes=30 + number)):
            services.sit_test(
                training=work, by=users[username], answers=dict(zip(questions, answers, strict=True))
            )
    second = min(today, max(date(year, 1, 25), today - timedelta(days=45)))
    with at(_moment(second)):
        secrecy = services.plan_training(
            **given, subject="信息发布保密审查专题学习", kind="secrecy", held_on=second, hours=Decimal("1.5"),
            departments=departments[:2],
        )  # fmt: skip
        services.hold_training(
            training=secrecy, by=office, roll="\n".join(_named(users, ("zhongshen", "baomi", "fazhi", "gongkaiban"))),
            minutes="学习逐项审查、先审查后公开的要求。",
        )  # fmt: skip
    services.plan_training(
        **given, subject="年度报告编制要点", kind="meeting", held_on=today + timedelta(days=14), hours=Decimal(2), departments=departments
    )  # fmt: skip
    postponed = services.plan_training(
        **given, subject="政策解读写作", kind="study", held_on=today + timedelta(days=5), hours=Decimal(2)
    )
    services.cancel_training(training=postponed, by=office, reason="与全区会议冲突，并入下次业务培训")


def _named(users: dict[str, User], usernames: Iterable[str]) -> list[str]:
    return [f"{users[one].name}｜｜出席｜" for one in usernames]


def _asked(training: Training, office: User) -> list[int]:
    return [
        services.add_question(
            training=training,
            by=office,
            kind=kind,
            text=text,
            options=options,
            answer=answer,
            explanation=why,
        ).pk
        for kind, text, options, answer, why in QUESTIONS
    ]

"""What supervision gives to the annual report: counted from records, listed, never twice. Source: 条例 Art. 50; ADR 0015."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from tests import factories as make
from tests.unit.supervision.test_accountability import MATTER, Office
from tests.unit.supervision.test_inspecting import faulty, run_on

from gongkai.agencies.roles import Role
from gongkai.reporting import figures
from gongkai.reporting.compiling import compiled
from gongkai.reporting.drafting import draft
from gongkai.reporting.models import AnnualReport, WorkRecord
from gongkai.reporting.review import review
from gongkai.reporting.services import start_report
from gongkai.supervision import services
from gongkai.supervision.models import Run, Scorecard

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    found = Office()
    found.clerk = make.holder(found.organ, Role.DISCLOSURE_OFFICE)
    return found


def train(office: Office, day: date, roll: str = "甲\n乙\n丙｜｜请假｜出差") -> None:
    made = services.plan_training(
        organ=office.organ, by=office.clerk, subject="业务培训", kind="work", held_on=day, place="会议室",
        hours=Decimal(2), pass_mark=60,
    )  # fmt: skip
    services.hold_training(training=made, by=office.clerk, roll=roll)


def typed(office: Office, day: date, count: int = 1) -> WorkRecord:
    return WorkRecord.objects.create(
        organ=office.organ,
        entered_by=office.clerk,
        kind="training",
        title="培训",
        occurred_on=day,
        count=count,
    )


def figure(office: Office, key: str, year: int = 2025):
    return figures.compile_figures(office.organ, year).get(f"fact.{key}")


def report(office: Office, year: int = 2025) -> AnnualReport:
    return start_report(organ=office.organ, year=year, scope=AnnualReport.Scope.SELF, actor=office.clerk)


def test_typed_rows_count_until_the_first_training_on_record(office):
    for day, count in ((date(2025, 2, 1), 2), (date(2025, 5, 8), 1), (date(2025, 12, 31), 4)):
        typed(office, day, count)
    assert figure(office, "trainings") == 7

    train(office, date(2025, 5, 8))
    train(office, date(2025, 9, 1))

    assert figure(office, "trainings") == 2 + 2
    records = figures.records_of("fact.trainings", office.organ, 2025)
    assert [part.found.count() for part in records.parts] == [1, 2]
    typed(office, date(2026, 3, 1), 3)
    assert figure(office, "trainings", 2026) == 0
    train(office, date(2025, 1, 10))
    assert figure(office, "trainings") == 3


def test_a_planned_or_cancelled_training_takes_nothing_over(office):
    typed(office, date(2025, 5, 8))
    made = services.plan_training(
        organ=office.organ, by=office.clerk, subject="业务培训", kind="work", held_on=date(2025, 1, 1), place="会议室",
        hours=Decimal(2), pass_mark=60,
    )  # fmt: skip
    services.cancel_training(training=made, by=office.clerk, reason="改期")

    assert figure(office, "trainings") == 1


def test_rows_left_out_are_named_in_the_completeness_list(office):
    typed(office, date(2025, 5, 8))
    train(office, date(2025, 3, 1))

    says = [todo.text for todo in review(report(office)).todos if "没有计入" in todo.text]

    assert says == [
        "工作台账有 1 条“培训”在 2025-03-01 以后：那天起按“培训”里的记录计数，这些台账记录没有计入；记录里没有的请补登。"
    ]


def test_another_organs_records_count_there_alone(office):
    other = Office()
    other.clerk = make.holder(other.organ, Role.DISCLOSURE_OFFICE)
    train(other, date(2025, 3, 1))
    typed(office, date(2025, 5, 8))

    assert figure(office, "trainings") == 1
    assert figure(office, "training_people") is None


def every_record(office: Office) -> int:
    """One year's supervision; gives the year."""
    year = office.today.year
    train(office, date(year, 1, 1))
    finding = run_on(faulty(), organ=office.organ).findings.get(code="S-HIDDEN")
    Run.objects.filter(pk=finding.run_id).update(on=date(year, 1, 1))
    told = office.rectification()
    services.report_fixed(rectification=told, by=office.head, note="已更新", cause="stale")
    services.recheck_by_person(rectification=told, by=office.supervisor, passed=True, note="看过")
    office.rectification(problem="另一处")
    services.take_ticket(organ=office.organ, kind="wrong", text="有错字")
    Scorecard.objects.create(
        organ=office.organ, title="第一季度", first_on=date(year, 1, 1), last_on=date(year, 1, 1), state="published",
        published_on=date(year, 1, 1), made_by=office.clerk,
    )  # fmt: skip
    plan = services.make_plan(
        organ=office.organ,
        by=office.clerk,
        year=year,
        title="要点",
        issued_by="县",
        issued_on=date(year, 1, 1),
    )
    point = services.add_point(
        plan=plan,
        by=office.clerk,
        number="1",
        text="编制目录",
        department=office.department,
        due_on=date(year, 12, 31),
    )
    services.check_in(point=point, by=office.clerk, on=office.today, percent=100, note="已编", link="/a/")
    services.confirm_point(point=point, by=office.head, passed=True, note="看过")
    office.enter()
    withdrawn = office.enter()
    services.withdraw_accountability(record=withdrawn, by=office.head, reason="登记错误")
    return year


def test_the_drafted_paragraph_tells_what_the_records_say(office):
    year = every_record(office)

    text = draft(compiled(report(office, year))).overview

    assert text.splitlines()[-1] == (
        "（五）监督保障情况。全年组织政府信息公开培训1次，参训2人次；开展网站巡查1次，下发整改通知2件，整改销号1件，"
        "收到网站找错留言1条。公布考核结果1份。完成年度工作要点任务1项。责任追究1件。"
    )


def test_without_records_the_paragraph_is_as_it_was(office):
    typed(office, date(2025, 5, 8), 3)

    text = draft(compiled(report(office))).overview

    assert text.splitlines()[-1] == (
        "（五）监督保障情况。全年组织政府信息公开培训3次，对发布的信息进行经常性检查，督促整改发现的问题。"
    )


def test_a_number_that_the_records_contradict_stops_the_report(office):
    year = every_record(office)
    row = report(office, year)
    assert not [todo for todo in review(row).todos if "不符" in todo.text]
    row.overview = row.overview.replace("参训2人次", "参训200人次").replace(
        "下发整改通知2件", "下发整改通知3件"
    )
    row.save()

    says = [todo.text for todo in review(row).todos if todo.blocks and "不符" in todo.text]

    assert len(says) == 2
    assert "参加培训的记录为 2" in says[0]


def test_what_is_kept_elsewhere_is_not_held_against_the_text(office):
    row = report(office)
    row.overview += "\n参训85人次，开展网站巡查12次。"
    row.save()

    assert not [todo for todo in review(row).todos if "不符" in todo.text]


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("trainings", "业务培训"),
        ("training_people", "没有写部门"),
        ("inspections", "网站巡查"),
        ("rectifications_issued", "另一处"),
        ("rectifications_closed", "栏目不更新"),
        ("fault_tickets", "已收到"),
        ("scorecards", "第一季度"),
        ("work_points_done", "编制目录"),
        ("accountabilities", "通报批评"),
    ],
)
def test_every_figure_lists_its_records(client, office, key, words):
    """Who reads the report does not read the matter of an outcome."""
    year = every_record(office)
    row = report(office, year)
    client.force_login(office.clerk)

    shown = client.get(reverse("reporting:figure", args=[row.pk, f"fact.{key}"])).content.decode()
    whole = client.get(reverse("reporting:report", args=[row.pk])).content.decode()

    assert words in shown
    assert MATTER not in shown
    assert f"fact.{key}" in whole


def test_a_figure_that_nothing_tells_of_is_a_dash(client, office):
    row = report(office)
    client.force_login(office.clerk)

    answer = client.get(reverse("reporting:figure", args=[row.pk, "fact.inspections"]))

    assert answer.status_code == 200
    assert "—" in answer.content.decode()

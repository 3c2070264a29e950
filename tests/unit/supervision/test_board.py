"""The leader's board: every figure is the number of records behind it; the brief says the same."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pdfplumber
import pytest
from django.urls import reverse
from django.utils import timezone
from tests import factories as make
from tests.factories import interaction
from tests.unit.supervision.test_inspecting import faulty, run_on
from typer.testing import CliRunner

from gongkai.agencies.models import Department
from gongkai.agencies.roles import Role
from gongkai.cli import app
from gongkai.integrations.models import OutboxMessage
from gongkai.supervision import services
from gongkai.supervision.board import picture, registry
from gongkai.supervision.board.brief import brief_pdf, facts_of, week_of
from gongkai.supervision.board.registry import Standing
from gongkai.supervision.models import Rectification, Scorecard

pytestmark = pytest.mark.django_db


class Office:
    """An organ with a department and a head, who is the leader that looks."""

    def __init__(self) -> None:
        self.organ = make.organ()
        self.department = Department.objects.create(organ=self.organ, name="党政办公室")
        self.maker = make.holder(self.organ, Role.DISCLOSURE_OFFICE)
        self.head = make.holder(self.organ, Role.DISCLOSURE_HEAD)
        self.today = timezone.localdate()

    def risk(self, key: str) -> list[registry.Record]:
        found = {one.risk.key: one.records for one in picture.risks_of([self.organ], self.today)}
        return found[key]

    def rectification(self, days: int) -> Rectification:
        made = services.issue(
            by=self.maker, organ=self.organ, department=self.department, problem="附件缺格式", demand="补"
        )
        Rectification.objects.filter(pk=made.pk).update(due_on=self.today + timedelta(days=days))
        return made

    def card(self, name: str, total: str | None) -> Scorecard:
        return Scorecard.objects.create(
            organ=self.organ, department=Department.objects.create(organ=self.organ, name=name), title="第三季度",
            first_on=date(2026, 7, 1), last_on=date(2026, 9, 30), total=total and Decimal(total), made_by=self.maker,
            state=Scorecard.State.PUBLISHED,
        )  # fmt: skip


@pytest.fixture
def office() -> Office:
    return Office()


def test_a_rectification_is_on_the_board_when_late_or_near_and_not_reported(office):
    late, near, far = (office.rectification(days) for days in (-1, 0, 25))

    found = office.risk("zhenggai")

    assert [(one.text[: len(late.number)], one.standing) for one in found] == [
        (late.number, Standing.LATE),
        (near.number, Standing.SOON),
    ]
    services.report_fixed(rectification=late, by=office.maker, note="已补", cause="other")
    assert [one.standing for one in office.risk("zhenggai")] == [Standing.SOON]
    assert far.number not in str(office.risk("zhenggai"))


def test_an_application_is_told_by_number_and_never_by_subject(office):
    request = make.stored_request(
        office.organ, office.today - timedelta(days=40), due_on=office.today - timedelta(days=1)
    )

    found = office.risk("shenqing")

    assert [(one.standing, one.day) for one in found] == [(Standing.LATE, request.due_on)]
    assert request.number in found[0].text
    assert request.subject not in found[0].text


def test_unanswered_messages_red_lines_stopped_messages_and_late_drafts_are_told(office):
    message = interaction.message(office.organ)
    run = run_on(faulty(), organ=office.organ)
    OutboxMessage.objects.create(
        channel="mail", key="k", what="答复通知", payload="x", organ_code=office.organ.code, state="dead",
        next_at=timezone.now(), fault="对方拒收",
    )  # fmt: skip
    make.draft_item(organ=office.organ, formed_on=office.today - timedelta(days=60))

    assert message.number in office.risk("liuyan")[0].text
    assert office.risk("hongxian")[0].url == reverse("supervision:run", args=[run.pk])
    assert "对方拒收" in office.risk("waifa")[0].text
    assert [one.standing for one in office.risk("gongkai")] == [Standing.LATE]


def test_another_organs_records_are_not_on_the_board(office):
    other = Office()
    other.rectification(-1)

    assert office.risk("zhenggai") == []


def test_a_month_counts_its_own_records(client, office):
    made = office.rectification(5)
    client.force_login(office.head)

    trend = next(one for one in picture.trends_of([office.organ], office.today) if one.flow.key == "xiafa")
    month = f"{office.today:%Y-%m}"
    shown = client.get(reverse("supervision:board_records", args=["xiafa"]), {"yue": month}).content.decode()

    assert [count for _, count in trend.counts] == [0] * 11 + [1]
    assert made.number in shown
    assert "<strong>1</strong>" in shown


def test_equal_totals_share_a_place_and_a_card_without_total_has_none(office):
    for name, total in (("甲科", "90"), ("乙科", "80"), ("丙科", "90"), ("丁科", None)):
        office.card(name, total)

    (ranking,) = picture.rankings_of([office.organ])

    places = [(one.place, one.card.department.name) for one in ranking.rows]
    assert sorted(places[:2]) == [(1, "丙科"), (1, "甲科")]
    assert places[2:] == [(3, "乙科"), (None, "丁科")]


def test_the_heat_map_says_each_state_in_words(client, office):
    make.portal_site(office.organ)
    make.column(title="空着的栏目")
    client.force_login(office.head)

    heat = picture.heat_of([office.organ], office.today)
    shown = client.get(reverse("supervision:board")).content.decode()

    assert ("blank", "空白栏目（公众看不到）") in {(state, label) for state, label, _ in heat.counts}
    assert "空着的栏目" in shown
    assert "还没有信息" in shown


def test_every_risk_of_the_board_leads_to_as_many_records(client, office):
    office.rectification(-1)
    client.force_login(office.head)

    shown = client.get(reverse("supervision:board")).content.decode()

    for risk in registry.risks():
        address = reverse("supervision:board_records", args=[risk.key])
        assert address in shown
        assert client.get(address).status_code == 200
    assert client.get(reverse("supervision:board_records", args=["meiyou"])).status_code == 404


@pytest.mark.parametrize("query", ["?yue=2026-13", "?yue=abc", "?zhou=2026-02-30", "?zhou=2999-01-01"])
def test_a_period_that_is_none_falls_back_to_this_month(client, office, query):
    client.force_login(office.head)

    assert client.get(reverse("supervision:board_records", args=["xiafa"]) + query).status_code == 200
    assert client.get(reverse("supervision:brief") + query).status_code == 200


def test_the_brief_says_what_the_board_says_and_the_same_day_gives_the_same_bytes(office):
    office.rectification(-1)
    office.card("甲科", "90")
    week = week_of(office.today)

    facts = facts_of([office.organ], week=week, today=office.today)
    content = brief_pdf([office.organ], week=week, today=office.today)

    risk = next(one for one in facts["risks"] if one["name"] == "整改")
    assert (risk["count"], risk["late"]) == ("1", "1")
    assert ["下发整改", "1 件", "0 件", "增加 1"] in facts["flows"]
    assert content == brief_pdf([office.organ], week=week, today=office.today)
    with pdfplumber.open(BytesIO(content)) as paper:
        text = "".join(sheet.extract_text() for sheet in paper.pages)
    assert "附件缺格式" in text
    assert "甲科" in text


def test_a_brief_of_a_past_week_says_that_risks_are_of_today(office):
    week = week_of(office.today - timedelta(weeks=2))

    assert "制表当日" in facts_of([office.organ], week=week, today=office.today)["note"]


def test_the_command_writes_the_brief_or_says_why_not(office, tmp_path):
    file = tmp_path / "周报.pdf"

    done = CliRunner().invoke(app, ["brief", str(file), "--organ", office.organ.code])
    unknown = CliRunner().invoke(app, ["brief", str(file), "--organ", "X"])
    future = CliRunner().invoke(app, ["brief", str(file), "--week", "2999-01-01"])
    nowhere = CliRunner().invoke(app, ["brief", str(tmp_path / "无" / "a.pdf")])

    assert done.exit_code == 0
    assert file.read_bytes().startswith(b"%PDF")
    assert (unknown.exit_code, future.exit_code, nowhere.exit_code) == (2, 2, 2)
    assert "没有代码为 X 的机关" in unknown.output
    assert "不能写入" in nowhere.output


@pytest.mark.parametrize("role", [Role.INFORMATION_OFFICER, Role.PARK_SUPERVISOR])
@pytest.mark.parametrize("name", ["board", "board_records", "brief"])
def test_people_without_a_role_see_no_board(client, office, name, role):
    client.force_login(make.holder(office.organ, role))

    found = client.get(reverse(f"supervision:{name}", args=["zhenggai"] if name == "board_records" else []))

    assert found.status_code in {302, 403}

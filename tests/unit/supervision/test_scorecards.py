"""Scorecards: measured or entered with evidence, published, appealed; each line explains itself."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from tests import factories as make

from gongkai.agencies.models import Department
from gongkai.agencies.roles import Role
from gongkai.agencies.waiting import contributed_lines
from gongkai.audit.models import Event
from gongkai.portal.scoring import fresh_columns, published_in_time, replied_in_time, reviewed_before
from gongkai.supervision import services
from gongkai.supervision.errors import ScoreRefused
from gongkai.supervision.models import Scorecard, ScoreLine

pytestmark = pytest.mark.django_db


class Office:
    """An organ with a department, a maker, a head and an information officer."""

    def __init__(self) -> None:
        self.organ = make.organ()
        self.department = Department.objects.create(organ=self.organ, name="党政办公室")
        self.maker = make.holder(self.organ, Role.DISCLOSURE_OFFICE)
        self.head = make.holder(self.organ, Role.DISCLOSURE_HEAD)
        self.officer = make.holder(self.organ, Role.INFORMATION_OFFICER)
        self.today = timezone.localdate()
        self.period = (self.today - timedelta(days=90), self.today)

    def card(self, **given) -> Scorecard:
        made = {
            "organ": self.organ, "department": self.department, "first_on": self.period[0], "last_on": self.period[1],
            "title": "第三季度", "by": self.maker,
        }  # fmt: skip
        return services.make_card(**{**made, **given})

    def published(self) -> Scorecard:
        card = self.card()
        services.enter_line(
            entry=card.entries.get(code="guide"), good=1, total=2, evidence="电话一处不通", by=self.maker
        )
        return services.publish_card(card=card, by=self.head)


@pytest.fixture
def office() -> Office:
    return Office()


def test_a_card_takes_the_sheet_with_its_weights_and_says_what_is_open(office):
    card = office.card()

    assert sum(one.weight for one in ScoreLine.objects.filter(organ=office.organ)) == 100
    assert card.entries.get(code="guide").says == "没有计分：还没有人工填写"
    assert card.entries.get(code="timeliness").says == "本期没有适用的事项，不计分。"
    assert card.total is None


def test_rectifications_count_when_reported_in_time_and_not_returned(office):
    given = {
        "by": office.maker,
        "organ": office.organ,
        "department": office.department,
        "problem": "缺项",
        "demand": "补",
    }
    good, returned, _ = (services.issue(**given) for _ in range(3))
    for one in (good, returned):
        services.report_fixed(rectification=one, by=office.officer, note="已补", cause="other")
    services.recheck_by_person(rectification=returned, by=office.head, passed=False, note="还缺")
    last = good.due_on

    type(good).objects.update(due_on=office.today)
    entry = office.card().entries.get(code="rectification")

    assert last >= office.today
    assert entry.says == "3 件中 1 件符合，5 × 1/3 = 1.7 分。"
    assert entry.points == Decimal("1.7")
    assert len(entry.faults) == 2


@pytest.mark.parametrize("days", [(1, 0), (0, 1)])
def test_a_period_that_is_none_or_not_over_is_refused(office, days):
    with pytest.raises(ScoreRefused, match="考核期间"):
        office.card(
            first_on=office.today + timedelta(days=days[0]), last_on=office.today + timedelta(days=days[1])
        )


def test_a_department_has_one_card_of_a_period_and_so_has_the_organ(office):
    office.card()
    office.card(department=None)

    with pytest.raises(ScoreRefused, match="已经有了"):
        office.card()
    with pytest.raises(ScoreRefused, match="已经有了"):
        office.card(department=None)
    with pytest.raises(PermissionDenied):
        office.card(by=office.officer)


def test_weights_that_do_not_add_up_are_named(office):
    services.sheet_of(office.organ)
    ScoreLine.objects.filter(organ=office.organ, code="guide").update(weight=6)

    with pytest.raises(ScoreRefused, match=r"权重合计是 101"):
        office.card()


def test_a_manual_line_needs_evidence_and_numbers_that_fit(office):
    card = office.card()
    guide, replies = card.entries.get(code="guide"), card.entries.get(code="replies")

    for given, said in (
        ({"good": 1, "total": 2, "evidence": " "}, "依据"),
        ({"good": 3, "total": 2, "evidence": "看过"}, "不能多于总数"),
    ):
        with pytest.raises(ScoreRefused, match=said):
            services.enter_line(entry=guide, by=office.maker, **given)
    with pytest.raises(ScoreRefused, match="系统自动取数"):
        services.enter_line(entry=replies, good=1, total=1, evidence="看过", by=office.maker)
    done = services.enter_line(entry=guide, good=1, total=2, evidence="电话一处不通", by=office.maker)

    card.refresh_from_db()
    assert done.points == Decimal("2.5")
    assert (card.earned, card.counted, card.total) == (Decimal("2.5"), Decimal(5), Decimal(50))


def test_a_published_card_changes_by_appeal_alone(office):
    card = office.published()
    entry = card.entries.get(code="guide")

    with pytest.raises(ScoreRefused, match="通过申诉"):
        services.enter_line(entry=entry, good=2, total=2, evidence="看过", by=office.maker)
    made = services.appeal(entry=entry, reason="电话已恢复", by=office.officer)
    with pytest.raises(ScoreRefused, match="正在复核"):
        services.appeal(entry=entry, reason="再申诉", by=office.officer)
    with pytest.raises(ScoreRefused, match="调整后的件数"):
        services.decide_appeal(appeal=made, by=office.head, upheld=True, answer="属实")
    services.decide_appeal(appeal=made, by=office.head, upheld=True, answer="属实", good=2, total=2)

    entry.refresh_from_db()
    card.refresh_from_db()
    assert entry.says == "2 件中 2 件符合，5 × 2/2 = 5.0 分。"
    assert entry.evidence == "申诉复核：属实"
    assert card.total == 100
    assert Event.objects.filter(action="scorecard.decided").count() == 1


def test_an_appeal_that_is_rejected_changes_nothing_and_nobody_decides_their_own(office):
    entry = office.published().entries.get(code="guide")
    both = make.holder(office.organ, Role.INFORMATION_OFFICER, Role.DISCLOSURE_HEAD)
    made = services.appeal(entry=entry, reason="电话已恢复", by=both)

    with pytest.raises(ScoreRefused, match="不能复核自己"):
        services.decide_appeal(appeal=made, by=both, upheld=False, answer="不属实")
    services.decide_appeal(appeal=made, by=office.head, upheld=False, answer="当时不通")

    entry.refresh_from_db()
    assert entry.points == Decimal("2.5")
    with pytest.raises(ScoreRefused, match="已经复核"):
        services.decide_appeal(appeal=made, by=office.head, upheld=False, answer="再看")


def test_a_draft_is_not_appealed(office):
    with pytest.raises(ScoreRefused, match="公布以后"):
        services.appeal(entry=office.card().entries.get(code="guide"), reason="不对", by=office.officer)


def test_the_course_on_the_screens(client, office):
    client.force_login(office.maker)
    sent = {
        "title": "第三季度",
        "department": office.department.pk,
        "first_on": office.period[0],
        "last_on": office.period[1],
    }
    client.post(reverse("supervision:make_card"), sent)
    card = Scorecard.objects.get()
    line = reverse("supervision:enter_line", args=[card.entries.get(code="guide").pk])
    assert client.post(line, {"good": 1, "total": 2, "evidence": ""}).status_code == 422
    client.post(line, {"good": 1, "total": 2, "evidence": "电话一处不通"})

    client.force_login(office.officer)
    assert client.get(reverse("supervision:scorecard", args=[card.pk])).status_code == 404
    client.force_login(office.head)
    client.post(reverse("supervision:publish_card", args=[card.pk]))
    client.force_login(office.officer)
    client.post(
        reverse("supervision:appeal", args=[card.entries.get(code="guide").pk]), {"reason": "电话已恢复"}
    )
    client.force_login(office.head)
    waiting = [one for one in contributed_lines(office.head, office.today) if "申诉" in one.text]
    client.post(waiting[0].url, {"upheld": "1", "good": 2, "total": 2, "answer": "属实"})

    shown = client.get(reverse("supervision:scorecard", args=[card.pk])).content.decode()
    assert "2 件中 2 件符合，5 × 2/2 = 5.0 分。" in shown
    assert "电话已恢复" in shown
    assert "第三季度" in client.get(reverse("supervision:scorecards")).content.decode()
    book = openpyxl.load_workbook(
        BytesIO(client.get(reverse("supervision:export_card", args=[card.pk])).content)
    )
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[1][:1] == ("公开指南完整、及时更新",)
    assert rows[-1][4] == "5.0"


@pytest.mark.parametrize(
    "name", ["scorecards", "make_card", "scorecard", "export_card", "enter_line", "appeal"]
)
def test_people_without_a_role_see_nothing(client, office, name):
    card = office.published()
    keys = {"scorecard": card.pk, "export_card": card.pk}
    entry = card.entries.get(code="guide").pk
    client.force_login(make.holder(make.organ(), Role.PARK_SUPERVISOR))
    args = [] if name in {"scorecards", "make_card"} else [keys.get(name, entry)]

    assert client.get(reverse(f"supervision:{name}", args=args)).status_code in {302, 403}


def test_items_count_when_released_within_20_working_days(office):
    """Art. 26 and Art. 17; an item that went through the gate has its records."""
    make.published_item(organ=office.organ, formed_on=office.today)
    make.published_item(organ=office.organ, formed_on=office.today - timedelta(days=60), title="迟发的信息")

    timely = published_in_time(office.organ, None, *office.period)
    reviewed = reviewed_before(office.organ, None, *office.period)

    assert (timely.good, timely.total, timely.faults) == (1, 2, ("超过公开时限：迟发的信息",))
    assert (reviewed.good, reviewed.total) == (2, 2)
    assert published_in_time(office.organ, office.department, *office.period).total == 0


def test_an_organ_without_site_has_no_columns_to_measure_and_the_past_is_not_measured(office):
    assert fresh_columns(office.organ, None, *office.period).unknown
    make.portal_site(office.organ)
    past = fresh_columns(office.organ, None, office.period[0], office.today - timedelta(days=1))
    assert "期末当天" in past.unknown
    now = fresh_columns(office.organ, None, *office.period)
    assert (now.unknown, now.good) == ("", now.total)


def test_replies_count_when_closed_by_their_day(office):
    """Art. 33: day and the day after; one whose day has not passed does not count yet."""
    due = office.today - timedelta(days=10)
    received = office.today - timedelta(days=40)
    make.stored_request(office.organ, received, due, "F-GRANT", due_on=due)
    late = make.stored_request(office.organ, received, due + timedelta(days=1), "F-GRANT", due_on=due)
    make.stored_request(office.organ, received, due_on=office.today)

    found = replied_in_time(office.organ, None, *office.period)

    assert (found.good, found.total, found.faults) == (1, 2, (f"超过答复期限：{late.number}",))

"""Rectification: issued, reported, re-checked, closed or returned; nothing closes without a re-check."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from tests import factories as make
from tests.factories.bad_site import NOW, BadSite
from tests.factories.site_server import serving
from tests.unit.supervision.test_inspecting import QUICK, begun, faulty, run_on

from gongkai.agencies.models import Department
from gongkai.agencies.roles import Role
from gongkai.agencies.waiting import contributed_lines
from gongkai.audit.models import Event
from gongkai.core.inspection.rectifying import Act, Recheck, Standing
from gongkai.supervision import selectors, services
from gongkai.supervision.errors import RectificationRefused
from gongkai.supervision.models import Rectification
from gongkai.supervision.rectification_letter import rectification_pdf

pytestmark = pytest.mark.django_db


class Office:
    """An organ with a department and three people."""

    def __init__(self) -> None:
        self.organ = make.organ()
        self.department = Department.objects.create(organ=self.organ, name="党政办公室")
        self.head = make.holder(self.organ, Role.DISCLOSURE_HEAD)
        self.clerk = make.holder(self.organ, Role.DISCLOSURE_OFFICE)
        self.officer = make.holder(self.organ, Role.INFORMATION_OFFICER)

    def issue(self, **given) -> Rectification:
        made = {
            "by": self.head,
            "organ": self.organ,
            "department": self.department,
            "problem": "页脚缺项",
            "demand": "补齐",
        }
        return services.issue(**{**made, **given})

    def reported(self, **given) -> Rectification:
        return services.report_fixed(
            rectification=self.issue(**given), by=self.officer, note="已补齐", cause="template"
        )


@pytest.fixture
def office() -> Office:
    return Office()


def test_notices_are_numbered_by_organ_and_year_and_due_in_working_days(office):
    first, second = office.issue(), office.issue(working_days=1)

    assert (first.serial, second.serial) == (1, 2)
    assert first.number == f"整改〔{timezone.localdate().year}〕1号"
    assert second.due_on < first.due_on
    assert Event.objects.filter(action="rectification.issue").count() == 2


def test_a_department_of_another_organ_and_a_limit_of_none_are_refused(office):
    other = Department.objects.create(organ=make.organ(), name="别的部门")

    with pytest.raises(RectificationRefused, match="不属于"):
        office.issue(department=other)
    with pytest.raises(RectificationRefused, match="1 至 30"):
        office.issue(working_days=31)
    with pytest.raises(PermissionDenied):
        office.issue(by=office.officer)


def test_a_fault_has_one_open_notice(office):
    finding = run_on(faulty(), organ=office.organ).findings.get(code="S-HIDDEN")
    office.issue(finding=finding)

    with pytest.raises(RectificationRefused, match="已经下发过"):
        office.issue(finding=finding)


def test_the_one_who_reported_does_not_recheck(office):
    made = services.report_fixed(
        rectification=office.issue(), by=office.clerk, note="已补齐", cause="template"
    )

    with pytest.raises(RectificationRefused, match="不能自己复查"):
        services.recheck_by_person(rectification=made, by=office.clerk, passed=True, note="看过")
    done = services.recheck_by_person(rectification=made, by=office.head, passed=True, note="逐页看过")

    assert done.standing == Standing.CLOSED
    assert [one.act for one in done.steps.all()] == [Act.ISSUE, Act.REPORT, Act.PASS]


def test_nothing_is_rechecked_before_it_is_reported(office):
    with pytest.raises(RectificationRefused, match="已下发，待整改"):
        services.recheck_by_person(rectification=office.issue(), by=office.head, passed=True, note="看过")


def test_a_report_and_a_recheck_say_something(office):
    made = office.issue()
    with pytest.raises(RectificationRefused, match="做了哪些整改"):
        services.report_fixed(rectification=made, by=office.officer, note=" ", cause="other")
    services.report_fixed(rectification=made, by=office.officer, note="改了", cause="other")
    with pytest.raises(RectificationRefused, match="看到的情况"):
        services.recheck_by_person(rectification=made, by=office.head, passed=True, note="")


def test_what_is_returned_twice_goes_to_the_head(office):
    made = office.reported()
    services.recheck_by_person(rectification=made, by=office.head, passed=False, note="还缺承办单位")
    services.report_fixed(rectification=made, by=office.officer, note="又改了", cause="template")
    done = services.recheck_by_person(rectification=made, by=office.head, passed=False, note="还缺")

    assert done.standing == Standing.RETURNED
    assert done.returns == 2
    assert done.escalated_on == timezone.localdate()


def test_what_nobody_reports_in_time_is_escalated_once(office):
    made = office.issue()
    late = made.due_on + timedelta(days=1)

    assert services.escalate_overdue(made.due_on) == 0
    assert services.escalate_overdue(late) == 1
    assert services.escalate_overdue(late) == 0


def test_an_inspection_closes_what_is_gone_and_returns_what_is_not(office):
    """The same indicator at the same address, in a crawl that began after the report."""
    site = faulty()
    with serving(site.pages) as served:
        first = begun(served.url("/"), office.organ)
        services.carry_out(first, limits=QUICK, now=lambda: NOW - timedelta(days=2))
        hidden = office.issue(finding=first.findings.get(code="S-HIDDEN"))
        word = office.issue(finding=first.findings.get(code="Q-WORDS"))
        for one in (hidden, word):
            services.report_fixed(rectification=one, by=office.officer, note="改好了", cause="review")
        assert services.recheck_by_machine(hidden, first, first.evidence) is Recheck.CANNOT_TELL
        served.pages["/jigou/1/"] = str(site.pages["/jigou/1/"]).replace(
            "http://casino.example.com/", "/ditu/"
        )
        later = begun(served.url("/"), office.organ)
        services.carry_out(later, limits=QUICK)

    assert services.recheck_reported(later, later.evidence) == 2
    hidden.refresh_from_db()
    word.refresh_from_db()
    assert (hidden.standing, word.standing) == (Standing.CLOSED, Standing.RETURNED)
    assert hidden.steps.last().run == later
    assert hidden.steps.last().by is None


def test_the_notice_is_a_paper_with_number_fault_demand_and_day(office):
    finding = run_on(faulty(), organ=office.organ).findings.get(code="S-HIDDEN")
    made = office.issue(finding=finding, problem=finding.says)

    document = pypdfium2.PdfDocument(BytesIO(rectification_pdf(made)))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()

    assert made.number in text
    assert "casino.example.com" in text.replace("\u200b", "").replace("\r\n", "")
    assert rectification_pdf(made) == rectification_pdf(made)


def test_a_character_without_a_glyph_is_named(office):
    with pytest.raises(RectificationRefused, match="字库没有的字"):
        rectification_pdf(office.issue(problem="\U0002a6d5"))


def test_what_recurs_is_counted_by_cause_indicator_and_department(office):
    office.reported()
    office.issue()

    causes, indicators, departments = selectors.recurring(office.head, year=timezone.localdate().year)

    assert [(one.name, one.count) for one in causes] == [("尚未反馈原因", 1), ("模板或者系统设置有误", 1)]
    assert [(one.name, one.count) for one in indicators] == [("其他来源", 2)]
    assert [(one.name, one.count) for one in departments] == [("党政办公室", 2)]


def test_the_desk_says_whose_turn_it_is(office):
    made = office.issue()
    first = [line for line in contributed_lines(office.officer, made.issued_on) if "整改" in line.text]
    services.report_fixed(rectification=made, by=office.officer, note="改了", cause="other")
    then = [line for line in contributed_lines(office.officer, made.issued_on) if "复查" in line.text]

    assert [(line.mine, line.due_on) for line in first] == [(True, made.due_on)]
    assert [line.mine for line in then] == [False]


def test_the_whole_course_on_the_screens(client, office):
    finding = run_on(faulty(), organ=office.organ).findings.get(code="S-HIDDEN")
    client.force_login(office.head)
    form = client.get(reverse("supervision:issue_for", args=[finding.pk])).content.decode()
    assert "casino" in form
    sent = {"department": office.department.pk, "problem": finding.says, "demand": "删除暗链"}
    client.post(reverse("supervision:issue_for", args=[finding.pk]), sent)
    made = Rectification.objects.get()
    assert client.get(reverse("supervision:letter", args=[made.pk]))["Content-Type"] == "application/pdf"

    client.force_login(office.officer)
    bare = client.post(reverse("supervision:report", args=[made.pk]), {"note": "", "cause": ""})
    client.post(reverse("supervision:report", args=[made.pk]), {"note": "已删除", "cause": "security"})
    client.force_login(office.clerk)
    client.post(reverse("supervision:recheck", args=[made.pk]), {"passed": "1", "note": "打开看过，没有了"})

    made.refresh_from_db()
    assert bare.status_code == 422
    assert made.standing == Standing.CLOSED
    shown = client.get(reverse("supervision:rectification", args=[made.pk])).content.decode()
    assert "打开看过，没有了" in shown
    assert made.number not in client.get(reverse("supervision:rectifications")).content.decode()
    assert (
        made.number
        in client.get(reverse("supervision:rectifications"), {"zhuangtai": "closed"}).content.decode()
    )
    assert "防护不足" in client.get(reverse("supervision:causes")).content.decode()


def test_something_found_otherwise_is_issued_by_hand(client, office):
    client.force_login(office.head)
    sent = {
        "department": office.department.pk,
        "problem": "上级通报页脚缺项",
        "demand": "补齐",
        "working_days": "3",
    }

    client.post(reverse("supervision:issue"), sent)

    assert Rectification.objects.get().identity == ""


@pytest.mark.parametrize(
    "name", ["rectifications", "issue", "causes", "rectification", "report", "recheck", "letter"]
)
def test_people_without_a_role_see_nothing(client, office, name):
    made = office.issue()
    client.force_login(make.holder(make.organ(), Role.PARK_SUPERVISOR))
    args = [made.pk] if name in {"rectification", "report", "recheck", "letter"} else []

    found = client.get(reverse(f"supervision:{name}", args=args))

    assert found.status_code in {302, 403}
    if found.status_code == 302:
        assert found["Location"] == reverse("wagtailadmin_home")


def test_the_sound_site_needs_no_rectification(office):
    run = run_on(BadSite(), organ=office.organ)

    assert services.recheck_reported(run, run.evidence) == 0

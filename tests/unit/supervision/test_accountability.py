"""Holding to account: by department or post, for supervision's roles only, withdrawn and never deleted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from tests import factories as make
from tests.unit.supervision.test_inspecting import faulty, run_on

from gongkai.agencies.models import Department
from gongkai.agencies.roles import Role
from gongkai.audit.models import Event
from gongkai.core.disclosure.liability import BASES, DEFAULT_FORMS
from gongkai.releasefiles.errors import UploadRefused
from gongkai.supervision import services
from gongkai.supervision.errors import AccountabilityRefused
from gongkai.supervision.models import Accountability, AccountabilityForm

pytestmark = pytest.mark.django_db
MATTER = "栏目半年没有更新，两次退回整改"


class Office:
    """An organ, its department and its supervisor."""

    def __init__(self) -> None:
        self.organ = make.organ()
        self.department = Department.objects.create(organ=self.organ, name="党政办公室")
        self.supervisor = make.holder(self.organ, Role.SUPERVISOR)
        self.head = make.holder(self.organ, Role.DISCLOSURE_HEAD)
        self.today = timezone.localdate()
        self.form = services.forms_in_use()[1]

    def enter(self, **more) -> Accountability:
        given = {
            "organ": self.organ, "by": self.supervisor, "decided_on": self.today, "matter": MATTER, "basis": "53-2",
            "form": self.form, "department": self.department, **more,
        }  # fmt: skip
        return services.enter_accountability(**given)

    def rectification(self, **more):
        given = {
            "by": self.head, "organ": self.organ, "department": self.department, "problem": "栏目不更新", "demand": "更新",
            **more,
        }  # fmt: skip
        return services.issue(**given)


@pytest.fixture
def office() -> Office:
    return Office()


def test_the_forms_are_the_offices_own_list(office):
    AccountabilityForm.objects.filter(name="约谈").update(is_active=False)

    assert [one.name for one in services.forms_in_use()] == ["责令改正", "通报批评", "处分"]
    assert AccountabilityForm.objects.count() == len(DEFAULT_FORMS)
    assert {one.code for one in BASES} == {"47", "52", "53-1", "53-2", "53-3", "other"}


def test_a_department_or_a_post_is_meant(office):
    with pytest.raises(AccountabilityRefused, match="岗位、职务"):
        office.enter(department=None)
    made = office.enter(department=None, role="信息员")

    assert (made.basis_article, str(made.form)) == ("《条例》第五十三条第二项", "通报批评")
    event = Event.objects.get(action="accountability.entered")
    assert "栏目" not in event.subject_label + event.data


def test_what_does_not_fit_is_refused(office):
    other = Office()
    for given, words in (
        ({"matter": " "}, "事由"),
        ({"decided_on": office.today + timedelta(days=1)}, "晚于今天"),
        ({"basis": "99"}, "依据"),
        ({"department": other.department}, "不属于"),
        ({"rectification": other.rectification()}, "整改不是"),
    ):
        with pytest.raises(AccountabilityRefused, match=words):
            office.enter(**given)
    with pytest.raises(UploadRefused):
        office.enter(data=b"MZ\x90\x00", name="决定.pdf")
    assert not Accountability.objects.exists()


def test_what_follows_from_a_rectification_leads_to_its_finding(office):
    finding = run_on(faulty(), organ=office.organ).findings.get(code="S-HIDDEN")
    told = office.rectification(finding=finding)

    assert office.enter(rectification=told).finding == finding
    with pytest.raises(AccountabilityRefused, match="巡查问题不是"):
        Office().enter(finding=finding)


def test_a_withdrawn_one_does_not_count_and_stays(office):
    made = office.enter()
    with pytest.raises(AccountabilityRefused, match="理由"):
        services.withdraw_accountability(record=made, by=office.head, reason=" ")
    services.withdraw_accountability(record=made, by=office.head, reason="复核后撤销")

    assert Accountability.objects.count() == 1
    assert not Accountability.objects.active().exists()
    with pytest.raises(AccountabilityRefused, match="已经撤销"):
        services.withdraw_accountability(record=made, by=office.head, reason="再撤")


@pytest.mark.parametrize("role", [one for one in Role if one not in {Role.SUPERVISOR, Role.DISCLOSURE_HEAD}])
def test_nobody_else_enters_or_sees(client, office, role):
    made, other = office.enter(), make.holder(office.organ, role)

    with pytest.raises(PermissionDenied):
        office.enter(by=other)
    with pytest.raises(PermissionDenied):
        services.withdraw_accountability(record=made, by=other, reason="撤销")
    client.force_login(other)
    for name, args in (
        ("accountabilities", []),
        ("enter_accountability", []),
        ("accountability", [made.pk]),
        ("withdraw_accountability", [made.pk]),
    ):
        answer = client.get(reverse(f"supervision:{name}", args=args))
        assert answer.status_code in {302, 403}
        assert MATTER not in answer.content.decode()


def test_a_supervisor_elsewhere_finds_nothing(client, office):
    made = office.enter(data="决定".encode(), name="决定.txt")
    client.force_login(make.holder(make.organ(), Role.SUPERVISOR))

    assert client.get(reverse("supervision:accountability", args=[made.pk])).status_code == 404
    paper = reverse("supervision:accountability_paper", args=[made.pk, made.files.get().pk])
    assert client.get(paper).status_code == 404
    assert MATTER not in client.get(reverse("supervision:accountabilities")).content.decode()


def test_the_course_on_the_screens(client, office):
    told = office.rectification()
    client.force_login(office.supervisor)
    page = client.get(reverse("supervision:rectification", args=[told.pk])).content.decode()
    enter = reverse("supervision:enter_accountability")
    assert f"{enter}?zhenggai={told.pk}" in page
    shown = client.get(enter, {"zhenggai": told.pk})
    assert f'value="{told.pk}" selected' in shown.content.decode()
    sent = {
        "decided_on": office.today, "matter": MATTER, "basis": "53-2", "form": office.form.pk, "role": "信息员",
        "rectification": told.pk,
    }  # fmt: skip
    bad = client.post(enter, sent | {"role": ""})
    assert bad.status_code == 422
    assert MATTER in bad.content.decode()
    client.post(enter, sent | {"file": SimpleUploadedFile("决定.txt", "决定".encode())})
    made = Accountability.objects.get()
    got = client.get(reverse("supervision:accountability_paper", args=[made.pk, made.files.get().pk]))
    assert got.content.decode() == "决定"
    shown = client.get(reverse("supervision:accountability", args=[made.pk])).content.decode()
    assert told.number in shown
    client.post(reverse("supervision:withdraw_accountability", args=[made.pk]), {"reason": "登记错误"})

    assert "登记错误" in client.get(reverse("supervision:accountability", args=[made.pk])).content.decode()
    assert "共 0 件" in client.get(reverse("supervision:accountabilities")).content.decode()


def test_a_finding_fills_in_the_matter(client, office):
    finding = run_on(faulty(), organ=office.organ).findings.get(code="S-HIDDEN")
    client.force_login(office.supervisor)
    url = f"{reverse('supervision:enter_accountability')}?wenti={finding.pk}"
    run = client.get(reverse("supervision:run", args=[finding.run_id])).content.decode()
    assert url in run
    assert finding.says in client.get(url).context["form"]["matter"].value()

    client.post(
        url,
        {
            "decided_on": office.today,
            "matter": MATTER,
            "basis": "47",
            "form": office.form.pk,
            "role": "信息员",
        },
    )

    assert Accountability.objects.get().finding == finding

"""The office's screens: who sees what, what a page keeps, what a refusal says."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse
from tests import factories
from tests.unit.inforequests.office import on

from gongkai.agencies.roles import Role
from gongkai.audit.models import Event
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.views.acts import ACTS

MONDAY = date(2026, 3, 2)
SECRETS = ("13800000000",)


@pytest.fixture
def sign_in(client):
    def sign(person):
        client.force_login(person)
        return client

    return sign


def text(response):
    return response.content.decode()


@pytest.mark.parametrize(
    "name", ["queue", "listing", "month", "register", "profile", "templates", "disputes"]
)
def test_the_screens_open_for_the_office_and_are_refused_to_strangers(office, sign_in, name):
    stranger = factories.holder(factories.organ(), Role.PROOFREADER)
    assert sign_in(office.head).get(reverse(f"inforequests:{name}")).status_code == 200
    refused = sign_in(stranger).get(reverse(f"inforequests:{name}"), follow=True)
    assert refused.redirect_chain == [("/houtai/", 302)]
    assert "权限" in text(refused)


def test_a_case_of_another_organ_is_not_shown(office, sign_in):
    case = office.processing()
    stranger = factories.holder(factories.organ(), Role.DISCLOSURE_OFFICE)
    refused = sign_in(stranger).get(reverse("inforequests:detail", args=[case.pk]))
    assert (refused.status_code, refused.url) == (302, "/houtai/")


@pytest.mark.parametrize("name", ["queue", "listing", "detail"])
def test_no_list_and_no_case_page_shows_personal_data(office, sign_in, name):
    case = office.processing(applicant_name="申请人某某某", address="示例县示例路9号", postcode="214000")
    args = [case.pk] if name == "detail" else []
    page = text(sign_in(office.clerk).get(reverse(f"inforequests:{name}", args=args)))
    for secret in (case.identity_number, case.telephone, case.address, case.applicant_name):
        assert secret not in page


def test_the_applicants_data_are_shown_after_a_reason_and_the_reading_is_logged(office, sign_in):
    case = office.processing()
    url = reverse("inforequests:applicant", args=[case.pk])
    clerk = sign_in(office.clerk)
    assert case.identity_number not in text(clerk.get(url))
    assert case.identity_number not in text(clerk.post(url, {"reason": " "}))
    page = clerk.post(url, {"reason": "邮寄答复书"})
    assert case.identity_number in text(page)
    assert "no-store" in page["Cache-Control"]
    assert Event.objects.filter(action="privacy.revealed", data__contains="邮寄答复书").exists()


def test_an_act_keeps_what_was_typed_and_says_what_is_wrong(office, sign_in):
    case = office.processing(MONDAY)
    url = reverse("inforequests:act", args=[case.pk, "buzheng"])
    with on(date(2026, 3, 4)):
        page = sign_in(office.clerk).post(
            url, {"unclear": "没有写年度", "guidance": "", "on": "2026-03-04", "version": case.version}
        )
    assert page.status_code == 422
    assert "没有写年度" in text(page)
    case.refresh_from_db()
    assert case.state == "processing"


def test_a_page_older_than_the_record_is_told_who_was_faster(office, sign_in):
    case = office.processing(MONDAY)
    stale = case.version
    with on(date(2026, 3, 4)):
        first = {"unclear": "没有写年度", "guidance": "写明年度", "on": "2026-03-04", "version": stale}
        url = reverse("inforequests:act", args=[case.pk, "buzheng"])
        assert sign_in(office.clerk).post(url, first).status_code == 302
        page = sign_in(office.colleague).post(url, {**first, "unclear": "另一种写法"})
    assert page.status_code == 422
    assert "已被他人处理" in text(page)
    assert office.clerk.get_full_name() in text(page)
    assert "另一种写法" in text(page)


def test_an_act_that_is_not_possible_now_leads_back_with_a_word(office, sign_in):
    case = office.received(MONDAY)
    page = sign_in(office.clerk).get(reverse("inforequests:act", args=[case.pk, "jiaofei"]), follow=True)
    assert "不能办理“登记缴费”" in text(page)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.slug)
def test_every_act_that_is_offered_has_a_page(office, sign_in, act):
    """Each form is drawn for a case in a state where the act is open."""
    case = office.processing(MONDAY)
    states = [state for state in act.states if act.event is None] or [None]
    from gongkai.core.disclosure.procedure import TRANSITIONS

    if act.event is not None:
        states = [t.source for t in TRANSITIONS if t.event is act.event]
    InfoRequest.objects.filter(pk=case.pk).update(state=states[0])
    case.refresh_from_db()
    person = office.officer if act.right == "填写协办意见" else office.head
    page = sign_in(person).get(reverse("inforequests:act", args=[case.pk, act.slug]))
    expected = 200 if act.is_open_to(person, case) else 302
    assert page.status_code == expected
    if expected == 200:
        assert act.intro in text(page)


def test_the_list_is_filtered_and_exported_without_personal_data(office, sign_in):
    case = office.processing(MONDAY, subject="道路保洁合同")
    office.processing(MONDAY, subject="污水监测数据", applicant_kind="commercial")
    clerk = sign_in(office.clerk)
    page = text(clerk.get(reverse("inforequests:listing"), {"q": "污水", "lei": "commercial"}))
    assert "污水监测数据" in page
    assert "道路保洁合同" not in page
    answer = clerk.get(reverse("inforequests:listing"), {"daochu": "xlsx"})
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert [row[6] for row in rows[1:]] == ["污水监测数据", "道路保洁合同"]
    assert case.identity_number not in str(rows)


def test_registering_keeps_what_was_typed_and_makes_one_record_of_two_clicks(office, sign_in):
    clerk, url = sign_in(office.clerk), reverse("inforequests:register")
    key = "a" * 64
    given = {
        **{name: value for name, value in vars_of(factories.filing()).items() if value},
        "channel": "counter",
        "submitted_on": "2026-03-02",
        "arrived_on": "2026-03-02",
        "submission_key": key,
        "organ": office.organ.code,
    }
    wrong = clerk.post(url, {**given, "identity_number": "99010119900101001"})
    assert wrong.status_code == 422
    assert "身份证号码应当是 18 位" in text(wrong)
    assert given["subject"] in text(wrong)
    for _ in range(2):
        assert clerk.post(url, given).status_code == 302
    assert InfoRequest.objects.count() == 1


def vars_of(filing):
    return {name: getattr(filing, name) for name in filing.__dataclass_fields__}


def test_the_whole_way_through_the_screens(office, sign_in):
    """Registered, assigned, drafted, read, approved, served, archived: each by its own page."""
    case = office.received(MONDAY)
    url = lambda name, *more: reverse(f"inforequests:{name}", args=[case.pk, *more])  # noqa: E731

    def version():
        case.refresh_from_db()
        return case.version

    with on(MONDAY, 15):
        clerk = sign_in(office.clerk)
        clerk.post(url("act", "fenpai"), {"handler": office.clerk.pk, "version": version()})
        assert "公开出版物" in text(clerk.get(url("draft")))
        assert "第三十六条第（一）项" in text(clerk.get(url("draft"), {"code": "D-36-1"}))
        drafted = clerk.post(
            url("draft"), {"code": "D-36-1", "公开途径": "门户网站法定主动公开内容栏目", "version": version()}
        )
        assert drafted.status_code == 302
        assert "等待公开办负责人审批" in text(clerk.get(url("preview")))
        head = sign_in(office.head)
        assert "门户网站法定主动公开内容栏目" in text(head.get(url("preview")))
        assert head.get(url("preview_file"))["Content-Type"] == "application/pdf"
        assert head.post(url("approve"), {"version": version(), "opinion": "同意"}).status_code == 302
        clerk = sign_in(office.clerk)
        served = {"way": "counter", "on": "2026-03-02", "receipt": "申请人签收", "version": version()}
        assert clerk.post(url("act", "songda"), served).status_code == 302
        letter = case.letters.get()
        assert clerk.get(url("letter_file", letter.pk, "pdf")).content[:5] == b"%PDF-"
        assert clerk.get(url("letter_file", letter.pk, "docx")).content[:2] == b"PK"
        delivery = letter.deliveries.get()
        assert clerk.get(url("service_return", delivery.pk)).content[:5] == b"%PDF-"
        clerk.post(url("act", "guidang"), {"version": version()})
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("archived", "D-36-1")

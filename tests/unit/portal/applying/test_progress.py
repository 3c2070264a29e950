"""Looking up by number and code: what is shown, what never is, and what the applicant can do."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import factories
from tests.unit.inforequests.office import Office, on
from tests.unit.portal.applying.public import IDENTITY, LOOK_UP, NAME, PHONE, Visitor, picture, text_of
from tests.unit.releasefiles import made

from gongkai.audit.models import Event
from gongkai.core.disclosure.procedure import State
from gongkai.inforequests.models import InfoRequest, Letter
from gongkai.inforequests.services import consulting, correcting, deciding, extending, intake
from gongkai.portal.applying.words import HAPPENED, STANDING

DAY = date(2026, 3, 2)
PROGRESS = LOOK_UP + "jindu/"


@pytest.fixture
def visitor(office):
    cache.clear()
    factories.portal_site(office.organ)
    return Visitor()


def mine(office: Office, day: date = DAY) -> InfoRequest:
    """An application in handling, of a person whose data a test can look for."""
    return office.processing(
        day, applicant_name=NAME, telephone=PHONE, identity_number=IDENTITY, address="示例路秘密地址9号"
    )


def awaiting_correction(office: Office) -> InfoRequest:
    case = mine(office)
    with on(DAY + timedelta(days=1)):
        correcting.notify_correction(
            request_id=case.pk,
            actor=office.clerk,
            unclear="年度不明",
            guidance="请写明年度",
            on=DAY + timedelta(days=1),
        )
    case.refresh_from_db()
    return case


def awaiting_reason(office: Office) -> InfoRequest:
    case = mine(office)
    with on(DAY + timedelta(days=1)):
        extending.ask_reason(
            request_id=case.pk, actor=office.clerk, evidence="一个月内 40 件", on=DAY + timedelta(days=1)
        )
    case.refresh_from_db()
    return case


def test_number_and_code_open_the_progress_and_the_address_holds_neither(office, visitor):
    case = mine(office)
    response = visitor.post(LOOK_UP, number=case.number, code=case.query_code)

    assert response.headers["location"] == PROGRESS
    assert case.number in text_of(visitor.get(PROGRESS))


def _wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) for c in text)


@pytest.mark.parametrize(
    "typed",
    [str.lower, lambda code: code.replace("-", ""), " ".join, _wide],
)
def test_a_code_may_be_typed_as_people_do(office, visitor, typed):
    case = mine(office)
    response = visitor.post(LOOK_UP, number=f" {_wide(case.number)} ", code=typed(case.query_code)[:20])

    assert response.headers["location"] == PROGRESS


@pytest.mark.parametrize("number", ["2026-0001", "2026-9999"])
def test_a_wrong_code_and_a_wrong_number_are_told_alike(office, visitor, number):
    case = mine(office)
    assert case.number == "2026-0001"
    response = visitor.post(LOOK_UP, number=number, code="ABCD-2345")

    assert response.status_code == 422
    assert "编号和查询码对不上" in text_of(response)
    assert visitor.get(PROGRESS).headers["location"] == LOOK_UP


def test_the_pages_never_hold_who_applied_nor_what_the_office_notes(office, visitor):
    case = mine(office)
    with on(DAY + timedelta(days=1)):
        consulting.consult(
            request_id=case.pk, actor=office.clerk, kind="third_party", party="机密供应商", contact="",
            passages="单价", on=DAY + timedelta(days=1),
        )  # fmt: skip
    pages = [visitor.look_up(case), *(visitor.get(LOOK_UP + name) for name in ("", "chehui/"))]

    secrets = [NAME, PHONE, IDENTITY, "秘密地址", "机密供应商", "单价", case.query_code, case.content]
    secrets += [person.get_full_name() for person in (office.clerk, office.head)]
    for page in pages:
        assert page.status_code == 200
        assert [secret for secret in secrets if secret in text_of(page)] == []


def test_every_state_has_its_words():
    assert set(STANDING) == set(State)


def test_the_timeline_tells_what_happened_in_plain_words(office, visitor):
    page = text_of(visitor.look_up(awaiting_correction(office)))
    told = re.findall(r'<li><time datetime="([\d-]+)">[^<]*</time><p>([^<]*)', page)

    assert told == [
        ("2026-03-02", "本机关登记了您的申请"),
        ("2026-03-02", "交承办人办理"),
        ("2026-03-03", "告知您补正"),
    ]


def test_the_due_date_is_explained_day_by_day(office, visitor):
    """20 working days from 2 March 2026, 30 March; nothing of it is a holiday."""
    case = mine(office)
    with on(DAY + timedelta(days=1)):
        page = text_of(visitor.look_up(case))

    assert f"最晚 <strong>{case.due_on.year}年{case.due_on.month}月{case.due_on.day}日</strong>答复" in page
    assert page.count("<td>20</td>") == 1
    assert "收到申请之日为 2026年3月2日" in page


def test_an_overdue_case_says_so_and_names_the_remedies(office, visitor):
    case = mine(office)
    with on(case.due_on + timedelta(days=1)):
        page = text_of(visitor.look_up(case))

    assert "尚未答复" in page
    assert "行政复议" in page


class TestLetters:
    def test_a_letter_to_the_applicant_can_be_taken_in_both_forms(self, office, visitor):
        case = awaiting_correction(office)
        page = text_of(visitor.look_up(case))
        letter = Letter.objects.get(request=case)
        pdf = visitor.get(f"{LOOK_UP}wenshu/{letter.pk}.pdf")
        docx = visitor.get(f"{LOOK_UP}wenshu/{letter.pk}.docx")

        assert letter.title in page
        assert b"".join(pdf.streaming_content).startswith(b"%PDF")
        assert b"".join(docx.streaming_content).startswith(b"PK")
        assert "no-store" in pdf.headers["cache-control"]

    def test_its_first_opening_is_logged_once(self, office, visitor):
        case = awaiting_correction(office)
        visitor.look_up(case)
        for _ in range(2):
            visitor.get(f"{LOOK_UP}wenshu/{Letter.objects.get(request=case).pk}.pdf").close()

        assert Event.objects.get(action="inforequest.letter_opened").actor == "applicant"

    def test_a_reply_shows_only_once_it_was_served(self, office, visitor):
        case = office.approved()
        before = text_of(visitor.look_up(case))
        letter = Letter.objects.get(request=case)
        refused = visitor.get(f"{LOOK_UP}wenshu/{letter.pk}.pdf")
        with on(DAY, 14):
            deciding.serve_reply(request_id=case.pk, actor=office.clerk, way="web", on=DAY, receipt="")
        after = text_of(visitor.get(PROGRESS))

        assert letter.title not in before
        assert refused.status_code == 404
        assert letter.title in after
        assert "已答复" in after

    def test_letters_to_others_are_never_shown(self, office, visitor):
        case = mine(office)
        with on(DAY + timedelta(days=1)):
            consulting.consult(
                request_id=case.pk, actor=office.clerk, kind="third_party", party="某公司", contact="",
                passages="单价", on=DAY + timedelta(days=1),
            )  # fmt: skip
        visitor.look_up(case)
        theirs = Letter.objects.get(request=case, to_applicant=False)

        assert visitor.get(f"{LOOK_UP}wenshu/{theirs.pk}.pdf").status_code == 404

    def test_another_cases_letter_is_out_of_reach(self, office, visitor):
        case, other = awaiting_correction(office), mine(office, DAY + timedelta(days=2))
        visitor.look_up(other)
        letter = Letter.objects.get(request=case)

        assert visitor.get(f"{LOOK_UP}wenshu/{letter.pk}.pdf").status_code == 404


class TestCorrection:
    def test_it_reaches_the_office_and_the_clock_starts_anew(self, office, visitor):
        case = awaiting_correction(office)
        with on(DAY + timedelta(days=3)):
            visitor.look_up(case)
            response = visitor.post(
                LOOK_UP + "buzheng/", content="2025年度", sure="on", files=picture("补充.jpg")
            )
            page = text_of(visitor.get(PROGRESS))
        case.refresh_from_db()

        assert response.headers["location"] == PROGRESS
        assert case.state == "processing"
        assert "2025年度" in case.content
        assert case.attachments.get().kind == "correction"
        assert "已收到您的补正" in page

    @pytest.mark.parametrize(
        ("sent", "message"),
        [
            ({"content": "", "sure": "on"}, "请写下补正后的信息描述。"),
            ({"content": "2025年度"}, "请核对补正内容后勾选"),
            ({"content": "2025年度", "sure": "on", "files": ("a.jpg", b"MZ" + b"\0" * 99)}, "程序"),
        ],
    )
    def test_what_is_wrong_is_told_and_what_was_typed_stays(self, office, visitor, sent, message):
        case = awaiting_correction(office)
        sent = {k: SimpleUploadedFile(*v) if isinstance(v, tuple) else v for k, v in sent.items()}
        with on(DAY + timedelta(days=3)):
            visitor.look_up(case)
            response = visitor.post(LOOK_UP + "buzheng/", **sent)
        case.refresh_from_db()

        assert response.status_code == 422
        assert message in text_of(response)
        assert sent["content"] in text_of(response)
        assert case.state == "await_correction"

    def test_after_its_period_it_needs_a_reason(self, office, visitor):
        case = awaiting_correction(office)
        with on(case.task_due_on + timedelta(days=1)):
            visitor.look_up(case)
            refused = visitor.post(LOOK_UP + "buzheng/", content="2025年度", sure="on")
            taken = visitor.post(LOOK_UP + "buzheng/", content="2025年度", late_reason="住院", sure="on")

        assert refused.status_code == 422
        assert "有正当理由的，请写明理由" in text_of(refused)
        assert taken.headers["location"] == PROGRESS

    def test_sent_twice_it_counts_once(self, office, visitor):
        case = awaiting_correction(office)
        with on(DAY + timedelta(days=3)):
            visitor.look_up(case)
            for _ in range(2):
                response = visitor.post(LOOK_UP + "buzheng/", content="2025年度", sure="on")
        case.refresh_from_db()

        assert response.headers["location"] == PROGRESS
        assert case.content.count("2025年度") == 2  # once in what was asked for first
        assert case.ledger.filter(kind="corrected").count() == 1

    def test_a_page_cut_short_changes_nothing(self, office, visitor):
        case = awaiting_correction(office)
        visitor.look_up(case)
        response = visitor.client.post(
            LOOK_UP + "buzheng/", {"content": "2025", "sure": "on"}, headers={"host": "localhost"}
        )
        case.refresh_from_db()

        assert response.status_code == 400
        assert case.state == "await_correction"


def test_reasons_reach_the_office_once(office, visitor):
    """Art. 35: the applicant explains an unusual number of applications."""
    case = awaiting_reason(office)
    with on(DAY + timedelta(days=2)):
        visitor.look_up(case)
        for _ in range(2):
            response = visitor.post(LOOK_UP + "liyou/", reason="研究需要逐年比较", sure="on")
        page = text_of(visitor.get(PROGRESS))

    assert response.headers["location"] == PROGRESS
    assert case.steps.filter(event="reason_given").count() == 1
    assert "研究需要逐年比较" not in page


class TestWithdrawal:
    def test_the_identity_number_takes_it_back(self, office, visitor):
        case = mine(office)
        with on(DAY + timedelta(days=1)):
            visitor.look_up(case)
            response = visitor.post(LOOK_UP + "chehui/", identity_number=f" {IDENTITY.lower()} ", sure="on")
        case.refresh_from_db()

        assert response.headers["location"] == PROGRESS
        assert (case.state, case.outcome) == ("withdrawn", "X-WITHDRAW")
        assert IDENTITY not in case.steps.latest("pk").note

    def test_one_never_confirmed_can_be_taken_back_too(self, office, visitor):
        case = visitor.file()
        visitor.look_up(case)
        visitor.post(LOOK_UP + "chehui/", identity_number=IDENTITY, sure="on")
        case.refresh_from_db()

        assert (case.state, case.outcome) == ("withdrawn", "")

    @pytest.mark.parametrize(
        ("sent", "message"),
        [
            ({"identity_number": factories.resident_id(99), "sure": "on"}, "与申请时填写的不一致"),
            ({"identity_number": IDENTITY}, "确定撤回的，请勾选"),
            ({"identity_number": "", "sure": "on"}, "请填写申请时用的证件号码"),
        ],
    )
    def test_without_number_or_tick_nothing_happens(self, office, visitor, sent, message):
        case = mine(office)
        visitor.look_up(case)
        response = visitor.post(LOOK_UP + "chehui/", **sent)
        case.refresh_from_db()

        assert response.status_code == 422
        assert message in text_of(response)
        assert case.state == "processing"

    def test_guessing_the_number_is_limited_per_application(self, office, visitor, settings):
        settings.PUBLIC_LIMITS = {**settings.PUBLIC_LIMITS, "wrong_identity": (2, 900)}
        case = mine(office)
        visitor.look_up(case)
        for _ in range(2):
            visitor.post(LOOK_UP + "chehui/", identity_number=factories.resident_id(99), sure="on")
        response = visitor.post(LOOK_UP + "chehui/", identity_number=IDENTITY, sure="on")
        case.refresh_from_db()

        assert response.status_code == 429
        assert case.state == "processing"


class TestSession:
    @pytest.mark.parametrize(
        "name", ["jindu/", "buzheng/", "liyou/", "chehui/", "wenshu/1.pdf", "wenjian/1/"]
    )
    def test_without_a_look_up_every_page_leads_to_it(self, visitor, name):
        assert visitor.get(LOOK_UP + name).headers["location"] == LOOK_UP

    def test_leaving_forgets(self, office, visitor):
        visitor.look_up(mine(office))
        visitor.post(LOOK_UP + "tuichu/")

        assert visitor.get(PROGRESS).headers["location"] == LOOK_UP

    def test_after_an_hour_it_is_forgotten(self, office, visitor, monkeypatch):
        visitor.look_up(mine(office))
        from gongkai.portal.applying import progress

        now = progress.time.time()
        monkeypatch.setattr(progress.time, "time", lambda: now + 3601)

        assert visitor.get(PROGRESS).headers["location"] == LOOK_UP

    def test_what_can_not_be_done_leads_back_with_the_reason(self, office, visitor):
        visitor.look_up(mine(office))
        response = visitor.get(LOOK_UP + "buzheng/")

        assert response.headers["location"] == PROGRESS
        assert "不需要补正申请" in text_of(visitor.get(PROGRESS))


class TestLimits:
    def test_wrong_codes_are_limited_per_application_and_address(self, office, visitor, settings):
        """Another address still gets in: a stranger's guesses do not lock the applicant out."""
        settings.PUBLIC_LIMITS = {**settings.PUBLIC_LIMITS, "wrong_code": (3, 900)}
        case, other = mine(office), mine(office, DAY + timedelta(days=1))
        for _ in range(3):
            visitor.post(LOOK_UP, number=case.number, code="AAAA-2222")
        stopped = visitor.post(LOOK_UP, number=case.number, code=case.query_code)
        same_address = visitor.post(LOOK_UP, number=other.number, code=other.query_code)
        elsewhere = Visitor("203.0.113.5").post(LOOK_UP, number=case.number, code=case.query_code)

        assert stopped.status_code == 429
        assert "输错查询码的次数太多" in text_of(stopped)
        assert same_address.headers["location"] == PROGRESS
        assert elsewhere.headers["location"] == PROGRESS

    def test_wrong_codes_from_everywhere_are_limited_too(self, office, visitor, settings):
        settings.PUBLIC_LIMITS = {**settings.PUBLIC_LIMITS, "wrong_code_anywhere": (3, 3600)}
        case = mine(office)
        for number in range(3):
            Visitor(f"203.0.113.{number}").post(LOOK_UP, number=case.number, code="AAAA-2222")

        assert visitor.post(LOOK_UP, number=case.number, code=case.query_code).status_code == 429

    def test_right_codes_are_not_counted_as_wrong(self, office, visitor, settings):
        settings.PUBLIC_LIMITS = {**settings.PUBLIC_LIMITS, "wrong_code": (1, 900)}
        case = mine(office)
        answers = [visitor.post(LOOK_UP, number=case.number, code=case.query_code) for _ in range(3)]

        assert {answer.headers["location"] for answer in answers} == {PROGRESS}

    def test_a_flood_of_look_ups_is_stopped_and_another_address_passes(self, office, visitor, settings):
        settings.PUBLIC_LIMITS = {**settings.PUBLIC_LIMITS, "lookup": (2, 600)}
        case = mine(office)
        answers = [visitor.post(LOOK_UP, number=case.number, code=case.query_code) for _ in range(3)]
        elsewhere = Visitor("203.0.113.5").post(LOOK_UP, number=case.number, code=case.query_code)

        assert [answer.status_code for answer in answers] == [302, 302, 429]
        assert elsewhere.status_code == 302


def test_a_confirmed_online_application_shows_the_day_its_clock_starts(office, visitor):
    """Art. 31(三): the day of mutual confirmation."""
    with on(DAY):
        case = visitor.file()
    with on(DAY + timedelta(days=2)):
        intake.confirm(request_id=case.pk, actor=office.clerk, on=DAY + timedelta(days=2))
        page = text_of(visitor.look_up(case))

    assert "收到申请之日</dt><dd>2026年3月4日" in page
    assert HAPPENED["confirm"][0] in page


def test_released_files_are_given_once_the_reply_was_served(office, visitor):
    from gongkai.inforequests.services import releasing

    case, data = mine(office), made.pdf()
    other = factories.holder(office.organ, *_officer())
    with on(DAY, 12):
        releasing.add_release_file(request_id=case.pk, actor=other, name="合同.pdf", data=data)
    office.reviewed(case)
    with on(DAY, 13):
        deciding.draft_decision(
            request_id=case.pk, actor=office.clerk, code="D-36-2", facts={"提供内容": "合同"}
        )
        deciding.preview(request_id=case.pk, actor=office.head)
        deciding.approve_decision(request_id=case.pk, actor=office.head)
    visitor.look_up(case)
    file = case.release_files.get()
    before = visitor.get(f"{LOOK_UP}wenjian/{file.pk}/").status_code
    with on(DAY, 14):
        deciding.serve_reply(request_id=case.pk, actor=office.clerk, way="web", on=DAY, receipt="")
    given = visitor.get(f"{LOOK_UP}wenjian/{file.pk}/")

    assert before == 404
    assert "合同.pdf" in text_of(visitor.get(PROGRESS))
    assert b"".join(given.streaming_content) == data


def _officer():
    from gongkai.agencies.roles import Role

    return (Role.DISCLOSURE_OFFICE,)

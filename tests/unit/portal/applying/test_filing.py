"""The public form: Art. 29's three contents in steps, kept on the server, filed once."""

import re
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests import factories
from tests.unit.portal.applying.public import ANSWERS, FORM, IDENTITY, NAME, PHONE, Visitor, picture, text_of
from tests.unit.releasefiles import made

from gongkai.audit.models import Event
from gongkai.core.identifiers import resident_id_check
from gongkai.inforequests.models import ApplicationDraft, InfoRequest
from gongkai.inforequests.services import drafting
from gongkai.privacy.storage import sealed_storage


@pytest.fixture
def organ(db):
    cache.clear()
    at = factories.organ(name="示例园区管委会")
    factories.office_profile(at)
    factories.portal_site(at)
    return at


@pytest.fixture
def visitor(organ):
    return Visitor()


def draft_body():
    return drafting.body_of(ApplicationDraft.objects.get())


def sealed_files() -> set[Path]:
    folder = Path(sealed_storage().location)
    return {path for path in folder.rglob("*") if path.is_file()}


def test_the_whole_way_makes_one_application_with_exactly_what_was_typed(visitor, organ):
    """Art. 29: name, identity and contact; the information; the form and the way."""
    visitor.fill()
    response = visitor.post(FORM + "hedui/")
    case = InfoRequest.objects.get()

    assert response.headers["location"] == FORM + "huizhi/"
    assert (case.organ, case.state, case.channel) == (organ, "submitted", "web")
    assert (case.applicant_name, case.identity_number, case.telephone) == (NAME, IDENTITY, PHONE)
    assert (case.subject, case.obtain, case.medium) == ("道路保洁合同", "web", "electronic")
    attachment = case.attachments.get()
    assert (attachment.kind, attachment.name) == ("identity", "身份证正面.jpg")
    assert attachment.file.open().read() == made.jpeg()


def test_the_receipt_has_number_and_code_and_says_what_comes_next(visitor):
    case = visitor.file()
    page = text_of(visitor.get(FORM + "huizhi/"))

    assert case.number in page
    assert re.search(r"<dd>[2-9A-HJKMNP-Y]{4}-[2-9A-HJKMNP-Y]{4}</dd>", page)
    assert case.query_code in page
    assert "确认之日是收到申请之日" in page


def test_no_purpose_is_asked():
    """The condition of need was abolished in 2019."""
    names = {name for _, form in drafting_forms() for name in form.base_fields}

    assert names == set(drafting.Filing.__dataclass_fields__) | {"files"}


def drafting_forms():
    from gongkai.portal.applying.forms import STEPS

    return STEPS.values()


def test_filing_is_logged_as_the_applicants_own_act(visitor):
    visitor.file()

    assert Event.objects.get(action="inforequest.submitted").actor == "applicant"


def test_sending_twice_makes_one_record(visitor):
    """A double click, or the page sent again after the answer was lost."""
    visitor.fill()
    first, second = visitor.post(FORM + "hedui/"), visitor.post(FORM + "hedui/")

    assert first.headers["location"] == second.headers["location"] == FORM + "huizhi/"
    assert InfoRequest.objects.count() == 1


def test_the_slower_click_of_a_double_click_gets_the_same_application(
    visitor, django_capture_on_commit_callbacks
):
    """It read the draft before the quicker one took the files over."""
    visitor.fill()
    quick, slow = ApplicationDraft.objects.get(), ApplicationDraft.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        made = drafting.submit_draft(quick)
    again = drafting.submit_draft(slow)

    assert again == made
    assert InfoRequest.objects.count() == 1


def test_files_taken_over_between_look_and_read_give_the_same_application(
    visitor, django_capture_on_commit_callbacks
):
    visitor.fill()
    quick, slow = ApplicationDraft.objects.get(), ApplicationDraft.objects.get()
    read = drafting._given

    def overtaken(body):
        with django_capture_on_commit_callbacks(execute=True), mock.patch.object(drafting, "_given", read):
            drafting.submit_draft(quick)
        return read(body)

    with mock.patch.object(drafting, "_given", overtaken):
        again = drafting.submit_draft(slow)

    assert again == InfoRequest.objects.get()


def test_a_step_sent_after_the_application_went_out_in_another_window_changes_nothing(visitor):
    visitor.fill()
    stale = ApplicationDraft.objects.get()
    visitor.post(FORM + "hedui/")
    with mock.patch("gongkai.portal.applying.filing.current_draft", return_value=stale):
        response = visitor.post(FORM + "xinxi/", subject="改动", content="改动")

    assert response.headers["location"] == FORM
    assert InfoRequest.objects.get().subject == ANSWERS["xinxi"]["subject"]


def test_sending_again_after_the_server_died_between_record_and_receipt_makes_one_record(visitor):
    """The application was stored, the draft not yet marked: the key of the draft finds it again."""
    visitor.fill()
    with (
        mock.patch.object(drafting, "_mark_sent", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        visitor.post(FORM + "hedui/")
    again = visitor.post(FORM + "hedui/")

    assert again.headers["location"] == FORM + "huizhi/"
    assert InfoRequest.objects.count() == 1


def test_a_sent_draft_holds_nothing_any_more(visitor):
    case = visitor.file()
    draft = ApplicationDraft.objects.get()

    assert (draft.request, draft.body) == (case, "")
    assert {path.name for path in sealed_files()} >= {Path(case.attachments.get().file.name).name}


@pytest.mark.parametrize(
    ("slug", "field", "value", "message"),
    [
        ("xinxi", "subject", "", "请填写想要的政府信息的名称。"),
        ("xinxi", "content", "  ", "请描述想要的政府信息"),
        ("xinxi", "subject", "长" * 201, "最多 200 个字，现有 201 个字"),
        ("huoqu", "obtain", "drone", "请选择取得信息的方式。"),
        ("shenqingren", "applicant_kind", "", "请选择申请人的类别。"),
        ("shenqingren", "applicant_name", "", "请填写申请人的姓名或者名称。"),
        ("shenqingren", "identity_number", "", "请填写证件号码。"),
        ("shenqingren", "identity_kind", "credit_code", "公民申请请选择身份证"),
        ("lianxi", "telephone", "", "请至少填写一种联系方式"),
        ("lianxi", "telephone", "12", "请核对"),
    ],
)
def test_a_fault_stands_beside_its_field_and_above_the_form(visitor, slug, field, value, message):
    visitor.begin()
    response = visitor.post(f"{FORM}{slug}/", **{**ANSWERS[slug], field: value})
    page = text_of(response)

    assert response.status_code == 422
    beside = re.search(rf'id="id_{field}_error">(.*?)</p>', page, re.S)
    assert beside is not None
    assert message in beside[1]
    assert re.search(rf'<a href="#id_{field}(_0)?">[^<]*{re.escape(message)}', page)


def test_a_wrong_check_digit_is_told_by_its_place_and_never_repeated(visitor):
    body = IDENTITY[:-1]
    wrong = body + ("1" if resident_id_check(body) != "1" else "2")
    visitor.begin()
    response = visitor.post(
        FORM + "shenqingren/", **{**ANSWERS["shenqingren"], "identity_number": wrong}, files=picture()
    )
    message = re.search(r'id="id_identity_number_error">(.*?)</p>', text_of(response), re.S)[1]

    assert response.status_code == 422
    assert "18" in message
    assert wrong not in message


@pytest.mark.parametrize(("way", "field"), [("post", "address"), ("email", "email")])
def test_the_way_decides_which_contact_is_needed(visitor, way, field):
    visitor.begin()
    visitor.post(FORM + "huoqu/", obtain=way, medium="paper")
    response = visitor.post(FORM + "lianxi/", telephone=PHONE)

    assert response.status_code == 422
    assert f'id="id_{field}_error"' in text_of(response)


def test_what_was_typed_is_kept_when_something_is_wrong(visitor):
    visitor.begin()
    visitor.post(FORM + "xinxi/", subject="道路保洁合同", content="")

    assert 'value="道路保洁合同"' in text_of(visitor.get(FORM + "xinxi/"))


def test_going_back_loses_nothing_not_even_the_file(visitor):
    visitor.fill("lianxi")
    page = text_of(visitor.get(FORM + "shenqingren/"))

    assert f'value="{NAME}"' in page
    assert f'value="{IDENTITY}"' in page
    assert "身份证正面.jpg" in page
    assert re.search(r'value="natural"[^>]*checked', page)


def test_the_file_is_kept_although_another_field_is_wrong(visitor):
    visitor.begin()
    response = visitor.post(
        FORM + "shenqingren/", **{**ANSWERS["shenqingren"], "applicant_name": ""}, files=picture()
    )

    assert response.status_code == 422
    assert [file.name for file in draft_body().files] == ["身份证正面.jpg"]


def test_the_draft_is_sealed_at_rest(visitor):
    visitor.fill()
    stored = b"".join(path.read_bytes() for path in sealed_files())
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM inforequests_applicationdraft")
        body = cursor.fetchone()[0]

    assert IDENTITY not in body
    assert NAME not in body
    assert made.jpeg() not in stored


def test_the_cookie_is_out_of_reach_of_scripts_and_the_database_knows_only_its_digest(visitor):
    visitor.begin()
    cookie = visitor.client.cookies["sqcg"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie.value not in ApplicationDraft.objects.get().token_hash


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("大.jpg", b"\xff\xd8\xff" + b"0" * (10 * 1024 * 1024), "超过上限 10 MB"),
        ("身份证.jpg", made.pdf(), "两者不符"),
        ("身份证.jpg", made.zipped({"a.zip": made.zipped({"b.txt": "x"})}), "压缩包"),
        ("身份证.png", b"MZ" + b"\0" * 200, "程序"),
        ("说明.docx", made.docx(), "这里不接收"),
        ("空.jpg", b"", "空的"),
    ],
    ids=["over 10 MB", "another type under a right name", "nested zip", "program", "kind not taken", "empty"],
)  # fmt: skip
def test_a_file_that_is_not_taken_is_refused_in_words_and_not_kept(visitor, name, data, message):
    visitor.begin()
    response = visitor.post(
        FORM + "shenqingren/", **ANSWERS["shenqingren"], files=SimpleUploadedFile(name, data)
    )
    beside = re.search(r'id="id_files_error">(.*?)</p>', text_of(response), re.S)

    assert response.status_code == 422
    assert beside is not None
    assert message in beside[1]
    assert draft_body().files == ()


def test_at_most_four_files_are_kept(visitor):
    visitor.begin()
    for _ in range(5):
        response = visitor.post(FORM + "shenqingren/", **ANSWERS["shenqingren"], files=picture())

    assert "最多上传 4 个文件" in text_of(response)
    assert len(draft_body().files) == 4


def test_a_file_can_be_taken_out_and_what_was_typed_beside_it_stays(
    visitor, django_capture_on_commit_callbacks
):
    visitor.begin()
    visitor.post(FORM + "shenqingren/", **ANSWERS["shenqingren"], files=picture())
    stored = draft_body().files[0].stored
    with django_capture_on_commit_callbacks(execute=True):
        visitor.post(FORM + "shenqingren/", applicant_name="改过的名字", shanchu="0")

    assert draft_body().files == ()
    assert draft_body().answers["applicant_name"] == "改过的名字"
    assert not sealed_storage().exists(stored)


def test_without_an_identity_document_nothing_is_filed(visitor):
    visitor.fill("shenqingren")
    visitor.post(FORM + "shenqingren/", **ANSWERS["shenqingren"])
    response = visitor.post(FORM + "hedui/")

    assert response.status_code == 422
    assert "请上传身份证明" in text_of(response)
    assert not InfoRequest.objects.exists()


def test_a_page_cut_short_on_its_way_changes_nothing_and_loses_nothing(visitor):
    """The network broke in the middle of an upload: the part that came looks like a whole file, and is not taken."""
    visitor.fill()
    before = draft_body()
    whole = made.jpeg((400, 300))
    sent = (
        b'--x\r\nContent-Disposition: form-data; name="applicant_name"\r\n\r\nchanged\r\n'
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="b.jpg"\r\n'
        b"Content-Type: image/jpeg\r\n\r\n" + whole[: len(whole) // 2]
    )
    response = visitor.client.generic(
        "POST",
        FORM + "shenqingren/",
        sent,
        content_type="multipart/form-data; boundary=x",
        headers={"host": "localhost"},
    )

    assert response.status_code == 400
    assert "网络在中途断了" in text_of(response)
    assert draft_body() == before
    assert "身份证正面.jpg" in text_of(response)


def test_the_review_shows_every_answer_and_sends_nothing_by_itself(visitor):
    visitor.fill()
    page = text_of(visitor.get(FORM + "hedui/"))

    for shown in (
        "道路保洁合同",
        NAME,
        IDENTITY,
        PHONE,
        "居民身份证",
        "在本网站查询并下载",
        "身份证正面.jpg",
    ):
        assert shown in page
    assert not InfoRequest.objects.exists()


def test_a_change_of_way_after_the_contact_is_caught_at_the_review(visitor):
    visitor.fill()
    visitor.post(FORM + "huoqu/", obtain="post", medium="paper")
    response = visitor.post(FORM + "hedui/")

    assert response.status_code == 422
    assert f'<a href="{FORM}lianxi/">您选择了邮寄，请填写通信地址。</a>' in text_of(response)


def test_after_a_correction_the_way_leads_back_to_the_review(visitor):
    visitor.fill()
    response = visitor.post(FORM + "huoqu/", obtain="collect", medium="paper")

    assert response.headers["location"] == FORM + "hedui/"


def test_clearing_destroys_draft_and_files(visitor, django_capture_on_commit_callbacks):
    visitor.fill()
    stored = draft_body().files[0].stored
    with django_capture_on_commit_callbacks(execute=True):
        visitor.post(FORM + "qingchu/")

    assert not ApplicationDraft.objects.exists()
    assert not sealed_storage().exists(stored)
    assert visitor.get(FORM + "xinxi/").headers["location"] == FORM


def test_clearing_after_sending_leaves_the_application(visitor):
    visitor.file()
    visitor.post(FORM + "qingchu/")

    assert InfoRequest.objects.count() == 1
    assert visitor.get(FORM + "huizhi/").headers["location"] == FORM


def test_a_draft_past_its_time_is_neither_shown_nor_kept(visitor, django_capture_on_commit_callbacks):
    visitor.fill()
    stored = draft_body().files[0].stored
    old = timezone.now() - timedelta(days=settings.APPLICATION_DRAFT_DAYS, minutes=1)
    ApplicationDraft.objects.update(saved_at=old)

    assert visitor.get(FORM + "xinxi/").headers["location"] == FORM
    with django_capture_on_commit_callbacks(execute=True):
        Visitor().begin()
    assert ApplicationDraft.objects.count() == 1
    assert not sealed_storage().exists(stored)


def test_another_device_sees_nothing_of_a_draft(visitor):
    visitor.fill()

    assert Visitor().get(FORM + "hedui/").headers["location"] == FORM


@pytest.mark.parametrize("path", ["", "xinxi/", "shenqingren/", "hedui/", "huizhi/", "yigongkai/"])
def test_no_page_of_the_form_may_be_cached_or_found(visitor, path):
    visitor.fill()
    response = visitor.get(FORM + path)

    assert "no-store" in response.headers["cache-control"]
    assert "noindex" in response.headers["x-robots-tag"]


def test_without_the_offices_profile_the_form_is_closed_and_says_how_else(db):
    cache.clear()
    factories.portal_site(factories.organ())
    response = Visitor().get(FORM)

    assert "请当面或者邮寄提交" in text_of(response)
    assert "示例县示例路2号" in text_of(response)


class TestLimits:
    def test_a_flood_from_one_address_is_stopped_and_another_passes(self, organ, settings):
        settings.PUBLIC_LIMITS = {**settings.PUBLIC_LIMITS, "filing": (2, 600)}
        flood = Visitor("203.0.113.9")
        for _ in range(2):
            flood.file()
        flood.fill()
        stopped = flood.post(FORM + "hedui/")
        Visitor("198.51.100.1").file()

        assert stopped.status_code == 429
        assert 0 < int(stopped.headers["retry-after"]) <= 600
        assert "以后再试" in text_of(stopped)
        assert "当面提交" in text_of(stopped)
        assert InfoRequest.objects.count() == 3

    def test_beginning_forms_without_end_is_stopped(self, organ, settings):
        settings.PUBLIC_LIMITS = {**settings.PUBLIC_LIMITS, "draft": (2, 600)}
        visitor = Visitor()
        answers = [visitor.post(FORM).status_code for _ in range(3)]

        assert answers == [302, 302, 429]

    def test_what_was_typed_is_kept_and_can_be_sent_later(self, organ, settings):
        settings.PUBLIC_LIMITS = {**settings.PUBLIC_LIMITS, "filing": (0, 600)}
        visitor = Visitor()
        visitor.fill()
        stopped = visitor.post(FORM + "hedui/").status_code
        settings.PUBLIC_LIMITS = {**settings.PUBLIC_LIMITS, "filing": (30, 600)}
        visitor.post(FORM + "hedui/")

        assert stopped == 429
        assert InfoRequest.objects.get().applicant_name == NAME

    def test_a_hall_of_thirty_people_behind_one_address_is_not_stopped(self, settings):
        most, window = settings.PUBLIC_LIMITS["filing"]

        assert most >= 30
        assert window <= 600

    def test_too_many_uploads_keep_what_was_typed(self, organ, settings):
        settings.PUBLIC_LIMITS = {**settings.PUBLIC_LIMITS, "upload": (0, 600)}
        visitor = Visitor()
        visitor.begin()
        response = visitor.post(FORM + "shenqingren/", **ANSWERS["shenqingren"], files=picture())

        assert response.status_code == 429
        assert "上传得太频繁" in text_of(response)
        assert draft_body().answers["applicant_name"] == NAME

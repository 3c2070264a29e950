"""The one-time link of a third party: its passages only, one answer, kind refusals."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from tests import factories
from tests.unit.inforequests.office import on
from tests.unit.portal.applying.public import IDENTITY, NAME, PHONE, ROOT, Visitor, text_of

from gongkai.core.disclosure.clock import CONSULTATION_WORKING_DAYS
from gongkai.inforequests.services import consulting, deciding
from gongkai.inforequests.services.moving import calendar_of

DAY = date(2026, 3, 2)
SENT = DAY + timedelta(days=1)
ANSWER = {"answer": "objects", "opinion": "含有报价明细，属于商业秘密", "sure": "on"}


@pytest.fixture
def visitor(office):
    cache.clear()
    factories.portal_site(office.organ)
    return Visitor()


def ask(office, kind="third_party", reached_on=SENT):
    case = office.processing(DAY, applicant_name=NAME, telephone=PHONE, identity_number=IDENTITY)
    with on(SENT):
        asked, token = consulting.consult(
            request_id=case.pk,
            actor=office.clerk,
            kind=kind,
            party="示例服务公司",
            contact="",
            passages="第三条 合同单价",
            on=SENT,
            reached_on=reached_on,
        )
    return asked, f"{ROOT}zhengqiu/{token}/"


def test_it_shows_the_passages_and_the_last_day_and_never_the_applicant(office, visitor):
    asked, path = ask(office)
    last = calendar_of(asked.request).nth_working_day_after(SENT, CONSULTATION_WORKING_DAYS)
    with on(SENT):
        page = text_of(visitor.get(path))

    assert "第三条 合同单价" in page
    assert f"{last.year}年{last.month}月{last.day}日" in page
    hidden = [NAME, PHONE, IDENTITY, asked.request.number, asked.request.subject, asked.request.content]
    assert [text for text in hidden if text in page] == []


@pytest.mark.parametrize("status", ["open", "unknown", "answered"])
def test_no_engine_finds_it_no_cache_keeps_it_and_other_sites_do_not_learn_its_address(
    office, visitor, status
):
    _, path = ask(office)
    if status == "unknown":
        path = f"{ROOT}zhengqiu/meiyou/"
    with on(SENT):
        if status == "answered":
            visitor.post(path, **ANSWER)
        response = visitor.get(path)

    assert "noindex" in response.headers["x-robots-tag"]
    assert "no-store" in response.headers["cache-control"]
    assert response.headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    ("answer", "opinion"), [("agrees", ""), ("partly", "单价不宜公开"), ("objects", "属于商业秘密")]
)
def test_an_answer_reaches_the_office_and_takes_the_case_on(office, visitor, answer, opinion):
    asked, path = ask(office)
    with on(SENT + timedelta(days=2)):
        visitor.post(path, answer=answer, opinion=opinion, sure="on")
    asked.refresh_from_db()

    assert (asked.answer, asked.opinion, asked.answered_on) == (answer, opinion, SENT + timedelta(days=2))
    assert asked.token_used_at is not None
    assert asked.request.state == "processing"


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"opinion": "理由", "sure": "on"}, "请选择一种意见。"),
        ({"answer": "objects", "opinion": " ", "sure": "on"}, "请写明是哪些内容、有什么理由"),
        ({"answer": "partly", "opinion": "", "sure": "on"}, "请写明是哪些内容、有什么理由"),
        ({"answer": "objects", "opinion": "商业秘密"}, "请核对后勾选"),
        ({"answer": "silent", "opinion": "商业秘密", "sure": "on"}, "请选择一种意见。"),
    ],
)
def test_what_is_missing_is_told_and_the_link_stays_good(office, visitor, sent, message):
    asked, path = ask(office)
    with on(SENT):
        response = visitor.post(path, **sent)
    asked.refresh_from_db()

    assert response.status_code == 422
    assert message in text_of(response)
    assert asked.answered_on is None


def test_a_second_use_is_refused_kindly_and_changes_nothing(office, visitor):
    asked, path = ask(office)
    with on(SENT + timedelta(days=2)):
        visitor.post(path, **ANSWER)
        again = visitor.post(path, answer="agrees", opinion="", sure="on")
    asked.refresh_from_db()

    assert "您的意见已于 2026年3月5日收到" in text_of(again)
    assert ANSWER["opinion"] not in text_of(again)
    assert asked.answer == "objects"


def test_the_last_day_is_in_time_and_the_next_is_not(office, visitor):
    """Art. 32: 15 working days from its receipt."""
    asked, path = ask(office)
    with on(asked.answer_due_on):
        in_time = visitor.get(path)
    with on(asked.answer_due_on + timedelta(days=1)):
        late = visitor.post(path, **ANSWER)
    asked.refresh_from_db()

    assert in_time.status_code == 200
    assert late.status_code == 410
    assert "期限已过" in text_of(late)
    assert asked.answered_on is None


def test_after_the_period_was_closed_it_says_expired_and_not_answered(office, visitor):
    asked, path = ask(office)
    with on(asked.answer_due_on + timedelta(days=1)):
        consulting.lapse_consultation(consultation_id=asked.pk)
        response = visitor.get(path)

    assert response.status_code == 410
    assert "期限已过" in text_of(response)


def test_a_case_that_ended_needs_no_answer(office, visitor):
    asked, path = ask(office)
    with on(SENT):
        deciding.withdraw(request_id=asked.request_id, on=SENT, written_by="书面，核对身份证")
        response = visitor.get(path)

    assert response.status_code == 410
    assert "已经办结" in text_of(response)


@pytest.mark.parametrize(
    ("kind", "article"),
    [("third_party", "第三十二条"), ("co_maker", "第三十四条"), ("other_organ", "第三十三条")],
)
def test_each_kind_reads_what_its_silence_means(office, visitor, kind, article):
    _, path = ask(office, kind)
    with on(SENT):
        page = text_of(visitor.get(path))

    assert article in page
    assert ("视为同意公开" in page) == (kind == "co_maker")


def test_guessing_links_is_limited(office, visitor, settings):
    settings.PUBLIC_LIMITS = {**settings.PUBLIC_LIMITS, "wrong_link": (2, 600)}
    answers = [visitor.get(f"{ROOT}zhengqiu/wrong{n}/").status_code for n in range(3)]

    assert answers == [404, 404, 429]

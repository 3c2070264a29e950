"""The screens of normative documents, walked by the people of an office."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import factories
from tests.factories import normative as made

from gongkai.agencies.roles import Role
from gongkai.agencies.waiting import contributed_lines
from gongkai.core.documents.normative import Standing, Step
from gongkai.demo.days import at as at_moment
from gongkai.publishing.models import Cleanup, DraftConsultation, NormativeDocument, NormativeOffice
from gongkai.publishing.normative import services

pytestmark = pytest.mark.django_db


def desk(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def at(day: date):
    return at_moment(datetime(day.year, day.month, day.day, 10, tzinfo=ZoneInfo("Asia/Shanghai")))


def url(name, *args):
    return reverse(f"publishing:{name}", args=args)


DRAFT = {
    "title": "园区奖补资金管理办法",
    "text": made.TEXT,
    "impact": "none",
    "recipients": "",
    "attachments": "",
}


def step_data(step, **extra):
    return {"outcome": "done", "on": timezone.localdate().isoformat(), **made.DATA.get(step, {}), **extra}


def test_a_document_is_walked_from_the_first_screen_to_its_page(organ):
    """Draft, review, meeting, signature, number, item: each by the person whose act it is."""
    made.office(organ)
    column = factories.column()
    clerk, lawyer = desk(made.clerk(organ)), desk(made.lawyer(organ))
    answer = desk(factories.editor(organ)).post(url("normative_begin"), DRAFT)
    document = NormativeDocument.objects.get()
    assert answer.url == url("normative", document.pk)
    for step in (Step.DRAFTING, Step.LEGALITY, Step.DELIBERATION):
        person = lawyer if step is Step.LEGALITY else clerk
        assert person.post(url("normative_step", document.pk), step_data(step)).status_code == 302
    refused = clerk.post(url("normative_step", document.pk), step_data(Step.SIGNING))
    assert refused.status_code == 422
    assert "解读方案须与文件同步审签" in refused.content.decode()
    clerk.post(
        url("normative_plan", document.pk),
        {"outline": "背景", "forms": "文字、图解", "channel": "门户", "interpreter": "主任"},
    )
    clerk.post(url("normative_step", document.pk), step_data(Step.SIGNING))
    shown = clerk.get(url("normative_step", document.pk)).content.decode()
    year = timezone.localdate().year
    assert f'value="SLYQ-{year}-1"' in shown
    assert f'value="示园发〔{year}〕1号"' in shown
    assert f'value="{timezone.localdate().isoformat()}"' in shown
    numbers = {"unified_number": f"SLYQ-{year}-1", "document_number": f"示园发〔{year}〕1号"}
    clerk.post(
        url("normative_step", document.pk),
        step_data(Step.REGISTRATION, effective_on=timezone.localdate().isoformat(), **numbers),
    )
    answer = clerk.post(url("normative_item", document.pk), {"column": column.pk})
    document.refresh_from_db()
    assert answer.url == url("submit", document.page_id)
    factories.release(document.page)

    page = clerk.get(url("normative", document.pk)).content.decode()
    assert "现行有效" in page
    assert "报备案" in clerk.get(url("normative_list")).content.decode()


def test_who_has_no_role_sees_nothing(organ):
    document = made.document(organ)
    stranger = desk(factories.holder(factories.organ(), Role.DISCLOSURE_OFFICE))

    answer = stranger.get(url("normative", document.pk))
    assert answer.status_code == 302
    assert "园区奖补资金" not in stranger.get(url("normative_list")).content.decode()


def test_a_refusal_keeps_what_was_typed(organ):
    NormativeOffice.objects.create(organ=organ)

    answer = desk(factories.editor(organ)).post(url("normative_begin"), DRAFT)
    assert answer.status_code == 422
    assert "报上级人民政府制发" in answer.content.decode()
    assert "为规范奖补资金管理" in answer.content.decode()


def test_the_name_of_a_regulation_is_refused(organ):
    made.office(organ)

    answer = desk(factories.editor(organ)).post(url("normative_begin"), {**DRAFT, "title": "园区条例"})
    assert "不能用“条例”" in answer.content.decode()


def test_the_first_screen_names_what_waits_and_by_when(organ):
    document = made.published(organ, on=date(2026, 1, 9), effective_on=date(2026, 1, 9))
    NormativeDocument.objects.filter(pk=document.pk).update(no_interpretation_reason="")
    clerk = made.clerk(organ)

    with at(date(2026, 1, 15)):
        lines = {line.text.split("：")[0]: line for line in contributed_lines(clerk, date(2026, 1, 15))}
    assert lines["发布政策解读"].due_on == date(2026, 1, 14)
    assert lines["发布政策解读"].is_overdue(date(2026, 1, 15))
    assert lines["报备案"].due_on == date(2026, 2, 8)


def test_the_list_shows_a_past_day(organ):
    made.published(organ, on=date(2026, 1, 5), effective_on=date(2026, 1, 5), valid_to=date(2026, 2, 27))
    clerk = desk(made.clerk(organ))

    then = clerk.get(url("normative_list"), {"on": "2026-02-27", "zhuangtai": "youxiao"}).content.decode()
    after = clerk.get(url("normative_list"), {"on": "2026-02-28", "zhuangtai": "youxiao"}).content.decode()
    assert "园区奖补资金管理办法" in then
    assert "没有符合条件的文件" in after
    assert clerk.get(url("normative_list"), {"on": "2026-02-31"}).status_code == 200


def test_a_consultation_is_prepared_and_answered_on_the_screens(organ):
    with at(date(2026, 1, 9)):
        document = made.take(made.document(organ, impact="rights"), Step.DRAFTING)
        clerk = desk(made.clerk(organ))
        clerk.post(
            url("normative_consult", document.pk),
            {
                "column": factories.column().pk,
                "explanation": "背景",
                "days": 10,
                "short_reason": "",
                "contact": "电话",
            },
        )
        consultation = DraftConsultation.objects.get()
        factories.release(consultation.page)
        consultation.refresh_from_db()
        opinion = services.give_opinion(
            consultation=consultation, text="请放宽<script>", name="甲", contact="138", submission_key="k"
        )
    with at(date(2026, 2, 2)):
        clerk = desk(made.clerk(organ))
        page = clerk.get(url("normative_opinions", consultation.pk)).content.decode()
        assert "请放宽&lt;script&gt;" in page
        clerk.post(
            url("normative_handle", opinion.pk), {"handling": "adopted", "summary": "放宽", "answer": ""}
        )
        answer = clerk.post(url("normative_feedback", consultation.pk), {"column": factories.column().pk})
    consultation.refresh_from_db()
    assert answer.url == url("submit", consultation.feedback_page_id)


def test_a_clean_up_is_done_on_one_screen(organ):
    one = made.published(organ, 1, title="园区一号办法")
    two = made.published(organ, 2, title="园区二号办法")
    clerk = desk(made.clerk(organ))
    given = {
        "title": "清理公告", "kind": "regular", "basis": "县政府通知", "meeting": "办公会", "column": factories.column().pk,
        "decided_on": timezone.localdate().isoformat(), f"w{one.pk}-kind": "continues", f"w{two.pk}-kind": "",
    }  # fmt: skip

    refused = clerk.post(url("normative_clean_up"), given)
    assert refused.status_code == 422
    assert "还缺：园区二号办法" in refused.content.decode()
    clerk.post(url("normative_clean_up"), {**given, f"w{two.pk}-kind": "repeals", f"w{two.pk}-note": "过时"})
    cleanup = Cleanup.objects.get()
    factories.release(cleanup.page)

    assert NormativeDocument.objects.get(pk=two.pk).standing is Standing.REPEALED
    assert "过时" in clerk.get(url("normative_cleanups")).content.decode()


def test_settings_ask_for_their_basis(organ):
    head = desk(factories.reviewer(organ, Role.DISCLOSURE_HEAD))
    given = {
        "filing_days": 15, "general_years": 5, "provisional_years": 2, "notice_years": 1, "is_qualified": "on",
        "number_prefix": "SLYQ",
    }  # fmt: skip

    assert "请写明有权制发的依据" in head.post(url("normative_office"), given).content.decode()
    assert head.post(url("normative_office"), {**given, "number_prefix": "slyq"}).status_code == 422
    head.post(url("normative_office"), {**given, "qualified_basis": "条例第三条"})
    assert NormativeOffice.objects.get().filing_days == 15


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_paper_is_downloaded(organ, form):
    document = made.document(organ)

    answer = desk(factories.editor(organ)).get(url("normative_paper", document.pk, form))
    assert answer.status_code == 200
    assert answer.content[:2] in {b"%P", b"PK"}


def test_every_act_page_opens(organ):
    document = made.document(organ)
    clerk = desk(made.clerk(organ))
    for name in ("change", "step", "relate", "plan", "waive", "link", "item", "consult"):
        assert clerk.get(url(f"normative_{name}", document.pk)).status_code == 200
    for name in ("begin", "take_over", "cleanups", "clean_up"):
        assert clerk.get(url(f"normative_{name}")).status_code == 200


def test_an_item_made_for_a_document_cannot_be_deleted(organ, admin_client):
    """No purge; and the refusal is a sentence, not an error."""
    item = services.make_item(
        document=made.numbered(made.document(organ)), column=factories.column(), actor=made.clerk(organ)
    )

    answer = admin_client.post(reverse("wagtailadmin_pages:delete", args=[item.pk]), follow=True)
    assert "属于规范性文件，不能删除" in answer.content.decode()
    assert type(item).objects.filter(pk=item.pk).exists()

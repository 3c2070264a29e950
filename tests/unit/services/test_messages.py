"""Messages: intake, clock, answer by two, publication after a person's redaction, look-up, figures."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from tests import factories
from tests.factories import interaction as made

from gongkai.agencies.access import AccessDenied
from gongkai.agencies.roles import Role
from gongkai.audit.models import Event
from gongkai.demo.days import at as at_moment
from gongkai.portal.applying.common import END_MARK
from gongkai.services.errors import MessageRefused
from gongkai.services.messages import acts, selectors
from gongkai.services.messages.models import PublicMessage

pytestmark = pytest.mark.django_db
TYPED = {
    "kind": "question",
    "title": "奖补什么时候发",
    "text": "我是某厂会计李四光，问奖补何时到账。",
    "name": "李四光",
    "telephone": "13900001111",
    "email": "",
    "may_publish": "1",
    "key": "one-key",
    END_MARK: "1",
}


def on(day: date):
    return at_moment(datetime(day.year, day.month, day.day, 10, tzinfo=ZoneInfo("Asia/Shanghai")))


def test_what_the_sender_wrote_is_sealed_in_the_database(organ):
    made.message(organ, text="张三问奖补")
    with connection.cursor() as cursor:
        cursor.execute("SELECT title, text, name, telephone, query_code FROM services_publicmessage")
        row = " ".join(cursor.fetchone())

    assert "张三" not in row
    assert "138" not in row
    assert "奖补" not in row


def test_the_form_works_once_and_keeps_what_was_typed(organ, client):
    address = reverse("portal:message_write")
    faulty = client.post(address, {**TYPED, "telephone": "12", "kind": ""})
    assert faulty.status_code == 422
    page = faulty.content.decode()
    assert "李四光" in page
    assert "请选一个类别" in page
    assert PublicMessage.objects.count() == 0

    first, second = client.post(address, TYPED), client.post(address, TYPED)

    assert first.url == second.url == reverse("portal:message_receipt")
    message = PublicMessage.objects.get()
    receipt = client.get(first.url)
    assert message.query_code in receipt.content.decode()
    assert "no-store" in receipt["Cache-Control"]
    assert "noindex" in receipt["X-Robots-Tag"]


def test_a_form_cut_short_is_not_taken(organ, client):
    cut = {name: value for name, value in TYPED.items() if name != END_MARK}

    assert "没有传完整" in client.post(reverse("portal:message_write"), cut).content.decode()
    assert not PublicMessage.objects.exists()


def test_too_many_messages_from_one_address_wait(organ, client, settings):
    settings.PUBLIC_LIMITS = {**settings.PUBLIC_LIMITS, "message": (1, 600)}
    client.post(reverse("portal:message_write"), TYPED)

    answer = client.post(reverse("portal:message_write"), {**TYPED, "key": "other"})

    assert answer.status_code == 429
    assert PublicMessage.objects.count() == 1


def test_a_message_is_due_by_the_offices_setting_and_marked_when_overdue(organ, client):
    """D-15: 5 working days; 2026-09-21 is a Monday, five working days later the next Monday's eve at the least."""
    with on(date(2026, 9, 21)):
        message = made.message(organ)
    expected = acts.clock_for(message).due.day
    assert message.due_on == expected
    client.force_login(made.head(organ))
    with on(message.due_on):
        assert "已超期" not in client.get(reverse("services:message", args=[message.pk])).content.decode()
    with on(message.due_on + timedelta(days=1)):
        assert "已超期" in client.get(reverse("services:message", args=[message.pk])).content.decode()
        assert [
            one.pk
            for one in selectors.narrowed(
                selectors.messages_for(made.head(organ)), state="overdue", kind="", number="",
                today=message.due_on + timedelta(days=1),
            )
        ] == [message.pk]  # fmt: skip

    acts.set_up(
        organ=organ, actor=made.head(organ), is_open=True, reply_working_days=10, is_confirmed=True, notice=""
    )

    message.refresh_from_db()
    assert message.due_on > expected


def test_numbers_run_on_within_a_year(organ):
    with on(date(2026, 9, 21)):
        numbers = [
            made.message(organ).number,
            made.message(organ).number,
            made.message(factories.organ()).number,
        ]

    assert numbers == ["LY2026-00001", "LY2026-00002", "LY2026-00001"]


def test_an_answer_needs_its_handler_and_another_reviewer(organ):
    message = made.message(organ)
    with pytest.raises(AccessDenied):
        acts.assign(
            message=message, department=None, handler=made.writer(organ), note="", actor=made.writer(organ)
        )
    stranger = factories.holder(organ, Role.SUPERVISOR)
    with pytest.raises(MessageRefused, match="没有答复留言的权限"):
        acts.assign(message=message, department=None, handler=stranger, note="", actor=made.office(organ))
    acts.assign(message=message, department=None, handler=made.head(organ), note="", actor=made.office(organ))
    with pytest.raises(MessageRefused, match="分给了别人"):
        acts.answer(message=message, answer="好", waived="", actor=made.writer(organ))
    acts.answer(message=message, answer="公示后拨付。", waived="", actor=made.head(organ))
    with pytest.raises(MessageRefused, match="另一人"):
        acts.review(message=message, agrees=True, note="", actor=made.head(organ))
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicMessage.objects.filter(pk=message.pk).update(state="answered", reviewed_by=made.head(organ))

    done = acts.review(
        message=message, agrees=True, note="", actor=factories.reviewer(organ, Role.FINAL_REVIEWER)
    )

    assert done.state == PublicMessage.State.ANSWERED
    assert [step.what for step in done.steps.all()][-1] == "审核同意，已答复"


def test_the_proofreader_reads_the_answer_and_never_the_message(organ, monkeypatch):
    read = []
    real = acts.check
    monkeypatch.setattr(acts, "check", lambda text, **given: read.append(text) or real(text, **given))
    message = made.message(organ, text="依照中华人民共合国法律，请问……")
    acts.assign(
        message=message, department=None, handler=made.writer(organ), note="", actor=made.office(organ)
    )

    with pytest.raises(MessageRefused, match="严重疑点"):
        acts.answer(
            message=message, answer="依照中华人民共合国法律办理。", waived="", actor=made.writer(organ)
        )
    acts.answer(message=message, answer="依照法律办理。", waived="", actor=made.writer(organ))

    assert read == ["依照中华人民共合国法律办理。", "依照法律办理。"]


def test_the_public_reads_nothing_without_consent_redaction_and_a_second_person(organ, client):
    refused = made.answered(organ, may_publish=False)
    with pytest.raises(MessageRefused, match="不同意公开"):
        acts.redact(message=refused, title="题", text="文", actor=made.office(organ))
    message = made.answered(organ)
    address = reverse("portal:message", args=[message.pk])
    with pytest.raises(MessageRefused, match="还没有隐去"):
        acts.show(message=message, actor=made.head(organ))
    acts.redact(message=message, title="奖补何时拨付", text="某企业问奖补。", actor=made.office(organ))
    assert client.get(address).status_code == 404
    with pytest.raises(MessageRefused, match="另一人"):
        acts.show(message=message, actor=made.office(organ))
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicMessage.objects.filter(pk=refused.pk).update(
            is_public=True, redacted_by=made.office(organ), released_by=made.head(organ), shown_text="文"
        )
    acts.show(message=message, actor=made.head(organ))

    page = client.get(address).content.decode()

    assert "某企业问奖补。" in page
    assert "张三" not in page
    assert "13800000000" not in page
    for name in ("ColumnType", "ArticleTitle", "PubDate", "ContentSource"):
        assert f'<meta name="{name}"' in page
    assert "奖补何时拨付" in client.get(reverse("portal:messages")).content.decode()
    acts.hide(message=message, reason="重新核对", actor=made.office(organ))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "left",
    [
        *(
            "张三丰问",
            "电话 138 0000 0000",
            f"身份证 {factories.resident_id()}",
            "１３９００００１１１１",
            "写信到 a.b@c.cn",
        ),
        *("卡号 6222 0000 1111 2222 333", "车牌宁A12345"),
    ],
)
def test_personal_data_left_in_the_text_is_refused(organ, left):
    message = made.answered(organ)

    with pytest.raises(MessageRefused, match=r"还有"):
        acts.redact(message=message, title="题", text=f"文字，{left}。", actor=made.office(organ))


def test_personal_data_in_the_answer_holds_the_publication_up(organ):
    message = made.answered(organ, answer="张三丰您好，公示后拨付。")

    with pytest.raises(MessageRefused, match="姓名"):
        acts.redact(message=message, title="题", text="某企业问。", actor=made.office(organ))


def test_the_sender_reads_the_answer_with_number_and_code_alone(organ, client):
    message = made.answered(organ)
    address = reverse("portal:message_look_up")

    right = client.post(address, {"number": message.number.lower(), "code": message.query_code.lower()})
    wrong = client.post(address, {"number": message.number, "code": "2222-2222"})
    nobody = client.post(address, {"number": "LY2026-99999", "code": message.query_code})

    assert "公示期满" in right.content.decode()
    assert "no-store" in right["Cache-Control"]
    pages = [
        re.sub(r'value="[^"]*"', "", one.content.decode()).replace(message.number, "")
        for one in (wrong, nobody)
    ]
    assert wrong.status_code == nobody.status_code == 422
    assert pages[0].replace("LY2026-99999", "") == pages[1].replace("LY2026-99999", "")


def test_guessing_a_code_is_stopped(organ, client, settings):
    settings.PUBLIC_LIMITS = {**settings.PUBLIC_LIMITS, "wrong_code": (2, 900)}
    message = made.answered(organ)
    address = reverse("portal:message_look_up")
    for _ in range(2):
        client.post(address, {"number": message.number, "code": "2222-2222"})

    answer = client.post(address, {"number": message.number, "code": message.query_code})

    assert answer.status_code == 429


def test_the_figures_are_counted_from_the_records(organ, client):
    with on(date(2026, 9, 21)):
        late = made.message(organ, kind="complaint")
        made.shown(organ)
        invalid = made.message(organ)
        acts.refuse_invalid(message=invalid, reason="属信访事项，请到信访局。", actor=made.office(organ))
    with on(date(2026, 10, 30)):
        acts.assign(
            message=late, department=None, handler=made.writer(organ), note="", actor=made.office(organ)
        )
        acts.answer(message=late, answer="已处理。", waived="", actor=made.writer(organ))
        acts.review(message=late, agrees=True, note="", actor=made.head(organ))

    found = selectors.figures(organ.pk, 2026)

    assert (found.received, found.answered, found.in_time, found.invalid, found.shown) == (3, 2, 1, 1, 1)
    assert found.average_days == 19.5
    assert [(one.label, one.received, one.answered) for one in found.kinds] == [
        ("咨询", 2, 1), ("投诉", 1, 1), ("建议", 0, 0),
    ]  # fmt: skip
    page = client.get(reverse("portal:message_figures")).content.decode()
    assert "收到留言 3 条，答复 2 条，其中按期答复 1 条（50.0%）" in page


def test_the_senders_data_is_masked_and_read_in_clear_with_a_reason_in_the_log(organ, client):
    message = made.message(organ)
    client.force_login(made.writer(organ))
    page = client.get(reverse("services:message", args=[message.pk])).content.decode()
    assert "13800000000" not in page
    assert "张三丰" not in page
    address = reverse("services:message_reveal", args=[message.pk])
    assert client.post(address, {"reason": ""}).status_code == 422

    shown = client.post(address, {"reason": "核实情况"}).content.decode()

    assert "13800000000" in shown
    assert Event.objects.filter(action="privacy.revealed", subject_id=str(message.pk)).count() == 3


def test_the_office_answers_on_its_screens_and_the_desk_says_whose_turn_it_is(organ, client):
    message = made.message(organ)
    assert [(what, mine) for _, what, mine in selectors.messages_waiting(made.office(organ))] == [
        ("分办留言", True)
    ]
    client.force_login(made.office(organ))
    assert message.number in client.get(reverse("services:messages")).content.decode()
    client.post(reverse("services:message_assign", args=[message.pk]), {"handler": made.writer(organ).pk})
    assert selectors.messages_waiting(made.writer(organ))[0][2] is True
    client.force_login(made.writer(organ))
    client.post(reverse("services:message_answer", args=[message.pk]), {"answer": "公示后拨付。"})
    client.force_login(made.head(organ))
    client.post(reverse("services:message_review", args=[message.pk]), {"agrees": "1"})
    client.force_login(made.office(organ))
    redact = reverse("services:message_redact", args=[message.pk])
    assert client.post(redact, {"title": "问奖补", "text": "张三丰问"}).status_code == 422
    assert client.post(redact, {"title": "问奖补", "text": "企业问"}).status_code == 302
    client.force_login(made.head(organ))
    client.post(reverse("services:message_show", args=[message.pk]))

    assert PublicMessage.objects.get(pk=message.pk).is_public
    assert selectors.messages_waiting(made.head(organ)) == []

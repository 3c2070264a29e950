"""Applications come in: once, with the right day of receipt, and with every wrong field named."""

from __future__ import annotations

from datetime import date, datetime, time
from unittest import mock

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone
from tests import factories
from tests.unit.inforequests.office import on

from gongkai.core.disclosure.clock import Channel
from gongkai.inforequests.errors import ActRefused, FilingFaulty
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.services import intake

MONDAY = date(2026, 3, 2)


def moment(day):
    return timezone.make_aware(datetime.combine(day, time(0, 1)))


def registered(office, channel=Channel.COUNTER, submitted=MONDAY, arrived=MONDAY, confirmed=None, **fields):
    with on(date(2026, 3, 10)):
        return intake.register(
            organ=office.organ,
            filing=factories.filing(**fields),
            channel=channel,
            submitted_at=moment(submitted),
            arrived_on=arrived,
            confirmed_on=confirmed,
            actor=office.clerk,
            submission_key=f"{channel}{submitted}{arrived}{confirmed}{fields}",
        )


@pytest.mark.parametrize(
    ("channel", "confirmed", "received", "due"),
    [
        (Channel.COUNTER, None, date(2026, 3, 2), date(2026, 3, 30)),
        (Channel.SIGNED_MAIL, None, date(2026, 3, 2), date(2026, 3, 30)),
        (Channel.FAX, date(2026, 3, 3), date(2026, 3, 3), date(2026, 3, 31)),
        (Channel.EMAIL, date(2026, 3, 4), date(2026, 3, 4), date(2026, 4, 1)),
        (Channel.ORDINARY_MAIL, None, None, None),
    ],
)
def test_the_day_of_receipt_follows_the_channel(office, channel, confirmed, received, due):
    case = registered(office, channel, confirmed=confirmed)
    assert (case.received_on, case.due_on) == (received, due)
    assert (case.state == "submitted") is (received is None)


@pytest.mark.parametrize(
    ("fields", "name", "said"),
    [
        ({"identity_number": "990101199001011239"}, "identity_number", "校验"),
        ({"identity_number": "123"}, "identity_number", "18 位"),
        ({"identity_kind": "credit_code", "identity_number": "91310000MA1K0000X1"}, "identity_number", ""),
        ({"identity_kind": "permit", "identity_number": "12"}, "identity_number", "证件号码的写法不对"),
        ({"applicant_name": " "}, "applicant_name", "请填写申请人"),
        ({"content": ""}, "content", "请描述"),
        ({"telephone": "138000012345"}, "telephone", "11 位"),
        ({"telephone": ""}, "telephone", "至少填写一种联系方式"),
        ({"email": "no-at-sign"}, "email", "@"),
        ({"obtain": "post", "address": ""}, "address", "选择邮寄"),
        ({"obtain": "email", "email": ""}, "email", "选择电子邮件"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_stored(office, fields, name, said):
    with pytest.raises(FilingFaulty) as caught:
        registered(office, **fields)
    assert said in caught.value.faults[name]
    assert not InfoRequest.objects.exists()


def test_every_wrong_field_is_named_at_once(office):
    with pytest.raises(FilingFaulty) as caught:
        registered(office, applicant_name="", subject="", identity_number="1")
    assert {"applicant_name", "subject", "identity_number"} <= set(caught.value.faults)


@pytest.mark.parametrize(
    ("submitted", "arrived", "confirmed", "name", "said"),
    [
        (date(2026, 3, 11), date(2026, 3, 11), None, "submitted_at", "今天以后"),
        (date(2026, 3, 2), date(2026, 3, 11), None, "arrived_on", "今天以后"),
        (date(2026, 3, 3), date(2026, 3, 2), None, "arrived_on", "早于提交日期"),
        (date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 3), "confirmed_on", "早于到达日期"),
    ],
)
def test_days_that_cannot_be_are_refused(office, submitted, arrived, confirmed, name, said):
    with pytest.raises(FilingFaulty) as caught:
        registered(office, Channel.FAX, submitted, arrived, confirmed)
    assert said in caught.value.faults[name]


def test_over_the_counter_both_days_are_one(office):
    with pytest.raises(FilingFaulty, match="两个日期应当相同"):
        registered(office, Channel.COUNTER, MONDAY, date(2026, 3, 3))


def test_one_key_makes_one_application(office):
    given = factories.filing()
    first = intake.submit_public(organ=office.organ, filing=given, submission_key="k")
    second = intake.submit_public(organ=office.organ, filing=given, submission_key="k")
    assert first.pk == second.pk
    assert InfoRequest.objects.count() == 1


def test_of_two_at_the_same_moment_the_later_gets_the_earlier_ones_number(office):
    """The look for the key finds nothing yet, the unique key refuses, and the first is given back."""
    first = intake.submit_public(organ=office.organ, filing=factories.filing(), submission_key="k")
    blind = mock.Mock(wraps=InfoRequest.objects.filter)
    blind.side_effect = [InfoRequest.objects.none(), InfoRequest.objects.filter(submission_key="k")]
    with mock.patch.object(InfoRequest.objects, "filter", blind):
        second = intake.submit_public(organ=office.organ, filing=factories.filing(), submission_key="k")
    assert first.pk == second.pk
    assert InfoRequest.objects.count() == 1


def test_another_broken_constraint_is_not_hidden(office):
    with (
        mock.patch.object(intake, "_create", side_effect=IntegrityError("other")),
        pytest.raises(IntegrityError),
    ):
        intake.submit_public(organ=office.organ, filing=factories.filing(), submission_key="k")


def test_numbers_run_by_organ_and_year(office):
    other = factories.organ()
    factories.office_profile(other)
    numbers = [
        intake.submit_public(organ=organ, filing=factories.filing(), submission_key=str(n)).number
        for n, organ in enumerate([office.organ, office.organ, other])
    ]
    year = timezone.localdate().year
    assert numbers == [f"{year}-0001", f"{year}-0002", f"{year}-0001"]


def test_the_database_holds_no_personal_data_in_clear(office):
    given = factories.filing(applicant_name="申请人某某", telephone="13812345678", address="示例县示例路9号")
    intake.submit_public(organ=office.organ, filing=given, submission_key="k")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM inforequests_inforequest")
        row = " ".join(str(value) for value in cursor.fetchone())
    for secret in ("申请人某某", "13812345678", "示例路9号", given.identity_number):
        assert secret not in row


def test_an_application_never_confirmed_has_no_clock_and_tries_are_kept(office):
    case = registered(office, Channel.FAX)
    with on(date(2026, 3, 10)):
        intake.log_contact(
            request_id=case.pk, actor=office.clerk, at=moment(date(2026, 3, 3)), how="电话", reached=False
        )
        done = intake.confirm(request_id=case.pk, actor=office.clerk, on=date(2026, 3, 9))
    assert case.contacts.count() == 1
    assert (done.received_on, done.due_on) == (date(2026, 3, 9), date(2026, 4, 7))


def test_who_leaves_hands_over_all_open_cases(office):
    cases = [office.processing(), office.processing()]
    closed = office.served()
    count = intake.hand_over(
        organ=office.organ, leaving=office.clerk, successor=office.colleague, actor=office.head, reason="调离"
    )
    assert count == 2
    assert {InfoRequest.objects.get(pk=case.pk).handler for case in cases} == {office.colleague}
    assert InfoRequest.objects.get(pk=closed.pk).handler == office.clerk
    with pytest.raises(ActRefused):
        intake.hand_over(
            organ=office.organ, leaving=office.head, successor=office.head, actor=office.head, reason="x"
        )


def test_a_wrong_kind_is_corrected_with_its_reason(office):
    case = office.processing()
    intake.correct_kind(
        request_id=case.pk, actor=office.clerk, kind="commercial", reason="以企业名义申请", version=None
    )
    case.refresh_from_db()
    assert case.applicant_kind == "commercial"
    assert case.steps.filter(note__contains="以企业名义申请").exists()

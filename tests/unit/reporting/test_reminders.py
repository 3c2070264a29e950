"""What is due, and the mails that say so."""

from datetime import date

import pytest

from gongkai.audit.models import Event
from gongkai.reporting import services
from gongkai.reporting.selectors import report_due_on
from gongkai.reporting.tasks import queue_reminders, remind
from gongkai.reporting.waiting import waiting_for


def test_a_departments_report_is_due_on_31_january():
    """条例 Art. 49."""
    assert report_due_on(2023) == date(2024, 1, 31)


@pytest.mark.parametrize(
    ("today", "year"), [(date(2023, 11, 30), 2022), (date(2023, 12, 1), 2023), (date(2024, 1, 31), 2023)]
)
def test_the_ending_years_report_waits_from_december(office, today, year):
    (line,) = waiting_for(office.clerk, today)

    assert f"{year}年度报告" in line.text


@pytest.mark.parametrize(
    ("today", "sent"),
    [("2024-01-01", 1), ("2024-01-02", 0), ("2024-01-24", 1), ("2024-01-31", 1), ("2024-02-01", 1)],
)
def test_a_reminder_leaves_on_its_days_and_daily_once_overdue(office, mailoutbox, today, sent):
    office.clerk.email = "clerk@example.invalid"
    office.clerk.save()
    remind.func(office.clerk.pk, today)

    assert len(mailoutbox) == sent


def test_a_reminder_leaves_once_a_day_and_is_recorded(office, mailoutbox):
    office.clerk.email = "clerk@example.invalid"
    office.clerk.save()
    queue_reminders(date(2024, 1, 31))
    queue_reminders(date(2024, 1, 31))

    assert [mail.to for mail in mailoutbox] == [["clerk@example.invalid"]]
    assert "2023年度报告" in mailoutbox[0].body
    assert Event.objects.filter(action="reminder.sent").count() == 1


def test_a_published_report_waits_for_nobody(office):
    report = services.start_report(organ=office.organ, year=2023, actor=office.clerk)
    services.save_text(report_id=report.pk, actor=office.clerk, texts={"problems": "不足。"}, edit_mark=0)
    services.submit_report(report_id=report.pk, actor=office.clerk)
    services.freeze_report(report_id=report.pk, actor=office.head)
    services.publish_report(report_id=report.pk, actor=office.clerk)

    assert waiting_for(office.clerk, date(2024, 1, 20)) == []

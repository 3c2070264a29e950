"""Work in the background: reminders before the statutory day.

``gongkai worker`` runs queued tasks from the database and, once a day, queues what the calendar asks for.
"""

from __future__ import annotations

import logging
import time
from datetime import date, timedelta

from django.core.mail import send_mail
from django.utils import timezone
from django_tasks import task
from wagtail import hooks

from gongkai.agencies.models import User
from gongkai.audit.models import Event
from gongkai.audit.services import record_event
from gongkai.reporting.waiting import waiting_for

logger = logging.getLogger(__name__)
REMIND_DAYS_BEFORE = (30, 14, 7, 3, 1, 0)
POLL_SECONDS = 30


@task()
def remind(user_id: int, day: str) -> bool:
    """Mail one person what is due; True when a mail left. Sent once per person and day."""
    user = User.objects.get(pk=user_id)
    today = date.fromisoformat(day)
    if (
        not user.email
        or Event.objects.filter(
            action="reminder.sent",
            actor="system",
            subject_id=str(user.pk),
            subject_label=str(user),
            data__contains=day,
        ).exists()
    ):
        return False
    lines = [
        line
        for line in waiting_for(user, today)
        if line.mine and line.due_on and _is_reminder_day(line.due_on, today)
    ]
    if not lines:
        return False
    body = "\n".join(f"· {line.text}（{line.due_on:%Y-%m-%d} 前）" for line in lines)
    send_mail(
        f"待办提醒：{len(lines)} 件事临近截止",
        f"{user.name}，您好：\n\n{body}\n\n请登录后台办理。",
        None,
        [user.email],
    )
    record_event("reminder.sent", user, actor="system", day=day, lines=len(lines))
    return True


def _is_reminder_day(due_on: date, today: date) -> bool:
    """On fixed days before the day, and every day once it has passed."""
    left = (due_on - today).days
    return left in REMIND_DAYS_BEFORE or left < 0


def queue_reminders(today: date) -> int:
    """Queue a reminder for every active person with an address; returns how many."""
    people = User.objects.filter(is_active=True).exclude(email="").values_list("pk", flat=True)
    for pk in people:
        remind.enqueue(pk, today.isoformat())
    return len(people)


def run_daily(today: date) -> None:
    """Let every room do what the passing of the day demands (hook ``register_daily``), each on its own."""
    for act in hooks.get_hooks("register_daily"):
        try:
            act(today)
        except Exception:
            logger.exception("daily work failed: %s", act)


def run_waiting() -> None:
    """Let every room do what it left for later (hook ``register_left_for_later``), each on its own."""
    for act in hooks.get_hooks("register_left_for_later"):
        try:
            act()
        except Exception:
            logger.exception("waiting work failed: %s", act)


def run_worker(*, once: bool = False) -> None:
    """Queue today's reminders once, run what is queued, and go on; ``once`` stops when nothing is left."""
    from django.core.management import call_command

    queued_for = timezone.localdate() - timedelta(days=1)
    while True:
        today = timezone.localdate()
        if queued_for < today:
            run_daily(today)
            queue_reminders(today)
            queued_for = today
        run_waiting()
        call_command("db_worker", batch=True, startup_delay=False, verbosity=0)
        if once:
            return
        time.sleep(POLL_SECONDS)

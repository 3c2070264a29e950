"""The head writes to all who have something pressing, and hears who could not be reached."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from tests.unit.inforequests.office import on

from gongkai.inforequests.errors import ActRefused
from gongkai.inforequests.services.reminding import remind_handlers


def test_every_handler_gets_one_mail_about_what_presses(office):
    office.clerk.email = "clerk@example.cn"
    office.clerk.save()
    late, soon = office.processing(date(2026, 3, 2)), office.processing(date(2026, 3, 4))
    later = office.processing(date(2026, 3, 25))
    unassigned = office.received(date(2026, 3, 2))
    with on(date(2026, 3, 31)):
        done = remind_handlers(actor=office.head)
    assert (done.people, done.cases, done.unreached) == (1, 2, ("未交办（1 件）",))
    [sent] = mail.outbox
    assert f"{late.number} " in sent.body
    assert "已超 1 天" in sent.body
    assert soon.number in sent.body
    assert later.number not in sent.body
    assert unassigned.number not in sent.body
    assert late.steps.filter(event="reminded").exists()


def test_nothing_pressing_nothing_sent(office):
    office.processing(date(2026, 3, 30))
    with on(date(2026, 3, 31)), pytest.raises(ActRefused, match="不需要催办"):
        remind_handlers(actor=office.head)


def test_a_clerk_does_not_remind(office):
    with pytest.raises(PermissionDenied):
        remind_handlers(actor=office.clerk)

"""An office with its people, and days that a test can choose."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from unittest import mock

from django.utils import timezone
from tests import factories

from gongkai.agencies.models import Organ, User
from gongkai.agencies.roles import Role
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.services import deciding, intake, releasing


@contextmanager
def on(day: date, hour: int = 10):
    """Make it that day."""
    moment = timezone.make_aware(datetime.combine(day, time(hour)))
    with mock.patch("django.utils.timezone.now", return_value=moment):
        yield


@dataclass
class Office:
    """An organ with a clerk, a second clerk, a head, a confidentiality reviewer and an information officer."""

    organ: Organ
    clerk: User
    colleague: User
    head: User
    reviewer: User
    officer: User

    def received(self, day: date = date(2026, 3, 2), **fields) -> InfoRequest:
        with on(day):
            return factories.info_request(self.organ, self.clerk, on=day, **fields)

    def processing(self, day: date = date(2026, 3, 2), **fields) -> InfoRequest:
        case = self.received(day, **fields)
        with on(day, 11):
            return intake.assign(request_id=case.pk, actor=self.clerk, handler=self.clerk)

    def drafted(self, code: str = "D-36-1", day: date = date(2026, 3, 2), **facts) -> InfoRequest:
        case = self.processing(day)
        facts = facts or {"公开途径": "门户网站“法定主动公开内容”栏目"}
        with on(day, 12):
            deciding.draft_decision(request_id=case.pk, actor=self.clerk, code=code, facts=facts)
        case.refresh_from_db()
        return case

    def approved(self, day: date = date(2026, 3, 2), **kwargs) -> InfoRequest:
        case = self.drafted(day=day, **kwargs)
        with on(day, 13):
            deciding.preview(request_id=case.pk, actor=self.head)
            deciding.approve_decision(request_id=case.pk, actor=self.head, opinion="同意")
        case.refresh_from_db()
        return case

    def served(self, day: date = date(2026, 3, 2), **kwargs) -> InfoRequest:
        case = self.approved(day=day, **kwargs)
        with on(day, 14):
            deciding.serve_reply(
                request_id=case.pk, actor=self.clerk, way="post", on=day, receipt="挂号信 XA00000001"
            )
        case.refresh_from_db()
        return case

    def reviewed(self, case: InfoRequest, day: date = date(2026, 3, 2)) -> None:
        with on(day, 12):
            releasing.review_confidentiality(
                request_id=case.pk, actor=self.reviewer, conclusion="pass", basis="第十七条", opinion="不涉密"
            )


def office() -> Office:
    organ = factories.organ(name="示例工业园区管理委员会")
    factories.office_profile(organ)
    return Office(
        organ=organ,
        clerk=factories.holder(organ, Role.DISCLOSURE_OFFICE),
        colleague=factories.holder(organ, Role.DISCLOSURE_OFFICE),
        head=factories.holder(organ, Role.DISCLOSURE_HEAD),
        reviewer=factories.holder(organ, Role.CONFIDENTIALITY_REVIEWER),
        officer=factories.holder(organ, Role.INFORMATION_OFFICER),
    )

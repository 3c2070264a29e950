"""Guides and messages for tests."""

from __future__ import annotations

from itertools import count

from gongkai.agencies.models import Organ, User
from gongkai.agencies.roles import Role
from gongkai.services.guides import acts as guide_acts
from gongkai.services.guides.models import GuideVersion
from gongkai.services.messages import acts
from gongkai.services.messages.models import PublicMessage
from tests import factories

_numbers = count(1)
ELEMENTS = {
    "basis": "《企业奖补办法》（示园发〔2025〕3号）第五条",
    "conditions": "在园区登记并实际经营的企业。",
    "materials": [{"name": "申请表", "copies": 1, "form": "原件", "note": "加盖公章"}],
    "place": "示例路1号政务服务大厅一楼3号窗口",
    "hours": "工作日 9:00—12:00，13:30—17:00",
    "telephone": "0510-80000002",
    "process": "提交申请\n审核\n公示\n拨付",
}


def writer(at: Organ) -> User:
    return factories.reviewer(at, Role.INFORMATION_OFFICER)


def head(at: Organ) -> User:
    return factories.reviewer(at, Role.DISCLOSURE_HEAD)


def office(at: Organ) -> User:
    return factories.reviewer(at, Role.DISCLOSURE_OFFICE)


def guide_draft(at: Organ, **given) -> GuideVersion:
    """A complete draft; ``given`` changes elements."""
    made = guide_acts.begin(
        organ=at, department=None, name=given.pop("name", f"奖补申请{next(_numbers)}"), actor=writer(at)
    )
    return guide_acts.change(version=made, given={**ELEMENTS, **given}, actor=writer(at))


def submitted_guide(at: Organ, **given) -> GuideVersion:
    return guide_acts.submit(version=guide_draft(at, **given), waived="", actor=writer(at))


def live_guide(at: Organ, **given) -> GuideVersion:
    version = submitted_guide(at, **given)
    return guide_acts.publish(version=version, note="同意", is_clear=True, actor=head(at))


def message(at: Organ, **given) -> PublicMessage:
    """A message as it comes in."""
    words = {
        "kind": "question",
        "title": "奖补什么时候发",
        "text": "张三问：奖补什么时候到账？",
        "may_publish": True,
    }
    sent = acts.Given(**{**words, "name": "张三丰", "telephone": "13800000000", **given})
    return acts.take_in(organ=at, given=sent, submission_key=f"key-{next(_numbers)}")


def answered(at: Organ, answer: str = "奖补公示期满后十个工作日内拨付。", **given) -> PublicMessage:
    made = message(at, **given)
    acts.assign(message=made, department=None, handler=writer(at), note="", actor=office(at))
    acts.answer(message=made, answer=answer, waived="", actor=writer(at))
    return acts.review(message=made, agrees=True, note="", actor=head(at))


def shown(
    at: Organ, title: str = "奖补何时拨付", text: str = "某企业问奖补何时到账。", **given
) -> PublicMessage:
    made = answered(at, **given)
    acts.redact(message=made, title=title, text=text, actor=office(at))
    return acts.show(message=made, actor=head(at))

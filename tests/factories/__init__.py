"""Records for tests, one function each; every one has sensible values of its own."""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import count

from django.utils import timezone
from wagtail.models import Page, Site

from gongkai.agencies.models import Organ, RoleAssignment, User
from gongkai.agencies.roles import Role
from gongkai.agencies.services import sync_groups
from gongkai.core.disclosure.clock import Channel
from gongkai.core.identifiers import resident_id_check
from gongkai.demo.days import at as at_moment
from gongkai.inforequests.models import InfoRequest, OfficeProfile
from gongkai.inforequests.services.intake import Filing, register
from gongkai.portal.models import PortalSettings
from gongkai.publishing import services
from gongkai.publishing.access import STAGE_ROLES
from gongkai.publishing.models import ColumnPage, ItemPage, Review

_numbers = count(1)


def organ(*, superior: Organ | None = None, **fields) -> Organ:
    """An organ, at the root or below another."""
    number = next(_numbers)
    given = {"code": f"T{number:04d}", "name": f"示例机关{number}", **fields}
    if superior is None:
        return Organ.add_root(**given)
    return Organ.objects.get(pk=superior.pk).add_child(**given)


def user(**fields) -> User:
    """A person with an account."""
    number = next(_numbers)
    given = {"username": f"person{number}", "name": f"测试人员{number}", **fields}
    return User.objects.create_user(**given)


def holder(at: Organ, *roles: Role, **fields) -> User:
    """A person who holds roles at an organ."""
    person = user(**fields)
    for role in roles:
        RoleAssignment.objects.create(user=person, organ=at, role=role)
    sync_groups(person)
    return person


def office_profile(at: Organ, **fields) -> OfficeProfile:
    """What an organ's letters and public pages say of it."""
    given = {
        "mark": "示园公复",
        "office_name": f"{at.name}办公室",
        "address": "示例县示例路1号",
        "postcode": "214000",
        "telephone": "0510-80000000",
        "email": "gongkai@example.cn",
        "hours": "工作日 9:00—17:00",
        "review_body": "示例县人民政府",
        "court": "示例县人民法院",
        "payment_guide": "凭本通知书到示例银行网点缴入财政专户。",
        **fields,
    }
    return OfficeProfile.objects.get_or_create(organ=at, defaults=given)[0]


def resident_id(serial: int = 1) -> str:
    """A number of the right form of an administrative area that does not exist."""
    body = f"990101199001{1 + serial // 1000 % 28:02d}{serial % 1000:03d}"
    return body + resident_id_check(body)


def filing(**fields) -> Filing:
    """What an applicant writes."""
    number = next(_numbers)
    given = {
        "applicant_kind": "natural",
        "applicant_name": f"申请人{number}",
        "identity_kind": "resident_id",
        "identity_number": resident_id(number),
        "telephone": "13800000000",
        "subject": "园区道路保洁合同",
        "content": "2025年度园区道路保洁服务合同及其附件",
        "medium": "electronic",
        "obtain": "web",
        **fields,
    }
    return Filing(**given)


def info_request(at: Organ, by: User, *, on: date | None = None, **fields) -> InfoRequest:
    """An application that came over the counter and waits for its handler, registered as the office does it."""
    office_profile(at)
    day = on or timezone.localdate()
    return register(
        organ=at,
        filing=filing(**fields),
        channel=Channel.COUNTER,
        submitted_at=timezone.make_aware(datetime.combine(day, time(0, 1))),
        arrived_on=day,
        confirmed_on=None,
        actor=by,
        submission_key=f"test-{next(_numbers)}",
    )


def stored_request(
    at: Organ, received_on: date | None, closed_on: date | None = None, outcome: str = "", **fields
) -> InfoRequest:
    """A bare row as the statistics see it, without ledger, letters or steps."""
    number = next(_numbers)
    day = received_on or date(2024, 1, 2)
    closed = {"X-WITHDRAW": "withdrawn"}.get(outcome, "replied")
    given = {
        "organ": at,
        "number": f"{day.year}-T{number}",
        "query_code": "2345-6789",
        "submission_key": f"stored-{number}",
        "channel": Channel.COUNTER.value,
        "submitted_at": timezone.make_aware(datetime.combine(day, time(9))),
        "arrived_on": day,
        "received_on": received_on,
        "closed_on": closed_on,
        "outcome": outcome,
        "state": closed if closed_on else "processing",
        "applicant_kind": "natural",
        "applicant_name": f"申请人{number}",
        "identity_kind": "resident_id",
        "identity_number": resident_id(number),
        "identity_hash": f"hash-{number}",
        "subject": "园区道路保洁合同",
        "content": "2025年度园区道路保洁服务合同及其附件",
        **fields,
    }
    return InfoRequest.objects.create(**given)


def portal_site(at: Organ) -> PortalSettings:
    """The portal of an organ on Wagtail's own first site."""
    site = Site.objects.get(is_default_site=True)
    given = {
        "organ": at,
        "site_name": at.name,
        "domain": "www.example.gov.cn",
        "site_code": "6400000001",
        "icp_number": "宁ICP备12345678号",
        "sponsor": at.name,
        "undertaker": f"{at.name}办公室",
        "telephone": "0510-80000001",
        "address": "示例县示例路2号",
    }
    return PortalSettings.objects.update_or_create(site=site, defaults=given)[0]


def column(*, title: str = "测试栏目", **fields) -> ColumnPage:
    """A column right below the site's first page."""
    root = Site.objects.get(is_default_site=True).root_page
    given = {"slug": f"lanmu-{next(_numbers)}", "column_type": "工作动态", "description": title}
    made = ColumnPage(**{"title": title, "keywords": title, **given, **fields})
    root.add_child(instance=made)
    return made


_new_column = column


def draft_item(*, column: ColumnPage | None = None, by: User | None = None, **fields) -> ItemPage:
    """An item that nobody has reviewed yet, complete enough to be submitted."""
    given = {
        "title": "测试信息",
        "slug": f"xinxi-{next(_numbers)}",
        "source": "示例机关",
        "formed_on": timezone.localdate(),
        "body": "<p>正文</p>",
        **fields,
    }
    item = ItemPage(**given, live=False, owner=by)
    if item.organ is None:
        item.organ = organ()
    Page.objects.get(pk=(column or _new_column()).pk).add_child(instance=item)
    item.save_revision(user=by, clean=False)
    return ItemPage.objects.get(pk=item.pk)


def reviewer(at: Organ, role: Role) -> User:
    """The one person who holds a role at an organ, made on first use."""
    found = User.objects.filter(username=f"{at.code}-{role.value}").first()
    return found or holder(at, role, username=f"{at.code}-{role.value}")


def editor(at: Organ) -> User:
    return reviewer(at, Role.INFORMATION_OFFICER)


def signed_review(item: ItemPage, *, stages: int | None = None, **given) -> Review:
    """Submit an item and let as many stages sign as asked, all of them before the release when left out."""
    at = item.get_latest_revision().as_object().organ
    review = services.submit(item=item, actor=editor(at), **given)
    for stage in review.sequence.before[:stages]:
        actor = reviewer(at, STAGE_ROLES[stage])
        review = services.sign(review=review, actor=actor, opinion="同意", checked=True)
    return review


def release(item: ItemPage, **given) -> ItemPage:
    """Take an item through its whole review and publish it."""
    review = signed_review(item, **given)
    actor = reviewer(review.page.organ, Role.FINAL_REVIEWER)
    services.publish(item=item, actor=actor)
    return ItemPage.objects.get(pk=item.pk)


def published_item(*, published_at: datetime | None = None, **fields) -> ItemPage:
    """An item that the public can read, reviewed as the office does it."""
    with at_moment(published_at or timezone.now()):
        return release(draft_item(**fields))


def withdraw_item(item: ItemPage) -> None:
    """Take an item off the portal."""
    services.withdraw(item=item, actor=reviewer(item.organ, Role.FINAL_REVIEWER), reason="内容有误")

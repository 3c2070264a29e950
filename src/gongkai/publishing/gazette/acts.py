"""Compiling an issue, and which issues the public may read."""

from __future__ import annotations

from datetime import date, datetime, time

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Organ, User
from gongkai.audit.chain import sm3
from gongkai.audit.services import record_event
from gongkai.publishing import access
from gongkai.publishing.errors import ReviewRefused
from gongkai.publishing.gazette.pdf import gazette_pdf
from gongkai.publishing.models import ChannelRelease, GazetteIssue, ItemPage

MAX_ITEMS = 300


def items_of_month(organ: Organ, year: int, month: int) -> list[ItemPage]:
    """The organ's own live items first published in a month, the oldest first; reprints are left out."""
    first = timezone.make_aware(datetime.combine(date(year, month, 1), time()))
    after = timezone.make_aware(datetime.combine(date(year + month // 12, month % 12 + 1, 1), time()))
    found = ItemPage.objects.live().filter(organ=organ, published_at__gte=first, published_at__lt=after)
    own = found.filter(source_kind=ItemPage.SourceKind.ORIGINAL).exclude(released_digest="")
    return list(own.order_by("published_at", "pk")[: MAX_ITEMS + 1])


@transaction.atomic
def compile_issue(*, organ: Organ, year: int, month: int, actor: User) -> GazetteIssue:
    """Compile the gazette of a month that is over; compiled again it is the next edition.

    Raises:
        ReviewRefused: the month is not over, holds nothing or too much, or a character cannot be drawn.
    """
    access.require(actor, "编制公报", organ)
    today = timezone.localdate()
    if not 1 <= month <= 12 or (year, month) >= (today.year, today.month):
        raise ReviewRefused("这个月还没有过完，公报在次月编。")
    items = items_of_month(organ, year, month)
    if not items:
        raise ReviewRefused("这个月没有本机关发布的原创信息，不能编公报。")
    if len(items) > MAX_ITEMS:
        raise ReviewRefused(f"这个月的信息超过 {MAX_ITEMS} 条，一期公报收不下。")
    now = timezone.now()
    content = gazette_pdf(organ, year, month, items, now)
    before = GazetteIssue.objects.filter(organ=organ, year=year, month=month).order_by("-edition").first()
    edition = before.edition + 1 if before else 1
    issue = GazetteIssue.objects.create(
        organ=organ, year=year, month=month, edition=edition, digest=sm3(content), compiled_by=actor, compiled_at=now,
        contents=[[item.pk, item.released_digest] for item in items],
        file=ContentFile(content, name=f"{organ.code}-{year}-{month:02d}-{edition}.pdf"),
    )  # fmt: skip
    for item in items:
        ChannelRelease.objects.create(
            item=item, channel=ChannelRelease.Channel.GAZETTE, state=ChannelRelease.State.PUBLISHED,
            key=f"gazette-{issue.pk}-{item.pk}", digest=item.released_digest, note=str(issue), by=actor,
        )  # fmt: skip
    record_event(
        "gazette.compiled", issue, actor=actor, organ_code=organ.code, digest=issue.digest, items=len(items)
    )
    return issue


def shown_issues(organ: Organ | int | None) -> list[GazetteIssue]:
    """The newest edition of each month whose items all stand as they were printed."""
    newest: dict[tuple[int, int], GazetteIssue] = {}
    for issue in GazetteIssue.objects.filter(organ=organ):
        newest.setdefault((issue.year, issue.month), issue)
    wanted = {pk for issue in newest.values() for pk, _ in issue.contents}
    live = dict(ItemPage.objects.live().filter(pk__in=wanted).values_list("pk", "released_digest"))
    return [
        issue for issue in newest.values() if all(live.get(pk) == digest for pk, digest in issue.contents)
    ]

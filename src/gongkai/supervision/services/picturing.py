"""Pictures of the pages that an inspection finds fault with, beside the copies of what was received."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.audit.chain import sm3
from gongkai.audit.services import record_event
from gongkai.core.inspection import Kind
from gongkai.crawling.pictures import Camera
from gongkai.supervision.models import PageCopy, Run

MAX_PICTURES = 20  # of one run; a browser takes a second or two for each
_FIRST = {Kind.VETO: 0, Kind.SAFETY: 1}


def photograph(run: Run, taker: Camera | None) -> int:
    """Take pictures of a run's faulty pages, the gravest first; gives how many. Without a camera none are taken."""
    if taker is None:
        return 0
    taken = 0
    for copy in _chosen(run):
        picture = taker.take(copy.url)
        if picture:
            _keep(run, copy, picture)
            taken += 1
    return taken


def _chosen(run: Run) -> list[PageCopy]:
    weight: dict[str, int] = {}
    for one in run.findings.all():
        weight[one.url] = min(weight.get(one.url, 9), _FIRST.get(one.indicator.kind, 2))
    copies = run.copies.filter(status=200, picture_digest="").defer("packed", "picture")
    return sorted(copies, key=lambda copy: (weight.get(copy.url, 9), copy.pk))[:MAX_PICTURES]


@transaction.atomic
def _keep(run: Run, copy: PageCopy, picture: bytes) -> None:
    copy.picture, copy.picture_digest, copy.pictured_at = picture, sm3(picture), timezone.now()
    copy.save(update_fields=["picture", "picture_digest", "pictured_at"])
    record_event(
        "inspection.pictured", run, actor=run.asked_by or "system", organ_code=run.organ.code, url=copy.url,
        digest=copy.picture_digest,
    )  # fmt: skip

"""Running an inspection and keeping its evidence; judging again what is kept; ruling on what is suspected."""

from __future__ import annotations

import logging
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Organ, User
from gongkai.audit.chain import sm3
from gongkai.audit.services import record_event
from gongkai.core.inspection import Channel, Evidence, Inspection, PageKind, State, Try, Visit, inspect
from gongkai.crawling import Limits, Look, Settings, look
from gongkai.crawling.pictures import camera
from gongkai.proofing.style_book import book_of
from gongkai.supervision import access
from gongkai.supervision.errors import InspectionRefused
from gongkai.supervision.models import Account, Finding, InspectionSettings, PageCopy, Ruling, Run, rulings_of
from gongkai.supervision.models import Visit as VisitRow
from gongkai.supervision.registers import register_of
from gongkai.supervision.services.picturing import photograph

logger = logging.getLogger(__name__)
STUCK_HOURS = 6
MAX_FINDINGS = 2000
MAX_COPIES = 200


def begin(*, organ: Organ, address: str, cause: str, by: User | None = None) -> Run:
    """Note that an inspection is wanted; a task does it.

    Raises:
        InspectionRefused: another of the same address is under way, or the address is none.
    """
    if urlsplit(address).scheme not in {"http", "https"}:
        raise InspectionRefused("没有填写巡查的网址，请到“设置—网站巡查”填写。")
    if by is not None:
        access.require(by, "发起巡查", organ)
    with transaction.atomic():
        since = timezone.now() - timedelta(hours=STUCK_HOURS)
        under_way = Run.objects.filter(
            address=address, state__in=[Run.State.QUEUED, Run.State.RUNNING], asked_at__gt=since
        )
        if under_way.exists():
            raise InspectionRefused("这个网址正在巡查，完成后再发起。")
        run = Run.objects.create(organ=organ, address=address, cause=cause, asked_by=by)
        record_event("inspection.asked", run, actor=by or "system", organ_code=organ.code, cause=cause)
    return run


def carry_out(
    run: Run,
    *,
    limits: Limits | None = None,
    told: Callable[[int], None] = lambda count: None,
    now: Callable[[], datetime] = timezone.now,
) -> Inspection:
    """Look at the site and keep what was found; a fault is kept too, and raised again."""
    run.state = Run.State.RUNNING
    run.save(update_fields=["state"])
    try:
        looking = settings_for(run, limits or Limits())
        found = look(looking, told=told, now=now)
        judged = keep(run, found)
    except Exception as error:
        run.state, run.fault = Run.State.FAILED, f"{type(error).__name__}: {error}"[:300]
        run.ended_at = timezone.now()
        run.save(update_fields=["state", "fault", "ended_at"])
        raise
    photograph(run, camera([urlsplit(run.address).netloc, *looking.hosts], settings.BROWSER_PROGRAM))
    return judged


def settings_for(run: Run, limits: Limits) -> Settings:
    """What to look at, with what the office's records and the last inspection tell."""
    chosen = InspectionSettings.objects.filter(organ=run.organ).first()
    parts = urlsplit(run.address)
    origin = f"{parts.scheme}://{parts.netloc}"
    last = Run.objects.filter(address=run.address, state=Run.State.DONE).first()
    before = last.evidence if last is not None else None
    told = register_of(run.organ, origin)
    register = replace(
        told,
        trusted_hosts=tuple((chosen.trusted_hosts if chosen else "").split()),
        channels=_channels(run.organ, told.channels or ()),
        visits=tuple(
            Visit(one.at, one.is_open)
            for one in VisitRow.objects.filter(address=run.address, at__gt=timezone.now() - timedelta(days=8))
        ),
        first_seen=_first_seen(before),
    )
    return Settings(
        run.address,
        register,
        hosts=tuple((chosen.own_hosts if chosen else "").split()),
        limits=limits,
        earlier=_earlier(before),
        try_outside=chosen.tries_outside if chosen else False,
        # A crawl cannot tell reprints from own texts: the names of the office's surroundings stay out.
        style=book_of(run.organ, timezone.localdate()).for_reprints.style,
        seed=timezone.localdate().toordinal(),
    )


def _channels(organ: Organ, posted: tuple[Channel, ...]) -> tuple[Channel, ...] | None:
    """The accounts kept by hand, and what the records of publication know of them.

    Args:
        posted: channels the office publishes to from here, named by their kind; a later post than the one noted by hand
            counts for the one account of that kind. A kind without an account stands for itself.
    """
    rows = list(Account.objects.filter(organ=organ, is_active=True))
    kinds = Counter(one.get_kind_display() for one in rows)
    newest = {one.name: one.newest_on for one in posted}
    found = []
    for one in rows:
        days = [one.newest_on]
        if kinds[one.get_kind_display()] == 1:
            days.append(newest.get(one.get_kind_display()))
        found.append(Channel(str(one), max((day for day in days if day is not None), default=None)))
    found += [one for one in posted if one.name not in kinds]
    return tuple(found) or None


def _first_seen(before: Evidence | None) -> dict[str, date]:
    """Since when each page of the last inspection has been known."""
    if before is None:
        return {}
    day = timezone.localtime(before.began_at).date()
    known = dict(before.register.first_seen or {})
    return known | {
        one.url: day
        for one in before.pages
        if one.kind is PageKind.CONTENT and one.is_open and one.url not in known
    }


def _earlier(before: Evidence | None) -> dict[str, tuple[Try, ...]]:
    """Tries of links that failed last time; the others begin anew."""
    if before is None:
        return {}
    return {url: tries for url, tries in before.tries.items() if tries and tries[-1].failed}


@transaction.atomic
def keep(run: Run, found: Look) -> Inspection:
    """Store the evidence, the findings of its day, and copies of the pages they are about."""
    run.on = timezone.localtime(found.evidence.began_at).date()
    confirmed, dismissed = rulings_of(run.organ)
    judged = inspect(found.evidence, on=run.on, confirmed=confirmed, dismissed=dismissed)
    run.digest = sm3(run.pack(found.evidence))
    run.state, run.ended_at = Run.State.DONE, found.evidence.ended_at
    run.pages, run.verdict, run.score = len(found.evidence.pages), judged.verdict.value, judged.score
    run.cut_short = "；".join(found.evidence.cut_short)
    run.save()
    Finding.objects.bulk_create(_rows(run, judged)[:MAX_FINDINGS])
    _keep_copies(run, found, {one.url for one in judged.findings})
    record_event(
        "inspection.done", run, actor=run.asked_by or "system", organ_code=run.organ.code,
        verdict=run.verdict, score=str(run.score), pages=run.pages, digest=run.digest,
    )  # fmt: skip
    return judged


def _rows(run: Run, judged: Inspection) -> list[Finding]:
    return [
        Finding(
            run=run, code=one.code, url=one.url[:2000], says=one.says,
            state=outcome.state.value if outcome.state is State.SUSPECTED or one.is_certain else State.SUSPECTED.value,
            fingerprint=fingerprint(one.fingerprint),
        )
        for outcome in judged.outcomes for one in outcome.findings
    ]  # fmt: skip


def fingerprint(identity: str) -> str:
    """A short name of a fault, the same from run to run."""
    return sm3(identity.encode())


def _keep_copies(run: Run, found: Look, wanted: set[str]) -> None:
    pages = [one for one in found.evidence.pages if one.url in wanted and one.url in found.bodies][
        :MAX_COPIES
    ]
    PageCopy.objects.bulk_create(
        PageCopy(
            run=run, url=one.url, status=one.status, fetched_at=one.fetched_at, digest=one.digest,
            headers=[list(pair) for pair in one.headers], packed=found.bodies[one.url],
        )
        for one in pages
    )  # fmt: skip


def replay(organ: Organ, day: date) -> tuple[Run, Inspection]:
    """Judge a past day again from its stored evidence, by the indicators in force on that day.

    Raises:
        InspectionRefused: no inspection of that day is kept, or its evidence is not what was signed.
    """
    run = Run.objects.filter(organ=organ, on=day, state=Run.State.DONE).first()
    if run is None:
        raise InspectionRefused(f"没有 {day} 的巡查记录，请换一个日期。")
    return run, judged_again(run)


def judged_again(run: Run) -> Inspection:
    """The inspection of a kept run, with the rulings given since.

    Raises:
        InspectionRefused: the evidence was changed after it was kept.
    """
    if sm3(zlib.decompress(bytes(run.packed))) != run.digest:
        raise InspectionRefused(f"{run.on} 的巡查证据与留存时的摘要不一致，可能被改动，不能用来回放。")
    confirmed, dismissed = rulings_of(run.organ)
    assert run.on is not None  # a kept run has its day
    return inspect(run.evidence, on=run.on, confirmed=confirmed, dismissed=dismissed)


@transaction.atomic
def rule(*, finding: Finding, says: str, reason: str, by: User) -> Ruling:
    """Say of a finding whether it is one; the next judgement goes by it.

    Raises:
        InspectionRefused: no reason is given, or the run's evidence has no such finding.
    """
    run = finding.run
    access.require(by, "核实问题", run.organ)
    if not reason.strip():
        raise InspectionRefused("请写明核实的依据。")
    identity = identity_of(finding)
    made = Ruling.objects.create(
        organ=run.organ,
        fingerprint=finding.fingerprint,
        identity=identity,
        says=says,
        reason=reason.strip(),
        by=by,
    )
    record_event(
        "inspection.ruled", made, actor=by, organ_code=run.organ.code, says=says, reason=reason.strip()
    )
    return made


def identity_of(finding: Finding) -> str:
    """What the evidence calls a finding; the same fault on another day has the same.

    Raises:
        InspectionRefused: the evidence has it no more.
    """
    run = finding.run
    assert run.on is not None  # findings belong to finished runs
    every = inspect(run.evidence, on=run.on).findings
    found = next(
        (one.fingerprint for one in every if fingerprint(one.fingerprint) == finding.fingerprint), None
    )
    if found is None:
        raise InspectionRefused("这条问题已经不在证据里，请查看最近一次巡查。")
    return found

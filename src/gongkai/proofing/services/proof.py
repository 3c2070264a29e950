"""One run over a page (校对一遍), or the run that stands when nothing changed that it depends on."""

from __future__ import annotations

import json
from datetime import date
from time import perf_counter

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Organ
from gongkai.audit.chain import sm3
from gongkai.proofing.engine import engine_version
from gongkai.proofing.models import ProofFinding, ProofRun
from gongkai.proofing.parts import PageText
from gongkai.proofing.reading_files import MAX_BYTES_AT_SAVE, findings_of_file, is_read
from gongkai.proofing.reading_texts import findings_of_given, findings_of_texts
from gongkai.proofing.style_book import Book, book_of


@transaction.atomic
def proof(
    page: PageText, *, organ: Organ | None, on: date | None = None, keep: bool = False, at_save: bool = False
) -> ProofRun:
    """Proofread a page, unless an earlier run saw exactly the same by the same rules.

    Args:
        organ: whose style book holds.
        on: the day the page bears; names of bodies and laws are judged by it. None: today.
        keep: an act relies on this run.
        at_save: large files that were not read before wait for the act that needs them.

    Raises:
        TextTooLong: the page has more text than is read at once.
    """
    day = on or timezone.localdate()
    book = book_of(organ, timezone.localdate())
    if not page.is_own:
        book = book.for_reprints
    files = [
        part for part in page.files if not at_save or is_read(part, book, day) or _is_small(part.size_bytes)
    ]
    fingerprint = _fingerprint(page, book, day, len(files))
    runs = ProofRun.objects.filter(kind=page.kind, key=page.key).order_by("-pk")
    same = runs.filter(
        fingerprint=fingerprint
    ).first()  # a review and the draft after it are looked at in turn
    if same is not None:
        return _kept(same) if keep else same
    last = runs.first()
    started = perf_counter()
    findings = [*findings_of_texts(page, book.style, day), *findings_of_given(page)]
    characters = sum(len(part.text) for part in page.texts)
    for part in files:
        found, read = findings_of_file(part, book, day)
        findings += found
        characters += read
    if last is not None and not last.is_kept:
        last.delete()  # it only followed somebody's typing
    run = ProofRun.objects.create(
        kind=page.kind,
        key=page.key,
        title=page.title[:255],
        digest=page.digest,
        fingerprint=fingerprint,
        engine_version=engine_version(),
        style_version=book.version,
        on=day,
        at=timezone.now(),
        characters=characters,
        milliseconds=round((perf_counter() - started) * 1000),
        is_kept=keep,
    )
    for finding in findings:
        finding.run = run
    ProofFinding.objects.bulk_create(findings, batch_size=500)
    return run


def _kept(run: ProofRun) -> ProofRun:
    if not run.is_kept:
        run.is_kept = True
        run.save(update_fields=["is_kept"])
    return run


def _is_small(size_bytes: int) -> bool:
    return size_bytes <= MAX_BYTES_AT_SAVE


def _fingerprint(page: PageText, book: Book, day: date, files_read: int) -> str:
    """All that findings depend on: words, files, what the owner found, the rules and the day."""
    seen = [
        page.digest,
        [(part.name, part.label, part.text, part.is_running, part.is_title) for part in page.texts],
        [(part.name, part.label, part.file_name, part.file_hash) for part in page.files],
        [(given.part, given.rule, given.quote, given.message) for given in page.given],
        (files_read, engine_version(), book.version, day.isoformat()),
    ]
    return sm3(json.dumps(seen, ensure_ascii=False).encode("utf-8", "surrogatepass"))

"""Entering, withdrawing and importing ledger records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Organ, User
from gongkai.audit.chain import sm3
from gongkai.audit.services import record_event
from gongkai.reporting import access
from gongkai.reporting.errors import AlreadyExists, ReportingError
from gongkai.reporting.importing import RowFault, faults_of, parse
from gongkai.reporting.ledgers import LEDGERS, Ledger
from gongkai.reporting.models import ImportBatch, LedgerRecord


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import did or would do: rows read, faults by row, and the batch when it was saved."""

    rows: int
    faults: tuple[RowFault, ...]
    batch: ImportBatch | None = None


@transaction.atomic
def enter_record(
    *,
    ledger: Ledger,
    organ: Organ,
    actor: User,
    values: Mapping[str, Any],
    evidence: UploadedFile | None = None,
) -> LedgerRecord:
    """Enter one record by hand.

    Raises:
        ValidationError: a field or a rule of the ledger is broken (Chinese messages by field).
    """
    access.require(actor, "登记台账", organ)
    record = ledger.model(organ=organ, entered_by=actor, **values)
    if evidence is not None:
        record.evidence = evidence
    record.full_clean()
    record.save()
    record_event("ledger.entered", record, actor=actor, organ_code=organ.code, ledger=ledger.key)
    return record


@transaction.atomic
def withdraw_record(*, ledger: Ledger, record_id: int, actor: User, reason: str) -> LedgerRecord:
    """Take a record out of the figures with a reason; it stays readable (撤销登记)."""
    record = ledger.model.objects.select_for_update().select_related("organ").get(pk=record_id)
    access.require(actor, "登记台账", record.organ)
    if record.withdrawn_at is not None:
        raise AlreadyExists("这条记录已经撤销。")
    if not reason.strip():
        raise ReportingError("请写明撤销理由，例如：与第 12 号重复登记。")
    record.withdrawn_at, record.withdrawn_by, record.withdrawn_reason = timezone.now(), actor, reason.strip()
    record.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    record_event(
        "ledger.withdrawn",
        record,
        actor=actor,
        organ_code=record.organ.code,
        ledger=ledger.key,
        reason=reason,
    )
    return record


def import_ledger(
    *,
    ledger_key: str,
    organ: Organ,
    actor: User,
    file_name: str,
    content: bytes,
    evidence: UploadedFile | None = None,
    dry_run: bool = False,
) -> ImportOutcome:
    """Import a file whole or not at all.

    Raises:
        RefusedUpload: the file as a whole cannot be taken.
        AlreadyExists: the same file was imported before.
    """
    access.require(actor, "登记台账", organ)
    ledger = LEDGERS[ledger_key]
    digest = sm3(content)
    earlier = ImportBatch.objects.filter(organ=organ, ledger=ledger.key, digest=digest).first()
    if earlier is not None:
        when = timezone.localtime(earlier.imported_at).strftime("%Y-%m-%d %H:%M")
        raise AlreadyExists(
            f"同一文件已于 {when} 由{earlier.imported_by}导入（{earlier.rows} 条），没有重复导入。"
        )
    parsed = parse(content, ledger)
    with transaction.atomic():
        batch = ImportBatch(
            organ=organ, ledger=ledger.key, file_name=file_name[:200], digest=digest, rows=len(parsed.rows),
            imported_by=actor,
        )  # fmt: skip
        batch.file.name = ""
        batch.save()
        faults = [*parsed.faults, *_save_rows(ledger, organ, actor, batch, parsed.rows, parsed.faults)]
        faults.sort(key=lambda fault: fault.row)
        if faults or dry_run:
            transaction.set_rollback(True)
            return ImportOutcome(len(parsed.rows), tuple(faults))
        batch.file.save(file_name, ContentFile(content), save=False)
        if evidence is not None:
            batch.evidence = evidence
        batch.save()
        record_event(
            "ledger.imported",
            batch,
            actor=actor,
            organ_code=organ.code,
            ledger=ledger.key,
            rows=batch.rows,
            digest=digest,
        )
    return ImportOutcome(len(parsed.rows), (), batch)


def _save_rows(
    ledger: Ledger,
    organ: Organ,
    actor: User,
    batch: ImportBatch,
    rows: list[tuple[int, dict[str, Any]]],
    known: list[RowFault],
) -> list[RowFault]:
    """Save row by row inside the caller's transaction, so that a row is checked against those above it too."""
    faulty = {fault.row for fault in known}
    faults: list[RowFault] = []
    for number, values in rows:
        if number in faulty:
            continue
        record = ledger.model(organ=organ, entered_by=actor, batch=batch, **values)
        try:
            record.full_clean(exclude=["organ", "entered_by", "batch"], validate_constraints=False)
            record.validate_constraints()
        except ValidationError as error:
            faults += faults_of(error, number, ledger, values)
            continue
        record.save()
    return faults

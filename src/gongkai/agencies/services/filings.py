"""Filing rosters and their changes with the superior organ (报备), and the receipt that comes back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from gongkai.agencies import acts
from gongkai.agencies.errors import FilingRefused
from gongkai.agencies.models import FilingRecord, FilingRule, GroupChange, Organ, User
from gongkai.audit.services import record_event
from gongkai.releasefiles.errors import UploadRefused
from gongkai.releasefiles.file_types import FileType
from gongkai.releasefiles.sniffing import screen_upload

_W = FilingRecord.What
RECEIPT_TYPES = frozenset({FileType.PDF, FileType.OFD, FileType.JPEG, FileType.PNG})


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came back: its number, its day, and the file with its name; number and file may be missing, not both."""

    number: str = ""
    on: date | None = None
    name: str = ""
    data: bytes = b""


@transaction.atomic
def file_changes(  # noqa: PLR0913 - an act takes what its form has, all by name
    *, actor: User, organ: Organ, what: str, filed_on: date, to_body: str, changes: Iterable[GroupChange],
    document_number: str = "", note: str = "", receipt: Receipt | None = None,
) -> FilingRecord:  # fmt: skip
    """Record that a roster or its changes were filed.

    Args:
        changes: those that the filing tells of; none for a contact list alone.

    Raises:
        FilingRefused: a field is faulty, a change is another organ's or filed already, or came after the filing.
    """
    acts.require(actor, "登记报备", organ)
    if filed_on > timezone.localdate():
        raise FilingRefused("报备日期不能晚于今天。")
    chosen = list(GroupChange.objects.select_for_update().filter(pk__in=[one.pk for one in changes]))
    _require_changes(organ, what, filed_on, chosen)
    made = FilingRecord(
        organ=organ, what=what, filed_on=filed_on, to_body=to_body.strip(), document_number=document_number.strip(),
        note=note.strip(), by=actor, at=timezone.now(),
    )  # fmt: skip
    _clean(made)
    made.save()
    GroupChange.objects.filter(pk__in=[one.pk for one in chosen]).update(filing=made)
    record_event(
        "filing.recorded", made, actor=actor, organ_code=organ.code, what=what, filed_on=filed_on,
        to_body=made.to_body, changes=[one.pk for one in chosen],
    )  # fmt: skip
    if receipt is not None:
        _keep_receipt(made, receipt, actor)
    return made


def _require_changes(organ: Organ, what: str, filed_on: date, chosen: list[GroupChange]) -> None:
    if what != _W.CONTACTS and not chosen:
        raise FilingRefused("请选择这次报备的变动；只报联系名单的，报备事项选“联系名单”。")
    if any(one.group.organ_id != organ.pk for one in chosen):
        raise FilingRefused("选择的变动里有别的机关的，请重新选择。")
    filed = next((one for one in chosen if one.filing_id is not None), None)
    if filed is not None:
        raise FilingRefused(f"“{filed.text[:30]}”已经报备过，请重新选择。")
    late = next((one for one in chosen if one.on > filed_on), None)
    if late is not None:
        raise FilingRefused(f"报备日期早于变动日期（{late.on}），请核对。")


@transaction.atomic
def add_receipt(*, filing: FilingRecord, actor: User, receipt: Receipt) -> FilingRecord:
    """Keep the receipt that came back later; one that is there stays.

    Raises:
        FilingRefused: there is one already, it holds nothing, or the file is not what its name says.
    """
    found = FilingRecord.objects.select_for_update(of=("self",)).select_related("organ").get(pk=filing.pk)
    acts.require(actor, "登记报备", found.organ)
    if found.receipt or found.receipt_number:
        raise FilingRefused("这次报备已经有回执，不能替换。回执有误的，另行登记一次报备并在说明里写明。")
    return _keep_receipt(found, receipt, actor)


def _keep_receipt(found: FilingRecord, receipt: Receipt, actor: User) -> FilingRecord:
    if not (receipt.number.strip() or receipt.data):
        raise FilingRefused("请填写回执编号，或者上传回执文件。")
    if receipt.on is not None and not found.filed_on <= receipt.on <= timezone.localdate():
        raise FilingRefused("回执日期应在报备日期和今天之间，请核对。")
    found.receipt_number, found.receipt_on = receipt.number.strip(), receipt.on
    if receipt.data:
        name = PurePosixPath(receipt.name.replace("\\", "/")).name[:200]
        try:
            kind = screen_upload(receipt.data, name, allowed=RECEIPT_TYPES)
        except UploadRefused as refusal:
            raise FilingRefused(str(refusal)) from refusal
        found.receipt_name, found.receipt_type = name, kind.content_type
        found.receipt.save(name, ContentFile(receipt.data), save=False)
    _clean(found)
    found.save()
    record_event(
        "filing.receipt_kept", found, actor=actor, organ_code=found.organ.code, number=found.receipt_number,
        file=found.receipt_name,
    )  # fmt: skip
    return found


@transaction.atomic
def set_rule(*, actor: User, organ: Organ, **fields: object) -> FilingRule:
    """Set by when changes are filed and with whom.

    Raises:
        FilingRefused: a field is faulty, or a limit is said to be compared without its basis.
    """
    acts.require(actor, "登记报备", organ)
    rule = FilingRule.objects.select_for_update().filter(organ=organ).first() or FilingRule(organ=organ)
    for name, value in fields.items():
        setattr(rule, name, value)
    if rule.is_confirmed and not rule.basis.strip():
        raise FilingRefused("期限核对过的，请写明依据的文件和条款。")
    _clean(rule)
    rule.save()
    record_event(
        "filing.rule_set", rule, actor=actor, organ_code=organ.code, days=rule.days,
        in_working_days=rule.in_working_days, is_confirmed=rule.is_confirmed,
    )  # fmt: skip
    return rule


def _clean(row: FilingRecord | FilingRule) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        texts = [
            f"{row._meta.get_field(name).verbose_name}：{line}"
            for name, lines in error.message_dict.items()
            for line in lines
        ]
        raise FilingRefused("；".join(texts)) from error

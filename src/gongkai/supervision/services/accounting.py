"""Entering and withdrawing outcomes of holding to account."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Department, Organ, User
from gongkai.audit.services import record_event
from gongkai.core.disclosure.liability import BY_CODE, DEFAULT_FORMS
from gongkai.supervision import access
from gongkai.supervision.errors import AccountabilityRefused
from gongkai.supervision.models import (
    Accountability,
    AccountabilityFile,
    AccountabilityForm,
    Finding,
    Rectification,
)
from gongkai.supervision.services.keeping import stored_fields

ENTER = "登记责任追究"


@transaction.atomic
def forms_in_use() -> list[AccountabilityForm]:
    """The office's forms; the defaults the first time."""
    if not AccountabilityForm.objects.exists():
        AccountabilityForm.objects.bulk_create(
            AccountabilityForm(name=one.name, source=one.source, position=number)
            for number, one in enumerate(DEFAULT_FORMS, start=1)
        )
    return list(AccountabilityForm.objects.filter(is_active=True))


@transaction.atomic
def enter_accountability(  # noqa: PLR0913 - an act takes what its form has, all by name
    *, organ: Organ, by: User, decided_on: date, matter: str, basis: str, form: AccountabilityForm,
    department: Department | None = None, role: str = "", document_number: str = "",
    rectification: Rectification | None = None, finding: Finding | None = None, data: bytes = b"", name: str = "",
) -> Accountability:  # fmt: skip
    """Enter who was held to account, by department or by post, on what basis and how.

    Raises:
        AccountabilityRefused: nobody is meant, no matter, in the future, or something belongs to another organ.
        UploadRefused: the paper harms, or is not what its name says.
    """
    access.require(by, ENTER, organ)
    if not matter.strip():
        raise AccountabilityRefused("请写明事由。")
    if decided_on > timezone.localdate():
        raise AccountabilityRefused("决定日期晚于今天，请核对。")
    if basis not in BY_CODE:
        raise AccountabilityRefused("请选择依据。")
    if department is None and not role.strip():
        raise AccountabilityRefused("请选责任部门，或者写责任人的岗位、职务。")
    if department is not None and department.organ_id != organ.pk:
        raise AccountabilityRefused("责任部门不属于这个机关，请重新选择。")
    if rectification is not None and rectification.organ_id != organ.pk:
        raise AccountabilityRefused("整改不是这个机关的，请重新选择。")
    if finding is not None and finding.run.organ_id != organ.pk:
        raise AccountabilityRefused("巡查问题不是这个机关的，请重新选择。")
    made = Accountability.objects.create(
        organ=organ, made_by=by, decided_on=decided_on, matter=matter.strip(), basis=basis, form=form,
        department=department, role=role.strip(), document_number=document_number.strip(),
        rectification=rectification, finding=finding or (rectification.finding if rectification else None),
    )  # fmt: skip
    if name:
        AccountabilityFile.objects.create(
            accountability=made, **stored_fields(data=data, name=name, title="", by=by)
        )
    record_event("accountability.entered", made, actor=by, organ_code=organ.code, basis=basis)
    return made


@transaction.atomic
def withdraw_accountability(*, record: Accountability, by: User, reason: str) -> Accountability:
    """Take an outcome out of the count, as when it was revoked or entered by mistake; it stays readable.

    Raises:
        AccountabilityRefused: withdrawn already, or no reason.
    """
    found = Accountability.objects.select_for_update(of=("self",)).select_related("organ").get(pk=record.pk)
    access.require(by, ENTER, found.organ)
    if found.withdrawn_at is not None:
        raise AccountabilityRefused("这一条已经撤销。")
    if not reason.strip():
        raise AccountabilityRefused("请写明撤销的理由。")
    found.withdrawn_at, found.withdrawn_by = timezone.now(), by
    found.withdrawn_reason = reason.strip()
    found.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    record_event("accountability.withdrawn", found, actor=by, organ_code=found.organ.code)
    return found

"""Entering one step of the procedure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import User
from gongkai.audit.services import record_event
from gongkai.core.documents.normative import (
    STEPS,
    Obstacle,
    Outcome,
    Step,
    StepRecord,
    last_day,
    missing_data,
    obstacle,
    term_kind,
)
from gongkai.publishing.errors import NormativeRefused
from gongkai.publishing.models import InterpretationPlan, NormativeDocument, NormativeOffice, NormativeStep
from gongkai.publishing.normative import access
from gongkai.publishing.normative.services.drafting import locked, number_of
from gongkai.publishing.normative.services.telling import settle

UNIFIED_NUMBER = re.compile(r"[A-Z]{3,8}[—-]\d{4}[—-]\d{1,5}")
WHY_NOT = {
    Obstacle.OUT_OF_ORDER: "还没有轮到这一步，请先完成“{next}”。",
    Obstacle.BEFORE_AN_EARLIER_STEP: "日期早于前面已完成的步骤，请核对。",
    Obstacle.IN_THE_FUTURE: "日期晚于今天，请核对。",
    Obstacle.GATE_DATA_MISSING: "请填写：{missing}。",
    Obstacle.CANNOT_FAIL: "这一步没有“未通过”的结果。",
    Obstacle.CANNOT_BE_SKIPPED: "“{step}”是必经步骤，不能略过。",
    Obstacle.REASON_MISSING: "请写明理由。",
    Obstacle.PUBLISHED_ALREADY: "文件已公布，不能再改草案。",
}
BY_ITSELF = {
    Step.PUBLICATION: "公布由系统登记：公布的信息审核通过、上线时自动记入。",
}


@transaction.atomic
def record_step(
    *,
    document: NormativeDocument,
    step: Step,
    actor: User,
    on: date,
    outcome: Outcome = Outcome.DONE,
    data: Mapping[str, str] | None = None,
    reason: str = "",
    file: UploadedFile | None = None,
    effective_on: date | None = None,
    valid_to: date | None = None,
    term_reason: str = "",
) -> NormativeDocument:
    """Enter what came of a step.

    Args:
        effective_on, valid_to, term_reason: of the registration only; the term is proposed where none is given.

    Raises:
        NormativeRefused: out of order, without its data, or against a condition of the step; the message says which.
        AccessDenied: not for this person.
    """
    document = locked(document)
    access.require(actor, access.ACT_OF_STEP[step], document.organ)
    if step in BY_ITSELF:
        raise NormativeRefused(BY_ITSELF[step])
    given = {name: str(value).strip() for name, value in (data or {}).items()}
    _conditions(document, step, outcome, actor)
    if step is Step.REGISTRATION and outcome is Outcome.DONE:
        _number(document, given, effective_on, valid_to, term_reason)
    if step is Step.SIGNING:
        document.signer, document.signed_on = given.get("signer", ""), on
    enter(document, step, actor, on, outcome=outcome, data=given, reason=reason, file=file)
    document.save()
    record_event(
        "normative.step", document, actor=actor, organ_code=document.organ.code, step=step.value,
        outcome=outcome.value, on=on, reason=reason,
    )  # fmt: skip
    return settle(document)


def enter(
    document: NormativeDocument, step: Step, actor: User, on: date, *, outcome: Outcome = Outcome.DONE,
    data: Mapping[str, str] | None = None, reason: str = "", file: Any = None,
) -> NormativeStep:  # fmt: skip
    """Add the record when the state machine takes it; the caller looked at the rights."""
    given = {name: value for name, value in (data or {}).items() if value}
    if step is Step.DRAFTING:
        given["draft"] = f"正文 {len(document.text)} 字" if document.text.strip() else ""
    record = StepRecord(step, outcome, on, frozenset(name for name, value in given.items() if value), reason)
    records = document.records
    why = obstacle(document.profile, records, record, today=timezone.localdate())
    if why is not None:
        following = document.progress.next_step
        raise NormativeRefused(
            WHY_NOT[why].format(
                next=STEPS[following].label if following else "—", step=STEPS[step].label,
                missing="、".join(missing_data(record)),
            )
        )  # fmt: skip
    return NormativeStep.objects.create(
        document=document, step=step, outcome=outcome, on=on, data=given, reason=reason.strip(), file=file or "", person=actor,
        entered_at=timezone.now(),
    )  # fmt: skip


def _conditions(document: NormativeDocument, step: Step, outcome: Outcome, actor: User) -> None:
    """What the house asks beside the order of steps."""
    if step is Step.LEGALITY:
        drafters = {one.person_id for one in document.steps.all() if one.step == Step.DRAFTING}
        if actor.pk in drafters | {document.created_by_id}:
            raise NormativeRefused("您起草过这件文件，合法性审核须由其他人办理。")
    if step is Step.CONSULTATION and document.consultations.exists():
        latest = document.consultations.first()
        if not latest.is_closed:
            raise NormativeRefused("公开征求意见还没有结束，截止以后再登记。")
    if step is Step.SIGNING and not has_plan(document):
        raise NormativeRefused("解读方案须与文件同步审签：请先登记解读方案，不需要解读的写明理由。")


def has_plan(document: NormativeDocument) -> bool:
    """Whether the interpretation is planned, or waived with a reason (三同步)."""
    waived = bool(document.no_interpretation_reason.strip())
    return waived or InterpretationPlan.objects.filter(document=document).exists()


def _number(
    document: NormativeDocument, given: dict[str, str], effective_on: date | None, valid_to: date | None, why: str
) -> None:  # fmt: skip
    """Unified number, document number, first and last day."""
    if not UNIFIED_NUMBER.fullmatch(given.get("unified_number", "")):
        raise NormativeRefused("统一编号的写法不对，应当像“SLYQ-2026-3”这样：大写字母代号、年份、序号。")
    document.unified_number = given["unified_number"]
    document.document_number = given["document_number"] = number_of(given.get("document_number", ""))
    for name, label in (("unified_number", "统一编号"), ("document_number", "文号")):
        others = NormativeDocument.objects.filter(organ=document.organ, **{name: getattr(document, name)})
        if others.exclude(pk=document.pk).exists():
            raise NormativeRefused(f"{label}“{getattr(document, name)}”已经用过，请核对。")
    if effective_on is None:
        raise NormativeRefused("请填写施行日期。")
    usual = usual_last_day(document, effective_on)
    document.effective_on, document.valid_to = effective_on, valid_to or usual
    if document.valid_to < effective_on:
        raise NormativeRefused("有效期早于施行日期，请核对。")
    if document.valid_to > usual and not why.strip():
        raise NormativeRefused(f"有效期超过通常的期限（至 {usual:%Y-%m-%d}），请写明理由。")
    document.term_reason = why.strip()


def usual_last_day(document: NormativeDocument, effective_on: date) -> date:
    """The last day of the term that the office's setting gives a document of this name."""
    office = NormativeOffice.objects.filter(organ=document.organ).first() or NormativeOffice()
    return last_day(effective_on, office.terms.years(term_kind(document.title)))


def next_numbers(document: NormativeDocument, year: int) -> tuple[str, str]:
    """The unified number and the document number that follow in a year; "" where the office set no letters."""
    office = NormativeOffice.objects.filter(organ=document.organ).first() or NormativeOffice()
    issued = NormativeDocument.objects.filter(organ=document.organ)
    unified = _following(issued.values_list("unified_number", flat=True), f"{office.number_prefix}-{year}-")
    number = _following(issued.values_list("document_number", flat=True), f"{office.document_mark}〔{year}〕")
    return (
        f"{office.number_prefix}-{year}-{unified}" if office.number_prefix else "",
        f"{office.document_mark}〔{year}〕{number}号" if office.document_mark else "",
    )


def _following(taken: Any, start: str) -> int:
    serials = [
        int(found)
        for one in taken
        if one.startswith(start) and (found := one[len(start) :].rstrip("号")).isdigit()
    ]
    return max(serials, default=0) + 1

"""Beginning a document, changing its draft, taking over what was published before the system came."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Organ, User
from gongkai.audit.services import record_event
from gongkai.core.documents.document_numbers import DocumentNumberFaulty, parse_document_number
from gongkai.core.documents.normative import Outcome, Step
from gongkai.publishing.errors import NormativeRefused
from gongkai.publishing.models import ItemPage, NormativeDocument, NormativeOffice, NormativeStep
from gongkai.publishing.normative import access
from gongkai.publishing.normative.figures import counted_elsewhere
from gongkai.publishing.normative.services.telling import settle

FIELDS = (
    *("department", "title", "recipients", "text", "attachments", "topic"),
    *("is_important", "impact", "touches_business"),
)
NOT_QUALIFIED = (
    "本机关还没有登记“有权制发规范性文件”及其依据。确有权的，请先在“规范性文件管理设置”里登记；"
    "无权的，请把草案报上级人民政府制发。"
)


@transaction.atomic
def begin(*, organ: Organ, actor: User, **fields: Any) -> NormativeDocument:
    """Register a document that is being drafted.

    Raises:
        NormativeRefused: the organ may not issue normative documents, or a field is wrong.
        AccessDenied: not for this person.
    """
    access.require(actor, "起草规范性文件", organ)
    office = NormativeOffice.objects.filter(organ=organ).first()
    if office is None or not office.is_qualified:
        raise NormativeRefused(NOT_QUALIFIED)
    document = NormativeDocument(organ=organ, created_by=actor, next_step=Step.DRAFTING.value, **fields)
    _save(document)
    record_event("normative.begun", document, actor=actor, organ_code=organ.code)
    return document


@transaction.atomic
def change_draft(*, document: NormativeDocument, actor: User, **fields: Any) -> NormativeDocument:
    """Change the draft. Once it was handed in, the change is a new draft: what was decided on the old is decided anew.

    Raises:
        NormativeRefused: published already, or a field is wrong.
    """
    document = locked(document)
    access.require(actor, "起草规范性文件", document.organ)
    at = document.progress
    if at.is_published or document.is_taken_over:
        raise NormativeRefused("文件已公布，正文不能再改；要改的，另行制发修改的文件。")
    if document.consultations.filter(closes_on__gte=timezone.localdate()).exists():
        raise NormativeRefused("正在公开征求意见，截止以前草案不能改。")
    changed = sorted(name for name in fields if getattr(document, name) != fields[name])
    if not changed:
        return document
    for name in changed:
        setattr(document, name, fields[name])
    _save(document)
    earlier = at.done.get(Step.DRAFTING)
    if earlier is not None:
        last = document.steps.filter(step=Step.DRAFTING, outcome=Outcome.DONE).last()
        NormativeStep.objects.create(
            document=document, step=Step.DRAFTING, outcome=Outcome.DONE, on=timezone.localdate(), data=last.data,
            reason="草案有修改，此后的审核、审议重新进行。", person=actor,
        )  # fmt: skip
    record_event("normative.changed", document, actor=actor, organ_code=document.organ.code, fields=changed)
    return settle(document)


@transaction.atomic
def take_over(
    *, organ: Organ, actor: User, title: str, document_number: str, published_on: date, effective_on: date | None,
    valid_to: date | None, page: ItemPage | None = None, unified_number: str = "", text: str = "", topic: str = "",
) -> NormativeDocument:  # fmt: skip
    """Enter a document that was published before the system came, so that its force is watched from now on.

    Raises:
        NormativeRefused: in the future, a number that is none or is taken, an item of another document.
    """
    access.require(actor, "登记编号和备案", organ)
    if published_on > timezone.localdate():
        raise NormativeRefused("公布日期晚于今天；还没有公布的文件请按“起草新文件”办理。")
    if page is not None and not page.live:
        raise NormativeRefused("选定的信息没有发布，不能作为文件的公布页面。")
    if counted_elsewhere(organ, number_of(document_number), published_on.year):
        raise NormativeRefused(
            f"规范性文件台账里已有文号“{number_of(document_number)}”，一件文件只计一次，请先在台账里撤销这条记录。"
        )
    document = NormativeDocument(
        organ=organ, created_by=actor, title=title, document_number=number_of(document_number), page=page,
        unified_number=unified_number, published_on=published_on, effective_on=effective_on or published_on,
        valid_to=valid_to, text=text, topic=topic, is_taken_over=True, signed_on=published_on,
    )  # fmt: skip
    _save(document)
    record_event("normative.taken_over", document, actor=actor, organ_code=organ.code)
    return settle(document)


def number_of(text: str) -> str:
    """A document number as it is written; raises NormativeRefused."""
    try:
        return str(parse_document_number(text))
    except DocumentNumberFaulty as error:
        raise NormativeRefused(str(error)) from None


def locked(document: NormativeDocument) -> NormativeDocument:
    """The document, locked, with its records."""
    NormativeDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    return NormativeDocument.objects.whole().get(pk=document.pk)


def _save(document: NormativeDocument) -> None:
    try:
        document.full_clean()
    except ValidationError as error:
        raise NormativeRefused(sentences(document, error)) from None
    document.save()


def sentences(document: NormativeDocument, error: ValidationError) -> str:
    """The faults of a record in one Chinese sentence."""
    names = {field.name: field.verbose_name for field in document._meta.fields}
    parts = [
        f"{names[name]}：{text}" if name in names else text
        for name, texts in error.message_dict.items()
        for text in texts
    ]
    return "；".join(part.rstrip("。") for part in parts) + "。"

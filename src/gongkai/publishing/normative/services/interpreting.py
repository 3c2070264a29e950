"""Interpretations: planned with the document, linked both ways."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.audit.services import record_event
from gongkai.publishing.errors import NormativeRefused
from gongkai.publishing.models import Interpretation, InterpretationPlan, ItemPage, NormativeDocument
from gongkai.publishing.normative import access
from gongkai.publishing.normative.services.drafting import locked
from gongkai.publishing.normative.services.telling import tell_pages


@transaction.atomic
def plan_interpretation(
    *, document: NormativeDocument, actor: User, outline: str, forms: str, channel: str, interpreter: str,
    planned_on: date | None = None,
) -> InterpretationPlan:  # fmt: skip
    """Enter or renew the plan before the document is signed; raises NormativeRefused after publication."""
    document = locked(document)
    access.require(actor, "登记政策解读", document.organ)
    if document.published_on is not None:
        raise NormativeRefused("文件已公布，解读方案不能再改；请直接关联解读。")
    plan, _ = InterpretationPlan.objects.update_or_create(
        document=document,
        defaults={
            "outline": outline, "forms": forms, "channel": channel, "interpreter": interpreter, "planned_on": planned_on,
            "signed_by": actor,
        },
    )  # fmt: skip
    record_event("normative.interpretation_planned", document, actor=actor, organ_code=document.organ.code)
    return plan


@transaction.atomic
def waive_interpretation(*, document: NormativeDocument, actor: User, reason: str) -> NormativeDocument:
    """Say why a document needs no interpretation; the reason is kept."""
    document = locked(document)
    access.require(actor, "登记政策解读", document.organ)
    if not reason.strip():
        raise NormativeRefused("请写明不作解读的理由。")
    document.no_interpretation_reason = reason.strip()
    document.save(update_fields=["no_interpretation_reason"])
    record_event(
        "normative.interpretation_waived",
        document,
        actor=actor,
        organ_code=document.organ.code,
        reason=reason,
    )
    return document


@transaction.atomic
def link_interpretation(
    *, document: NormativeDocument, item: ItemPage, form: str, actor: User
) -> Interpretation:
    """Link an item that interprets the document; both pages show the link once both are live.

    Raises:
        NormativeRefused: the document's own page, another organ's item, or linked already.
    """
    document = locked(document)
    access.require(actor, "登记政策解读", document.organ)
    if document.page_id == item.pk:
        raise NormativeRefused("文件本身不能作为自己的解读。")
    if item.organ_id != document.organ_id:
        raise NormativeRefused("请选择本机关发布的解读。")
    if document.interpretations.filter(page=item).exists():
        raise NormativeRefused("这条解读已经关联。")
    link = Interpretation.objects.create(document=document, page=item, form=form, linked_by=actor)
    record_event(
        "normative.interpretation_linked", document, actor=actor, organ_code=document.organ.code, item=item.pk, form=form
    )  # fmt: skip
    tell_pages(document)
    return link

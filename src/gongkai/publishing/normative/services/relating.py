"""What a document does to others: amend, repeal, replace."""

from __future__ import annotations

from django.db import transaction

from gongkai.agencies.models import User
from gongkai.audit.services import record_event
from gongkai.core.documents.normative import EffectKind
from gongkai.publishing.errors import NormativeRefused
from gongkai.publishing.models import NormativeDocument, NormativeEffect
from gongkai.publishing.normative import access
from gongkai.publishing.normative.services.drafting import locked
from gongkai.publishing.normative.services.telling import settle

KINDS = (EffectKind.AMENDS, EffectKind.REPEALS, EffectKind.REPLACES)


@transaction.atomic
def relate(
    *, document: NormativeDocument, target: NormativeDocument, kind: EffectKind, actor: User, note: str = ""
) -> NormativeEffect:
    """Say that a document amends, repeals or replaces another, from the day it takes effect itself.

    Raises:
        NormativeRefused: on itself, on another organ's, on one not in force, twice, or after publication.
    """
    document = locked(document)
    access.require(actor, "起草规范性文件", document.organ)
    if kind not in KINDS:
        raise NormativeRefused("请选择修改、废止或者废止并代替。")
    if document.pk == target.pk:
        raise NormativeRefused("文件不能修改或者废止自己。")
    if target.organ_id != document.organ_id:
        raise NormativeRefused("只能修改、废止本机关制定的文件。")
    if target.published_on is None:
        raise NormativeRefused(f"“{target.title}”没有公布，不用修改或者废止。")
    if document.published_on is not None and not document.is_taken_over:
        raise NormativeRefused("文件已公布，它修改、废止了哪些文件不能再改。")
    if target.standing.is_over and not document.is_taken_over:
        raise NormativeRefused(f"“{target.title}”现在{target.standing_label}，不用再处理。")
    if NormativeEffect.objects.filter(target=target, source=document).exists():
        raise NormativeRefused("这两件文件的关系已经登记。")
    effect = NormativeEffect.objects.create(
        target=target, source=document, kind=kind, note=note, on=document.effective_on if document.is_taken_over else None
    )  # fmt: skip
    record_event(
        "normative.related", document, actor=actor, organ_code=document.organ.code, target=target.pk, kind=kind.value
    )  # fmt: skip
    settle(target)
    return effect

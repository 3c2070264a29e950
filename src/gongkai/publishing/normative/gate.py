"""What an item that carries a normative document must have before it is submitted or published."""

from __future__ import annotations

from gongkai.core.documents.normative import STEPS
from gongkai.publishing.models import ItemPage, NormativeDocument
from gongkai.publishing.normative.texts import first_missing


def obstacle_to_release(draft: ItemPage) -> str:
    """Why an item cannot go out yet; "" for items that carry no document.

    No number, no publication (三统一); and what is published is what was deliberated.
    """
    document = NormativeDocument.objects.filter(page=draft.pk).prefetch_related("steps").first()
    if document is None or document.is_taken_over:
        return ""
    at = document.progress
    if not at.is_published and not at.may_be_published:
        missing = STEPS[at.next_step].label if at.next_step else ""
        return f"这是规范性文件，还没有完成“{missing}”，不能公布"
    if draft.document_number != document.document_number:
        return f"文号应为“{document.document_number}”，与登记的一致"
    changed = first_missing(document.text, draft.body)
    if changed is not None:
        return f"正文与审议通过的文件不一致，从“{changed[:30]}”起请核对"
    return ""

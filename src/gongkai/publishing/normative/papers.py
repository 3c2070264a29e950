"""The official paper of a normative document, from its record."""

from __future__ import annotations

from django.utils import timezone

from gongkai.core.documents.official_paper import PaperText
from gongkai.publishing.models import NormativeDocument
from gongkai.publishing.normative.texts import html_paragraphs, paragraphs


def paper_of(document: NormativeDocument, *, released: bool = False) -> PaperText:
    """The paper; before its signature it carries today's date and a blank number.

    Args:
        released: take the text from the item that the public reads, so that page and file carry the same words.
    """
    page = document.live_page if released else None
    lines = html_paragraphs(page.body) if page is not None else paragraphs(document.text)
    return PaperText(
        mark=f"{document.organ.name}文件",
        number=document.document_number or "〔    〕  号",
        unified_number=document.unified_number,
        title=document.title,
        recipients=document.recipients.rstrip("：: "),
        paragraphs=tuple(lines),
        attachments=tuple(paragraphs(document.attachments)),
        organ=document.organ.name,
        dated=document.signed_on or timezone.localdate(),
        printed_by=document.organ.name if document.published_on else "",
        printed_on=document.published_on,
    )

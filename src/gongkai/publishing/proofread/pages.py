"""An item as the proofreader takes it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from gongkai.proofing.parts import FilePart, PageText, TextPart
from gongkai.publishing.canonical import digest_of
from gongkai.publishing.proofread.facts import facts_at_odds
from gongkai.publishing.proofread.leaves import leaves_of
from gongkai.publishing.proofread.links import dead_links

if TYPE_CHECKING:
    from gongkai.publishing.models import ItemPage

KIND = "item"


def page_text(item: ItemPage) -> PageText:
    """All that the public will read of this version of an item."""
    leaves = list(leaves_of(item))
    texts = tuple(
        TextPart(leaf.address, leaf.label, leaf.text, leaf.is_running, leaf.address == "title")
        for leaf in leaves
    )
    return PageText(
        KIND,
        str(item.pk),
        item.title,
        digest_of(item),
        texts,
        tuple(_files(item)),
        (*dead_links(item, leaves), *facts_at_odds(item, leaves)),
        is_own=item.source_kind != "reprint",
    )


def _files(item: ItemPage) -> Iterator[FilePart]:
    """Attachments, and files that the text links or shows."""
    shown: dict[int, tuple[Any, str]] = {}
    for attachment in item.attachments.all():
        shown.setdefault(attachment.document_id, (attachment.document, attachment.shown_title))
    for document in _linked(item):
        shown.setdefault(document.pk, (document, document.title))
    for pk, (document, title) in shown.items():
        yield FilePart(
            f"file/{pk}",
            f"附件“{title}”",
            document.filename,
            document.get_file_hash(),
            document.get_file_size() or 0,
            partial(_bytes_of, document),
        )


def _linked(item: ItemPage) -> Iterator[Any]:
    from wagtail.documents import get_document_model

    model = get_document_model()
    found = {
        str(pk)
        for field in (item._meta.get_field("body"), item._meta.get_field("blocks"))
        for kind, pk, *_ in field.extract_references(field.value_from_object(item))
        if kind is model
    }
    yield from model.objects.filter(pk__in=[pk for pk in found if pk.isdigit()]).order_by("pk")


def _bytes_of(document: Any) -> bytes:
    with document.file.storage.open(document.file.name, "rb") as file:
        return bytes(file.read())

"""The content of an item in one fixed form, and its SM3 digest: what a sign-off is given for.

Everything that an editor can set counts, also fields and child records added later; what Wagtail keeps for itself does
not. Blank fields are left out, so that a field added later does not reopen old reviews. Files and pictures in the text
count by the digest of their bytes, and the column by its number: the same words elsewhere are another publication.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import ForeignKey
from modelcluster.models import get_all_child_relations
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.images import get_image_model

from gongkai.audit.chain import sm3

if TYPE_CHECKING:
    from gongkai.publishing.models import ItemPage

# Wagtail's own bookkeeping, and what the release itself writes.
HOUSEKEEPING = frozenset(
    {
        *("pk", "id", "page_ptr", "path", "depth", "numchild", "url_path", "content_type", "translation_key"),
        *("locale", "alias_of", "live", "live_revision", "latest_revision", "latest_revision_created_at"),
        *(
            "has_unpublished_changes",
            "first_published_at",
            "last_published_at",
            "expired",
            "draft_title",
            "owner",
        ),
        *("locked", "locked_by", "locked_at", "wagtail_admin_comments", "comments"),
        *("published_at", "index_number", "released_digest"),
    }
)

_BLANK = (None, "", [], "[]")  # the last is a StreamField without blocks
_KEYS = {"pk", "item", "id"}


def content_of(item: ItemPage) -> dict[str, Any]:
    """What a review is about, by field name."""
    streams = {field.name for field in item._meta.get_fields() if isinstance(field, StreamField)}
    given = {
        name: _blocks(json.loads(value or "[]")) if name in streams else _plain(_without_keys(value))
        for name, value in item.serializable_data().items()
        if name not in HOUSEKEEPING and value is not False and value not in _BLANK
    }
    given["column"] = item.get_parent(update=True).pk
    files = dict(_files(item))
    if files:
        given["files"] = files
    return given


def _blocks(value: Any) -> Any:
    """Blocks without the numbers that tell them apart in the editor, lists of them in their one form."""
    if isinstance(value, list):
        return [_blocks(_unwrapped(part)) for part in value]
    if isinstance(value, dict):
        return {name: _blocks(part) for name, part in value.items() if name != "id"}
    return value


def _unwrapped(part: Any) -> Any:
    """An entry of a list block, which Wagtail keeps with or without a wrapper."""
    is_wrapped = isinstance(part, dict) and part.get("type") == "item" and "value" in part
    return part["value"] if is_wrapped else part


def _without_keys(value: Any) -> Any:
    """Child records (attachments) without the numbers that the database gives them when they go live."""
    if isinstance(value, list):
        return [
            {name: part for name, part in child.items() if name not in _KEYS}
            if isinstance(child, dict)
            else child
            for child in value
        ]
    return value


def latest_version(item: ItemPage) -> ItemPage:
    """The item as its latest revision has it: what an editor sees and submits."""
    revision = item.get_latest_revision()
    return revision.as_object() if revision is not None else item.specific


def canonical(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def digest_of(item: ItemPage) -> str:
    """SM3 of the canonical content."""
    return sm3(canonical(content_of(item)).encode())


def _plain(value: Any) -> Any:
    """A moment in one form, whatever its zone and however many digits of a second were kept."""
    if isinstance(value, str) and len(value) >= 19 and value[4:5] == "-" and value[10:11] == "T":
        try:
            moment = datetime.fromisoformat(value.replace("Z", "+00:00"))
        except ValueError:
            return value
        return _plain(moment)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    return value


def _files(item: ItemPage) -> Iterator[tuple[str, str]]:
    """Digests of the files and pictures that the item shows."""
    kinds = (get_document_model(), get_image_model())
    found: set[tuple[Any, str]] = set()
    for owner in (item, *_children(item)):
        for field in owner._meta.get_fields():
            if isinstance(field, ForeignKey) and issubclass(field.related_model, kinds):
                found.add((field.related_model, str(getattr(owner, field.attname) or "")))
            elif hasattr(field, "extract_references") and not field.is_relation:
                for model, pk, *_ in field.extract_references(field.value_from_object(owner)):
                    found.add((model, str(pk)))
    for model, pk in sorted((one for one in found if issubclass(one[0], kinds) and one[1]), key=str):
        stored = model.objects.filter(pk=pk).first()
        yield f"{model._meta.model_name}:{pk}", stored.get_file_hash() if stored is not None else "missing"


def _children(item: ItemPage) -> Iterator[Any]:
    """Records kept with the item: its attachments."""
    for relation in get_all_child_relations(type(item)):
        if relation.get_accessor_name() != "wagtail_admin_comments":
            yield from getattr(item, relation.get_accessor_name()).all()

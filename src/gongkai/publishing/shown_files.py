"""Who gets a file: everybody when a live item or a column shows it, people of the back office always.

Without this a file in a draft could be opened by whoever guessed its number and name, and one of a withdrawn item for ever.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Page

from gongkai.publishing.models import ColumnPage, ItemPage, ShownFile

BATCH = 1_000
MIGRATION = "0011_shown_files"


def files_of(item: ItemPage) -> set[int]:
    """Numbers of the files that an item shows as it stands."""
    model = get_document_model()
    found = {attachment.document_id for attachment in item.attachments.all()}
    for name in ("body", "blocks"):
        field = item._meta.get_field(name)
        references = field.extract_references(field.value_from_object(item))
        found |= {int(pk) for kind, pk, *_ in references if kind is model and str(pk).isdigit()}
        found |= {
            int(number)
            for number in _addressed().findall(str(field.get_prep_value(field.value_from_object(item))))
        }
    return found


def _addressed() -> re.Pattern[str]:
    """A file's address as a person pastes it."""
    start, _, _ = reverse("wagtaildocs_serve", args=[0, "x"]).partition("0/x")
    return re.compile(rf"{re.escape(start)}(\d{{1,18}})/")


def note_live(instance: ItemPage, **_: Any) -> None:
    """Bring the rows of an item into step with what the public sees of it."""
    wanted = files_of(instance) if instance.live else set()
    rows = ShownFile.objects.filter(item=instance.pk)
    rows.exclude(document__in=wanted).delete()
    ShownFile.objects.bulk_create(
        [ShownFile(item_id=instance.pk, document=number) for number in sorted(wanted)], ignore_conflicts=True
    )


def note_off(instance: ItemPage, **_: Any) -> None:
    """An item that is off shows nothing."""
    ShownFile.objects.filter(item=instance.pk).delete()


def only_what_is_public(document: Any, request: HttpRequest) -> None:
    """Refuse a file that nothing public shows.

    Raises:
        Http404: in the words of a file that does not exist, so that nothing is told of drafts.
    """
    if request.user.is_authenticated and request.user.has_perm("wagtailadmin.access_admin"):
        return
    items = ItemPage.objects.live().filter(shown_files__document=document.pk)
    if any(_is_open(item, request) for item in items):
        return
    address = reverse("wagtaildocs_serve", args=[document.pk, "x"]).removesuffix("x")
    columns = ColumnPage.objects.live().filter(introduction__contains=address)
    if any(_is_open(column, request) for column in columns):
        return
    raise Http404("没有这个文件，或者引用它的信息没有公开")


def _is_open(page: Page, request: HttpRequest) -> bool:
    """Whether this visitor has passed every barrier before a page."""
    return all(one.accept_request(request) for one in page.get_view_restrictions())


def fill(using: str) -> int:
    """Rows of every live item, for an installation that had none; gives how many items."""
    count = 0
    rows: list[ShownFile] = []
    for item in (
        ItemPage.objects.using(using).live().prefetch_related("attachments").iterator(chunk_size=BATCH)
    ):
        count += 1
        rows += [ShownFile(item_id=item.pk, document=number) for number in files_of(item)]
        if len(rows) >= BATCH:
            ShownFile.objects.using(using).bulk_create(rows, ignore_conflicts=True)
            rows = []
    ShownFile.objects.using(using).bulk_create(rows, ignore_conflicts=True)
    return count


def after_migrate(app_config: Any, using: str, plan: Sequence[tuple[Any, bool]] = (), **_: Any) -> None:
    """With the migration that brings the table, and never again: what is live already keeps its files open."""
    came = any(
        (step.app_label, step.name) == ("publishing", MIGRATION) and not backwards for step, backwards in plan
    )
    if app_config.label == "publishing" and came:
        fill(using)

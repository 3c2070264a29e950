"""Keeping the search index in step with what is published, and nothing else.

A change is noted in the same transaction that publishes or withdraws, and carried into the index after it: what cannot be
carried now (another process writes) stays noted and goes with the next change or the daily work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.core.documents.topics import top_of
from gongkai.portal.attached_text import text_of_files
from gongkai.portal.models import SearchChange
from gongkai.publishing.models import ColumnPage, ItemPage
from gongkai.searchindex import Entry, IndexBusy, SearchIndex

BATCH = 500


@cache
def _index_in(folder: str) -> SearchIndex:
    return SearchIndex(Path(folder))


def search_index() -> SearchIndex:
    """The index of this installation, built on first use where it is missing."""
    index = _index_in(str(settings.SEARCH_FOLDER))
    if not index.is_built():
        rebuild(index=index)
    return index


def key_of(pk: int) -> str:
    return f"item-{pk}"


def pk_of(key: str) -> int:
    return int(key.removeprefix("item-"))


def entry_of(item: ItemPage, column: str) -> Entry:
    """What of an item is searched."""
    published = timezone.localdate(item.published_at)
    return Entry(
        key=key_of(item.pk),
        title=item.title,
        number=item.document_number,
        text=f"{item.summary}。{item.plain_text}。{item.keywords}。{text_of_files(item)}",
        on=published,
        column=column,
        topic=top_of(item.topic),
        year=str(published.year),
        kind="信息",
    )


def note_change(item: ItemPage, **_: Any) -> None:
    """Note that an item was published, changed, moved or taken away; carried over after the transaction."""
    SearchChange.objects.create(item=item.pk)
    transaction.on_commit(carry_over)


def carry_over() -> int:
    """Bring every noted change into the index; gives how many, 0 when another process is at it."""
    noted = list(SearchChange.objects.order_by("pk").values_list("pk", "item")[:BATCH])
    if not noted:
        return 0
    wanted = {item for _, item in noted}
    live = {item.pk: item for item in ItemPage.objects.live().filter(pk__in=wanted)}
    columns = _columns()
    entries = [entry_of(item, _column_of(item, columns)) for item in live.values()]
    try:
        search_index().update(entries, removed=[key_of(pk) for pk in wanted - set(live)])
    except IndexBusy:
        return 0
    SearchChange.objects.filter(pk__in=[pk for pk, _ in noted]).delete()
    return len(noted) + carry_over()


def rebuild(told: Callable[[int], None] = lambda count: None, index: SearchIndex | None = None) -> int:
    """Build the index from everything that is live."""
    noted = list(SearchChange.objects.values_list("pk", flat=True))
    count = (index or _index_in(str(settings.SEARCH_FOLDER))).rebuild(_entries(), told)
    SearchChange.objects.filter(pk__in=noted).delete()
    return count


def _entries() -> Iterator[Entry]:
    columns = _columns()
    for item in ItemPage.objects.live().order_by("pk").iterator(chunk_size=BATCH):
        yield entry_of(item, _column_of(item, columns))


def _columns() -> dict[str, str]:
    return dict(ColumnPage.objects.values_list("path", "title"))


def _column_of(item: ItemPage, columns: dict[str, str]) -> str:
    return columns.get(item.path[: -ItemPage.steplen], "")

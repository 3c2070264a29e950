"""Keeping the search index in step with what is published, and nothing else.

A change is noted in the same transaction that publishes or withdraws, and carried into the index after it: what cannot be
carried now (another process writes) stays noted and goes with the next change or the daily work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import PageViewRestriction

from gongkai.core.documents.topics import top_of
from gongkai.portal.attached_text import text_of_files
from gongkai.portal.models import SearchChange
from gongkai.publishing.models import ColumnPage, ItemPage, NormativeDocument
from gongkai.searchindex import Entry, IndexBusy, OpenSearchIndex, SearchIndex

BATCH = 500
Index = SearchIndex | OpenSearchIndex


@cache
def _index_in(folder: str) -> SearchIndex:
    return SearchIndex(Path(folder))


@cache
def _index_at(url: str) -> OpenSearchIndex:
    return OpenSearchIndex(url)


def _configured() -> Index:
    """The engine of the settings: a server where ``SEARCH_URL`` names one, else the folder."""
    if settings.SEARCH_URL:
        return _index_at(settings.SEARCH_URL)
    return _index_in(str(settings.SEARCH_FOLDER))


def search_index() -> Index:
    """The index of this installation, built on first use where it is missing."""
    index = _configured()
    if not index.is_built():
        rebuild(index=index)
    return index


def key_of(pk: int) -> str:
    return f"item-{pk}"


def pk_of(key: str) -> int:
    return int(key.removeprefix("item-"))


def entry_of(item: ItemPage, column: str, validity: str = "") -> Entry:
    """What of an item is searched; ``validity`` is the standing of the normative document it carries, in words."""
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
        validity=validity,
        kind="信息",
    )


def note_change(item: ItemPage, **_: Any) -> None:
    """Note that an item was published, changed, moved or taken away; carried over after the transaction."""
    SearchChange.objects.create(item=item.pk)
    transaction.on_commit(carry_over)


def note_branch(path: str) -> None:
    """Note every live item below a page: who may read them, or what stands above them, has changed."""
    below = ItemPage.objects.live().filter(path__startswith=path).values_list("pk", flat=True)
    SearchChange.objects.bulk_create([SearchChange(item=pk) for pk in below], batch_size=BATCH)
    transaction.on_commit(carry_over)


def _open_items() -> QuerySet[ItemPage]:
    """Live items that everybody may read: nothing of what lies behind a password or a login is found."""
    found = ItemPage.objects.live()
    for path in PageViewRestriction.objects.values_list("page__path", flat=True):
        found = found.exclude(path__startswith=path)
    return found


def carry_over() -> int:
    """Bring every noted change into the index; gives how many, 0 when another process is at it."""
    noted = list(SearchChange.objects.order_by("pk").values_list("pk", "item")[:BATCH])
    if not noted:
        return 0
    wanted = {item for _, item in noted}
    live = {item.pk: item for item in _open_items().filter(pk__in=wanted)}
    columns = _columns()
    standings = _standings(live)
    entries = [
        entry_of(item, _column_of(item, columns), standings.get(item.pk, "")) for item in live.values()
    ]
    try:
        search_index().update(entries, removed=[key_of(pk) for pk in wanted - set(live)])
    except IndexBusy:
        return 0
    SearchChange.objects.filter(pk__in=[pk for pk, _ in noted]).delete()
    return len(noted) + carry_over()


def rebuild(told: Callable[[int], None] = lambda count: None, index: Index | None = None) -> int:
    """Build the index from everything that is live."""
    noted = list(SearchChange.objects.values_list("pk", flat=True))
    count = (index or _configured()).rebuild(_entries(), told)
    SearchChange.objects.filter(pk__in=noted).delete()
    return count


def _entries() -> Iterator[Entry]:
    columns, standings = _columns(), _standings()
    for item in _open_items().order_by("pk").iterator(chunk_size=BATCH):
        yield entry_of(item, _column_of(item, columns), standings.get(item.pk, ""))


def _standings(pks: Iterable[int] | None = None) -> dict[int, str]:
    """The standing of normative documents today, by the number of the item that carries each."""
    found = NormativeDocument.objects.whole().exclude(page=None).exclude(published_on=None)
    if pks is not None:
        found = found.filter(page__in=list(pks))
    return {one.page_id: one.standing_label for one in found}


def note_standings() -> None:
    """Note every normative document: its standing moves with the day. Carried over by the caller."""
    pages = NormativeDocument.objects.exclude(page=None).values_list("page", flat=True)
    SearchChange.objects.bulk_create([SearchChange(item=pk) for pk in pages])


def _columns() -> dict[str, str]:
    return dict(ColumnPage.objects.values_list("path", "title"))


def _column_of(item: ItemPage, columns: dict[str, str]) -> str:
    return columns.get(item.path[: -ItemPage.steplen], "")

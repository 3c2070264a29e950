"""The index itself: tantivy in a folder, one writer at a time, readers always on a whole state."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import tantivy

from gongkai.searchindex.text import characters, indexed, phrases

EPOCH = date(1970, 1, 1)
WRITER_BYTES = 64_000_000
WAIT_SECONDS = 10.0
FACETS = ("column", "topic", "year", "validity", "kind")
FACET_VALUES = 50
# A hit in the title or the number says more than one in the text.
BOOSTS = (("title", 6.0), ("number", 8.0), ("text", 1.0))
FOLDER_VERSION = "2"  # changes with the schema: an older folder is built anew


class IndexBusy(RuntimeError):
    """Another process writes; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to be found.

    Attributes:
        key: unique (``item-12``).
        title, number, text: searched; not stored.
        column, topic, year, validity, kind: what results are narrowed by; "" where there is none.
        on: day of publication; newer comes first among equals.
    """

    key: str
    title: str
    text: str
    on: date
    number: str = ""
    column: str = ""
    topic: str = ""
    year: str = ""
    validity: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search: words as typed and values to narrow by; ``order`` is "relevance" or "date"."""

    words: str
    narrowed: dict[str, str] = field(default_factory=dict)
    order: str = "relevance"
    offset: int = 0
    size: int = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """One result."""

    key: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results; ``facets`` gives name → [(value, count)], the most frequent first."""

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, list[tuple[str, int]]]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    for name, _ in BOOSTS:
        builder.add_text_field(name, stored=False, tokenizer_name="whitespace", index_option="position")
        builder.add_text_field(f"{name}_one", stored=False, tokenizer_name="whitespace", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, stored=False, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("day", stored=False, indexed=True, fast=True)
    return builder.build()


class SearchIndex:
    """An index in a folder, made when it is missing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._schema = _schema()
        self._index: tantivy.Index | None = None

    def is_built(self) -> bool:
        """Whether the folder holds an index of this version."""
        mark = self.folder / "version"
        return mark.exists() and mark.read_text(encoding="ascii") == FOLDER_VERSION

    def _open(self) -> tantivy.Index:
        if self._index is None:
            if not self.is_built():
                shutil.rmtree(self.folder, ignore_errors=True)
                self.folder.mkdir(parents=True)
                tantivy.Index(self._schema, path=str(self.folder))
                (self.folder / "version").write_text(FOLDER_VERSION, encoding="ascii")
            self._index = tantivy.Index(self._schema, path=str(self.folder))
        return self._index

    def update(self, entries: Iterable[Entry], removed: Iterable[str] = ()) -> int:
        """Put entries in place of those with the same keys and take others out, all at once.

        Raises:
            IndexBusy: another process kept the index for ``WAIT_SECONDS``.
        """
        writer = self._writer()
        count = 0
        try:
            for key in removed:
                writer.delete_documents_by_term("key", key)
            for entry in entries:
                writer.delete_documents_by_term("key", entry.key)
                writer.add_document(_document(entry))
                count += 1
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()
        self._open().reload()
        return count

    def rebuild(self, entries: Iterable[Entry], told: Callable[[int], None] = lambda count: None) -> int:
        """Build the index anew beside the old one, which answers until the new one is whole."""
        beside = self.folder.with_name(self.folder.name + ".new")
        shutil.rmtree(beside, ignore_errors=True)
        fresh = SearchIndex(beside)
        writer, count = fresh._writer(), 0
        for entry in entries:
            writer.add_document(_document(entry))
            count += 1
            if count % 1000 == 0:
                told(count)
        writer.commit()
        writer.wait_merging_threads()
        old = self.folder.with_name(self.folder.name + ".old")
        shutil.rmtree(old, ignore_errors=True)
        if self.folder.exists():
            self.folder.rename(old)
        beside.rename(self.folder)
        shutil.rmtree(old, ignore_errors=True)
        self._index = None
        told(count)
        return count

    def _writer(self) -> Any:
        until = time.monotonic() + WAIT_SECONDS
        while True:
            try:
                return self._open().writer(WRITER_BYTES, 1)
            except ValueError as error:
                if "Lock" not in str(error) or time.monotonic() > until:
                    raise IndexBusy(str(error)) from error
                time.sleep(0.05)

    def count(self) -> int:
        """How many entries."""
        index = self._open()
        index.reload()
        return int(index.searcher().num_docs)

    def search(self, wanted: Wanted) -> Found:
        """Entries that hold every word as typed."""
        query = self._query(wanted.words)
        if query is None:
            return Found(0, (), {})
        index = self._open()
        index.reload()
        searcher = index.searcher()
        facets = self._facets(searcher, query)
        narrowed = [(tantivy.Occur.Must, query)]
        for name, value in wanted.narrowed.items():
            if name not in FACETS:
                raise ValueError(name)
            term = tantivy.Query.term_query(self._schema, name, value, "basic")
            narrowed.append((tantivy.Occur.Must, tantivy.Query.const_score_query(term, 0.0)))
        order = {"order_by_field": "day"} if wanted.order == "date" else {"weight_by_field": "day"}
        result = searcher.search(
            tantivy.Query.boolean_query(narrowed),
            limit=wanted.size,
            offset=wanted.offset,
            count=True,
            **order,
        )
        hits = tuple(Hit(str(searcher.doc(at).get_first("key")), float(score)) for score, at in result.hits)
        return Found(int(result.count or 0), hits, facets)

    def _query(self, words: str) -> Any:
        parts = []
        for phrase in phrases(words):
            places = []
            for name, boost in BOOSTS:
                if len(phrase) == 1 and len(phrase[0]) == 1:
                    found = tantivy.Query.term_query(self._schema, f"{name}_one", phrase[0], "basic")
                elif len(phrase) == 1:
                    found = tantivy.Query.term_query(self._schema, name, phrase[0], "freq")
                else:
                    found = tantivy.Query.phrase_query(self._schema, name, list(phrase))
                places.append((tantivy.Occur.Should, tantivy.Query.boost_query(found, boost)))
            parts.append((tantivy.Occur.Must, tantivy.Query.boolean_query(places)))
        return tantivy.Query.boolean_query(parts) if parts else None

    def _facets(self, searcher: Any, query: Any) -> dict[str, list[tuple[str, int]]]:
        asked = {name: {"terms": {"field": name, "size": FACET_VALUES}} for name in FACETS}
        answer = searcher.aggregate(query, asked)
        return {
            name: [(str(b["key"]), int(b["doc_count"])) for b in answer[name]["buckets"] if b["key"]]
            for name in FACETS
        }


def _document(entry: Entry) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("key", entry.key)
    for name in ("title", "number", "text"):
        value = getattr(entry, name)
        document.add_text(name, indexed(value))
        document.add_text(f"{name}_one", characters(value))
    for name in FACETS:
        document.add_text(name, getattr(entry, name))
    document.add_unsigned("day", max(0, (entry.on - EPOCH).days))
    return document

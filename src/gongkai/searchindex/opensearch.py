"""The same index on an OpenSearch server, over its REST interface. No Django.

Text is cut into the same overlapping pairs before it leaves, so that the server's own analysers are not asked and both
engines find the same. Facets are counted before narrowing (``post_filter``), as in the embedded index.

Source: OpenSearch REST interface (index and alias calls, ``_bulk``, ``_search``), the parts shared with Elasticsearch 7.
"""

from __future__ import annotations

import base64
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable
from typing import Any

from gongkai.searchindex.index import (
    BOOSTS,
    EPOCH,
    FACET_VALUES,
    FACETS,
    Entry,
    Found,
    Hit,
    IndexBusy,
    Wanted,
)
from gongkai.searchindex.text import characters, indexed, phrases

BATCH = 500
TIMEOUT_SECONDS = 15
MAX_WINDOW = 10_000  # the server pages no deeper
_TEXT = {"type": "text", "analyzer": "whitespace"}
_WORD = {"type": "keyword"}
MAPPINGS = {
    "dynamic": "strict",
    "properties": {
        **{name: {**_TEXT, "index_options": "positions"} for name, _ in BOOSTS},
        **{f"{name}_one": {**_TEXT, "index_options": "docs", "norms": False} for name, _ in BOOSTS},
        **dict.fromkeys(FACETS, _WORD),
        "day": {"type": "integer"},
    },
}


class OpenSearchIndex:
    """An alias on a server; each rebuild makes a new index behind it.

    Args:
        url: ``https://user:password@host:9200/alias``; the alias is what the path says.
    """

    def __init__(self, url: str) -> None:
        parts = urllib.parse.urlsplit(url)
        self.alias = parts.path.strip("/") or "gongkai"
        port = f":{parts.port}" if parts.port else ""
        self.base = f"{parts.scheme}://{parts.hostname}{port}"
        self._headers = {"Content-Type": "application/json"}
        if parts.username:
            pair = f"{urllib.parse.unquote(parts.username)}:{urllib.parse.unquote(parts.password or '')}"
            self._headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()

    def is_built(self) -> bool:
        """Whether the alias leads to an index."""
        return self._call("HEAD", f"/_alias/{self.alias}", missing=True) is not None

    def update(self, entries: Iterable[Entry], removed: Iterable[str] = ()) -> int:
        """Put entries in place of those with the same keys and take others out.

        Raises:
            IndexBusy: the server is away or took only a part; what was sent may be sent again.
        """
        acts = [[{"delete": {"_index": self.alias, "_id": key}}] for key in removed]
        found = [[{"index": {"_index": self.alias, "_id": one.key}}, source_of(one)] for one in entries]
        self._bulk([*acts, *found], refresh=True)
        return len(found)

    def rebuild(self, entries: Iterable[Entry], told: Callable[[int], None] = lambda count: None) -> int:
        """Fill a new index, then let the alias lead to it; the old one answers until then."""
        name = f"{self.alias}-{time.time_ns()}"
        self._call("PUT", f"/{name}", {"mappings": MAPPINGS})
        batch: list[list[dict[str, Any]]] = []
        count = 0
        for entry in entries:
            batch.append([{"index": {"_index": name, "_id": entry.key}}, source_of(entry)])
            count += 1
            if len(batch) >= BATCH:
                self._bulk(batch)
                batch = []
                told(count)
        self._bulk(batch)
        self._call("POST", f"/{name}/_refresh")
        old = list(self._call("GET", f"/_alias/{self.alias}", missing=True) or {})
        acts: list[dict[str, Any]] = [{"add": {"index": name, "alias": self.alias}}]
        acts += [{"remove_index": {"index": one}} for one in old]
        self._call("POST", "/_aliases", {"actions": acts})
        told(count)
        return count

    def count(self) -> int:
        """How many entries."""
        return int(self._call("GET", f"/{self.alias}/_count")["count"])

    def search(self, wanted: Wanted) -> Found:
        """Entries that hold every word as typed.

        Raises:
            IndexBusy: the server is away.
            ValueError: narrowed by a name that is no facet.
        """
        query = query_of(wanted.words)
        if query is None:
            return Found(0, (), {})
        for name in wanted.narrowed:
            if name not in FACETS:
                raise ValueError(name)
        size = max(0, min(wanted.size, MAX_WINDOW - wanted.offset))
        by_day = {"day": "desc"}
        body = {
            "query": query,
            "post_filter": {"bool": {"filter": [{"term": {k: v}} for k, v in wanted.narrowed.items()]}},
            "aggs": {name: {"terms": {"field": name, "size": FACET_VALUES}} for name in FACETS},
            "sort": [by_day] if wanted.order == "date" else [{"_score": "desc"}, by_day],
            "from": wanted.offset if size else 0,
            "size": size,
            "track_total_hits": True,
            "track_scores": True,
            "_source": False,
        }
        answer = self._call("POST", f"/{self.alias}/_search", body)
        hits = tuple(Hit(str(one["_id"]), float(one["_score"] or 0)) for one in answer["hits"]["hits"])
        facets = {
            name: [
                (str(b["key"]), int(b["doc_count"]))
                for b in answer["aggregations"][name]["buckets"]
                if b["key"]
            ]
            for name in FACETS
        }
        return Found(int(answer["hits"]["total"]["value"]), hits, facets)

    def _bulk(self, acts: list[list[dict[str, Any]]], *, refresh: bool = False) -> None:
        if not acts:
            return
        lines = "".join(json.dumps(line, ensure_ascii=False) + "\n" for act in acts for line in act)
        answer = self._call("POST", "/_bulk?refresh=true" if refresh else "/_bulk", raw=lines.encode())
        wrong = [
            result
            for item in answer.get("items", [])
            for result in item.values()
            if result["status"] >= 300 and result["status"] != 404  # what is not there need not be removed
        ]
        if wrong:
            raise IndexBusy(f"{len(wrong)} of {len(acts)} entries were refused: {str(wrong[0])[:300]}")

    def _call(
        self, method: str, path: str, body: Any = None, *, raw: bytes | None = None, missing: bool = False
    ) -> Any:
        data = raw if raw is not None else json.dumps(body, ensure_ascii=False).encode() if body else None
        headers = (
            {**self._headers, "Content-Type": "application/x-ndjson"} if raw is not None else self._headers
        )
        request = urllib.request.Request(  # noqa: S310 - the base is the operator's setting
            self.base + path, data=data, headers=headers, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310 - as above
                return json.loads(response.read() or b"{}")
        except urllib.error.HTTPError as error:
            with error:
                if missing and error.code == 404:
                    return None
                raise IndexBusy(f"{method} {path}: {error.code} {error.read(300)!r}") from None
        except OSError as error:
            raise IndexBusy(f"{method} {path}: {type(error).__name__}") from None


def source_of(entry: Entry) -> dict[str, Any]:
    """What the server is sent of an entry: pairs and characters, never the text itself."""
    found: dict[str, Any] = {name: getattr(entry, name) for name in FACETS}
    for name, _ in BOOSTS:
        value = getattr(entry, name)
        found[name], found[f"{name}_one"] = indexed(value), characters(value)
    return {**found, "day": max(0, (entry.on - EPOCH).days)}


def query_of(words: str) -> dict[str, Any] | None:
    """Words as typed in the server's language; None when there are none."""
    parts = []
    for phrase in phrases(words):
        is_one = len(phrase) == 1 and len(phrase[0]) == 1
        places = [
            {"match_phrase": {f"{name}_one" if is_one else name: {"query": " ".join(phrase), "boost": boost}}}
            for name, boost in BOOSTS
        ]
        parts.append({"bool": {"should": places, "minimum_should_match": 1}})
    return {"bool": {"must": parts}} if parts else None

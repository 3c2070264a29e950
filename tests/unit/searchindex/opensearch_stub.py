"""A local stub that speaks the parts of the REST interface that are used, and evaluates the queries it is sent."""

from __future__ import annotations

import json
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


class Stub:
    """Indices, aliases and documents in memory. What it does not know it refuses with 400."""

    def __init__(self):
        self.indices, self.aliases, self.authorizations, self.fail_bulk = {}, {}, set(), False
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def _do(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                stub.authorizations.add(self.headers.get("Authorization"))
                status, answer = stub.answer(self.command, urlsplit(self.path).path, body, self.headers)
                data = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(data)

            do_GET = do_POST = do_PUT = do_HEAD = _do  # noqa: N815 - the library names them so

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://reader:p%40ss@127.0.0.1:{self.server.server_port}/gongkai"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, method, path, body, headers):
        parts = path.strip("/").split("/")
        if parts[0] == "_alias":
            found = {name: {} for name in self.aliases.get(parts[1], ())}
            return (200, found) if found else (404, {"error": "alias missing"})
        if parts == ["_aliases"]:
            return self._aliases(json.loads(body)["actions"])
        if parts == ["_bulk"]:
            assert headers["Content-Type"] == "application/x-ndjson"
            return self._bulk([json.loads(line) for line in body.decode().splitlines()])
        if method == "PUT" and len(parts) == 1:
            self.indices[parts[0]] = ({}, json.loads(body)["mappings"]["properties"])
            return 200, {"acknowledged": True}
        documents, mapping = self.indices[self._name(parts[0])]
        if parts[1] == "_refresh":
            return 200, {}
        if parts[1] == "_count":
            return 200, {"count": len(documents)}
        if parts[1] == "_search":
            return 200, self._search(documents, mapping, json.loads(body))
        return 400, {"error": path}

    def _name(self, name):
        (found,) = self.aliases.get(name, [name])
        return found

    def _aliases(self, actions):
        for action in actions:
            ((kind, given),) = action.items()
            if kind == "add":
                self.aliases[given["alias"]] = [given["index"]]
            else:
                assert kind == "remove_index"
                del self.indices[given["index"]]
        return 200, {"acknowledged": True}

    def _bulk(self, lines):
        items = []
        while lines:
            ((kind, at),) = lines.pop(0).items()
            documents, mapping = self.indices[self._name(at["_index"])]
            if kind == "delete":
                status = 200 if documents.pop(at["_id"], None) else 404
            else:
                source = lines.pop(0)
                assert set(source) == set(mapping)  # "dynamic": "strict"
                status = 503 if self.fail_bulk else 201
                if status == 201:
                    documents[at["_id"]] = source
            items.append({kind: {"_id": at["_id"], "status": status}})
        return 200, {
            "errors": any(next(iter(one.values()))["status"] >= 300 for one in items),
            "items": items,
        }

    def _search(self, documents, mapping, body):
        assert body["from"] + body["size"] <= 10_000
        scored = {key: score(body["query"], source) for key, source in documents.items()}
        matching = {key: value for key, value in scored.items() if value}
        aggregations = {}
        for name, asked in body["aggs"].items():
            assert mapping[asked["terms"]["field"]]["type"] == "keyword"
            counted = Counter(documents[key][name] for key in matching)
            found = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[: asked["terms"]["size"]]
            aggregations[name] = {"buckets": [{"key": key, "doc_count": count} for key, count in found]}
        filters = [next(iter(one["term"].items())) for one in body["post_filter"]["bool"]["filter"]]
        kept = [key for key in matching if all(documents[key][name] == value for name, value in filters)]
        for rule in reversed(body["sort"]):
            ((name, _),) = rule.items()
            kept.sort(
                key=lambda key: matching[key] if name == "_score" else documents[key][name], reverse=True
            )
        page = kept[body["from"] : body["from"] + body["size"]]
        hits = [{"_id": key, "_score": matching[key]} for key in page]
        return {"hits": {"total": {"value": len(kept)}, "hits": hits}, "aggregations": aggregations}


def score(query, source):
    """0 where a document does not match; else the sum of the boosts that do."""
    ((kind, given),) = query.items()
    if kind == "match_phrase":
        ((field, asked),) = given.items()
        tokens, words = source[field].split(), asked["query"].split()
        places = range(len(tokens) - len(words) + 1)
        return asked["boost"] if any(tokens[at : at + len(words)] == words for at in places) else 0
    assert kind == "bool"
    if "must" in given:
        scores = [score(part, source) for part in given["must"]]
        return sum(scores) if all(scores) else 0
    assert given["minimum_should_match"] == 1
    return sum(score(part, source) for part in given["should"])

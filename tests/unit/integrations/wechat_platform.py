"""A local server that speaks the platform's protocol and keeps what it was sent. It asserts, it does not guess."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


class Platform:
    """The platform: tokens that can go stale, drafts, publications with a state of their own."""

    def __init__(self):
        self.calls, self.drafts, self.token_number = [], {}, 1
        self.answers = {}  # path → answers given instead, one after another
        self.publish_status = 0
        platform = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, answer = platform.answer(self.path, self.headers, body)
                data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def token(self):
        return f"token-{self.token_number}"

    def answer(self, address, headers, body):
        parts = urlsplit(address)
        path, query = parts.path.removeprefix("/cgi-bin/"), parse_qs(parts.query)
        given = json.loads(body)
        self.calls.append((path, query, given, body))
        assert headers["Content-Type"].startswith("application/json")
        if self.answers.get(path):
            return self.answers[path].pop(0)
        if path != "stable_token" and query.get("access_token") != [self.token]:
            return 200, {"errcode": 42001, "errmsg": "access_token expired"}
        return 200, getattr(self, "_" + path.replace("/", "_"))(given)

    def _stable_token(self, given):
        if set(given) != {"grant_type", "appid", "secret", "force_refresh"}:
            return {"errcode": 47001, "errmsg": "data format error"}
        if given["appid"] != "wx-test":
            return {"errcode": 40013, "errmsg": "invalid appid"}
        return {"access_token": self.token, "expires_in": 7200}

    def _draft_add(self, given):
        (article,) = given["articles"]
        assert article["thumb_media_id"] == "cover-1"
        assert len(article["content"]) < 20_000
        media_id = f"draft-{len(self.drafts) + 1}"
        self.drafts[media_id] = article
        return {"media_id": media_id}

    def _freepublish_submit(self, given):
        if given["media_id"] not in self.drafts:
            return {"errcode": 40007, "errmsg": "invalid media_id"}
        return {"errcode": 0, "errmsg": "ok", "publish_id": "pub-1", "msg_data_id": "1"}

    def _freepublish_get(self, given):
        assert given == {"publish_id": "pub-1"}
        answer = {"publish_id": "pub-1", "publish_status": self.publish_status}
        if self.publish_status == 0:
            answer["article_detail"] = {
                "count": 1,
                "item": [{"idx": 1, "article_url": "https://mp.weixin.qq.com/s/x"}],
            }
        return answer

    def paths(self):
        return [path for path, *_ in self.calls]

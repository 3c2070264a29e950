"""A small web server of made pages on this machine, for tests of crawling."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

SOUND_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


@dataclass
class Answer:
    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "text/html; charset=utf-8"
    act: Callable[[Any], None] | None = None  # takes the handler and answers itself


@dataclass
class Served:
    """A running site; ``asked`` lists the addresses asked for."""

    origin: str
    pages: dict[str, Answer | str]
    asked: list[str]

    def url(self, path: str) -> str:
        return f"{self.origin}{path}"


@contextmanager
def serving(
    pages: dict[str, Answer | str], other: Callable[[str], Answer | str | None] | None = None
) -> Iterator[Served]:
    """Serve pages by path, query included; ``other`` answers what is not among them."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            found = pages.get(self.path) or pages.get(urlsplit(self.path).path)
            if found is None and other is not None:
                found = other(self.path)
            given = Answer(found) if isinstance(found, str) else found or Answer("没有", 404)
            if given.act is not None:
                given.act(self)
                return
            body = given.body.encode() if isinstance(given.body, str) else given.body
            self.send_response_only(given.status)
            for name, value in {**SOUND_HEADERS, "Content-Type": given.kind, **given.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815 - the name that the server looks for

        def log_message(self, *given: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield Served(f"http://127.0.0.1:{server.server_port}", pages, asked)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

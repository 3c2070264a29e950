"""One request: bounded in bytes and time, its redirects followed only where they stay on the hosts given."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Timer
from urllib.parse import urlsplit

from gongkai.crawling.addresses import absolute, host_of

AGENT = "gongkai-inspect/1.0"
_CHUNK = 32768
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back.

    Attributes:
        status: 0 without an answer; ``fault`` says why in Chinese.
        is_whole: False when the body was longer than allowed or the time ran out.
        redirects: addresses passed through before ``url``.
    """

    url: str
    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    seconds: float = 0.0
    fault: str = ""
    is_whole: bool = True
    redirects: tuple[str, ...] = field(default=())

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")


def fetch(
    url: str,
    *,
    may_ask: Callable[[str], bool],
    max_bytes: int,
    seconds: float,
    redirects: int = 5,
    method: str = "GET",
) -> Fetched:
    """Ask for an address.

    Args:
        may_ask: whether an address may be asked for; a redirect elsewhere is told and not followed.
        seconds: for each request, from connecting to the last byte.
    """
    passed: list[str] = []
    while True:
        found = _ask(url, max_bytes, seconds, method)
        target = absolute(url, found.header("location")) if found.status in _REDIRECTS else None
        if target is None:
            break
        if not may_ask(target):
            return _with(found, passed, f"转到了别的网站：{host_of(target)}")
        if target in passed or target == url or len(passed) >= redirects:
            return _with(found, passed, "循环跳转，或者跳转次数过多", status=0)
        passed.append(url)
        url = target
    return _with(found, passed, found.fault)


def _with(found: Fetched, passed: list[str], fault: str, *, status: int | None = None) -> Fetched:
    return Fetched(
        found.url,
        found.status if status is None else status,
        found.headers,
        found.body,
        found.seconds,
        fault,
        found.is_whole,
        tuple(passed),
    )


def _ask(url: str, max_bytes: int, seconds: float, method: str) -> Fetched:
    began = time.monotonic()
    connection = _connection(url, seconds)
    watch = Timer(seconds, _cut, [connection])
    watch.daemon = True
    watch.start()
    try:
        return _answer(connection, url, method, max_bytes, began, seconds)
    except (OSError, http.client.HTTPException, ValueError) as error:
        late = time.monotonic() - began >= seconds - 0.05
        fault = f"{seconds:g} 秒没有打开" if late else _why(error)
        return Fetched(url, seconds=time.monotonic() - began, fault=fault)
    finally:
        watch.cancel()
        connection.close()


def _connection(url: str, seconds: float) -> http.client.HTTPConnection:
    parts = urlsplit(url)
    assert parts.hostname is not None  # addresses are made by ``absolute``
    if parts.scheme == "https":
        return http.client.HTTPSConnection(
            parts.hostname, parts.port, timeout=seconds, context=ssl.create_default_context()
        )
    return http.client.HTTPConnection(parts.hostname, parts.port, timeout=seconds)


def _cut(connection: http.client.HTTPConnection) -> None:
    """End a request whose time is over, wherever it hangs: a server may send a byte a second for ever."""
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _answer(
    connection: http.client.HTTPConnection,
    url: str,
    method: str,
    max_bytes: int,
    began: float,
    seconds: float,
) -> Fetched:
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    sent = {"User-Agent": AGENT, "Accept-Encoding": "identity", "Accept-Language": "zh-CN"}
    connection.request(method, target, headers=sent)
    response = connection.getresponse()
    pieces, size = [], 0
    while size <= max_bytes and time.monotonic() - began < seconds:
        piece = response.read1(_CHUNK)
        if not piece:
            break
        pieces.append(piece)
        size += len(piece)
    took = time.monotonic() - began
    headers = tuple((name.lower(), value) for name, value in response.getheaders())
    if took >= seconds:
        return Fetched(url, 0, headers, seconds=took, fault=f"{seconds:g} 秒没有打开", is_whole=False)
    body = b"".join(pieces)
    return Fetched(url, response.status, headers, body[:max_bytes], took, is_whole=size <= max_bytes)


def _why(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return "证书不可信或者已经过期"
    if isinstance(error, ssl.SSLError):
        return "加密连接没有建立"
    if isinstance(error, socket.gaierror):
        return "域名解析不到"
    if isinstance(error, TimeoutError):
        return "连接超时"
    if isinstance(error, ConnectionRefusedError):
        return "服务器拒绝连接"
    return "服务器的回应不完整"

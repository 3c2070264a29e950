"""Addresses: joined, written in one way, judged whether they are ours and worth asking for. Pure."""

from __future__ import annotations

from collections import Counter
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

MAX_CHARACTERS = 2000
_PORTS = {"http": 80, "https": 443}
_KEPT = "/%:=&?~#+!$,;'@()*[]-._"


def absolute(base: str, href: str) -> str | None:
    """The address that a link on a page leads to, without its fragment; None for what is no web address."""
    given = href.strip()
    if not given or len(given) > MAX_CHARACTERS:
        return None
    try:
        parts = urlsplit(urljoin(base, given))
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname:
        return None
    host = parts.hostname.lower()
    host = f"[{host}]" if ":" in host else host
    netloc = host if port in {None, _PORTS[parts.scheme]} else f"{host}:{port}"
    path = quote(parts.path or "/", safe=_KEPT)
    return urlunsplit((parts.scheme, netloc, path, quote(parts.query, safe=_KEPT), ""))


def host_of(url: str) -> str:
    """Host with its port where it is not the scheme's own."""
    return urlsplit(url).netloc.lower()


def path_of(url: str) -> str:
    """Path as a person reads it, with the query."""
    parts = urlsplit(url)
    return unquote(parts.path) + (f"?{parts.query}" if parts.query else "")


def goes_round(url: str, segments: int) -> bool:
    """Whether a path is a loop of its own making: too deep, or one piece three times over."""
    pieces = [piece for piece in urlsplit(url).path.split("/") if piece]
    return len(pieces) > segments or any(
        count >= 3 for piece, count in Counter(pieces).items() if not piece.isdigit()
    )


def without_query(url: str) -> str:
    return url.partition("?")[0]

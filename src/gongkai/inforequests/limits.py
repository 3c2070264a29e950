"""How often something may be done from one address or to one application within a time.

Counted in Django's cache in fixed windows; the numbers stand in ``settings.PUBLIC_LIMITS`` and are meant for
a hall full of honest people behind one address. With several server processes each counts for itself.
"""

from __future__ import annotations

import hashlib
import time
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Who sends: the peer, or what the nearest of our own proxies says of it; a /64 for IPv6.

    Only as many entries of X-Forwarded-For are believed as there are proxies of ours
    (``settings.CLIENT_ADDRESS_PROXIES``): what stands before them the sender may have invented.
    """
    proxies = settings.CLIENT_ADDRESS_PROXIES
    found = request.META.get("REMOTE_ADDR", "")
    if proxies:
        chain = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if len(chain) >= proxies and chain[-proxies]:
            found = chain[-proxies]
    try:
        address = ip_address(found)
    except ValueError:
        return found
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Address(int(address) >> 64 << 64))


def take(name: str, *who: str) -> int:
    """Count one act; gives 0, or the seconds to wait when it is one too many."""
    most, window = settings.PUBLIC_LIMITS[name]
    key, left = _place(name, window, who)
    cache.add(key, 0, timeout=window + 1)
    try:
        count = cache.incr(key)
    except ValueError:  # the window ended between the two calls
        count = 1
    return left if count > most else 0


def is_spent(name: str, *who: str) -> int:
    """The seconds to wait when no further act is allowed, without counting one; else 0."""
    most, window = settings.PUBLIC_LIMITS[name]
    key, left = _place(name, window, who)
    return left if cache.get(key, 0) >= most else 0


def _place(name: str, window: int, who: tuple[str, ...]) -> tuple[str, int]:
    number, past = divmod(int(time.time()), window)
    digest = hashlib.sha256("\0".join(who).encode()).hexdigest()[:32]
    return f"limit:{name}:{digest}:{number}", window - past

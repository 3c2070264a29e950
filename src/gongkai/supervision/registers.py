"""Where the office's own records come from: the rooms that keep them register what they can tell.

Supervision stands beside publishing and the others and imports none of them; the portal, which sees them all, tells of
columns, releases and signed files, and whoever keeps messages registers those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from gongkai.agencies.models import Organ
from gongkai.core.inspection import Message, Register

SiteTeller = Callable[[Organ, str], Register]
MessageTeller = Callable[[Organ, str], Iterable[Message]]
_site: list[SiteTeller] = []
_messages: list[MessageTeller] = []


def register_site(teller: SiteTeller) -> None:
    """Let a room tell of the site: called with the organ and the origin that addresses begin with."""
    _site[:] = [teller]


def register_messages(teller: MessageTeller) -> None:
    """Let a room tell of visitors' messages: their dates and where staff find them, never their words."""
    if teller not in _messages:
        _messages.append(teller)


def register_of(organ: Organ, origin: str) -> Register:
    """What the office's records say of the site at an origin (``https://www.example.gov.cn``, no slash)."""
    told = _site[0](organ, origin) if _site else Register()
    if not _messages:
        return told
    return replace(told, messages=tuple(one for teller in _messages for one in teller(organ, origin)))

"""The channels there are: each registers how it delivers one payload."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Deliver = Callable[[Mapping[str, Any], str], None]
_CHANNELS: dict[str, Deliver] = {}


class DeliveryFailed(Exception):
    """A delivery did not succeed; the message is Chinese and holds nothing personal.

    Attributes:
        is_final: trying again cannot help (the address is refused, the content is not taken).
    """

    def __init__(self, message: str, *, is_final: bool = False) -> None:
        self.is_final = is_final
        super().__init__(message)


def register(name: str, deliver: Deliver) -> None:
    """Name a channel; ``deliver`` takes the payload and the idempotency key."""
    _CHANNELS[name] = deliver


def deliver(name: str, payload: Mapping[str, Any], key: str) -> None:
    """Deliver one payload.

    Raises:
        DeliveryFailed: unknown channel, or what the channel says.
    """
    found = _CHANNELS.get(name)
    if found is None:
        raise DeliveryFailed(f"没有叫“{name}”的渠道，请检查设置。", is_final=True)
    found(payload, key)

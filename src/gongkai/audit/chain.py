"""The digest chain: canonical bytes of an event, and the walk that proves none was changed.

SM3 is GB/T 32905-2016. The first event's predecessor is 64 zeros.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC

from cryptography.hazmat.primitives.hashes import SM3, Hash

from gongkai.audit.models import Event

GENESIS = "0" * 64
_FIELDS = (
    "actor",
    "actor_name",
    "action",
    "subject_type",
    "subject_id",
    "subject_label",
    "organ_code",
    "data",
)


def sm3(data: bytes) -> str:
    """SM3 of bytes as 64 lower-case hexadecimal characters."""
    digest = Hash(SM3())
    digest.update(data)
    return digest.finalize().hex()


def event_digest(event: Event) -> str:
    """The digest an event must carry, from its own fields and ``previous``."""
    content = {name: getattr(event, name) for name in _FIELDS}
    content["at"] = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sm3(f"{event.previous}\n{text}".encode())


@dataclass(frozen=True, slots=True)
class Verdict:
    """Outcome of a walk: how many events stand, the head digest, and the first break (None when sound)."""

    events: int
    head: str
    broken_at: int | None = None
    reason: str = ""


def verify(events: Iterable[Event]) -> Verdict:
    """Walk events in order of their number and stop at the first that does not fit."""
    previous, count = GENESIS, 0
    for event in events:
        if event.previous != previous:
            return Verdict(count, previous, event.pk, "与上一条不衔接：其间有事件被删除或插入")
        if event_digest(event) != event.digest:
            return Verdict(count, previous, event.pk, "内容与摘要不符：该事件被改动过")
        previous, count = event.digest, count + 1
    return Verdict(count, previous)

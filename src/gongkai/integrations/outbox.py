"""Writing to the outbox, and delivering from it.

``leave`` writes a row in the transaction of the act: both stand or fall together. ``deliver_due`` runs in the worker and takes
one message at a time under a lease, so that two workers do not deliver the same one at once.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from gongkai.audit.services import record_event
from gongkai.integrations.channels import DeliveryFailed, deliver
from gongkai.integrations.models import OutboxMessage
from gongkai.integrations.signals import given_up

logger = logging.getLogger(__name__)
MAX_ATTEMPTS = 10
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
LEASE = timedelta(minutes=10)  # longer than any delivery; a process that died gives its message back after it
_S = OutboxMessage.State


def leave(
    channel: str, payload: Mapping[str, Any], *, key: str, what: str, organ_code: str = ""
) -> OutboxMessage:
    """Leave a message within the caller's transaction; the same key twice is one message."""
    made, _ = OutboxMessage.objects.get_or_create(
        key=key,
        defaults={
            "channel": channel,
            "payload": json.dumps(payload, ensure_ascii=False, default=str),
            "what": what,
            "organ_code": organ_code,
            "next_at": timezone.now(),
        },
    )
    return made


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: 1, 2, 4 … minutes, six hours at the most.

    >>> wait_after(1), wait_after(3)
    (datetime.timedelta(seconds=60), datetime.timedelta(seconds=240))
    """
    return min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT)


def deliver_due(*, now: datetime | None = None, most: int = 500) -> tuple[int, int]:
    """Deliver what is due; gives how many were sent and how many failed."""
    sent = failed = 0
    for _ in range(most):
        moment = now or timezone.now()
        message = _take(moment)
        if message is None:
            break
        if _deliver(message, moment):
            sent += 1
        else:
            failed += 1
    return sent, failed


@transaction.atomic
def _take(now: datetime) -> OutboxMessage | None:
    """The next due message, put away for the time of the lease."""
    message = OutboxMessage.objects.select_for_update(skip_locked=True).due(now).first()
    if message is None:
        return None
    OutboxMessage.objects.filter(pk=message.pk).update(next_at=now + LEASE, attempts=F("attempts") + 1)
    message.attempts += 1
    return message


def _deliver(message: OutboxMessage, moment: datetime) -> bool:
    try:
        deliver(message.channel, json.loads(message.payload), message.key)
    except DeliveryFailed as failure:
        _note_failure(message, moment, str(failure), is_final=failure.is_final)
        return False
    except Exception as error:
        logger.exception("delivery failed: %s", message.key)
        _note_failure(message, moment, f"程序出错：{type(error).__name__}", is_final=False)
        return False
    OutboxMessage.objects.filter(pk=message.pk).update(state=_S.SENT, sent_at=timezone.now(), fault="")
    return True


@transaction.atomic
def _note_failure(message: OutboxMessage, moment: datetime, why: str, *, is_final: bool) -> None:
    is_dead = is_final or message.attempts >= MAX_ATTEMPTS
    OutboxMessage.objects.filter(pk=message.pk).update(
        state=_S.DEAD if is_dead else _S.WAITING,
        fault=why[:500],
        next_at=moment + wait_after(message.attempts),
    )
    if is_dead:
        record_event("outbox.dead", message, actor="system", organ_code=message.organ_code, why=why)
        given_up.send(OutboxMessage, channel=message.channel, key=message.key, why=why)


@transaction.atomic
def try_again(*, message: OutboxMessage, actor: Any) -> None:
    """Put a stopped message back; it begins anew with its attempts."""
    found = OutboxMessage.objects.select_for_update().get(pk=message.pk)
    if found.state != _S.DEAD:
        return
    found.state, found.attempts, found.next_at = _S.WAITING, 0, timezone.now()
    found.save()
    record_event("outbox.again", found, actor=actor, organ_code=found.organ_code)


@transaction.atomic
def drop(*, message: OutboxMessage, reason: str, actor: Any) -> None:
    """Give a stopped message up, with a reason; the record stays.

    Raises:
        DeliveryFailed: no reason given.
    """
    if not reason.strip():
        raise DeliveryFailed("请写明放弃的理由。")
    found = OutboxMessage.objects.select_for_update().get(pk=message.pk)
    if found.state != _S.DEAD:
        return
    found.state = _S.DROPPED
    found.save()
    record_event("outbox.dropped", found, actor=actor, organ_code=found.organ_code, reason=reason.strip())

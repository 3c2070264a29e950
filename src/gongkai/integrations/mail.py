"""The e-mail channel, through Django's mail.

The idempotency key becomes the Message-ID, so that a mail delivered twice is recognised by most mailboxes as one.
"""

from __future__ import annotations

import hashlib
import smtplib
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage

from gongkai.integrations.channels import DeliveryFailed
from gongkai.integrations.models import OutboxMessage
from gongkai.integrations.outbox import leave

CHANNEL = "mail"
_REFUSED_FOR_GOOD = range(550, 560)


def leave_mail(
    *, to: str, subject: str, body: str, key: str, what: str, headers: Mapping[str, str] | None = None
) -> OutboxMessage:
    """Leave one mail to one address in the outbox, within the caller's transaction."""
    payload = {"to": to, "subject": subject, "body": body, "headers": dict(headers or {})}
    return leave(CHANNEL, payload, key=key, what=what)


def deliver(payload: Mapping[str, Any], key: str) -> None:
    """Hand a mail to the server.

    Raises:
        DeliveryFailed: the server is away, or refuses the address (then for good).
    """
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    name = hashlib.sha256(key.encode()).hexdigest()[:40]
    headers = {**payload.get("headers", {}), "Message-ID": f"<{name}@{domain}>"}
    mail = EmailMessage(payload["subject"], payload["body"], None, [payload["to"]], headers=headers)
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as refusal:
        codes = [code for code, _ in refusal.recipients.values()]
        is_final = bool(codes) and all(code in _REFUSED_FOR_GOOD for code in codes)
        raise DeliveryFailed("邮件服务器不接受这个收件地址。", is_final=is_final) from None
    except smtplib.SMTPException as error:
        raise DeliveryFailed(f"邮件服务器拒绝（{type(error).__name__}），稍后再试。") from None
    except OSError as error:
        raise DeliveryFailed(f"连不上邮件服务器（{type(error).__name__}），稍后再试。") from None

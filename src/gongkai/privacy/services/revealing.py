"""Reading a sealed value in clear."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from gongkai.audit.services import record_event


def reveal(subject: models.Model, field: str, *, actor: Any, reason: str, organ_code: str = "") -> str:
    """The clear value; who read which field of which record, and why, goes to the log first."""
    if not reason.strip():
        raise ValidationError("请写明查看理由。")
    record_event(
        "privacy.revealed", subject, actor=actor, organ_code=organ_code, field=field, reason=reason.strip()
    )
    return str(getattr(subject, field))

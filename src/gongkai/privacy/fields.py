"""A model field whose value is sealed in the database."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldError
from django.db import models

from gongkai.privacy.sealing import open_text, seal_text


class EncryptedTextField(models.TextField):
    """Text in Python, a sealed token in the database; "" stays "" so that absence is visible.

    It cannot be filtered by value; keep a ``lookup_hash`` beside it where equal values must be found.
    """

    description = "加密文本"

    @property
    def place(self) -> str:
        """What a token is bound to: a value copied into another column does not open."""
        return f"{self.model._meta.label}.{self.name}"

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return seal_text(text, self.place) if text else text

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return open_text(value, self.place) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name in {"isnull", "exact"}:
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.name} 是加密字段，不能按“{lookup_name}”查找。")

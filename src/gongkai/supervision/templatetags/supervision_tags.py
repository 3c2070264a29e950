"""Looking a value up by a key that a template holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from django import template

register = template.Library()


@register.filter
def item(given: Mapping[str, Any], key: str) -> Any:
    """The value of a key; None where there is none."""
    return given.get(key)


@register.filter
def readable(url: str) -> str:
    """An address as a person reads it, Chinese letters and all."""
    return unquote(url)

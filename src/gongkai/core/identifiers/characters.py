"""Bringing what people type to one form.

NFKC folds full-width digits and letters (Unicode Standard Annex #15); blanks, zero-width characters and hyphens are
how numbers get copied from paper and messages, and carry no meaning.
"""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
_HYPHENS = re.compile(r"[-‐‑‒–—―−_]+")
DIGITS = "0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def visible(text: str) -> str:
    """The text in NFKC without blanks and invisible characters."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def compact(text: str) -> str:
    """As ``visible``, without hyphens and in capital letters: the form in which numbers are checked and kept."""
    return _HYPHENS.sub("", visible(text)).upper()


def first_outside(text: str, allowed: str) -> int | None:
    """Position, from 1, of the first character not allowed; None when all are."""
    return next((place for place, char in enumerate(text, 1) if char not in allowed), None)


def starred(value: str, head: int, tail: int) -> str:
    """The value with all but ``head`` first and ``tail`` last characters as stars; all stars when too short."""
    hidden = len(value) - head - tail
    if hidden <= 0:
        return "*" * len(value)
    return value[:head] + "*" * hidden + (value[-tail:] if tail else "")

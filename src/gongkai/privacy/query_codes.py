"""Codes that a person reads from a receipt to look something up, and that cannot be guessed."""

from __future__ import annotations

import secrets

# Without 0, O, 1, I, L, Z: the code is read from paper and over the telephone. 30 ** 8 is over 6 * 10 ** 11.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXY"
CODE_LENGTH = 8


def new_query_code() -> str:
    """A query code (查询码) in two groups of four."""
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    return f"{code[:4]}-{code[4:]}"


def same_code(given: str, stored: str) -> bool:
    """Whether a code was typed right; case, blanks and hyphens do not matter."""
    plain = "".join(c for c in given.upper() if c.isascii() and c.isalnum())
    return secrets.compare_digest(plain, stored.replace("-", ""))

"""Masking of names and addresses on screens."""

from __future__ import annotations


def mask_name(name: str) -> str:
    """The first character of a person's name; of a longer body's name, its first and last two.

    >>> mask_name("某甲"), mask_name("示例化工有限公司")
    ('某*', '示例****公司')
    """
    if len(name) <= 4:
        return name[:1] + "*" * (len(name) - 1)
    return f"{name[:2]}{'*' * (len(name) - 4)}{name[-2:]}"


def mask_address(address: str) -> str:
    """The first six characters, which name no house."""
    return f"{address[:6]}{'*' * 6}" if len(address) > 6 else "*" * len(address)

"""Unified social credit codes (统一社会信用代码).

Source: GB 32100-2015: registering department, kind, six digits of region, nine of the body's code, one check
character; 31 characters without I, O, S, V, Z; weights are powers of 3 modulo 31.
"""

from __future__ import annotations

from gongkai.core.identifiers.errors import IdentifierFaulty

LENGTH = 18
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_MODULUS = len(ALPHABET)
_WEIGHTS = tuple(pow(3, i, _MODULUS) for i in range(LENGTH - 1))


def credit_code_check(first_seventeen: str) -> str:
    """The check character of seventeen characters.

    >>> credit_code_check("91350100M000100Y4")
    '3'
    """
    total = sum(ALPHABET.index(c) * w for c, w in zip(first_seventeen, _WEIGHTS, strict=True))
    return ALPHABET[(_MODULUS - total % _MODULUS) % _MODULUS]


def parse_credit_code(text: str) -> str:
    """The code in eighteen capital characters.

    Raises:
        IdentifierFaulty: wrong length, character or check character.
    """
    code = "".join(text.split()).upper()
    if len(code) != LENGTH:
        raise IdentifierFaulty(f"统一社会信用代码应当是 18 位，现在是 {len(code)} 位，请核对。")
    for position, char in enumerate(code, start=1):
        if char not in ALPHABET:
            hint = "（不使用字母 I、O、S、V、Z）" if char in "IOSVZ" else ""
            raise IdentifierFaulty(f"统一社会信用代码第 {position} 位的字符不对{hint}，请核对。")
    if not code[2:8].isdigit():
        raise IdentifierFaulty("统一社会信用代码第 3—8 位应当是数字（行政区划代码），请核对。")
    if code[-1] != credit_code_check(code[:-1]):
        raise IdentifierFaulty("统一社会信用代码第 18 位校验不符，请逐位核对。")
    return code


def mask_credit_code(code: str) -> str:
    """First eight and last two characters shown: which body it is stays readable to those who know it."""
    return f"{code[:8]}{'*' * max(0, len(code) - 10)}{code[-2:]}" if len(code) > 10 else "*" * len(code)

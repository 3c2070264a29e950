"""Unified social credit codes (统一社会信用代码).

Source: GB 32100-2015: registering department, kind, six digits of region, nine of the body's code, one check
character; 31 characters without I, O, S, V, Z; weights are powers of 3 modulo 31.

Limitations: the values of positions 1 and 2 are not judged; the standard's own list has been added to since.
"""

from __future__ import annotations

from gongkai.core.identifiers.characters import DIGITS, compact, first_outside
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
    return ALPHABET[-total % _MODULUS]


def parse_credit_code(text: str) -> str:
    """The code in eighteen capital characters.

    Raises:
        IdentifierFaulty: wrong length, character or check character, or a number of before the reform.
    """
    code = compact(text)
    if not code:
        raise IdentifierFaulty("请填写统一社会信用代码。")
    if len(code) == 15 and first_outside(code, DIGITS) is None:
        raise IdentifierFaulty("这是 15 位的旧营业执照注册号，请填写证照上 18 位的统一社会信用代码。")
    if len(code) == 9:
        raise IdentifierFaulty("这是 9 位的组织机构代码，请填写证照上 18 位的统一社会信用代码。")
    if len(code) != LENGTH:
        raise IdentifierFaulty(f"统一社会信用代码应当是 18 位，现在是 {len(code)} 位，请核对。")
    if wrong := first_outside(code, ALPHABET):
        hint = "（不使用字母 I、O、S、V、Z）" if code[wrong - 1] in "IOSVZ" else ""
        raise IdentifierFaulty(f"统一社会信用代码第 {wrong} 位的字符不对{hint}，请核对。", wrong)
    if wrong := first_outside(code[2:8], DIGITS):
        raise IdentifierFaulty("统一社会信用代码第 3—8 位应当是数字（行政区划代码），请核对。", wrong + 2)
    if code[-1] != credit_code_check(code[:-1]):
        raise IdentifierFaulty("统一社会信用代码第 18 位校验不符，请对照证照逐位核对。", 18)
    return code


def mask_credit_code(code: str) -> str:
    """First eight and last two characters shown: which body it is stays readable to those who know it."""
    return f"{code[:8]}{'*' * max(0, len(code) - 10)}{code[-2:]}" if len(code) > 10 else "*" * len(code)

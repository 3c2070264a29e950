"""Telephone numbers as people write them: form only, nobody is called.

Source: mobile numbers have 11 digits and begin with 13 to 19; area codes begin with 0, that of 010 and the 02x have
three digits, the others four (detector table of our proofreading rules, PI-04 and PI-05; which prefix is in use is not
judged). Numbers with + follow ITU-T E.164: at most 15 digits.

Kept forms: ``13800001234``, ``0991-1234567``, ``0991-1234567-801``, ``1234567``, ``400-123-4567``, ``+85223456789``.
"""

from __future__ import annotations

import re

from gongkai.core.identifiers.characters import DIGITS, first_outside, starred, visible
from gongkai.core.identifiers.errors import IdentifierFaulty

_COUNTRY = re.compile(r"^(\+86|0086|86(?=-?1[3-9]))-?")
_EXTENSION = re.compile(r"(转|分机|#)(?=\d{1,6}$)")
_DASHES = re.compile(r"[‐‑‒–—―−]")
_LANDLINE = re.compile(r"(?P<area>0[12]\d|0[3-9]\d{2})-?(?P<number>\d{7,8})(?:-(?P<extension>\d{1,6}))?")
_LOCAL = re.compile(r"\d{7,8}")
_SERVICE = re.compile(r"(400|800)-?(\d{3})-?(\d{4})")
ADVICE = "手机写 11 位，座机写“区号-号码”，请核对。"


def parse_telephone(text: str) -> str:
    """A mobile, fixed or foreign number in its kept form.

    Raises:
        IdentifierFaulty: too long, too short, or no telephone number.
    """
    typed = _EXTENSION.sub("-", _DASHES.sub("-", visible(text)))
    if not typed:
        raise IdentifierFaulty("请填写联系电话。")
    number = re.sub(r"^\((0\d{2,3})\)-?", r"\1-", _COUNTRY.sub("", typed))
    if number.startswith("+") or re.match(r"00\d", number):
        return _abroad(number)
    if found := _LANDLINE.fullmatch(number):
        return "-".join(part for part in found.groups() if part)
    if found := _SERVICE.fullmatch(number):
        return "-".join(found.groups())
    if _LOCAL.fullmatch(number):
        return number
    if number.startswith("1"):
        return _mobile(number.replace("-", ""))
    raise IdentifierFaulty(f"联系电话的写法不对：{ADVICE}")


def mask_telephone(number: str) -> str:
    """Middle digits hidden.

    >>> mask_telephone("13800001234")
    '138****1234'
    """
    return starred(number, 3, 4)


def _mobile(digits: str) -> str:
    if wrong := first_outside(digits, DIGITS):
        raise IdentifierFaulty(f"手机号码第 {wrong} 位不是数字，请核对。", wrong)
    if len(digits) != 11:
        raise IdentifierFaulty(f"手机号码应当是 11 位，现在是 {len(digits)} 位，请核对。")
    if digits[1] not in "3456789":
        raise IdentifierFaulty("手机号码第 2 位不对：手机号码以 13 至 19 开头，请核对。", 2)
    return digits


def _abroad(number: str) -> str:
    digits = re.sub(r"[-()]", "", number).removeprefix("+").removeprefix("00")
    if (
        first_outside(digits, DIGITS) or not 7 <= len(digits) <= 15 or digits[0] == "0"
    ):  # no country code begins with 0
        raise IdentifierFaulty("境外电话应当是国家（地区）代码加号码，共 7 至 15 位数字，请核对。")
    return "+" + digits

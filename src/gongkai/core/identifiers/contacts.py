"""Telephone numbers, e-mail addresses and postcodes: form only, nobody is called."""

from __future__ import annotations

import re

from gongkai.core.identifiers.errors import IdentifierFaulty

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}(-\d{1,6})?")
_SHORT = re.compile(r"\d{7,8}|400-?\d{3}-?\d{4}")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９－—（）＠．", "0123456789--()@.")


def parse_telephone(text: str) -> str:
    """A mobile or fixed number of the mainland, blanks and brackets taken out."""
    number = "".join(text.split()).translate(_FULL_WIDTH)
    number = re.sub(r"^\((0\d{2,3})\)", r"\1-", number)
    number = re.sub(r"^(\+?86-?)(?=1[3-9]\d{9}$)", "", number)
    if any(pattern.fullmatch(number) for pattern in (_MOBILE, _LANDLINE, _SHORT)):
        return number
    digits = sum(char.isdigit() for char in number)
    if number.startswith("1") and digits != 11:
        raise IdentifierFaulty(f"手机号码应当是 11 位，现在是 {digits} 位，请核对。")
    raise IdentifierFaulty("联系电话的写法不对：手机写 11 位，座机写“区号-号码”，请核对。")


def mask_telephone(number: str) -> str:
    """Middle digits hidden.

    >>> mask_telephone("13800001234")
    '138****1234'
    """
    if len(number) < 7:
        return "*" * len(number)
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"


def parse_email(text: str) -> str:
    """An address with one @ and a domain with a dot."""
    address = text.strip().translate(_FULL_WIDTH)
    if _EMAIL.fullmatch(address):
        return address
    raise IdentifierFaulty("电子邮箱的写法不对，应当像 name@example.cn 这样，请核对。")


def mask_email(address: str) -> str:
    """Only the first character of the name shown."""
    name, _, domain = address.partition("@")
    return f"{name[:1]}***@{domain}" if domain else "*" * len(address)


def parse_postcode(text: str) -> str:
    """Six digits."""
    code = text.strip().translate(_FULL_WIDTH)
    if re.fullmatch(r"\d{6}", code):
        return code
    raise IdentifierFaulty("邮政编码是 6 位数字，请核对。")

"""E-mail addresses and postcodes: form only, nothing is sent.

Source: RFC 5321 as mail servers keep it: a local part of at most 64 characters, a domain with a dot, 254 characters in
all. Quoted local parts and address literals are refused: nobody types them on purpose.
"""

from __future__ import annotations

import re

from gongkai.core.identifiers.characters import DIGITS, compact, first_outside, visible
from gongkai.core.identifiers.errors import IdentifierFaulty

MAX_CHARACTERS = 254
MAX_LOCAL_CHARACTERS = 64
POSTCODE_DIGITS = 6
_LOCAL_WRONG = re.compile(r"[^A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]")
_LABEL = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)")
EXAMPLE = "例如 name@example.cn"


def parse_email(text: str) -> str:
    """The address with its domain in small letters.

    Raises:
        IdentifierFaulty: no or several @, a wrong character, an incomplete domain, or too long.
    """
    address = visible(text).replace("。", ".")
    if not address:
        raise IdentifierFaulty("请填写电子邮箱。")
    local, at, domain = address.partition("@")
    if not at:
        raise IdentifierFaulty(f"电子邮箱中缺少 @，请核对，{EXAMPLE}。")
    if "@" in domain:
        raise IdentifierFaulty("电子邮箱中有两个 @，请只填写一个邮箱。", len(local) + 2 + domain.index("@"))
    if wrong := _LOCAL_WRONG.search(local):
        place = wrong.start() + 1
        raise IdentifierFaulty(f"电子邮箱第 {place} 个字符不能用在 @ 之前，请核对，{EXAMPLE}。", place)
    if not local or local[0] == "." or local[-1] == "." or ".." in local:
        raise IdentifierFaulty(f"电子邮箱 @ 之前的部分不对，请核对，{EXAMPLE}。", 1)
    labels = domain.split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        raise IdentifierFaulty(f"电子邮箱 @ 之后的部分不对，请核对，{EXAMPLE}。", len(local) + 2)
    if len(local) > MAX_LOCAL_CHARACTERS or len(address) > MAX_CHARACTERS:
        raise IdentifierFaulty(
            f"电子邮箱太长：最多 {MAX_CHARACTERS} 个字符，@ 之前最多 {MAX_LOCAL_CHARACTERS} 个。"
        )
    return f"{local}@{domain.lower()}"


def mask_email(address: str) -> str:
    """Only the first character of the name shown, none of a name of one character."""
    name, _, domain = address.partition("@")
    return f"{name[:1] if len(name) > 1 else ''}***@{domain}" if domain else "*" * len(address)


def parse_postcode(text: str) -> str:
    """Six digits.

    Raises:
        IdentifierFaulty: fewer, more, or other characters.
    """
    code = compact(text)
    if len(code) != POSTCODE_DIGITS or first_outside(code, DIGITS):
        raise IdentifierFaulty("邮政编码是 6 位数字，请核对。")
    return code

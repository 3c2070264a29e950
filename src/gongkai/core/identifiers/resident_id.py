"""Resident identity numbers (公民身份号码).

Source: GB 11643-1999: six digits of region, eight of birth, three of sequence, one check character by
ISO 7064 MOD 11-2. Limitation: region codes are checked by form only; old codes stay valid for their holders.
"""

from __future__ import annotations

from datetime import date

from gongkai.core.identifiers.errors import IdentifierFaulty

LENGTH = 18
OLD_LENGTH = 15  # first generation, without century and check character; out of use since 2013
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
FIRST_YEAR = 1850
_FULL_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789XX")


def resident_id_check(first_seventeen: str) -> str:
    """The check character of seventeen digits.

    >>> resident_id_check("11010519491231002")
    'X'
    """
    return _CHECKS[sum(int(d) * w for d, w in zip(first_seventeen, _WEIGHTS, strict=True)) % len(_CHECKS)]


def parse_resident_id(text: str) -> str:
    """The number in its eighteen characters, with a capital X.

    Raises:
        IdentifierFaulty: wrong length or character, impossible birth date, or wrong check character.
    """
    number = "".join(text.split()).translate(_FULL_WIDTH).upper()
    if len(number) == OLD_LENGTH and number.isdigit():
        raise IdentifierFaulty("这是 15 位的一代身份证号码，已经停用，请填写 18 位号码。")
    if len(number) != LENGTH:
        raise IdentifierFaulty(f"身份证号码应当是 18 位，现在是 {len(number)} 位，请核对。")
    for position, char in enumerate(number, start=1):
        if not (char.isascii() and char.isdigit()) and not (position == LENGTH and char == "X"):
            raise IdentifierFaulty(f"身份证号码第 {position} 位不是数字，请核对。")
    if number[0] in "09":
        raise IdentifierFaulty("身份证号码第 1—6 位不是行政区划代码，请核对。")
    if birth_date(number) is None:
        raise IdentifierFaulty("身份证号码第 7—14 位不是真实的出生日期，请核对。")
    if number[-1] != resident_id_check(number[:-1]):
        raise IdentifierFaulty("身份证号码第 18 位校验不符，号码中有写错的数字，请逐位核对。")
    return number


def birth_date(number: str) -> date | None:
    """The birth date in an eighteen-character number; None when there is no such day."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return born if born.year >= FIRST_YEAR else None


def mask_resident_id(number: str) -> str:
    """First six and last two characters shown.

    >>> mask_resident_id("11010519491231002X")
    '110105**********2X'
    """
    return (
        f"{number[:6]}{'*' * max(0, len(number) - 8)}{number[-2:]}" if len(number) > 8 else "*" * len(number)
    )

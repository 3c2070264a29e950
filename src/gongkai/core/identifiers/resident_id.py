"""Resident identity numbers (公民身份号码).

Source: GB 11643-1999: six digits of region, eight of birth, three of sequence, one check character by
ISO 7064 MOD 11-2.

Limitations: the region is checked by form only (no leading zero). Codes change every year and old ones stay valid for
their holders; permits of residents of Hong Kong, Macao and Taiwan and of foreigners carry numbers of the same form.
Refusing a true number is worse than passing a false one, which the check character catches.
"""

from __future__ import annotations

from datetime import date

from gongkai.core.identifiers.characters import DIGITS, compact, first_outside, starred
from gongkai.core.identifiers.errors import IdentifierFaulty

LENGTH = 18
OLD_LENGTH = 15  # first generation, without century and check character
FIRST_YEAR = 1850
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def resident_id_check(first_seventeen: str) -> str:
    """The check character of seventeen digits.

    >>> resident_id_check("11010519491231002")
    'X'
    """
    return _CHECKS[sum(int(d) * w for d, w in zip(first_seventeen, _WEIGHTS, strict=True)) % len(_CHECKS)]


def parse_resident_id(text: str, *, on: date | None = None) -> str:
    """The number in its eighteen characters, with a capital X.

    Args:
        text: as typed; blanks, hyphens and full-width characters are allowed.
        on: the day of the check; a birth date after it is refused. None skips this.

    Raises:
        IdentifierFaulty: wrong length or character, impossible birth date, or wrong check character.
    """
    number = compact(text).replace("×", "X")
    if not number:
        raise IdentifierFaulty("请填写身份证号码。")
    if len(number) == OLD_LENGTH and first_outside(number, DIGITS) is None:
        raise IdentifierFaulty("这是 15 位的一代身份证号码，请填写现在使用的 18 位号码。")
    if len(number) != LENGTH:
        raise IdentifierFaulty(f"身份证号码应当是 18 位，现在是 {len(number)} 位，请核对。")
    if wrong := first_outside(number[:17], DIGITS):
        raise IdentifierFaulty(f"身份证号码第 {wrong} 位不是数字，请核对。", wrong)
    if number[17] not in _CHECKS:
        raise IdentifierFaulty("身份证号码第 18 位应当是数字或字母 X，请核对。", 18)
    if number[0] == "0":
        raise IdentifierFaulty("身份证号码第 1—6 位不是行政区划代码，请核对。", 1)
    born = birth_date(number)
    if born is None:
        raise IdentifierFaulty("身份证号码第 7—14 位不是真实的出生日期，请核对。", 7)
    if on is not None and born > on:
        raise IdentifierFaulty("身份证号码第 7—14 位的出生日期晚于今天，请核对。", 7)
    if number[17] != resident_id_check(number[:17]):
        raise IdentifierFaulty("身份证号码第 18 位校验不符，号码中有写错的数字，请对照证件逐位核对。", 18)
    return number


def birth_date(number: str) -> date | None:
    """The birth date in an eighteen-character number; None when there is no such day."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return born if born.year >= FIRST_YEAR else None


def mask_resident_id(number: str) -> str:
    """First two and last three characters shown: region and birth date both name a person too closely.

    >>> mask_resident_id("11010519491231002X")
    '11*************02X'
    """
    return starred(number, 2, 3)

"""Small Chinese numerals, as headings and articles are numbered with them."""

from __future__ import annotations

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def chinese_to_int(text: str) -> int | None:
    """The number written, below ten thousand; None when it is none.

    >>> chinese_to_int("二十三"), chinese_to_int("一百零五"), chinese_to_int("总")
    (23, 105, None)
    """
    total = digit = 0
    for character in text:
        if character in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[character]
        elif character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            return None
    return total + digit if text else None


def int_to_chinese(number: int) -> str:
    """A number below one hundred in words.

    >>> int_to_chinese(10), int_to_chinese(23)
    ('十', '二十三')
    """
    tens, ones = divmod(number, 10)
    words = "〇一二三四五六七八九"
    if not tens:
        return words[ones]
    return ("" if tens == 1 else words[tens]) + "十" + (words[ones] if ones else "")

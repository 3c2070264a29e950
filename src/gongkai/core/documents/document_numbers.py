"""Document numbers (发文字号): ``示园公复〔2026〕1号``.

Source: GB/T 9704-2012, 7.2.5: mark of the organ, year in hexagonal brackets, running number without leading zeros or
the word 第.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_BRACKETS = str.maketrans("[（(【［﹝", "〔〔〔〔〔〔") | str.maketrans("]）)】］﹞", "〕〕〕〕〕〕")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_FORM = re.compile(r"(?P<mark>[^\s〔〕\d]{1,40})〔(?P<year>\d{4})〕第?(?P<serial>\d{1,6})号")


class DocumentNumberFaulty(ValueError):
    """Text is not a document number. The message is Chinese."""


@dataclass(frozen=True, slots=True, order=True)
class DocumentNumber:
    """One number.

    >>> str(DocumentNumber("示园公复", 2026, 1))
    '示园公复〔2026〕1号'
    """

    mark: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.mark}〔{self.year}〕{self.serial}号"


def parse_document_number(text: str) -> DocumentNumber:
    """Read a number in any kind of brackets, blanks left out.

    >>> str(parse_document_number("示园公复[2026] 第01号"))
    '示园公复〔2026〕1号'
    """
    plain = "".join(text.split()).translate(_BRACKETS).translate(_DIGITS)
    found = _FORM.fullmatch(plain)
    if found is None or int(found["serial"]) == 0:
        raise DocumentNumberFaulty("文号的写法不对，应当像“示园公复〔2026〕1号”这样：代字、年份、序号。")
    return DocumentNumber(found["mark"], int(found["year"]), int(found["serial"]))

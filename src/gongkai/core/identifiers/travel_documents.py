"""Passports and the permits of residents of Hong Kong, Macao and Taiwan, by form only: they carry no public check.

Source: forms of 护照 and 港澳居民来往内地通行证 as in the detector table of our proofreading rules (PI-07); the 8-digit
台湾居民来往大陆通行证, the older longer forms and the length of foreign passports are `[memory]`, so the forms are kept
wide. Residence permits (居住证) of the three regions carry a citizen's number: see ``resident_id``.
"""

from __future__ import annotations

import re
from enum import Enum

from gongkai.core.identifiers.characters import DIGITS, LETTERS, compact, first_outside, starred
from gongkai.core.identifiers.errors import IdentifierFaulty


class TravelDocument(Enum):
    """A travel document, with its Chinese name."""

    PASSPORT = "护照"
    HONG_KONG_MACAO = "港澳居民来往内地通行证"
    TAIWAN = "台湾居民来往大陆通行证"


_FORMS = {
    TravelDocument.PASSPORT: (re.compile(r"(?=.*\d)[A-Z0-9]{5,20}"), "5 至 20 位字母和数字，其中有数字"),
    TravelDocument.HONG_KONG_MACAO: (re.compile(r"[HM](\d{8}|\d{10})"), "字母 H 或 M 加 8 位数字"),
    TravelDocument.TAIWAN: (re.compile(r"\d{8}(\d{2}[A-Z]?)?"), "8 位数字"),
}


def parse_travel_document(text: str, document: TravelDocument) -> str:
    """The number in capitals.

    Raises:
        IdentifierFaulty: empty, a character that is neither letter nor digit, or not of the document's form.
    """
    number = compact(text)
    if not number:
        raise IdentifierFaulty(f"请填写{document.value}号码。")
    if wrong := first_outside(number, DIGITS + LETTERS):
        raise IdentifierFaulty(f"{document.value}号码第 {wrong} 位应当是字母或数字，请核对。", wrong)
    form, said = _FORMS[document]
    if not form.fullmatch(number):
        raise IdentifierFaulty(f"{document.value}号码应当是{said}，请核对。")
    return number


def mask_travel_document(number: str) -> str:
    """First character and last three shown.

    >>> mask_travel_document("E00000123")
    'E*****123'
    """
    return starred(number, 1, 3)

"""One spelling for characters that look alike, so that labels can be compared.

PDF text often carries Kangxi radicals (⼀⾏, U+2F00) and CJK radicals (⻔, U+2E80) in place of the characters
they look like, Word tables carry full-width digits and no-break spaces. Each replacement is one character
for one, so offsets stay valid; characters without width are dropped by ``clean``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# CJK Radicals Supplement has no compatibility mapping in Unicode; these are the ones that PDF fonts of
# simplified Chinese produce, each followed by the character it stands for.
_PAIRS = (
    "⺁厂⺄乙⺅亻⺆冂⺇几⺈刀⺉刂⺊卜⺋卩⺌小⺍小⺎兀⺏尢⺒巳⺓幺⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歹"
    "⺟母⺠民⺡氵⺢水⺣灬⺤爪⺥爪⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糸⺰纟⺱网⺲罒⺴网⺵网⺶羊⺷羊"
    "⺹老⺺聿⺻聿⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃西⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅"
    "⻑长⻒长⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟食⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦"
    "⻩黄⻪黾⻫齐⻬齐⻭齿⻮齿⻯龙⻰龙⻱龟⻲龟⻳龟"
)
_RADICALS_SUPPLEMENT = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
# NFKC maps these Kangxi radicals to the traditional form; simplified texts mean the other one.
_SIMPLIFIED = {"戶": "户"}
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_WIDTHLESS = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"


def _build_table() -> dict[int, str | None]:
    table: dict[int, str | None] = {ord(radical): plain for radical, plain in _RADICALS_SUPPLEMENT.items()}
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00)):
        plain = unicodedata.normalize("NFKC", chr(code))
        table[code] = _SIMPLIFIED.get(plain, plain)
    for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)):
        table[code] = chr(code - 0xFEE0)
    table.update(dict.fromkeys(map(ord, _SPACES), " "))
    table.update(dict.fromkeys(map(ord, _WIDTHLESS), None))
    # What no text should hold and XML 1.0, JSON or a terminal could not carry on.
    table.update(dict.fromkeys((*range(9), 0x0B, *range(0x0E, 0x20), 0x7F), None))
    return table


_TABLE = _build_table()
_NEEDS_CLEANING = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f\u00a0\u00ad\u1680\u2000-\u200f\u202a-\u202f\u205f\u2060\u2e80-\u2fd5\u3000"
    r"\uf900-\ufaff\ufeff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\ud800-\udfff]"
)
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def clean(text: str) -> str:
    """Radicals, full-width digits and letters, and all kinds of space in their plain form."""
    if not _NEEDS_CLEANING.search(text):
        return text
    return _SURROGATES.sub("�", text.translate(_TABLE))


_NOT_LABEL = re.compile(r"[^0-9A-Za-z\u3400-\u4dbf\u4e00-\u9fff]+")


@lru_cache(maxsize=8192)
def canonical(text: str) -> str:
    """What is left of a label for comparison: letters, digits and Chinese characters, no punctuation."""
    return _NOT_LABEL.sub("", text)

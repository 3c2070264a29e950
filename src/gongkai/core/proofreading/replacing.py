"""What may be put in place of a match without asking: only where there is one right form."""

from __future__ import annotations

import re
from collections.abc import Callable

Match = re.Match[str]

_FULL = str.maketrans(",;!?:.()", "，；！？：。（）")
_NUMERALS = "〇一二三四五六七八九十"


def _full(match: Match) -> str:
    return match[0].translate(_FULL)


def _bracketed(match: Match) -> str:
    return f"（{match[0][1:-1]}）"


def _year(match: Match) -> str:
    return f"〔{match[0][1:-1]}〕"


def _symbol(match: Match) -> str:
    return re.sub(r"〕\s*第?\s*0*", "〕", match[0])


def _nested(match: Match) -> str:
    inside = match[0][1:-1]
    return f"《{inside.replace('《', '〈').replace('》', '〉')}》"


def _span(match: Match) -> str:
    return f"{match[1]}{match[3]}～{match[2]}{match[3]}"


def _date(match: Match) -> str:
    year, month, day = re.split(r"[./]", match[0])
    return f"{year}年{int(month)}月{int(day)}日"


def _weekday(match: Match) -> str:
    return re.sub(r"[1-7]", lambda digit: _NUMERALS[int(digit[0])], match[0])


def _one(mark: str) -> Callable[[Match], str]:
    return lambda _: mark


def _doubled(match: Match) -> str | None:
    return match[0][0] if len(set(match[0])) == 1 else None


REPLACEMENTS: dict[str, Callable[[Match], str | None]] = {
    "PU-01": _one("》"),
    "PU-02": _one("”"),
    "PU-03a": _full,
    "PU-03b": _full,
    "PU-03c": _full,
    "PU-04": _bracketed,
    "PU-06": _doubled,
    "PU-07": _one("……"),
    "PU-08": _one("——"),
    "PU-09": _year,
    "PU-09b": _symbol,
    "PU-10": _one("等"),
    "PU-11": _one(""),
    "PU-12e": lambda match: match[0][:-1] + "，",
    "PU-14": lambda match: f"“{match[0][1:-1]}”",
    "PU-15": _nested,
    "PU-15b": lambda match: f"〈{match[0][1:-1]}〉",
    "PU-16": lambda match: match[0][1:-1],
    "PU-19": _one(""),
    "PU-19b": _one(""),
    "NU-02": lambda match: match[0].replace("零", "〇"),
    "NU-02b": lambda match: re.sub("[0OoＯ○]", "〇", match[0]),
    "NU-03": lambda match: match[1] + match[2],
    "NU-05": _span,
    "NU-07": lambda match: match[0][1:],
    "NU-08": _date,
    "NU-10": lambda match: match[0].replace("%", "").replace("％", ""),
    "NU-11": _weekday,
    "UN-01": _one("kg"),
    "UN-02": _one("km"),
    "UN-03": _one("kW"),
    "UN-04": _one("kW·h"),
    "UN-05": _one("平方米"),
    "UN-06": _one("m²"),
    "UN-08": lambda match: "/",
    "UN-09": lambda match: f"{match[1]}摄氏度",
    "UN-10": _one("mL"),
    "LE-08": _one(""),
    "LE-30": lambda match: match[0][2:-2],
    "LE-30b": _one(""),
}

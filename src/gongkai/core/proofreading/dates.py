"""Days that do not exist, weekdays that do not fit, spans that run backwards; parts that do not add up.

Source: algorithmic checks of the proofreading rules, sections 4.2 and 5 (ST-08, ST-09, ST-10).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from gongkai.core.proofreading.chinese_numerals import chinese_to_int
from gongkai.core.proofreading.findings import Hit, Severity
from gongkai.core.proofreading.paper import Paper

_DAY = re.compile(
    r"(?:(?<!\d)(\d{4})\s{0,2}年\s{0,2})?(?<!\d)(\d{1,2})\s{0,2}月\s{0,2}(\d{1,3})\s{0,2}日"
    r"(?:\s{0,2}[（(]?\s{0,2}(?:星期|周|礼拜)([一二三四五六日天])[）)]?)?"
)
_MONTH_DAY = re.compile(r"月\s{0,2}\d{1,3}\s{0,2}日")
_MONTH = re.compile(r"(?<!\d)(\d{4})\s{0,2}年\s{0,2}(\d{1,2})\s{0,2}月(?!\d)(?!\s{0,2}\d{1,3}\s{0,2}日)")
_WEEKDAYS = "一二三四五六日"
_UNIT = "万?[条件次人家个项份期场篇起户名例亩元]|万元|亿元|万条"
_AMOUNT = rf"(\d+(?:\.\d+)?)\s{{0,2}}({_UNIT})"
_WHOLE = re.compile(_AMOUNT + r"(?:信息|申请|案件|企业)?（([^（）\n]{8,400})）")
_AMONG = re.compile(_AMOUNT + r"[^。；\n（）]{0,12}[，：。]其中[，：:]?([^。；\n（）]{8,400})[。；]")
_BEFORE = 30  # characters from an amount to the list of its parts
_COUNTED = re.compile(
    r"(?:以下|如下|下列)([一二三四五六七八九十两\d]{1,3})(?:个方面|项措施|点要求|项工作|条措施|点意见|项要求)"
)


def find(paper: Paper) -> Iterator[Hit]:
    """What is wrong with days and sums."""
    if "月" in paper.text:
        yield from _days(paper)
    yield from _sums(paper, "（", _WHOLE, exhaustive=True)
    yield from _sums(paper, "其中", _AMONG, exhaustive=False)
    if "占" in paper.text and "%" in paper.text:
        yield from _shares(paper)


def _each_day(text: str) -> Iterator[re.Match[str]]:
    """Days, found from their 月: reading every figure for a year would take five times as long."""
    last = 0
    for month in _MONTH_DAY.finditer(text):
        for match in _DAY.finditer(text, max(last, month.start() - 12), month.end() + 12):
            if match.start() < month.start() < match.end():
                yield match
                last = match.end()
                break


def _days(paper: Paper) -> Iterator[Hit]:
    for match in _each_day(paper.text):
        year, month, day = (int(part) if part else 0 for part in match.groups()[:3])
        if problem := _impossible(year, month, day):
            yield Hit("NU-20", *match.span(), "核对日期", Severity.ERROR, problem, "ours")
        elif match[4] and year:
            fits = _WEEKDAYS[date(year, month, day).weekday()]
            if fits != match[4].replace("天", "日"):
                yield Hit(
                    "NU-21",
                    *match.span(),
                    f"{year}年{month}月{day}日是星期{fits}",
                    Severity.ERROR,
                    "日期与星期不符",
                    "ours",
                )
    for match in _MONTH.finditer(paper.text):
        if not 1 <= int(match[2]) <= 12 and int(match[1]) > 1800:
            yield Hit("NU-20", *match.span(), "核对月份", Severity.ERROR, "没有这个月份", "ours")


def _impossible(year: int, month: int, day: int) -> str:
    if not 1 <= month <= 12:
        return f"没有{month}月"
    last = monthrange(year if 1 <= year <= 9999 else 2024, month)[1]
    if not 1 <= day <= last:
        return f"{year}年{month}月没有{day}日" if year else f"{month}月没有{day}日"
    return ""


_PART = re.compile(rf"[^、，,；\d]{{0,24}}?{_AMOUNT}")


def _lists(text: str, sign: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Amounts with the list of their parts, found from the sign that begins the list."""
    at = text.find(sign)
    while at >= 0:
        low = max(0, at - _BEFORE)
        if any(character.isdigit() for character in text[low:at]):
            for match in pattern.finditer(text, low, at + 420):
                if match.start() < at < match.end():
                    yield match
                break
        at = text.find(sign, at + 1)


def _sums(paper: Paper, sign: str, pattern: re.Pattern[str], *, exhaustive: bool) -> Iterator[Hit]:
    for match in _lists(paper.text, sign, pattern):
        parts = _parts(match[3], match[2], exhaustive=exhaustive)
        if parts is None:
            continue
        whole, total = Decimal(match[1]), sum(parts)
        if total == whole or (total < whole and not exhaustive):
            continue
        near = abs(total - whole) * 5 <= whole
        yield Hit(
            "ST-08",
            *match.span(1),
            f"各项合计为 {total}",
            Severity.ERROR if exhaustive and near and len(parts) >= 3 else Severity.HINT,
            f"总数是 {whole}，所列 {len(parts)} 项合计 {total}",
            "ours",
        )


def _parts(listed: str, unit: str, *, exhaustive: bool) -> list[Decimal] | None:
    """The amounts of a list of one unit; None when it is something else."""
    pieces = [piece for piece in re.split("[、，,；]", listed) if piece.strip()]
    found = []
    for piece in pieces:
        match = _PART.fullmatch(piece.strip())
        if match is None or match[2] != unit:
            return None
        found.append(Decimal(match[1]))
    return found if len(found) >= (2 if exhaustive else 3) else None


_SHARE = re.compile(r"分别占[^。；\n]{0,20}?((?:\d+(?:\.\d+)?%[、，和]){1,9}\d+(?:\.\d+)?%)")


def _shares(paper: Paper) -> Iterator[Hit]:
    for match in _SHARE.finditer(paper.text):
        shares = [Decimal(each) for each in re.findall(r"\d+(?:\.\d+)?", match[1])]
        if sum(shares) > 100 + Decimal("0.1") * len(shares):
            yield Hit(
                "ST-09",
                *match.span(1),
                f"合计为 {sum(shares)}%",
                Severity.HINT,
                "各部分所占比例合计超过 100%",
                "ours",
            )


_SIGNED = re.compile(
    r"^[ \u3000]*((?:19|20)\d{2})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日[ \u3000]*$", re.MULTILINE
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s?年")


def paper_day(text: str, *, today: date) -> date:
    """The day a text was written, as far as it says: its last dated line, else the end of the year it names most.

    Never after today. A text without any date is taken as written today.
    """
    head = text[:400_000]
    signed = [tuple(map(int, match.groups())) for match in _SIGNED.finditer(head)]
    for year, month, day in reversed(signed):
        if not _impossible(year, month, day) and date(year, month, day) <= today:
            return date(year, month, day)
    years = Counter(int(match[1]) for match in _YEAR.finditer(head) if int(match[1]) <= today.year)
    return min(today, date(max(years, key=lambda year: (years[year], year)), 12, 31)) if years else today


def announced(paper: Paper) -> Iterator[Hit]:
    """“以下三项措施” followed by another number of 一是、二是."""
    for match in _COUNTED.finditer(paper.text):
        says = int(match[1]) if match[1].isdigit() else chinese_to_int(match[1])
        end = paper.text.find("\n", match.end())
        rest = paper.text[match.end() : end if end >= 0 else len(paper.text)][:4000]
        numbers = [
            chinese_to_int(each) or 0
            for each in re.findall(r"(?:^|[：。；，])([一二三四五六七八九])是", rest)
        ]
        if says and numbers and numbers == list(range(1, len(numbers) + 1)) and len(numbers) != says:
            yield Hit(
                "ST-10",
                *match.span(),
                f"下文列了 {len(numbers)} 项",
                Severity.HINT,
                f"前面说 {says} 项，下文列了 {len(numbers)} 项",
                "ours",
            )

"""Numbered headings and articles: their sequence, their form, one form to a level (ST-01 to ST-05, PU-12, PU-13).

Levels of GB/T 9704: 一、 （一） 1. （1）.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

from gongkai.core.proofreading.chinese_numerals import chinese_to_int, int_to_chinese
from gongkai.core.proofreading.findings import Hit, Severity
from gongkai.core.proofreading.paper import Line, Paper

_NUMERAL = "[一二三四五六七八九十百零〇]"
_FORMS = (
    (1, re.compile(rf"(?P<n>{_NUMERAL}{{1,3}})(?P<mark>[、，．.：])(?=[一-龥“《（])")),
    (2, re.compile(rf"(?P<open>[（(])(?P<n>{_NUMERAL}{{1,3}})(?P<close>[）)])(?P<mark>[、，．.。]?)")),
    (3, re.compile(r"(?P<n>\d{1,2})(?P<mark>[.．、])(?![\d.])")),
    (4, re.compile(r"(?P<open>[（(])(?P<n>\d{1,2})(?P<close>[）)])(?P<mark>[、，．.。]?)")),
)
_ARTICLE = re.compile(rf"第({_NUMERAL}{{1,5}})条(之{_NUMERAL}+)?[\s\u3000](?!\s*第[（(])")
_SAID = re.compile(r"([一二三四五六七八九十])是(?![否非不])")
_FULL = {"(": "（", ")": "）"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered start of a paragraph; ``start`` and ``end`` enclose the number with its marks."""

    level: int
    number: int
    start: int
    end: int
    form: str
    mark: str
    line: Line


def headings(paper: Paper) -> tuple[Heading, ...]:
    """The numbered paragraphs outside tables and tables of contents."""
    known = paper.memory.get("headings")
    if known is None:
        known = paper.memory["headings"] = _headings(paper)
    return cast("tuple[Heading, ...]", known)


def _headings(paper: Paper) -> tuple[Heading, ...]:
    found: list[Heading] = []
    near_table = _near_tables(paper.lines) if paper.is_wrapped else frozenset()
    last: dict[int, int] = {}
    for at, line in enumerate(paper.lines):
        text = line.text
        if text[0] not in _MAY_START or line.is_row:
            continue
        indent = len(text) - len(text.lstrip(" \u3000"))
        if text[indent] not in _FIRST or text.rstrip()[-1].isdigit() or "……" in text[:40]:
            continue
        for level, form in _FORMS:
            if match := form.match(line.text, indent):
                number = chinese_to_int(match["n"]) if level < 3 else int(match["n"])
                if number is not None and (at not in near_table or number == last.get(level, 0) + 1):
                    found.append(_heading(level, number, match, line))
                    last[level] = number
                break
    return tuple(found)


_FIRST = frozenset("一二三四五六七八九十（(0123456789")
_MAY_START = _FIRST | frozenset(" \u3000")


def _heading(level: int, number: int, match: re.Match[str], line: Line) -> Heading:
    groups = match.groupdict()
    form = f"{groups.get('open') or ''}N{groups.get('close') or ''}"
    start = line.start + match.start()
    return Heading(level, number, start, line.start + match.end(), form, match["mark"] or "", line)


def _near_tables(lines: Sequence[Line], reach: int = 5) -> frozenset[int]:
    """Lines with rows of a table shortly before and after them: cells that a layout broke over lines."""
    rows = [at for at, line in enumerate(lines) if line.is_row]
    near: set[int] = set()
    for before, after in pairwise(rows):
        if 1 < after - before <= reach:
            near.update(range(before + 1, after))
    return frozenset(near)


def find(paper: Paper) -> Iterator[Hit]:
    """What is wrong with the headings."""
    every = headings(paper)
    yield from _sequence(every, Severity.HINT if paper.is_wrapped else Severity.ERROR)
    yield from _forms(every)
    numbered = sum(1 for heading in every if heading.level == 1 and heading.mark == "、")
    for heading in every:
        if heading.mark in {"，", "："} and heading.level == 1 and not numbered:
            continue  # a sentence that begins with a number
        yield from _marks(heading)
    yield from _articles(paper)
    yield from _said(paper)


def _shown(level: int, number: int) -> str:
    words = int_to_chinese(number) if number < 100 else str(number)
    return {1: f"{words}、", 2: f"（{words}）", 3: f"{number}.", 4: f"（{number}）"}[level]


def _sequence(every: Sequence[Heading], severity: Severity) -> Iterator[Hit]:
    last: dict[int, int] = {}
    ever: dict[int, set[int]] = {level: {0} for level in range(1, 5)}
    for heading in every:
        level, number = heading.level, heading.number
        before = last.get(level)
        going_on = number - 1 in ever[level] and before != number  # of a list that another one interrupted
        repeated = number == before == 1 and level <= 2
        if repeated or (number != 1 and not going_on and before is not None and number != before + 1):
            assert before is not None
            expected = _shown(level, before + 1)
            says = f"序号不连续：前一个是“{_shown(level, before)}”，这里是“{_shown(level, number)}”"
            if number == before:
                says = f"序号重复：前面已有“{_shown(level, before)}”"
            yield Hit("ST-01", heading.start, heading.end, expected, severity, says, "1p")
        if number == 1 and before is not None:
            ever[level].add(before)
        last[level] = number
        for deeper in range(level + 1, 5):
            if deeper in last:
                ever[deeper].add(last.pop(deeper))


def _forms(every: Sequence[Heading]) -> Iterator[Hit]:
    """Headings whose brackets differ from the most of their level."""
    for level in (2, 4):
        forms = Counter(heading.form for heading in every if heading.level == level)
        if len(forms) < 2:
            continue
        for heading in every:
            if heading.level == level and ("(" in heading.form or ")" in heading.form):
                right = "".join(_FULL.get(each, each) for each in _bracketed(heading))
                yield Hit(
                    "ST-03",
                    heading.start,
                    heading.end,
                    right,
                    Severity.ERROR,
                    "同一级标题的括号有全角有半角",
                    "ours",
                    right,
                )


def _bracketed(heading: Heading) -> str:
    return heading.line.text[heading.start - heading.line.start : heading.end - heading.line.start]


def _marks(heading: Heading) -> Iterator[Hit]:
    text = _bracketed(heading)
    if heading.level == 1 and heading.mark != "、":
        right = text[:-1] + "、"
        yield Hit(
            "PU-12b", heading.start, heading.end, right, Severity.ERROR, "序号“一”之后应当用顿号", "P5", right
        )
    if heading.level == 2 and heading.mark:
        right = text[:-1]
        yield Hit(
            "PU-12a", heading.start, heading.end, right, Severity.ERROR, "序号（一）之后不加标点", "P5", right
        )
    if heading.level == 3 and heading.mark == "、":
        right = text[:-1] + "."
        yield Hit(
            "PU-12c",
            heading.start,
            heading.end,
            right,
            Severity.HINT,
            "阿拉伯数字序号之后用小圆点",
            "P5",
            right,
        )
    if heading.level == 4 and heading.mark:
        right = text[:-1]
        yield Hit(
            "PU-12d", heading.start, heading.end, right, Severity.HINT, "序号（1）之后不加标点", "P5", right
        )
    body = heading.line.text.rstrip()
    alone = (
        len(body) <= 32 and heading.level <= 2 and not re.search("[。；：，]", body[:-1].replace(text, "", 1))
    )
    if alone and len(body) > len(text) + 2 and body[-1] in "。；：":
        end = heading.line.start + len(body)
        yield Hit("PU-13", end - 1, end, "（去掉）", Severity.HINT, "单独成行的标题末尾不加标点", "P5", "")


def _articles(paper: Paper) -> Iterator[Hit]:
    before = 0
    for line in paper.lines:
        if line.text[0] not in "第 \u3000" or not line.text.lstrip(" \u3000").startswith("第"):
            continue
        indent = len(line.text) - len(line.text.lstrip(" \u3000"))
        match = _ARTICLE.match(line.text, indent)
        if match is None:
            continue
        number = chinese_to_int(match[1])
        if number is None:
            continue
        if before and not match[2] and number not in {before + 1, 1}:
            near = number in {before + 2, before}
            yield Hit(
                "ST-05",
                line.start + match.start(),
                line.start + match.start() + len(match[0].rstrip()),
                f"第{int_to_chinese(before + 1)}条" if before < 99 else f"第{before + 1}条",
                Severity.ERROR if near and not paper.is_wrapped else Severity.HINT,
                f"条文序号不连续：前一条是第{before}条",
                "ours",
            )
        before = number


def _said(paper: Paper) -> Iterator[Hit]:
    """一是…二是… within a paragraph: a number left out or said twice."""
    if "一是" not in paper.text:
        return
    for line in paper.lines:
        if "一是" not in line.text or len(line.text) > 20_000:
            continue
        before = 0
        for match in _SAID.finditer(line.text):
            if match.start() and line.text[match.start() - 1] not in "。；：，、？！ \u3000*":
                continue
            number = chinese_to_int(match[1]) or 0
            if number != 1 and before and number != before + 1 and number <= 10:
                yield Hit(
                    "ST-01b",
                    line.start + match.start(),
                    line.start + match.end(),
                    f"{int_to_chinese(before + 1)}是",
                    Severity.HINT if paper.is_wrapped else Severity.ERROR,
                    f"序号不连续：前一个是“{int_to_chinese(before)}是”",
                    "ours",
                )
            before = number

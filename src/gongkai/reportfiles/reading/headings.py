"""Where the six sections of a report begin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.core.annual_report import SECTION_TITLES
from gongkai.reportfiles.reading.blocks import Line
from gongkai.reportfiles.reading.characters import canonical

NUMERALS = tuple(SECTION_TITLES)

# Titles as offices word them; those marked strict count without their number too.
_TITLES: dict[str, tuple[str, str]] = {
    "一": ("总体情况", "(?:政府信息公开)?(?:工作)?(?:总体|基本|概括|工作)(?:工作)?情况|概述|概况"),
    "二": (
        "(?:本年度)?主动公开政府信息(?:的)?情况",
        "(?:行政机关)?主动公开(?:政府)?信息?(?:的)?(?:工作)?情况",
    ),
    "三": (
        "(?:行政机关)?收到和处理政府信息公开申请(?:的)?情况",
        "(?:行政机关)?(?:收到和?)?(?:处理|办理)?(?:政府)?信息公开申请(?:的)?(?:处理|办理)?情况",
    ),
    "四": (
        "(?:因)?政府信息公开(?:工作)?(?:被申请|申请|引起的|引发的)?行政复议[、和及]?(?:提起|被提起)?行政诉讼(?:的)?情况",
        "(?:因)?(?:政府)?信息公开.{0,10}复议.{0,8}诉讼.{0,6}情况|行政复议(?:和|及)?(?:提起)?行政诉讼(?:的)?情况",
    ),
    "五": (
        "(?:政府信息公开工作)?存在的主要问题(?:及|和)改进情况",
        "(?:(?:政府)?信息公开(?:工作)?)?(?:中)?(?:存在)?的?(?:主要)?(?:困难|问题|不足)(?:和不足|与不足)?(?:及|和|与|、)?(?:下一步)?(?:的)?(?:改进|整改)?(?:工作)?(?:情况|措施|打算|计划|意见|安排)?",
    ),
    "六": ("其他需要报告的事项", "其他(?:需要?)?(?:报告|说明)?的?(?:有关)?(?:事项|情况)"),
}
_BARE = {key: re.compile(rf"(?:{strict})") for key, (strict, _) in _TITLES.items()}
_NUMBERED = re.compile(
    "|".join(
        rf"(?P<{name}>{key}(?:{strict}|{loose}))"
        for name, key, (strict, loose) in zip("abcdef", _TITLES, _TITLES.values(), strict=True)
    )
)
_KEY_OF_GROUP = dict(zip("abcdef", NUMERALS, strict=True))
_START = re.compile(
    r"[\s#*>\-•·【\[]*(?:第?([一二三四五六])(?:部分)?\s*[、.．，,:：\s]\s*)?(?![（(\s])(\S.{0,60})", re.S
)
_CONTENTS = re.compile(r"(?:[.．…·\-—_]{3,}|\s)\s*\d{1,3}\s*$")
_MAX_HEADING = 60
# What a heading can begin with, so that lines of prose are passed over at once.
_FIRST = frozenset("一二三四五六第总基概工主行收因政信存其困问处中不")


def section_of(text: str) -> tuple[str, str] | None:
    """The section that a line opens and what follows its title on the line; None for other lines.

    >>> section_of("六、其他需要报告的事项：无。")
    ('六', '无。')
    """
    bare = text.lstrip(" \t#*>-•·【[")
    match = _START.match(text) if bare[:1] in _FIRST else None
    if match is None:
        return None
    number, rest = match.groups()
    head = re.sub(r"[\s*#]+", "", rest[:_MAX_HEADING])
    if number:
        found = _NUMBERED.match(number + head)
        if found is None or found.lastgroup is None or _KEY_OF_GROUP[found.lastgroup] != number:
            return (number, "") if _is_torn_title(number, head) else None
        key, title = number, found.group()[1:]
    else:
        hits = [(k, m.group()) for k, pattern in _BARE.items() if (m := pattern.match(head))]
        if not hits:
            return None
        key, title = hits[0]
    after = head[len(title) :]
    if after and (
        after[0] not in "。：:，,、；（(.…·-—_0123456789" or (not number and after[0] not in "。：:")
    ):
        return None
    return key, _text_after(text, title)


def _is_torn_title(number: str, head: str) -> bool:
    """The first part of an official title whose end ran over to the next line."""
    name = canonical(head)
    title = canonical(SECTION_TITLES[number])
    return len(name) * 10 >= len(title) * 6 and title.startswith(name)


def _text_after(text: str, title: str) -> str:
    """What follows the title in the original line, without the punctuation between."""
    at, matched = 0, 0
    start = text.find(title[0])
    for at in range(max(start, 0), len(text)):
        if matched == len(title):
            break
        if text[at] == title[matched]:
            matched += 1
    else:
        at = len(text)
    return text[at:].lstrip(" *#。：:，,").strip()


def find_sections(lines: Sequence[Line]) -> dict[str, int]:
    """Position of each section's heading in ``lines``.

    A table of contents or a page's navigation names the sections before the text does, so the last heading
    counts that still comes before the next section's.
    """
    candidates: dict[str, list[int]] = {key: [] for key in NUMERALS}
    for at, line in enumerate(lines):
        text = line.text
        if not text or text.isspace():
            continue
        found = section_of(text)
        if found is not None and not _CONTENTS.search(text):
            candidates[found[0]].append(at)
    placed: dict[str, int] = {}
    limit = len(lines)
    for key in reversed(NUMERALS):
        before = [at for at in candidates[key] if at < limit]
        if before:
            placed[key] = limit = before[-1]
    return placed

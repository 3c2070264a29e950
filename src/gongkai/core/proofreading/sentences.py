"""Paragraphs and sentences: broken in the middle, without an end, beginning with a closing mark.

Source: algorithmic checks of GB/T 15834—2011 in the proofreading rules, section 4.1; severities are ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.core.proofreading.findings import Hit, Severity
from gongkai.core.proofreading.headings import headings
from gongkai.core.proofreading.paper import Line, Paper

_ENDS = frozenset("。！？；：…!?;:.—～~")
_CLOSERS = "”’」』）)】》〉]\"'"
_NOT_AT_START = frozenset("，。、；：？！）》”】〉")
_MAY_START_WRONG = _NOT_AT_START | frozenset(" \u3000")
_CONTINUES = frozenset("，、")
_NEW_PARAGRAPH = re.compile(
    r"[ \u3000]*(?:[一二三四五六七八九十百]{1,3}[、是]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、]"
    r"|第[一二三四五六七八九十百]{1,4}[章节条]|附件|注[：:1-9]|[-*•·●◆■□▲※①-⑳]|[A-Za-z])"
)
_LEAST_PROSE = 24
_LONG = 150
_HEADLINE = re.compile("[一-龥] [一-龥]")  # parts of a headline are set apart by blanks
_LABELLED = re.compile(r"^[^，。；]{1,12}[：:]")
_WORDY = re.compile("[一-龥]")
_PUNCTUATED = re.compile("[，。；].{4}")  # more than a title has
_CREDIT = re.compile(
    r"(?:作者|来源|编辑|责编|责任编辑|审核|校对|供稿|撰稿|通讯员|记者|摄影|图片?|联系人|电话|地址|邮编|网址|抄送|主送|附件|单位|时间|地点)[^。]{0,40}$"
)


def find(paper: Paper) -> Iterator[Hit]:
    """What is wrong with paragraphs. Where lines end with the page, nobody can tell, and nothing is said."""
    if paper.is_wrapped:
        return
    heads = {heading.line.start for heading in headings(paper)}
    lines = paper.lines
    for at, line in enumerate(lines):
        text = line.text
        if text[0] in _MAY_START_WRONG:
            yield from _start(paper, at)
        if text[-1] in _ENDS or line.is_row or _in_list(paper, at):
            continue
        following = lines[at + 1] if at + 1 < len(lines) else None
        yield from _end(paper, line, following, line.start in heads, is_first=at == 0)


def _start(paper: Paper, at: int) -> Iterator[Hit]:
    line = paper.lines[at]
    text = line.text.lstrip(" \u3000")
    if line.is_row or not at or len(text) < 2 or text[0] not in _NOT_AT_START:
        return
    if at and not paper.lines[at - 1].is_row:
        start = line.end - len(text)
        yield Hit(
            "PU-20",
            start,
            start + 1,
            "与上一段合并",
            Severity.ERROR,
            f"段落不能以“{text[0]}”开头，段落可能被断开",
            "ours",
        )


def _in_list(paper: Paper, at: int) -> bool:
    """Does the paragraph stand among short unpunctuated lines, as names and addresses do?"""
    around = paper.lines[max(0, at - 1) : at + 2]
    return all(len(line.text) < _LEAST_PROSE for line in around) or any(line.is_row for line in around[:1])


def _is_prose(text: str) -> bool:
    """Sentences, and not a title, a label or an address: told by marks inside and by length."""
    if text.count("\u3000") >= 3 or (len(text) < _LONG and _HEADLINE.search(text)):
        return False
    if "。" in text[:-1] or "；" in text[:-1]:
        return len(text) >= _LEAST_PROSE
    return len(text) >= 60 and text.count("，") >= 3


def _end(paper: Paper, line: Line, following: Line | None, is_head: bool, *, is_first: bool) -> Iterator[Hit]:
    text = line.text.rstrip(" \u3000\r*_")
    bare = text.rstrip(_CLOSERS)
    if not bare or bare[-1] in _ENDS or (is_first and not _PUNCTUATED.search(bare[:-1])):
        return
    goes_on = following is not None and not following.is_row and not _NEW_PARAGRAPH.match(following.text)
    if bare[-1] in _CONTINUES and len(text) >= 12:
        if len(bare) == len(text) and goes_on and following is not None:
            yield _broken(paper, line, following, text, "段落在句子中间断开")
        elif following is None:
            yield _unended(line, text, "段落以“，”“、”结束，句子不完整")
        return
    if not _is_prose(text) or not _WORDY.match(bare[-1]) or _ends_apart(text, bare):
        return
    if is_head and "。" not in text and len(text) < 40:
        return
    if _CREDIT.search(re.split("[。；]", text)[-1]) or (_LABELLED.match(text) and "。" not in text):
        return
    if goes_on and following is not None and len(bare) == len(text) and _reads_on(text, following.text):
        yield _broken(paper, line, following, text, "段落在词语或句子中间断开")
    else:
        yield _unended(line, text, "段末缺少句末标点")


def _ends_apart(text: str, bare: str) -> bool:
    """Does the paragraph end with a remark in brackets after a finished sentence, as （记者 某某）?"""
    if text[-1] not in "）)】]":
        return False
    opened = max(text.rfind("（"), text.rfind("("), text.rfind("【"))
    before = text[:opened].rstrip(_CLOSERS) if opened > 0 else ""
    return not before or before[-1] in _ENDS


def _reads_on(text: str, following: str) -> bool:
    """Does the next paragraph look like the rest of this one rather than a beginning?"""
    rest = following.lstrip(" \u3000")
    starts_anew = re.match(
        r"\d|[“《【]|(?:同时|此外|另外|其中|下一步|近年来|今年|本|各|为|根据|按照|对|在|通过|目前|改进|特此|各位|我|据|会议|会上|活动|当天|当日|近日|截至|接下来|随后|最后|首先|其次|全|要|以|从|自|由|下|一|二|三)",
        rest,
    )
    return starts_anew is None and len(rest) >= 4 and len(rest) - len(rest.rstrip("。！？")) > 0


def _broken(paper: Paper, line: Line, following: Line, text: str, says: str) -> Hit:
    start = max(line.start, line.start + len(text) - 6)
    rest = following.text.lstrip(" \u3000")
    end = following.end - len(rest) + min(6, len(rest))
    joined = paper.text[start : line.start + len(text)] + rest[:6]
    return Hit("PU-22", start, end, f"与下一段合并：{joined}", Severity.ERROR, says, "ours", joined)


def _unended(line: Line, text: str, says: str) -> Hit:
    end = line.start + len(text)
    start = max(line.start, end - 6)
    return Hit("PU-21", start, end, "补上句末标点，或补全句子", Severity.ERROR, says, "ours")

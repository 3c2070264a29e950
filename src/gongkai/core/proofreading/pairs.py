"""Brackets, title marks and quotation marks without their partner (PU-05), and straight quotation marks (PU-14)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.core.proofreading.findings import Hit, Severity
from gongkai.core.proofreading.paper import Line, Paper

_OPENING = {"（": "）", "《": "》", "“": "”", "【": "】", "〔": "〕", "‘": "’", "〈": "〉", "(": "）"}
_CLOSING = frozenset("）》”】〕’〉)")
_MARKS = re.compile("[（《“【〔‘〈()）》”】〕’〉]")
_MARKS_AND_BREAKS = re.compile("[（《“【〔‘〈()）》”】〕’〉\n]")
_COUPLES = ("（）", "《》", "“”", "【】", "〔〕", "‘’", "〈〉", "()", "（)", "(）")
_ITEM_BEFORE = re.compile(r"(?:^|[；;：:。，,、\s])[\dA-Za-z一二三四五六七八九十①-⑳]{1,3}$")
_MOST_IN_A_LINE = 4
_LONGEST_LINE = 50_000
_FAR = 12  # lines over which a bracket may reach, as in a long note under a title
_WORDY = re.compile("[一-龥]")


def find(paper: Paper) -> Iterator[Hit]:
    """Marks without a partner in their paragraph, nor one of the same kind shortly before or after it."""
    odd = _odd_rows(paper.text)
    if not odd:
        return
    alone = [
        (at, line, place)
        for at, line in enumerate(paper.lines)
        if line.row in odd and len(line.text) <= _LONGEST_LINE
        for place in _lonely(line)
    ]
    for index, (at, line, place) in enumerate(alone):
        mark = line.text[place]
        if _has_far_partner(alone, index, at, mark) or _goes_on_below(paper, at, mark):
            continue
        yield _hit(line, place, mark, sure=not paper.is_wrapped)


def _odd_rows(text: str) -> frozenset[int]:
    """Lines whose marks do not cancel out in couples."""
    marks = "".join(_MARKS_AND_BREAKS.findall(text))
    before = -1
    while len(marks) != before:
        before = len(marks)
        for couple in _COUPLES:
            marks = marks.replace(couple, "")
    return frozenset(row for row, rest in enumerate(marks.split("\n")) if rest)


def _lonely(line: Line) -> list[int]:
    stack: list[tuple[str, int]] = []
    lonely: list[int] = []
    for match in _MARKS.finditer(line.text):
        mark, at = match[0], match.start()
        if mark in _OPENING:
            stack.append((mark, at))
        elif stack and _fits(stack[-1][0], mark):
            stack.pop()
        elif _is_no_bracket(line.text, mark, at):
            continue
        elif any(_fits(opened, mark) for opened, _ in stack):
            while not _fits(stack[-1][0], mark):
                lonely.append(stack.pop()[1])
            stack.pop()
        else:
            lonely.append(at)
    lonely = sorted(lonely + [at for _, at in stack])
    if line.is_row or (len(lonely) == 1 and _quotes_go_on(line.text, lonely[0])):
        return []
    return lonely[:_MOST_IN_A_LINE]


def _fits(opened: str, closing: str) -> bool:
    return _OPENING[opened] == ("）" if closing == ")" else closing)


def _is_no_bracket(text: str, mark: str, at: int) -> bool:
    """The mark after a number, as in 1）, and the apostrophe."""
    if mark in "）)":
        return bool(_ITEM_BEFORE.search(text[max(0, at - 6) : at]))
    return mark == "’" and at > 0 and text[at - 1].isascii()


def _quotes_go_on(text: str, at: int) -> bool:
    """A quotation of several paragraphs opens in each and closes in the last."""
    if text[at] == "“":
        return not text[:at].strip(" \u3000")
    return text[at] == "”" and text.rstrip()[-1] == "”"


def _goes_on_below(paper: Paper, at: int, mark: str) -> bool:
    """Does the next paragraph open the same quotation again?"""
    return (
        mark == "“"
        and at + 1 < len(paper.lines)
        and paper.lines[at + 1].text.lstrip(" \u3000").startswith("“")
    )


def _has_far_partner(alone: Sequence[tuple[int, Line, int]], index: int, at: int, mark: str) -> bool:
    """Is there a partner a few lines on, as when a title or a long note is set over several lines?"""
    step = 1 if mark in _OPENING else -1
    other = index + step
    while 0 <= other < len(alone) and abs(alone[other][0] - at) <= _FAR:
        partner = alone[other][1].text[alone[other][2]]
        opened, closing = (mark, partner) if step > 0 else (partner, mark)
        if alone[other][0] != at and opened in _OPENING and closing in _CLOSING and _fits(opened, closing):
            return True
        other += step
    return False


def _hit(line: Line, place: int, mark: str, *, sure: bool) -> Hit:
    missing = "前半" if mark in _CLOSING else "后半"
    is_quote = mark in "“”"
    return Hit(
        "PU-05",
        line.start + place,
        line.start + place + 1,
        f"补上{missing}个引号，或去掉" if is_quote else f"补上{missing}个标点，或去掉“{mark}”",
        Severity.ERROR if sure else Severity.HINT,
        "引号没有配对" if is_quote else f"“{mark}”没有配对",
        "P4",
    )


def straight_quotes(paper: Paper) -> Iterator[Hit]:
    """Pairs of straight quotation marks around Chinese."""
    if '"' not in paper.text:
        return
    for line in paper.lines:
        if line.text.count('"') < 2 or len(line.text) > _LONGEST_LINE:
            continue
        places = [match.start() for match in re.finditer('"', line.text)]
        for opened, closed in zip(places[::2], places[1::2], strict=False):
            inside = line.text[opened + 1 : closed]
            if _WORDY.search(inside) and line.text[max(0, opened - 1) : opened] != "=":
                right = f"“{inside}”"
                start, end = line.start + opened, line.start + closed + 1
                yield Hit("PU-14", start, end, right, Severity.ERROR, "中文用了直引号", "P4", right)

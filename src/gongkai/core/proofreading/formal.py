"""The form of a paper to other bodies, and what it says twice: recipients, first page, contacts, time limits.

Source: proofreading rules, section 5 (ST-16, ST-17, ST-19); GB/T 9704—2012, 5.2.2 (22 lines of 28 characters a page) and 7.3.1.
ST-17 finds a label that stands exactly twice with two values, as a hint: two windows of one hall may have two telephones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.core.proofreading.findings import Hit, Severity
from gongkai.core.proofreading.paper import Line, Paper
from gongkai.core.proofreading.references import is_account, title_of

_TO_OTHERS = re.compile(r"(?:请示|报告|批复|(?<!公开)函)$")
_DATED = re.compile(r"[ \u3000]*(?:19|20)\d{2}年\d{1,2}月\d{1,2}日[ \u3000]*")
_SYMBOL = re.compile(r"〔\d{4}〕")
_TAIL, _AFTER_TITLE = 8, 4
_LINE, _TITLE_LINE, _FIRST_PAGE = 28, 20, 13  # characters; lines under the red head
_SAID = re.compile(
    r"((?:咨询|联系|监督|投诉|举报|受理|服务|报名)电话|(?:办公|报名|会议|培训|受理)(?:地址|地点|时间))[:：][ \u3000]*([^\s。；，、（）()\n]{3,30})"
)
_LIMIT = re.compile(
    r"(法定|承诺)(?:办结|办理)?(?:时限|期限)(?:为|[:：])?[ \u3000]*(\d{1,3})[ \u3000]*个?(工作日|自然日|日|天)"
)
_NEAR = 400


def find(paper: Paper) -> Iterator[Hit]:
    """Everything of this family."""
    if "：" in paper.characters or ":" in paper.characters:
        yield from _said_twice(paper)
    if "诺" in paper.characters:
        yield from _promised_later(paper)
    title = title_of(paper)
    if title:
        yield from _recipients(paper, title)


def _recipients(paper: Paper, title: str) -> Iterator[Hit]:
    """主送机关: missing where the kind of paper asks for it, or so many that the first page holds nothing else."""
    at = next((n for n, line in enumerate(paper.lines[:6]) if title in line.text), None)
    if at is None:
        return
    after = [
        line for line in paper.lines[at + 1 : at + 1 + _AFTER_TITLE] if not _SYMBOL.search(line.text[:40])
    ]
    to = next((line for line in after if line.text.rstrip().endswith(("：", ":"))), None)
    if to is None:
        dated = any(_DATED.fullmatch(line.text) for line in paper.lines[-_TAIL:])
        if dated and _TO_OTHERS.search(title) and not is_account(title):
            place = paper.lines[at]
            says = "没有找到主送机关；上行文、下行文和函写明主送机关，后加全角冒号"
            yield Hit("ST-16", place.start, place.end, "补上主送机关", Severity.HINT, says, "2p")
    elif _lines_of(to, _LINE) + -(-len(title) // _TITLE_LINE) >= _FIRST_PAGE:
        says = "标题和主送机关太长，首页可能排不下正文"
        yield Hit("ST-19", to.start, to.end, "主送机关改用统称，或者移到版记", Severity.HINT, says, "2p")


def _lines_of(line: Line, width: int) -> int:
    return -(-len(line.text.strip()) // width)


def _said_twice(paper: Paper) -> Iterator[Hit]:
    said: dict[str, list[re.Match[str]]] = {}
    for line in paper.lines:
        if line.is_row:
            return  # a table of contacts gives each its own
    for match in _SAID.finditer(paper.text):
        said.setdefault(match[1], []).append(match)
    for label, places in said.items():
        if len(places) == 2 and _plain(places[0][2]) != _plain(places[1][2]):
            says = f"“{label}”前面写的是“{places[0][2]}”，这里写的不一样"
            yield Hit("ST-17", *places[1].span(2), "核对两处", Severity.HINT, says, "ours")


def _plain(value: str) -> str:
    return re.sub(r"[^0-9A-Za-z一-龥]", "", value)


def _promised_later(paper: Paper) -> Iterator[Hit]:
    """承诺时限 beyond the statutory one."""
    statutory: re.Match[str] | None = None
    for match in _LIMIT.finditer(paper.text):
        if match[1] == "法定":
            statutory = match
        elif (
            statutory is not None
            and match.start() - statutory.end() < _NEAR
            and match[3] == statutory[3]
            and int(match[2]) > int(statutory[2])
        ):
            says = f"承诺时限长于法定时限（{statutory[2]}个{statutory[3]}）"
            yield Hit("ST-17", *match.span(), "核对时限", Severity.ERROR, says, "ours")

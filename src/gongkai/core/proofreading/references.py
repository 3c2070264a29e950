"""What parts of a paper say of each other: attachments, tables, the year in the title, closing words, the date.

Source: proofreading rules, section 5 (ST-07, ST-12, ST-14, ST-15, ST-18) and section 2.2 (LW-91).
Limitations: an attachment of its own file, a table kept as a picture are not seen; all findings are at most 提示.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from gongkai.core.proofreading.findings import Hit, Severity
from gongkai.core.proofreading.paper import Line, Paper

_ATTACHMENT = re.compile(
    r"[ \u3000]*附件[ \u3000]?\d{0,2}[:：][ \u3000]*(?:\d{1,2}[.．、])?[ \u3000]*([^\n]{2,80})"
)
_NEXT_ATTACHMENT = re.compile(r"[ \u3000]*\d{1,2}[.．][ \u3000]*([^\n]{2,80})")
_NAME_ENDS = frozenset("。；，、：;,")
_SHOWN = re.compile(r"(?:[见如按])(?:[上下]([表图])|([表图])[ \u3000]?(\d{1,2}))(?!示|面|格)")
_FIGURE_TITLE = re.compile(r"[ \u3000]*([表图])[ \u3000]?(\d{1,2})(?!\d)[^，。；]{0,40}")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_LEAST_YEARS = 3
_CHINESE_DATE = re.compile(
    r"[ \u3000]*[二一][〇○Ｏ零Oo九][〇○Ｏ零Oo一二三四五六七八九十]{2}年"
    r"[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,4}日[ \u3000]*"
)
_TAIL = 12  # lines at the end among which the dated line stands
_TITLE_LINES = 3
_SYMBOL_FIRST = re.compile(
    r"(?:根据|按照|依据|依照|落实|贯彻|执行)[^，。；《》\n]{0,20}?"
    r"(([一-龥]{2,8}〔\d{4}〕\d{1,4}号)(?:文件?)?)(《[^《》\n]{4,60}》)"
)
_CLOSINGS = (
    # kind in the title, words that close another kind of paper, what they close
    ("请示", re.compile(r"特此(?:通知|通报|函告|批复)"), "“请示”应当以“妥否，请批示”一类的话结尾"),
    ("报告", re.compile(r"(?:妥否|当否|可否|以上意见)[，,]?请(?:予)?(?:批示|批准|审批|批复)"), "“报告”中不得夹带请示事项"),
    ("通知", re.compile(r"特此(?:通报|公告|通告|函复|批复|报告)"), "标题是“通知”，结尾用语是另一文种的"),
    ("公告", re.compile(r"特此(?:通知|通报|通告|函复|批复|报告)"), "标题是“公告”，结尾用语是另一文种的"),
    ("通告", re.compile(r"特此(?:通知|通报|公告|函复|批复|报告)"), "标题是“通告”，结尾用语是另一文种的"),
    ("通报", re.compile(r"特此(?:通知|公告|通告|函复|批复|报告)"), "标题是“通报”，结尾用语是另一文种的"),
)  # fmt: skip
_REPORTS = re.compile("年度报告|工作报告|调查报告|年报|评估报告|检测报告|审计报告")


def is_account(title: str) -> bool:
    """Whether a title names a report to the public or of experts, not a 报告 to a superior."""
    return _REPORTS.search(title) is not None


def find(paper: Paper) -> Iterator[Hit]:
    """Everything of this family."""
    if "附件" in paper.text:
        yield from _attachment_names(paper)
    if "表" in paper.characters or "图" in paper.characters:
        yield from _shown_elsewhere(paper)
    title = title_of(paper)
    if title:
        yield from _year_of_title(paper, title)
        yield from _closing(paper, title)
    yield from _date_in_chinese(paper)
    if "〕" in paper.characters:
        for match in _SYMBOL_FIRST.finditer(paper.text):
            suggestion = f"{match[3]}（{match[2]}）"
            says = "引用公文应当先引标题，后引发文字号"
            yield Hit("LW-91", *match.span(1), suggestion, Severity.HINT, says, "2p")


def title_of(paper: Paper) -> str:
    """The title: as given, else the first short line without a sentence's end."""
    if paper.title and paper.lines and paper.lines[0].text.strip() == paper.title.strip():
        return paper.title.strip()
    for line in paper.lines[:_TITLE_LINES]:
        text = line.text.strip()
        if 6 <= len(text) <= 60 and not line.is_row and text[-1] not in "。；，：":
            return text
    return ""


def _attachment_names(paper: Paper) -> Iterator[Hit]:
    """附件说明: after a name stands no mark (GB/T 9704—2012, 7.3.4)."""
    after = False
    for line in paper.lines:
        match = _ATTACHMENT.fullmatch(line.text) or (after and _NEXT_ATTACHMENT.fullmatch(line.text)) or None
        after = match is not None
        if match is None:
            continue
        name = match[1].rstrip(" \u3000")
        if name[-1] in _NAME_ENDS and "。" not in name[:-1]:
            end = line.start + match.start(1) + len(name)
            says = "附件名称后面不加标点"
            yield Hit("ST-07", end - 1, end, "删去", Severity.HINT, says, "2p", "")


def _shown_elsewhere(paper: Paper) -> Iterator[Hit]:
    """“见上表”“如图3” where no table or figure of the number stands."""
    mentions = list(_SHOWN.finditer(paper.text))
    if not mentions:
        return
    titled = {
        (match[1], match[2])
        for line in paper.lines
        if len(line.text) < 60 and (match := _FIGURE_TITLE.fullmatch(line.text))
    }
    has_table = any(line.is_row for line in paper.lines)
    for match in mentions:
        kind = match[1] or match[2]
        if match[3] is None and (kind == "图" or has_table or ("表", "1") in titled):
            continue
        if match[3] is not None and (kind, match[3]) in titled:
            continue
        named = f"{kind}{match[3] or ''}"
        yield Hit("ST-18", *match.span(), "补上，或者改正说法", Severity.HINT, f"文中没有找到{named}", "ours")


def _year_of_title(paper: Paper, title: str) -> Iterator[Hit]:
    """The year in the title is not among those that the body names most."""
    in_title = _YEAR.findall(title)
    if len(in_title) != 1:
        return
    start = paper.text.find(title)
    low = start + len(title) if start >= 0 else 0
    years = Counter(_YEAR.findall(paper.text, low, low + 20_000))
    if sum(years.values()) < _LEAST_YEARS or in_title[0] in years:
        return
    year, number = years.most_common(1)[0]
    if number * 2 >= sum(years.values()) and start >= 0:
        at = start + title.find(in_title[0])
        says = f"标题写{in_title[0]}年，正文多是{year}年"
        yield Hit("ST-12", at, at + 5, "核对年份", Severity.HINT, says, "ours")


def _closing(paper: Paper, title: str) -> Iterator[Hit]:
    """The closing words belong to another kind of paper than the title says."""
    kind = next((each for each in _CLOSINGS if title.endswith(each[0])), None)
    if kind is None or (kind[0] == "报告" and is_account(title)):
        return
    low = paper.lines[max(0, len(paper.lines) - _TAIL)].start
    for match in kind[1].finditer(paper.text, low):
        yield Hit("ST-14", *match.span(), "核对文种", Severity.HINT, kind[2], "1p")


def _date_in_chinese(paper: Paper) -> Iterator[Hit]:
    """成文日期 is written in Arabic figures (GB/T 9704—2012, 7.3.5.4)."""
    for line in paper.lines[-_TAIL:]:
        if len(line.text) < 40 and _CHINESE_DATE.fullmatch(line.text):
            yield _chinese_date(line)


def _chinese_date(line: Line) -> Hit:
    start = line.start + len(line.text) - len(line.text.lstrip(" \u3000"))
    end = line.start + len(line.text.rstrip(" \u3000"))
    says = "成文日期用阿拉伯数字写全年、月、日"
    return Hit("ST-15", start, end, "例如 2024年3月1日", Severity.HINT, says, "2p")

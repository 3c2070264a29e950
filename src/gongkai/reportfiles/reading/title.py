"""Whose report it is, and of which year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongkai.reportfiles.errors import printable

_CHINESE_DIGITS = str.maketrans("〇○零ОO一二三四五六七八九", "00000123456789")
_YEAR = r"(?:20\d\d|二[〇○零ОO][〇○零ОO一二三四五六七八九]{2})"
_DOCUMENT = (
    r"(?:政府)?信息公开(?:工作)?(?:情况)?的?(?:年度)?(?:年)?(?:工作)?(?:情况)?(?:的)?报告|"
    r"政府信息公开(?:工作)?年报|政务公开(?:工作)?(?:年度报告|年报)"
)
# 甲局2023年(度)政府信息公开工作年度报告; 2023年(度)甲局政府信息公开工作年度报告
_AGENCY_FIRST = re.compile(
    rf"(?P<agency>[^，。；：！？]{{0,40}}?)(?P<year>{_YEAR})年?度?(?:的)?(?:{_DOCUMENT})"
)
_YEAR_FIRST = re.compile(rf"(?P<year>{_YEAR})年度?(?P<agency>[^，。；：！？\d]{{2,40}}?)(?:{_DOCUMENT})")
_YEARLESS = re.compile(rf"^(?P<agency>[^，。；：！？\d]{{2,40}}?)(?:{_DOCUMENT})")
_YEAR_REPORT = re.compile(rf"^(?P<year>{_YEAR})年度?(?:工作)?(?:报告|年报)$")
# 政府信息公开工作年度报告（2023年度）: the year behind, the organ before it or on a line of its own.
_YEAR_LAST = re.compile(
    rf"^(?P<agency>[^，。；：！？\d]{{0,40}}?)(?:{_DOCUMENT})[（(](?P<year>{_YEAR})年度?[）)]$"
)
_BRACKETED_YEAR = re.compile(rf"^[（(](?P<year>{_YEAR})年度?[）)]$")
_OPENING_YEAR = re.compile(rf"^\s*(?:（[一二三]）)?(?P<year>{_YEAR})\s*年(?:度|以来)?[，,]")
_OURSELVES = re.compile(r"我|^本(?:机关|单位|局|委|办|厅|镇|乡|街道|区|县|市)|^(?:现|兹)")
_PERIOD = re.compile(
    rf"(?P<year>{_YEAR})年(?:0?1月0?1[日号]|一月一日)[^。]{{0,6}}?[至到—\-–－~～]+(?P<end>{_YEAR})?年?"
    r"(?:12月31|十二月三十一)"
)
_LEADING = re.compile(
    r"^(?:[#*>\s]*title[:：])?[\s《<〈“\"#*>【\[（(]*(?:附件\d*[:：]?)?(?:[）)】\]]\s*)?"
    r"(?:关于(?:印发|发布|公布)?|(?:现|兹)(?:将|予以?公[布开]|公[布开]|发布))?"
)
_ORGAN_END = (
    "政府|办公室|办公厅|局|委员会|委|厅|部|院|署|处|所|中心|街道|镇|乡|县|市|区|旗|盟|州|省|公司|集团|"
    "学校|中学|小学|幼儿园|大学|学院|医院|馆|站|队|会|社|厂|农场|林场"
)
_ORGAN = re.compile(rf"^[\u4e00-\u9fff（）()·]{{1,40}}(?:{_ORGAN_END})(?:（[^）]*）|\([^)]*\))?$")
_PLACE = re.compile(r"^(?:[\u4e00-\u9fff]{1,12}?(?:省|自治区|市|自治州|地区|盟|县|区|旗)){1,3}$")
# Areas that are run by a committee, not by a people's government of their own.
_NOT_GOVERNED = ("新区", "开发区", "园区", "高新区", "示范区", "度假区", "保税区", "景区", "矿区", "管理区")
_EDITED_BY = re.compile(
    r"(?:本报告|本年度报告|报告)(?:由|系由?)(?P<agency>[\u4e00-\u9fff（）]{3,40}?)"
    r"(?:根据|按照|依据|编制|负责编制|制作|汇总)"
)
_ISSUER = re.compile(
    r"^(?:信息来源|来源|发布机构|发布单位|公开主体|公开机构|发文单位|责任部门|信息提供|编制单位)[:：]\s*"
    r"(?P<agency>[\u4e00-\u9fff（）()]{3,40})(?:\s|$)"
)
_SIGNED_ON = re.compile(rf"^{_YEAR}年\d{{1,2}}月\d{{1,2}}日$")
_MAX_TITLE_LINES = 60
_MAX_TITLE = 70


@dataclass(frozen=True, slots=True)
class Title:
    """Agency ("" if not found), year (None if not found) and Chinese warnings on how they were found."""

    agency: str
    year: int | None
    warnings: tuple[str, ...] = ()


def find_title(
    head: Sequence[str],
    titles: Iterable[str],
    publisher: str,
    tail: Sequence[str],
    opening: Sequence[str] = (),
) -> Title:
    """Find agency and year.

    Args:
        head: lines before the first section, in order.
        titles: names from outside the text (html title, file name), best first.
        publisher: the publishing organ a page's metadata name, "" if none.
        tail: the last lines, where a report may be signed.
        opening: the first lines of the first section, which tell the year of a report without title.
    """
    lines = [line for line in head if line.strip()][:_MAX_TITLE_LINES]
    text = re.sub(r"\s+", "", "".join(lines))
    warnings: list[str] = []
    agency, year = _from_lines(lines)
    if not agency or year is None:
        agency, year = _from_names(titles, agency, year)
    period = _period(text)
    if year is None and period is not None:
        year = period
    elif year is not None and period is not None and period != year:
        warnings.append(f"题名是 {year} 年，统计期限写的是 {period} 年，按题名的 {year} 年登记，请核对。")
    if year is None:
        year = _opening_year(opening)
        if year is not None:
            warnings.append(f"题名没有写明年度，按正文所述登记为 {year} 年，请核对。")
    if not agency:
        agency, how = _from_elsewhere(lines, text, publisher, tail)
        if agency:
            warnings.append(f"题名没有写明机关，按{how}登记为“{agency}”，请核对。")
    agency = _full_name(agency, text)
    if _PLACE.fullmatch(agency) and not agency.endswith(_NOT_GOVERNED):
        warnings.append(f"题名只写“{agency}”，按“{agency}人民政府”登记，请核对。")
        agency += "人民政府"
    if not agency:
        warnings.append("没有找到公开机关的名称。")
    if year is None:
        warnings.append("没有找到报告年度。")
    return Title(printable(agency), year, tuple(warnings))


def years_in_titles(lines: Iterable[str]) -> tuple[int, ...]:
    """The report years named by title lines, in order of appearance."""
    years: dict[int, None] = {}
    for line in lines:
        name = re.sub(r"\s+", "", line)
        if len(name) > 80:
            continue
        for match in re.finditer(rf"(?P<year>{_YEAR})年?度?(?:报告|政府信息公开工作年度报告)", name):
            years.setdefault(_year(match["year"]))
    return tuple(years)


def _year(text: str) -> int:
    return int(text.translate(_CHINESE_DIGITS))


def _from_lines(lines: Sequence[str]) -> tuple[str, int | None]:
    """Title on one line, or over up to four, the organ on the line above perhaps."""
    bare = [re.sub(r"\s+", "", line) for line in lines]
    found_year: int | None = None
    for at, name in enumerate(bare):
        agency, year = _match(name) if len(name) <= _MAX_TITLE else ("", None)
        if year is None:
            continue
        if not agency and at and _ORGAN.match(_stripped(bare[at - 1])):
            agency = _stripped(bare[at - 1])
        if agency:
            return agency, year
        found_year = found_year or year
    for count in (2, 3, 4):
        for at in range(len(bare) - count + 1):
            part = bare[at : at + count]
            if sum(map(len, part)) > _MAX_TITLE or any(len(piece) > 40 for piece in part):
                continue
            agency, year = _match("".join(part))
            if year is not None and agency:
                return agency, year
            found_year = found_year or year
    for at, name in enumerate(bare):
        match = _YEAR_REPORT.match(name)
        if match and found_year is None:
            found_year = _year(match["year"])
        if found_year is None and (match := _year_last(bare, at)):
            found_year = _year(match["year"])
            agency = match["agency"] or _organ_beside(bare, at)
            if agency:
                return agency, found_year
    return _yearless(bare), found_year


def _year_last(bare: Sequence[str], at: int) -> re.Match[str] | None:
    """A title whose year stands in brackets behind it or on the next line."""
    name = bare[at]
    if at + 1 < len(bare) and _BRACKETED_YEAR.match(bare[at + 1]):
        name += bare[at + 1]
    return _YEAR_LAST.match(name)


def _organ_beside(bare: Sequence[str], at: int) -> str:
    for near in (at - 1, at + 1, at + 2):
        if 0 <= near < len(bare) and _ORGAN.match(name := _stripped(bare[near])):
            return name
    return ""


def _yearless(bare: Sequence[str]) -> str:
    for name in bare:
        match = _YEARLESS.match(name)
        if match and len(name) <= 50:
            agency = _stripped(match["agency"])
            if _ORGAN.match(agency) or _PLACE.match(agency):
                return agency
    return ""


def _match(name: str) -> tuple[str, int | None]:
    for pattern in (_YEAR_FIRST, _AGENCY_FIRST):
        match = pattern.search(name)
        if match:
            agency = _stripped(match["agency"])
            if _OURSELVES.search(agency):
                return "", _year(match["year"])
            if agency and not (_ORGAN.match(agency) or _PLACE.match(agency)):
                agency = _organ_within(agency)
            if agency or pattern is _AGENCY_FIRST:
                return agency, _year(match["year"])
    return "", None


def _organ_within(text: str) -> str:
    """The organ at the end of a longer phrase: 现发布《甲局 → 甲局."""
    for mark in '《<〈“"：:|_-—>】（(':
        text = text.rsplit(mark, 1)[-1]
    text = text.removesuffix("关于").removesuffix("的")
    return text if _ORGAN.match(text) or _PLACE.match(text) else ""


def _stripped(text: str) -> str:
    text = _LEADING.sub("", text).strip("《》“”\"'：:，,。、-—_|·*# ")
    return text.removesuffix("关于").removesuffix("的").removesuffix("关于")


def _from_names(titles: Iterable[str], agency: str, year: int | None) -> tuple[str, int | None]:
    for title in titles:
        found_agency, found_year = _match(re.sub(r"\s+", "", title))
        if found_year is not None and year in {None, found_year}:
            year = found_year
            agency = agency or found_agency
        if agency and year is not None:
            break
    return agency, year


def _period(text: str) -> int | None:
    match = _PERIOD.search(text)
    if match is None or (match["end"] and _year(match["end"]) != _year(match["year"])):
        return None
    return _year(match["year"])


def _opening_year(lines: Sequence[str]) -> int | None:
    """The year that a period names, else the only one that paragraphs begin with."""
    period = _period(re.sub(r"\s+", "", "".join(lines)))
    if period is not None:
        return period
    years = {_year(match["year"]) for line in lines if (match := _OPENING_YEAR.match(line))}
    return years.pop() if len(years) == 1 else None


def _from_elsewhere(lines: Sequence[str], text: str, publisher: str, tail: Sequence[str]) -> tuple[str, str]:
    if publisher:
        return publisher, "网页登记的发布机构"
    for line in lines:
        match = _ISSUER.match(line.strip())
        if match:
            return match["agency"], "文中的发布机构"
    match = _EDITED_BY.search(text)
    if match:
        return match["agency"], "编制说明"
    bare = [re.sub(r"\s+", "", line) for line in tail if line.strip()]
    for above, line in pairwise(bare):
        if _SIGNED_ON.match(line) and _ORGAN.match(above):
            return above, "落款"
    return "", ""


def _full_name(agency: str, text: str) -> str:
    """The name with the places above it, where the introduction gives it: 洪泽区… → 淮安市洪泽区…."""
    if not agency or len(agency) < 4:
        return agency
    pattern = re.compile(
        r"(?:^|[由与和向，。；：、（“《]|根据)"
        r"((?:[\u4e00-\u9fff]{2,8}?(?:省|自治区|市|自治州|地区|盟|县|区)){1,2})" + re.escape(agency)
    )
    match = pattern.search(text)
    if match is None or match[1] in agency:
        return agency
    return match[1] + agency

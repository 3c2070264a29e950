"""Which column holds which figures: what the head of a table says, and what it leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.core.annual_report import Edition
from gongkai.core.annual_report.form import APPLICANT_COLUMNS, FORMS, LEGAL_PERSONS, TOTAL_COLUMN
from gongkai.reportfiles.reading.characters import canonical

APPLICANTS = tuple(column.key for column in (*APPLICANT_COLUMNS, TOTAL_COLUMN))
RESULTS = tuple(column.key for column in FORMS[Edition.E2021].table4_columns)

_APPLICANT_NAMES = {column.label: column.key for column in (*APPLICANT_COLUMNS, TOTAL_COLUMN)} | {
    "合计": TOTAL_COLUMN.key,
    "企业": "commercial",
    "商业组织": "commercial",
    "社会公益机构": "public_welfare",
    "法律服务组织": "legal_service",
    "科研单位": "research",
}
_RESULT_NAMES = {column.label: column.key for column in FORMS[Edition.E2021].table4_columns} | {
    "合计": "total",
    "维持": "upheld",
    "纠正": "corrected",
    "其他": "other",
    "未审结": "pending",
}
# The beginnings by which a head cell is known when its words are torn over several lines.
_APPLICANT_MARKS = re.compile("自然人|商业|科研|社会|法律|(?<!或)其他(?!组织)|总计|合计")
_MARK_KEYS = {
    "自然人": "natural",
    "商业": "commercial",
    "科研": "research",
    "社会": "public_welfare",
    "法律": "legal_service",
    "其他": "other_org",
    "总计": "total",
    "合计": "total",
}
_HEAD_WORDS = canonical(
    "申请人情况" + LEGAL_PERSONS + "".join(column.label for column in (*APPLICANT_COLUMNS, TOTAL_COLUMN))
)
_NOTE_WORDS = canonical("本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和")


def applicant_key(text: str) -> str | None:
    """The applicant column that a head cell names."""
    return _APPLICANT_NAMES.get(canonical(text))


def result_key(text: str) -> str | None:
    """The result column of table 四 that a head cell names."""
    return _RESULT_NAMES.get(canonical(text))


def is_head_of_three(text: str) -> bool:
    """Whether a line without figures only repeats words of the head of table 三 (or its note)."""
    name = canonical(text)
    if not name:
        return False
    if name in _NOTE_WORDS or name in _HEAD_WORDS:
        return name not in {"其他", "总计"}
    if _NOTE_WORDS[:8] in name or "勾稽关系" in name:
        return True
    words = [canonical(word) for word in text.split()]
    return len(words) > 1 and all(not word or word in _HEAD_WORDS or word in _NOTE_WORDS for word in words)


@dataclass(frozen=True, slots=True)
class Order:
    """The order of the figures of a row, left to right, and whether the head proves it."""

    keys: tuple[str, ...]
    proven: bool


STANDARD = Order(APPLICANTS, proven=False)


def applicant_order(head: Iterable[str]) -> Order:
    """The order of the applicant columns as far as the lines of the head show it.

    A head of merged cells turned into text loses where 总计 stands next to the organisations; then the form's
    order is assumed, not proven. 总计 before 自然人 on one line shows that it comes first.
    """
    found: list[list[str]] = []
    for line in head:
        text = re.sub(r"\s+", "", line)
        keys = [_MARK_KEYS[mark] for mark in _APPLICANT_MARKS.findall(text)]
        if keys:
            found.append(keys)
    for keys in found:
        if sorted(keys) == sorted(APPLICANTS):
            return Order(tuple(keys), proven=True)
    for keys in found:
        if "total" in keys and "natural" in keys and keys.index("total") < keys.index("natural"):
            return Order(("total", *APPLICANTS[:-1]), proven=False)
    flat = [key for keys in found for key in keys]
    if flat and all(len(keys) == 1 for keys in found) and sorted(flat) == sorted(APPLICANTS):
        return _order_of_cells(flat)
    return STANDARD


def _order_of_cells(flat: Sequence[str]) -> Order:
    """One head cell per line: read row by row, a head of two levels names 总计 before the organisations."""
    if flat[0] == "total":
        return Order(tuple(flat), proven=False)
    two_levels = [key for key in flat if key != "total"] == list(APPLICANTS[:-1])
    return STANDARD if two_levels else Order(tuple(flat), proven=False)


def another_order_fits(rows: Iterable[Sequence[int]]) -> bool:
    """Whether 总计 seems to stand elsewhere than last: the form's order fails and one other fits every row.

    Args:
        rows: whole rows of figures from left to right, all-zero ones among them.
    """
    telling = [row for row in rows if len(row) == len(APPLICANTS) and any(row)]
    fails = sum(row[-1] != sum(row[:-1]) for row in telling)
    if fails < 2 or fails * 2 < len(telling):
        return False
    return any(all(2 * row[at] == sum(row) for row in telling) for at in range(len(APPLICANTS) - 1))

"""Figures in the prose against the tables: TX-1 and TX-2 of ``disclosure-law`` §2.6.

``claims`` finds the numbers of a text that state a figure of the form; ``text_mismatches`` keeps those that
fit none of the cells the sentence may mean; ``check_processing_fee`` compares 信息处理费 with table 二.

Precision comes first: a report is written once and read by many, and a false alarm teaches its author to
ignore the true one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongkai.core.annual_report.claims import Claim, claims
from gongkai.core.annual_report.figures import KnownSum, describe_figure, known_sum
from gongkai.core.annual_report.form import NARRATIVE_SECTIONS, CellKey, Edition, TableId
from gongkai.core.annual_report.identities import Finding, Severity
from gongkai.core.annual_report.passages import passages
from gongkai.core.annual_report.report import Report, Value, number_text
from gongkai.core.annual_report.screening import Screen

__all__ = [
    "Claim",
    "ProcessingFee",
    "TextMismatch",
    "check_processing_fee",
    "claims",
    "processing_fees",
    "text_mismatches",
]

_FEE_LABEL = re.compile(
    r"信息处理费(?:用)?(?:的|收取|收费|收入|金额|总额|共计|合计|累计|总计|共|计|为|是|了|:|人民币)*+$"
)
_NO_FEE = re.compile(
    r"(?:未曾?|没有|无|不)(?:向|申请人|收取|收|产生|发生|任何|过|政府信息公开|政府信息|的|相关|有关)*+信息处理费"
)
_FEES = Screen(re.compile("处理费"))
_WAN = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class TextMismatch:
    """A figure in the text that no cell it may mean bears out (TX-1).

    Attributes:
        section: 一, 五 or 六.
        start, end: span of the number in that section's text.
        fragment: the words around it, on one line.
        figure: Chinese name of the likeliest figure; ``keys`` has them all.
        printed: value in the text.
        table: what the tables say, one value for each key that the report has.
        message: Chinese.
    """

    section: str
    start: int
    end: int
    fragment: str
    figure: str
    keys: tuple[str, ...]
    printed: Value
    table: tuple[Value, ...]
    message: str


@dataclass(frozen=True, slots=True)
class ProcessingFee:
    """A statement of 信息处理费 collected: span and amount in 元."""

    start: int
    end: int
    yuan: Decimal


def text_mismatches(report: Report) -> tuple[TextMismatch, ...]:
    """TX-1: figures in sections 一, 五, 六 that fit no cell they may mean.

    A blank cell proves nothing: where blanks could make a candidate fit, it counts as fitting.
    """
    return tuple(
        mismatch
        for section in NARRATIVE_SECTIONS
        for mismatch in _mismatches(report, section, report.sections.get(section, ""))
    )


def _mismatches(report: Report, section: str, text: str) -> Iterator[TextMismatch]:
    for claim in claims(text, year=report.year, agency=report.agency):
        first = known_sum(claim.keys[0], report)
        if first is None or any(_may_be(claim, known_sum(key, report)) for key in claim.keys):
            continue
        figure = describe_figure(claim.keys[0], report.form)
        printed = _plain(claim.value)
        fragment = _one_line(text, claim)
        message = (
            f"第{section}部分写“{fragment}”，{figure}为 {number_text(first.known)}，"
            "文字与表格不一致，请核对。"
        )
        sums = (known_sum(key, report) for key in claim.keys)
        table = tuple(each.known for each in sums if each is not None)
        yield TextMismatch(
            section, claim.start, claim.end, fragment, figure, claim.keys, printed, table, message
        )


def _may_be(claim: Claim, figure: KnownSum | None) -> bool:
    if figure is None:
        return False
    return claim.low <= figure.known <= claim.high or (figure.open_ended and figure.known <= claim.high)


def _plain(value: Decimal) -> Value:
    return int(value) if value == value.to_integral_value() else value


def _one_line(text: str, claim: Claim) -> str:
    """The words of a claim with the unit, without spaces and line wraps."""
    unit = re.match(r"\s*(?:[万亿]?元|[^\W\d_])?", text[claim.end :])
    end = claim.end + (unit.end() if unit and claim.value else 0)
    return re.sub(r"\s+", "", text[claim.fragment_start : end]).lstrip("，、；：（")


def processing_fees(text: str) -> tuple[ProcessingFee, ...]:
    """Statements of 信息处理费 collected in the year, in 元; 未收取 is 0. Parts (其中 …) are left out."""
    found = []
    for clause in passages(text, screen=_FEES):
        begin = 0
        for position, number in clause.numbers:
            left = clause.text[begin:position]
            if number.unit.endswith("元") and _FEE_LABEL.search(left) and "其中" not in left:
                found.append(ProcessingFee(number.start, number.end, number.value))
            begin = position + 1
        none = _NO_FEE.search(clause.text)
        if none and not clause.numbers:
            found.append(ProcessingFee(clause.offsets[none.start()], clause.offsets[none.end()], Decimal(0)))
    return tuple(found)


def check_processing_fee(report: Report) -> tuple[Finding, ...]:
    """TX-2: 信息处理费 stated in section 六 is not over 行政事业性收费 of table 二, whose part it is."""
    cell = CellKey(TableId.TWO, "fees", "amount")
    collected = report[cell]
    if (
        collected is None
        or report.edition is Edition.E2019
        or "信息处理费" not in report.sections.get("六", "")
    ):
        return ()
    fees = [fee.yuan for fee in processing_fees(report.sections.get("六", ""))]
    if not fees or max(fees) <= collected * _WAN:
        return ()
    stated = _plain(max(fees) / _WAN)
    message = (
        f"第六部分写收取信息处理费 {number_text(_plain(max(fees)))} 元，"
        f"多于{report.form.describe(cell)} {number_text(collected)}；信息处理费属于行政事业性收费，请核对。"
    )
    return (
        Finding(
            "TX-2", cell, "信息处理费≤行政事业性收费", stated, collected, Severity.WARNING, message, (cell,)
        ),
    )

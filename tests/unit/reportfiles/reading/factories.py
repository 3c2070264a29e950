"""Reports for the reader's tests."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from gongkai.core.annual_report import CellKey, Edition, Kind, Report, Value
from gongkai.reportfiles.reading import ReadResult

AGENCY = "示例县人民政府"
SECTIONS = {
    "一": "我单位认真贯彻落实条例各项规定。",
    "五": "存在公开不够及时的问题，下一步加强培训。",
    "六": "本年度未收取信息处理费。",
}


def empty_report(edition: Edition = Edition.E2021, *, divided: bool = True) -> Report:
    """A report without figures."""
    year = 2023 if edition is Edition.E2021 else 2020
    return Report(AGENCY, year, edition, {}, six_divided=divided, sections=SECTIONS)


def telling_report(edition: Edition = Edition.E2021, *, divided: bool = True) -> Report:
    """A figure of its own in every cell, so that any misplaced figure shows."""
    report = empty_report(edition, divided=divided)
    values: dict[CellKey, Value] = {
        cell: Decimal(at) + Decimal("0.25") if report.form.kind(cell) is Kind.AMOUNT_WAN else at
        for at, cell in enumerate(report.cells(), start=1001)
    }
    return report.with_values(values)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Any report: mostly zeros as in life, or figures of any size."""
    edition = draw(st.sampled_from(Edition))
    report = empty_report(edition, divided=draw(st.booleans()))
    top = draw(st.sampled_from([0, 1, 30, 5_000_000]))
    values: dict[CellKey, Value] = {}
    for cell in report.cells():
        kind = report.form.kind(cell)
        if kind is Kind.AMOUNT_WAN:
            values[cell] = Decimal(draw(st.integers(0, top))) / Decimal(
                draw(st.sampled_from([1, 10, 10_000]))
            )
        else:
            values[cell] = draw(st.integers(-top if kind is Kind.SIGNED else 0, top))
    return report.with_values(values)


def wrong_cells(expected: Report, result: ReadResult) -> list[str]:
    """Cells that were read as another figure; None is not wrong."""
    read = result.report
    cells = {*expected.cells(), *read.cells()}
    return [
        f"{cell}: {expected[cell]} read as {read[cell]}"
        for cell in sorted(cells)
        if read[cell] is not None and read[cell] != expected[cell]
    ]


def lost_cells(expected: Report, result: ReadResult) -> list[str]:
    """Cells that hold a figure and were not read."""
    return [
        str(cell) for cell in expected.cells() if expected[cell] is not None and result.report[cell] is None
    ]

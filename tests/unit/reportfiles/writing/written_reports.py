"""Reports to write: of both editions and both variants of （六）, with figures that name their own cell."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from gongkai.core.annual_report import CellKey, Edition, Kind, Report, TableId, zero_report
from gongkai.core.annual_report.form import form_for_year

AGENCY = "示例工业园区管委会"
YEARS = {Edition.E2019: 2020, Edition.E2021: 2023}
VARIANTS = [(edition, divided) for edition in Edition for divided in (False, True)]

SECTIONS = {
    "一": "管委会认真落实政府信息公开各项职责。\n（一）主动公开。及时发布政策解读和公告公示。\n"
    "（二）依申请公开。依法办理申请，畅通渠道。\n（三）监督保障\n1.加强业务培训，压实工作责任。",
    "五": "存在解读形式单一等问题，下一步将丰富形式。",
    "六": "无其他需要报告的事项。",
}
PREAMBLE = "根据《中华人民共和国政府信息公开条例》要求，现发布本报告。"


def empty_report(edition=Edition.E2021, *, divided=True, agency=AGENCY):
    """A report that says nothing yet: every cell is None."""
    return Report(agency, YEARS[edition], edition, {}, divided, SECTIONS, PREAMBLE)


def zeros(edition=Edition.E2021, *, divided=True):
    """The report of an office without business: every cell is 0."""
    return filled(empty_report(edition, divided=divided), lambda _: 0)


def numbered(edition=Edition.E2021, *, divided=True):
    """Every figure differs from every other, so that one in a wrong place is seen."""
    report = empty_report(edition, divided=divided)
    order = {cell: number for number, cell in enumerate(report.cells(), start=1)}
    return filled(report, lambda cell: 1000 + order[cell])


def filled(report, figure):
    """The report with ``figure(cell)`` in every cell; amounts get a fraction to carry."""
    values = {}
    for cell in report.cells():
        value = figure(cell)
        if value is not None and report.form.kind(cell) is Kind.AMOUNT_WAN and value:
            value = Decimal(value) + Decimal("0.2449")
        values[cell] = value
    return report.with_values(values)


def large():
    """The largest figures seen in published reports, and blanks."""
    report = numbered()
    return report.with_values(
        dict(report.values)
        | {
            CellKey(TableId.TWO, "penalties", "count"): 3985758,
            CellKey(TableId.TWO, "fees", "amount"): Decimal("59237.2449"),
            CellKey(TableId.THREE, "r1", "natural"): 3985758,
            CellKey(TableId.THREE, "r3_3_4", "research"): None,
            CellKey(TableId.FOUR, "reconsideration", "total"): None,
        }
    )


def long_text(report, paragraphs=40):
    """The same report with many pages of text, in which no sentence repeats."""
    lines = [
        f"（{'一二三四五六七八九十'[i % 10]}）工作情况。"
        + "依法及时公开政府信息，回应社会关切。" * (2 + i % 5)
        for i in range(paragraphs)
    ]
    return replace(report, sections={**SECTIONS, "一": "\n".join(lines)})


def zero_of_year(year):
    """A zero report by the form of a year."""
    return zero_report(AGENCY, year, form_for_year(year).edition)


_COUNTS = st.none() | st.integers(0, 999) | st.integers(0, 9_999_999)
_AMOUNTS = st.none() | st.decimals(0, 999_999, places=4).map(Decimal.normalize).map(lambda d: d + 0)
_CHANGES = st.none() | st.integers(-99_999, 99_999)
_BY_KIND = {Kind.COUNT: _COUNTS, Kind.AMOUNT_WAN: _AMOUNTS, Kind.SIGNED: _CHANGES}


@st.composite
def reports(draw):
    """Any report: an edition, a variant, and a few dozen cells that are not 0."""
    edition, divided = draw(st.sampled_from(VARIANTS))
    report = zeros(edition, divided=divided)
    cells = list(report.cells())
    chosen = draw(st.lists(st.sampled_from(cells), max_size=40, unique=True))
    values = {cell: draw(_BY_KIND[report.form.kind(cell)]) for cell in chosen}
    return report.with_values({**report.values, **values})

"""From a document's blocks to a report: find the parts, read each, put them together."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.core.annual_report import (
    Edition,
    NoFormForYear,
    Report,
    TableId,
    check,
    errors,
    form_for_year,
)
from gongkai.reportfiles.errors import NotAReport, TwoReports, TwoYears, printable
from gongkai.reportfiles.reading.blocks import Document, Line
from gongkai.reportfiles.reading.elements import Element, elements_of_lines, shows_two_years
from gongkai.reportfiles.reading.gathering import (
    TABLE_NUMBERS,
    TableReading,
    withhold_lone_third_of_six,
)
from gongkai.reportfiles.reading.grid_tables import GridTables, find_grid_tables
from gongkai.reportfiles.reading.headings import NUMERALS, find_sections, section_of
from gongkai.reportfiles.reading.line_tables import read_four, read_three, read_two, six_is_divided
from gongkai.reportfiles.reading.prose import paragraphs
from gongkai.reportfiles.reading.regions import edition_of_two, holds_second_table, table_regions
from gongkai.reportfiles.reading.result import ABSENT, ReadResult, Source, StructureFinding, TableConfidence
from gongkai.reportfiles.reading.title import Title, find_title, years_in_titles

_IDENTITY_PENALTY = 0.02
_MAX_PENALTY = 0.4
_MIN_HEADINGS = 3
_OPENING_LINES = 40


def read_document(document: Document, name: str) -> ReadResult:
    """Read the report in a document.

    Raises:
        NotAReport: neither a table of the form nor three of its section headings.
        TwoYears, TwoReports: more than one report in it.
    """
    grids, lines = find_grid_tables(document)
    sections = find_sections(lines)
    title = _title(document, lines, sections, name)
    regions = table_regions(lines, sections)
    elements = {table: elements_of_lines(region) for table, region in regions.items()}
    if any(shows_two_years(found) for found in elements.values()) or grids.two_years:
        raise TwoYears(name, years_in_titles(line.text for line in lines if line.text))
    if not grids.has_three and holds_second_table(lines, regions[TableId.THREE]):
        raise _second_report(name, lines)
    edition = _edition(elements, grids, title)
    readings, divided = _tables(elements, grids, edition)
    if not any(reading.present for reading in readings.values()) and len(sections) < _MIN_HEADINGS:
        raise NotAReport(
            name, "没有找到统一格式的年度报告：既没有第二、三、四部分的表格，也没有六个部分的标题。"
        )
    _refuse_second_report(readings, name, lines)
    values = {cell: value for reading in readings.values() for cell, value in reading.values.items()}
    report = Report(
        agency=title.agency,
        year=title.year,
        edition=edition,
        values=values,
        six_divided=divided,
        sections=_sections(lines, sections, regions, visual=document.visual_lines),
        preamble=_preamble(lines, sections, visual=document.visual_lines),
    )
    return ReadResult(
        report=report,
        warnings=(
            *document.warnings,
            *title.warnings,
            *_absent_warnings(readings),
            *(text for reading in readings.values() for text in _warnings(reading, report)),
        ),
        invalid_cells=tuple(invalid for reading in readings.values() for invalid in reading.invalid),
        structure=tuple(finding for reading in readings.values() for finding in _structure(reading)),
        confidence=_confidence(readings, report),
        source=Source(document.format, printable(name)),
    )


def _title(document: Document, lines: Sequence[Line], sections: dict[str, int], name: str) -> Title:
    first = min(sections.values(), default=len(lines))
    head = [line.text for line in lines[:first]]
    tail = [line.text for line in lines[-12:]]
    opening = [line.text for line in lines[first : first + _OPENING_LINES]]
    return find_title(head, [*document.titles, name.rsplit(".", 1)[0]], document.publisher, tail, opening)


def _edition(elements: dict[TableId, list[Element]], grids: GridTables, title: Title) -> Edition:
    """The edition that table 二 shows, else that of the year."""
    shown = edition_of_two([*(e.label for e in elements[TableId.TWO]), *grids.texts_of_two])
    if shown is not None:
        return shown
    try:
        return form_for_year(title.year).edition if title.year is not None else Edition.E2021
    except NoFormForYear:
        return Edition.E2019


def _tables(
    elements: dict[TableId, list[Element]], grids: GridTables, edition: Edition
) -> tuple[dict[TableId, TableReading], bool]:
    """Each table from grids where there are any, else from lines; and whether （六） is divided."""
    three = elements[TableId.THREE]
    shown = grids.six_divided if grids.has_three else six_is_divided(three)
    divided = edition is Edition.E2021 if shown is None else shown
    readings = {
        TableId.TWO: grids.read_two(edition),
        TableId.THREE: grids.read_three(edition, divided=divided),
        TableId.FOUR: grids.read_four(edition),
    }
    if not readings[TableId.TWO].present:
        readings[TableId.TWO] = read_two(elements[TableId.TWO], edition)
    if not readings[TableId.THREE].present:
        readings[TableId.THREE] = read_three(three, edition, divided=divided)
    if not readings[TableId.FOUR].present:
        readings[TableId.FOUR] = read_four(elements[TableId.FOUR], edition)
    if shown is None:
        withhold_lone_third_of_six(readings[TableId.THREE])
    return readings, divided


def _refuse_second_report(readings: dict[TableId, TableReading], name: str, lines: Sequence[Line]) -> None:
    for reading in readings.values():
        if reading.differing_repeats * 2 > max(reading.rows_wanted, 1):
            raise _second_report(name, lines)


def _second_report(name: str, lines: Sequence[Line]) -> TwoYears | TwoReports:
    years = years_in_titles(line.text for line in lines if line.text)
    return TwoYears(name, years) if len(set(years)) > 1 else TwoReports(name)


def _sections(
    lines: Sequence[Line], sections: dict[str, int], regions: dict[TableId, Sequence[Line]], *, visual: bool
) -> dict[str, str]:
    texts: dict[str, str] = {}
    in_table = {id(line) for region in regions.values() for line in region}
    for key in ("一", "五", "六"):
        if key not in sections:
            continue
        start = sections[key]
        later = [
            at for other, at in sections.items() if at > start and NUMERALS.index(other) > NUMERALS.index(key)
        ]
        body = [
            line.text
            for line in lines[start + 1 : min(later, default=len(lines))]
            if id(line) not in in_table
        ]
        found = section_of(lines[start].text)
        if found and found[1]:
            body.insert(0, found[1])
        texts[key] = paragraphs(body, visual=visual)
    return texts


def _preamble(lines: Sequence[Line], sections: dict[str, int], *, visual: bool) -> str:
    if "一" not in sections:
        return ""
    head = [line.text for line in lines[: sections["一"]]]
    starts = [at for at, text in enumerate(head) if len(text.strip()) > 20 and "年度报告" not in text[-8:]]
    return paragraphs(head[starts[0] :], visual=visual) if starts else ""


def _structure(reading: TableReading) -> list[StructureFinding]:
    """A table's findings; a table wholly absent is one finding, not one for each of its rows."""
    if reading.present:
        return reading.structure
    return [StructureFinding(reading.table, "", f"没有找到{TABLE_NUMBERS[reading.table]}。")]


def _absent_warnings(readings: dict[TableId, TableReading]) -> list[str]:
    return [
        f"没有找到{TABLE_NUMBERS[table]}，可能缺失，或者是图片。"
        for table, reading in readings.items()
        if not reading.present
    ]


def _warnings(reading: TableReading, report: Report) -> list[str]:
    return [*reading.warnings, *reading.blank_warning(report.form)] if reading.present else []


def _confidence(readings: dict[TableId, TableReading], report: Report) -> dict[TableId, TableConfidence]:
    """The share of rows read, lowered where what was read contradicts the identities."""
    broken = errors(check(report))
    found = {}
    for table, reading in readings.items():
        if not reading.present:
            found[table] = ABSENT
            continue
        against = sum(finding.cell.table is table for finding in broken)
        share = reading.rows_read / reading.rows_wanted if reading.rows_wanted else 0.0
        penalty = min(_MAX_PENALTY, against * _IDENTITY_PENALTY)
        found[table] = TableConfidence(max(0.0, share - penalty), True, tuple(reading.unassigned))
    return found

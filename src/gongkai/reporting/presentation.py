"""What templates show of a report: tables with links to records, marked texts, the timeline, public files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from gongkai.agencies.models import Organ
from gongkai.audit.models import Event
from gongkai.core.annual_report import (
    SECTION_TITLES,
    CellKey,
    Finding,
    Report,
    TableId,
    Value,
    check,
    errors,
    form_for_year,
    number_text,
)
from gongkai.core.annual_report.form import APPLICANT_COLUMNS, Column
from gongkai.reportfiles.writing.html_tables import CellMarkup, render_tables_html
from gongkai.reporting import figures
from gongkai.reporting.compiling import Compiled, compiled
from gongkai.reporting.drafting import Mention, character_count, mentions
from gongkai.reporting.models import AnnualReport, ReportFile
from gongkai.reporting.review import SECTION_FIELDS, TABLE_SECTIONS, Review, differences_to

FORMAT_LABELS = {
    "html": "网页",
    "docx": "Word",
    "pdf": "PDF",
    "xlsx": "Excel",
    "json": "JSON 数据",
    "txt": "纯文本",
}


@dataclass(frozen=True, slots=True)
class TableView:
    """One table of the form, ready to print."""

    anchor: str
    heading: str
    html: SafeString
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionView:
    """One section of a published report: paragraphs or a table."""

    anchor: str
    heading: str
    title: str
    paragraphs: tuple[str, ...] = ()
    table: SafeString | None = None


@dataclass(frozen=True, slots=True)
class FileView:
    url: str
    label: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A published report as its public page prints it."""

    preamble: tuple[str, ...]
    sections: tuple[SectionView, ...]
    files: tuple[FileView, ...]
    differences: tuple[Any, ...]
    kinds: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class TextPart:
    label: str
    paragraphs: tuple[SafeString, ...]


@dataclass(frozen=True, slots=True)
class Texts:
    overview_count: int
    parts: tuple[TextPart, ...]


@dataclass(frozen=True, slots=True)
class Said:
    text: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class FactRow:
    label: str
    value: str
    unit: str
    url: str
    said: list[Said] = field(default_factory=list)


def paragraphs(text: str) -> tuple[str, ...]:
    """Non-empty lines of a text."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def figure_text(value: Value) -> str:
    """A figure on screen; "—" where the report does not say."""
    return number_text(value) or "—"


def figure_unit(key: str) -> str:
    """The unit a figure is counted in."""
    if key.startswith("fact."):
        return figures.fact_name(key).unit
    return "万元" if key.endswith(".amount") else "件"


def _tables(
    report: Report,
    inner: Callable[[CellKey, str], str],
    failing: Mapping[CellKey, list[Finding]],
) -> list[TableView]:
    """The three tables; a cell whose identity fails is marked and shows the sum that was expected."""

    def decorate(cell: CellKey, text: str) -> CellMarkup:
        sums = "".join(map(_both_sums, failing.get(cell, ())))
        content = inner(cell, text)
        return CellMarkup(content + sums, {"class": "failing" if cell in failing else _shade(text)})

    def lines(table: TableId) -> tuple[str, ...]:
        return tuple(f.message for found in failing.values() for f in found if f.cell.table is table)

    views = []
    for numeral, table in TABLE_SECTIONS.items():
        html = render_tables_html(report, table, decorate=decorate)
        views.append(
            TableView(
                f"biao{'二三四'.index(numeral) + 2}",
                f"{numeral}、{SECTION_TITLES[numeral]}",
                mark_safe(html),  # noqa: S308 - built from escaped parts
                lines(table),
            )
        )
    return views


def _both_sums(finding: Finding) -> str:
    """The two sides of an identity that fails, under the figure it fails at."""
    if finding.expected is None:
        return ""
    return (
        f'<span class="sums" title="{escape(finding.message)}">'
        f"应为 {number_text(finding.expected)}<br>实为 {number_text(finding.printed) or '空'}</span>"
    )


def _shade(text: str) -> str:
    return "zero" if text == "0" else ""


def _errors_by_cell(findings: Iterable[Finding]) -> dict[CellKey, list[Finding]]:
    failing: dict[CellKey, list[Finding]] = {}
    for finding in errors(tuple(findings)):
        failing.setdefault(finding.cell, []).append(finding)
    return failing


def working_tables(row: AnnualReport, seen: Review) -> list[TableView]:
    """The three tables with each figure a link to its records, the change to last year and failing sums."""
    report = seen.compiled.report
    changes = differences_to(seen.previous, report)

    def inner(cell: CellKey, text: str) -> str:
        url = reverse("reporting:figure", args=[row.pk, str(cell)])
        link = f'<a href="{url}" title="{escape(report.form.describe(cell))}：查看记录">{escape(text or "—")}</a>'
        change = (
            f'<span class="change"><span class="w-sr-only">较上年</span> {changes[cell]}</span>'
            if cell in changes
            else ""
        )
        return link + change

    return _tables(report, inner, _errors_by_cell(seen.findings))


def sum_tables(organ: Organ, year: int, sums: Mapping[str, Value]) -> list[TableView]:
    """The tables of a roll-up with their identities rechecked."""
    form = form_for_year(year)
    empty = Report(organ.name, year, form.edition, {})
    report = empty.with_values({cell: sums.get(str(cell)) for cell in empty.cells()})

    def inner(cell: CellKey, text: str) -> str:
        url = reverse("reporting:rollup_figure", args=[organ.code, year, str(cell)])
        return f'<a href="{url}" title="{escape(report.form.describe(cell))}：查看各单位数据">{escape(text or "—")}</a>'

    return _tables(report, inner, _errors_by_cell(check(report)))


def fact_rows(row: AnnualReport, now: Compiled) -> list[FactRow]:
    """Every fact that something tells of, with its value, the link to its records and how the text puts it."""
    said: dict[str, list[Said]] = {}
    for name in SECTION_FIELDS.values():
        text = getattr(row, name)
        for mention in mentions(text, now):
            said.setdefault(mention.key, []).append(Said(_phrase(text, mention), mention.agrees))
    return [
        FactRow(
            name.label,
            figure_text(now.facts[name.key]),
            name.unit,
            reverse("reporting:figure", args=[row.pk, name.key]),
            said.get(name.key, []),
        )
        for name in figures.fact_names()
        if name.key in now.facts
    ]


def _phrase(text: str, mention: Mention) -> str:
    start = max(text.rfind("\n", 0, mention.start) + 1, mention.start - 14)
    return f"…{text[start : mention.end + 4]}…".replace("\n", "")


def marked_texts(row: AnnualReport, now: Compiled) -> Texts:
    """The text parts with each recognised number a link to its records."""
    parts = [TextPart("引言", tuple(format_html("{}", line) for line in paragraphs(row.preamble)))]
    for name in SECTION_FIELDS.values():
        label = str(row._meta.get_field(name).verbose_name)
        parts.append(
            TextPart(label, tuple(_marked(row, line, now) for line in paragraphs(getattr(row, name))))
        )
    return Texts(character_count(row.overview), tuple(parts))


def _marked(row: AnnualReport, line: str, now: Compiled) -> SafeString:
    pieces, at = [], 0
    for mention in mentions(line, now):
        if mention.start < at:
            continue
        url = reverse("reporting:figure", args=[row.pk, mention.key])
        number = line[mention.start : mention.end]
        style = "" if mention.agrees else ' class="gk-overdue"'
        pieces.append(escape(line[at : mention.start]))
        pieces.append(f'<a href="{url}"{style}>{escape(number)}</a>')
        at = mention.end
    pieces.append(escape(line[at:]))
    return mark_safe("".join(pieces))  # noqa: S308 - every piece is escaped above


_ACTIONS = {
    "report.started": "建立并起草",
    "report.saved": "修改文字",
    "report.redrafted": "重新起草",
    "report.explained": "书面说明核对结果",
    "report.submitted": "送审",
    "report.returned": "退回修改",
    "report.frozen": "审核通过并定稿",
    "report.published": "发布",
    "report.correction_opened": "建立更正版",
}


@dataclass(frozen=True, slots=True)
class Happened:
    at: Any
    text: str
    who: str


def timeline(row: AnnualReport) -> list[Happened]:
    """What happened to a report, newest first, from the audit log."""
    events = Event.objects.filter(subject_type="reporting.annualreport", subject_id=str(row.pk)).order_by(
        "-pk"
    )
    return [_happened(event) for event in events]


def _happened(event: Event) -> Happened:
    reason = json.loads(event.data).get("reason", "")
    text = _ACTIONS.get(event.action, event.action) + (f"：{reason}" if reason else "")
    return Happened(event.at, text, event.actor_name or event.actor)


def file_name(stored: ReportFile) -> str:
    """The name under which a published file is downloaded."""
    version = f"（第{stored.report.version}版）" if stored.report.version > 1 else ""
    return f"{stored.report.title}{version}.{stored.format}"


def published_document(row: AnnualReport) -> DocumentView:
    """A published report for its public page: stored figures, stored files."""
    report = compiled(row).report
    return DocumentView(
        preamble=paragraphs(row.preamble),
        sections=tuple(_sections(row, report)),
        files=tuple(
            FileView(stored.public_url, f"{FORMAT_LABELS[stored.format]}（{_size(stored.size_bytes)}）")
            for stored in row.files.all()
        ),
        differences=tuple(row.differences.all()),
        kinds=APPLICANT_COLUMNS,
    )


def _size(size_bytes: int) -> str:
    return (
        f"{size_bytes / 1024 / 1024:.1f} MB"
        if size_bytes >= 1024 * 1024
        else f"{max(1, size_bytes // 1024)} KB"
    )


def _sections(row: AnnualReport, report: Report) -> Iterator[SectionView]:
    for numeral, title in SECTION_TITLES.items():
        anchor = f"bufen-{'一二三四五六'.index(numeral) + 1}"
        heading = f"{numeral}、{report.form.section_five_title if numeral == '五' else title}"
        if numeral in TABLE_SECTIONS:
            html = render_tables_html(
                report,
                TABLE_SECTIONS[numeral],
                decorate=lambda _cell, text: CellMarkup(attributes={"class": _shade(text)}),
            )
            yield SectionView(anchor, heading, title, table=mark_safe(html))  # noqa: S308 - escaped parts
        else:
            yield SectionView(anchor, heading, title, paragraphs(row.sections[numeral]))

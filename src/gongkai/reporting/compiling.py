"""From an ``AnnualReport`` row to values: live for a draft, stored once frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from gongkai.agencies.models import Organ
from gongkai.core.annual_report import (
    CellKey,
    Finding,
    Kind,
    Report,
    TableId,
    Value,
    check,
    check_years,
    form_for_year,
)
from gongkai.reporting import figures
from gongkai.reporting.models import AnnualReport


@dataclass(frozen=True, slots=True)
class Compiled:
    """A report's figures: the form's cells as a core report, and the facts of the text by key."""

    report: Report
    facts: Mapping[str, Value]

    def value(self, key: str) -> Value:
        """A cell or fact by its registry key; None for a fact that nothing tells of."""
        return self.facts.get(key) if key.startswith("fact.") else self.report[CellKey.parse(key)]


def compiled(row: AnnualReport) -> Compiled:
    """The figures of a report as they stand: queries while it is a draft, stored values after."""
    stored = stored_figures(row) if row.is_fixed else live_figures(row)
    return _build(row, stored)


def live_figures(row: AnnualReport) -> dict[str, Value]:
    """Figures computed now from records, or from the units' reports for a roll-up."""
    if row.scope == AnnualReport.Scope.ROLLUP:
        from gongkai.reporting.rolling_up import unit_sums

        return unit_sums(row.organ, row.year)
    return figures.compile_figures(row.organ, row.year)


def stored_figures(row: AnnualReport) -> dict[str, Value]:
    """Figures as frozen."""
    form = form_for_year(row.year)
    found: dict[str, Value] = {}
    for figure in row.figures.all():
        whole = not figure.key.startswith("fact.") and form.kind(figure.cell) is not Kind.AMOUNT_WAN
        found[figure.key] = (
            None if figure.value is None else int(figure.value) if whole else _exact(figure.value)
        )
    return found


def _exact(value: Decimal) -> Value:
    """A whole number as int, so that facts read 244 and not 244.000000."""
    return int(value) if value == value.to_integral_value() else value.normalize()


def _build(row: AnnualReport, values: Mapping[str, Value]) -> Compiled:
    form = form_for_year(row.year)
    empty = Report(row.organ.name, row.year, form.edition, {}, sections=row.sections, preamble=row.preamble)
    cells = {cell: values.get(str(cell)) for cell in empty.cells()}
    facts = {key: value for key, value in values.items() if key.startswith("fact.")}
    return Compiled(empty.with_values(cells), facts)


def previous_report(row: AnnualReport) -> Report | None:
    """The published report of the year before, else None."""
    before = (
        AnnualReport.objects.filter(
            organ=row.organ, scope=row.scope, year=row.year - 1, state=AnnualReport.State.PUBLISHED
        )
        .select_related("organ")
        .first()
    )
    return compiled(before).report if before else None


def findings_of(row: AnnualReport, current: Report, previous: Report | None) -> tuple[Finding, ...]:
    """Identities within the report and, where last year's is published, across the years."""
    across = check_years(previous, current) if previous is not None else ()
    return (*check(current), *across)


def organ_has_records(organ: Organ, year: int, table: TableId) -> bool:
    """Whether any record stands behind a table's figures of the year."""
    form = form_for_year(year)
    return any(figures.records_of(str(cell), organ, year).exists() for cell in form.cells(table))

"""Units' reports of a superior organ: who has handed in, and the sum (disclosure-law §2.9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from gongkai.agencies.models import Organ
from gongkai.audit.chain import sm3
from gongkai.core.annual_report import Report, Value, form_for_year, from_json_tables
from gongkai.reporting.compiling import compiled
from gongkai.reporting.models import AnnualReport, CollectedReport


@dataclass(frozen=True, slots=True)
class UnitStatus:
    """One unit of a roll-up: its report and where it came from, or why it has none."""

    unit: Organ
    report: Report | None
    source: str
    reason: str = ""
    own: AnnualReport | None = None
    collected: CollectedReport | None = None

    @property
    def is_counted(self) -> bool:
        return not self.reason


def unit_statuses(organ: Organ, year: int) -> list[UnitStatus]:
    """The organ itself and its units of the year, each once, in tree order."""
    last, first = date(year, 12, 31), date(year, 1, 1)
    units = (
        Organ.objects.filter(path__startswith=organ.path)
        .filter(Q(valid_from=None) | Q(valid_from__lte=last))
        .filter(Q(valid_to=None) | Q(valid_to__gte=first))
        .order_by("path")
    )
    return [_status(unit, year) for unit in units]


def _status(unit: Organ, year: int) -> UnitStatus:
    if unit.not_counted_reason:
        return UnitStatus(unit, None, "", unit.not_counted_reason)
    if not unit.reports_separately:
        return UnitStatus(unit, None, "", "不单独编制，由上级机关一并填报")
    own = (
        AnnualReport.objects.filter(unit_filter(unit, year), state=AnnualReport.State.PUBLISHED)
        .select_related("organ")
        .first()
    )
    if own is not None:
        return UnitStatus(unit, compiled(own).report, "本系统发布", own=own)
    collected = CollectedReport.objects.filter(unit=unit, year=year, replaced_at=None).first()
    if collected is not None:
        return UnitStatus(unit, report_of(collected), f"报送文件 {collected.file_name}", collected=collected)
    return UnitStatus(unit, None, "尚未报送")


def unit_filter(unit: Organ, year: int) -> Q:
    return Q(organ=unit, year=year, scope=AnnualReport.Scope.SELF)


def report_of(collected: CollectedReport) -> Report:
    """A collected file's values as a core report."""
    form = form_for_year(collected.year)
    return from_json_tables(
        collected.tables, agency=collected.unit.name, year=collected.year, edition=form.edition
    )


def unit_sums(organ: Organ, year: int) -> dict[str, Value]:
    """Each cell summed over the counted units that have handed in; blanks add nothing."""
    sums: dict[str, Value] = {}
    for report in _counted(organ, year):
        for cell, value in report.values.items():
            key = _divided_key(str(cell))
            if value is not None:
                sums[key] = (sums.get(key) or 0) + value
    return sums


def _divided_key(key: str) -> str:
    """A unit that prints （六） undivided is summed under its 3.其他: the form of the sum is divided."""
    return key.replace("table3.r3_6.", "table3.r3_6_3.")


def _counted(organ: Organ, year: int) -> Iterator[Report]:
    for status in unit_statuses(organ, year):
        if status.report is not None and status.is_counted:
            yield status.report


def unit_digest(organ: Organ, year: int) -> tuple[int, str]:
    """How many units were summed, and the SM3 of which and from what."""
    parts = []
    for status in unit_statuses(organ, year):
        if status.own is not None:
            parts.append(f"{status.unit.code}:report:{status.own.pk}")
        elif status.collected is not None:
            parts.append(f"{status.unit.code}:file:{status.collected.digest}")
    return len(parts), sm3("\n".join(parts).encode())

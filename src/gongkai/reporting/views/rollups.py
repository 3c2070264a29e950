"""Units' reports of a superior organ: who has handed in, what is wrong, the sum."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.agencies.access import AccessDenied
from gongkai.agencies.models import Organ
from gongkai.agencies.shell import page, post_only
from gongkai.core.annual_report import CellKey, NoFormForYear, check, errors, form_for_year
from gongkai.reporting import access, presentation, selectors, services
from gongkai.reporting.errors import ReportingError
from gongkai.reporting.forms import CollectForm
from gongkai.reporting.models import AnnualReport
from gongkai.reporting.rolling_up import unit_statuses, unit_sums

YEARS_BACK = 6


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Choose an organ and go to last year's roll-up."""
    organs = [organ for organ in selectors.organs_for(request.user, "收集下级年报") if organ.numchild]
    year = timezone.localdate().year - 1
    if len(organs) == 1:
        return redirect("reporting:rollup", organs[0].code, year)
    return page(request, "reporting/rollup_start.html", title="下级年报汇总", organs=organs, year=year)


def _year(year: int) -> int:
    """A year that has a form; any other address leads nowhere."""
    try:
        form_for_year(year)
    except NoFormForYear as error:
        raise Http404 from error
    if year > timezone.localdate().year:
        raise Http404
    return year


def _superior(request: HttpRequest, code: str) -> Organ:
    organ = Organ.objects.filter(code=code).first()
    if organ is None:
        raise Http404
    access.require(request.user, "收集下级年报", organ)
    return organ


@require_GET
def rollup(request: HttpRequest, organ_code: str, year: int) -> HttpResponse:
    """Status of every unit, and the sum so far with its identities."""
    organ = _superior(request, organ_code)
    year = _year(year)
    statuses = unit_statuses(organ, year)
    missing = [status for status in statuses if status.is_counted and status.report is None]
    counted = [status for status in statuses if status.is_counted and status.report is not None]
    rows = [(status, len(errors(check(status.report))) if status.report else 0) for status in statuses]
    existing = AnnualReport.objects.filter(organ=organ, year=year, scope=AnnualReport.Scope.ROLLUP).first()
    this_year = timezone.localdate().year
    return page(
        request,
        "reporting/rollup.html",
        title=f"{organ.short_name or organ.name} {year} 年下级年报汇总",
        organ=organ,
        year=year,
        years=range(this_year - 1, this_year - 1 - YEARS_BACK, -1),
        rows=rows,
        missing=missing,
        counted=len(counted),
        form=CollectForm(),
        tables=presentation.sum_tables(organ, year, unit_sums(organ, year)) if counted else [],
        existing=existing,
        due_on=selectors.report_due_on(year),
    )


@require_GET
def figure(request: HttpRequest, organ_code: str, year: int, key: str) -> HttpResponse:
    """What each unit adds to one figure of the sum."""
    organ = _superior(request, organ_code)
    form = form_for_year(_year(year))
    try:
        cell = CellKey.parse(key)
        label = form.describe(cell)
    except (LookupError, ValueError) as error:
        raise Http404 from error
    return page(
        request,
        "reporting/rollup_figure.html",
        title=label,
        crumbs=[
            (
                f"{organ.short_name or organ.name} {year} 年下级年报汇总",
                reverse("reporting:rollup", args=[organ_code, year]),
            )
        ],
        organ=organ,
        year=year,
        total=presentation.figure_text(unit_sums(organ, year).get(key)),
        unit=presentation.figure_unit(key),
        rows=[
            (status, presentation.figure_text(status.report.get(cell.table, cell.row, cell.col)), key)
            for status in unit_statuses(organ, year)
            if status.is_counted and status.report is not None
        ],
    )


@post_only("reporting:rollup", "organ_code", "year")
def collect(request: HttpRequest, organ_code: str, year: int, unit_code: str) -> HttpResponse:
    """Take in one unit's file."""
    organ = _superior(request, organ_code)
    year = _year(year)
    unit = Organ.objects.filter(code=unit_code, path__startswith=organ.path).first()
    if unit is None:
        raise Http404
    form = CollectForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, f"{unit.name}：" + "；".join(form.errors.get("file", ["请选择文件。"])))
        return redirect("reporting:rollup", organ_code, year)
    file = form.cleaned_data["file"]
    try:
        collected = services.collect_report(
            superior=organ, unit=unit, year=year, actor=request.user, file_name=file.name, content=file.read()
        )
    except (ReportingError, AccessDenied) as error:
        messages.error(request, f"{unit.name}：{error}")
    else:
        if collected.findings:
            messages.warning(
                request,
                f"{unit.name}：已收下，有 {len(collected.findings)} 处须核对：{collected.findings[0]}",
            )
        else:
            messages.success(request, f"{unit.name}：已收下，各项核对无误。")
    return redirect("reporting:rollup", organ_code, year)

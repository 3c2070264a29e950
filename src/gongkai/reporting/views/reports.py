"""The list of reports and the screen of one report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.access import AccessDenied
from gongkai.agencies.shell import XLSX_TYPE, download, page, post_only, refuse, xlsx
from gongkai.core.annual_report import CellKey, NoFormForYear
from gongkai.reportfiles.writing import FORMATS, DocumentContext, render
from gongkai.reporting import access, figures, presentation, selectors, services
from gongkai.reporting.compiling import compiled
from gongkai.reporting.errors import EditConflict, NotReady, ReportingError
from gongkai.reporting.forms import ReasonForm, StartReportForm, TextForm
from gongkai.reporting.models import AnnualReport
from gongkai.reporting.review import review
from gongkai.reporting.views.ledger_table import year_of

LIST = ("年度报告", "/houtai/nianbao/")


def _report(request: HttpRequest, pk: int) -> AnnualReport:
    report = AnnualReport.objects.select_related("organ", "corrects").filter(pk=pk).first()
    if report is None:
        raise Http404("没有这份年度报告")
    access.require(request.user, "查看年度报告", report.organ)
    return report


@require_http_methods(["GET", "POST"])
def report_list(request: HttpRequest) -> HttpResponse:
    """Reports of my organs, and the form to start one."""
    organs = selectors.organs_for(request.user, "编写年度报告")
    last_year = timezone.localdate().year - 1
    form = StartReportForm(
        request.POST or None,
        organs=organs,
        initial={"year": last_year, "organ": organs[0] if organs else None},
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                report = services.start_report(actor=request.user, **form.cleaned_data)
            except NoFormForYear:
                form.add_error("year", "该年度没有统一格式，年度须为 2019 年及以后。")
            except (ReportingError, AccessDenied) as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, "已按台账数据起草，请核对数据、补写文字。")
                return redirect("reporting:report", report.pk)
    reports = selectors.reports_for(request.user)
    years = list(reports.order_by("-year").values_list("year", flat=True).distinct())
    chosen, words = year_of(request.GET.get("nian", "")), request.GET.get("q", "").strip()[:40]
    if chosen:
        reports = reports.filter(year=chosen)
    if words:
        reports = reports.filter(organ__name__icontains=words)
    found = Paginator(reports, 30).get_page(request.GET.get("ye"))
    return page(
        request,
        "reporting/report_list.html",
        title="年度报告",
        status=status,
        reports=found,
        years=years,
        chosen=chosen,
        words=words,
        kept=urlencode({name: value for name, value in (("nian", chosen), ("q", words)) if value}),
        form=form,
        organs=organs,
    )


@require_GET
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: state and due date on top, tables and text, completeness beside."""
    row = _report(request, pk)
    return _report_page(request, row, TextForm(instance=row, initial={"edit_mark": row.edit_mark}))


def _report_page(request: HttpRequest, row: AnnualReport, form: TextForm, status: int = 200) -> HttpResponse:
    seen = review(row)
    user, organ = request.user, row.organ
    may: dict[str, bool] = {
        "edit": row.is_editable and access.allowed(user, "编写年度报告", organ),
        "submit": row.state == "draft" and access.allowed(user, "报送年度报告审核", organ),
        "approve": row.state == "in_review" and access.allowed(user, "审核年度报告", organ),
        "publish": row.state == "frozen" and access.allowed(user, "发布年度报告", organ),
        "correct": row.state == "published" and access.allowed(user, "更正年度报告", organ),
    }
    return page(
        request,
        "reporting/report.html",
        title=str(row),
        crumbs=[LIST],
        status=status,
        report=row,
        review=seen,
        previous_year=seen.previous.year if seen.previous else None,
        may=may,
        own_text=user.pk in {row.drafted_by_id, row.submitted_by_id},
        form=form,
        due_on=selectors.report_due_on(row.year),
        tables=presentation.working_tables(row, seen),
        facts=presentation.fact_rows(row, seen.compiled),
        texts=presentation.marked_texts(row, seen.compiled),
        timeline=presentation.timeline(row),
        changed_records=services.records_changed_since_freezing(row),
        reason_form=ReasonForm(),
        formats=FORMATS,
    )


@post_only("reporting:report", "pk")
def save_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the text; what was typed is kept on any refusal."""
    row = _report(request, pk)
    form = TextForm(request.POST, instance=row)
    if not form.is_valid():
        return _report_page(request, row, form, status=422)
    texts = {name: form.cleaned_data[name].replace("\r\n", "\n") for name in services.reports.TEXT_FIELDS}
    try:
        services.save_text(
            report_id=pk, actor=request.user, texts=texts, edit_mark=form.cleaned_data["edit_mark"]
        )
    except EditConflict as error:
        refuse(request, error)
        fresh = _report(request, pk)
        kept = TextForm(instance=fresh, initial={**texts, "edit_mark": fresh.edit_mark})
        return _report_page(request, fresh, kept, status=409)
    except ReportingError as error:
        refuse(request, error)
        return _report_page(request, _report(request, pk), form, status=409)
    messages.success(request, "已保存。")
    return redirect(reverse("reporting:report", args=[pk]) + "#wenzi")


_ACTS: dict[str, tuple[Callable[..., AnnualReport], str, bool]] = {
    "songshen": (services.submit_report, "已送审，等待公开办负责人审核。", False),
    "tuihui": (services.return_report, "已退回起草人修改。", True),
    "dinggao": (services.freeze_report, "已定稿：数据、记录摘要和文件已经固定。", False),
    "fabu": (services.publish_report, "已发布到政府信息公开年报栏目。", False),
    "gengzheng": (services.correct_report, "已建立更正版，修改后须重新审核、发布。", True),
    "chongcao": (services.redraft, "已按最新数据重新起草引言、一、六；“五”保持不变。", False),
}


@post_only("reporting:report", "pk")
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One step in a report's life."""
    _report(request, pk)
    if name not in _ACTS:
        raise Http404
    service, done, with_reason = _ACTS[name]
    given: dict[str, Any] = {"reason": request.POST.get("reason", "")} if with_reason else {}
    try:
        row = service(report_id=pk, actor=request.user, **given)
    except NotReady as error:
        refuse(request, error)
        return redirect(reverse("reporting:report", args=[pk]) + "#qingdan")
    except (ReportingError, AccessDenied) as error:
        refuse(request, error)
        return redirect("reporting:report", pk)
    messages.success(request, done)
    return redirect("reporting:report", row.pk)


@post_only("reporting:report", "pk")
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a cross-year finding in writing."""
    _report(request, pk)
    try:
        services.explain_finding(
            report_id=pk,
            actor=request.user,
            key=request.POST.get("key", ""),
            explanation=request.POST.get("explanation", ""),
        )
    except (ReportingError, AccessDenied) as error:
        refuse(request, error)
    else:
        messages.success(request, "说明已保存。")
    return redirect(reverse("reporting:report", args=[pk]) + "#qingdan")


@require_GET
def figure(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """The records behind a figure, and their export."""
    row = _report(request, pk)
    if row.scope == AnnualReport.Scope.ROLLUP:
        if key.startswith("fact."):
            return redirect("reporting:rollup", row.organ.code, row.year)
        return redirect("reporting:rollup_figure", row.organ.code, row.year, key)
    try:
        parts = figures.records_of(key, row.organ, row.year).parts
    except figures.FigureUnknown as error:
        raise Http404 from error
    filled = [part for part in parts if part.found.exists()] or list(parts[:1])
    asked = request.GET.get("laiyuan", "")
    chosen = int(asked) if asked in {str(number) for number in range(len(filled))} else 0
    part = filled[chosen]
    label = _figure_label(row, key)
    columns = part.source.columns()
    if request.GET.get("daochu") == "xlsx":
        rows = ([column.value(record) for column in columns] for record in part.found.iterator())
        content = xlsx([column.label for column in columns], rows, sheet="记录")
        return download(content, f"{row.organ.name}{row.year}年-{label}.xlsx", XLSX_TYPE)
    found = Paginator(part.found, 50).get_page(request.GET.get("ye"))
    return page(
        request,
        "reporting/figure.html",
        title=label,
        crumbs=[LIST, (str(row), reverse("reporting:report", args=[pk]))],
        report=row,
        key=key,
        value=presentation.figure_text(compiled(row).value(key)),
        unit=presentation.figure_unit(key),
        source=part.source.name,
        sources=[(other.source.name, other.found.count(), other is part) for other in filled],
        query=f"laiyuan={chosen}",
        headings=[column.label for column in columns],
        rows=[
            [
                (column.label, column.value(record), column.url(record) if column.url else "")
                for column in columns
            ]
            for record in found
        ],
        found=found,
    )


def _figure_label(row: AnnualReport, key: str) -> str:
    if key.startswith("fact."):
        return figures.fact_name(key).label
    return compiled(row).report.form.describe(CellKey.parse(key))


@require_GET
def preview_file(request: HttpRequest, pk: int, fmt: str) -> HttpResponse:
    """A draft rendered now, or the frozen file as it was stored."""
    row = _report(request, pk)
    if fmt not in FORMATS:
        raise Http404
    stored = row.files.filter(format=fmt).first()
    if stored:
        with stored.file.open("rb") as file:
            content = file.read()
    else:
        content = render(compiled(row).report, fmt, context=DocumentContext(title=row.title))
    suffix = "" if stored else "（草稿）"
    return download(content, f"{row.title}{suffix}.{fmt}", "application/octet-stream")

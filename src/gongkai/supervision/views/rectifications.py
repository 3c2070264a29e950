"""The list of rectifications, one with its course, issuing, reporting, re-checking, recurring causes."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.models import Organ
from gongkai.agencies.shell import download, organs_or_refuse, page, refuse
from gongkai.core.inspection import BY_CODE
from gongkai.core.inspection.rectifying import Standing
from gongkai.supervision import access, selectors, services
from gongkai.supervision.errors import SupervisionError
from gongkai.supervision.forms import IssueForm, RecheckForm, ReportForm
from gongkai.supervision.models import Finding, Rectification
from gongkai.supervision.rectification_letter import rectification_pdf

LIST = ("整改", "/houtai/zhenggai/")
PAGE_SIZE = 50
Refused = (SupervisionError, PermissionDenied)


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Open ones first by their day, or those of a standing."""
    _some_organ(request, "查看巡查")
    standing = request.GET.get("zhuangtai", "")
    found = selectors.rectifications_for(request.user).order_by("closed_on", "due_on", "-pk")
    if standing in {one.value for one in Standing}:
        found = found.filter(standing=standing)
    elif standing == "overdue":
        found = found.overdue(timezone.localdate())
    else:
        found = found.open() if standing != "all" else found
    sheet = Paginator(found, PAGE_SIZE).get_page(request.GET.get("ye"))
    today = timezone.localdate()
    return page(
        request,
        "supervision/rectifications.html",
        title="整改",
        sheet=sheet,
        rows=[(one, one.is_overdue(today)) for one in sheet],
        standing=standing,
        standings=[("", "没有销号的"), ("overdue", "超过期限的"), *Rectification._meta.get_field("standing").choices, ("all", "全部")],
        may_issue=bool(access.organs_for(request.user, "下发整改")),
    )  # fmt: skip


def _some_organ(request: HttpRequest, act: str) -> Organ:
    return organs_or_refuse(access.organs_for(request.user, act), act)[0]


def _one(request: HttpRequest, pk: int) -> Rectification:
    found = Rectification.objects.select_related("organ", "department").filter(pk=pk).first()
    if found is None:
        raise Http404("没有这件整改")
    access.require(request.user, "查看巡查", found.organ)
    return found


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it stands, what comes next, what happened."""
    found = _one(request, pk)
    can = {act: access.allowed(request.user, act, found.organ) for act in ("反馈整改", "复查整改")}
    is_open = found.standing in {Standing.ISSUED, Standing.RETURNED}
    return page(
        request,
        "supervision/rectification.html",
        title=found.number,
        crumbs=[LIST],
        one=found,
        indicator=BY_CODE.get(found.code),
        steps=found.steps.select_related("by", "run"),
        is_overdue=found.is_overdue(timezone.localdate()),
        may_report=is_open and can["反馈整改"],
        may_recheck=found.standing == Standing.REPORTED and can["复查整改"],
        may_account=access.allowed(request.user, "登记责任追究", found.organ),
    )


def _act(
    request: HttpRequest, form: django_forms.Form, act: Any, *, title: str, button: str, back: str, intro: str = "", address: str = "",
) -> HttpResponse:  # fmt: skip
    """One act on a page of its own; what was typed stays beside the refusal."""
    if request.method == "POST" and form.is_valid():
        try:
            done, said = act(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect("supervision:rectification", done.pk)
    return page(
        request,
        "supervision/form.html",
        title=title,
        crumbs=[LIST],
        status=422 if form.errors else 200,
        form=form,
        intro=intro,
        address=address,
        button=button,
        back=back,
        keep=f"{request.path}",
    )


@require_http_methods(["GET", "POST"])
def issue_for(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue a notice for a finding of an inspection."""
    finding = get_object_or_404(Finding.objects.select_related("run__organ"), pk=pk)
    organ = finding.run.organ
    access.require(request.user, "下发整改", organ)
    given = {"problem": finding.says, "demand": finding.indicator.fix}
    form = IssueForm(request.POST or None, organ=organ, with_url=False, initial=given)

    def act(data: dict[str, Any]) -> tuple[Rectification, str]:
        made = services.issue(by=request.user, organ=organ, finding=finding, **data)
        return made, f"已下发{made.number}，期限 {made.due_on}。"

    return _act(
        request, form, act, title="下发整改通知", button="下发", address=finding.url,
        back=reverse("supervision:run", args=[finding.run_id]), intro=f"{finding.code} {finding.indicator.name}",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest) -> HttpResponse:
    """Issue a notice for something found otherwise; a person re-checks it."""
    organ = _some_organ(request, "下发整改")
    form = IssueForm(request.POST or None, organ=organ, with_url=True)

    def act(data: dict[str, Any]) -> tuple[Rectification, str]:
        made = services.issue(by=request.user, organ=organ, **data)
        return made, f"已下发{made.number}，期限 {made.due_on}。"

    return _act(
        request, form, act, title="下发整改通知", button="下发", back=LIST[1],
        intro="不是巡查发现的问题在这里下发，由人复查；巡查发现的请从巡查结果里下发，可以由巡查自动复查。",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it is put right."""
    found = _one(request, pk)
    access.require(request.user, "反馈整改", found.organ)

    def act(data: dict[str, Any]) -> tuple[Rectification, str]:
        done = services.report_fixed(rectification=found, by=request.user, **data)
        how = "下一次巡查自动复查，也可以由其他人复查" if found.identity else "请由其他人复查"
        return done, f"已反馈，{how}；复查通过才销号。"

    return _act(
        request, ReportForm(request.POST or None), act, title="反馈整改情况", button="反馈", intro=found.problem,
        address=found.url, back=reverse("supervision:rectification", args=[pk]),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def recheck(request: HttpRequest, pk: int) -> HttpResponse:
    """Re-check with one's own eyes."""
    found = _one(request, pk)
    access.require(request.user, "复查整改", found.organ)

    def act(data: dict[str, Any]) -> tuple[Rectification, str]:
        passed = data["passed"] == "1"
        done = services.recheck_by_person(
            rectification=found, by=request.user, passed=passed, note=data["note"]
        )
        return done, "复查通过，已销号。" if passed else "已退回整改。"

    return _act(
        request, RecheckForm(request.POST or None), act, title="复查", button="记录复查结果", intro=found.problem,
        address=found.url, back=reverse("supervision:rectification", args=[pk]),
    )  # fmt: skip


@require_GET
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice as a paper."""
    found = _one(request, pk)
    try:
        content = rectification_pdf(found)
    except SupervisionError as refusal:
        refuse(request, refusal)
        return redirect("supervision:rectification", pk)
    return download(content, f"{found.number}.pdf", "application/pdf")


@require_GET
def causes(request: HttpRequest) -> HttpResponse:
    """What comes again and again in a year."""
    _some_organ(request, "查看巡查")
    given = request.GET.get("nian", "")
    year = (
        int(given) if given.isascii() and given.isdigit() and len(given) == 4 else timezone.localdate().year
    )
    by_cause, by_indicator, by_department = selectors.recurring(request.user, year=year)
    return page(
        request,
        "supervision/causes.html",
        title=f"{year} 年反复出现的问题",
        crumbs=[LIST],
        tables=[("原因", by_cause), ("指标", by_indicator), ("责任部门", by_department)],
        year=year,
    )

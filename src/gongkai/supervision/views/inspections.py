"""The list of inspections, one inspection with its evidence, ruling on what is suspected, replay."""

from __future__ import annotations

import zlib
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.models import Organ
from gongkai.agencies.shell import download, organs_or_refuse, page, post_only, refuse
from gongkai.audit.chain import sm3
from gongkai.core.inspection import BY_CODE, Inspection, State
from gongkai.supervision import access, selectors
from gongkai.supervision.errors import SupervisionError
from gongkai.supervision.forms import DayForm, RulingForm
from gongkai.supervision.models import Finding, InspectionSettings, PageCopy, Run
from gongkai.supervision.services import begin, judged_again
from gongkai.supervision.services import replay as replay_day
from gongkai.supervision.services import rule as give_ruling
from gongkai.supervision.tasks import inspect_site

RUNS = ("网站巡查", "/houtai/xuncha/")
PAGE_SIZE = 30
MARKS = {"2p": "两处核实", "1p": "一处核实", "mem": "凭记忆，待核实", "ours": "本软件自定"}
Refused = (SupervisionError, PermissionDenied)


@require_GET
def runs(request: HttpRequest) -> HttpResponse:
    """Every inspection the person may see, and how the two figures went."""
    organs = _organs(request, "查看巡查")
    sheet = Paginator(selectors.runs_for(request.user), PAGE_SIZE).get_page(request.GET.get("ye"))
    return page(
        request,
        "supervision/runs.html",
        title="网站巡查",
        sheet=sheet,
        trend=selectors.trend(request.user),
        targets=InspectionSettings.objects.filter(organ__in=organs)
        .exclude(address="")
        .select_related("organ"),
        may_start=bool(access.organs_for(request.user, "发起巡查")),
        form=DayForm(),
    )


def _organs(request: HttpRequest, act: str) -> list[Organ]:
    return organs_or_refuse(access.organs_for(request.user, act), act)


@post_only("supervision:runs")
def start(request: HttpRequest) -> HttpResponse:
    """Ask for an inspection now."""
    chosen = get_object_or_404(
        InspectionSettings.objects.select_related("organ"), pk=request.POST.get("site", "0")
    )
    try:
        made = begin(organ=chosen.organ, address=chosen.address, cause=Run.Cause.BY_HAND, by=request.user)
    except Refused as refusal:
        refuse(request, refusal)
        return redirect("supervision:runs")
    inspect_site.enqueue(made.pk)
    messages.success(request, "已发起巡查，由后台任务办理，一般几分钟内完成，完成后在本页查看。")
    return redirect("supervision:run", made.pk)


def _run(request: HttpRequest, pk: int) -> Run:
    found = Run.objects.select_related("organ", "asked_by").filter(pk=pk).first()
    if found is None:
        raise Http404("没有这次巡查")
    access.require(request.user, "查看巡查", found.organ)
    return found


@require_GET
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One inspection as it stood on its day."""
    found = _run(request, pk)
    return page(
        request,
        "supervision/run.html",
        title=f"{found.on or '—'} 巡查",
        crumbs=[RUNS],
        run=found,
        verdict=selectors.verdict_label(found),
        groups=[_shown(group) for group in selectors.groups_of(found)],
        copies={copy.url: copy for copy in found.copies.defer("packed", "picture")},
        may_rule=access.allowed(request.user, "核实问题", found.organ),
        may_issue=access.allowed(request.user, "下发整改", found.organ),
        may_account=access.allowed(request.user, "登记责任追究", found.organ),
    )


def _shown(group: selectors.Group) -> dict[str, Any]:
    return {
        "indicator": group.indicator,
        "findings": group.findings,
        "mark": MARKS[group.indicator.mark],
        "state": (State.SUSPECTED if group.is_suspected else State.HIT).label,
        "is_suspected": group.is_suspected,
    }


@require_GET
def replay(request: HttpRequest) -> HttpResponse:
    """A past day judged again from its evidence, indicator by indicator."""
    organs = _organs(request, "查看巡查")
    form = DayForm(request.GET)
    if not form.is_valid():
        messages.error(request, "请填写要回放的日期，例如 2026-11-20。")
        return redirect("supervision:runs")
    day = form.cleaned_data["on"]
    for organ in organs:
        if Run.objects.filter(organ=organ, on=day, state=Run.State.DONE).exists():
            try:
                found, judged = replay_day(organ, day)
            except SupervisionError as refusal:
                refuse(request, refusal)
                return redirect("supervision:runs")
            return _judged_page(request, found, judged)
    messages.error(request, f"没有 {day} 的巡查记录，请换一个日期。")
    return redirect("supervision:runs")


def _judged_page(request: HttpRequest, found: Run, judged: Inspection) -> HttpResponse:
    return page(
        request,
        "supervision/replay.html",
        title=f"回放 {found.on}",
        crumbs=[RUNS],
        run=found,
        judged=judged,
        marks=MARKS,
        rows=[(one, MARKS[one.indicator.mark], len(one.findings)) for one in judged.outcomes],
    )


@require_GET
def evidence_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The evidence itself, to be handed to a supervisor; its SM3 is in the audit log."""
    found = _run(request, pk)
    if found.state != Run.State.DONE:
        raise Http404("这次巡查还没有证据")
    judged_again(found)  # refuses evidence that was changed
    return download(
        zlib.decompress(bytes(found.packed)),
        f"网站巡查证据{found.on}.json",
        "application/json; charset=utf-8",
    )


@require_GET
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The copy of a page, as text: what was received is never run in the back office."""
    kept = get_object_or_404(PageCopy.objects.select_related("run__organ"), pk=pk)
    access.require(request.user, "查看巡查", kept.run.organ)
    response = HttpResponse(kept.body, content_type="text/plain; charset=utf-8")
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_GET
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture of a page, if it is still the one that was signed."""
    kept = get_object_or_404(PageCopy.objects.select_related("run__organ").defer("packed"), pk=pk)
    access.require(request.user, "查看巡查", kept.run.organ)
    content = bytes(kept.picture)
    if not content:
        raise Http404("这个页面没有截图")
    if sm3(content) != kept.picture_digest:
        raise Http404("截图与留存时的摘要不一致，可能被改动，不能作为证据")
    response = HttpResponse(content, content_type="image/webp")
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Say of a finding whether it is one."""
    finding = get_object_or_404(Finding.objects.select_related("run__organ"), pk=pk)
    access.require(request.user, "核实问题", finding.run.organ)
    back = reverse("supervision:run", args=[finding.run_id])
    form = RulingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            give_ruling(finding=finding, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已记录核实结果，下次巡查和回放按它判定。")
            return redirect(back)
    return page(
        request,
        "supervision/form.html",
        title="核实问题",
        crumbs=[RUNS, (str(finding.run), back)],
        status=422 if form.errors else 200,
        form=form,
        intro=f"{finding.code} {BY_CODE[finding.code].name}：{finding.says}",
        address=finding.url,
        button="记录核实结果",
        back=back,
        keep=f"ruling-{pk}-{timezone.localdate()}",
    )

"""Reconsideration and litigation as records linked to their applications."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.agencies.access import AccessDenied
from gongkai.agencies.models import Organ
from gongkai.agencies.shell import page, sentence
from gongkai.inforequests import access, selectors
from gongkai.inforequests.errors import FilingFaulty, InfoRequestError
from gongkai.inforequests.forms import DisputeForm, ResultForm, StageForm
from gongkai.inforequests.models import Dispute, InfoRequest
from gongkai.inforequests.services import disputing
from gongkai.inforequests.views.cases import QUEUE, show_refusal

LIST = ("复议和诉讼", "/houtai/shenqing/susong/")


@require_http_methods(["GET"])
def disputes(request: HttpRequest) -> HttpResponse:
    """All cases, the open ones first."""
    organs = selectors.organs_required(request.user, "查看申请")
    cases = (
        Dispute.objects.filter(organ__in=organs)
        .select_related("organ")
        .prefetch_related("requests", "stages")
    )
    today = timezone.localdate()
    rows = []
    for dispute in sorted(cases, key=lambda d: (d.closed_on is not None, -d.filed_on.toordinal())):
        due = [stage.due_on for stage in dispute.stages.all() if stage.due_on and dispute.closed_on is None]
        rows.append((dispute, max(due, default=None)))
    return page(
        request,
        "inforequests/disputes.html",
        title="复议和诉讼",
        crumbs=[QUEUE],
        rows=rows,
        today=today,
        may_enter=bool(selectors.organs_for(request.user, "登记复议诉讼")),
    )


def _organ(request: HttpRequest) -> Organ:
    organs = selectors.organs_required(request.user, "登记复议诉讼")
    code = request.POST.get("organ") or request.GET.get("jigou")
    return next((organ for organ in organs if organ.code == code), organs[0])


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Register a case."""
    organ = _organ(request)
    form = DisputeForm(
        request.POST or None, organ=organ, initial={"requests": request.GET.get("shenqing", "")}
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            given["requests"] = _requests(organ, given["requests"])
            made = disputing.open_dispute(organ=organ, actor=request.user, **given)
        except (InfoRequestError, AccessDenied) as error:
            show_refusal(form, error)
        else:
            messages.success(request, "案件已登记。")
            return redirect("inforequests:dispute", made.pk)
    return page(
        request,
        "inforequests/dispute_new.html",
        title="登记案件",
        crumbs=[QUEUE, LIST],
        status=422 if request.method == "POST" else 200,
        form=form,
        organ=organ,
        organs=selectors.organs_for(request.user, "登记复议诉讼"),
    )


def _requests(organ: Organ, text: str) -> list[InfoRequest]:
    numbers = text.replace("，", " ").replace("、", " ").replace(",", " ").split()
    found = {r.number: r for r in InfoRequest.objects.filter(organ=organ, number__in=numbers)}
    if missing := [number for number in numbers if number not in found]:
        raise FilingFaulty({"requests": f"本机关没有编号为 {'、'.join(missing)} 的申请，请核对。"})
    return [found[number] for number in dict.fromkeys(numbers)]


@require_http_methods(["GET", "POST"])
def dispute(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: its stages, the form for the next, and the result."""
    found = Dispute.objects.select_related("organ", "after").filter(pk=pk).first()
    if found is None:
        raise Http404("没有这个案件")
    access.require(request.user, "查看申请", found.organ)
    is_result = request.POST.get("what") == "result"
    stage_form = StageForm(request.POST if request.method == "POST" and not is_result else None)
    result_form = ResultForm(request.POST if is_result else None)
    form = result_form if is_result else stage_form
    if request.method == "POST" and form.is_valid():
        try:
            if is_result:
                done = disputing.close_dispute(dispute_id=pk, actor=request.user, **form.cleaned_data)
                redos = InfoRequest.objects.filter(redo_of__in=done.requests.all()).count()
                messages.success(
                    request, f"结果已登记。{'已建立重新办理的任务。' if done.redo_due_on and redos else ''}"
                )
            else:
                disputing.add_stage(dispute_id=pk, actor=request.user, **form.cleaned_data)
                messages.success(request, "阶段已登记。")
        except (InfoRequestError, AccessDenied) as error:
            form.add_error(None, sentence(error))
        else:
            return redirect("inforequests:dispute", pk)
    similar = []
    if found.result == Dispute.Result.CORRECTED:
        for case in found.requests.all():
            similar += [like for like in selectors.look_alikes(case) if like.request.is_open]
    return page(
        request,
        "inforequests/dispute.html",
        title=str(found),
        crumbs=[QUEUE, LIST],
        status=422 if request.method == "POST" else 200,
        dispute=found,
        cases=found.requests.all(),
        stages=found.stages.select_related("recorded_by"),
        suits=found.suits.all(),
        redos=InfoRequest.objects.filter(redo_of__in=found.requests.all()),
        similar=similar,
        stage_form=stage_form,
        result_form=result_form,
        may_enter=access.allowed(request.user, "登记复议诉讼", found.organ) and found.closed_on is None,
    )

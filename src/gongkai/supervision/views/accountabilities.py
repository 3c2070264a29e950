"""Outcomes of holding to account: the list of a year, one with its paper, entering and withdrawing."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.shell import download, page
from gongkai.supervision import accountability_forms as forms
from gongkai.supervision import services
from gongkai.supervision.access import organs_for
from gongkai.supervision.models import Accountability, AccountabilityFile, Finding
from gongkai.supervision.services.accounting import ENTER
from gongkai.supervision.views.acting import act_page, organ_for, typed, year_asked

LIST = ("责任追究", "/houtai/zhuize/")
SEE = "查看责任追究"


def _one(request: HttpRequest, pk: int) -> Accountability:
    organ_for(request, SEE)
    rows = Accountability.objects.filter(organ__in=organs_for(request.user, SEE))
    parts = ("organ", "department", "form", "rectification", "finding", "made_by", "withdrawn_by")
    found = rows.select_related(*parts).filter(pk=pk).first()
    if found is None:
        raise Http404("没有这条记录")
    return found


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Those of a year, how many count."""
    organ_for(request, SEE)
    year = year_asked(request)
    mine = Accountability.objects.filter(organ__in=organs_for(request.user, SEE))
    years = {one.year for one in mine.dates("decided_on", "year")}
    found = mine.filter(decided_on__year=year).select_related("organ", "department", "form")
    return page(
        request,
        "supervision/accountabilities.html",
        title="责任追究",
        rows=found,
        count=found.active().count(),
        year=year,
        years=sorted(years | {year, timezone.localdate().year}, reverse=True),
        may_enter=bool(organs_for(request.user, ENTER)),
    )


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One outcome with its paper and what it follows from."""
    one = _one(request, pk)
    return page(
        request, "supervision/accountability.html", title=f"{one.form}（{one.decided_on}）", crumbs=[LIST], one=one,
        files=one.files.all(), may_withdraw=one.withdrawn_at is None,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter an outcome; ``?zhenggai=`` and ``?wenti=`` name what it follows from."""
    organ = organ_for(request, ENTER)
    services.forms_in_use()
    asked = request.GET.get("wenti", "")
    finding = Finding.objects.filter(pk=asked, run__organ=organ).first() if asked.isdecimal() else None

    def act(data: dict[str, Any]) -> tuple[str, str]:
        file = data.pop("file")
        sent = {"data": file.read(), "name": file.name} if file else {}
        made = services.enter_accountability(organ=organ, by=request.user, finding=finding, **data, **sent)
        return reverse("supervision:accountability", args=[made.pk]), "已登记。"

    initial = {"rectification": request.GET.get("zhenggai", ""), "matter": finding.says if finding else ""}
    form = forms.EnterForm(*typed(request), organ=organ, initial=initial)
    intro = f"{organ.name}。只有公开办负责人和监督员能看，年度报告只用件数。"
    return act_page(
        request, form, act, title="登记责任追究", button="登记", back=LIST[1], crumbs=[LIST], intro=intro
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an outcome out of the count."""
    one = _one(request, pk)
    url = reverse("supervision:accountability", args=[pk])

    def act(data: dict[str, Any]) -> tuple[str, str]:
        services.withdraw_accountability(record=one, by=request.user, **data)
        return url, "已撤销，不再计数；记录和理由保留。"

    return act_page(
        request, forms.WithdrawForm(*typed(request)), act, title="撤销", button="撤销", back=url, intro=str(one),
        crumbs=[LIST, (str(one.form), url)],
    )  # fmt: skip


@require_GET
def paper(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """The decision as a paper."""
    stored = get_object_or_404(AccountabilityFile, pk=file, accountability=_one(request, pk))
    with stored.file.open("rb") as stream:
        return download(stream.read(), stored.download_name, "application/octet-stream")

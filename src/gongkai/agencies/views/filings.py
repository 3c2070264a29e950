"""Filings: what is due, what was filed, recording one, its receipt, the office's limit."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies import acts, selectors, services
from gongkai.agencies.errors import AgencyRefused
from gongkai.agencies.forms_filings import FilingForm, ReceiptForm, RuleForm
from gongkai.agencies.models import FilingRecord, Organ, WorkingGroup
from gongkai.agencies.services.filings import Receipt
from gongkai.agencies.shell import download, organ_asked, organs_or_refuse, page

LIST = ("报备", "/houtai/baobei/")
SEE, WRITE = "查看领导小组", "登记报备"
PAGE_SIZE = 50
MAX_RULES = 20  # an office above many organs opens the others from its own list
Refused = (AgencyRefused, PermissionDenied)


def _one(request: HttpRequest, pk: int, act: str = SEE) -> FilingRecord:
    found = FilingRecord.objects.select_related("organ", "by").filter(pk=pk).first()
    if found is None:
        raise Http404("没有这次报备")
    acts.require(request.user, act, found.organ)
    return found


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What is to be filed by when, and what was filed."""
    organs = organs_or_refuse(acts.organs_for(request.user, SEE), SEE)
    today = timezone.localdate()
    due = selectors.filings_due(request.user)
    sheet = Paginator(selectors.filings_of(organs), PAGE_SIZE).get_page(request.GET.get("ye"))
    writes = acts.organs_for(request.user, WRITE)
    return page(
        request, "agencies/filings.html", title=LIST[0], sheet=sheet, due=[(one, one.is_overdue(today)) for one in due],
        may_write=bool(writes), rules=[(organ, selectors.rule_of(organ)) for organ in (writes or organs)[:MAX_RULES]],
    )  # fmt: skip


def _organ(request: HttpRequest) -> tuple[Organ, int | None]:
    """The organ of a new filing: that of the group asked for by ``?zu=``, else by ``?jigou=``, else the first."""
    organs = organs_or_refuse(acts.organs_for(request.user, WRITE), WRITE)
    wanted = request.GET.get("zu", "")
    group = (
        WorkingGroup.objects.filter(pk=int(wanted), organ__in=organs).first() if wanted.isdecimal() else None
    )
    if group is not None:
        return group.organ, group.pk
    if not request.GET.get("jigou"):
        first = selectors.open_changes(organs).first()
        return (first.group.organ if first is not None else organs[0]), None
    return organ_asked(request, organs), None


@require_http_methods(["GET", "POST"])
def file(request: HttpRequest) -> HttpResponse:
    """Record a filing."""
    organ, group = _organ(request)
    form = FilingForm(request.POST or None, request.FILES or None, organ=organ, group=group)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        names = ("what", "filed_on", "to_body", "document_number", "note")
        try:
            made = services.file_changes(
                actor=request.user, organ=organ, changes=data["changes"], receipt=form.receipt,
                **{name: data[name] for name in names},
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                "已登记报备。" + ("" if made.receipt_number or made.receipt else "收到回执后请补登。"),
            )
            return redirect("agencies:filing", made.pk)
    return page(
        request, "agencies/act.html", title="登记报备", crumbs=[LIST], status=422 if form.errors else 200, form=form,
        button="登记", back=LIST[1], keep=request.path, intro=f"{organ.name}。报备期限：{selectors.rule_of(organ).limit}。",
    )  # fmt: skip


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One filing with the changes it told of and its receipt."""
    one = _one(request, pk)
    return page(
        request, "agencies/filing.html", title=str(one), crumbs=[LIST], one=one,
        changes=one.changes.select_related("group"),
        wants_receipt=acts.allowed(request.user, WRITE, one.organ) and not (one.receipt or one.receipt_number),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the receipt that came back."""
    one = _one(request, pk, WRITE)
    form = ReceiptForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_receipt(filing=one, actor=request.user, receipt=form.receipt or Receipt())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已登记回执。")
            return redirect("agencies:filing", pk)
    back = reverse("agencies:filing", args=[pk])
    return page(
        request, "agencies/act.html", title="登记回执", crumbs=[LIST, (str(one), back)],
        status=422 if form.errors else 200, form=form, button="登记", back=back, keep=request.path, intro=str(one),
    )  # fmt: skip


@require_GET
def receipt_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt as it was uploaded."""
    one = _one(request, pk)
    if not one.receipt:
        raise Http404("这次报备没有回执文件")
    with one.receipt.open("rb") as stream:
        return download(stream.read(), one.receipt_name, one.receipt_type)


@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest) -> HttpResponse:
    """The office's limit."""
    organ = organ_asked(request, organs_or_refuse(acts.organs_for(request.user, WRITE), WRITE))
    form = RuleForm(request.POST or None, instance=selectors.rule_of(organ))
    if request.method == "POST" and form.is_valid():
        try:
            services.set_rule(actor=request.user, organ=organ, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已保存报备设置。")
            return redirect("agencies:filings")
    return page(
        request, "agencies/act.html", title="报备设置", crumbs=[LIST], status=422 if form.errors else 200, form=form,
        button="保存", back=LIST[1], keep=request.path, intro=f"{organ.name}。期限没有核对的，页面和待办里标明“待核实”。",
    )  # fmt: skip

"""Editions of the catalogue, their lines, and how fresh every column is."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.models import Organ, User
from gongkai.agencies.shell import download, page, post_only, refuse, sentence, xlsx
from gongkai.core.disclosure.categories import ARTICLE_20, article_of
from gongkai.core.publication import Freshness
from gongkai.publishing import access, clocks, selectors, services
from gongkai.publishing.errors import PublishingError
from gongkai.publishing.forms import EntryForm, InForceForm
from gongkai.publishing.models import CatalogueEdition, CatalogueEntry

CATALOGUE = ("主动公开基本目录", "/houtai/mulu/")
Refused = (PublishingError, PermissionDenied, ValidationError)
HEADINGS = (
    "序号",
    "法定类别",
    "公开事项",
    "公开内容",
    "公开依据",
    "公开时限",
    "公开主体",
    "责任部门",
    "公开对象",
    "公开渠道",
    "公开栏目",
)


@require_GET
def editions(request: HttpRequest) -> HttpResponse:
    """Every edition of the organs that the person works for."""
    organs = _organs(request.user)
    found = CatalogueEdition.objects.filter(organ__in=organs).select_related("organ")
    drafting = {edition.organ_id for edition in found if edition.state == CatalogueEdition.State.DRAFT}
    return page(
        request,
        "publishing/catalogue_editions.html",
        title="主动公开基本目录",
        editions=found,
        may_start=[
            organ
            for organ in organs
            if access.allowed(request.user, "编制目录", organ) and organ.pk not in drafting
        ],
    )


@post_only("publishing:editions")
def start(request: HttpRequest) -> HttpResponse:
    """Begin a new edition."""
    organ = Organ.objects.filter(pk=request.POST.get("organ") or 0).first()
    if organ is None:
        raise Http404
    try:
        made = services.start_edition(organ=organ, actor=request.user)
    except Refused as error:
        refuse(request, error)
        return redirect("publishing:editions")
    messages.success(request, f"已编制第{made.number}版，请逐项核对，完成后施行。")
    return redirect("publishing:edition", made.pk)


def _edition(request: HttpRequest, pk: int) -> CatalogueEdition:
    found = CatalogueEdition.objects.select_related("organ").filter(pk=pk).first()
    if found is None:
        raise Http404
    access.require(request.user, "查看审核", found.organ)
    return found


@require_GET
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition with its lines, how many items each has, and what the law asks that no line covers."""
    found = _edition(request, pk)
    entries = list(found.entries.select_related("column", "department"))
    covered = {entry.category for entry in entries}
    live = clocks.items_by_entry(found)
    return page(
        request,
        "publishing/catalogue_edition.html",
        title=str(found),
        crumbs=[CATALOGUE],
        edition=found,
        rows=[(entry, live.get(entry.pk, 0)) for entry in entries],
        missing=[f"{article_of(code)}　{label}" for code, label in ARTICLE_20.items() if code not in covered],
        is_draft=found.state == CatalogueEdition.State.DRAFT,
        may_edit=access.allowed(request.user, "编制目录", found.organ),
        may_put_in_force=access.allowed(request.user, "施行目录", found.organ),
        in_force_form=InForceForm(initial={"effective_from": timezone.localdate()}),
    )


@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, pk: int, entry_pk: int = 0) -> HttpResponse:
    """Add or change one line of a draft edition."""
    found = _edition(request, pk)
    line = found.entries.filter(pk=entry_pk).first() if entry_pk else None
    if entry_pk and line is None:
        raise Http404
    form = EntryForm(request.POST or None, organ=found.organ, instance=line)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                services.save_entry(
                    edition=found,
                    actor=request.user,
                    values=form.cleaned_data,
                    entry=CatalogueEntry.objects.get(pk=line.pk) if line else None,
                )
                messages.success(request, "已保存。")
                return redirect("publishing:edition", found.pk)
            except Refused as error:
                form.add_error(None, sentence(error))
        status = 422
    return page(
        request,
        "publishing/catalogue_entry.html",
        title=f"修改第 {line.position} 项" if line else "添加事项",
        crumbs=[CATALOGUE, (str(found), reverse("publishing:edition", args=[found.pk]))],
        status=status,
        form=form,
        edition=found,
        line=line,
    )


@post_only("publishing:edition", "pk")
def remove(request: HttpRequest, pk: int, entry_pk: int) -> HttpResponse:
    """Take a line out."""
    found = _edition(request, pk)
    line = found.entries.filter(pk=entry_pk).first()
    if line is None:
        raise Http404
    try:
        services.remove_entry(entry=line, actor=request.user)
        messages.success(request, f"已删去“{line.name}”。")
    except Refused as error:
        refuse(request, error)
    return redirect("publishing:edition", pk)


@post_only("publishing:edition", "pk")
def put_in_force(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an edition apply."""
    found = _edition(request, pk)
    form = InForceForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请填写施行日期，例如 2026-03-02。")
        return redirect("publishing:edition", pk)
    try:
        services.put_in_force(
            edition=found, actor=request.user, effective_from=form.cleaned_data["effective_from"]
        )
        messages.success(request, "目录已施行，门户上已公布。")
    except Refused as error:
        refuse(request, error)
    return redirect("publishing:edition", pk)


@require_GET
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """An edition as XLSX."""
    found = _edition(request, pk)
    rows = [
        (
            str(line.position), f"{line.article}　{line.category_label}", line.name, line.content, line.basis, line.limit_text,
            line.subject, line.department.name if line.department else "", line.get_audience_display(), line.channels,
            line.column.title if line.column else "",
        )
        for line in found.entries.select_related("column", "department")
    ]  # fmt: skip
    content = xlsx(HEADINGS, rows, sheet="主动公开基本目录")
    return download(
        content, f"{found}.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )


@require_GET
def freshness(request: HttpRequest) -> HttpResponse:
    """Every column with its newest item and whether it is in time (栏目更新)."""
    organs = _organs(request.user)
    today = timezone.localdate()
    states = clocks.column_states(today)
    year = today.year
    return page(
        request,
        "publishing/freshness.html",
        title="栏目更新",
        rows=[(state, clocks.FRESHNESS_LABELS[state.freshness]) for state in states],
        troubles=sum(state.freshness in {Freshness.STALE, Freshness.BLANK} for state in states),
        coverage=[_coverage(organ, year) for organ in organs if organ.catalogue_editions.exists()],
        year=year,
    )


def _coverage(organ: Organ, year: int) -> dict[str, Any]:
    counts = clocks.category_coverage(organ, year)
    return {
        "organ": organ,
        "timeliness": clocks.timeliness(organ, year),
        "rows": [(article_of(code), label, counts.get(code, 0)) for code, label in ARTICLE_20.items()],
    }


def _organs(user: User) -> list[Organ]:
    organs = selectors.organs_for(user, "查看审核")
    if not organs:
        raise PermissionDenied("您没有查看主动公开的权限，请联系系统管理员授予角色。")
    return organs

"""The style book in the back office: the list, a new entry, a new version, the end of one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.shell import page, post_only, refuse, sentence
from gongkai.proofing import access, selectors, services
from gongkai.proofing.errors import ProofingError
from gongkai.proofing.forms import StyleEntryForm
from gongkai.proofing.models import SEVERITY_CHOICES, StyleEntry

BOOK = ("用语库", "/houtai/jiaodui/")
PAGE_SIZE = 100
Refused = (ProofingError, PermissionDenied)


@require_GET
def book(request: HttpRequest) -> HttpResponse:
    """The entries of the person's organs and of those above them; old versions on request."""
    found = _seen(request).select_related("organ", "made_by", "ended_by")
    words, severity = request.GET.get("ci", "").strip(), request.GET.get("chengdu", "")
    all_versions, kind = request.GET.get("banben") == "quanbu", request.GET.get("lei", "")
    today = timezone.localdate()
    if words:
        found = found.filter(
            Q(wrong__icontains=words) | Q(right__icontains=words) | Q(reason__icontains=words)
        )
    if severity in dict(SEVERITY_CHOICES):
        found = found.filter(severity=severity, kind=StyleEntry.Kind.WORDING)
    if kind in StyleEntry.Kind.values:
        found = found.filter(kind=kind)
    if not all_versions:
        found = found.filter(Q(no_longer_from=None) | Q(no_longer_from__gt=today))
    editable = {organ.pk for organ in selectors.organs_for(request.user, "维护用语库")}
    sheet = Paginator(found.order_by("kind", "wrong", "-version"), PAGE_SIZE).get_page(request.GET.get("ye"))
    return page(
        request,
        "proofing/book.html",
        title="用语库",
        sheet=sheet,
        rows=[(entry, _state(entry, today), entry.organ_id in editable) for entry in sheet],
        may_add=bool(editable),
        words=words,
        severity=severity,
        all_versions=all_versions,
        severities=SEVERITY_CHOICES,
        kind=kind,
        kinds=StyleEntry.Kind.choices,
    )


def _seen(request: HttpRequest) -> QuerySet[StyleEntry]:
    organs = selectors.organs_for(request.user, "查看用语库")
    if not organs:
        raise PermissionDenied("您没有查看用语库的权限，请联系系统管理员授予角色。")
    seen = StyleEntry.objects.none()
    for organ in organs:
        seen = seen | StyleEntry.objects.of(organ)
    return seen.distinct()


def _state(entry: StyleEntry, today: Any) -> str:
    if entry.in_force_from > today:
        return f"{entry.in_force_from:%Y-%m-%d} 起启用"
    if entry.no_longer_from is not None:
        return f"{entry.no_longer_from:%Y-%m-%d} 起停用"
    return "启用中"


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new entry."""
    organs = selectors.organs_for(request.user, "维护用语库")
    if not organs:
        raise PermissionDenied("您没有维护用语库的权限：由校对员、终审或者公开办负责人办理。")
    kind = request.POST.get("kind") or request.GET.get("lei", "")
    kind = kind if kind in StyleEntry.Kind.values else StyleEntry.Kind.WORDING
    form = StyleEntryForm(request.POST or None, organs=organs, kind=kind)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            made = services.add_entry(organ=values.pop("organ"), actor=request.user, values=values)
        except Refused as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, f"已添加“{made}”，例句试验通过。")
            return redirect("proofing:book")
    return _form_page(request, form, "添加条目", kind=kind, kinds=StyleEntry.Kind.choices)


def _form_page(request: HttpRequest, form: StyleEntryForm, title: str, **context: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    return page(
        request, "proofing/entry.html", title=title, crumbs=[BOOK], status=status, form=form, **context
    )


def _entry(request: HttpRequest, pk: int) -> StyleEntry:
    found = StyleEntry.objects.select_related("organ", "made_by", "ended_by").filter(pk=pk).first()
    if found is None:
        raise Http404("没有这一条")
    return found


@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry with its versions; a change makes the next version."""
    found = _entry(request, pk)
    if not _seen(request).filter(pk=pk).exists():
        access.require(request.user, "查看用语库", found.organ)
    may_edit = access.allowed(request.user, "维护用语库", found.organ) and found.no_longer_from is None
    form = StyleEntryForm(request.POST or None, entry=found)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.revise_entry(entry=found, actor=request.user, values=form.cleaned_data)
        except Refused as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(
                request, f"已存为第 {made.version} 版，自 {made.in_force_from:%Y-%m-%d} 起启用。"
            )
            return redirect("proofing:entry", made.pk)
    return _form_page(
        request, form, f"“{found.wrong}”", entry=found, versions=_versions(found), may_edit=may_edit,
        state=_state(found, timezone.localdate()),
    )  # fmt: skip


def _versions(entry: StyleEntry) -> list[StyleEntry]:
    """All versions of an entry, the newest first."""
    newest = entry
    while (after := StyleEntry.objects.filter(replaces=newest).first()) is not None:
        newest = after
    found = [newest]
    while found[-1].replaces_id is not None:
        found.append(StyleEntry.objects.select_related("made_by").get(pk=found[-1].replaces_id))
    return found


@post_only("proofing:entry", "pk")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an entry out of the book."""
    found = _entry(request, pk)
    try:
        done = services.end_entry(entry=found, actor=request.user)
    except Refused as error:
        refuse(request, error)
        return redirect("proofing:entry", pk)
    messages.success(request, f"“{done.wrong}”已停用，记录保留。")
    return redirect("proofing:book")

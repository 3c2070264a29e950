"""Leading groups and offices: the list, one with its roster on a day, its changes, the printed roster."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies import acts, selectors, services
from gongkai.agencies.errors import AgencyRefused
from gongkai.agencies.forms_groups import (
    AddMembersForm,
    ChangeMemberForm,
    DutiesForm,
    EndGroupForm,
    EstablishForm,
)
from gongkai.agencies.models import GroupMember, WorkingGroup
from gongkai.agencies.rosters import roster_pdf, roster_xlsx
from gongkai.agencies.shell import XLSX_TYPE, download, organs_or_refuse, page, refuse

LIST = ("领导小组", "/houtai/zuzhi/")
SEE, WRITE = "查看领导小组", "维护领导小组"
Refused = (AgencyRefused, PermissionDenied)


def _one(request: HttpRequest, pk: int, act: str = SEE) -> WorkingGroup:
    found = WorkingGroup.objects.select_related("organ").filter(pk=pk).first()
    if found is None:
        raise Http404("没有这个小组")
    acts.require(request.user, act, found.organ)
    return found


def _day(request: HttpRequest) -> date:
    """The day asked for by ``?riqi=``; today when left out or no day."""
    try:
        return parse_date(request.GET.get("riqi", "")) or timezone.localdate()
    except ValueError:
        return timezone.localdate()


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Groups that are there, then those that were."""
    organs = organs_or_refuse(acts.organs_for(request.user, SEE), SEE)
    return page(
        request, "agencies/groups.html", title=LIST[0], rows=selectors.groups_of(organs, timezone.localdate()),
        may_write=bool(acts.organs_for(request.user, WRITE)),
    )  # fmt: skip


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The group, who was in it on a day, and every change."""
    one, day, today = _one(request, pk), _day(request), timezone.localdate()
    return page(
        request, "agencies/group.html", title=one.name, crumbs=[LIST], one=one, day=day, today=today,
        roster=one.roster_on(day), changes=one.changes.select_related("by").order_by("-on", "-pk"),
        may_write=acts.allowed(request.user, WRITE, one.organ) and one.valid_to is None,
        was_there=one.valid_from <= day and (one.valid_to is None or day <= one.valid_to),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def establish(request: HttpRequest) -> HttpResponse:
    """Set up a group."""
    organs = organs_or_refuse(acts.organs_for(request.user, WRITE), WRITE)
    form = EstablishForm(request.POST or None, organs=organs)

    def act(data: dict[str, Any]) -> tuple[int, str]:
        made = services.establish_group(actor=request.user, seats=data.pop("lines"), **data)
        return made.pk, "已登记成立，请按期向上级报备。"

    return _act(request, form, act, title="登记成立", button="登记", back=LIST[1], crumbs=[LIST])


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add members."""
    one = _one(request, pk, WRITE)

    def act(data: dict[str, Any]) -> tuple[int, str]:
        made = services.add_members(
            actor=request.user, group=one, seats=data["lines"], on=data["on"], reason=data["reason"]
        )
        return pk, f"已增加 {len(made)} 人。"

    return _of_group(request, one, AddMembersForm(request.POST or None), act, "增加成员", "增加")


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """Replace a member, or let them leave."""
    one = _one(request, pk, WRITE)
    found = GroupMember.objects.filter(pk=member, group=one).first()
    if found is None:
        raise Http404("小组里没有这个成员")
    if found.valid_to is not None:
        messages.warning(request, f"{found.name}已于 {found.valid_to} 退出，不用再办。")
        return redirect("agencies:group", pk)
    form = ChangeMemberForm(request.POST or None, initial={"position": found.position})

    def act(data: dict[str, Any]) -> tuple[int, str]:
        made = services.change_member(
            actor=request.user, member=found, on=data["on"], reason=data["reason"], successor=form.successor
        )
        return pk, f"已更换为{made.name}。" if made is not None else f"{found.name}已退出。"

    return _of_group(request, one, form, act, "更换或者退出", "登记变动", intro=str(found))


@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the duties anew."""
    one = _one(request, pk, WRITE)
    form = DutiesForm(request.POST or None, initial={"duties": one.duties, "on": timezone.localdate()})

    def act(data: dict[str, Any]) -> tuple[int, str]:
        services.change_duties(actor=request.user, group=one, **data)
        return pk, "已调整职责，原来的职责保留在变动记录里。"

    return _of_group(request, one, form, act, "调整职责", "保存")


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End the group."""
    one = _one(request, pk, WRITE)

    def act(data: dict[str, Any]) -> tuple[int, str]:
        services.end_group(actor=request.user, group=one, **data)
        return pk, "已登记撤销，名册和变动记录保留。"

    return _of_group(request, one, EndGroupForm(request.POST or None), act, "登记撤销", "撤销")


def _of_group(
    request: HttpRequest,
    one: WorkingGroup,
    form: Form,
    act: Callable[..., Any],
    title: str,
    button: str,
    intro: str = "",
) -> HttpResponse:
    back = reverse("agencies:group", args=[one.pk])
    return _act(
        request, form, act, title=title, button=button, back=back, crumbs=[LIST, (one.name, back)],
        intro=intro or one.name,
    )  # fmt: skip


def _act(
    request: HttpRequest, form: Form, act: Callable[..., Any], *, title: str, button: str, back: str, crumbs: Any,
    intro: str = "",
) -> HttpResponse:  # fmt: skip
    """One act on a page of its own; what was typed stays beside the refusal."""
    if request.method == "POST" and form.is_valid():
        try:
            pk, said = act(dict(form.cleaned_data))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect("agencies:group", pk)
    return page(
        request, "agencies/act.html", title=title, crumbs=crumbs, status=422 if form.errors else 200, form=form,
        intro=intro, button=button, back=back, keep=request.path,
    )  # fmt: skip


@require_GET
def roster(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The roster of a day: ``xlsx`` or ``pdf``."""
    one, day = _one(request, pk), _day(request)
    if kind not in {"xlsx", "pdf"}:
        raise Http404("名册只有 XLSX 和 PDF 两种")
    if kind == "xlsx":
        return download(roster_xlsx(one, day), f"{one.name}名册-{day}.xlsx", XLSX_TYPE)
    try:
        content = roster_pdf(one, day)
    except Refused as refusal:
        refuse(request, refusal)
        return redirect("agencies:group", pk)
    return download(content, f"{one.name}名册-{day}.pdf", "application/pdf")

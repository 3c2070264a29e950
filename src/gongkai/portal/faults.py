"""我为政府网站找错 on the site itself: a form that asks for no name, and what became of a message."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.inforequests import limits
from gongkai.portal.applying.common import limited, private
from gongkai.portal.applying.forms import PublicForm, choose, line, text
from gongkai.portal.models import PortalSettings
from gongkai.supervision.errors import TicketRefused
from gongkai.supervision.models import FaultTicket
from gongkai.supervision.services import take_ticket


class FaultForm(PublicForm):
    """What is wrong, and where."""

    kind = choose("哪一类问题", FaultTicket.Kind.choices, "请选择问题的类别。")
    url = line("出错的网页", limit=500, help_text="可以不填；从有错的网页点过来的已经填好。")
    text = text(
        "哪里有错",
        rows=6,
        message="请写明哪里有错。",
        limit=2000,
        help_text="请写原文和您认为正确的内容。不要写个人信息。",
    )
    contact = line("电话或者电子邮箱", limit=60, help_text="可以不填，加密保存，只用于核实，不会公布。")
    key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Say what is wrong; works without JavaScript, and a form sent twice counts once."""
    site = PortalSettings.for_request(request)
    if site.organ is None:
        raise Http404
    if request.method == "POST" and (wait := limits.take("fault", limits.client_address(request))):
        return limited(
            request, wait, what="从您的网络提交的找错太多。", kept="这条没有收到，请保留文字，稍后再提交。",
            back=request.path, back_label="回到网站找错",
        )  # fmt: skip
    initial = {"key": secrets.token_urlsafe(24), "url": _page_named(request)}
    form = FaultForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = _take(site, form.cleaned_data)
        except TicketRefused as refused:
            form.add_error(None, str(refused))
        else:
            return HttpResponseRedirect(reverse("portal:fault_ticket", args=[made.number]))
    return render(
        request,
        "portal/fault.html",
        {"title": "网站找错", "form": form, "national": site.find_fault_link},
        status=422 if form.errors else 200,
    )


def _page_named(request: HttpRequest) -> str:
    """The page from which a reader came, when it is one of ours."""
    given = request.GET.get("ye", "")[:500]
    return request.build_absolute_uri(given) if given.startswith("/") and not urlsplit(given).netloc else ""


def _take(site: PortalSettings, given: dict[str, Any]) -> FaultTicket:
    assert site.organ is not None  # asked before
    return take_ticket(
        organ=site.organ, kind=given["kind"], text=given["text"], url=given["url"], contact=given["contact"],
        submission_key=given["key"],
    )  # fmt: skip


@private
@require_GET
def ticket(request: HttpRequest, number: str) -> HttpResponse:
    """What became of a message: for who holds its number; nothing of what it says is shown."""
    who = limits.client_address(request)
    if wait := limits.take("lookup", who):
        return limited(
            request, wait, what="从您的网络查询的次数太多。", kept="您的留言不受影响。", back=request.path,
            back_label="再查一次",
        )  # fmt: skip
    found = FaultTicket.objects.filter(number=number).first()
    if found is None:
        raise Http404
    return render(
        request,
        "portal/fault_ticket.html",
        {"title": "找错办理情况", "ticket": found, "clocks": found.clocks, "today": timezone.localdate()},
    )

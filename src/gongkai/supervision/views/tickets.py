"""Messages about the site (我为政府网站找错): the list, one with its clocks, entering, answering, closing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.models import Organ
from gongkai.agencies.shell import organs_or_refuse, page, post_only, refuse
from gongkai.supervision import access, selectors, services
from gongkai.supervision.errors import SupervisionError
from gongkai.supervision.forms import AnswerForm, IssueForm, TicketForm
from gongkai.supervision.models import FaultTicket

LIST = ("找错留言", "/houtai/zhaocuo/")
ACT = "办理找错留言"
PAGE_SIZE = 50
Refused = (SupervisionError, PermissionDenied)


def _organ(request: HttpRequest) -> Organ:
    return organs_or_refuse(access.organs_for(request.user, ACT), ACT)[0]


def _one(request: HttpRequest, pk: int) -> FaultTicket:
    found = FaultTicket.objects.select_related("organ", "rectification", "answered_by").filter(pk=pk).first()
    if found is None:
        raise Http404("没有这条留言")
    access.require(request.user, ACT, found.organ)
    return found


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Open ones first, by the day of their next act."""
    _organ(request)
    state = request.GET.get("zhuangtai", "")
    found = selectors.tickets_for(request.user)
    found = found.filter(state=state) if state in FaultTicket.State.values else found
    sheet = Paginator(found.order_by("closed_on", "received_on", "pk"), PAGE_SIZE).get_page(
        request.GET.get("ye")
    )
    today = timezone.localdate()
    return page(
        request,
        "supervision/tickets.html",
        title="找错留言",
        sheet=sheet,
        rows=[(one, one.due_on, one.due_on is not None and one.due_on < today) for one in sheet],
        state=state,
        states=FaultTicket.State.choices,
    )


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What is wrong where, by when it is answered and closed, and what was done."""
    found = _one(request, pk)
    return page(
        request, "supervision/ticket.html", title=found.number, crumbs=[LIST], one=found, clocks=found.clocks,
        today=timezone.localdate(),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter a message that came another way."""
    organ = _organ(request)
    form = TicketForm(request.POST or None, initial={"received_on": timezone.localdate()})

    def act(data: dict[str, Any]) -> tuple[int, str]:
        made = services.take_ticket(organ=organ, by=request.user, **data)
        return made.pk, f"已登记，编号 {made.number}。"

    return _act(request, form, act, title="登记找错留言", button="登记", back=LIST[1])


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a message."""
    found = _one(request, pk)

    def act(data: dict[str, Any]) -> tuple[int, str]:
        services.answer_ticket(ticket=found, by=request.user, **data)
        return pk, "已答复，留言人凭编号可以看到。"

    form = AnswerForm(request.POST or None, initial={"answer": found.answer})
    return _act(
        request,
        form,
        act,
        title="答复",
        button="答复",
        back=reverse("supervision:ticket", args=[pk]),
        intro=found.text,
    )


@require_http_methods(["GET", "POST"])
def rectify(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue the rectification that a message calls for."""
    found = _one(request, pk)

    def act(data: dict[str, Any]) -> tuple[int, str]:
        made = services.rectify_ticket(ticket=found, by=request.user, **data)
        return pk, f"已下发{made.number}，复查通过后可以办结。"

    form = IssueForm(request.POST or None, organ=found.organ, with_url=False, initial={"problem": found.text})
    back = reverse("supervision:ticket", args=[pk])
    return _act(request, form, act, title="下发整改通知", button="下发", back=back, intro=found.number)


def _act(
    request: HttpRequest, form: Any, act: Any, *, title: str, button: str, back: str, intro: str = ""
) -> HttpResponse:
    """One act on a page of its own; what was typed stays beside the refusal."""
    if request.method == "POST" and form.is_valid():
        try:
            pk, said = act(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect("supervision:ticket", pk)
    return page(
        request, "supervision/form.html", title=title, crumbs=[LIST], status=422 if form.errors else 200, form=form,
        intro=intro, button=button, back=back, keep=request.path,
    )  # fmt: skip


@post_only("supervision:ticket", "pk")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an answered message."""
    try:
        services.close_ticket(ticket=_one(request, pk), by=request.user)
    except Refused as refusal:
        refuse(request, refusal)
    else:
        messages.success(request, "已办结。")
    return redirect("supervision:ticket", pk)

"""The outbox as the office sees it: what waits, what stands still and why; never what it says."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.shell import page, post_only
from gongkai.integrations import outbox as acts
from gongkai.integrations.access import require_watch
from gongkai.integrations.models import OutboxMessage

LIST = ("待发消息", "/houtai/waifa/")
PAGE_SIZE = 50


class DropForm(forms.Form):
    """Why a message is given up."""

    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


@require_GET
def outbox(request: HttpRequest) -> HttpResponse:
    """Messages by state, the newest first."""
    require_watch(request.user)
    state = request.GET.get("zhuangtai", "")
    found = OutboxMessage.objects.defer("payload")
    if state in OutboxMessage.State.values:
        found = found.filter(state=state)
    counts = [
        (value, label, OutboxMessage.objects.filter(state=value).count())
        for value, label in OutboxMessage.State.choices
    ]
    return page(
        request,
        "integrations/outbox.html",
        title=LIST[0],
        sheet=Paginator(found, PAGE_SIZE).get_page(request.GET.get("ye")),
        state=state,
        counts=counts,
    )


def _message(request: HttpRequest, pk: int) -> OutboxMessage:
    require_watch(request.user)
    found = OutboxMessage.objects.filter(pk=pk).first()
    if found is None:
        raise Http404("没有这条消息")
    return found


@post_only("integrations:outbox")
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a stopped message back."""
    acts.try_again(message=_message(request, pk), actor=request.user)
    messages.success(request, "已放回待发送，几分钟内再发。")
    return redirect("integrations:outbox")


@require_http_methods(["GET", "POST"])
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a stopped message up."""
    message = _message(request, pk)
    form = DropForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.drop(message=message, reason=form.cleaned_data["reason"], actor=request.user)
        messages.success(request, "已登记放弃发送。")
        return redirect("integrations:outbox")
    return page(
        request, "integrations/drop.html", title="放弃发送", crumbs=[LIST], message=message, form=form,
        status=422 if form.errors else 200,
    )  # fmt: skip

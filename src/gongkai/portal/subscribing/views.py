"""Pages of the subscription. Every address gets the same answer, so nobody learns whether one is known."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from gongkai.core.identifiers import IdentifierFaulty, parse_email
from gongkai.inforequests import limits
from gongkai.portal.applying.common import limited, private
from gongkai.portal.applying.forms import PublicForm, line
from gongkai.portal.models import PortalSettings
from gongkai.portal.shared import shared
from gongkai.portal.subscribing import acts


class SubscribeForm(PublicForm):
    """An address and the columns it wants."""

    email = line(
        "电子邮箱",
        limit=100,
        message="请填写电子邮箱。",
        complete="email",
        help_text="加密保存，只用来发订阅的邮件，退订后删除。",
    )
    columns = forms.TypedMultipleChoiceField(
        label="栏目", coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一个栏目。", "invalid_choice": "有的栏目已经撤销，请重新选择。"},
    )  # fmt: skip

    def clean_email(self) -> str:
        try:
            return parse_email(self.cleaned_data["email"])
        except IdentifierFaulty as fault:
            raise forms.ValidationError(str(fault)) from fault


def _form(request: HttpRequest) -> SubscribeForm:
    common = shared(request)
    chosen = request.GET.get("lanmu", "")
    form = SubscribeForm(request.POST or None, initial={"columns": [chosen] if chosen.isdecimal() else []})
    form.fields["columns"].choices = [
        (one.pk, one.title) for one in common.columns.values() if one.live and one.pk in common.filled
    ]
    return form


@private
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """Ask for a subscription."""
    site = PortalSettings.for_request(request)
    if request.method == "POST" and (wait := limits.take("subscribe", limits.client_address(request))):
        return limited(
            request,
            wait,
            what="从您的网络订阅的次数太多。",
            kept="",
            back=request.path,
            back_label="回到订阅",
        )
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        day = timezone.localdate().isoformat()
        if not limits.take("subscribe_address", email.lower(), day):
            acts.ask(email=email, columns=form.cleaned_data["columns"], site=site)
        return render(
            request, "portal/subscribing/asked.html", {"title": "请到邮箱确认", "days": acts.CONFIRM_DAYS}
        )
    return render(
        request, "portal/subscribing/subscribe.html", {"title": "邮件订阅", "form": form},
        status=422 if form.errors else 200,
    )  # fmt: skip


def _done(request: HttpRequest, title: str, text: str, status: int = 200) -> HttpResponse:
    context = {"title": title, "message": text, "back_url": "/dingyue/", "back_label": "邮件订阅"}
    return render(request, "portal/message.html", context, status=status)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm by a button: programs that only open the links of mails confirm nothing."""
    try:
        if request.method == "POST":
            acts.confirm(token)
            return _done(request, "订阅成功", "以后有新信息的日子，每天发一封邮件。邮件末尾有退订地址。")
        acts.question_of(token)
    except acts.LinkStale as stale:
        return _done(request, "不能确认", str(stale), status=410)
    return render(
        request, "portal/subscribing/button.html",
        {"title": "确认订阅", "button": "确认订阅", "text": "按下面的按钮，订阅开始。"},
    )  # fmt: skip


@csrf_exempt  # mail programs send it for the reader (RFC 8058); the token is the right to do it
@private
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """End a subscription by a button."""
    try:
        if request.method == "POST":
            acts.leave(token)
            return _done(request, "已退订", "不会再收到邮件，您的邮箱地址已经删除。")
        acts.subscriber_of(token)
    except acts.LinkStale as stale:
        return _done(request, "不能退订", str(stale), status=410)
    return render(
        request, "portal/subscribing/button.html",
        {"title": "退订", "button": "退订", "text": "按下面的按钮，全部栏目退订，邮箱地址删除。"},
    )  # fmt: skip

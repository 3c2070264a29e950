"""Screens of other channels: what has gone where, sending, the monthly gazette."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.shell import download, organs_or_refuse, page, sentence
from gongkai.publishing import access, selectors
from gongkai.publishing.errors import PublishingError
from gongkai.publishing.gazette.acts import compile_issue, shown_issues
from gongkai.publishing.models import ChannelRelease, GazetteIssue, ItemPage
from gongkai.publishing.services import channels as services

LIST = ("其他渠道", "/houtai/qudao/")
PAGE_SIZE = 50


class SendForm(forms.Form):
    """To which channel."""

    channel = forms.ChoiceField(
        label="渠道", widget=forms.RadioSelect,
        choices=[("draft", "微信公众号：存为草稿，到公众平台上发布"), ("wechat", "微信公众号：直接发布"), ("board", "公开栏：登记张贴")],
    )  # fmt: skip
    place = forms.CharField(label="张贴地点", max_length=200, required=False, help_text="登记张贴的填写。")


class MonthForm(forms.Form):
    """Which month."""

    year = forms.IntegerField(label="年", min_value=2000, max_value=2999)
    month = forms.IntegerField(label="月", min_value=1, max_value=12)


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What has gone to other channels, and the gazettes."""
    organs = selectors.organs_for(request.user, "查看审核")
    if not organs:
        raise PermissionDenied("您没有查看发布记录的权限，请联系系统管理员授予角色。")
    found = ChannelRelease.objects.filter(item__organ__in=organs).exclude(channel="gazette")
    shown = {issue.pk for organ in organs for issue in shown_issues(organ)}
    issues = GazetteIssue.objects.filter(organ__in=organs).select_related("organ", "compiled_by")[:PAGE_SIZE]
    return page(
        request, "publishing/channels.html", title=LIST[0],
        sheet=Paginator(found.select_related("item", "by"), PAGE_SIZE).get_page(request.GET.get("ye")),
        issues=[(one, one.pk in shown, len(one.contents)) for one in issues],
        may_compile=bool(selectors.organs_for(request.user, "编制公报")),
        has_account=bool(settings.WECHAT_APP_ID),
    )  # fmt: skip


def _form_page(
    request: HttpRequest, form: forms.Form, act: Any, *, title: str, button: str, intro: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, act(form.cleaned_data))
            return redirect("publishing:channels")
        except (PublishingError, PermissionDenied) as error:
            form.add_error(None, sentence(error))
    return page(
        request, "publishing/normative/form.html", title=title, crumbs=[LIST], form=form, button=button, back=LIST[1],
        intro=intro, status=422 if form.errors else 200, keep=f"qudao-{request.path}",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send one item."""
    item = ItemPage.objects.select_related("organ").filter(pk=pk).first()
    if item is None:
        raise Http404("没有这条信息")
    access.require(request.user, "发布到其他渠道", item.organ)

    def act(given: dict[str, Any]) -> str:
        if given["channel"] == "board":
            services.note_on_board(item=item, place=given["place"], actor=request.user)
            return "已登记张贴。"
        services.send_to_wechat(item=item, publish=given["channel"] == "wechat", actor=request.user)
        return "已排队，几分钟内发出，结果在这里看。"

    return _form_page(
        request, SendForm(request.POST or None), act, title="发到其他渠道", button="提交", intro=item.title
    )


@require_http_methods(["GET", "POST"])
def compile_gazette(request: HttpRequest) -> HttpResponse:
    """Compile the gazette of a month."""
    organs = organs_or_refuse(selectors.organs_for(request.user, "编制公报"), "编制公报")
    today = timezone.localdate()
    last = {"year": today.year - (today.month == 1), "month": (today.month - 2) % 12 + 1}

    def act(given: dict[str, Any]) -> str:
        issue = compile_issue(organ=organs[0], actor=request.user, **given)
        return f"{issue}已编成，收 {len(issue.contents)} 条，公众可以下载。"

    return _form_page(
        request, MonthForm(request.POST or None, initial=last), act, title="编月度公报", button="编成公布",
        intro=f"{organs[0].name}。收这个月发布、现在仍在网站上的原创信息，一字不改。再编一次成为新的一版。",
    )  # fmt: skip


@require_GET
def gazette(request: HttpRequest, pk: int) -> HttpResponse:
    """An issue as the office sees it, shown or not."""
    issue = GazetteIssue.objects.select_related("organ").filter(pk=pk).first()
    if issue is None:
        raise Http404("没有这期公报")
    access.require(request.user, "查看审核", issue.organ)
    with issue.file.open("rb") as stream:
        return download(stream.read(), f"{issue}.pdf", "application/pdf")

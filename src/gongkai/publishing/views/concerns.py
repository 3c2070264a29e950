"""Screens of public concerns: the list by urgency and one page for each act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.shell import organs_or_refuse, page, sentence
from gongkai.publishing import access, selectors
from gongkai.publishing.errors import PublishingError
from gongkai.publishing.models import ColumnPage, ColumnType, ItemPage, PublicConcern
from gongkai.publishing.services import concerns as services

LIST = ("公众关切", "/houtai/guanqie/")
PAGE_SIZE = 50
ACT = "登记公众关切"


class ConcernForm(forms.ModelForm):
    """A concern."""

    class Meta:
        model = PublicConcern
        fields = ["title", "source", "weight", "heard_at"]
        widgets = {"heard_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")}


class ItemForm(forms.Form):
    """Which item answers."""

    item = forms.ModelChoiceField(label="回应的信息", queryset=ItemPage.objects.none())

    def __init__(self, *args: Any, concern: PublicConcern, **given: Any) -> None:
        super().__init__(*args, **given)
        columns = ColumnPage.objects.filter(column_type=ColumnType.RESPONSE)
        found = ItemPage.objects.none()
        for column in columns:
            found = found | ItemPage.objects.child_of(column)
        self.fields["item"].queryset = found.filter(organ=concern.organ).order_by("-pk")


class ReasonForm(forms.Form):
    """Why there is no public answer."""

    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Every concern, the newest first, with its hour."""
    if not selectors.organs_for(request.user, "查看审核"):
        raise PermissionDenied("您没有查看公众关切的权限，请联系系统管理员授予角色。")
    organs = selectors.organs_for(request.user, "查看审核")
    found = PublicConcern.objects.filter(organ__in=organs).select_related("response", "organ")
    now = timezone.now()
    sheet = Paginator(found, PAGE_SIZE).get_page(request.GET.get("ye"))
    return page(
        request, "publishing/concerns.html", title="公众关切", sheet=sheet,
        rows=[(one, one.is_late(now)) for one in sheet], may_note=bool(selectors.organs_for(request.user, ACT)),
    )  # fmt: skip


def _form_page(
    request: HttpRequest, form: forms.BaseForm, act: Callable[[dict[str, Any]], str], *, title: str, button: str,
    intro: str = "",
) -> HttpResponse:  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            text = act(form.cleaned_data)
        except (PublishingError, PermissionDenied) as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, text)
            return redirect("publishing:concerns")
    return page(
        request, "publishing/normative/form.html", title=title, crumbs=[LIST], form=form, button=button, back=LIST[1],
        intro=intro, status=422 if form.errors else 200, keep=f"guanqie-{request.path}",
    )  # fmt: skip


def _concern(request: HttpRequest, pk: int) -> PublicConcern:
    found = PublicConcern.objects.select_related("organ").filter(pk=pk).first()
    if found is None:
        raise Http404("没有这件关切")
    access.require(request.user, ACT, found.organ)
    return found


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest) -> HttpResponse:
    """Note a concern."""
    organs = organs_or_refuse(selectors.organs_for(request.user, ACT), ACT)
    form = ConcernForm(request.POST or None, initial={"heard_at": timezone.localtime()})

    def act(given: dict[str, Any]) -> str:
        services.note_concern(organ=organs[0], actor=request.user, **given)
        return "已登记。"

    return _form_page(request, form, act, title="登记公众关切", button="登记", intro=organs[0].name)


@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Link the item that answers."""
    concern = _concern(request, pk)

    def act(given: dict[str, Any]) -> str:
        services.link_response(concern=concern, item=given["item"], actor=request.user)
        return "已关联。信息发布后，公众页面同时列出关切和回应。"

    form = ItemForm(request.POST or None, concern=concern)
    return _form_page(request, form, act, title="关联回应", button="关联", intro=concern.title)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close without a public answer."""
    concern = _concern(request, pk)

    def act(given: dict[str, Any]) -> str:
        services.close_concern(concern=concern, actor=request.user, **given)
        return "已登记不作公开回应。"

    return _form_page(
        request,
        ReasonForm(request.POST or None),
        act,
        title="不作公开回应",
        button="登记",
        intro=concern.title,
    )

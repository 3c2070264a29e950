"""What the back-office screens of this room share: one act on a page of its own, the organ of an act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongkai.agencies import shell
from gongkai.agencies.models import Organ, User
from gongkai.agencies.shell import Crumb, page, sentence
from gongkai.releasefiles.errors import UploadRefused
from gongkai.services import access
from gongkai.services.errors import ServicesError

PAGE_SIZE = 50
Refused = (ServicesError, PermissionDenied, UploadRefused)
Done = Callable[[dict[str, Any]], tuple[str, str]]


def typed(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is bound to: nothing on a first look."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def form_page(
    request: HttpRequest, form: forms.BaseForm, act: Done, *, title: str, button: str, back: str,
    crumbs: Sequence[Crumb], intro: str = "", **extra: Any,
) -> HttpResponse:  # fmt: skip
    """One act on a page of its own; what was typed stays beside the refusal."""
    if request.method == "POST" and form.is_valid():
        try:
            text, url = act(form.cleaned_data)
        except Refused as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, text)
            return redirect(url)
    return page(
        request, "services/form.html", title=title, crumbs=crumbs, form=form, button=button, back=back, intro=intro,
        status=422 if form.errors else 200, keep=f"banshi-{request.path}", multipart=form.is_multipart(), **extra,
    )  # fmt: skip


def organs_or_refuse(user: User, act: str) -> list[Organ]:
    """Where the person may do an act; refuses who may nowhere."""
    return shell.organs_or_refuse(access.organs_for(user, act), act)


def organ_of(request: HttpRequest, act: str) -> Organ:
    """The organ of an act that starts something."""
    return shell.organ_asked(request, organs_or_refuse(request.user, act))

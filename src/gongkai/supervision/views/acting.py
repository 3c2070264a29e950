"""An act on a page of its own: form, refusal beside what was typed, where it leads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from gongkai.agencies.models import Organ
from gongkai.agencies.shell import Crumb, organ_asked, organs_or_refuse, page
from gongkai.releasefiles.errors import UploadRefused
from gongkai.supervision import access
from gongkai.supervision.errors import SupervisionError

Refused = (SupervisionError, UploadRefused, PermissionDenied)
Act = Callable[[dict[str, Any]], tuple[str, str]]
FIRST_YEAR, LAST_YEAR = 2000, 2100


def act_page(
    request: HttpRequest,
    form: forms.Form,
    act: Act,
    *,
    title: str,
    button: str,
    back: str,
    crumbs: Sequence[Crumb],
    intro: str = "",
) -> HttpResponse:
    """Show a form, or do its act and go on; ``act`` gives where to go and what to say."""
    if request.method == "POST" and form.is_valid():
        try:
            url, said = act(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect(url)
    return page(
        request, "supervision/form.html", title=title, crumbs=crumbs, status=422 if form.errors else 200, form=form,
        intro=intro, button=button, back=back, keep=request.path,
    )  # fmt: skip


def typed(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is filled with."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def organ_for(request: HttpRequest, act: str) -> Organ:
    """Where the person may do an act: the organ that the address names, or their first."""
    return organ_asked(request, organs_or_refuse(access.organs_for(request.user, act), act))


def year_asked(request: HttpRequest) -> int:
    """The year that the address names, this one otherwise."""
    given = request.GET.get("nian", "")
    this = timezone.localdate().year
    year = int(given) if given.isascii() and given.isdigit() and len(given) == 4 else this
    return year if FIRST_YEAR <= year <= LAST_YEAR else this

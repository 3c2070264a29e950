"""Staff enter an application that came by counter, post, fax or e-mail, with its three moments."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.agencies.models import Organ
from gongkai.agencies.shell import page
from gongkai.inforequests import selectors
from gongkai.inforequests.errors import InfoRequestError
from gongkai.inforequests.forms import RegisterForm
from gongkai.inforequests.services import intake
from gongkai.inforequests.views.cases import QUEUE, show_refusal
from gongkai.releasefiles.errors import UploadRefused
from gongkai.releasefiles.sniffing import FileType, screen_upload

ALLOWED = frozenset({FileType.PDF, FileType.JPEG, FileType.PNG})


def _organ(request: HttpRequest, organs: list[Organ]) -> Organ:
    code = request.POST.get("organ") or request.GET.get("jigou")
    return next((organ for organ in organs if organ.code == code), organs[0])


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """The form; what was typed stays when something is wrong."""
    organs = selectors.organs_required(request.user, "登记申请")
    organ = _organ(request, organs)
    form = RegisterForm(
        request.POST or None,
        request.FILES or None,
        initial={
            "submission_key": secrets.token_hex(32),
            "submitted_on": timezone.localdate(),
            "arrived_on": timezone.localdate(),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = intake.register(
                organ=organ,
                filing=form.filing(),
                actor=request.user,
                submission_key=form.cleaned_data["submission_key"],
                assisted=form.cleaned_data["assisted"],
                files=_given(form),
                **form.moments(),
            )
        except UploadRefused as error:
            form.add_error("files", str(error))
        except InfoRequestError as error:
            show_refusal(form, _renamed(error))
        else:
            until = f"，答复期限 {made.due_on:%Y年%-m月%-d日}" if made.due_on else "，请尽快与申请人确认"
            messages.success(request, f"已登记，编号 {made.number}，查询码 {made.query_code}{until}。")
            return redirect("inforequests:detail", made.pk)
    return page(
        request,
        "inforequests/register.html",
        title="登记申请",
        crumbs=[QUEUE],
        status=422 if request.method == "POST" else 200,
        form=form,
        organs=organs,
        organ=organ,
    )


def _renamed(error: InfoRequestError) -> InfoRequestError:
    """The form asks for a day where the record holds a moment."""
    faults = getattr(error, "faults", None)
    if faults and "submitted_at" in faults:
        faults["submitted_on"] = faults.pop("submitted_at")
    return error


def _given(form: RegisterForm) -> list[intake.Given]:
    file = form.cleaned_data["files"]
    if not file:
        return []
    data = file.read()
    file_type = screen_upload(data, file.name, allowed=ALLOWED)
    return [intake.Given(file.name, file_type.content_type, data)]

"""What the office sets: its data in letters, the wording of letters; hand-over of posts; retention."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.agencies.access import AccessDenied
from gongkai.agencies.models import Organ
from gongkai.agencies.shell import page, refuse
from gongkai.audit.services import record_event
from gongkai.core.disclosure.decisions import DECISIONS
from gongkai.core.disclosure.letters import FACTS, LETTERS, Origin
from gongkai.inforequests import access, selectors
from gongkai.inforequests.errors import InfoRequestError
from gongkai.inforequests.forms import HandOverForm, ProfileForm, TemplateForm
from gongkai.inforequests.letters import letter_pdf
from gongkai.inforequests.models import InfoRequest, LetterTemplate, OfficeProfile
from gongkai.inforequests.services import intake, lettering, retaining
from gongkai.inforequests.views.cases import QUEUE


def _organ(request: HttpRequest, act: str) -> tuple[Organ, list[Organ]]:
    organs = selectors.organs_required(request.user, act)
    code = request.POST.get("organ") or request.GET.get("jigou")
    return next((organ for organ in organs if organ.code == code), organs[0]), organs


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """The office's own data, printed in every letter."""
    organ, organs = _organ(request, "维护文书模板")
    known = OfficeProfile.objects.filter(organ=organ).first()
    form = ProfileForm(request.POST or None, instance=known or OfficeProfile(organ=organ))
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        record_event(
            "inforequest.profile_saved",
            saved,
            actor=request.user,
            organ_code=organ.code,
            fields=sorted(form.changed_data),
        )
        messages.success(request, "已保存，以后制发的文书都用新的信息。")
        return redirect(f"{reverse('inforequests:profile')}?jigou={organ.code}")
    return page(
        request,
        "inforequests/profile.html",
        title="受理机构信息",
        crumbs=[QUEUE],
        status=422 if request.method == "POST" else 200,
        form=form,
        organ=organ,
        organs=organs,
        is_new=known is None,
    )


@require_http_methods(["GET"])
def templates(request: HttpRequest) -> HttpResponse:
    """All letters and which wording is in use."""
    organ, organs = _organ(request, "维护文书模板")
    own = {}
    for template in LetterTemplate.objects.filter(organ=organ).order_by("kind", "version"):
        own[template.kind] = template
    return page(
        request,
        "inforequests/templates.html",
        title="文书模板",
        crumbs=[QUEUE],
        organ=organ,
        organs=organs,
        rows=[(kind, own.get(number)) for number, kind in LETTERS.items()],
    )


@require_http_methods(["GET", "POST"])
def template(request: HttpRequest, kind_number: int) -> HttpResponse:
    """Edit one wording; obligatory parts cannot be taken out, older letters keep their text."""
    organ, organs = _organ(request, "维护文书模板")
    kind = LETTERS.get(kind_number)
    if kind is None:
        raise Http404("没有这种文书")
    current = lettering.current_template(organ, kind_number)
    start = {
        "title": current.title if current else kind.title,
        "body": current.body if current else kind.default_body,
    }
    if request.GET.get("moren") and request.method == "GET":
        start = {"title": kind.title, "body": kind.default_body, "note": "恢复默认文字"}
    form = TemplateForm(request.POST or None, initial=start)
    sample = None
    if request.method == "POST" and form.is_valid():
        wording = (form.cleaned_data["title"], form.cleaned_data["body"])
        try:
            if request.POST.get("what") == "preview":
                sample = lettering.preview_wording(organ, kind, wording)
            else:
                saved = lettering.save_template(
                    organ=organ, kind_number=kind_number, actor=request.user, **form.cleaned_data
                )
                messages.success(request, f"已保存为第 {saved.version} 版，以后制发的文书用这一版。")
                return redirect(f"{reverse('inforequests:template', args=[kind_number])}?jigou={organ.code}")
        except (InfoRequestError, AccessDenied) as error:
            for line in str(error).splitlines():
                form.add_error("body", line)
    usable = [*kind.required, *kind.optional]
    usable += [name for name, fact in FACTS.items() if fact.origin is Origin.RECORD]
    return page(
        request,
        "inforequests/template.html",
        title=kind.title,
        crumbs=[QUEUE, ("文书模板", f"{reverse('inforequests:templates')}?jigou={organ.code}")],
        status=422 if request.method == "POST" and not sample else 200,
        form=form,
        kind=kind,
        organ=organ,
        organs=organs,
        current=current,
        versions=LetterTemplate.objects.filter(organ=organ, kind=kind_number).select_related("created_by"),
        required=kind.required,
        usable=list(dict.fromkeys(usable)),
        outcomes=[d.ground for d in DECISIONS if d.letter == kind_number],
        sample=sample,
    )


@require_http_methods(["GET"])
def template_file(request: HttpRequest, kind_number: int) -> HttpResponse:
    """The wording in use as PDF, its facts shown by name."""
    organ, _ = _organ(request, "维护文书模板")
    kind = LETTERS.get(kind_number)
    if kind is None:
        raise Http404("没有这种文书")
    current = lettering.current_template(organ, kind_number)
    wording = (current.title, current.body) if current else (kind.title, kind.default_body)
    response = HttpResponse(
        letter_pdf(lettering.preview_wording(organ, kind, wording)), content_type="application/pdf"
    )
    response["Content-Disposition"] = "inline"
    return response


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest) -> HttpResponse:
    """Everything open of a person who leaves goes to a successor at once."""
    organ, organs = _organ(request, "审批申请")
    staff = [
        person.pk
        for person in get_user_model().objects.filter(is_active=True)
        if access.allowed(person, "办理申请", organ)
    ]
    holders = InfoRequest.objects.open().filter(organ=organ).exclude(handler=None).values("handler")
    people = get_user_model().objects.filter(pk__in=staff) | get_user_model().objects.filter(pk__in=holders)
    form = HandOverForm(request.POST or None, people=people.distinct().order_by("name"))
    if request.method == "POST" and form.is_valid():
        try:
            count = intake.hand_over(organ=organ, actor=request.user, **form.cleaned_data)
        except (InfoRequestError, AccessDenied) as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request,
                f"已将{form.cleaned_data['leaving'].get_full_name()}的 {count} 件在办申请移交给{form.cleaned_data['successor'].get_full_name()}。",
            )
            return redirect("inforequests:queue")
    loads = {}
    for case in (
        InfoRequest.objects.open().filter(organ=organ).exclude(handler=None).select_related("handler")
    ):
        loads[case.handler.get_full_name()] = loads.get(case.handler.get_full_name(), 0) + 1
    return page(
        request,
        "inforequests/hand_over.html",
        title="岗位移交",
        crumbs=[QUEUE],
        status=422 if request.method == "POST" else 200,
        form=form,
        organ=organ,
        organs=organs,
        loads=sorted(loads.items()),
    )


@require_http_methods(["GET", "POST"])
def retention(request: HttpRequest) -> HttpResponse:
    """Cases past their retention: personal data are destroyed, the statistics stay."""
    organ, organs = _organ(request, "销毁申请人信息")
    today = timezone.localdate()
    if request.method == "POST":
        try:
            count = retaining.anonymise(organ=organ, actor=request.user, today=today)
        except (InfoRequestError, AccessDenied) as error:
            refuse(request, error)
        else:
            messages.success(request, f"已销毁 {count} 件申请的申请人信息，统计数据保留。")
        return redirect(f"{reverse('inforequests:retention')}?jigou={organ.code}")
    known = OfficeProfile.objects.filter(organ=organ).first()
    return page(
        request,
        "inforequests/retention.html",
        title="个人信息保存期限",
        crumbs=[QUEUE],
        organ=organ,
        organs=organs,
        years=known.retention_years if known else None,
        cases=retaining.due_for_anonymisation(organ, today),
        done=InfoRequest.objects.filter(organ=organ).exclude(anonymised_at=None).count(),
    )

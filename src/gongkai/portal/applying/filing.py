"""Filing an application online: one subject a step, a review page, a receipt. Works without JavaScript.

What is typed is kept on the server with each step, right or wrong; its address never holds any of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.calendar_files import working_calendar
from gongkai.core.calendars import CalendarNotPublished, NoticeFaulty
from gongkai.core.disclosure.clock import Channel, Entry, Kind, reply_due
from gongkai.inforequests import limits
from gongkai.inforequests.errors import ActRefused, FilingFaulty
from gongkai.inforequests.models import ApplicationDraft, InfoRequest
from gongkai.inforequests.services.drafting import (
    DraftBody,
    body_of,
    discard_draft,
    drop_file,
    find_draft,
    keep_answers,
    keep_file,
    read_within_limit,
    start_draft,
    submit_draft,
)
from gongkai.portal.applying.common import (
    END_MARK,
    ROOT,
    again_at,
    draft_days,
    limited,
    office_of,
    page,
    private,
)
from gongkai.portal.applying.forms import KIND_WORDS, OBTAIN_WORDS, STEP_OF_FIELD, STEPS, StepForm
from gongkai.portal.searching import items_like
from gongkai.publishing.models import ItemPage
from gongkai.releasefiles.errors import UploadRefused

COOKIE = "sqcg"
CUT_SHORT = (
    "网络在中途断了，这一页只收到一部分，没有保存这次的改动；以前各步填写的内容都在。请检查后再提交一次。"
)
NO_FILE = "请上传身份证明的照片或者扫描件；没有条件上传的，可以当面或者邮寄申请。"
KEPT = "您填写的内容已经保存"


def current_draft(request: HttpRequest) -> ApplicationDraft | None:
    return find_draft(request.COOKIES.get(COOKIE, ""))


def to(name: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"inforequests_public:{name}"))


def step_address(slug: str) -> str:
    return reverse("inforequests_public:step", args=[slug])


@private
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """What is needed, said first; a button begins or goes on."""
    office = office_of(request)
    if not office.takes_online or office.organ is None:
        return page(request, "closed", "网上申请尚未开通", contact=office.contact)
    draft = current_draft(request)
    if request.method == "POST":
        if wait := limits.take("draft", limits.client_address(request)):
            return limited(
                request,
                wait,
                what="从您所在的网络打开的申请表太多。",
                kept="",
                back=request.path,
                back_label="回到上一页",
            )
        if draft is not None:
            discard_draft(draft)
        draft, token = start_draft(office.organ)
        response = HttpResponseRedirect(step_address("xinxi"))
        response.set_cookie(
            COOKIE,
            token,
            max_age=draft_days() * 24 * 3600,
            path=ROOT,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
        return response
    begun = draft is not None and draft.request is None and bool(body_of(draft).answers)
    return page(
        request,
        "start",
        "提交政府信息公开申请",
        organ=office.organ,
        office=office,
        contact=office.contact,
        sent=draft.request if draft is not None else None,
        go_on=step_address(_first_open(body_of(draft))) if begun else "",
        days=draft_days(),
    )


@private
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, slug: str) -> HttpResponse:
    """One step of the form."""
    draft = current_draft(request)
    if draft is None:
        return to("start")
    if draft.request is not None:
        return to("receipt")
    title, form_class = STEPS[slug]
    body = body_of(draft)
    if request.method != "POST":
        return _step_page(request, slug, title, form_class(initial=body.answers, so_far=body.answers), body)
    if END_MARK not in request.POST:
        form = form_class(initial=body.answers, so_far=body.answers)
        return _step_page(request, slug, title, form, body, status=400, problem=CUT_SHORT)
    form = form_class(request.POST, request.FILES, so_far=body.answers)
    try:
        return _keep_step(request, draft, slug, form)
    except (ActRefused, ApplicationDraft.DoesNotExist):  # sent or cleared in another window meanwhile
        return to("start")


def _keep_step(request: HttpRequest, draft: ApplicationDraft, slug: str, form: StepForm) -> HttpResponse:
    keep_answers(draft, form.typed())
    if request.POST.get("shanchu", "").isdecimal():
        drop_file(draft, int(request.POST["shanchu"]))
        return HttpResponseRedirect(f"{request.path}#files")
    form.is_valid()
    wait = _keep_files(request, draft, form)
    body = body_of(draft)
    if form.errors:
        return _step_page(request, slug, STEPS[slug][0], form, body, status=429 if wait else 422)
    if slug == "xinxi" and _already_public(body):
        return to("found")
    return _onward(slug, body)


def _keep_files(request: HttpRequest, draft: ApplicationDraft, form: StepForm) -> int:
    """Keep the files of a step; refusals stand beside the field. Gives the seconds to wait when it was too often."""
    if "files" not in form.fields:
        return 0
    given: Iterable[UploadedFile] = request.FILES.getlist("files")
    for file in given:
        if wait := limits.take("upload", limits.client_address(request)):
            form.add_error(
                "files",
                f"从您所在的网络上传得太频繁，“{file.name}”没有保存，请在 {again_at(wait):%H:%M} 以后再上传。其他内容已保存。",
            )
            return wait
        try:
            keep_file(draft, file.name or "文件", read_within_limit(file))
        except UploadRefused as refusal:
            form.add_error("files", str(refusal))
    if not body_of(draft).files and "files" not in form.errors:
        form.add_error("files", NO_FILE)
    return 0


def _step_page(
    request: HttpRequest,
    slug: str,
    title: str,
    form: StepForm,
    body: DraftBody,
    *,
    status: int = 200,
    problem: str = "",
) -> HttpResponse:
    slugs = list(STEPS)
    at = slugs.index(slug)
    back = step_address(slugs[at - 1]) if at else reverse("inforequests_public:start")
    return page(
        request,
        "step",
        title,
        status=status,
        form=form,
        slug=slug,
        number=at + 1,
        total=len(slugs) + 1,
        back=back,
        files=body.files,
        problem=problem,
        end_mark=END_MARK,
        days=draft_days(),
        multipart="files" in form.fields,
    )


@private
@require_http_methods(["GET", "HEAD", "POST"])
def found(request: HttpRequest) -> HttpResponse:
    """What is published already and may be what is wanted; it may be taken instead, and nothing is filed."""
    draft = current_draft(request)
    if draft is None:
        return to("start")
    if draft.request is not None:
        return to("receipt")
    items = _already_public(body_of(draft))
    if request.method == "POST":
        if "quyong" not in request.POST:
            return _onward("xinxi", body_of(draft))
        discard_draft(draft)
        chosen = ",".join(str(item.pk) for item in items)
        response = HttpResponseRedirect(f"{reverse('inforequests_public:taken')}?tiaomu={chosen}")
        response.delete_cookie(COOKIE, path=ROOT)
        return response
    if not items:
        return _onward("xinxi", body_of(draft))
    return page(request, "found", "这些信息已经公开", items=items)


def _already_public(body: DraftBody) -> list[ItemPage]:
    return items_like(body.answers.get("subject", ""), body.answers.get("content", ""))


@require_GET
def taken(request: HttpRequest) -> HttpResponse:
    """Nothing was filed: the published items do."""
    numbers = [int(part) for part in request.GET.get("tiaomu", "").split(",")[:10] if part.isdecimal()]
    items = ItemPage.objects.live().filter(pk__in=[n for n in numbers if n < 2**31])
    return page(request, "taken", "没有提交申请", items=items)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest) -> HttpResponse:
    """Everything once more before it is sent; sending is here, and makes one record however often it is done."""
    draft = current_draft(request)
    if draft is None:
        return to("start")
    if draft.request is not None:
        return to("receipt")
    body = body_of(draft)
    if request.method != "POST":
        return _review_page(request, body)
    if _faults(body):
        return _review_page(request, body, status=422)
    if wait := limits.take("filing", limits.client_address(request)):
        return limited(
            request,
            wait,
            what="从您所在的网络提交的申请太多，这件申请还没有提交。",
            kept=f"{KEPT}，{draft_days()} 天内从这台设备打开就能继续提交，不用重填。",
            back=reverse("inforequests_public:review"),
            back_label="回到核对页",
        )
    try:
        submit_draft(draft)
    except FilingFaulty as error:
        return _review_page(request, body, status=422, faults=error.faults)
    except ActRefused as error:
        return _review_page(request, body, status=422, faults={"files": str(error)})
    return to("receipt")


def _review_page(
    request: HttpRequest, body: DraftBody, *, status: int = 200, faults: dict[str, str] | None = None
) -> HttpResponse:
    found_faults = faults if faults is not None else _faults(body)
    sections = [
        (
            slug,
            title,
            [
                (field.label, _shown(name, body.answers.get(name, "")))
                for name, field in form_class.base_fields.items()
                if name != "files" and (field.required or body.answers.get(name))
            ],
        )
        for slug, (title, form_class) in STEPS.items()
    ]
    problems = [(STEP_OF_FIELD.get(name, "xinxi"), name, message) for name, message in found_faults.items()]
    return page(
        request,
        "review",
        "核对并提交",
        status=status,
        sections=sections,
        files=body.files,
        problems=problems,
        number=len(STEPS) + 1,
        total=len(STEPS) + 1,
        back=step_address("lianxi"),
        contact=office_of(request).contact,
        office=office_of(request),
    )


def _shown(name: str, value: str) -> str:
    words: dict[str, dict[str, str]] = {
        "applicant_kind": KIND_WORDS,
        "obtain": {str(key): words for key, words in OBTAIN_WORDS.items()},
        "medium": {"electronic": "电子文件", "paper": "纸质"},
        "identity_kind": dict(InfoRequest.IdentityKind.choices),
    }
    return words.get(name, {}).get(value, value)


def _faults(body: DraftBody) -> dict[str, str]:
    """Every fault that keeps a draft from being sent, by field, in the order of the steps."""
    faults: dict[str, str] = {}
    for _, form_class in STEPS.values():
        form = form_class(body.answers, so_far=body.answers)
        faults.update((name, str(errors[0])) for name, errors in form.errors.items())
        if "files" in form.fields and not body.files:
            faults["files"] = NO_FILE
    return faults


def _first_open(body: DraftBody) -> str:
    """The first step that is not complete; the last one when all are."""
    faults = {STEP_OF_FIELD[name] for name in _faults(body)}
    return next((slug for slug in STEPS if slug in faults), "lianxi")


def _onward(slug: str, body: DraftBody) -> HttpResponse:
    """To the review when all is answered, else to the step after this one."""
    slugs = list(STEPS)
    if not _faults(body) or slug == slugs[-1]:
        return to("review")
    return HttpResponseRedirect(step_address(slugs[slugs.index(slug) + 1]))


@private
@require_GET
def receipt(request: HttpRequest) -> HttpResponse:
    """Number and query code, to be kept; shown to the device that sent it, until the draft's time is over."""
    draft = current_draft(request)
    if draft is None or draft.request is None:
        return to("start")
    office = office_of(request)
    return page(
        request,
        "receipt",
        "申请已提交",
        filed=draft.request,
        organ=draft.organ,
        contact=office.contact,
        today=timezone.localdate(),
        due=_due_if_confirmed_today(office.profile.region if office.profile else "CN"),
        days=draft_days(),
    )


def _due_if_confirmed_today(region: str) -> Any:
    """An example of the count: the due date if the application were confirmed today."""
    today = timezone.localdate()
    try:
        return reply_due(
            [Entry(Kind.RECEIVED, today, Channel.WEB, confirmed_on=today)], working_calendar(region)
        )
    except (CalendarNotPublished, NoticeFaulty):
        return None


@private
@require_POST
def clear(request: HttpRequest) -> HttpResponse:
    """Destroy what this device's draft holds; a filed application stays."""
    draft = current_draft(request)
    if draft is not None:
        discard_draft(draft)
    response = to("cleared")
    response.delete_cookie(COOKIE, path=ROOT)
    return response


@require_GET
def cleared(request: HttpRequest) -> HttpResponse:
    return page(request, "cleared", "已清除")


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of an applicant, why, how long, and who sees it."""
    office = office_of(request)
    return page(
        request,
        "privacy",
        "个人信息怎样使用和保存",
        contact=office.contact,
        years=office.profile.retention_years if office.profile else None,
        days=draft_days(),
    )

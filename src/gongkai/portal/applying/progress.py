"""Looking up an application by number and query code, and what its applicant can do from there.

Who looked one up is known by the session for an hour; no address holds the code or anything personal. The
pages show number, state and dates, never who applied.
"""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Callable
from secrets import compare_digest
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.audit.models import Event as LoggedEvent
from gongkai.audit.services import record_event
from gongkai.core.calendars import CalendarNotPublished, NoticeFaulty
from gongkai.core.disclosure.clock import LedgerImpossible, explain
from gongkai.core.disclosure.procedure import TransitionForbidden
from gongkai.inforequests import limits
from gongkai.inforequests.errors import ActRefused
from gongkai.inforequests.models import Attachment, InfoRequest, Letter
from gongkai.inforequests.selectors import by_number_and_code
from gongkai.inforequests.services import correcting, deciding, extending
from gongkai.inforequests.services.drafting import IDENTITY_FILE_TYPES, MAX_FILES, read_within_limit
from gongkai.inforequests.services.intake import Given
from gongkai.inforequests.services.moving import calendar_of, due_of, profile_of
from gongkai.inforequests.services.releasing import current_files
from gongkai.portal.applying.common import END_MARK, contact_of, limited, page, private
from gongkai.portal.applying.filing import CUT_SHORT, to
from gongkai.portal.applying.forms import CorrectForm, LookUpForm, PublicForm, ReasonForm, WithdrawForm
from gongkai.portal.applying.words import gives_files, offers, standing, timeline
from gongkai.releasefiles.errors import UploadRefused
from gongkai.releasefiles.sniffing import FileType, screen_upload

SESSION_KEY = "inforequests.looked_up"
KNOWN_SECONDS = 3600
NO_MATCH = "编号和查询码对不上。请对照回执核对；查询码里没有数字 0、1 和字母 I、L、O、Z。"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS = {"pdf": "application/pdf", "docx": WORD_TYPE}


def looked_up(request: HttpRequest) -> InfoRequest | None:
    """The application this session has shown number and code of, within the last hour."""
    known = request.session.get(SESSION_KEY)
    if not known or time.time() - known["at"] > KNOWN_SECONDS:
        return None
    request.session[SESSION_KEY] = {**known, "at": int(time.time())}
    return InfoRequest.objects.select_related("organ").filter(pk=known["pk"]).first()


@private
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """Number and code; both must fit. Guessing is limited per application and per address."""
    form = LookUpForm(request.POST or None)
    if request.method != "POST":
        return page(request, "look_up", "查询申请进度", form=form, known=looked_up(request))
    address = limits.client_address(request)
    if wait := limits.take("lookup", address):
        return _too_often(request, wait, "从您所在的网络查询的次数太多。")
    if not form.is_valid():
        return page(request, "look_up", "查询申请进度", status=422, form=form)
    number, code = form.cleaned_data["number"], form.cleaned_data["code"]
    if wait := limits.is_spent("wrong_code", number, address) or limits.is_spent(
        "wrong_code_anywhere", number
    ):
        return _too_often(request, wait, "这个编号输错查询码的次数太多，暂时不能查询。")
    case = by_number_and_code(number, code)
    if case is None:
        limits.take("wrong_code", number, address)
        limits.take("wrong_code_anywhere", number)
        form.add_error(None, NO_MATCH)
        return page(request, "look_up", "查询申请进度", status=422, form=form)
    request.session.cycle_key()
    request.session[SESSION_KEY] = {"pk": case.pk, "at": int(time.time())}
    return to("progress")


def _too_often(request: HttpRequest, wait: int, what: str) -> HttpResponse:
    return limited(
        request,
        wait,
        what=what,
        kept="也可以打电话查询，请准备好申请编号。",
        back=reverse("inforequests_public:look_up"),
        back_label="回到查询页",
    )


@private
@require_GET
def progress(request: HttpRequest) -> HttpResponse:
    """Where the case stands, what happened, what comes next, by when and how that was counted."""
    case = looked_up(request)
    if case is None:
        return to("look_up")
    state, meaning = standing(case)
    today = timezone.localdate()
    return page(
        request,
        "progress",
        f"申请 {case.number} 的进度",
        case=case,
        state=state,
        meaning=meaning,
        moments=timeline(case),
        offers=offers(case),
        late=case.is_open and case.is_overdue(today),
        letters=open_letters(case),
        files=current_files(case) if gives_files(case) else [],
        contact=contact_of(case.organ, request),
        payment_guide=profile_of(case).payment_guide if case.state == "await_payment" else "",
        **_counted(case),
    )


def _counted(case: InfoRequest) -> dict[str, Any]:
    """The derivation of the due date, day by day; empty before the clock starts."""
    try:
        calendar = calendar_of(case)
        due = due_of(case, calendar)
        return {"due": due, "counted": explain(due, calendar) if due else ()}
    except (CalendarNotPublished, NoticeFaulty):
        return {"due": None, "counted": ()}


def open_letters(case: InfoRequest) -> QuerySet[Letter]:
    """Letters to the applicant; a reply only once it was served, for until then it may still change."""
    served = Q(decision=None) | Q(deliveries__isnull=False)
    return case.letters.filter(served, to_applicant=True).exclude(pdf="").distinct()


@private
@require_GET
def letter(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """One letter of the case that was looked up; its first opening is logged as part of its service."""
    case = looked_up(request)
    if case is None:
        return to("look_up")
    found = open_letters(case).filter(pk=pk).first()
    if found is None or form not in FORMS:
        raise Http404
    if not LoggedEvent.objects.filter(
        action="inforequest.letter_opened", subject_type=found._meta.label_lower, subject_id=str(pk)
    ).exists():
        record_event(
            "inforequest.letter_opened",
            found,
            actor="applicant",
            organ_code=case.organ.code,
            request=case.number,
        )
    stored = found.pdf if form == "pdf" else found.docx
    name = f"{found.title}{found.document_number}.{form}"
    return FileResponse(stored.open("rb"), as_attachment=True, filename=name, content_type=FORMS[form])


@private
@require_GET
def released_file(request: HttpRequest, pk: int) -> HttpResponse:
    """One file that was given with the reply."""
    case = looked_up(request)
    if case is None:
        return to("look_up")
    found = next((file for file in current_files(case) if file.pk == pk), None)
    if found is None or not gives_files(case):
        raise Http404
    kind = FileType(found.file_type)
    return FileResponse(
        found.file.open("rb"), as_attachment=True, filename=found.name, content_type=kind.content_type
    )


@private
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the look-up."""
    request.session.pop(SESSION_KEY, None)
    return to("look_up")


Run = Callable[[HttpRequest, InfoRequest, Any], str]


def _act(
    request: HttpRequest, *, name: str, title: str, form_class: type[PublicForm], run: Run, **context: Any
) -> HttpResponse:
    """An act of the applicant: form, tick, service; what cannot be done any more leads back to the progress."""
    case = looked_up(request)
    if case is None:
        return to("look_up")
    if name not in {offer.name for offer in offers(case)}:
        messages.info(request, f"申请现在是“{standing(case)[0]}”，不需要{title}，或者刚才已经办好。")
        return to("progress")
    form, status, problem = form_class(), 200, ""
    if request.method == "POST":
        form, status = form_class(request.POST, request.FILES), 422
        if END_MARK not in request.POST:
            form, status, problem = form_class(), 400, CUT_SHORT
        elif form.is_valid():
            try:
                messages.success(request, run(request, case, form))
            except UploadRefused as refusal:
                form.add_error("files", str(refusal))
            except (ActRefused, TransitionForbidden, LedgerImpossible) as refusal:
                form.add_error(None, str(refusal))
            else:
                return to("progress")
    return page(
        request,
        "act",
        title,
        status=status,
        form=form,
        case=case,
        act=name,
        problem=problem,
        end_mark=END_MARK,
        multipart="files" in form.fields,
        is_late=bool(case.task_due_on and case.task_due_on < timezone.localdate()),
        **context,
    )


@private
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest) -> HttpResponse:
    """The correction (第三十条), once."""
    return _act(request, name="correct", title="补正申请", form_class=CorrectForm, run=_correct)


def _correct(request: HttpRequest, case: InfoRequest, form: CorrectForm) -> str:
    given = form.cleaned_data["files"]
    if len(given) > MAX_FILES:
        raise UploadRefused(f"选了 {len(given)} 个文件，最多上传 {MAX_FILES} 个，请重新选择。")
    files = []
    for file in given:
        data = read_within_limit(file)
        kind = screen_upload(data, file.name, allowed=IDENTITY_FILE_TYPES)
        files.append(Given(file.name, kind.content_type, data, Attachment.Kind.CORRECTION))
    correcting.correct(
        request_id=case.pk,
        content=form.cleaned_data["content"],
        late_reason=form.cleaned_data["late_reason"],
        on=timezone.localdate(),
        files=files,
    )
    return "已收到您的补正，答复期限从明天起重新计算 20 个工作日。"


@private
@require_http_methods(["GET", "HEAD", "POST"])
def give_reason(request: HttpRequest) -> HttpResponse:
    """The reason of an unusual number of applications (第三十五条)."""
    return _act(request, name="give_reason", title="说明理由", form_class=ReasonForm, run=_give_reason)


def _give_reason(request: HttpRequest, case: InfoRequest, form: ReasonForm) -> str:
    extending.give_reason(request_id=case.pk, reason=form.cleaned_data["reason"], on=timezone.localdate())
    return "已收到您说明的理由，本机关审核后告知您。"


@private
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest) -> HttpResponse:
    """Taking the application back; the identity number is asked again as a check."""
    case = looked_up(request)
    if case is not None and request.method == "POST":
        wait = limits.is_spent("wrong_identity", str(case.pk))
        if wait:
            return limited(
                request,
                wait,
                what="证件号码输错的次数太多，暂时不能在网上撤回。",
                kept="申请没有改动。",
                back=reverse("inforequests_public:progress"),
                back_label="回到进度页",
            )
    return _act(request, name="withdraw", title="撤回申请", form_class=WithdrawForm, run=_withdraw)


def _withdraw(request: HttpRequest, case: InfoRequest, form: WithdrawForm) -> str:
    if not compare_digest(_bare(form.cleaned_data["identity_number"]), _bare(case.identity_number)):
        limits.take("wrong_identity", str(case.pk))
        raise ActRefused("证件号码与申请时填写的不一致，没有撤回。请核对后重新输入。")
    deciding.withdraw(
        request_id=case.pk,
        on=timezone.localdate(),
        written_by="申请人凭编号和查询码在网上提交撤回申请，并填写证件号码核对一致",
    )
    return "申请已经撤回，不再办理。"


def _bare(number: str) -> bytes:
    """A number as it is compared: letters and digits, capitals, half width."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", number).upper()).encode()

"""The work queue, the list of all applications, the calendar and the page of one case."""

from __future__ import annotations

from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.access import AccessDenied
from gongkai.agencies.shell import XLSX_TYPE, download, page, post_only, refuse, xlsx
from gongkai.core.disclosure import clock
from gongkai.core.disclosure.procedure import Event, State
from gongkai.core.identifiers import mask_credit_code, mask_name, mask_resident_id, mask_telephone
from gongkai.inforequests import access, selectors
from gongkai.inforequests.errors import InfoRequestError
from gongkai.inforequests.forms import ServeForm
from gongkai.inforequests.letters import letter_pdf
from gongkai.inforequests.models import Attachment, Delivery, FeeNotice, InfoRequest, Letter
from gongkai.inforequests.models.requests import APPLICANT_CHOICES, CHANNEL_CHOICES, STATE_CHOICES
from gongkai.inforequests.services import charging, deciding, lettering, reminding, retaining
from gongkai.inforequests.services.moving import EVENT_LABELS, calendar_of, due_of
from gongkai.inforequests.views.acts import BY_SLUG, choices_of, offered

PAGE_SIZE = 50
SUGGESTED_DAYS = 366
QUEUE = ("依申请公开", "/houtai/shenqing/")


def case_of(request: HttpRequest, pk: int, act: str = "查看申请") -> InfoRequest:
    """The application, if this person may see it.

    Raises:
        Http404: there is none.
        AccessDenied: not for this person.
    """
    case = (
        InfoRequest.objects.select_related("organ", "handler", "department", "redo_of", "registered_by")
        .filter(pk=pk)
        .first()
    )
    if case is None:
        raise Http404("没有这件申请")
    access.require(request.user, act, case.organ)
    return case


def masked_identity(case: InfoRequest) -> str:
    """The identity number with its middle hidden."""
    if case.identity_kind == InfoRequest.IdentityKind.RESIDENT_ID:
        return mask_resident_id(case.identity_number)
    if case.identity_kind == InfoRequest.IdentityKind.CREDIT_CODE:
        return mask_credit_code(case.identity_number)
    number = case.identity_number
    return f"{number[:1]}{'*' * max(0, len(number) - 3)}{number[-2:]}"


def shown_name(case: InfoRequest) -> str:
    """A person's name masked; a body's name is public."""
    return mask_name(case.applicant_name) if case.applicant_kind == "natural" else case.applicant_name


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """What must I do today: overdue, today, three days, later."""
    organs = selectors.organs_required(request.user, "查看申请")
    today = timezone.localdate()
    mine = request.GET.get("wo") == "1"
    cases = selectors.requests_for(request.user)
    if mine:
        cases = cases.filter(handler=request.user)
    found = selectors.queue(cases, today)
    groups = [
        ("已超期", "overdue", found.overdue),
        ("今天到期", "today", found.today),
        ("三天内到期", "soon", found.soon),
        ("以后到期", "later", found.later),
        ("等申请人", "waiting", found.waiting),
    ]
    return page(
        request,
        "inforequests/queue.html",
        title="依申请公开",
        groups=[(name, key, [_row(case, today) for case in cases_]) for name, key, cases_ in groups],
        total=found.total,
        mine=mine,
        today=today,
        may_remind=bool(found.overdue or found.today or found.soon)
        and bool(selectors.organs_for(request.user, "审批申请")),
        may_register=bool(selectors.organs_for(request.user, "登记申请")),
        several=len(organs) > 1,
    )


@post_only("inforequests:queue")
def remind(request: HttpRequest) -> HttpResponse:
    """Write to all handlers at once."""
    try:
        done = reminding.remind_handlers(actor=request.user)
    except InfoRequestError as error:
        refuse(request, error)
    else:
        if done.people:
            messages.success(request, f"已给 {done.people} 位经办人发送催办邮件，共 {done.cases} 件。")
        if done.unreached:
            messages.warning(
                request, f"没有发到：{'、'.join(done.unreached)}。请交办，或者在“机构与人员”中补上邮箱。"
            )
    return redirect("inforequests:queue")


def _row(case: InfoRequest, today: date) -> dict[str, Any]:
    day = selectors.next_day(case)
    is_step = day is not None and day == case.task_due_on and day != case.due_on
    return {
        "case": case,
        "url": reverse("inforequests:detail", args=[case.pk]),
        "name": shown_name(case),
        "day": day,
        "what": "本步" if is_step else "答复",
        "left": (day - today).days if day else None,
    }


def _filtered(request: HttpRequest) -> tuple[QuerySet[InfoRequest], dict[str, str]]:
    given = {
        name: request.GET.get(name, "").strip()[:60]
        for name in ("q", "zhuangtai", "nian", "lei", "fangshi", "chaoqi", "jigou")
    }
    cases = selectors.requests_for(request.user)
    if given["q"]:
        cases = cases.filter(Q(number__icontains=given["q"]) | Q(subject__icontains=given["q"]))
    if given["zhuangtai"] == "ban":
        cases = cases.open()
    elif given["zhuangtai"] in dict(STATE_CHOICES):
        cases = cases.filter(state=given["zhuangtai"])
    if given["nian"].isdigit() and len(given["nian"]) == 4:
        cases = cases.filter(arrived_on__year=int(given["nian"]))
    if given["lei"] in dict(APPLICANT_CHOICES):
        cases = cases.filter(applicant_kind=given["lei"])
    if given["fangshi"] in dict(CHANNEL_CHOICES):
        cases = cases.filter(channel=given["fangshi"])
    if given["jigou"].isdigit():
        cases = cases.filter(organ=int(given["jigou"]))
    if given["chaoqi"]:
        today = timezone.localdate()
        cases = cases.filter(
            Q(closed_on=None, due_on__lt=today) | Q(closed_on__isnull=False, due_on__lt=F("closed_on"))
        )
    return cases.order_by("-arrived_on", "-pk"), given


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """All applications, filtered; exported without personal data."""
    organs = selectors.organs_required(request.user, "查看申请")
    cases, given = _filtered(request)
    if request.GET.get("daochu") == "xlsx":
        content = xlsx(EXPORT_HEADINGS, _export_rows(cases), sheet="依申请公开")
        return download(content, f"依申请公开{timezone.localdate():%Y%m%d}.xlsx", XLSX_TYPE)
    found = Paginator(cases, PAGE_SIZE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    years = sorted(
        {day.year for day in selectors.requests_for(request.user).dates("arrived_on", "year")}, reverse=True
    )
    return page(
        request,
        "inforequests/listing.html",
        title="全部申请",
        crumbs=[QUEUE],
        found=found,
        rows=[(case, shown_name(case), case.is_overdue(today)) for case in found],
        given=given,
        kept=urlencode({name: value for name, value in given.items() if value}),
        years=years,
        states=STATE_CHOICES,
        kinds=APPLICANT_CHOICES,
        channels=CHANNEL_CHOICES,
        organs=organs if len(organs) > 1 else [],
        filtered=any(given.values()),
    )


EXPORT_HEADINGS = (
    "申请编号", "受理机关", "申请人类别", "提交方式", "提交日期", "收到日期", "信息名称", "状态", "办理结果", "答复期限",
    "办结日期", "是否超期", "是否延期", "经办人", "承办部门",
)  # fmt: skip


def _export_rows(cases: QuerySet[InfoRequest]) -> Iterator[list[str]]:
    today = timezone.localdate()
    for case in cases.iterator(chunk_size=500):
        yield [
            case.number,
            case.organ.name,
            case.get_applicant_kind_display(),
            case.get_channel_display(),
            f"{timezone.localdate(case.submitted_at):%Y-%m-%d}",
            f"{case.received_on:%Y-%m-%d}" if case.received_on else "",
            case.subject,
            case.get_state_display(),
            case.get_outcome_display(),
            f"{case.due_on:%Y-%m-%d}" if case.due_on else "",
            f"{case.closed_on:%Y-%m-%d}" if case.closed_on else "",
            "是" if case.is_overdue(today) else "否",
            "是" if case.is_extended else "否",
            case.handler.get_full_name() if case.handler else "",
            str(case.department or ""),
        ]


@require_GET
def month(request: HttpRequest) -> HttpResponse:
    """Due days on a calendar of one month."""
    selectors.organs_required(request.user, "查看申请")
    today = timezone.localdate()
    first = _month_of(request.GET.get("yue", ""), today)
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    by_day: dict[date, list[dict[str, Any]]] = defaultdict(list)
    span = (weeks[0][0], weeks[-1][-1])
    for case in selectors.requests_for(request.user).open():
        for day, what in ((case.due_on, "答复"), (case.task_due_on, "本步")):
            if day is not None and span[0] <= day <= span[1] and not (what == "本步" and day == case.due_on):
                by_day[day].append({"case": case, "what": what})
    return page(
        request,
        "inforequests/month.html",
        title=f"{first.year} 年 {first.month} 月到期",
        crumbs=[QUEUE],
        weeks=[
            [(day, by_day.get(day, []), day.month == first.month, day == today) for day in week]
            for week in weeks
        ],
        before=f"{_shifted(first, -1):%Y-%m}",
        after=f"{_shifted(first, 1):%Y-%m}",
        today=today,
        total=sum(len(lines) for lines in by_day.values()),
    )


def _month_of(text: str, today: date) -> date:
    try:
        year, number = text.split("-")
        return date(int(year), int(number), 1)
    except ValueError:
        return today.replace(day=1)


def _shifted(first: date, months: int) -> date:
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


@require_GET
def suggestions(request: HttpRequest) -> HttpResponse:
    """What several people asked for within a year: perhaps it should be published for everybody (第四十四条)."""
    organs = selectors.organs_required(request.user, "查看申请")
    since = timezone.localdate() - timedelta(days=SUGGESTED_DAYS)
    found = [(organ, cluster) for organ in organs for cluster in selectors.clusters(organ, since=since)]
    return page(
        request,
        "inforequests/suggestions.html",
        title="主动公开建议",
        crumbs=[QUEUE],
        found=found,
        several=len(organs) > 1,
        since=since,
    )


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """State and clock on top, the paper in the middle, what happened at the right."""
    case = case_of(request, pk)
    today = timezone.localdate()
    due = due_of(case)
    days = clock.explain(due, calendar_of(case)) if due is not None else ()
    decision = case.decisions.exclude(state__in=["superseded"]).order_by("-pk").first()
    may = {
        act: access.allowed(request.user, act, case.organ)
        for act in ("办理申请", "审批申请", "保密审查", "查看申请人信息", "登记复议诉讼")
    }
    letters = [
        (letter, list(letter.deliveries.all())) for letter in case.letters.prefetch_related("deliveries")
    ]
    return page(
        request,
        "inforequests/detail.html",
        title=f"申请 {case.number}",
        crumbs=[QUEUE],
        case=case,
        name=shown_name(case),
        identity=masked_identity(case),
        telephone=mask_telephone(case.telephone) if case.telephone else "",
        due=due,
        days=days,
        left=(case.due_on - today).days if case.due_on and case.is_open else None,
        is_overdue=case.is_overdue(today),
        offered=offered(request.user, case),
        may=may,
        may_draft=may["办理申请"] and case.state == State.PROCESSING,
        may_answer_now=may["审批申请"]
        and case.state == State.RECEIVED
        and case.registered_by_id not in {None, request.user.pk},
        waits_for_approval=bool(decision and decision.state == "draft" and case.state == State.REVIEWING),
        decision=decision,
        items=case.items.all(),
        letters=letters,
        unserved=[letter for letter, served in letters if not served],
        attachments=case.attachments.all(),
        consultations=case.consultations.all(),
        assignments=case.assignments.select_related("department"),
        searches=case.searches.all(),
        files=case.release_files.filter(following=None, withdrawn_at=None),
        reviews=case.confidentiality_reviews.select_related("reviewed_by"),
        fee=FeeNotice.objects.filter(request=case).first(),
        disputes=case.disputes.all(),
        redos=case.redos.all(),
        look_alikes=selectors.look_alikes(case),
        timeline=[_told(step) for step in case.steps.select_related("actor").order_by("-pk")],
        today=today,
    )


def _told(step: Any) -> dict[str, Any]:
    is_event = step.event in set(Event)
    return {
        "at": step.at,
        "on": step.on,
        "what": EVENT_LABELS[Event(step.event)] if is_event else "",
        "note": step.note,
        "who": step.actor.get_full_name() if step.actor else "申请人或者系统",
    }


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One act on its own page: what was typed stays, the refusal stands beside it."""
    case = case_of(request, pk)
    chosen = BY_SLUG.get(slug)
    if chosen is None:
        raise Http404("没有这种办理")
    if request.method == "GET" and not chosen.is_open_to(request.user, case):
        messages.warning(
            request,
            f"申请现在是“{case.get_state_display()}”，或者您没有这一步的权限，不能办理“{chosen.verb}”。",
        )
        return redirect("inforequests:detail", pk)
    form = chosen.form(
        request.POST or None,
        initial={**chosen.initial(case), **_from_query(request)},
        **chosen.arguments(case, request.user),
    )
    _offer_choices(form, case, slug)
    if request.method == "POST" and form.is_valid():
        try:
            message = chosen.run(case, request.user, form.cleaned_data, version_of(request))
        except (InfoRequestError, AccessDenied, ValueError) as error:
            show_refusal(form, error)
        else:
            messages.success(request, message)
            return redirect("inforequests:detail", pk)
    return page(
        request,
        "inforequests/act.html",
        title=chosen.verb,
        crumbs=[QUEUE, (f"申请 {case.number}", reverse("inforequests:detail", args=[pk]))],
        status=422 if request.method == "POST" else 200,
        case=case,
        act=chosen,
        form=form,
        version=version_of(request) if request.method == "POST" else case.version,
        proposal=_proposal(case) if slug == "shoufei" else None,
        left=(case.due_on - timezone.localdate()).days if case.due_on and case.is_open else None,
    )


def version_of(request: HttpRequest) -> int:
    """What the person's page showed; a page without it is older than every record."""
    text = request.POST.get("version", "")
    return int(text) if text.isdigit() else 0


def _from_query(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in ("consultation", "assignment", "item") if name in request.GET}


def _offer_choices(form: Any, case: InfoRequest, slug: str) -> None:
    for name in ("consultation", "assignment", "item"):
        if name in form.fields:
            form.fields[name].choices = choices_of(case, slug)


def show_refusal(form: Any, error: Exception) -> None:
    """A refusal stands at its field where it names one, else above the form."""
    faults = getattr(error, "faults", None)
    if isinstance(faults, dict):
        for name, message in faults.items():
            form.add_error(name if name in form.fields else None, message)
        return
    form.add_error(None, str(error))


def _proposal(case: InfoRequest) -> Any:
    return charging.propose(case)


@require_GET
def letter_file(request: HttpRequest, pk: int, letter_pk: int, fmt: str) -> HttpResponse:
    """An issued letter as PDF or DOCX."""
    case = case_of(request, pk)
    letter = Letter.objects.filter(request=case, pk=letter_pk).first()
    if letter is None or fmt not in {"pdf", "docx"} or not letter.pdf:
        raise Http404("没有这份文书")
    field = letter.pdf if fmt == "pdf" else letter.docx
    with field.open("rb") as stream:
        content = stream.read()
    name = f"{letter.title}（{case.number}）.{fmt}"
    return download(content, name, "application/pdf" if fmt == "pdf" else DOCX_TYPE)


DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS = {"shenqingbiao": lettering.application_form, "dengjibiao": lettering.registration_form}


@require_http_methods(["POST"])
def form_file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """申请表 or 登记表 as PDF: they hold the applicant's data in clear, so their reading is logged."""
    case = case_of(request, pk, "查看申请人信息")
    if name not in FORMS:
        raise Http404("没有这种表")
    try:
        retaining.reveal_applicant(request_id=pk, actor=request.user, reason=request.POST.get("reason", ""))
        text = FORMS[name](case)
        return download(letter_pdf(text), f"{text.title}（{case.number}）.pdf", "application/pdf")
    except (InfoRequestError, ValueError) as error:
        refuse(request, error)
        return redirect("inforequests:detail", pk)


@require_GET
def service_return(request: HttpRequest, pk: int, delivery_pk: int) -> HttpResponse:
    """送达回证 of one service as PDF."""
    case = case_of(request, pk)
    delivery = Delivery.objects.select_related("letter").filter(pk=delivery_pk, letter__request=case).first()
    if delivery is None:
        raise Http404("没有这次送达")
    text = lettering.service_return(delivery.letter, delivery)
    return download(letter_pdf(text), f"送达回证（{case.number}）.pdf", "application/pdf")


@require_http_methods(["GET", "POST"])
def applicant(request: HttpRequest, pk: int) -> HttpResponse:
    """The applicant's data in clear, after a reason; the reading is logged."""
    case = case_of(request, pk, "查看申请人信息")
    shown: dict[str, str] = {}
    if request.method == "POST":
        try:
            shown = retaining.reveal_applicant(
                request_id=pk, actor=request.user, reason=request.POST.get("reason", "")
            )
        except InfoRequestError as error:
            refuse(request, error)
    response = page(
        request,
        "inforequests/applicant.html",
        title="申请人信息",
        crumbs=[QUEUE, (f"申请 {case.number}", reverse("inforequests:detail", args=[pk]))],
        case=case,
        shown=shown,
        attachments=case.attachments.all(),
        reason=request.POST.get("reason", ""),
    )
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["POST"])
def attachment(request: HttpRequest, pk: int, attachment_pk: int) -> HttpResponse:
    """A file of the applicant in clear; logged."""
    case = case_of(request, pk, "查看申请人信息")
    found = Attachment.objects.filter(pk=attachment_pk, request=case).first()
    if found is None:
        raise Http404("没有这份材料")
    try:
        given, data = retaining.reveal_attachment(
            attachment_id=found.pk, actor=request.user, reason=request.POST.get("reason", "")
        )
    except InfoRequestError as error:
        refuse(request, error)
        return redirect("inforequests:applicant", pk)
    response = download(data, given.name, given.content_type)
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
def serve_letter(request: HttpRequest, pk: int, letter_pk: int) -> HttpResponse:
    """Record the service of a letter on the way (补正、延期、收费……); a reply is served by its own act."""
    case = case_of(request, pk, "办理申请")
    letter = Letter.objects.filter(request=case, pk=letter_pk).first()
    if letter is None:
        raise Http404("没有这份文书")
    form = ServeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            deciding.serve_letter(letter_id=letter.pk, actor=request.user, **form.cleaned_data)
        except (InfoRequestError, AccessDenied) as error:
            show_refusal(form, error)
        else:
            messages.success(request, f"{letter.title}的送达已登记。")
            return redirect("inforequests:detail", pk)
    return page(
        request,
        "inforequests/act.html",
        title=f"登记送达：{letter.title}",
        crumbs=[QUEUE, (f"申请 {case.number}", reverse("inforequests:detail", args=[pk]))],
        status=422 if request.method == "POST" else 200,
        case=case,
        act={
            "verb": "登记送达",
            "intro": f"{letter.title}　{letter.document_number}。送达的日期和凭证记入送达回证。",
        },
        form=form,
        version=case.version,
    )

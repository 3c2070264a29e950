"""Screens of normative documents: the list, one document, and one page for each act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.models import Organ, User
from gongkai.agencies.shell import download, organ_asked, organs_or_refuse, page, sentence
from gongkai.core.documents.normative import EffectKind, Step
from gongkai.publishing.errors import PublishingError
from gongkai.publishing.models import (
    Cleanup,
    NormativeDocument,
    NormativeOffice,
)
from gongkai.publishing.normative import access, forms, selectors, services
from gongkai.publishing.normative.papers import paper_of
from gongkai.publishing.normative.services.cleaning import in_force
from gongkai.publishing.normative.services.stepping import BY_ITSELF, has_plan
from gongkai.publishing.papers import paper_docx, paper_pdf
from gongkai.publishing.views.normative_timeline import timeline_of
from gongkai.reportfiles.writing.errors import MissingGlyph

LIST = ("规范性文件", "/houtai/guifan/")
CLEANUPS = ("文件清理", "/houtai/guifan/qingli/")
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAGE_SIZE = 50
Refused = (PublishingError, PermissionDenied)
Done = Callable[[dict[str, Any]], tuple[str, str]]


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Every document the person may see, narrowed by state on a day, year and words."""
    organs = _organs(request.user, "查看规范性文件")
    state, words = request.GET.get("zhuangtai", ""), request.GET.get("ci", "").strip()[:60]
    day = _given_day(request.GET.get("on", ""))
    today = timezone.localdate()
    found = selectors.matching(selectors.documents_for(request.user), words)
    found = selectors.of_state(found, state, day or today)
    sheet = Paginator(found.whole(), PAGE_SIZE).get_page(request.GET.get("ye"))
    dues = selectors.dues_for(request.user, today)
    return page(
        request,
        "publishing/normative/listing.html",
        title="规范性文件",
        sheet=sheet,
        rows=[(one, one.standing_on(day or today)) for one in sheet],
        states=selectors.STATES,
        state=state,
        words=words,
        day=day,
        dues=[(due, access.allowed(request.user, due.act, due.document.organ)) for due in dues],
        today=today,
        may_draft=bool(access.organs_for(request.user, "起草规范性文件")),
        may_register=bool(access.organs_for(request.user, "登记编号和备案")),
        may_set_up=bool(access.organs_for(request.user, "维护规范性文件设置")),
        has_several_organs=len(organs) > 1,
    )


def _given_day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _organs(user: User, act: str) -> list[Organ]:
    return organs_or_refuse(access.organs_for(user, act), act)


def organ_for(request: HttpRequest, act: str) -> Organ:
    """The organ of an act that starts something: the one named, or the person's first."""
    return organ_asked(request, _organs(request.user, act))


def document_of(request: HttpRequest, pk: int) -> NormativeDocument:
    found = NormativeDocument.objects.whole().prefetch_related("consultations").filter(pk=pk).first()
    if found is None:
        raise Http404("没有这件文件")
    access.require(request.user, "查看规范性文件", found.organ)
    return found


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: where it stands, what comes next, what happened."""
    document = document_of(request, pk)
    today, office = timezone.localdate(), NormativeOffice.objects.filter(organ=document.organ).first()
    at = document.progress
    step = Step(document.next_step) if document.next_step else None
    allowed = {act: access.allowed(request.user, act, document.organ) for act in access.ACTS}
    consultation = document.consultations.first()
    return page(
        request,
        "publishing/normative/detail.html",
        title="规范性文件",
        crumbs=[LIST],
        document=document,
        standing=document.standing_on(today),
        stages=timeline_of(document),
        step=step,
        may_enter=step is not None and step not in BY_ITSELF and allowed[access.ACT_OF_STEP[step]],
        may_make_item=at.may_be_published and document.page is None and allowed["登记编号和备案"],
        may_consult=step is Step.CONSULTATION and (consultation is None or consultation.is_closed),
        consultation=consultation,
        allowed=allowed,
        is_draft=document.published_on is None,
        plan=getattr(document, "plan", None),
        needs_plan=not has_plan(document),
        effects=document.effects.all(),
        acts=document.acts.select_related("target"),
        links=document.interpretations.all(),
        filing=selectors.filing_day(document, office),
        interpretation=selectors.interpretation_day(document),
        reminder=selectors.reminder_of(document, today),
        is_unsure=office is None or not office.is_confirmed,
        today=today,
    )


def form_page(
    request: HttpRequest, form: django_forms.BaseForm, act: Done, *, title: str, button: str, back: str,
    crumbs: list[tuple[str, str]], intro: str = "", **extra: Any,
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
        request, "publishing/normative/form.html", title=title, crumbs=crumbs, form=form, button=button, back=back,
        intro=intro, status=422 if form.errors else 200, keep=f"guifan-{request.path}", multipart=form.is_multipart(), **extra,
    )  # fmt: skip


def for_document(
    request: HttpRequest, document: NormativeDocument, form: django_forms.BaseForm, act: Callable[[dict[str, Any]], str],
    *, title: str, button: str, intro: str = "",
) -> HttpResponse:  # fmt: skip
    url = reverse("publishing:normative", args=[document.pk])
    return form_page(
        request, form, lambda given: (act(given), url), title=title, button=button, back=url, intro=intro,
        crumbs=[LIST, (document.title, url)],
    )  # fmt: skip


def typed(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """A new document."""
    organ = organ_for(request, "起草规范性文件")

    def act(given: dict[str, Any]) -> tuple[str, str]:
        made = services.begin(organ=organ, actor=request.user, **given)
        return "已登记，请接着办理“起草”这一步。", reverse("publishing:normative", args=[made.pk])

    return form_page(
        request, forms.DraftForm(*typed(request), organ=organ), act, title="起草新文件", button="保存", back=LIST[1],
        crumbs=[LIST], intro=f"制定机关：{organ.name}",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the draft."""
    document = document_of(request, pk)
    form = forms.DraftForm(*typed(request), organ=document.organ, instance=document)
    warning = "" if Step.DRAFTING not in document.progress.done else (
        "草案已经送出。保存修改后，公平竞争审查、合法性审核、集体审议、签发、编号须重新办理。"
    )  # fmt: skip

    def act(given: dict[str, Any]) -> str:
        services.change_draft(document=document, actor=request.user, **given)
        return "草案已保存。"

    return for_document(request, document, form, act, title="修改草案", button="保存", intro=warning)


@require_http_methods(["GET", "POST"])
def take_over(request: HttpRequest) -> HttpResponse:
    """A document that was published before."""
    organ = organ_for(request, "登记编号和备案")

    def act(given: dict[str, Any]) -> tuple[str, str]:
        made = services.take_over(organ=organ, actor=request.user, **given)
        return "已登记。", reverse("publishing:normative", args=[made.pk])

    return form_page(
        request, forms.TakeOverForm(*typed(request), organ=organ), act, title="登记已公布的文件", button="登记",
        back=LIST[1], crumbs=[LIST], intro="系统启用前已经公布的文件，登记后由系统提醒到期、参加清理、计入年报。"
        "规范性文件台账里已有同一文号的，请先在台账里撤销，一件文件只计一次。",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def enter_step(request: HttpRequest, pk: int) -> HttpResponse:
    """The next step."""
    document = document_of(request, pk)
    if not document.next_step or Step(document.next_step) in BY_ITSELF:
        messages.info(
            request, BY_ITSELF.get(Step.PUBLICATION, "") if document.next_step else "没有要办的步骤。"
        )
        return redirect("publishing:normative", pk)
    step = Step(document.next_step)
    form = forms.StepForm(*typed(request), document=document, step=step)

    def act(given: dict[str, Any]) -> str:
        done = services.record_step(document=document, step=step, actor=request.user, **form.given)
        following = done.get_next_step_display()
        return f"已记入。下一步：{following}。" if following else "已记入，全部步骤已完成。"

    title = document.get_next_step_display()
    return for_document(request, document, form, act, title=title, button="记入")


@require_http_methods(["GET", "POST"])
def relate(request: HttpRequest, pk: int) -> HttpResponse:
    """What it does to another document."""
    document = document_of(request, pk)

    def act(given: dict[str, Any]) -> str:
        services.relate(document=document, actor=request.user, **given)
        return "已登记，自本文件施行之日起生效。"

    form = forms.RelateForm(*typed(request), document=document)
    return for_document(request, document, form, act, title="修改、废止其他文件", button="登记")


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan of the interpretation."""
    document = document_of(request, pk)
    form = forms.PlanForm(*typed(request), instance=getattr(document, "plan", None))

    def act(given: dict[str, Any]) -> str:
        services.plan_interpretation(document=document, actor=request.user, **given)
        return "解读方案已登记。"

    return for_document(
        request, document, form, act, title="解读方案", button="登记", intro="解读方案与文件同步组织、同步审签、同步部署。"
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def waive(request: HttpRequest, pk: int) -> HttpResponse:
    """No interpretation, and why."""
    document = document_of(request, pk)

    def act(given: dict[str, Any]) -> str:
        services.waive_interpretation(document=document, actor=request.user, **given)
        return "已登记不作解读的理由。"

    return for_document(
        request, document, forms.WaiveForm(*typed(request)), act, title="不作解读", button="登记"
    )


@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Link an interpretation."""
    document = document_of(request, pk)

    def act(given: dict[str, Any]) -> str:
        services.link_interpretation(document=document, actor=request.user, **given)
        return "已关联，两边页面互相显示链接。"

    form = forms.LinkForm(*typed(request), document=document)
    return for_document(request, document, form, act, title="关联政策解读", button="关联")


@require_http_methods(["GET", "POST"])
def make_item(request: HttpRequest, pk: int) -> HttpResponse:
    """The item to be published."""
    document = document_of(request, pk)

    def act(given: dict[str, Any]) -> tuple[str, str]:
        item = services.make_item(document=document, actor=request.user, **given)
        return "公布的信息已生成，请送审。", reverse("publishing:submit", args=[item.pk])

    url = reverse("publishing:normative", args=[document.pk])
    return form_page(
        request, forms.ColumnForm(*typed(request)), act, title="生成公布的信息", button="生成并送审", back=url,
        crumbs=[LIST, (document.title, url)], intro="正文取自审议通过的文本，送审后由审核人签署，发布即为公布。",
    )  # fmt: skip


@require_GET
def cleanups(request: HttpRequest) -> HttpResponse:
    """All clean-ups."""
    organs = _organs(request.user, "查看规范性文件")
    found = (
        Cleanup.objects.filter(organ__in=organs)
        .select_related("page", "organ")
        .prefetch_related("entries__target")
    )
    return page(
        request,
        "publishing/normative/cleanups.html",
        title="文件清理",
        crumbs=[LIST],
        cleanups=found,
        may_clean=bool(access.organs_for(request.user, "开展文件清理")),
    )


@require_http_methods(["GET", "POST"])
def clean_up(request: HttpRequest) -> HttpResponse:
    """A clean-up: one act for all documents."""
    organ = organ_for(request, "开展文件清理")
    typed = request.POST if request.method == "POST" else None
    form = forms.CleanupForm(typed)
    rows = [(one, forms.ResultForm(typed, prefix=f"w{one.pk}", auto_id="%s")) for one in in_force(organ)]
    if request.method == "POST" and all([form.is_valid(), *(row.is_valid() for _, row in rows)]):
        results = [
            services.Result(one, EffectKind(row.cleaned_data["kind"]), row.cleaned_data["note"], row.cleaned_data["lapses_on"])
            for one, row in rows
            if row.cleaned_data["kind"]
        ]  # fmt: skip
        try:
            made = services.clean_up(organ=organ, actor=request.user, results=results, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, "清理结果公告已生成，请送审；公告发布之日各文件的状态生效。")
            return redirect("publishing:submit", made.page_id)
    return page(
        request, "publishing/normative/clean_up.html", title="开展一次清理", crumbs=[LIST, CLEANUPS], form=form, rows=rows,
        organ=organ, status=422 if form.errors else 200,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def office(request: HttpRequest) -> HttpResponse:
    """What differs from place to place."""
    organ = organ_for(request, "维护规范性文件设置")
    form = forms.OfficeForm(*typed(request), instance=NormativeOffice.objects.filter(organ=organ).first())

    def act(given: dict[str, Any]) -> tuple[str, str]:
        services.set_up_office(organ=organ, actor=request.user, **given)
        return "设置已保存。", LIST[1]

    return form_page(
        request, form, act, title="规范性文件管理设置", button="保存", back=LIST[1], crumbs=[LIST],
        intro=f"{organ.name}。有效期、备案期限各省规定不同，预填的是常见数，请与本省规定核对。",
    )  # fmt: skip


@require_GET
def paper(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The official paper as it would be printed."""
    document = document_of(request, pk)
    writers = {"pdf": (paper_pdf, "application/pdf"), "docx": (paper_docx, DOCX_TYPE)}
    if form not in writers or not document.text.strip():
        raise Http404("没有这个文件")
    write, kind = writers[form]
    try:
        return download(write(paper_of(document)), f"{document.title}.{form}", kind)
    except MissingGlyph as error:
        messages.error(request, f"正文里有字库没有的字：{'、'.join(error.characters)}，请改用其他写法。")
        return redirect("publishing:normative", pk)

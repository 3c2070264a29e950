"""The register of papers and their 公开属性: state, review, decide, look again, begin to publish."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.shell import XLSX_TYPE, download, page, post_only, refuse, sentence, xlsx
from gongkai.publishing import access, selectors, services
from gongkai.publishing.errors import PublishingError
from gongkai.publishing.forms import DecideForm, DraftOfForm, OpinionForm, PaperForm, ReasonForm
from gongkai.publishing.models import SourceDetermination

PAPERS = ("公开属性认定", "/houtai/shuxing/")
PAGE_SIZE = 50
Refused = (PublishingError, PermissionDenied, ValidationError)
_S = SourceDetermination.State
HEADINGS = (
    "标题",
    "文号",
    "起草部门",
    "拟定属性",
    "依据",
    "理由",
    "公开办意见",
    "认定属性",
    "成文日期",
    "认定日期",
    "下次评估",
)


@require_GET
def papers(request: HttpRequest) -> HttpResponse:
    """Papers of the person's organs, what waits first."""
    organs = selectors.organs_for(request.user, "查看审核")
    if not organs:
        raise PermissionDenied("您没有查看公开属性认定的权限，请联系系统管理员授予角色。")
    found = SourceDetermination.objects.filter(organ__in=organs).select_related("department", "organ")
    state, words = request.GET.get("zhuangtai", ""), request.GET.get("ci", "").strip()
    if state in _S.values:
        found = found.filter(state=state)
    elif state == "pinggu":
        found = found.filter(reassess_on__lte=timezone.localdate())
    if words:
        found = found.filter(title__icontains=words)
    if request.GET.get("daochu"):
        return _export(found)
    return page(
        request,
        "publishing/papers.html",
        title="公开属性认定",
        sheet=Paginator(found, PAGE_SIZE).get_page(request.GET.get("ye")),
        states=[*_S.choices, ("pinggu", "到期评估")],
        state=state,
        words=words,
        may_propose=bool(selectors.organs_for(request.user, "拟稿送审")),
    )


def _export(found: object) -> HttpResponse:
    rows = [
        (
            p.title, p.document_number, p.department.name if p.department else "", p.get_proposed_display(),
            p.get_ground_display(), p.reason, p.office_opinion, p.get_decided_display(),
            p.formed_on.isoformat() if p.formed_on else "", p.decided_on.isoformat() if p.decided_on else "",
            p.reassess_on.isoformat() if p.reassess_on else "",
        )
        for p in found  # type: ignore[attr-defined]
    ]  # fmt: skip
    return download(xlsx(HEADINGS, rows, sheet="公开属性认定"), "公开属性认定.xlsx", XLSX_TYPE)


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """State the attribute of a paper, or state it anew after a return."""
    organs = selectors.organs_for(request.user, "拟稿送审")
    if not organs:
        raise PermissionDenied("您没有拟稿的权限，请联系系统管理员授予角色。")
    paper = _paper(request, pk) if pk else None
    form = PaperForm(request.POST or None, organs=organs, instance=paper)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                made = services.propose(
                    organ=paper.organ if paper else form.cleaned_data["organ"],
                    actor=request.user,
                    values=form.cleaned_data,
                    paper=SourceDetermination.objects.get(pk=pk) if pk else None,
                )
                messages.success(request, f"已提交，{made.get_state_display()}。")
                return redirect("publishing:paper", made.pk)
            except Refused as error:
                form.add_error(None, sentence(error))
        status = 422
    return page(
        request,
        "publishing/paper_form.html",
        title="修改公文信息" if pk else "登记公文",
        crumbs=[PAPERS],
        status=status,
        form=form,
    )


def _paper(request: HttpRequest, pk: int) -> SourceDetermination:
    found = SourceDetermination.objects.select_related("organ", "department", "item").filter(pk=pk).first()
    if found is None:
        raise Http404
    access.require(request.user, "查看审核", found.organ)
    return found


@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """One paper with the one next act."""
    found = _paper(request, pk)
    may = {
        name: access.allowed(request.user, act, found.organ)
        for name, act in (("review", "审核公开属性"), ("decide", "认定公开属性"), ("draft", "拟稿送审"))
    }
    return page(
        request,
        "publishing/paper.html",
        title=found.title,
        crumbs=[PAPERS],
        paper=found,
        may_review=may["review"] and found.state == _S.OFFICE and found.proposed_by_id != request.user.pk,
        may_decide=may["decide"] and found.state == _S.SIGNER,
        may_return=(may["review"] and found.state == _S.OFFICE) or (may["decide"] and found.state == _S.SIGNER),
        may_propose=may["draft"] and found.state == _S.RETURNED,
        may_draft=may["draft"] and found.state == _S.DETERMINED and found.decided == "proactive" and not found.item_id,
        may_reassess=may["review"] and found.state == _S.DETERMINED and found.decided != "proactive",
        is_due=found.is_due_for_reassessment(timezone.localdate()),
        opinion_form=OpinionForm(auto_id="opinion_%s"),
        decide_form=DecideForm(
            initial={"publicity": found.office_publicity or found.proposed, "number": found.document_number}, auto_id="decide_%s"
        ),
        reason_form=ReasonForm(auto_id="reason_%s"),
        draft_form=DraftOfForm(auto_id="draft_%s"),
        reassess_form=OpinionForm(initial={"publicity": found.decided}, auto_id="reassess_%s"),
    )  # fmt: skip


def _act(
    request: HttpRequest, pk: int, form: object, act: Callable[[SourceDetermination], str]
) -> HttpResponse:
    found = _paper(request, pk)
    if not form.is_valid():  # type: ignore[attr-defined]
        for name, errors in form.errors.items():  # type: ignore[attr-defined]
            label = form.fields[name].label if name in form.fields else ""  # type: ignore[attr-defined]
            messages.error(request, f"{label}：{'；'.join(errors)}".lstrip("："))
        return redirect("publishing:paper", pk)
    try:
        messages.success(request, act(found))
    except Refused as error:
        refuse(request, error)
    return redirect("publishing:paper", pk)


@post_only("publishing:paper", "pk")
def review(request: HttpRequest, pk: int) -> HttpResponse:
    form = OpinionForm(request.POST)

    def act(found: SourceDetermination) -> str:
        services.review_attribute(paper=found, actor=request.user, **form.cleaned_data)
        return "已提出意见，交签发人认定。"

    return _act(request, pk, form, act)


@post_only("publishing:paper", "pk")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    form = DecideForm(request.POST)

    def act(found: SourceDetermination) -> str:
        made = services.decide(paper=found, actor=request.user, **form.cleaned_data)
        return f"已认定为“{made.get_decided_display()}”。"

    return _act(request, pk, form, act)


@post_only("publishing:paper", "pk")
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    form = ReasonForm(request.POST)

    def act(found: SourceDetermination) -> str:
        services.send_paper_back(paper=found, actor=request.user, **form.cleaned_data)
        return "已退文。"

    return _act(request, pk, form, act)


@post_only("publishing:paper", "pk")
def reassess(request: HttpRequest, pk: int) -> HttpResponse:
    form = OpinionForm(request.POST)

    def act(found: SourceDetermination) -> str:
        given = form.cleaned_data
        made = services.reassess(
            paper=found, actor=request.user, publicity=given["publicity"], reason=given["opinion"]
        )
        return f"已评估，现为“{made.get_decided_display()}”。"

    return _act(request, pk, form, act)


@post_only("publishing:paper", "pk")
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the item that publishes the paper."""
    found = _paper(request, pk)
    form = DraftOfForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请选择发布到哪个栏目。")
        return redirect("publishing:paper", pk)
    try:
        item = services.draft_of(paper=found, column=form.cleaned_data["column"], actor=request.user)
    except Refused as error:
        refuse(request, error)
        return redirect("publishing:paper", pk)
    messages.success(request, "已建立发布草稿，请补充正文后送审。")
    return redirect(reverse("wagtailadmin_pages:edit", args=[item.pk]))

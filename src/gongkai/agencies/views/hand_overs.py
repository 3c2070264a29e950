"""Hand-overs of posts: the list, drawing one up, filling it in, signing, confirming, the paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies import acts, selectors, services
from gongkai.agencies.errors import AgencyRefused
from gongkai.agencies.forms import DrawUpForm, HandOverForm, ReasonForm
from gongkai.agencies.hand_over_list import hand_over_pdf, kept_of, roles_of_paper
from gongkai.agencies.models import HandOver
from gongkai.agencies.open_work import open_work_of
from gongkai.agencies.shell import download, organs_or_refuse, page, post_only, refuse
from gongkai.core.hand_over import Act, Standing, bar

LIST = ("岗位移交", "/houtai/gangwei/")
PAGE_SIZE = 50
Refused = (AgencyRefused, PermissionDenied)


def _one(request: HttpRequest, pk: int) -> HandOver:
    found = selectors.hand_overs_for(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404("没有这份移交单，或者您不能查看")
    return found


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Those under way first, then the newest."""
    found = selectors.hand_overs_for(request.user)
    may_see = bool(acts.organs_for(request.user, "查看岗位移交"))
    if not may_see and not found.exists():
        raise PermissionDenied("您没有“查看岗位移交”的权限，请联系系统管理员授予角色。")
    sheet = Paginator(found.order_by("is_done", "-on", "-pk"), PAGE_SIZE).get_page(request.GET.get("ye"))
    return page(
        request, "agencies/hand_overs.html", title=LIST[0], sheet=sheet,
        may_draw_up=bool(acts.organs_for(request.user, "办理岗位移交")),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def draw_up(request: HttpRequest) -> HttpResponse:
    """Begin a hand-over; the list follows on its own page."""
    organs = organs_or_refuse(acts.organs_for(request.user, "办理岗位移交"), "办理岗位移交")
    form = DrawUpForm(request.POST or None, organs=organs, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data["held"]
        try:
            made = services.draw_up(
                actor=request.user, post=held.post, giver=held.user, taker=form.cleaned_data["taker"],
                on=form.cleaned_data["on"],
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已建立移交单，请逐项填写清单，然后由移交人签字。")
            return redirect("agencies:fill_hand_over", made.pk)
    return page(
        request, "agencies/act.html", title="办理岗位移交", crumbs=[LIST], status=422 if form.errors else 200,
        form=form, button="建立移交单", back=LIST[1], keep=request.path,
        intro="在办事项由系统列出，不用抄写。监交人确认以前，任职、角色和在办事项都不变。",
    )  # fmt: skip


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The list, what is open, who has signed, and what this person can do now."""
    return _shown(request, _one(request, pk))


def _shown(request: HttpRequest, one: HandOver, **bound: ReasonForm) -> HttpResponse:
    user, standing = request.user, Standing(one.standing)
    writes = acts.allowed(user, "办理岗位移交", one.organ)
    witnesses = acts.allowed(user, "监交", one.organ)

    def may(act: Act) -> bool:
        return bar(standing, act, user.pk, one.parties) is None

    signed = one.signatures
    return page(
        request,
        "agencies/hand_over.html",
        title=f"{one.post.name}移交",
        crumbs=[LIST],
        status=422 if bound else 200,
        one=one,
        lines=one.lines.all(),
        steps=one.steps.select_related("person"),
        signatures=[
            (label, signed.get(act))
            for act, label in ((Act.GIVE, "移交人"), (Act.TAKE, "接收人"), (Act.CONFIRM, "监交人"))
        ],
        roles=roles_of_paper(one),
        kept=kept_of(one),
        work=open_work_of(one.giver, one.organ, without=one.keeps) if one.is_open else [],
        may={
            "fill": standing is Standing.DRAFT and (writes or user == one.giver),
            "give": may(Act.GIVE),
            "take": may(Act.TAKE),
            "confirm": witnesses and may(Act.CONFIRM),
            "send_back": may(Act.SEND_BACK) and (witnesses or user == one.taker),
            "void": writes and may(Act.VOID),
        },
        back_form=bound.get("back", ReasonForm(auto_id="back_%s")),
        void_form=bound.get("void", ReasonForm(auto_id="void_%s")),
    )


@require_http_methods(["GET", "POST"])
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill in the list, while nobody has signed."""
    one = _one(request, pk)
    if one.standing != Standing.DRAFT:
        messages.warning(request, "已经签字的移交单不能修改，请先退回。")
        return redirect("agencies:hand_over", pk)
    form = HandOverForm(request.POST or None, hand_over=one)
    if request.method == "POST" and form.is_valid():
        try:
            services.amend(hand_over=one, actor=request.user, **form.given)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已保存。")
            return redirect("agencies:hand_over", pk)
    return page(
        request, "agencies/fill_hand_over.html", title="填写移交清单",
        crumbs=[LIST, (f"{one.post.name}移交", reverse("agencies:hand_over", args=[pk]))],
        status=422 if form.errors else 200, form=form, one=one, keep=request.path,
    )  # fmt: skip


SIGNED: dict[str, tuple[Callable[..., Any], str]] = {
    "yijiao": (services.sign_as_giver, "已签字，等接收人核对后签字。"),
    "jieshou": (services.sign_as_taker, "已签字，等监交人确认。"),
    "jianjiao": (services.confirm, "已确认：任职、选定的角色和在办事项都已转给接收人。"),
}


@post_only("agencies:hand_over", "pk")
def sign(request: HttpRequest, pk: int, whose: str) -> HttpResponse:
    """A signature: the giver's, the taker's, the witness's."""
    if whose not in SIGNED:
        raise Http404("没有这种签字")
    act, said = SIGNED[whose]
    try:
        act(hand_over=_one(request, pk), actor=request.user)
    except Refused as refusal:
        refuse(request, refusal)
    else:
        messages.success(request, said)
    return redirect("agencies:hand_over", pk)


@post_only("agencies:hand_over", "pk")
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to the giver."""
    return _with_reason(request, pk, "back", services.send_back, "已退回，由移交人修改后重新签字。")


@post_only("agencies:hand_over", "pk")
def void(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it up."""
    return _with_reason(request, pk, "void", services.make_void, "已作废，任职和在办事项不变。")


def _with_reason(
    request: HttpRequest, pk: int, what: str, act: Callable[..., Any], said: str
) -> HttpResponse:
    one, form = _one(request, pk), ReasonForm(request.POST, auto_id=f"{what}_%s")
    if form.is_valid():
        try:
            act(hand_over=one, actor=request.user, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect("agencies:hand_over", pk)
    return _shown(request, one, **{what: form})


@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """移交清单 as PDF."""
    one = _one(request, pk)
    try:
        content = hand_over_pdf(one)
    except Refused as refusal:
        refuse(request, refusal)
        return redirect("agencies:hand_over", pk)
    return download(content, f"岗位移交清单-{one.post.name}-{one.on}.pdf", "application/pdf")

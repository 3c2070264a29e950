"""My desk, one review, submitting, withdrawing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.models import User
from gongkai.agencies.shell import download, page, post_only, refuse, sentence
from gongkai.core.publication import STAGES, Route, Stage, obstacle, sequence_of
from gongkai.publishing import access, selectors, services
from gongkai.publishing.comparing import changes_between, earlier_signed
from gongkai.publishing.errors import PublishingError, ReviewRefused
from gongkai.publishing.forms import NoteForm, ReturnForm, SignForm, SubmitForm, WithdrawForm
from gongkai.publishing.models import ItemPage, Review
from gongkai.publishing.models.columns import demands_on
from gongkai.publishing.paging import KeysFirst, first_found
from gongkai.publishing.review_form import review_form_pdf
from gongkai.publishing.services.sign import WHY_NOT
from gongkai.publishing.views.proofread import shown_proof

DESK = ("信息审核", "/houtai/shenhe/")
PAGE_SIZE = 50
Refused = (PublishingError, PermissionDenied)


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for my signature, my publication, my correction; and what is with others."""
    _see_some(request.user)
    found = selectors.desk_of(request.user)
    now = timezone.now()
    groups = [
        ("等我审核", found.to_sign),
        ("审核通过，等我发布", found.to_publish),
        ("退回给我修改", found.to_correct),
        ("在别人手里", found.with_others),
    ]
    return page(
        request,
        "publishing/desk.html",
        title="信息审核",
        groups=[(name, [_row(review, now) for review in reviews]) for name, reviews in groups],
        is_empty=found.is_empty,
        may_draft=bool(selectors.organs_for(request.user, "拟稿送审")),
    )


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Every review the person may see, the newest first."""
    _see_some(request.user)
    found = selectors.reviews_for(request.user).with_steps().order_by("-pk")
    words, state = request.GET.get("ci", "").strip(), request.GET.get("zhuangtai", "")
    if state in Review.State.values:
        found = found.filter(state=state)
    if words:
        # Titles by themselves, so that their index is read and not the texts.
        titled = Review.objects.order_by().filter(title__icontains=words).values("pk")
        keys = first_found(request, found.filter(pk__in=titled))
        found = Review.objects.filter(pk__in=keys).with_steps().order_by("-pk")
    sheet = KeysFirst(found, PAGE_SIZE).get_page(request.GET.get("ye"))
    now = timezone.now()
    return page(
        request,
        "publishing/listing.html",
        title="审核记录",
        crumbs=[DESK],
        sheet=sheet,
        rows=[_row(review, now) for review in sheet],
        words=words,
        state=state,
        states=Review.State.choices,
    )


def _see_some(user: User) -> None:
    if not selectors.organs_for(user, "查看审核"):
        raise PermissionDenied("您没有查看信息审核的权限，请联系系统管理员授予角色。")


def _row(review: Review, now: Any) -> dict[str, Any]:
    return {
        "review": review,
        "url": reverse("publishing:review", args=[review.pk]),
        "waits_for": selectors.waits_for(review),
        "is_late": review.is_late(now),
    }


def _review(request: HttpRequest, pk: int) -> Review:
    found = Review.objects.with_steps().filter(pk=pk).first()
    if found is None:
        raise Http404("没有这件审核")
    access.require(request.user, "查看审核", found.page.organ)
    return found


@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One review: the text, who said what, what changed, and the next act."""
    return _review_page(request, _review(request, pk))


def _review_page(request: HttpRequest, found: Review, **bound: django_forms.Form) -> HttpResponse:
    user, organ, at = request.user, found.page.organ, found.standing
    reviewed = found.revision.as_object()
    earlier = earlier_signed(found)
    holds_role = at.current is not None and access.may_sign(user, at.current, organ)
    may_sign = selectors.may_sign_now(user, found)
    why = obstacle(at, authors=[person.pk for person in found.authors.all()], person=user.pk)
    is_running = found.state in {Review.State.OPEN, Review.State.PENDING}
    return page(
        request,
        "publishing/review.html",
        title="信息审核",
        crumbs=[DESK],
        status=422 if bound else 200,
        review=found,
        item=reviewed,
        attachments=list(reviewed.attachments.all()),
        live=ItemPage.objects.filter(pk=found.page_id, live=True).first(),
        column=found.page.get_parent(),
        stages=[(label, step, stage == at.current and is_running) for stage, label, step in found.stages],
        steps=found.other_steps,
        earlier=earlier,
        changes=changes_between(earlier.content, found.content) if earlier else (),
        waits_for=selectors.waits_for(found),
        is_late=found.is_late(timezone.now()),
        may_sign=may_sign,
        why_not=WHY_NOT[why] if holds_role and is_running and why is not None else "",
        may_note=is_running and not may_sign and access.allowed(user, "填写校对意见", organ),
        may_publish=selectors.may_publish_now(user, found),
        may_withdraw=access.allowed(user, "撤下信息", organ) and found.grants.filter(ended_at=None).exists(),
        may_edit=access.allowed(user, "拟稿送审", organ),
        may_send=access.allowed(user, "发布到其他渠道", organ),
        stage_label=STAGES[at.current].label if at.current else "",
        sign=bound.get("sign") or SignForm(review=found, auto_id="sign_%s"),
        send_back=bound.get("send_back") or ReturnForm(review=found, auto_id="back_%s"),
        remark=bound.get("remark") or NoteForm(auto_id="note_%s"),
        is_urgent=found.route == Route.URGENT,
        **shown_proof(user, found.page, reviewed, may_edit=False),
    )


def _act(
    request: HttpRequest,
    found: Review,
    name: str,
    form: django_forms.Form,
    act: Callable[[dict[str, Any]], str],
) -> HttpResponse:
    """Run one act; what was typed stays on the page beside the refusal."""
    if form.is_valid():
        try:
            messages.success(request, act(form.cleaned_data))
        except Refused as error:
            form.add_error(None, sentence(error))
        else:
            return redirect("publishing:review", found.pk)
    return _review_page(request, _review(request, found.pk), **{name: form})


@post_only("publishing:review", "pk")
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    found = _review(request, pk)

    def act(given: dict[str, Any]) -> str:
        done = services.sign(review=found, actor=request.user, **given)
        return f"已签署。现在：{selectors.waits_for(done)}。"

    return _act(request, found, "sign", SignForm(request.POST, review=found, auto_id="sign_%s"), act)


@post_only("publishing:review", "pk")
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    found = _review(request, pk)

    def act(given: dict[str, Any]) -> str:
        stage = Stage(given["back_to"]) if given["back_to"] else None
        services.return_(review=found, actor=request.user, reason=given["reason"], back_to=stage)
        return f"已退回{STAGES[stage].label if stage else '拟稿人修改'}。"

    form = ReturnForm(request.POST, review=found, auto_id="back_%s")
    return _act(request, found, "send_back", form, act)


@post_only("publishing:review", "pk")
def remark(request: HttpRequest, pk: int) -> HttpResponse:
    found = _review(request, pk)

    def act(given: dict[str, Any]) -> str:
        services.note(review=found, actor=request.user, opinion=given["opinion"])
        return "校对意见已提交，审核人会看到。"

    return _act(request, found, "remark", NoteForm(request.POST, auto_id="note_%s"), act)


@post_only("publishing:review", "pk")
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """The button that opens the door."""
    found = _review(request, pk)
    try:
        services.publish(item=found.page, actor=request.user)
    except Refused as error:
        refuse(request, error)
    else:
        item = ItemPage.objects.get(pk=found.page_id)
        if item.live:
            messages.success(request, f"已发布，索引号 {item.index_number}。")
        else:
            when = timezone.localtime(found.revision.as_object().go_live_at)
            messages.success(request, f"已排定，{when:%Y年%-m月%-d日 %H:%M} 自动发布。")
    return redirect("publishing:review", pk)


@require_GET
def form_file(request: HttpRequest, pk: int) -> HttpResponse:
    """信息发布审核表."""
    found = _review(request, pk)
    try:
        return download(review_form_pdf(found), f"信息发布审核表-{found.pk}.pdf", "application/pdf")
    except ReviewRefused as error:
        refuse(request, error)
        return redirect("publishing:review", pk)


def _item(request: HttpRequest, pk: int) -> ItemPage:
    found = ItemPage.objects.filter(pk=pk).first()
    if found is None:
        raise Http404("没有这条信息")
    return found


@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Submit an item's latest version, with a word to the reviewers."""
    item = _item(request, pk)
    if not item.permissions_for_user(request.user).can_edit():
        raise PermissionDenied("您没有编辑这条信息的权限。")
    form = SubmitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.submit(item=item, actor=request.user, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, f"已送审，现在{selectors.waits_for(made)}。")
            return redirect("publishing:review", made.pk)
    draft = item.get_latest_revision()
    version = draft.as_object() if draft else item
    demands = demands_on(item)
    way = services.route_of(version, demands)
    return page(
        request,
        "publishing/submit.html",
        title="送审",
        crumbs=[DESK],
        status=422 if form.errors else 200,
        item=version,
        column=item.get_parent(),
        is_short=way is Route.REPRINT,
        way=[STAGES[stage].label for stage in sequence_of(way, demands.stages).stages],
        asked=[(STAGES[stage].label, columns) for stage, columns in demands.extra.items()],
        form=form,
        **shown_proof(request.user, item, version, may_edit=True),
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an item off, with a reason."""
    item = _item(request, pk)
    if item.organ is None:
        raise Http404("这条信息没有发布机构")
    access.require(request.user, "撤下信息", item.organ)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw(item=item, actor=request.user, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, f"“{item.title}”已撤下，公众不能再看到。")
            return redirect("publishing:desk")
    return page(
        request,
        "publishing/withdraw.html",
        title="撤下信息",
        crumbs=[DESK],
        status=422 if form.errors else 200,
        item=item,
        form=form,
    )

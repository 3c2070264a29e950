"""Drafting an outcome, reading the reply before it goes out, approving it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.access import AccessDenied
from gongkai.agencies.shell import page, post_only, refuse
from gongkai.core.disclosure.decisions import BY_CODE, REFUSAL_ROWS, Decision, remedy_of
from gongkai.core.disclosure.letters import letter_for, remedy_paragraph
from gongkai.core.disclosure.letters.remedies import RemedyBodies
from gongkai.core.disclosure.procedure import State
from gongkai.inforequests import access
from gongkai.inforequests.errors import InfoRequestError
from gongkai.inforequests.forms import CHOSEN, DECISION_GROUPS, OpinionForm, text_field
from gongkai.inforequests.letters import letter_pdf
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.services import deciding
from gongkai.inforequests.services.moving import profile_of
from gongkai.inforequests.services.releasing import current_files
from gongkai.inforequests.views.cases import QUEUE, case_of, show_refusal, version_of

CODES = {decision.code for decision in CHOSEN}


class FactsForm(forms.Form):
    """What the letter of an outcome needs, field by field; names are the letter's own."""

    def __init__(self, *args: Any, rule: Decision, on_the_spot: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        facts = letter_for(rule).facts
        for fact in facts:
            required = fact.name not in {"提供方式", "法律名称"} or rule.needs_law
            if fact.multiline:
                field = text_field(fact.name, required=required, help_text=fact.hint)
            else:
                field = forms.CharField(
                    label=fact.name,
                    required=required and fact.name != "提供方式",
                    max_length=300,
                    help_text=fact.hint,
                )
            if fact.name != "法律名称" or rule.needs_law:
                self.fields[fact.name] = field
        if rule.code == "D-37":
            self.fields["refuses"] = forms.BooleanField(
                label="不公开的部分依据第十四条、第十五条或者第十六条",
                required=False,
                help_text="勾选后，答复书告知对这一部分应当先申请行政复议。",
            )
        if on_the_spot:
            self.fields["receipt"] = forms.CharField(
                label="签收人", max_length=100, help_text="申请人当场签收答复书。"
            )

    def facts(self) -> dict[str, str]:
        return {
            name: value for name, value in self.cleaned_data.items() if name not in {"refuses", "receipt"}
        }


def _crumbs(case: InfoRequest) -> list[tuple[str, str]]:
    return [QUEUE, (f"申请 {case.number}", reverse("inforequests:detail", args=[case.pk]))]


def _suggested(case: InfoRequest, rule: Decision) -> dict[str, Any]:
    """What the record already knows: the search, the items, the enclosed files, the draft sent back."""
    known: dict[str, Any] = {}
    if rule.code == "D-36-4":
        known["检索情况"] = "\n".join(
            f"{timezone.localdate(s.searched_at):%Y年%-m月%-d日}，在{s.scope}范围内，通过{s.systems}以“{s.keywords}”检索，{s.found}。"
            for s in case.searches.all()
        )
    items = [item for item in case.items.all() if item.code]
    if rule.code == "D-37" and items:
        given = [i for i in items if BY_CODE[i.code].row in {"r3_1", "r3_2"}]
        kept = [i for i in items if i not in given]
        known["公开部分"] = "\n".join(f"{i.number}. {i.text}：{i.reason}" for i in given)
        known["不公开部分及理由"] = "\n".join(
            f"{i.number}. {i.text}：{BY_CODE[i.code].ground}（{BY_CODE[i.code].article}），{i.reason}"
            for i in kept
        )
        known["refuses"] = any(BY_CODE[i.code].row in REFUSAL_ROWS for i in kept)
    if rule.code == "D-36-2":
        known["提供内容"] = "\n".join(file.name for file in current_files(case))
    if rule.code == "D-36-6":
        earlier = case.same_applicant_as
        reply = earlier.letters.exclude(decision=None).last() if earlier else None
        if reply is not None:
            known["前次文号"], known["前次日期"] = reply.document_number, f"{reply.dated:%Y年%-m月%-d日}"
    last = case.decisions.filter(code=rule.code, state__in=["returned", "superseded"]).order_by("-pk").first()
    if last is not None:
        known |= dict(last.facts) | {"refuses": last.refuses_under_14_to_16}
    return known


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, pk: int, spot: bool = False) -> HttpResponse:
    """First the outcome, then what its letter needs; article, remedy and report row follow from the outcome.

    Args:
        spot: answer over the counter at once instead (第三十三条第一款).
    """
    case = case_of(request, pk, "审批申请" if spot else "办理申请")
    if case.state != (State.RECEIVED if spot else State.PROCESSING):
        messages.warning(request, f"申请现在是“{case.get_state_display()}”，不能拟办理结果。")
        return redirect("inforequests:detail", pk)
    items = list(case.items.all())
    forced = deciding.outcome_of_items(items) if items and all(item.code for item in items) else None
    code = request.POST.get("code") or request.GET.get("code") or forced or ""
    title = "当场答复" if spot else "拟办理结果"
    if code not in CODES:
        groups = [
            (name, [(d, f"?code={d.code}", deciding.unmet(case, d, {"提供方式": "1"})) for d in group])
            for name, group in DECISION_GROUPS
        ]
        return page(
            request,
            "inforequests/choose_outcome.html",
            title=title,
            crumbs=_crumbs(case),
            case=case,
            groups=groups,
        )
    rule = BY_CODE[code]
    form = FactsForm(request.POST or None, rule=rule, on_the_spot=spot, initial=_suggested(case, rule))
    if request.method == "POST" and form.is_valid():
        try:
            return _send(request, case, code, form, spot=spot)
        except (InfoRequestError, AccessDenied, ValueError) as error:
            show_refusal(form, error)
    profile = profile_of(case)
    refuses = bool(form["refuses"].value()) if "refuses" in form.fields else False
    remedy = remedy_of(rule, timezone.localdate(), refuses_under_14_to_16=refuses)
    return page(
        request,
        "inforequests/draft.html",
        title=f"{title}：{rule.ground}",
        crumbs=_crumbs(case),
        status=422 if request.method == "POST" else 200,
        case=case,
        rule=rule,
        letter=letter_for(rule),
        form=form,
        remedy=remedy_paragraph(remedy, RemedyBodies(profile.review_body, profile.court)),
        missing=deciding.unmet(case, rule, {"提供方式": "1"}),
        version=version_of(request) if request.method == "POST" else case.version,
        files=current_files(case) if rule.discloses else [],
        spot=spot,
    )


def _send(request: HttpRequest, case: InfoRequest, code: str, form: FactsForm, *, spot: bool) -> HttpResponse:
    if spot:
        deciding.answer_on_the_spot(
            request_id=case.pk,
            actor=request.user,
            code=code,
            facts=form.facts(),
            receipt=form.cleaned_data["receipt"],
            version=version_of(request),
        )
        messages.success(request, "已当场答复并送达，申请办结。请下载答复书打印、盖章、交申请人签收。")
        return redirect("inforequests:detail", case.pk)
    deciding.draft_decision(
        request_id=case.pk,
        actor=request.user,
        code=code,
        facts=form.facts(),
        refuses_under_14_to_16=form.cleaned_data.get("refuses", False),
        version=version_of(request),
    )
    messages.success(request, "已送审批。审批人看过答复书预览才能批准。")
    return redirect("inforequests:preview", case.pk)


@require_GET
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The reply as it would go out; opening it is recorded, because approval demands it."""
    case = case_of(request, pk)
    try:
        decision, text = deciding.preview(request_id=pk, actor=request.user)
    except InfoRequestError as error:
        refuse(request, error)
        return redirect("inforequests:detail", pk)
    waits = decision.state == "draft" and case.state == State.REVIEWING
    may_approve = waits and access.allowed(request.user, "审批申请", case.organ)
    return page(
        request,
        "inforequests/preview.html",
        title="答复书预览",
        crumbs=_crumbs(case),
        case=case,
        decision=decision,
        rule=decision.rule,
        text=text,
        is_own=decision.drafted_by_id == request.user.pk,
        may_approve=may_approve,
        form=OpinionForm(),
        waits=waits,
        files=current_files(case) if decision.rule.discloses else [],
        missing=deciding.unmet(case, decision.rule, decision.facts) if waits else [],
    )


@require_GET
def preview_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The preview as PDF, to see the paper itself."""
    case_of(request, pk)
    try:
        _, text = deciding.preview(request_id=pk, actor=request.user)
        content = letter_pdf(text)
    except (InfoRequestError, ValueError) as error:
        refuse(request, error)
        return redirect("inforequests:detail", pk)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = "inline"
    response["Cache-Control"] = "no-store"
    return response


@post_only("inforequests:preview", "pk")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve: the reply gets its number and waits for service."""
    case_of(request, pk)
    try:
        letter = deciding.approve_decision(
            request_id=pk,
            actor=request.user,
            opinion=request.POST.get("opinion", "")[:500],
            version=version_of(request),
        )
    except (InfoRequestError, AccessDenied, ValueError) as error:
        refuse(request, error)
        return redirect("inforequests:preview", pk)
    messages.success(
        request, f"已批准，{letter.document_number or letter.title}待送达。请打印、盖章、送达后登记。"
    )
    return redirect("inforequests:detail", pk)

"""Messages of the public: write one, look it up, read those that were answered in public, and their figures.

Works without JavaScript; what was typed stays when something is wrong. No address holds a code or anything personal, and
no page shows words of the public that a person has not redacted, but to the sender with number and code.
"""

from __future__ import annotations

import secrets
import unicodedata
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.core.identifiers import IdentifierFaulty, parse_email, parse_telephone
from gongkai.inforequests import limits
from gongkai.portal import labels as page_labels
from gongkai.portal.applying.common import END_MARK, limited, private
from gongkai.portal.applying.forms import PublicForm, choose, line, text
from gongkai.portal.models import PortalSettings
from gongkai.services.errors import MessageRefused
from gongkai.services.messages import acts, selectors
from gongkai.services.messages.models import PublicMessage

PER_PAGE = 20
RECEIPT_KEY = "messages.receipt"
NO_MATCH = "编号和查询码对不上。请对照回执核对；查询码里没有数字 0、1 和字母 I、L、O、Z。"
CUT_SHORT = "网络中断，表单没有传完整，没有提交。请再按一次“提交留言”。"
COLUMN = {
    "name": "咨询投诉",
    "description": "向本机关咨询、投诉、提建议，查询办理情况，查看公开的留言和答复。",
    "keywords": "咨询,投诉,建议,留言,答复",
    "column_type": "咨询投诉",
}
FIGURES_COLUMN = {
    **COLUMN,
    "name": "留言办理统计",
    "description": "各年收到、答复公众留言的数量和按期答复情况。",
}
HELP = {
    PublicMessage.Kind.QUESTION: "咨询：问政策、问办事",
    PublicMessage.Kind.COMPLAINT: "投诉：反映工作人员、单位的问题",
    PublicMessage.Kind.SUGGESTION: "建议：对园区工作的意见",
}


class MessageForm(PublicForm):
    """A message; only kind, title and words are asked for."""

    kind = choose("类别", [(kind.value, label) for kind, label in HELP.items()], "请选一个类别。")
    title = line("标题", limit=60, message="请写标题，一句话说明是什么事。")
    text = text(
        "内容", rows=10, limit=3000, message="请写下要咨询、投诉或者建议的内容。",
        help_text="写清时间、地点、经过和诉求。不要写身份证号、银行卡号。",
    )  # fmt: skip
    name = line("称呼", limit=30, complete="name", help_text="可以不填，加密保存，不公开。")
    telephone = line(
        "电话", limit=30, complete="tel", help_text="可以不填。填了便于核实情况，加密保存，不公开。"
    )
    email = line("电子邮箱", limit=100, complete="email", help_text="可以不填，加密保存，不公开。")
    may_publish = choose(
        "留言和答复能不能公开", [("1", "同意公开，公开前由工作人员删去个人信息"), ("0", "不同意公开，只答复我")],
        "请选择能不能公开。",
    )  # fmt: skip
    key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def clean_telephone(self) -> str:
        return self._parsed("telephone", parse_telephone)

    def clean_email(self) -> str:
        return self._parsed("email", parse_email)

    def _parsed(self, name: str, parse: Any) -> str:
        given = self.cleaned_data[name]
        try:
            return str(parse(given)) if given else ""
        except IdentifierFaulty as fault:
            raise forms.ValidationError(str(fault)) from fault


class LookUpForm(PublicForm):
    """Number and code of the receipt."""

    number = line(
        "留言编号", limit=30, message="请填写留言编号。", help_text="回执上的编号，例如 LY2026-00012。"
    )
    code = line(
        "查询码", limit=20, message="请填写回执上的 8 位查询码。", attrs={"spellcheck": "false"},
        help_text="回执上的 8 位字母和数字，大小写、短横都可以不管。",
    )  # fmt: skip

    def clean_number(self) -> str:
        return unicodedata.normalize("NFKC", self.cleaned_data["number"]).strip().upper()

    def clean_code(self) -> str:
        return unicodedata.normalize("NFKC", self.cleaned_data["code"]).strip()


def by_year(found: QuerySet[PublicMessage], year: int) -> QuerySet[PublicMessage]:
    return found.filter(answered_at__year=year)


def years_shown(found: QuerySet[PublicMessage]) -> list[int]:
    """Years of shown answers, the newest first."""
    return [moment.year for moment in found.order_by().datetimes("answered_at", "year", order="DESC")]


@require_GET
def messages(request: HttpRequest) -> HttpResponse:
    """Answered messages that are shown: the newest, or those of a year."""
    site = PortalSettings.for_request(request)
    found = selectors.shown_messages(site.organ_id)
    years, asked = years_shown(found), request.GET.get("nian", "")
    year = next((one for one in years if str(one) == asked), None)
    if asked and year is None:
        raise Http404
    part = by_year(found, year) if year else found
    sheet = Paginator(part, PER_PAGE).get_page(request.GET.get("ye") if year else 1)
    return render(
        request,
        "portal/services/messages.html",
        {
            "title": COLUMN["name"],
            "labels": page_labels.column_labels(site, **COLUMN),
            "found": sheet,
            "years": years,
            "year": year,
            "query": f"nian={year}",
        },
    )


@require_GET
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One shown message with its answer: when it came, when and by whom it was answered (D-14)."""
    site = PortalSettings.for_request(request)
    found = selectors.shown_messages(site.organ_id).filter(pk=pk).first()
    if found is None or found.answered_at is None:
        raise Http404
    return render(
        request,
        "portal/services/message.html",
        {
            "title": found.shown_title,
            "labels": page_labels.article_labels(
                page_labels.column_labels(site, **COLUMN),
                title=found.shown_title,
                published_at=found.published_at or found.answered_at,
                source=found.organ.name,
                url=request.build_absolute_uri(request.path),
                keywords=COLUMN["keywords"],
            ),
            "message": found,
        },
    )


@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """How many messages came and were answered, year by year."""
    site = PortalSettings.for_request(request)
    years = selectors.years_of(site.organ_id)
    return render(
        request,
        "portal/services/message_figures.html",
        {
            "title": FIGURES_COLUMN["name"],
            "labels": page_labels.column_labels(site, **FIGURES_COLUMN),
            "years": [selectors.figures(site.organ_id, year) for year in years],
        },
    )


@private
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Write a message; a form sent twice counts once."""
    site = PortalSettings.for_request(request)
    if site.organ is None:
        raise Http404
    office = acts.office_of(site.organ)
    if request.method == "POST" and (wait := limits.take("message", limits.client_address(request))):
        return limited(
            request, wait, what="从您的网络提交的留言太多。", kept="这条留言没有收到，请保留文字，稍后再提交。",
            back=request.path, back_label="回到写留言",
        )  # fmt: skip
    form = MessageForm(request.POST or None, initial={"key": secrets.token_urlsafe(24)})
    if request.method == "POST" and form.is_valid():
        try:
            if END_MARK not in request.POST:
                raise MessageRefused(CUT_SHORT)
            given = _take(site, form.cleaned_data)
        except MessageRefused as refused:
            form.add_error(None, str(refused))
        else:
            request.session[RECEIPT_KEY] = given.pk
            return HttpResponseRedirect(reverse("portal:message_receipt"))
    return render(
        request,
        "portal/services/write.html",
        {"title": "写留言", "form": form, "office": office, "end_mark": END_MARK},
        status=422 if form.errors else 200,
    )


def _take(site: PortalSettings, given: dict[str, Any]) -> PublicMessage:
    assert site.organ is not None
    words = {name: given[name] for name in ("kind", "title", "text", "name", "telephone", "email")}
    return acts.take_in(
        organ=site.organ,
        given=acts.Given(**words, may_publish=given["may_publish"] == "1"),
        submission_key=given["key"] or secrets.token_urlsafe(24),
    )


@private
@require_GET
def receipt(request: HttpRequest) -> HttpResponse:
    """Number, code and last day of the message this browser has just sent."""
    found = PublicMessage.objects.filter(pk=request.session.get(RECEIPT_KEY)).first()
    if found is None:
        return HttpResponseRedirect(reverse("portal:message_look_up"))
    return render(request, "portal/services/message_receipt.html", {"title": "留言已收到", "message": found})


@private
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """The state and the answer of a message, by number and code; guessing is limited."""
    site = PortalSettings.for_request(request)
    form = LookUpForm(request.POST or None)
    if request.method != "POST":
        return _look_up_page(request, form)
    address = limits.client_address(request)
    if wait := limits.take("lookup", address):
        return _too_often(request, wait, "从您的网络查询的次数太多。")
    if not form.is_valid():
        return _look_up_page(request, form)
    number = form.cleaned_data["number"]
    if wait := limits.is_spent("wrong_code", number, address) or limits.is_spent(
        "wrong_code_anywhere", number
    ):
        return _too_often(request, wait, "这个编号输错查询码的次数太多，暂时不能查询。")
    found = selectors.by_number_and_code(site.organ_id, number, form.cleaned_data["code"])
    if found is None:
        limits.take("wrong_code", number, address)
        limits.take("wrong_code_anywhere", number)
        form.add_error(None, NO_MATCH)
        return _look_up_page(request, form)
    return render(
        request,
        "portal/services/message_progress.html",
        {
            "title": f"留言 {found.number}",
            "message": found,
            "clock": acts.clock_for(found),
            "is_overdue": found.is_overdue(timezone.localdate()),
        },
    )


def _look_up_page(request: HttpRequest, form: LookUpForm) -> HttpResponse:
    return render(
        request, "portal/services/look_up.html", {"title": "查询留言", "form": form},
        status=422 if form.errors else 200,
    )  # fmt: skip


def _too_often(request: HttpRequest, wait: int, what: str) -> HttpResponse:
    return limited(
        request, wait, what=what, kept="也可以打电话查询，请准备好留言编号。",
        back=reverse("portal:message_look_up"), back_label="回到查询页",
    )  # fmt: skip

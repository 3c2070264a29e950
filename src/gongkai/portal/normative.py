"""The library of normative documents (规范性文件库) and consultations on drafts, as the public sees them.

Only what went through the review gate is shown: a document without a live item is not in the library, and the files to
download carry the words of that item.
"""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.shell import download
from gongkai.inforequests import limits
from gongkai.portal import labels as page_labels
from gongkai.portal.applying.common import limited, private
from gongkai.portal.applying.forms import PublicForm, line, text
from gongkai.portal.models import PortalSettings
from gongkai.publishing.errors import NormativeRefused
from gongkai.publishing.models import DraftConsultation, DraftOpinion, NormativeDocument
from gongkai.publishing.models.normative import NormativeQuerySet
from gongkai.publishing.normative import selectors, services
from gongkai.publishing.normative.papers import paper_of
from gongkai.publishing.papers import paper_docx, paper_pdf
from gongkai.reportfiles.writing.errors import MissingGlyph

PER_PAGE = 20
STATES = tuple(one for one in selectors.STATES if one[0] != "zaiban")
COLUMN = {
    "name": "规范性文件库",
    "description": "本机关行政规范性文件全文，标明现行有效、已修改、已废止、已失效，可查某日有效的文件。",
    "keywords": "规范性文件,现行有效,废止",
    "column_type": "政策文件",
}
WRITERS = {
    "wenjian.pdf": (paper_pdf, "application/pdf"),
    "wenjian.docx": (paper_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


def shown(site: PortalSettings) -> NormativeQuerySet:
    """The documents of this portal's organ that the public can read."""
    return NormativeDocument.objects.published().filter(organ=site.organ_id, page__live=True)


def given_day(value: str) -> date | None:
    """A day from an address; None when it is none."""
    try:
        return parse_date(value)
    except ValueError:
        return None


@require_GET
def library(request: HttpRequest) -> HttpResponse:
    """The list, narrowed by state, year and words; with ``?on=`` what was in force on that day."""
    site, today = PortalSettings.for_request(request), timezone.localdate()
    words, state, year = (request.GET.get(name, "").strip()[:60] for name in ("ci", "zhuangtai", "nian"))
    asked = request.GET.get("on", "")
    day = given_day(asked)
    every = shown(site)
    found = selectors.matching(every, words)
    found = found.in_force_on(day) if day else selectors.of_state(found, state, today)
    if year.isdecimal() and 1949 <= int(year) <= 2999:
        found = found.filter(published_on__year=int(year))
    sheet = Paginator(found.whole(), PER_PAGE).get_page(request.GET.get("ye"))
    given = {"ci": words, "zhuangtai": state, "nian": year, "on": asked}
    return render(
        request,
        "portal/normative/library.html",
        {
            "title": COLUMN["name"],
            "labels": page_labels.column_labels(site, **COLUMN),
            "found": sheet,
            "rows": [(one, one.standing_on(day or today)) for one in sheet],
            "states": STATES,
            "years": [one.year for one in every.dates("published_on", "year", order="DESC")],
            "given": given,
            "day": day,
            "is_bad_day": bool(asked) and day is None,
            "is_narrowed": any(given.values()),
            "kept": urlencode({name: value for name, value in given.items() if value}),
            "open_consultations": [one for one in _consultations(site) if one.is_open],
        },
    )


@require_GET
def paper(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The official paper with the words of the published item."""
    document = shown(PortalSettings.for_request(request)).whole().filter(pk=pk).first()
    if document is None or form not in WRITERS:
        raise Http404
    write, kind = WRITERS[form]
    try:
        content = write(paper_of(document, released=True))
    except MissingGlyph:
        raise Http404 from None  # the page shows its own text; a file with holes would be another text
    return download(content, f"{document.title}.{form.rpartition('.')[2]}", kind)


def _consultations(site: PortalSettings) -> list[DraftConsultation]:
    found = DraftConsultation.objects.select_related("document", "page", "feedback_page")
    return list(
        found.filter(document__organ=site.organ_id, page__live=True)
        .exclude(opens_on=None)
        .order_by("-opens_on", "-pk")
    )


@require_GET
def consultations(request: HttpRequest) -> HttpResponse:
    """Drafts on which the public is or was asked."""
    site = PortalSettings.for_request(request)
    found = _consultations(site)
    return render(
        request,
        "portal/normative/consultations.html",
        {
            "title": "草案征求意见",
            "labels": page_labels.column_labels(
                site, name="草案征求意见", description="规范性文件草案公开征求意见及采纳情况。",
                keywords="征求意见,草案", column_type="征集调查",
            ),
            "open": [one for one in found if one.is_open],
            "closed": [one for one in found if not one.is_open],
        },
    )  # fmt: skip


class OpinionForm(PublicForm):
    """An opinion; who gives it need not say who they are."""

    text = text(
        "您的意见", rows=8, message="请写下您的意见。", limit=4000,
        help_text="请写明对哪一条、怎样修改、理由是什么。不要写个人信息。",
    )  # fmt: skip
    name = line("姓名或者单位", limit=60, complete="name", help_text="可以不填，不会公布。")
    contact = line("电话或者电子邮箱", limit=60, help_text="可以不填，只用于核实意见，不会公布。")
    key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)


def _consultation(request: HttpRequest, pk: int) -> DraftConsultation:
    site = PortalSettings.for_request(request)
    found = next((one for one in _consultations(site) if one.pk == pk), None)
    if found is None:
        raise Http404
    return found


@private
@require_http_methods(["GET", "HEAD", "POST"])
def opine(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an opinion; works without JavaScript, and a form sent twice counts once."""
    asked = _consultation(request, pk)
    if request.method == "POST" and (wait := limits.take("opinion", limits.client_address(request))):
        return limited(
            request, wait, what="从您的网络提交的意见太多。", kept="这条意见没有收到，请保留文字，稍后再提交。",
            back=request.path, back_label="回到征求意见",
        )  # fmt: skip
    form = OpinionForm(request.POST or None, initial={"key": secrets.token_urlsafe(24)})
    if request.method == "POST" and asked.is_open and form.is_valid():
        try:
            given = _take(asked, form.cleaned_data)
        except NormativeRefused as refused:
            form.add_error(None, str(refused))
        else:
            return HttpResponseRedirect(reverse("portal:opinion_receipt", args=[asked.pk, given.number]))
    return render(
        request,
        "portal/normative/opine.html",
        {"title": "提出意见", "asked": asked, "form": form},
        status=422 if form.errors else 200 if asked.is_open or request.method != "POST" else 410,
    )


def _take(asked: DraftConsultation, given: dict[str, Any]) -> DraftOpinion:
    return services.give_opinion(
        consultation=asked, text=given["text"], name=given["name"], contact=given["contact"],
        submission_key=given["key"] or secrets.token_urlsafe(24),
    )  # fmt: skip


@private
@require_GET
def receipt(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """The number of an opinion that was taken in; nothing of what it says."""
    asked = _consultation(request, pk)
    if not asked.opinions.filter(number=number).exists():
        raise Http404
    return render(
        request, "portal/normative/receipt.html", {"title": "意见已收到", "asked": asked, "number": number}
    )

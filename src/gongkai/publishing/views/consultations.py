"""Screens of consulting the public on a normative draft: the announcement, the opinions, what became of them."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.shell import page
from gongkai.publishing.models import DraftConsultation, DraftOpinion
from gongkai.publishing.normative import access, forms, services
from gongkai.publishing.views.normative import LIST, PAGE_SIZE, document_of, form_page, typed


@require_http_methods(["GET", "POST"])
def consult(request: HttpRequest, pk: int) -> HttpResponse:
    """The announcement of a consultation."""
    document = document_of(request, pk)

    def act(given: dict[str, Any]) -> tuple[str, str]:
        made = services.prepare_consultation(document=document, actor=request.user, **given)
        return "征求意见公告已生成，请送审；发布之日起征求意见。", reverse(
            "publishing:submit", args=[made.page_id]
        )

    url = reverse("publishing:normative", args=[document.pk])
    return form_page(
        request, forms.ConsultForm(*typed(request)), act, title="公开征求意见", button="生成公告并送审", back=url,
        crumbs=[LIST, (document.title, url)],
    )  # fmt: skip


def _consultation(request: HttpRequest, pk: int) -> DraftConsultation:
    found = (
        DraftConsultation.objects.select_related("document__organ", "page", "feedback_page")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404("没有这次征求意见")
    access.require(request.user, "查看规范性文件", found.document.organ)
    return found


@require_GET
def opinions(request: HttpRequest, pk: int) -> HttpResponse:
    """The opinions of a consultation."""
    found = _consultation(request, pk)
    document = found.document
    may_handle = access.allowed(request.user, "处理公众意见", document.organ)
    return page(
        request,
        "publishing/normative/opinions.html",
        title="公众意见",
        crumbs=[LIST, (document.title, reverse("publishing:normative", args=[document.pk]))],
        consultation=found,
        document=document,
        sheet=Paginator(found.opinions.select_related("handled_by"), PAGE_SIZE).get_page(
            request.GET.get("ye")
        ),
        unhandled=found.opinions.filter(handling="").count(),
        may_handle=may_handle,
    )


@require_http_methods(["GET", "POST"])
def handle(request: HttpRequest, pk: int) -> HttpResponse:
    """Adopt one opinion or not."""
    opinion = DraftOpinion.objects.filter(pk=pk).first()
    if opinion is None:
        raise Http404("没有这条意见")
    found = _consultation(request, opinion.consultation_id)
    access.require(request.user, "处理公众意见", found.document.organ)
    form = forms.OpinionForm(*typed(request), instance=opinion)
    url = reverse("publishing:normative_opinions", args=[found.pk])

    def act(given: dict[str, Any]) -> tuple[str, str]:
        services.handle_opinion(opinion=opinion, actor=request.user, **given)
        return f"意见 {opinion.number} 已处理。", url

    return form_page(
        request, form, act, title=f"处理意见 {opinion.number}", button="保存", back=url,
        crumbs=[LIST, ("公众意见", url)], quoted=opinion.text,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """The published answer."""
    found = _consultation(request, pk)
    url = reverse("publishing:normative_opinions", args=[found.pk])

    def act(given: dict[str, Any]) -> tuple[str, str]:
        made = services.prepare_feedback(consultation=found, actor=request.user, **given)
        return "意见采纳情况已成稿，请送审。", reverse("publishing:submit", args=[made.feedback_page_id])

    return form_page(
        request, forms.ColumnForm(*typed(request)), act, title="公布意见采纳情况", button="生成并送审", back=url,
        crumbs=[LIST, ("公众意见", url)], intro="公布意见摘要、是否采纳和理由，不公布提意见人的姓名和联系方式。",
    )  # fmt: skip

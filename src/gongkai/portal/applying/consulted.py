"""The one-time link of somebody who is asked (征求意见): only its passages, never who applied."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.inforequests import limits
from gongkai.inforequests.errors import ActRefused
from gongkai.inforequests.models import Consultation
from gongkai.inforequests.services import consulting
from gongkai.portal.applying.common import contact_of, limited, office_of, page, private
from gongkai.portal.applying.forms import OpinionForm

GROUNDS = {
    Consultation.Kind.THIRD_PARTY: "公开可能损害您的合法权益，依照《政府信息公开条例》第三十二条，书面征求您的意见。"
    "您应当自收到征求意见函之日起 15 个工作日内提出意见；逾期没有提出的，由本机关依照条例决定是否公开。",
    Consultation.Kind.CO_MAKER: "这些信息由您单位参与制作，依照《政府信息公开条例》第三十四条，征求您单位的意见。"
    "请自收到征求意见函之日起 15 个工作日内提出意见；逾期没有提出的，视为同意公开。",
    Consultation.Kind.OTHER_ORGAN: "这些信息与您单位有关，依照《政府信息公开条例》第三十三条，征求您单位的意见。"
    "请自收到征求意见函之日起 15 个工作日内提出意见。",
}


@private
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Read the passages and answer, once. Opening the page is not taken as its receipt: mail programs open links."""
    asked = (
        Consultation.objects.select_related("request__organ")
        .filter(token_hash=consulting.token_digest(token))
        .first()
    )
    if asked is None:
        return _unknown(request)
    if refusal := _closed(asked):
        return _refused(request, asked, *refusal)
    form = OpinionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            consulting.answer(
                consultation_id=asked.pk,
                answer=form.cleaned_data["answer"],
                opinion=form.cleaned_data["opinion"],
                on=timezone.localdate(),
            )
        except ActRefused as refused:
            form.add_error(None, str(refused))
        else:
            return HttpResponseRedirect(request.path)
    return page(
        request,
        "consulted",
        "征求您对公开政府信息的意见",
        status=422 if form.errors else 200,
        asked=asked,
        ground=GROUNDS[Consultation.Kind(asked.kind)],
        organ=asked.request.organ,
        form=form,
        contact=contact_of(asked.request.organ, request),
    )


def _closed(asked: Consultation) -> tuple[str, str, int] | None:
    """Why a link takes no answer any more: title, sentence, status."""
    if asked.answered_on is not None and asked.answer != Consultation.Answer.SILENT:
        return (
            "意见已经收到",
            f"您的意见已于 {_words(asked.answered_on)}收到，这个链接只能用一次，不能再改。",
            200,
        )
    if asked.answered_on is not None or (asked.answer_due_on and asked.answer_due_on < timezone.localdate()):
        last = _words(asked.answer_due_on or asked.answered_on)
        return "提出意见的期限已过", f"提出意见的期限是 {last}，现已届满，这个链接不再接受意见。", 410
    if not asked.request.is_open:
        return "不需要再提出意见", "这件事已经办结，不需要再提出意见，感谢您的配合。", 410
    return None


def _words(day: object) -> str:
    return f"{day:%Y}年{day.month}月{day.day}日"


def _refused(request: HttpRequest, asked: Consultation, title: str, why: str, status: int) -> HttpResponse:
    contact = contact_of(asked.request.organ, request)
    return page(request, "consulted_closed", title, status=status, why=why, contact=contact)


def _unknown(request: HttpRequest) -> HttpResponse:
    contact = office_of(request).contact
    if wait := limits.take("wrong_link", limits.client_address(request)):
        return limited(
            request, wait, what="打开了太多不存在的链接。", kept="", back="/", back_label="回到首页"
        )
    why = "没有这个链接。请核对地址是否完整，邮件中的长链接可能被拆成两行；也可以按征求意见函上的方式回复。"
    return page(request, "consulted_closed", "链接打不开", status=404, why=why, contact=contact)

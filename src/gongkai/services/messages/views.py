"""Screens of messages: the list by urgency, one message, one page for each act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django import forms as django_forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.shell import page
from gongkai.privacy.services import reveal as reveal_value
from gongkai.services import access
from gongkai.services.messages import acts, forms, selectors
from gongkai.services.messages.models import MessageOffice, PublicMessage
from gongkai.services.screens import PAGE_SIZE, form_page, organ_of, organs_or_refuse, typed

LIST = ("公众留言", "/houtai/liuyan/")
STATES = [*PublicMessage.State.choices, ("overdue", "已超期"), ("to_show", "同意公开、还没公开")]


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Every message the person may see; what waits first."""
    organs_or_refuse(request.user, "查看留言")
    today = timezone.localdate()
    state, kind = request.GET.get("zhuangtai", ""), request.GET.get("leibie", "")
    number = request.GET.get("bianhao", "").strip()[:20]
    found = selectors.narrowed(
        selectors.messages_for(request.user), state=state, kind=kind, number=number, today=today
    )
    waiting = [(one, what) for one, what, mine in selectors.messages_waiting(request.user) if mine]
    sheet = Paginator(found, PAGE_SIZE).get_page(request.GET.get("ye"))
    return page(
        request, "services/messages.html", title="公众留言", sheet=sheet,
        rows=[(one, one.is_overdue(today)) for one in sheet], waiting=waiting, today=today,
        states=STATES, state=state, kinds=PublicMessage.Kind.choices, kind=kind, number=number,
        kept=urlencode({"zhuangtai": state, "leibie": kind, "bianhao": number}),
        may_set_up=bool(access.organs_for(request.user, "维护互动设置")),
    )  # fmt: skip


def _message(request: HttpRequest, pk: int, act: str = "查看留言") -> PublicMessage:
    found = PublicMessage.objects.select_related(
        "organ", "department", "handler", "answered_by", "reviewed_by", "redacted_by", "released_by"
    )
    message = found.filter(pk=pk).first()
    if message is None:
        raise Http404("没有这条留言")
    access.require(request.user, act, message.organ)
    return message


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One message: its clock, its words, the next act, what happened."""
    message = _message(request, pk)
    user, state, today = request.user, PublicMessage.State, timezone.localdate()
    may = {act: access.allowed(user, act, message.organ) for act in access.ACTS}
    is_open_to_assign = message.state in {state.RECEIVED, state.ASSIGNED, state.RETURNED}
    return page(
        request, "services/message.html", title=f"留言 {message.number}", crumbs=[LIST], message=message, today=today,
        clock=acts.clock_for(message), is_overdue=message.is_overdue(today), office=acts.office_of(message.organ),
        steps=message.steps.select_related("person"),
        may_assign=may["分办留言"] and is_open_to_assign,
        may_answer=message.handler_id == user.pk and message.state in {state.ASSIGNED, state.RETURNED},
        may_review=may["审核答复"] and message.state == state.SUBMITTED and message.answered_by_id != user.pk,
        may_redact=may["公开留言"] and message.state == state.ANSWERED and message.may_publish and not message.is_public,
        may_show=may["公开留言"] and message.redacted_by_id not in {None, user.pk} and not message.is_public,
        may_hide=may["公开留言"] and message.is_public, may_reveal=may["查看留言人信息"],
        findings=acts.findings_of(message.answer) if message.state == state.SUBMITTED else (),
    )  # fmt: skip


def _on(
    request: HttpRequest, message: PublicMessage, form: django_forms.BaseForm, act: Callable[[dict[str, Any]], str],
    *, title: str, button: str, intro: str = "", quoted: str = "",
) -> HttpResponse:  # fmt: skip
    url = reverse("services:message", args=[message.pk])
    return form_page(
        request, form, lambda given: (act(given), url), title=title, button=button, back=url, intro=intro, quoted=quoted,
        crumbs=[LIST, (f"留言 {message.number}", url)],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it to a person."""
    message = _message(request, pk, "分办留言")
    form = forms.AssignForm(
        *typed(request), organ=message.organ,
        initial={"department": message.department_id, "handler": message.handler_id},
    )  # fmt: skip

    def act(given: dict[str, Any]) -> str:
        acts.assign(message=message, actor=request.user, **given)
        return "已分办。"

    return _on(request, message, form, act, title="分办留言", button="分办", quoted=message.text)


@require_http_methods(["GET", "POST"])
def refuse_invalid(request: HttpRequest, pk: int) -> HttpResponse:
    """Close it as none."""
    message = _message(request, pk, "分办留言")

    def act(given: dict[str, Any]) -> str:
        acts.refuse_invalid(message=message, actor=request.user, **given)
        return "已登记不予受理。"

    return _on(
        request, message, forms.ReasonForm(*typed(request)), act, title="不予受理", button="不予受理",
        intro="理由留言人查询时看到，请写明该找哪个机关、走哪个渠道。", quoted=message.text,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the answer."""
    message = _message(request, pk, "答复留言")

    def act(given: dict[str, Any]) -> str:
        acts.answer(message=message, actor=request.user, **given)
        return "答复已送审，由另一人审核后留言人可以看到。"

    form = forms.AnswerForm(*typed(request), initial={"answer": message.answer})
    return _on(request, message, form, act, title="答复留言", button="送审", quoted=message.text)


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree or return."""
    message = _message(request, pk, "审核答复")

    def act(given: dict[str, Any]) -> str:
        acts.review(message=message, actor=request.user, **given)
        return "已答复，留言人可以查询到。" if given["agrees"] else "已退回修改。"

    return _on(
        request,
        message,
        forms.ReviewForm(*typed(request)),
        act,
        title="审核答复",
        button="提交",
        quoted=message.answer,
    )


@require_http_methods(["GET", "POST"])
def redact(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what the public may read."""
    message = _message(request, pk, "公开留言")
    initial = {"title": message.shown_title or message.title, "text": message.shown_text or message.text}

    def act(given: dict[str, Any]) -> str:
        acts.redact(message=message, actor=request.user, **given)
        return "已保存，由另一人核对后公开。"

    return _on(
        request, message, forms.RedactForm(*typed(request), initial=initial), act, title="隐去个人信息", button="保存",
        intro="逐句看，删去能认出人的内容。系统会再查留言人的姓名、电话、邮箱和各种号码，但查不出住址、单位和人名。",
        quoted=message.text,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide to show it."""
    message = _message(request, pk, "公开留言")

    def act(_: dict[str, Any]) -> str:
        acts.show(message=message, actor=request.user)
        return "已公开。"

    return _on(
        request, message, django_forms.Form(*typed(request)), act, title="公开留言和答复", button="公开",
        intro="请核对下面的文字里没有能认出人的内容。",
        quoted=f"{message.shown_title}\n\n{message.shown_text}\n\n答复：{message.answer}",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it off the public pages."""
    message = _message(request, pk, "公开留言")

    def act(given: dict[str, Any]) -> str:
        acts.hide(message=message, actor=request.user, **given)
        return "已撤下，公众看不到了。"

    return _on(
        request, message, forms.ReasonForm(*typed(request)), act, title="撤下公开的留言", button="撤下"
    )


@require_http_methods(["GET", "POST"])
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """The sender's name and contact in clear, once, with a reason in the log."""
    message = _message(request, pk, "查看留言人信息")
    form = forms.ReasonForm(*typed(request))
    back = reverse("services:message", args=[pk])
    if request.method == "POST" and form.is_valid():
        shown = [
            (label, reveal_value(message, name, actor=request.user, reason=form.cleaned_data["reason"], organ_code=message.organ.code))
            for label, name in (("姓名", "name"), ("电话", "telephone"), ("电子邮箱", "email"))
        ]  # fmt: skip
        return page(
            request, "services/sender.html", title="留言人信息", crumbs=[LIST, (f"留言 {message.number}", back)],
            shown=[(label, value) for label, value in shown if value], back=back,
        )  # fmt: skip
    return form_page(
        request, form, lambda given: ("", back), title="查看留言人信息", button="查看", back=back,
        crumbs=[LIST, (f"留言 {message.number}", back)], intro="查看会记入日志。",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def office(request: HttpRequest) -> HttpResponse:
    """What differs from office to office."""
    organ = organ_of(request, "维护互动设置")
    form = forms.OfficeForm(*typed(request), instance=MessageOffice.objects.filter(organ=organ).first())

    def act(given: dict[str, Any]) -> tuple[str, str]:
        acts.set_up(organ=organ, actor=request.user, **given)
        return "设置已保存，没有办结的留言已按新期限重算。", LIST[1]

    return form_page(
        request, form, act, title="互动设置", button="保存", back=LIST[1], crumbs=[LIST], intro=organ.name
    )

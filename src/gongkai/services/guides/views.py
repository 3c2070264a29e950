"""Screens of service guides: the list, one guide, one page for each act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.shell import download, page
from gongkai.services import access
from gongkai.services.guides import acts, forms, selectors
from gongkai.services.guides.models import GuideFile, GuideVersion
from gongkai.services.screens import PAGE_SIZE, form_page, organ_of, organs_or_refuse, typed

LIST = ("办事指南", "/houtai/zhinan/")


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Every guide the person may see, by its newest version."""
    organs_or_refuse(request.user, "查看办事指南")
    words, state = request.GET.get("ci", "").strip()[:60], request.GET.get("zhuangtai", "")
    found = selectors.newest_versions(request.user, words=words, state=state)
    return page(
        request, "services/guides.html", title="办事指南", words=words, state=state,
        states=GuideVersion.State.choices, sheet=Paginator(found, PAGE_SIZE).get_page(request.GET.get("ye")),
        waiting=selectors.versions_waiting(request.user),
        may_write=bool(access.organs_for(request.user, "编写办事指南")),
    )  # fmt: skip


def _version(request: HttpRequest, pk: int, act: str = "查看办事指南") -> GuideVersion:
    found = GuideVersion.objects.select_related("guide__organ", "guide__department", "guide__live").filter(
        pk=pk
    )
    version = found.first()
    if version is None:
        raise Http404("没有这份办事指南")
    access.require(request.user, act, version.guide.organ)
    return version


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: what it says, what it lacks, who did what."""
    version = _version(request, pk)
    organ, user = version.guide.organ, request.user
    is_mine = version.drafted_by_id == user.pk
    is_open = version.is_editable or version.state == GuideVersion.State.SUBMITTED
    newest = version.guide.versions.first()
    return page(
        request, "services/guide.html", title="办事指南", crumbs=[LIST], version=version, guide=version.guide,
        faults=acts.faults_of(version) if is_open else [], findings=acts.findings_of(version) if is_open else (),
        versions=version.guide.versions.select_related("drafted_by", "reviewed_by"),
        may_write=access.allowed(user, "编写办事指南", organ), is_newest=newest == version,
        may_review=access.allowed(user, "审核办事指南", organ) and not is_mine, is_mine=is_mine,
        may_withdraw=access.allowed(user, "撤下办事指南", organ) and version.state == GuideVersion.State.LIVE,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """A new guide."""
    organ = organ_of(request, "编写办事指南")
    form = forms.BeginForm(*typed(request), organ=organ)

    def act(given: dict[str, Any]) -> tuple[str, str]:
        made = acts.begin(organ=organ, actor=request.user, **given)
        return "请填写八项要素。", reverse("services:guide_change", args=[made.pk])

    return form_page(
        request,
        form,
        act,
        title="新写办事指南",
        button="下一步",
        back=LIST[1],
        crumbs=[LIST],
        intro=organ.name,
    )


def _on(
    request: HttpRequest, version: GuideVersion, form: django_forms.BaseForm, act: Callable[[dict[str, Any]], str],
    *, title: str, button: str, intro: str = "",
) -> HttpResponse:  # fmt: skip
    url = reverse("services:guide", args=[version.pk])
    return form_page(
        request, form, lambda given: (act(given), url), title=title, button=button, back=url, intro=intro,
        crumbs=[LIST, (version.name, url)],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """The elements of a draft."""
    version = _version(request, pk, "编写办事指南")
    form = forms.GuideForm(*typed(request), instance=version)

    def act(given: dict[str, Any]) -> str:
        acts.change(version=version, given=given, actor=request.user)
        return "已保存。"

    return _on(
        request, version, form, act, title="填写办事指南", button="保存",
        intro="八项要素缺一项不能公布；没有写完的可以先保存。",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def new_version(request: HttpRequest, pk: int) -> HttpResponse:
    """The next version."""
    version = _version(request, pk, "编写办事指南")
    back = reverse("services:guide", args=[pk])

    def act(_: dict[str, Any]) -> tuple[str, str]:
        made = acts.begin_version(guide=version.guide, actor=request.user)
        return f"第 {made.number} 版已起草，公布前公众仍看到现在的一版。", reverse(
            "services:guide_change", args=[made.pk]
        )

    return form_page(
        request, django_forms.Form(*typed(request)), act, title="起草新的一版", button="起草", back=back,
        crumbs=[LIST, (version.name, back)], intro="新的一版先照抄现在的内容，改好后送审。",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def add_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A form to download."""
    version = _version(request, pk, "编写办事指南")

    def act(given: dict[str, Any]) -> str:
        acts.add_file(
            version=version, title=given["title"], is_sample=given["is_sample"], data=given["file"].read(),
            name=given["file"].name, actor=request.user,
        )  # fmt: skip
        return "表格已添加。"

    return _on(request, version, forms.FileForm(*typed(request)), act, title="添加表格", button="上传")


@require_http_methods(["GET", "POST"])
def drop_file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """Take a form out of a draft."""
    version = _version(request, pk, "编写办事指南")
    stored = version.files.filter(pk=file).first()
    if stored is None:
        raise Http404("没有这个表格")

    def act(_: dict[str, Any]) -> str:
        acts.drop_file(file=stored, actor=request.user)
        return "表格已移出这一版。"

    return _on(
        request,
        version,
        django_forms.Form(*typed(request)),
        act,
        title=f"移出“{stored.title}”",
        button="移出",
    )


@require_GET
def file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """A form as the office sees it before publication."""
    stored: GuideFile | None = _version(request, pk).files.filter(pk=file).first()
    if stored is None:
        raise Http404("没有这个表格")
    with stored.file.open("rb") as stream:
        return download(stream.read(), stored.download_name, "application/octet-stream")


@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Submit for review."""
    version = _version(request, pk, "编写办事指南")

    def act(given: dict[str, Any]) -> str:
        acts.submit(version=version, actor=request.user, **given)
        return "已送审，由另一人审核后公布。"

    return _on(request, version, forms.SubmitForm(*typed(request)), act, title="送审", button="送审")


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve and put on the public pages."""
    version = _version(request, pk, "审核办事指南")

    def act(given: dict[str, Any]) -> str:
        acts.publish(version=version, actor=request.user, **given)
        return "已公布。"

    return _on(
        request, version, forms.ReviewForm(*typed(request)), act, title="审核公布", button="同意公布",
        intro=f"公布后替换公众现在看到的内容。拟稿：{version.drafted_by.get_full_name()}。",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return with a reason."""
    version = _version(request, pk, "审核办事指南")

    def act(given: dict[str, Any]) -> str:
        acts.send_back(version=version, note=given["reason"], actor=request.user)
        return "已退回。"

    return _on(request, version, forms.ReasonForm(*typed(request)), act, title="退回修改", button="退回修改")


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a guide off the public pages."""
    version = _version(request, pk, "撤下办事指南")

    def act(given: dict[str, Any]) -> str:
        acts.withdraw(guide=version.guide, reason=given["reason"], actor=request.user)
        return "已撤下，公众看不到了。"

    return _on(request, version, forms.ReasonForm(*typed(request)), act, title="撤下办事指南", button="撤下")

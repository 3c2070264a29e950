"""Files that are to be given out: upload, hidden data, redaction, confidentiality review."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.access import AccessDenied
from gongkai.agencies.shell import download, page, post_only, refuse
from gongkai.inforequests import access
from gongkai.inforequests.errors import ActRefused, InfoRequestError
from gongkai.inforequests.forms import ReviewForm, UploadForm
from gongkai.inforequests.models import InfoRequest, ReleaseFile
from gongkai.inforequests.services import releasing
from gongkai.inforequests.views.cases import QUEUE, case_of
from gongkai.releasefiles.errors import CannotInspect, RedactionFailed, UploadRefused
from gongkai.releasefiles.redacting import Mark, find_text, page_count, page_picture
from gongkai.releasefiles.sniffing import FileType

PICTURE_PX = 1000
REFUSALS = (InfoRequestError, AccessDenied, UploadRefused, CannotInspect, RedactionFailed)
GROUNDS = (
    "第十四条　国家秘密",
    "第十四条　法律、行政法规禁止公开",
    "第十四条　危及国家安全、公共安全、经济安全、社会稳定",
    "第十五条　商业秘密",
    "第十五条　个人隐私",
    "第十六条　内部事务信息",
    "第十六条　过程性信息",
    "第十六条　行政执法案卷信息",
)


def _crumbs(case: InfoRequest) -> list[tuple[str, str]]:
    return [QUEUE, (f"申请 {case.number}", reverse("inforequests:detail", args=[case.pk]))]


def _file(case: InfoRequest, file_pk: int) -> ReleaseFile:
    found = ReleaseFile.objects.filter(request=case, pk=file_pk).first()
    if found is None:
        raise Http404("没有这个文件")
    return found


@require_http_methods(["GET", "POST"])
def files(request: HttpRequest, pk: int) -> HttpResponse:
    """All files of a case that are to go out, the upload form and the review form."""
    case = case_of(request, pk)
    upload = UploadForm()
    if request.method == "POST":
        upload = UploadForm(request.POST, request.FILES)
        if upload.is_valid():
            given = upload.cleaned_data["file"]
            try:
                stored = releasing.add_release_file(
                    request_id=pk, actor=request.user, name=given.name, data=given.read()
                )
            except REFUSALS as error:
                upload.add_error("file", str(error))
            else:
                _say_findings(request, stored)
                return redirect("inforequests:file", pk, stored.pk)
    current = releasing.current_files(case)
    reviews = case.confidentiality_reviews.select_related("reviewed_by").order_by("-pk")
    last = reviews.first()
    return page(
        request,
        "inforequests/files.html",
        title="拟公开的文件",
        crumbs=_crumbs(case),
        status=422 if upload.errors else 200,
        case=case,
        files=current,
        upload=upload,
        review_form=ReviewForm(),
        reviews=reviews,
        is_reviewed=bool(last and last.files_digest == releasing.files_digest(case)),
        may_change=access.allowed(request.user, "办理申请", case.organ) and case.is_open,
        may_review=access.allowed(request.user, "保密审查", case.organ) and case.is_open,
        open_findings=sum(len(file.open_findings) for file in current),
    )


def _say_findings(request: HttpRequest, file: ReleaseFile) -> None:
    if file.open_findings:
        messages.warning(
            request, f"检查发现 {len(file.open_findings)} 处隐藏信息，请逐处清除或者写明可以保留的理由。"
        )
    else:
        messages.success(request, "没有发现隐藏信息。")


@require_GET
def file(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """One file: findings, what was done with each, redaction."""
    case = case_of(request, pk)
    found = _file(case, file_pk)
    newer = ReleaseFile.objects.filter(previous=found).first()
    if newer is not None:
        return redirect("inforequests:file", pk, newer.pk)
    fixable: dict[str, list[dict[str, Any]]] = {}
    for finding in found.findings:
        if finding["fixable"]:
            fixable.setdefault(finding["kind"], []).append(finding)
    return page(
        request,
        "inforequests/file.html",
        title=found.name,
        crumbs=[*_crumbs(case), ("拟公开的文件", reverse("inforequests:files", args=[pk]))],
        case=case,
        file=found,
        findings=[(finding, found.waivers.get(finding["key"])) for finding in found.findings],
        fixable=[(kind, lines[0]["label"], len(lines)) for kind, lines in fixable.items()],
        is_pdf=found.file_type == FileType.PDF,
        versions=_versions(found),
        may_change=access.allowed(request.user, "办理申请", case.organ)
        and case.is_open
        and found.withdrawn_at is None,
    )


def _versions(found: ReleaseFile) -> list[ReleaseFile]:
    chain, current = [], found.previous
    while current is not None:
        chain.append(current)
        current = current.previous
    return chain


@post_only("inforequests:file", "pk", "file_pk")
def file_act(request: HttpRequest, pk: int, file_pk: int, what: str) -> HttpResponse:
    """Clean, waive or withdraw."""
    case = case_of(request, pk, "办理申请")
    found = _file(case, file_pk)
    try:
        if what == "qingchu":
            stored = releasing.clean_release_file(
                file_id=found.pk, actor=request.user, kinds=request.POST.getlist("kind")
            )
            _say_findings(request, stored)
            return redirect("inforequests:file", pk, stored.pk)
        if what == "baoliu":
            releasing.waive_finding(
                file_id=found.pk,
                actor=request.user,
                key=request.POST.get("key", ""),
                reason=request.POST.get("reason", ""),
            )
            messages.success(request, "已记下保留的理由。")
            return redirect("inforequests:file", pk, found.pk)
        if what == "chexia":
            releasing.withdraw_release_file(file_id=found.pk, actor=request.user)
            messages.success(request, f"“{found.name}”已撤下，不再随答复提供。")
            return redirect("inforequests:files", pk)
    except REFUSALS as error:
        refuse(request, error)
        return redirect("inforequests:file", pk, found.pk)
    raise Http404("没有这种办理")


@post_only("inforequests:files", "pk")
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The confidentiality review of exactly these files."""
    case_of(request, pk)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请填写结论、依据和审查意见。")
        return redirect("inforequests:files", pk)
    try:
        releasing.review_confidentiality(request_id=pk, actor=request.user, **form.cleaned_data)
    except REFUSALS as error:
        refuse(request, error)
    else:
        messages.success(request, "保密审查意见已登记。文件再有变动的，须重新审查。")
    return redirect("inforequests:files", pk)


@require_GET
def file_download(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """The file itself."""
    found = _file(case_of(request, pk), file_pk)
    return download(releasing.read_release_file(found), found.name, FileType(found.file_type).content_type)


@require_GET
def redaction(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """One page of a PDF to draw marks on."""
    case = case_of(request, pk, "办理申请")
    found = _pdf(case, file_pk)
    count = page_count(releasing.read_release_file(found))
    return page(
        request,
        "inforequests/redact.html",
        title=f"遮盖：{found.name}",
        crumbs=[
            *_crumbs(case),
            ("拟公开的文件", reverse("inforequests:files", args=[pk])),
            (found.name, reverse("inforequests:file", args=[pk, found.pk])),
        ],
        case=case,
        file=found,
        pages=[
            {"number": n, "url": reverse("inforequests:page_picture", args=[pk, found.pk, n])}
            for n in range(count)
        ],
        grounds=GROUNDS,
    )


def _pdf(case: InfoRequest, file_pk: int) -> ReleaseFile:
    found = _file(case, file_pk)
    if found.file_type != FileType.PDF:
        raise Http404("只能遮盖 PDF")
    return found


@require_GET
def picture(request: HttpRequest, pk: int, file_pk: int, number: int) -> HttpResponse:
    """One page as PNG."""
    found = _pdf(case_of(request, pk), file_pk)
    data = releasing.read_release_file(found)
    if not 0 <= number < page_count(data):
        raise Http404("没有这一页")
    response = HttpResponse(page_picture(data, number, PICTURE_PX), content_type="image/png")
    response["Cache-Control"] = "private, max-age=600"
    return response


@require_GET
def search(request: HttpRequest, pk: int, file_pk: int) -> JsonResponse:
    """Where a text stands, as boxes to mark."""
    found = _pdf(case_of(request, pk, "办理申请"), file_pk)
    words = request.GET.get("q", "").strip()[:100]
    boxes = find_text(releasing.read_release_file(found), words) if words else ()
    return JsonResponse(
        {"boxes": [{"page": b.page, "x0": b.x0, "y0": b.y0, "x1": b.x1, "y1": b.y1} for b in boxes]}
    )


@post_only("inforequests:redaction", "pk", "file_pk")
def redact(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """Burn the marks in; the new version is what goes out."""
    case = case_of(request, pk, "办理申请")
    found = _pdf(case, file_pk)
    try:
        marks = _marks(request.POST.get("marks", ""))
        stored = releasing.redact_release_file(file_id=found.pk, actor=request.user, marks=marks)
    except REFUSALS as error:
        refuse(request, error)
        return redirect("inforequests:redaction", pk, found.pk)
    messages.success(request, f"已遮盖 {len(marks)} 处，遮盖处的文字已从文件中去掉，并经再次提取核对。")
    return redirect("inforequests:file", pk, stored.pk)


def _marks(text: str) -> list[Mark]:
    try:
        given = json.loads(text or "[]")
        return [
            Mark(
                page=int(m["page"]),
                x0=float(m["x0"]),
                y0=float(m["y0"]),
                x1=float(m["x1"]),
                y1=float(m["y1"]),
                ground=str(m["ground"])[:100],
            )
            for m in given
        ]
    except (ValueError, TypeError, KeyError) as error:
        raise ActRefused("遮盖的位置没有传完整，请重新标出。") from error

"""Importing an old site's items: upload, look at every row, run, take the report along. And one draft from Word."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.models import Organ
from gongkai.agencies.shell import XLSX_TYPE, download, page, post_only, refuse, xlsx
from gongkai.publishing import selectors, services
from gongkai.publishing.errors import PublishingError
from gongkai.publishing.forms import ImportForm, TakeOverForm
from gongkai.publishing.importing import HEADINGS, Files
from gongkai.publishing.models import ColumnPage, ImportBatch
from gongkai.releasefiles.errors import UploadRefused

PAGE_SIZE = 100
IMPORTS = ("导入信息", "/houtai/xinxi/daoru/")
Refused = (PublishingError, PermissionDenied, UploadRefused)
EXAMPLE = (
    "", "政府信息公开/通知公告", "示例：停水公告", "因检修，一号路停水。", "", "2023-03-01", "2023-03-02", "示园管发〔2023〕1号",
    "示例工业园区管委会", "", "综合政务", "公告", "停水", "一号路停水安排", "fujian1.pdf;fujian2.xlsx",
    "https://old.example.gov.cn/art/1.html",
)  # fmt: skip


def _organs(request: HttpRequest) -> list[Organ]:
    organs = selectors.organs_for(request.user, "导入信息")
    if not organs:
        raise PermissionDenied("您没有导入信息的权限：须由公开办经办人或负责人办理。")
    return organs


@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """Upload a sheet with its files; below, earlier imports."""
    organs = _organs(request)
    form = ImportForm(request.POST or None, request.FILES or None, organs=organs)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                return redirect("publishing:import_batch", _checked(request, form).pk)
            except Refused as error:
                form.add_error("sheet", str(error))
        status = 422
    return page(
        request,
        "publishing/imports.html",
        title="导入信息",
        status=status,
        form=form,
        batches=ImportBatch.objects.filter(organ__in=organs).select_related("by", "organ")[:50],
    )


def _checked(request: HttpRequest, form: Any) -> ImportBatch:
    """The trial: nothing is imported, every row is reported."""
    sheet, package = form.cleaned_data["sheet"], form.cleaned_data["package"]
    content = sheet.read()
    files = Files(package.read()) if package else Files(None)
    organ = form.cleaned_data["organ"]
    report = services.import_items(
        organ=organ, actor=request.user, content=content, files=files, dry_run=True
    )
    sheet.seek(0)
    if package:
        package.seek(0)
    return ImportBatch.objects.create(
        organ=organ,
        sheet_name=sheet.name[:200],
        sheet=sheet,
        package=package or "",
        report=report,
        refused=sum(bool(line["faults"]) or line["state"].startswith("同组") for line in report),
        by=request.user,
    )


def _batch(request: HttpRequest, pk: int) -> ImportBatch:
    found = ImportBatch.objects.filter(pk=pk, organ__in=_organs(request)).first()
    if found is None:
        raise Http404
    return found


@require_GET
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found in each row, the faulty ones first."""
    found = _batch(request, pk)
    lines = sorted(found.lines, key=lambda line: (not line["faults"], not line["notes"], line["row"]))
    sheet = Paginator(lines, PAGE_SIZE).get_page(request.GET.get("ye"))
    return page(
        request,
        "publishing/import_batch.html",
        title=found.sheet_name,
        crumbs=[IMPORTS],
        batch=found,
        sheet=sheet,
        total=len(lines),
        fine=len(lines) - found.refused,
    )


@post_only("publishing:import_batch", "pk")
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Import what the trial found to be in order; rows are checked again."""
    found = _batch(request, pk)
    waiting = ImportBatch.objects.filter(pk=pk, state=ImportBatch.State.CHECKED)
    if not waiting.update(state=ImportBatch.State.DONE):  # one click of two wins
        messages.warning(request, "这一批已经导入过，没有重复导入。")
        return redirect("publishing:import_batch", pk)
    with found.sheet.open("rb") as stream:
        content = stream.read()
    package = None
    if found.package:
        with found.package.open("rb") as stream:
            package = stream.read()
    try:
        report = services.import_items(
            organ=found.organ, actor=request.user, content=content, files=Files(package), dry_run=False
        )
    except Refused as error:
        ImportBatch.objects.filter(pk=pk).update(state=ImportBatch.State.CHECKED)
        refuse(request, error)
        return redirect("publishing:import_batch", pk)
    found.report, found.state = report, ImportBatch.State.DONE
    found.imported = sum(line["item"] is not None for line in report)
    found.refused = len(report) - found.imported
    found.save(update_fields=["report", "state", "imported", "refused"])
    messages.success(
        request, f"已导入 {found.imported} 条草稿，{found.refused} 行没有导入。草稿须逐条送审后才能发布。"
    )
    return redirect("publishing:import_batch", pk)


@require_GET
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The report of every row as XLSX."""
    found = _batch(request, pk)
    rows = [
        (
            str(line["row"]), line["group"], line["title"], line["state"],
            "；".join(f"{fault['column']}：{fault['message']}".lstrip("：") for fault in line["faults"]), "；".join(line["notes"]),
        )
        for line in found.lines
    ]  # fmt: skip
    content = xlsx(("行", "组", "标题", "结果", "问题", "提示"), rows, sheet="导入报告")
    return download(content, f"导入报告-{found.pk}.xlsx", XLSX_TYPE)


@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """The sheet to fill in."""
    _organs(request)
    return download(xlsx(HEADINGS, [EXAMPLE], sheet="信息"), "信息导入模板.xlsx", XLSX_TYPE)


@require_http_methods(["GET", "POST"])
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """A new draft in a column from a Word file or from what was copied out of Word or a web page."""
    column = ColumnPage.objects.filter(pk=pk).first()
    if column is None:
        raise Http404
    organs = selectors.organs_for(request.user, "拟稿送审")
    if not organs:
        raise PermissionDenied("您没有拟稿的权限，请联系系统管理员授予角色。")
    form = TakeOverForm(request.POST or None, request.FILES or None, organs=organs)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                item, notes = services.take_over(
                    column=column,
                    organ=form.cleaned_data["organ"],
                    actor=request.user,
                    title=form.cleaned_data["title"],
                    word=form.cleaned_data["word"],
                    pasted=form.cleaned_data["pasted"],
                )
            except Refused as error:
                form.add_error("word", str(error))
            else:
                for note in notes:
                    messages.warning(request, note)
                messages.success(request, "已建立草稿，请核对内容、补全信息后送审。")
                return redirect("wagtailadmin_pages:edit", item.pk)
        status = 422
    return page(
        request,
        "publishing/take_over.html",
        title="从 Word 或网页新建信息",
        crumbs=[(column.title, reverse("wagtailadmin_explore", args=[column.pk]))],
        status=status,
        form=form,
        column=column,
    )

"""Ledgers: list, entry, withdrawal, import."""

from __future__ import annotations

from datetime import timedelta
from pathlib import PurePath
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.forms import ModelForm
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.access import AccessDenied
from gongkai.agencies.models import Organ
from gongkai.agencies.shell import XLSX_TYPE, download, page, post_only, refuse, xlsx
from gongkai.reporting import access, selectors, services
from gongkai.reporting.errors import AlreadyExists, RefusedUpload, ReportingError
from gongkai.reporting.forms import ImportForm, ReasonForm, record_form
from gongkai.reporting.ledgers import LEDGERS, Ledger
from gongkai.reporting.models import ImportBatch
from gongkai.reporting.views.ledger_table import LedgerTable

INDEX = ("台账", "/houtai/taizhang/")
PENDING_SALT = "gongkai.reporting.import"
PENDING_SECONDS = 24 * 3600
DOUBLE_CLICK_SECONDS = 10


def _ledger(key: str) -> Ledger:
    if key not in LEDGERS:
        raise Http404
    return LEDGERS[key]


def _organ(request: HttpRequest, code: str) -> Organ:
    organ = Organ.objects.filter(code=code).first()
    if organ is None:
        raise Http404
    access.require(request.user, "查看年度报告", organ)
    return organ


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every ledger of every organ of mine, with how many records it holds."""
    organs = selectors.organs_for(request.user, "查看年度报告")
    rows = [
        (
            organ,
            [
                (ledger, ledger.model.objects.active().filter(organ=organ).count())
                for ledger in LEDGERS.values()
            ],
        )
        for organ in organs[:50]
    ]
    return page(
        request, "reporting/ledger_index.html", title="台账", rows=rows, ledgers=list(LEDGERS.values())
    )


@require_http_methods(["GET", "POST"])
def ledger(request: HttpRequest, organ_code: str, key: str) -> HttpResponse:
    """One ledger of one organ: its records by year and words, a form to add one, its imports, its export."""
    book, organ = _ledger(key), _organ(request, organ_code)
    table = LedgerTable(book, organ, request.GET)
    if request.method == "GET" and request.GET.get("daochu") == "xlsx":
        content = xlsx(table.export_headings(), table.export_rows(), sheet=book.title)
        return download(content, f"{organ.name}{table.year or ''}{book.title}.xlsx", XLSX_TYPE)
    form = record_form(book)(
        request.POST or None,
        request.FILES or None,
        initial={n: request.GET[n] for n in book.fields if n in request.GET},
    )
    if request.method == "POST" and _entered(request, form, book, organ):
        again = {"zaideng": "1", **_repeated(book, request.POST)} if "again" in request.POST else {}
        url = reverse("reporting:ledger", args=[organ_code, key])
        return redirect(f"{url}?{urlencode(again)}" if again else url)
    found = Paginator(table.records(), 50).get_page(request.GET.get("ye"))
    records = list(found)
    names = table.shown(records)
    return page(
        request,
        "reporting/ledger.html",
        title=f"{book.title}（{organ.short_name or organ.name}）",
        crumbs=[INDEX],
        status=422 if request.method == "POST" else 200,
        ledger=book,
        organ=organ,
        form=form,
        entering=bool(form.errors) or "zaideng" in request.GET,
        found=found,
        table=table,
        headings=table.headings(names),
        rows=[(record, table.cells(record, names)) for record in records],
        years=[(year, table.query(nian=year)) for year in table.years()],
        all_years=table.query(nian=None),
        kept=table.query(),
        batches=ImportBatch.objects.filter(organ=organ, ledger=key).select_related("imported_by")[:10],
        may_enter=access.allowed(request.user, "登记台账", organ),
    )


def _entered(request: HttpRequest, form: ModelForm, book: Ledger, organ: Organ) -> bool:
    """Enter the record of a form; on a refusal the form says why and keeps what was typed."""
    form.instance.organ, form.instance.entered_by = organ, request.user
    if not form.is_valid():
        return False
    values = {name: form.cleaned_data[name] for name in book.fields}
    if _just_entered(book, organ, request, values):
        messages.warning(
            request, "刚才已经登记了同样的 1 条，没有重复登记。确有两条相同的，请稍等片刻再登记一次。"
        )
        return True
    try:
        services.enter_record(
            ledger=book,
            organ=organ,
            actor=request.user,
            values=values,
            evidence=form.cleaned_data.get("evidence"),
        )
    except ValidationError as error:
        form.add_error(None, error.messages)
    except AccessDenied as error:
        form.add_error(None, str(error))
    else:
        messages.success(request, "已登记 1 条。")
        return True
    return False


def _just_entered(book: Ledger, organ: Organ, request: HttpRequest, values: dict[str, Any]) -> bool:
    """Whether this person entered the very same record seconds ago: a double click or a page sent again."""
    since = timezone.now() - timedelta(seconds=DOUBLE_CLICK_SECONDS)
    same = book.model.objects.active().filter(organ=organ, entered_by=request.user, entered_at__gte=since)
    return same.filter(**values).exists()


def _repeated(book: Ledger, given: QueryDict) -> dict[str, str]:
    """What the next record of a series most likely shares with this one: its kind and its date."""
    return {
        name: given[name]
        for name in book.fields
        if given.get(name) and (book.field(name).choices or name == book.date_field)
    }


@require_GET
def evidence(request: HttpRequest, organ_code: str, key: str, pk: int) -> HttpResponse:
    """The file that proves one record, or the import it came with."""
    book, organ = _ledger(key), _organ(request, organ_code)
    record = book.model.objects.filter(pk=pk, organ=organ).select_related("batch").first()
    stored = record and (record.evidence or (record.batch and record.batch.evidence))
    if not stored:
        raise Http404
    return FileResponse(stored.open("rb"), as_attachment=True, filename=PurePath(stored.name).name)


@post_only("reporting:ledger", "organ_code", "key")
def withdraw(request: HttpRequest, organ_code: str, key: str, pk: int) -> HttpResponse:
    """Withdraw one record with a reason."""
    book, organ = _ledger(key), _organ(request, organ_code)
    if not book.model.objects.filter(pk=pk, organ=organ).exists():
        raise Http404
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请写明撤销理由。")
        return redirect("reporting:ledger", organ_code, key)
    try:
        services.withdraw_record(
            ledger=book, record_id=pk, actor=request.user, reason=form.cleaned_data["reason"]
        )
    except (ReportingError, AccessDenied) as error:
        refuse(request, error)
    else:
        messages.success(request, "已撤销，不再计入年报；记录仍可查看。")
    return redirect("reporting:ledger", organ_code, key)


@require_GET
def template(request: HttpRequest, organ_code: str, key: str) -> HttpResponse:
    """An empty workbook with the headings; required ones are starred."""
    book = _ledger(key)
    headings = [book.heading(name) + ("*" if book.is_required(name) else "") for name in book.fields]
    return download(xlsx(headings, [], sheet=book.title), f"{book.title}导入模板.xlsx", XLSX_TYPE)


@require_http_methods(["GET", "POST"])
def import_file(request: HttpRequest, organ_code: str, key: str) -> HttpResponse:
    """Upload → preview with faults by row and column → run. Nothing half done."""
    book, organ = _ledger(key), _organ(request, organ_code)
    form = ImportForm(request.POST or None, request.FILES or None)
    required = [book.heading(name) for name in book.fields if book.is_required(name)]
    optional = [book.heading(name) for name in book.fields if not book.is_required(name)]
    context = {"ledger": book, "organ": organ, "form": form, "required": required, "optional": optional}
    status = 200
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            outcome = services.import_ledger(
                ledger_key=key,
                organ=organ,
                actor=request.user,
                file_name=file.name,
                content=content,
                dry_run=True,
            )
        except (RefusedUpload, AlreadyExists, AccessDenied) as error:
            form.add_error("file", str(error))
            status = 422
        else:
            context.update(outcome=outcome, file_name=file.name)
            if not outcome.faults:
                evidence = form.cleaned_data.get("evidence")
                context["token"] = _keep(content, file.name, organ, key, evidence)
    elif request.method == "POST":
        status = 422
    return page(
        request,
        "reporting/import.html",
        title=f"导入{book.title}",
        crumbs=[INDEX, (book.title, reverse("reporting:ledger", args=[organ_code, key]))],
        status=status,
        **context,
    )


def _keep(content: bytes, name: str, organ: Organ, key: str, evidence: object) -> str:
    """Keep a checked upload until the clerk confirms, and name it in a signed token."""
    path = default_storage.save("reporting/pending/upload", ContentFile(content))
    proof = default_storage.save("reporting/pending/evidence", evidence) if evidence else ""
    proof_name = evidence.name if evidence else ""
    facts = {
        "path": path,
        "name": name,
        "organ": organ.code,
        "ledger": key,
        "proof": proof,
        "proof_name": proof_name,
    }
    return signing.dumps(facts, salt=PENDING_SALT)


@post_only("reporting:ledger", "organ_code", "key")
def run_import(request: HttpRequest, organ_code: str, key: str) -> HttpResponse:
    """Run a previewed import whole."""
    organ = _organ(request, organ_code)
    try:
        facts = signing.loads(request.POST.get("token", ""), salt=PENDING_SALT, max_age=PENDING_SECONDS)
    except signing.BadSignature:
        messages.error(request, "预览已超过 24 小时或不完整，请重新选择文件。")
        return redirect("reporting:import", organ_code, key)
    if (facts["organ"], facts["ledger"]) != (organ.code, key):
        raise Http404
    if not default_storage.exists(facts["path"]):
        messages.warning(request, f"“{facts['name']}”已经导入，没有重复导入。")
        return redirect("reporting:ledger", organ_code, key)
    with default_storage.open(facts["path"]) as stored:
        content = stored.read()
    evidence = None
    if facts["proof"]:
        with default_storage.open(facts["proof"]) as stored:
            evidence = ContentFile(stored.read(), name=facts["proof_name"])
    try:
        outcome = services.import_ledger(
            ledger_key=key,
            organ=organ,
            actor=request.user,
            file_name=facts["name"],
            content=content,
            evidence=evidence,
        )
    except (RefusedUpload, AlreadyExists, AccessDenied) as error:
        refuse(request, error)
        return redirect("reporting:import", organ_code, key)
    if outcome.faults:
        messages.error(
            request, f"预览之后台账有了变动，现有 {len(outcome.faults)} 处问题，没有导入。请重新预览。"
        )
        return redirect("reporting:import", organ_code, key)
    for path in filter(None, (facts["path"], facts["proof"])):
        default_storage.delete(path)
    messages.success(request, f"已导入 {outcome.rows} 条。")
    return redirect("reporting:ledger", organ_code, key)

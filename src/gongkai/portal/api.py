"""The open interface (``/api/v1``): what is published, as data. Only reading; nothing that is not public.

Lists are paged by ``page`` and ``size``; every answer carries an ETag. The description is at ``/api/v1/openapi.json``.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import conditional_page
from ninja import NinjaAPI, Path, Query, Schema
from ninja.decorators import decorate_view
from ninja.errors import HttpError, ValidationError
from pydantic import Field
from wagtail.query import PageQuerySet

from gongkai.core.documents.topics import SEPARATOR, top_of
from gongkai.portal.api_common import Fault, OnceEach, Paged
from gongkai.portal.api_normative import router as normative_documents
from gongkai.portal.models import PortalSettings
from gongkai.portal.opendata.api import router as open_data
from gongkai.portal.searching import ItemsFound
from gongkai.publishing.models import CatalogueEdition, ColumnPage, ItemPage
from gongkai.reporting import selectors

MAX_ID = 2**31 - 1
NOT_FOUND = "没有这一条：可能没有发布，或者已经撤下。"

api = NinjaAPI(
    title="政府信息公开开放接口",
    version="1",
    description="已发布的信息、栏目、规范性文件和年度报告。只读，不需要登录。",
    urls_namespace="api",
    docs_url=None,
    parser=OnceEach(),
)
api.add_router("/open-data", open_data)
api.add_router("/normative-documents", normative_documents)


@api.exception_handler(ValidationError)
def refused(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Name the parameters that cannot be so."""
    names = sorted({str(one["loc"][-1]) for one in error.errors})
    detail = f"参数 {'、'.join(names)} 不对，取值范围见 /api/v1/openapi.json。"
    return api.create_response(request, {"detail": detail}, status=422)


def no_such_address(request: HttpRequest, rest: str) -> HttpResponse:
    """An address under ``/api/`` that the interface does not have; programs get no page made for people."""
    return JsonResponse({"detail": "没有这个接口，全部地址见 /api/v1/。"}, status=404)


class Endpoint(Schema):
    """One kind of question that is answered."""

    summary: str
    url: str = Field(description="花括号里的换成实际的值。")


class Root(Schema):
    """What the interface offers."""

    title: str
    version: str
    description: str
    openapi: str
    endpoints: list[Endpoint]


@api.get("/", response=Root, summary="接口目录", tags=["目录"])
@decorate_view(conditional_page)
def root(request: HttpRequest) -> dict[str, Any]:
    """Every address of the interface, read from its own description."""
    whole = request.build_absolute_uri
    described = api.get_openapi_schema()
    return {
        "title": api.title,
        "version": api.version,
        "description": api.description,
        "openapi": whole(reverse("api:openapi-json")),
        "endpoints": [
            {"summary": methods["get"]["summary"], "url": whole("/") + path.removeprefix("/")}
            for path, methods in described["paths"].items()
        ],
    }


class Column(Schema):
    """A column of the portal."""

    id: int
    title: str
    type: str
    description: str
    url: str
    parent: int | None = Field(description="上级栏目的 id；没有时为空。")


class ItemHead(Schema):
    """An item without its text."""

    id: int
    title: str
    url: str
    column: int
    document_number: str
    topic: str
    source: str
    formed_on: date | None
    published_at: datetime
    summary: str


class Attachment(Schema):
    """A file of an item."""

    title: str
    url: str
    bytes: int


class Item(ItemHead):
    """An item with its text: ``body`` as HTML, ``text`` with tables and questions as plain words."""

    index_number: str
    category: str = Field(description="《条例》第二十条、第二十一条的类别；没有时为空。")
    body: str
    text: str
    keywords: str
    attachments: list[Attachment]


class CatalogueLine(Schema):
    """One line of the catalogue in force."""

    position: int
    category: str
    name: str
    content: str
    basis: str
    time_limit: str
    subject: str
    audience: str
    channels: str
    column: int | None


class Catalogue(Schema):
    """The catalogue of what is published (主动公开基本目录)."""

    organ: str
    edition: int
    effective_from: date
    entries: list[CatalogueLine]


class Items(Schema):
    """A page of items."""

    total: int
    page: int
    size: int
    items: list[ItemHead]


class ReportHead(Schema):
    """A published annual report without its tables."""

    organ: str
    organ_code: str
    year: int
    title: str
    url: str
    published_at: datetime | None


class Narrowing(Paged):
    """Which items."""

    q: Annotated[str, Field(max_length=60, description="词语，用空格隔开表示都要有。")] = ""
    column: Annotated[int | None, Field(ge=1, le=2**31 - 1, description="栏目 id，包括下级栏目。")] = None
    year: Annotated[int | None, Field(ge=1949, le=9998, description="发布年份。")] = None
    topic: Annotated[str, Field(max_length=60, description="主题分类，一级或者“一级\\二级”。")] = ""


def _head(item: ItemPage, columns: dict[str, int]) -> dict[str, Any]:
    return {
        "id": item.pk,
        "title": item.title,
        "url": item.full_url or item.url or "",
        "column": columns.get(item.path[: -ItemPage.steplen], 0),
        "document_number": item.document_number,
        "topic": item.topic,
        "source": item.source,
        "formed_on": item.formed_on,
        "published_at": item.published_at,
        "summary": item.summary,
    }


def _open_items() -> PageQuerySet[ItemPage]:
    """What is published and stands behind no password."""
    return ItemPage.objects.live().public()


def _columns() -> dict[str, int]:
    return dict(ColumnPage.objects.live().values_list("path", "pk"))


@api.get("/columns", response=list[Column], summary="栏目", tags=["目录"])
@decorate_view(conditional_page)
def columns(request: HttpRequest) -> list[dict[str, Any]]:
    """Every column in the order of the tree."""
    ids = _columns()
    return [
        {
            "id": column.pk,
            "title": column.title,
            "type": column.column_type,
            "description": column.description,
            "url": column.full_url or column.url or "",
            "parent": ids.get(column.path[: -ColumnPage.steplen]),
        }
        for column in ColumnPage.objects.live().order_by("path")
    ]


@api.get("/items", response={200: Items, 422: Fault}, summary="已发布的信息", tags=["信息"])
@decorate_view(conditional_page)
def items(request: HttpRequest, wanted: Query[Narrowing]) -> dict[str, Any]:
    """Published items, newest first; with words, the likeliest first."""
    if wanted.q.strip():
        narrowed = {"year": str(wanted.year or ""), "topic": top_of(wanted.topic)}
        if wanted.column is not None:
            column = ColumnPage.objects.live().filter(pk=wanted.column).first()
            narrowed["column"] = column.title if column is not None else "\0"
        found: Any = ItemsFound(wanted.q, narrowed=narrowed)
    else:
        found = _open_items().order_by("-published_at", "-pk")
        if wanted.column is not None:
            column = ColumnPage.objects.live().filter(pk=wanted.column).first()
            found = found.descendant_of(column) if column is not None else found.none()
        if wanted.year is not None:
            found = found.filter(published_at__year=wanted.year)
        if wanted.topic:
            found = found.filter(Q(topic=wanted.topic) | Q(topic__startswith=wanted.topic + SEPARATOR))
    total = found.count()
    start = (wanted.page - 1) * wanted.size
    page = found[start : start + wanted.size] if start < total else []
    ids = _columns()
    return {
        "total": total,
        "page": wanted.page,
        "size": wanted.size,
        "items": [_head(item, ids) for item in page],
    }


@api.get("/items/{pk}", response={200: Item, 404: Fault, 422: Fault}, summary="一条信息", tags=["信息"])
@decorate_view(conditional_page)
def item(request: HttpRequest, pk: Annotated[int, Path(ge=1, le=MAX_ID)]) -> dict[str, Any]:
    """One published item with its text."""
    found = _open_items().filter(pk=pk).first()
    if found is None:
        raise HttpError(404, NOT_FOUND)
    return {
        **_head(found, _columns()),
        "index_number": found.index_number or "",
        "category": found.category_label,
        "body": found.body,
        "text": found.plain_text,
        "keywords": found.keywords,
        "attachments": [
            {
                "title": one.shown_title,
                "url": request.build_absolute_uri(one.document.url),
                "bytes": one.document.get_file_size() or 0,
            }
            for one in found.attachments.select_related("document")
        ],
    }


@api.get("/catalogue", response={200: Catalogue, 404: Fault}, summary="主动公开基本目录", tags=["目录"])
@decorate_view(conditional_page)
def catalogue(request: HttpRequest) -> dict[str, Any]:
    """The organ's catalogue in force."""
    site = PortalSettings.for_request(request)
    edition = CatalogueEdition.objects.filter(organ=site.organ, state="in_force").first()
    if edition is None:
        raise HttpError(404, "目录还没有施行。")
    return {
        "organ": edition.organ.name,
        "edition": edition.number,
        "effective_from": edition.effective_from,
        "entries": [
            {
                "position": line.position,
                "category": f"{line.article}　{line.category_label}",
                "name": line.name,
                "content": line.content,
                "basis": line.basis,
                "time_limit": line.limit_text,
                "subject": line.subject,
                "audience": line.get_audience_display(),
                "channels": line.channels,
                "column": line.column_id,
            }
            for line in edition.entries.all()
        ],
    }


@api.get("/annual-reports", response=list[ReportHead], summary="年度报告", tags=["年度报告"])
@decorate_view(conditional_page)
def annual_reports(request: HttpRequest) -> list[dict[str, Any]]:
    """Published annual reports, newest year first."""
    return [
        {
            "organ": report.organ.name,
            "organ_code": report.organ.code,
            "year": report.year,
            "title": report.title,
            "url": request.build_absolute_uri(report.get_absolute_url()),
            "published_at": report.published_at,
        }
        for report in selectors.published_reports()
    ]


@api.get(
    "/annual-reports/{organ_code}/{year}",
    response={200: dict[str, Any], 404: Fault, 422: Fault},
    summary="一份年度报告",
    tags=["年度报告"],
)
@decorate_view(conditional_page)
def annual_report(
    request: HttpRequest,
    organ_code: Annotated[str, Path(max_length=40, description="机关代码。")],
    year: Annotated[int, Path(ge=1949, le=9998, description="报告年度。")],
) -> Any:
    """A published report in the exchange format, as it was frozen."""
    report = selectors.published_report(organ_code.replace("\0", ""), year)
    file = report.files.filter(format="json").first() if report is not None else None
    if file is None:
        raise HttpError(404, "没有这份年度报告：可能还没有发布。")
    with file.file.open("rb") as stream:
        return HttpResponse(stream.read(), content_type="application/json")

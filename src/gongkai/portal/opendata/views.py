"""The page “数据开放” and the files behind it; nothing here needs JavaScript or a login."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import condition, require_GET, require_safe

from gongkai.agencies.shell import XLSX_TYPE
from gongkai.audit.chain import sm3
from gongkai.portal import labels as page_labels
from gongkai.portal.opendata.rows import Source
from gongkai.portal.opendata.tables import TABLES, Table
from gongkai.portal.opendata.writing import csv_pieces, json_pieces, xlsx_pieces

COLUMN = {
    "name": "数据开放",
    "description": "本机关公开的目录、规范性文件、年报数据、办事指南、留言答复的数据文件，可以免费下载、再利用。",
    "keywords": "数据开放,开放数据,下载,CSV,XLSX,JSON",
    "column_type": "数据开放",
}
FORMATS = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX_TYPE, "json": "application/json"}


def files_of(source: Source, table: Table) -> dict[str, str]:
    """The whole address of the table in each format."""
    return {form: source.link("open_data_file", table.name, form) for form in FORMATS}


def described(source: Source, table: Table) -> dict[str, Any]:
    """What a table is: the same words on the page, in the files and through the interface."""
    extent = table.extent(source)
    changed = timezone.localtime(extent.changed_at) if extent.changed_at is not None else None
    return {
        "name": table.name,
        "title": table.title,
        "about": table.about,
        "publisher": source.site.organ.name if source.site.organ is not None else source.site.site_name,
        "terms": source.site.open_data_terms,
        "date": timezone.localdate().isoformat(),
        "changed_at": changed.isoformat(timespec="seconds") if changed is not None else None,
        "rows": extent.rows,
        "page": source.origin + table.page,
        "fields": [{"name": one.name, "label": one.label, "about": one.about} for one in table.fields],
        "files": files_of(source, table),
    }


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every table with its fields, date, number of rows and files."""
    source = Source(request)
    return render(
        request,
        "portal/opendata/index.html",
        {
            "title": COLUMN["name"],
            "labels": page_labels.column_labels(source.site, **COLUMN),
            "tables": [(table, table.extent(source)) for table in TABLES.values()],
            "forms": list(FORMATS),
            "terms": source.site.open_data_terms,
            "today": timezone.localdate(),
            "api": reverse("api:open_data"),
        },
    )


def _tag(request: HttpRequest, name: str, form: str) -> str | None:
    """The validator: the rows, the words about them, the day."""
    if name not in TABLES or form not in FORMATS:
        return None
    table, source = TABLES[name], Source(request)
    mark = table.mark(source) if table.mark is not None else repr(list(table.rows(source)))
    parts = (form, timezone.localdate(), source.origin, source.site.open_data_terms, table.fields, mark)
    return f'"{sm3(repr(parts).encode())}"'


@require_safe
@condition(etag_func=_tag)
def file(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """One table as a file, sent as it is read."""
    if name not in TABLES or form not in FORMATS:
        raise Http404
    table, source = TABLES[name], Source(request)
    if form == "xlsx":
        response = StreamingHttpResponse(xlsx_pieces(table, table.rows(source), _lines(source, table)))
    elif form == "csv":
        response = StreamingHttpResponse(csv_pieces(table, table.rows(source)))
    else:
        response = StreamingHttpResponse(json_pieces(table, table.rows(source), described(source, table)))
    saved = f"{table.title}_{timezone.localdate():%Y%m%d}.{form}"
    response["Content-Type"] = FORMATS[form]
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(saved)}"
    response["Access-Control-Allow-Origin"] = "*"  # public data, without a login
    return response


def _lines(source: Source, table: Table) -> list[tuple[str, str]]:
    about = described(source, table)
    return [
        ("数据名称", about["title"]),
        ("说明", about["about"]),
        ("发布机关", about["publisher"]),
        ("数据日期", about["date"]),
        ("行数", str(about["rows"])),
        ("使用条件", about["terms"]),
        ("网页", about["page"]),
    ]

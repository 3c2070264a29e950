"""Open data through the open interface: what tables there are, and each as a file."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest
from django.views.decorators.http import conditional_page
from ninja import Router, Schema
from ninja.decorators import decorate_view
from pydantic import Field

from gongkai.portal.api_common import Fault
from gongkai.portal.opendata import views
from gongkai.portal.opendata.rows import Source
from gongkai.portal.opendata.tables import TABLES

router = Router(tags=["数据开放"])
TableName = Literal["xinxi", "mulu", "guifan", "nianbao", "zhinan", "liuyan"]
Format = Literal["csv", "xlsx", "json"]
FILE = {
    "description": "数据文件。JSON 的 data 是各行。",
    "content": {kind.partition(";")[0]: {"schema": {}} for kind in views.FORMATS.values()},
}


class FieldAbout(Schema):
    """A column of a table."""

    name: str = Field(description="JSON 里的名称。")
    label: str = Field(description="CSV、XLSX 里的列名。")
    about: str


class TableAbout(Schema):
    """A table, and where its files are."""

    name: str
    title: str
    about: str
    publisher: str
    terms: str = Field(description="使用条件。")
    date: str = Field(description="数据日期。")
    changed_at: str | None = Field(description="最新一行的时间；没有数据时为空。")
    rows: int
    page: str
    fields: list[FieldAbout]
    files: dict[str, str] = Field(description="csv、xlsx、json 文件的地址。")


@router.get("", response=list[TableAbout], summary="开放数据的各张表", url_name="open_data")
@decorate_view(conditional_page)
def tables(request: HttpRequest) -> list[dict[str, Any]]:
    """Every table with its fields, number of rows, date, terms and files."""
    source = Source(request)
    return [views.described(source, table) for table in TABLES.values()]


@router.get(
    "/{name}/{form}",
    response={200: None, 422: Fault},
    summary="一张表的数据文件",
    openapi_extra={"responses": {200: FILE}},
)
def file(request: HttpRequest, name: TableName, form: Format) -> Any:
    """The whole table, sent as it is read; with ``If-None-Match`` it is not sent again."""
    return views.file(request, name, form)

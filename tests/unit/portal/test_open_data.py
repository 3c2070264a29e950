"""Open data: whole tables of what is public, described, safe in a spreadsheet, not sent twice (issue 4 §10)."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests import factories
from tests.factories import interaction
from tests.factories import normative as norms
from wagtail.models import PageViewRestriction

from gongkai.agencies.roles import Role
from gongkai.portal.opendata import writing
from gongkai.portal.opendata.rows import Extent
from gongkai.portal.opendata.tables import ITEMS, TABLES, Field, Table
from gongkai.publishing import services
from gongkai.services.messages import acts

pytestmark = pytest.mark.django_db


@pytest.fixture
def organ():
    made = factories.organ()
    factories.portal_site(made)
    return made


def whole(answer) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def lines(client, name) -> list[dict[str, str]]:
    text = whole(client.get(f"/kaifang/{name}.csv")).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def data(client, name) -> dict:
    return json.loads(whole(client.get(f"/kaifang/{name}.json")))


def sheet(client, name, title="数据"):
    return list(openpyxl.load_workbook(io.BytesIO(whole(client.get(f"/kaifang/{name}.xlsx"))))[title].values)


def test_the_three_formats_hold_the_same_rows(client, organ):
    items = [factories.published_item(title=f"公告{n}", organ=organ) for n in range(3)]

    listed = data(client, "xinxi")

    assert [one["id"] for one in listed["data"]] == [item.pk for item in reversed(items)]
    assert [one["编号"] for one in lines(client, "xinxi")] == [str(item.pk) for item in reversed(items)]
    assert [row[0] for row in sheet(client, "xinxi")[1:]] == [item.pk for item in reversed(items)]
    assert listed["rows"] == 3
    assert listed["terms"].startswith("可以免费")
    assert listed["date"] == timezone.localdate().isoformat()
    assert listed["data"][0]["url"] == f"http://testserver{items[2].url}"


def test_csv_is_utf_8_with_a_byte_order_mark_and_lines_of_the_standard(client, organ):
    factories.published_item(title="公告，含逗号\u201c和引号\u201d", summary='半角"引号",逗号', organ=organ)
    content = whole(client.get("/kaifang/xinxi.csv"))

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 2
    assert lines(client, "xinxi")[0]["内容概述"] == '半角"引号",逗号'


@pytest.mark.parametrize("start", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "＝1+1"])
def test_text_that_a_spreadsheet_would_run_is_guarded_and_json_keeps_it(client, organ, start):
    factories.published_item(title=start, organ=organ)

    assert lines(client, "xinxi")[0]["标题"] == "'" + start
    assert sheet(client, "xinxi")[1][2] == "'" + start
    assert data(client, "xinxi")["data"][0]["title"] == start


def test_what_is_withdrawn_or_behind_a_password_is_in_no_table(client, organ):
    closed = factories.column(title="内部栏目")
    gone, hidden, stays = (
        factories.published_item(title="撤下的", organ=organ),
        factories.published_item(title="要密码的", column=closed, organ=organ),
        factories.published_item(title="公开的", organ=organ),
    )
    factories.draft_item(title="草稿", organ=organ)
    PageViewRestriction.objects.create(page=closed, restriction_type="password", password="x")
    factories.withdraw_item(gone)

    assert [one["id"] for one in data(client, "xinxi")["data"]] == [stays.pk]
    assert [i["id"] for i in client.get("/api/v1/items").json()["items"]] == [stays.pk]
    assert client.get(f"/api/v1/items/{hidden.pk}").status_code == 404
    assert "1 行" in client.get("/kaifang/").content.decode()


def test_the_catalogue_in_force_is_a_table(client, organ):
    assert data(client, "mulu")["data"] == []
    edition = services.start_edition(organ=organ, actor=factories.reviewer(organ, Role.DISCLOSURE_OFFICE))
    services.put_in_force(
        edition=edition,
        actor=factories.reviewer(organ, Role.DISCLOSURE_HEAD),
        effective_from=timezone.localdate(),
    )

    found = data(client, "mulu")

    assert found["rows"] == len(found["data"]) == 15
    assert found["data"][6]["category"] == "财政预算、决算信息"


def test_a_normative_document_bears_its_validity_of_the_day(client, organ):
    norms.published(organ, 1, title="园区办法", on=date(2026, 1, 5), effective_on=date(2026, 1, 5))

    [row] = data(client, "guifan")["data"]

    assert (row["title"], row["standing"], row["published_on"]) == ("园区办法", "现行有效", "2026-01-05")
    assert row["standing_on"] == timezone.localdate().isoformat()


def test_guides_and_messages_are_those_that_the_public_reads(client, organ):
    live = interaction.live_guide(organ, name="奖补申请")
    interaction.guide_draft(organ, name="还在拟的")
    shown = interaction.shown(organ, title="奖补何时拨付", text="某企业问。")
    interaction.answered(organ)

    assert [one["name"] for one in data(client, "zhinan")["data"]] == [live.name]
    [message] = data(client, "liuyan")["data"]
    assert (message["title"], message["text"]) == ("奖补何时拨付", "某企业问。")
    assert not {"张三", "13800000000"} & set(str(message))
    acts.hide(message=shown, reason="留言人要求", actor=interaction.head(organ))
    assert data(client, "liuyan")["data"] == []


def test_what_did_not_change_is_not_sent_again(client, organ):
    column = factories.column()
    factories.published_item(organ=organ, column=column)
    for name in TABLES:
        first = client.get(f"/kaifang/{name}.csv")
        assert client.get(f"/kaifang/{name}.csv", headers={"If-None-Match": first["ETag"]}).status_code == 304
    before = client.get("/kaifang/xinxi.csv")["ETag"]
    column.title = "改了名"
    column.save()
    assert client.get("/kaifang/xinxi.csv")["ETag"] != before


def test_ten_times_the_rows_take_the_same_number_of_queries(client, organ):
    column = factories.column()
    counts = []
    for more in (1, 9):
        for _ in range(more):
            factories.published_item(organ=organ, column=column)
        client.get("/kaifang/xinxi.csv")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            whole(client.get("/kaifang/xinxi.csv"))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_rows_are_sent_in_pieces_as_they_are_read():
    read = []

    def rows():
        for number in range(1000):
            read.append(number)
            yield (number, "文字")

    table = Table("shi", "试", "", "/", (Field("a", "甲", ""), Field("b", "乙", "")), lambda _: rows(),
                  lambda _: Extent(1000, None))  # fmt: skip
    pieces = writing.csv_pieces(table, rows())
    first = next(pieces)

    assert len(read) == writing.BATCH
    assert first.decode("utf-8-sig").splitlines()[1] == "0,文字"
    assert len(list(pieces)) == 1000 // writing.BATCH
    assert len(json.loads(b"".join(writing.json_pieces(table, rows(), {"title": "试"})))["data"]) == 1000


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(monkeypatch):
    monkeypatch.setattr(writing, "SHEET_ROWS", 2)
    table = Table(
        "shi", "试", "", "/", (Field("a", "甲", ""),), lambda _: iter(()), lambda _: Extent(0, None)
    )
    with writing.workbook(table, iter([(n,) for n in range(3)]), [("行数", "3")]) as stream:
        book = openpyxl.load_workbook(stream)

    assert book.sheetnames == ["数据", "数据2", "字段说明", "关于本表"]
    assert [list(book[name].values) for name in ("数据", "数据2")] == [[("甲",), (0,), (1,)], [("甲",), (2,)]]


def test_text_too_long_for_a_cell_is_cut_and_says_so():
    table = Table(
        "shi", "试", "", "/", (Field("a", "甲", ""),), lambda _: iter(()), lambda _: Extent(0, None)
    )
    with writing.workbook(table, iter([("长" * 40_000,)]), []) as stream:
        [_, (text,)] = openpyxl.load_workbook(stream)["数据"].values

    assert len(text) == writing.CELL_CHARACTERS
    assert text.endswith(writing.CUT)


def test_the_page_describes_every_table_and_links_every_file(client, organ):
    page = client.get("/kaifang/").content.decode()

    for table in TABLES.values():
        for form in ("csv", "xlsx", "json"):
            assert f'href="/kaifang/{table.name}.{form}"' in page
    assert ITEMS.fields[0].about in page
    assert 'content="数据开放"' in page


@pytest.mark.parametrize("path", ["/kaifang/meiyou.csv", "/kaifang/xinxi.pdf", "/kaifang/xinxi.exe"])
def test_no_other_table_or_format(client, organ, path):
    assert client.get(path).status_code == 404


def test_the_interface_lists_and_gives_the_tables(client, organ):
    listed = client.get("/api/v1/open-data").json()

    assert [one["name"] for one in listed] == list(TABLES)
    assert listed[0]["files"]["csv"] == "http://testserver/kaifang/xinxi.csv"
    given = client.get("/api/v1/open-data/xinxi/json")
    assert json.loads(whole(given))["title"] == "主动公开信息目录"
    assert client.get("/api/v1/open-data/xinxi/pdf").status_code == 422
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert "/api/v1/open-data/{name}/{form}" in paths
    root = client.get("/api/v1/").json()
    assert "http://testserver/api/v1/open-data" in [one["url"] for one in root["endpoints"]]

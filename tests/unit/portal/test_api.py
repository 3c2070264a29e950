"""The open interface gives what is public and says plainly what it will not."""

from __future__ import annotations

import pytest
from django.utils import timezone
from tests import factories

from gongkai.agencies.roles import Role
from gongkai.publishing import services

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def column():
    return factories.column(title="政策文件")


def get(client, path, **given):
    return client.get(f"{API}{path}", given)


def test_items_are_listed_newest_first_and_paged(client, column):
    made = [factories.published_item(title=f"通知{n}", column=column) for n in range(3)]
    first, second = (get(client, "/items", page=n, size=2, column=column.pk).json() for n in (1, 2))
    assert first["total"] == 3
    assert [i["id"] for i in first["items"] + second["items"]] == [i.pk for i in reversed(made)]
    assert first["items"][0]["column"] == column.pk
    assert get(client, "/items", page=9, column=column.pk).json()["items"] == []


def test_words_column_year_and_topic_narrow_the_list(client, column):
    item = factories.published_item(title="道路保洁公告", column=column, topic="城乡建设、环境保护")
    factories.published_item(title="道路照明公告", column=factories.column(title="别的"))
    year = item.published_at.year
    for given in (
        {"q": "保洁"},
        {"q": "道路", "column": column.pk},
        {"q": "道路", "topic": "城乡建设、环境保护", "year": year},
    ):
        assert [i["id"] for i in get(client, "/items", **given).json()["items"]] == [item.pk]
    assert get(client, "/items", q="道路", column=999999).json()["total"] == 0
    assert get(client, "/items", column=999999).json()["total"] == 0
    assert get(client, "/items", year=year - 1, topic="城乡建设、环境保护").json()["total"] == 0


def test_one_item_has_its_text_and_a_withdrawn_one_is_not_there(client, column):
    item = factories.published_item(column=column, body="<p>全文</p>")
    assert get(client, f"/items/{item.pk}").json()["body"] == "<p>全文</p>"
    factories.withdraw_item(item)
    gone = get(client, f"/items/{item.pk}")
    assert gone.status_code == 404
    assert "没有这一条" in gone.json()["detail"]
    assert get(client, f"/items/{2**40}").status_code == 422
    assert client.get("/api/v1/meiyou").json()["detail"].startswith("没有这个接口")


@pytest.mark.parametrize("given", [{"size": 1000}, {"page": 0}, {"page": "x"}, {"year": 1}, {"q": "长" * 61}])
def test_a_wrong_parameter_is_named_in_chinese(client, given):
    answer = get(client, "/items", **given)
    assert answer.status_code == 422
    assert next(iter(given)) in answer.json()["detail"]


@pytest.mark.parametrize("day", ["1767225600", "0.0", "2026-1-5", "２０２６-01-05", "2026-02-30"])
def test_a_day_is_written_in_one_way(client, day):
    assert client.get("/api/v1/normative-documents", {"on": day}).status_code == 422
    assert client.get("/api/v1/normative-documents", {"on": "2026-02-28"}).json()["on"] == "2026-02-28"


def test_a_parameter_given_twice_is_refused(client):
    answer = client.get("/api/v1/normative-documents?on=2026-01-01&on=2027-01-01")
    assert answer.status_code == 422
    assert answer.json()["detail"] == "参数 on 写了不止一次，请只写一次。"


def test_what_did_not_change_is_not_sent_again(client, column):
    factories.published_item(column=column)
    tag = get(client, "/items")["ETag"]
    assert client.get(f"{API}/items", headers={"If-None-Match": tag}).status_code == 304


def test_columns_form_the_tree(client, column):
    listed = {c["id"]: c for c in get(client, "/columns").json()}
    assert listed[column.pk]["title"] == "政策文件"
    assert listed[column.pk]["parent"] is None


def test_only_reading_is_offered(client):
    assert client.post(f"{API}/items").status_code == 405
    described = get(client, "/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert {method for path in described["paths"].values() for method in path} == {"get"}


def test_reports_that_are_not_published_are_not_there(client):
    assert get(client, "/annual-reports").json() == []
    assert get(client, "/annual-reports/NOSUCH/2023").status_code == 404


def test_the_catalogue_in_force_is_given_and_none_before(client, column):
    """Issue 4 §10: the catalogue as data."""
    assert get(client, "/catalogue").status_code == 404
    organ = factories.organ()
    factories.portal_site(organ)
    edition = services.start_edition(organ=organ, actor=factories.reviewer(organ, Role.DISCLOSURE_OFFICE))
    services.put_in_force(
        edition=edition,
        actor=factories.reviewer(organ, Role.DISCLOSURE_HEAD),
        effective_from=timezone.localdate(),
    )

    given = get(client, "/catalogue").json()

    assert (given["organ"], given["edition"], len(given["entries"])) == (organ.name, 1, 15)
    assert given["entries"][6]["category"] == "第二十条第（七）项　财政预算、决算信息"

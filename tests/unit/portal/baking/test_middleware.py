"""The application serves the files with the headers of the page; what must stay dynamic does."""

from __future__ import annotations

import gzip
from unittest import mock

import pytest
from django.utils.http import http_date
from tests import factories

from gongkai.portal.baking.whole import bake_whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
MARK = b"<!-- from the file -->"
OWN_HEADERS = {"ETag", "Last-Modified", "Content-Length"}


@pytest.fixture
def item(folder, carried):
    """An item whose file bears a mark, so that it is told from the page drawn on request."""
    made = carried(lambda: factories.published_item(title="园区道路保洁公告"))
    bake_whole()
    place = folder.place(made.url.strip("/") + "/index.html")
    place.write_bytes(place.read_bytes() + MARK)
    place.with_name(place.name + ".gz").write_bytes(gzip.compress(place.read_bytes()))
    return made


def is_baked(response):
    content = response.content
    if response.headers.get("Content-Encoding") == "gzip":
        content = gzip.decompress(content)
    return content.endswith(MARK)


def test_a_file_is_served_without_one_query(client, item, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get(item.url)
    assert response.status_code == 200
    assert is_baked(response)


def test_its_headers_are_those_of_the_page_drawn_on_request(client, item):
    baked = client.get(item.url)
    with mock.patch("gongkai.portal.baking.middleware.read", return_value=None):
        drawn = client.get(item.url)

    def headers(response):
        found = {name: value for name, value in response.headers.items() if name not in OWN_HEADERS}
        found["Content-Security-Policy"] = set(found["Content-Security-Policy"].split("; "))
        return found

    assert not is_baked(drawn)
    assert headers(baked) == headers(drawn)
    assert {"X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy"} <= set(baked.headers)


def test_who_takes_gzip_gets_the_copy(client, item):
    packed = client.get(item.url, headers={"accept-encoding": "br, gzip;q=0.8"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert is_baked(packed)
    assert int(packed.headers["Content-Length"]) == len(packed.content)
    for refused in ("", "identity", "gzip;q=0", "gzip;q=x"):
        plain = client.get(item.url, headers={"accept-encoding": refused})
        assert "Content-Encoding" not in plain.headers
        assert is_baked(plain)
    assert packed.headers["ETag"] != plain.headers["ETag"]


def test_who_has_the_page_is_told_so(client, item):
    first = client.get(item.url)
    for given in (
        {"if-none-match": first.headers["ETag"]},
        {"if-modified-since": first.headers["Last-Modified"]},
    ):
        again = client.get(item.url, headers=given)
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["ETag"] == first.headers["ETag"]
    assert client.get(item.url, headers={"if-none-match": '"other"'}).status_code == 200
    assert client.get(item.url, headers={"if-modified-since": http_date(0)}).status_code == 200


def test_a_question_for_the_head_has_no_body(client, item):
    response = client.head(item.url)
    assert response.status_code == 200
    assert response.content == b""
    assert int(response.headers["Content-Length"]) > 100


def test_elder_mode_other_queries_and_posts_are_drawn_on_request(client, item):
    assert not is_baked(client.get(item.url + "?from=wechat"))
    assert client.post(item.url).status_code in {200, 403, 405}
    client.cookies["changzhe"] = "1"
    response = client.get(item.url)
    assert not is_baked(response)
    assert b'class="elder"' in response.content
    assert "Cookie" in response.headers["Vary"]


def test_a_preview_shows_the_draft_and_not_the_file(item):
    """Wagtail sends its previews through the middleware under the page's public address."""
    item.title = "改过还没有审核的标题"
    response = item.make_preview_request()

    assert "改过还没有审核的标题" in response.content.decode()
    assert not response.content.endswith(MARK)


def test_without_a_file_the_page_is_drawn(client, folder, item):
    folder.remove(item.url.strip("/") + "/index.html")

    assert not is_baked(client.get(item.url))
    assert client.get("/meiyou/").status_code == 404


def test_a_name_that_is_not_ours_is_refused_for_files_too(client, item):
    assert client.get(item.url, headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    "path", ["/../secret/", "/%2e%2e/secret/", "/..%2fsecret/", "/.lock", "/index.html", "/secret/"]
)
def test_nothing_outside_the_folder_is_served(client, folder, item, path):
    secret = folder.root.parent / "secret"
    secret.mkdir()
    (secret / "index.html").write_text("not for the public")
    (folder.root / "secret").symlink_to(secret)

    response = client.get(path)
    assert response.status_code in {301, 404}
    assert b"not for the public" not in response.content

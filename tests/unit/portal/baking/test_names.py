"""Addresses and file names: one file for one address, and no way out of the folder."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.portal.baking.folder import Baked, Folder, UnsafeName, pack
from gongkai.portal.baking.names import content_type_of, name_of


@pytest.mark.parametrize(
    ("path", "query", "name"),
    [
        ("/", "", "index.html"),
        ("/zfxxgk/nianbao/", "", "zfxxgk/nianbao/index.html"),
        ("/政策/", "", "政策/index.html"),
        ("/a/", "nian=2024", "a/index@2024.html"),
        ("/a/", "nian=2024&ye=3", "a/index@2024-3.html"),
        ("/rss/5.xml", "", "rss/5.xml"),
        ("/robots.txt", "", "robots.txt"),
    ],
)
def test_an_address_has_its_file(path, query, name):
    assert name_of(path, query) == name


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("", ""),
        ("a/", ""),
        ("/../", ""),
        ("/a/../../etc/", ""),
        ("/a/./", ""),
        ("//", ""),
        ("/a//b/", ""),
        ("/.lock/", ""),
        ("/.git/", ""),
        ("/a\\..\\b/", ""),
        ("/a\x00b/", ""),
        ("/a\nb/", ""),
        ("/" + "长" * 80 + "/", ""),
        ("/index.html", ""),
        ("/a/index@2024.html", ""),
        ("/index.html.gz", ""),
        ("/../robots.txt", ""),
        ("/rss/..xml", ""),
        ("/rss/5.xml", "a=1"),
        ("/a/", "nian=24"),
        ("/a/", "nian=2024&ye=03"),
        ("/a/", "nian=2024&ye=0"),
        ("/a/", "ye=3&nian=2024"),
        ("/a/", "nian=2024&ye=3&x=1"),
        ("/a/", "nian=2024/../../x"),
        ("/a/", "nian=２０２４"),
        ("/a/", "from=wechat"),
    ],
)
def test_other_addresses_have_none(path, query):
    assert name_of(path, query) is None


@given(path=st.text(max_size=60), query=st.text(max_size=20))
def test_no_address_leads_out_of_the_folder(tmp_path_factory, path, query):
    root = tmp_path_factory.getbasetemp() / "baked"
    name = name_of("/" + path, query)
    if name is not None:
        assert Folder(root).place(name).resolve().is_relative_to(root.resolve())


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a/../../x", ".lock", "a/.b/c", "a//b", ""])
def test_the_folder_takes_no_name_that_leads_elsewhere(tmp_path, name):
    with pytest.raises(UnsafeName):
        Folder(tmp_path).write([Baked(name, b"x", pack(b"x"))])
    with pytest.raises(UnsafeName):
        Folder(tmp_path).remove(name)


def test_a_folder_that_is_a_link_is_not_followed(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    root = tmp_path / "baked"
    root.mkdir()
    (root / "a").symlink_to(elsewhere)

    with pytest.raises(UnsafeName):
        Folder(root).write([Baked("a/index.html", b"x", pack(b"x"))])
    assert list(elsewhere.iterdir()) == []


def test_a_file_grows_older_by_whole_seconds_however_quickly_it_is_rewritten(tmp_path):
    """Validators of web servers are made of whole seconds and sizes: two pages of one size must differ in time."""
    folder, times = Folder(tmp_path), []
    for content in (b"aaaa", b"bbbb", b"cccc"):
        folder.write([Baked("index.html", content, pack(content))])
        times.append(int(folder.place("index.html").stat().st_mtime))

    assert len(set(times)) == 3
    assert times == sorted(times)


def test_feeds_pages_and_maps_are_sent_as_what_they_are():
    assert content_type_of("rss/5.xml").startswith("application/rss+xml")
    assert content_type_of("atom/5.xml").startswith("application/atom+xml")
    assert content_type_of("sitemap.xml") == "application/xml"
    assert content_type_of("a/index@2024.html") == "text/html; charset=utf-8"

"""The crawler among traps: it stays at home, ends, and says what cut it short."""

import time
from dataclasses import replace
from pathlib import Path

from tests.factories.site_server import Answer, serving

from gongkai.core.inspection import PageKind, Register
from gongkai.crawling import Limits, Settings, look

QUICK = Limits(pause=0, page_seconds=1, pages=60, depth=6, variants=5)


def page(*links: str, head: str = "", body: str = "") -> str:
    anchors = "".join(f'<a href="{link}">{link}</a>' for link in links)
    return f'<!doctype html><html lang="zh-CN"><head><title>页</title>{head}</head><body><main>{body}{anchors}</main></body></html>'


def paths(found: object, origin: str) -> set[str]:
    return {one.url.removeprefix(origin) for one in found.evidence.pages}


def test_it_sees_every_page_of_its_host_once():
    with serving({"/": page("/a/", "b/", "#x"), "/a/": page("/", "/b/"), "/b/": page("/a/")}) as site:
        found = look(Settings(site.url("/"), limits=QUICK))

        assert paths(found, site.origin) == {"/", "/a/", "/b/"}
        assert site.asked.count("/a/") == 1
        assert found.evidence.cut_short == ()


def test_it_never_leaves_its_host_not_even_through_a_redirect():
    with serving({"/": page()}) as other:
        moved = Answer("", 302, {"Location": other.url("/secret/")})
        with serving({"/": page("/out/", other.url("/link/")), "/out/": moved}) as site:
            found = look(Settings(site.url("/"), limits=QUICK))

            assert other.asked == []
            out = next(one for one in found.evidence.pages if one.url.endswith("/out/"))
            assert out.fault.startswith("转到了别的网站")
            assert other.url("/link/") not in found.evidence.tries


def test_outside_links_are_tried_when_the_setting_allows():
    with serving({"/": page()}) as other, serving({"/": page(other.url("/"), other.url("/no/"))}) as site:
        found = look(Settings(site.url("/"), limits=QUICK, try_outside=True))

        assert found.evidence.tries[other.url("/")][-1].status == 200
        assert found.evidence.tries[other.url("/no/")][-1].status == 404
        assert all(one.url.startswith(site.origin) for one in found.evidence.pages)


def test_redirects_in_a_circle_end():
    round_and_round = {
        "/a/": Answer("", 302, {"Location": "/b/"}),
        "/b/": Answer("", 302, {"Location": "/a/"}),
    }
    with serving({"/": page("/a/"), **round_and_round}) as site:
        found = look(Settings(site.url("/"), limits=QUICK))

        assert "循环跳转" in found.evidence.tries[site.url("/a/")][-1].fault


def test_an_endless_calendar_of_paths_ends_at_the_depth():
    def calendar(path: str) -> str:
        month = int(path.strip("/").split("/")[-1])
        return page(f"/rili/{month + 1}/")

    with serving({"/": page("/rili/1/")}, calendar) as site:
        found = look(Settings(site.url("/"), limits=QUICK))

        assert len(found.evidence.pages) == QUICK.depth + 1
        assert "点击 6 次以上" in found.evidence.cut_short[0]


def test_an_endless_calendar_of_queries_ends_at_the_variants():
    with serving(
        {"/": page("/rili?m=1")}, lambda path: page(*(f"/rili?m={n}{path[-1]}" for n in range(40)))
    ) as site:
        found = look(Settings(site.url("/"), limits=QUICK))

        assert len(found.evidence.pages) == 1 + QUICK.variants
        assert "参数超过 5 种" in found.evidence.cut_short[0]


def test_relative_links_that_nest_for_ever_are_left():
    with serving({"/": page("a/")}, lambda path: page("a/")) as site:
        found = look(Settings(site.url("/"), limits=replace(QUICK, depth=50)))

        assert paths(found, site.origin) == {"/", "/a/", "/a/a/"}


def test_the_number_of_pages_is_bounded_and_said():
    with serving({"/": page(*(f"/{n}/" for n in range(100)))}, lambda path: page()) as site:
        found = look(Settings(site.url("/"), limits=replace(QUICK, pages=10)))

        assert len(found.evidence.pages) == 10
        assert "页面超过 10 个" in found.evidence.cut_short[0]


def test_a_server_that_drips_bytes_is_left_after_the_time():
    def drip(handler: object) -> None:
        handler.send_response_only(200)
        handler.end_headers()
        for _ in range(200):
            try:
                handler.wfile.write(b"x")
                handler.wfile.flush()
            except OSError:
                return
            time.sleep(0.05)

    with serving({"/": page("/drip/"), "/drip/": Answer(act=drip)}) as site:
        began = time.monotonic()
        found = look(Settings(site.url("/"), limits=replace(QUICK, page_seconds=0.3)))

        assert time.monotonic() - began < 3
        assert found.evidence.tries[site.url("/drip/")][-1].fault == "0.3 秒没有打开"


def test_a_huge_page_is_read_to_the_limit_and_said():
    with serving({"/": page("/big/"), "/big/": page(body="大" * 2_000_000)}) as site:
        found = look(Settings(site.url("/"), limits=replace(QUICK, page_bytes=2**20)))

        big = next(one for one in found.evidence.pages if one.url.endswith("/big/"))
        assert big.size == 2**20
        assert "只读了前面的部分" in big.fault


def test_bad_encodings_and_broken_markup_are_read_as_far_as_they_go():
    gbk = Answer(page(head="<meta charset=gb2312>", body="园区公告").encode("gb18030"), kind="text/html")
    torn = Answer(b"<html><body>\xff\xfe<p>\x00<a href=/gbk/>x<div", kind="text/html; charset=no-such")
    with serving(
        {"/": page("/gbk/", "/torn/", "/empty/"), "/gbk/": gbk, "/torn/": torn, "/empty/": ""}
    ) as site:
        found = look(Settings(site.url("/"), limits=QUICK))

        assert paths(found, site.origin) == {"/", "/gbk/", "/torn/", "/empty/"}
        read = next(one for one in found.evidence.pages if one.url.endswith("/gbk/"))
        assert read.main_characters == len("园区公告")


def test_deeply_nested_markup_does_not_stop_it():
    with serving({"/": "<html><body>" + "<div>" * 20_000 + "深" + "</div>" * 20_000}) as site:
        found = look(Settings(site.url("/"), limits=QUICK))

        assert found.evidence.pages[0].status == 200


def test_files_are_kept_as_files():
    with serving({"/": page("/a.pdf"), "/a.pdf": Answer(b"%PDF-1.4 broken", kind="application/pdf")}) as site:
        found = look(Settings(site.url("/"), limits=QUICK))

        assert next(one for one in found.evidence.pages if one.url.endswith(".pdf")).kind is PageKind.FILE
        assert found.evidence.unread_files[0][0] == site.url("/a.pdf")


def test_robots_txt_is_kept_to():
    rules = Answer("User-agent: *\nDisallow: /neibu/", kind="text/plain")
    with serving({"/": page("/neibu/x/", "/a/"), "/a/": page(), "/robots.txt": rules}) as site:
        look(Settings(site.url("/"), limits=QUICK))

        assert "/neibu/x/" not in site.asked


def test_pages_that_only_the_site_map_names_are_seen():
    index = "<urlset><url><loc>{0}/gu/</loc></url><url><loc>http://elsewhere.example/</loc></url></urlset>"
    pages: dict[str, Answer | str] = {"/": page(), "/gu/": page()}
    with serving(pages) as site:
        pages["/sitemap.xml"] = Answer(index.format(site.origin), kind="application/xml")

        found = look(Settings(site.url("/"), limits=QUICK))

        assert "/gu/" in paths(found, site.origin)


def test_requests_keep_their_pace():
    with serving({"/": page("/a/", "/b/"), "/a/": page(), "/b/": page()}) as site:
        began = time.monotonic()
        look(Settings(site.url("/"), limits=replace(QUICK, pause=0.05)))

        assert time.monotonic() - began >= 0.05 * 4


def test_the_words_of_visitors_are_never_proofread():
    """Architecture 5.9: inspection takes the office's own publications."""
    labels = '<meta name="ArticleTitle" content="咨询"><meta name="ColumnType" content="咨询投诉">'
    body = "<h1>咨询</h1><p>布署 我的身份证号 11010519491231002X</p>"
    with serving({"/": page("/liuyan/"), "/liuyan/": page(head=labels, body=body)}) as site:
        found = look(Settings(site.url("/"), limits=QUICK))

        assert found.evidence.wordings == ()


def test_what_is_stored_of_a_leak_is_masked(tmp_path: Path):
    labels = '<meta name="ArticleTitle" content="公示"><meta name="ColumnType" content="工作动态">'
    body = "<h1>公示</h1><p>张某，身份证号 11010519491231002X，拟予补助。</p>"
    with serving({"/": page("/gs/"), "/gs/": page(head=labels, body=body)}) as site:
        found = look(Settings(site.url("/"), limits=QUICK, register=Register()))

        assert [one.quote for one in found.evidence.wordings] == ["110*************2X"]
